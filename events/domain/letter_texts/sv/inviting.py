"""Swedish: from the first word to the answer."""

from ..shapes import Text

INFORMAL = {
    "save_the_date": Text(
        subject="Boka in {on_day}: {event}",
        preheader="Du behöver inte svara än. Inbjudan kommer i god tid.",
        body="""\
Hej {first_name}!

Snart bjuder vi in till **{event}**, och vi vill gärna ha med dig. Håll gärna dagen fri redan nu:

**{day}**

{personal_line}

Du behöver inte svara än. Inbjudan kommer i god tid, med hela programmet. Då svarar du på den här sidan, som är din:

{link}

Hälsningar
{host}
{organiser}
""",
    ),
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
    "reminder": Text(
        subject="En liten påminnelse om {event} {on_day}",
        preheader="Ett ja, ett nej eller ett ”vet inte än” – allt är till hjälp.",
        body="""\
Hej {first_name}!

Inbjudan till **{event}** {on_day} väntar fortfarande på dig. Kanske kom den i en stressig vecka; det händer oss alla.

{personal_line}

{programme}

Vi blir glada om du kommer. Passar det inte den här gången är det helt i sin ordning – säg bara till, så vet vi.
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
Det kan du göra till och med {deadline}.

{link}

Hälsningar
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="Goda nyheter – det har blivit plats ledig!",
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
}

FORMAL = {
    "save_the_date": Text(
        subject="Vänligen boka in {on_day}: {event}",
        preheader="Inbjudan följer i god tid. Inget svar behövs än.",
        body="""\
Bästa {name}

Vi planerar **{event}** och hoppas få hälsa välkommen. Vi är tacksamma om dagen kan hållas fri redan nu:

**{day}**

{personal_line}

Inbjudan med det fullständiga programmet följer i god tid, och inget svar behövs än. Svaret lämnas på denna personliga sida:

{link}

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "invitation": Text(
        subject="Inbjudan till {event} {on_day}",
        preheader="{organiser} hälsar varmt välkommen.",
        body="""\
Bästa {name}

Vi har glädjen att bjuda in till **{event}** {on_day}.

{personal_line}

{programme}

Det går bra att delta i hela programmet eller i delar av det.
Vi är tacksamma för svar senast {deadline}.

{link}

Vid frågor går det bra att svara på detta mejl, så hjälper jag gärna till.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "reminder": Text(
        subject="Påminnelse: inbjudan till {event} {on_day}",
        preheader="Vi är tacksamma för ett svar, vare sig det blir ja eller nej.",
        body="""\
Bästa {name}

Vi vill gärna påminna om inbjudan till **{event}** {on_day}.

{personal_line}

{programme}

Det skulle glädja oss om det går att komma. Vi har full förståelse för att det inte alltid passar, och uppskattar ett svar även då.
Vi är tacksamma för svar senast {deadline}.

{link}

Vid frågor går det bra att svara på detta mejl, så hjälper jag gärna till.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "confirmation": Text(
        subject="Bekräftelse på svaret till {event}",
        preheader="Så har vi noterat svaret, och så kan det ändras.",
        body="""\
Bästa {name}

{reaction}

Så har vi noterat svaret:

{answers}

Om något är fel, eller om planerna ändras, kan svaret ändras på den personliga sidan.
Det är möjligt till och med {deadline}.

{link}

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="En plats har blivit ledig",
        preheader="{activity}, {event} {on_day}",
        body="""\
Bästa {name}

Vi har glädjen att meddela att en plats har blivit ledig:

{answers}

Vi ber om en kort bekräftelse på den personliga sidan: ”Jag kommer” eller ”Jag kan ändå inte”. Om det inte längre passar går platsen vidare till nästa på väntelistan, vilket vi har full förståelse för.

{link}

Med vänlig hälsning
{host}
{organiser}
""",
    ),
}
