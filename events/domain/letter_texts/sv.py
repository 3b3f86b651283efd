"""Swedish."""

from .shapes import Text, Words

TEXTS = {
    "invitation": Text(
        subject="Vill du vara med på {event} {on_day}?",
        preheader="{host} hoppas att du kommer. Du svarar på en halv minut.",
        body="""\
Hej {first_name}!

Vi vill gärna ha med dig på **{event}** {on_day}.

{personal_line}

{programme}

Du är välkommen till allt, eller bara till det som passar dig.
Svara gärna senast {deadline}.

{link}

Undrar du över något? Svara på det här mejlet så hjälper jag dig gärna.

Hälsningar
{host}
{organiser}
""",
    ),
    "confirmation": Text(
        subject="Ditt svar till {event}",
        preheader="Så har vi förstått dig – och så ändrar du.",
        body="""\
Hej {first_name}!

{reaction}

Så här har vi förstått dig:

{answers}

Stämmer det inte, eller blir något annorlunda? Då ändrar du svaret på din sida.
Det kan du göra senast {deadline}.

{link}

Hälsningar
{host}
{organiser}
""",
    ),
    "change": Text(
        subject="Ändring: {what}",
        preheader="{event} {on_day}",
        body="""\
Hej {first_name}!

Något har blivit annorlunda än vi har berättat om **{event}**:

{changes}

Vi hoppas att det fortfarande passar dig. Om inte kan du ändra svaret på din sida.

{link}

Vänliga hälsningar
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Inställt: {what}",
        preheader="{event} {on_day}",
        body="""\
Hej {first_name}!

Vi är ledsna att behöva berätta det här:

{changes}

Vi hade gärna sett dig där. Du behöver inte göra något; allt står på din sida.

{link}

Undrar du över något? Svara på det här mejlet så hjälper jag gärna till.

Vänliga hälsningar
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="Goda nyheter – det har blivit plats ledig åt {who}!",
        preheader="{activity}, {event} {on_day}",
        body="""\
Hej {first_name}!

Det har blivit plats ledig åt {who}:

{answers}

Vi ser fram emot att träffa dig!

Säg gärna till på din sida: ”Jag kommer” eller ”Jag kan ändå inte”. Passar det inte går platsen till nästa på väntelistan, och det är helt i sin ordning.

{link}

Hälsningar
{host}
{organiser}
""",
    ),
    "link": Text(
        subject="Din länk till {event}",
        preheader="Här är din personliga länk en gång till.",
        body="""\
Hej {first_name}!

Här är länken till din sida för **{event}** {on_day}. Där ser du programmet, och där kan du svara eller ändra ditt svar.

{link}

Var det inte du som bad om den? Då behöver du inte göra något.

Hälsningar
{host}
{organiser}
""",
    ),
    "released": Text(
        subject="Tack – din kollega är inbjuden",
        preheader="{event} {on_day}",
        body="""\
Hej {first_name}!

Tack för att du tänkte på en kollega. Inbjudan till **{event}** {on_day} är på väg, och vi har noterat att du själv inte kan komma den här gången.

Vi hoppas att vi ses en annan gång!

Din egen sida är fortfarande öppen, om du vill titta efter något.

{link}

Hälsningar
{host}
{organiser}
""",
    ),
    "no_substitute": Text(
        subject="Om kollegan du föreslog",
        preheader="{event} {on_day}",
        body="""\
Hej {first_name}!

Tack för att du föreslog en kollega till **{event}** {on_day}. Det var en fin tanke. Den här gången kan vi inte lämna inbjudan vidare, och vi har inte skrivit till någon.

Ditt eget svar står kvar på din sida. Kan du komma ändå blir vi glada.

{link}

Undrar du över något? Svara på det här mejlet så hjälper jag dig gärna.

Hälsningar
{host}
{organiser}
""",
    ),
    "voice": Text(
        subject="Några ord från en gäst",
        preheader="{event} {on_day}",
        body="""\
Hej!

**{name}** har några ord till dig, om **{event}**.
Företag: {company}
Telefon: {guest_phone}

{said}

Svara på det här mejlet, så går svaret till {guest_email}.

Orden står under ”Röster” i administrationen tills någon har markerat dem som lästa.
""",
    ),
}

WORDS = Words(
    buttons={
        "invitation": "Svara på inbjudan",
        "confirmation": "Se eller ändra svaret",
        "promoted": "Säg ja eller nej till platsen",
        "link": "Öppna din sida",
        "": "Öppna din sida",
    },
    plain_link="Din personliga länk, om knappen inte fungerar:",
    states={
        "coming": "Du kommer",
        "not_coming": "Du kommer inte",
        "unsure": "Du vet inte än",
        "waiting": "Du är nummer {place} på väntelistan",
        "no_answer": "Du har inte svarat än",
    },
    reactions={
        "coming": "Vad roligt att du kommer!",
        "waiting": "Tack! Det är fullt just nu, men du står på väntelistan och vi hör av oss så fort det blir en plats.",
        "unsure": "Tack för att du hör av dig. Svara när du vet mer.",
        "not_coming": "Tack för att du hörde av dig. Vi hoppas att vi ses en annan gång.",
    },
    companion="ditt sällskap",
    companions={
        "coming": "{name} kommer",
        "waiting": "{name} är nummer {place} på väntelistan",
        "not_coming": "{name} kommer inte",
    },
    who={
        "you": "dig",
        "both": "dig och {names}",
        "companions": "{names}",
        "both_unnamed": "dig och ditt sällskap",
        "companions_unnamed": "ditt sällskap",
    },
    last_and="{first} och {last}",
    files_attached="En kalenderfil för varje del du är med på är bifogad.",
    cancelled="Inställt",
    questions="Undrar du över något? Vi hjälper dig gärna.",
    why="Du får det här mejlet för att {organiser} har bjudit in dig till {event}.",
    why_us="Du får det här mejlet för att du är värd eller kontaktperson för {event}.",
    unsubscribe="Skicka inga fler inbjudningar till mig",
    unsubscribe_subject="Skicka inga fler inbjudningar till mig",
    test_mark="[Prov]",
    test_note="Det här är ett prov. Ingen gäst har fått det, och länken öppnar ingen gästs sida.",
)
