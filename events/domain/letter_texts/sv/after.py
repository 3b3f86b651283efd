"""Swedish: after the day, and the organiser's own words."""

from ..shapes import Text

_PROMPT = "[Skriv här det du vill berätta.]"

INFORMAL = {
    "results": Text(
        subject="Resultaten från {event} är här",
        preheader="Se hur det gick, för dig och de andra.",
        body="""\
Hej {first_name}!

Nu är resultaten från **{event}** klara.

**{result}**

{result_line}

De du hade med dig: {result_party}

{photos}

På din sida hittar du alla resultat, dina år och något att ta med dig.

{link}

Hälsningar
{host}
{organiser}
""",
    ),
    "thanks": Text(
        subject="Tack för senast!",
        preheader="Vad roligt att du var med på {event}.",
        body="""\
Hej {first_name}!

Tack för att du kom! **{event}** blev en fin dag, och det var för att du och de andra var med.

**{result}**

{result_line}

{photos}

Är det något du vill påminna oss om, något vi kunde ha gjort bättre eller någon vi borde lära känna? Svara på det här mejlet, eller skriv några ord på din sida. Vi läser allt.

{link}

Vi hoppas att vi ses igen!

Hälsningar
{host}
{organiser}
""",
    ),
    "thanks_missed": Text(
        subject="Vi saknade dig på {event}",
        preheader="Vi hoppas att allt är bra.",
        body="""\
Hej {first_name}!

Vi saknade dig på **{event}**, och hoppas att allt är bra. Ibland kommer något annat emellan, och det är helt i sin ordning.

Kan vi göra något för dig, eller vill du bara säga hej? Svara på det här mejlet, eller skriv några ord på din sida, så hör jag av mig.

{link}

Du är varmt välkommen nästa gång!

Hälsningar
{host}
{organiser}
""",
    ),
    "thanks_declined": Text(
        subject="En hälsning från {event}",
        preheader="Vi tänkte på dig, och hoppas att vi ses en annan gång.",
        body="""\
Hej {first_name}!

Tack för att du hörde av dig när du inte kunde komma på **{event}**. Det blev en fin dag, och vi tänkte på dig.

Nästa gång vill vi gärna ha med dig. Är det något som hade gjort det lättare att komma – en annan veckodag eller ett annat program? Svara på det här mejlet, eller skriv några ord på din sida.

{link}

Vi hoppas att vi ses en annan gång!

Hälsningar
{host}
{organiser}
""",
    ),
    "survey": Text(
        subject="Hur var {event} för dig?",
        preheader="Några ord räcker, och vi läser allt.",
        body="""\
Hej {first_name}!

Tack för att du var med på **{event}**. Nu vill vi gärna veta hur det var för dig:

- Vad tyckte du bäst om?
- Vad kunde vi ha gjort annorlunda?
- Vem borde vi bjuda in nästa gång?

Skriv några ord på din sida, precis som de kommer. Bara vi som arrangerar läser dem.

{link}

Stort tack för hjälpen!

Hälsningar
{host}
{organiser}
""",
    ),
    "free": Text(
        subject="Nytt om {event}",
        preheader="En hälsning från {organiser}.",
        prompt=_PROMPT,
        body=f"""\
Hej {{first_name}}!

{_PROMPT}

{{link}}

Hälsningar
{{host}}
{{organiser}}
""",
    ),
}

FORMAL = {
    "results": Text(
        subject="Resultaten från {event}",
        preheader="Resultaten finns på den personliga sidan.",
        body="""\
Bästa {name}

Resultaten från **{event}** är klara.

**{result}**

{result_line}

Sällskapets tider: {result_party}

{photos}

På den personliga sidan finns alla resultat, tider från tidigare år och något att ta med sig.

{link}

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "thanks": Text(
        subject="Tack för deltagandet på {event}",
        preheader="Det var en glädje att få vara värdar.",
        body="""\
Bästa {name}

Varmt tack för deltagandet på **{event}**. Det var en glädje att få vara värdar.

**{result}**

{result_line}

{photos}

Vi tar gärna emot synpunkter: vad som var bra, vad vi kan göra bättre eller vem vi borde lära känna. Det går bra att svara på detta mejl eller att skriva några ord på den personliga sidan. Allt blir läst.

{link}

Vi hoppas få hälsa välkommen igen.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "thanks_missed": Text(
        subject="En hälsning efter {event}",
        preheader="Vi hoppas att allt är bra, och att vi ses vid nästa tillfälle.",
        body="""\
Bästa {name}

Vi hade sett fram emot att ses på **{event}**, och hoppas att allt är bra. Att något annat kommer emellan har vi full förståelse för.

Om det är något vi kan hjälpa till med går det bra att svara på detta mejl eller att skriva några ord på den personliga sidan.

{link}

Vi hälsar varmt välkommen vid nästa tillfälle.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "thanks_declined": Text(
        subject="En hälsning efter {event}",
        preheader="Vi hoppas få hälsa välkommen en annan gång.",
        body="""\
Bästa {name}

Tack för svaret på inbjudan till **{event}**. Det blev en fin dag, och vi hade gärna varit fler runt bordet.

Om något skulle göra det enklare att delta nästa gång, till exempel en annan veckodag eller ett annat program, hör vi gärna om det. Det går bra att svara på detta mejl eller att skriva några ord på den personliga sidan.

{link}

Vi hoppas få hälsa välkommen en annan gång.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "survey": Text(
        subject="Några ord om {event}?",
        preheader="Vi är mycket tacksamma för synpunkter.",
        body="""\
Bästa {name}

Tack för deltagandet på **{event}**. Vi är mycket tacksamma för några ord om upplevelsen:

- Vad var bäst?
- Vad kunde ha gjorts annorlunda?
- Vem bör bjudas in nästa gång?

Ett par meningar på den personliga sidan räcker. De läses bara av oss som arrangerar.

{link}

Tack på förhand.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "free": Text(
        subject="Nytt om {event}",
        preheader="En hälsning från {organiser}.",
        prompt=_PROMPT,
        body=f"""\
Bästa {{name}}

{_PROMPT}

{{link}}

Med vänlig hälsning
{{host}}
{{organiser}}
""",
    ),
}
