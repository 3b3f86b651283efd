"""Swedish: answers to what a guest has asked for."""

from ..shapes import Text

INFORMAL = {
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
}

FORMAL = {
    "link": Text(
        subject="Personlig länk till {event}",
        preheader="Här är den personliga länken en gång till.",
        body="""\
Bästa {name}

Här är länken till den personliga sidan för **{event}** {on_day}. Där finns programmet, och där kan svaret lämnas eller ändras.

{link}

Om länken inte har efterfrågats kan detta mejl tryggt raderas.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "released": Text(
        subject="Tack – kollegan är inbjuden",
        preheader="{event} {on_day}",
        body="""\
Bästa {name}

Tack för förslaget om en kollega. Inbjudan till **{event}** {on_day} är på väg. Vi har noterat att det tyvärr inte passade att komma själv den här gången.

Vi hoppas få hälsa välkommen vid ett senare tillfälle.

Den personliga sidan är fortfarande öppen.

{link}

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "no_substitute": Text(
        subject="Om den föreslagna kollegan",
        preheader="{event} {on_day}",
        body="""\
Bästa {name}

Tack för förslaget om en kollega till **{event}** {on_day}. Vi uppskattar tanken. Den här gången har vi tyvärr inte möjlighet att lämna inbjudan vidare, och vi har inte skrivit till någon.

Det ursprungliga svaret står kvar på den personliga sidan. Skulle det ändå passa att komma vore det en glädje för oss.

{link}

Vid frågor går det bra att svara på detta mejl, så hjälper jag gärna till.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
}
