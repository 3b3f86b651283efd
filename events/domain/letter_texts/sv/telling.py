"""Swedish: what a guest should know on the way to the day."""

from ..shapes import Text

INFORMAL = {
    "change": Text(
        subject="Ändring i programmet: {what}",
        preheader="Se vad som är nytt. Har du svarat gäller svaret som förut.",
        body="""\
Hej {first_name}!

Det är en ändring i programmet för **{event}**.

{changes}

Har du svarat gäller svaret som förut. Passar det inte längre ändrar du det på din sida, och det förstår vi väl.

{link}

Vi är ledsna om det här kommer olägligt. Undrar du över något? Svara på det här mejlet så hjälper jag dig gärna.

Hälsningar
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Inställt: {what}",
        preheader="Vi är ledsna för det. Du behöver inte svara.",
        body="""\
Hej {first_name}!

Vi måste tyvärr ställa in **{what}**.

{changes}

Vi hade sett fram emot att träffa dig, och är ledsna att det blev så här.

Detta gäller som förut: {rest}.

Du behöver inte svara eller höra av dig.

{link}

Undrar du över något? Svara på det här mejlet så hjälper jag dig gärna.

Hälsningar
{host}
{organiser}
""",
    ),
    "practical": Text(
        subject="Vi ses {on_day}: {event}",
        preheader="Tid, plats, klädsel och vem du kan ringa.",
        body="""\
Hej {first_name}!

Snart är det **{event}**, och vi ser fram emot att träffa dig. Här är det du behöver veta:

{practical}

{bring}

Blir du sen, eller hittar du inte fram? Ring {contact}, {contact_phone}.

Händer det något så att du ändå inte kan komma? Säg till på din sida, så vet vi.

{link}

Varmt välkommen!

Hälsningar
{host}
{organiser}
""",
    ),
    "calendar": Text(
        subject="Kalenderinbjudan: {what}",
        preheader="Svara i din kalender eller på din sida.",
        body="""\
Hej {first_name}!

Här är din kalenderinbjudan till **{what}**:

{programme}

Svara direkt i din kalender, eller på din sida. Båda når fram till oss, och du kan ändra dig.

{link}

Hälsningar
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "change": Text(
        subject="Ändring i programmet: {what}",
        preheader="Här står vad som är nytt. Ett lämnat svar gäller som förut.",
        body="""\
Bästa {name}

Vi vill informera om en ändring i programmet för **{event}**.

{changes}

Ett svar som redan har lämnats gäller som förut. Om det inte längre passar kan svaret ändras på den personliga sidan.

{link}

Vi beklagar besväret. Vid frågor går det bra att svara på detta mejl, så hjälper jag gärna till.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Inställt: {what}",
        preheader="Vi beklagar. Inget svar behövs.",
        body="""\
Bästa {name}

Vi måste tyvärr meddela att **{what}** ställs in.

{changes}

Vi hade sett fram emot detta, och beklagar att det blev så.

Detta gäller som förut: {rest}.

Inget svar behövs.

{link}

Vid frågor går det bra att svara på detta mejl, så hjälper jag gärna till.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "practical": Text(
        subject="Praktisk information: {event} {on_day}",
        preheader="Tid, plats, klädsel och vem som svarar på telefon.",
        body="""\
Bästa {name}

Vi ser fram emot **{event}** {on_day} och hälsar varmt välkommen. Här följer praktisk information:

{practical}

{bring}

Vid försening, eller om det är svårt att hitta fram: Ring {contact}, {contact_phone}.

Om det ändå inte går att komma är vi tacksamma för ett besked på den personliga sidan.

{link}

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "calendar": Text(
        subject="Kalenderinbjudan: {what}",
        preheader="Svaret kan lämnas i kalendern eller på den personliga sidan.",
        body="""\
Bästa {name}

Här följer kalenderinbjudan till **{what}**:

{programme}

Svaret kan lämnas direkt i kalendern eller på den personliga sidan. Båda når fram till oss, och svaret kan ändras senare.

{link}

Med vänlig hälsning
{host}
{organiser}
""",
    ),
}
