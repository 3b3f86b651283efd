"""Norwegian Bokmål."""

from .shapes import Text, Words

TEXTS = {
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
    "change": Text(
        subject="Endring: {what}",
        preheader="{event} {on_day}",
        body="""\
Hei {first_name}!

Noe er blitt annerledes enn vi har fortalt om **{event}**:

{changes}

Vi håper det fortsatt passer for deg. Hvis ikke, kan du endre svaret på siden din.

{link}

Vennlig hilsen
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Avlyst: {what}",
        preheader="{event} {on_day}",
        body="""\
Hei {first_name}!

Vi er lei for å måtte si fra om dette:

{changes}

Vi skulle gjerne ha sett deg der. Du trenger ikke å gjøre noe; alt står på siden din.

{link}

Lurer du på noe? Svar på denne e-posten, så hjelper jeg deg gjerne.

Vennlig hilsen
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="Gode nyheter – det er blitt ledig plass til {who}!",
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
    "voice": Text(
        subject="Et ord fra en gjest",
        preheader="{event} {on_day}",
        body="""\
Hei!

**{name}** har et ord til deg, om **{event}**.
Bedrift: {company}
Telefon: {guest_phone}

{said}

Svar på denne e-posten, så går svaret til {guest_email}.

Ordet står under «Stemmer» i administrasjonen til noen har merket det som lest.
""",
    ),
}

WORDS = Words(
    buttons={
        "invitation": "Svar på invitasjonen",
        "confirmation": "Se eller endre svaret",
        "promoted": "Si ja eller nei til plassen",
        "link": "Åpne siden din",
        "": "Åpne siden din",
    },
    plain_link="Din personlige lenke, om knappen ikke virker:",
    states={
        "coming": "Du kommer",
        "not_coming": "Du kommer ikke",
        "unsure": "Du vet ikke ennå",
        "waiting": "Du er nummer {place} på ventelisten",
        "no_answer": "Du har ikke svart ennå",
    },
    reactions={
        "coming": "Så hyggelig at du kommer!",
        "waiting": "Takk! Det er fullt akkurat nå, men du står på ventelisten, og vi sier fra med én gang det blir plass.",
        "unsure": "Takk for at du sier fra. Svar når du vet mer.",
        "not_coming": "Takk for at du sa fra. Vi håper vi ses en annen gang.",
    },
    companion="følget ditt",
    companions={
        "coming": "{name} kommer",
        "waiting": "{name} er nummer {place} på ventelisten",
        "not_coming": "{name} kommer ikke",
    },
    who={
        "you": "deg",
        "both": "deg og {names}",
        "companions": "{names}",
        "both_unnamed": "deg og følget ditt",
        "companions_unnamed": "følget ditt",
    },
    last_and="{first} og {last}",
    files_attached="Vedlagt er en kalenderfil for hver del du blir med på.",
    cancelled="Avlyst",
    questions="Lurer du på noe? Vi hjelper deg gjerne.",
    why="Du får denne e-posten fordi {organiser} har invitert deg til {event}.",
    why_us="Du får denne e-posten fordi du er vert eller kontaktperson for {event}.",
    unsubscribe="Ikke send meg flere invitasjoner",
    unsubscribe_subject="Ikke send meg flere invitasjoner",
    test_mark="[Prøve]",
    test_note="Dette er en prøve. Ingen gjest har fått den, og lenken åpner ingen gjests side.",
)
