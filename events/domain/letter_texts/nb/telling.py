"""Norwegian: what a guest should know on the way to the day."""

from ..shapes import Text

INFORMAL = {
    "change": Text(
        subject="Endring i programmet: {what}",
        preheader="Se hva som er nytt. Har du svart, gjelder svaret som før.",
        body="""\
Hei {first_name}!

Det er en endring i programmet for **{event}**.

{changes}

Har du svart, gjelder svaret som før. Passer det ikke lenger, endrer du det på siden din, og det forstår vi godt.

{link}

Vi beklager om dette kommer ubeleilig. Lurer du på noe? Svar på denne e-posten, så hjelper jeg deg gjerne.

Hilsen
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Avlyst: {what}",
        preheader="Vi er lei for det. Du trenger ikke svare.",
        body="""\
Hei {first_name}!

Vi må dessverre avlyse **{what}**.

{changes}

Vi hadde gledet oss til å se deg, og er lei for at det ble slik.

Dette står som før: {rest}.

Du trenger ikke svare eller gi beskjed.

{link}

Lurer du på noe? Svar på denne e-posten, så hjelper jeg deg gjerne.

Hilsen
{host}
{organiser}
""",
    ),
    "practical": Text(
        subject="Vi ses {on_day}: {event}",
        preheader="Tid, sted, antrekk og hvem du kan ringe.",
        body="""\
Hei {first_name}!

Snart er det **{event}**, og vi gleder oss til å se deg. Her er det du trenger å vite:

{practical}

{bring}

Blir du forsinket, eller finner du ikke frem? Ring {contact}, {contact_phone}.

Skjer det noe, så du likevel ikke kan komme? Si fra på siden din, så vet vi det.

{link}

Vel møtt!

Hilsen
{host}
{organiser}
""",
    ),
    "calendar": Text(
        subject="Kalenderinvitasjon: {what}",
        preheader="Svar i kalenderen din eller på siden din.",
        body="""\
Hei {first_name}!

Her er kalenderinvitasjonen din til **{what}**:

{programme}

Svar rett i kalenderen din, eller på siden din. Begge deler når frem til oss, og du kan ombestemme deg.

{link}

Hilsen
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "change": Text(
        subject="Endring i programmet: {what}",
        preheader="Her står hva som er nytt. Et svar som er gitt, gjelder som før.",
        body="""\
Kjære {name}

Vi gjør oppmerksom på en endring i programmet for **{event}**.

{changes}

Et svar som allerede er gitt, gjelder som før. Passer det ikke lenger, kan svaret endres på den personlige siden.

{link}

Vi beklager ulempen dette måtte medføre. Ved spørsmål er det bare å svare på denne e-posten, så hjelper jeg gjerne.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Avlyst: {what}",
        preheader="Vi beklager. Det er ikke nødvendig å svare.",
        body="""\
Kjære {name}

Vi må dessverre meddele at **{what}** er avlyst.

{changes}

Vi hadde sett frem til dette, og beklager at det ble slik.

Dette står som før: {rest}.

Det er ikke nødvendig å svare.

{link}

Ved spørsmål er det bare å svare på denne e-posten, så hjelper jeg gjerne.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "practical": Text(
        subject="Praktisk informasjon: {event} {on_day}",
        preheader="Tid, sted, antrekk og hvem som svarer på telefon.",
        body="""\
Kjære {name}

Vi ser frem til **{event}** {on_day}, og ønsker hjertelig velkommen. Her følger praktisk informasjon:

{practical}

{bring}

Ved forsinkelse, eller om det er vanskelig å finne frem: Ring {contact}, {contact_phone}.

Skulle det ikke la seg gjøre å komme likevel, setter vi pris på en beskjed på den personlige siden.

{link}

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "calendar": Text(
        subject="Kalenderinvitasjon: {what}",
        preheader="Svaret kan gis i kalenderen eller på den personlige siden.",
        body="""\
Kjære {name}

Her følger kalenderinvitasjonen til **{what}**:

{programme}

Svaret kan gis direkte i kalenderen eller på den personlige siden. Begge deler når frem til oss, og svaret kan endres senere.

{link}

Med vennlig hilsen
{host}
{organiser}
""",
    ),
}
