"""Norwegian: after the day, and the organiser's own words."""

from ..shapes import Text

_PROMPT = "[Skriv her det du vil fortelle.]"

INFORMAL = {
    "results": Text(
        subject="Resultatene fra {event} er her",
        preheader="Se hvordan det gikk, med deg og de andre.",
        body="""\
Hei {first_name}!

Nå er resultatene fra **{event}** klare.

**{result}**

{result_line}

De du hadde med deg: {result_party}

{photos}

På siden din finner du alle resultatene, årene dine og noe å ta med deg.

{link}

Hilsen
{host}
{organiser}
""",
    ),
    "thanks": Text(
        subject="Takk for sist!",
        preheader="Så hyggelig at du var med på {event}.",
        body="""\
Hei {first_name}!

Takk for at du kom! **{event}** ble en fin dag, og det var fordi du og de andre var med.

**{result}**

{result_line}

{photos}

Er det noe du vil minne oss om, noe vi kunne gjort bedre, eller noen vi burde bli kjent med? Svar på denne e-posten, eller skriv et ord på siden din. Alt blir lest.

{link}

Vi håper vi ses igjen!

Hilsen
{host}
{organiser}
""",
    ),
    "thanks_missed": Text(
        subject="Vi savnet deg på {event}",
        preheader="Vi håper alt står bra til.",
        body="""\
Hei {first_name}!

Vi savnet deg på **{event}**, og håper alt står bra til. Noen ganger kommer noe annet i veien, og det er helt i orden.

Er det noe vi kan gjøre for deg, eller vil du bare si hei? Svar på denne e-posten, eller skriv et ord på siden din. Da hører du fra meg.

{link}

Du er hjertelig velkommen neste gang!

Hilsen
{host}
{organiser}
""",
    ),
    "thanks_declined": Text(
        subject="En hilsen fra {event}",
        preheader="Vi tenkte på deg, og håper vi ses en annen gang.",
        body="""\
Hei {first_name}!

Takk for at du sa fra at du ikke kunne komme på **{event}**. Det ble en fin dag, og vi tenkte på deg.

Neste gang vil vi gjerne ha deg med. Er det noe som hadde gjort det lettere å komme – en annen ukedag eller et annet program? Svar på denne e-posten, eller skriv et ord på siden din.

{link}

Vi håper vi ses en annen gang!

Hilsen
{host}
{organiser}
""",
    ),
    "survey": Text(
        subject="Hvordan var {event} for deg?",
        preheader="Et par ord er nok, og alt blir lest.",
        body="""\
Hei {first_name}!

Takk for at du var med på **{event}**. Nå vil vi gjerne vite hvordan det var for deg:

- Hva likte du best?
- Hva kunne vi gjort annerledes?
- Hvem burde vi invitere neste gang?

Skriv et par ord på siden din, akkurat som de faller deg inn. Bare vi som arrangerer, leser dem.

{link}

Tusen takk for hjelpen!

Hilsen
{host}
{organiser}
""",
    ),
    "free": Text(
        subject="Nytt om {event}",
        preheader="En hilsen fra {organiser}.",
        prompt=_PROMPT,
        body=f"""\
Hei {{first_name}}!

{_PROMPT}

{{link}}

Hilsen
{{host}}
{{organiser}}
""",
    ),
}

FORMAL = {
    "results": Text(
        subject="Resultatene fra {event}",
        preheader="Resultatene er klare på den personlige siden.",
        body="""\
Kjære {name}

Resultatene fra **{event}** er klare.

**{result}**

{result_line}

Tidene til følget: {result_party}

{photos}

På den personlige siden står alle resultatene, tider fra tidligere år og noe å ta med seg.

{link}

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "thanks": Text(
        subject="Takk for deltakelsen på {event}",
        preheader="Det var en glede å være vertskap.",
        body="""\
Kjære {name}

Hjertelig takk for deltakelsen på **{event}**. Det var en glede å være vertskap.

**{result}**

{result_line}

{photos}

Vi tar gjerne imot en tilbakemelding: hva som var godt, hva vi kan gjøre bedre, eller hvem vi bør bli kjent med. Det er bare å svare på denne e-posten eller skrive noen ord på den personlige siden. Alt blir lest.

{link}

Vi håper å kunne ønske velkommen igjen.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "thanks_missed": Text(
        subject="En hilsen etter {event}",
        preheader="Vi håper alt står bra til, og at vi ses ved neste anledning.",
        body="""\
Kjære {name}

Vi hadde sett frem til et møte på **{event}**, og håper alt står bra til. At noe annet kommer i veien, har vi full forståelse for.

Er det noe vi kan være til hjelp med, er det bare å svare på denne e-posten eller skrive noen ord på den personlige siden.

{link}

Vi ønsker hjertelig velkommen ved neste anledning.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "thanks_declined": Text(
        subject="En hilsen etter {event}",
        preheader="Vi håper å kunne ønske velkommen en annen gang.",
        body="""\
Kjære {name}

Takk for svaret på invitasjonen til **{event}**. Vi fikk en fin dag, og skulle gjerne hatt flere rundt bordet.

Er det noe som ville gjort det enklere å delta neste gang, for eksempel en annen ukedag eller et annet program, hører vi det gjerne. Det er bare å svare på denne e-posten eller skrive noen ord på den personlige siden.

{link}

Vi håper å kunne ønske velkommen en annen gang.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "survey": Text(
        subject="Noen ord om {event}?",
        preheader="Vi setter stor pris på en tilbakemelding.",
        body="""\
Kjære {name}

Takk for deltakelsen på **{event}**. Vi setter stor pris på noen ord om opplevelsen:

- Hva var best?
- Hva kunne vært gjort annerledes?
- Hvem bør inviteres neste gang?

Et par setninger på den personlige siden er nok. Bare vi som arrangerer, leser dem.

{link}

På forhånd takk.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "free": Text(
        subject="Nytt om {event}",
        preheader="En hilsen fra {organiser}.",
        prompt=_PROMPT,
        body=f"""\
Kjære {{name}}

{_PROMPT}

{{link}}

Med vennlig hilsen
{{host}}
{{organiser}}
""",
    ),
}
