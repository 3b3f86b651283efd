"""Norwegian: answers to what a guest has asked for."""

from ..shapes import Text

INFORMAL = {
    "link": Text(
        subject="Lenken din til {event}",
        preheader="Her er den personlige lenken din en gang til.",
        body="""\
Hei {first_name}!

Her er lenken til siden din for **{event}** {on_day}. Der ser du programmet, og der kan du svare eller endre svaret.

{link}

Var det ikke du som ba om den? Da kan du trygt se bort fra denne e-posten.

Hilsen
{host}
{organiser}
""",
    ),
    "released": Text(
        subject="Takk – kollegaen din er invitert",
        preheader="{event} {on_day}",
        body="""\
Hei {first_name}!

Takk for at du tenkte på en kollega. Invitasjonen til **{event}** {on_day} er på vei, og vi har notert at du selv ikke kan komme denne gangen.

Vi håper vi ses en annen gang!

Din egen side er fortsatt åpen, om du vil slå opp noe.

{link}

Hilsen
{host}
{organiser}
""",
    ),
    "no_substitute": Text(
        subject="Om kollegaen du foreslo",
        preheader="{event} {on_day}",
        body="""\
Hei {first_name}!

Takk for at du foreslo en kollega til **{event}** {on_day}. Det var en hyggelig tanke. Denne gangen kan vi ikke gi invitasjonen videre, og vi har ikke skrevet til noen.

Ditt eget svar står som før på siden din. Kan du komme likevel, blir vi glade.

{link}

Lurer du på noe? Svar på denne e-posten, så hjelper jeg deg gjerne.

Hilsen
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "link": Text(
        subject="Personlig lenke til {event}",
        preheader="Her er den personlige lenken en gang til.",
        body="""\
Kjære {name}

Her er lenken til den personlige siden for **{event}** {on_day}. Der står programmet, og der kan svaret gis eller endres.

{link}

Hvis lenken ikke er etterspurt, kan denne e-posten trygt slettes.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "released": Text(
        subject="Takk – kollegaen er invitert",
        preheader="{event} {on_day}",
        body="""\
Kjære {name}

Takk for forslaget om en kollega. Invitasjonen til **{event}** {on_day} er på vei. Vi har notert at det dessverre ikke passet å komme selv denne gangen.

Vi håper å kunne ønske velkommen ved en senere anledning.

Den personlige siden er fortsatt åpen.

{link}

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "no_substitute": Text(
        subject="Om den foreslåtte kollegaen",
        preheader="{event} {on_day}",
        body="""\
Kjære {name}

Takk for forslaget om en kollega til **{event}** {on_day}. Vi setter pris på tanken. Denne gangen har vi dessverre ikke mulighet til å gi invitasjonen videre, og vi har ikke skrevet til noen.

Det opprinnelige svaret står som før på den personlige siden. Skulle det passe å komme likevel, vil det glede oss.

{link}

Ved spørsmål er det bare å svare på denne e-posten, så hjelper jeg gjerne.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
}
