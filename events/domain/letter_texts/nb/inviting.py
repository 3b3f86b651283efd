"""Norwegian: from the first word to the answer."""

from ..shapes import Text

INFORMAL = {
    "save_the_date": Text(
        subject="Hold av {on_day}: {event}",
        preheader="Du trenger ikke svare ennå. Invitasjonen kommer i god tid.",
        body="""\
Hei {first_name}!

Snart inviterer vi til **{event}**, og vi vil gjerne ha deg med. Hold gjerne av dagen allerede nå:

**{day}**

{personal_line}

Du trenger ikke svare ennå. Invitasjonen kommer i god tid, med hele programmet. Da svarer du på denne siden, som er din:

{link}

Hilsen
{host}
{organiser}
""",
    ),
    "invitation": Text(
        subject="Vil du være med på {event} {on_day}?",
        preheader="{host} håper du kommer. Du svarer på et halvt minutt.",
        body="""\
Hei {first_name}!

Vi vil gjerne ha deg med på **{event}** {on_day}.

{personal_line}

{programme}

Du er velkommen til alt sammen, eller bare til det som passer for deg.
Svar gjerne innen {deadline}.

{link}

Lurer du på noe? Svar på denne e-posten, så hjelper jeg deg gjerne.

Hilsen
{host}
{organiser}
""",
    ),
    "reminder": Text(
        subject="En liten påminnelse om {event} {on_day}",
        preheader="Et ja, et nei eller et «vet ikke ennå» – alt er til hjelp.",
        body="""\
Hei {first_name}!

Invitasjonen til **{event}** {on_day} venter fortsatt på deg. Kanskje ble den liggende i en travel uke; det skjer med oss alle.

{personal_line}

{programme}

Vi blir glade om du kommer. Passer det ikke denne gangen, er det helt i orden – si bare fra, så vet vi det.
Svar gjerne innen {deadline}.

{link}

Lurer du på noe? Svar på denne e-posten, så hjelper jeg deg gjerne.

Hilsen
{host}
{organiser}
""",
    ),
    "confirmation": Text(
        subject="Svaret ditt til {event}",
        preheader="Slik har vi forstått deg – og slik endrer du.",
        body="""\
Hei {first_name}!

{reaction}

Slik har vi forstått deg:

{answers}

Stemmer det ikke, eller blir noe annerledes? Da endrer du svaret på siden din.
Det kan du gjøre frem til {deadline}.

{link}

Hilsen
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="Gode nyheter – det er blitt ledig plass!",
        preheader="{activity}, {event} {on_day}",
        body="""\
Hei {first_name}!

Det er blitt ledig plass til {who}:

{answers}

Vi gleder oss til å se deg!

Si gjerne fra på siden din: «Jeg kommer» eller «Jeg kan likevel ikke». Passer det ikke, går plassen til den neste på ventelisten, og det er helt i orden.

{link}

Hilsen
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "save_the_date": Text(
        subject="Hold gjerne av {on_day}: {event}",
        preheader="Invitasjonen følger i god tid. Det er ikke nødvendig å svare nå.",
        body="""\
Kjære {name}

Vi planlegger **{event}** og håper å kunne ønske velkommen. Vi setter stor pris på om dagen kan holdes av allerede nå:

**{day}**

{personal_line}

Invitasjonen med fullt program følger i god tid, og det er ikke nødvendig å svare ennå. Svaret gis på denne personlige siden:

{link}

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "invitation": Text(
        subject="Invitasjon til {event} {on_day}",
        preheader="{organiser} ønsker hjertelig velkommen.",
        body="""\
Kjære {name}

Vi har gleden av å invitere til **{event}** {on_day}.

{personal_line}

{programme}

Det er mulig å delta på hele programmet eller på deler av det.
Vi ber vennligst om svar innen {deadline}.

{link}

Ved spørsmål er det bare å svare på denne e-posten, så hjelper jeg gjerne.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "reminder": Text(
        subject="Påminnelse: invitasjon til {event} {on_day}",
        preheader="Vi setter pris på et svar, enten det blir ja eller nei.",
        body="""\
Kjære {name}

Vi tillater oss å minne om invitasjonen til **{event}** {on_day}.

{personal_line}

{programme}

Det vil glede oss om det lar seg gjøre å komme. Vi har full forståelse for at det ikke alltid passer, og setter pris på et svar også da.
Vi ber vennligst om svar innen {deadline}.

{link}

Ved spørsmål er det bare å svare på denne e-posten, så hjelper jeg gjerne.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "confirmation": Text(
        subject="Bekreftelse på svaret til {event}",
        preheader="Slik er svaret registrert, og slik kan det endres.",
        body="""\
Kjære {name}

{reaction}

Slik har vi registrert svaret:

{answers}

Er noe feil, eller endrer planene seg, kan svaret endres på den personlige siden.
Det er mulig frem til {deadline}.

{link}

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="Det er blitt en ledig plass",
        preheader="{activity}, {event} {on_day}",
        body="""\
Kjære {name}

Vi har gleden av å meddele at det er blitt ledig plass:

{answers}

Vi ber om en kort bekreftelse på den personlige siden: «Jeg kommer» eller «Jeg kan likevel ikke». Passer det ikke lenger, går plassen videre til den neste på ventelisten, noe vi har full forståelse for.

{link}

Med vennlig hilsen
{host}
{organiser}
""",
    ),
}
