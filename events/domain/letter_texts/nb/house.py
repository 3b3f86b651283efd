"""Norwegian: letters about a guest to ourselves."""

from ..shapes import Text

INFORMAL = {
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

Ordet står under «Hilsener» på arrangørsidene til noen har merket det som lest.
""",
    ),
    "bounced": Text(
        subject="E-posten til en gjest kommer ikke frem",
        preheader="{event} {on_day} – slik hjelper du",
        body="""\
Hei!

E-posten til **{name}** kommer ikke frem. Det kan være at gjesten ikke vet om **{event}** {on_day}.

Bedrift: {company}
E-post: {guest_email}
Telefon: {guest_phone}

{trouble}

Slik hjelper du:

- Ring gjesten, eller spør en kollega om riktig adresse.
- Rett adressen på gjestens side på arrangørsidene.
- Send brevet på nytt fra utboksen.
""",
    ),
    "photo_asked": Text(
        subject="En gjest ber oss ta bort et bilde",
        preheader="{event} – bildet venter på en avgjørelse",
        body="""\
Hei!

En gjest har bedt oss ta bort et bilde fra **{event}**. Det er allerede skjult for alle gjester.

Gjesten er lovet svar innen {deadline}. Se på bildet, og bestem om det skal bli borte eller vises igjen: «Bilder», «Ønsker» på arrangørsidene.

Hvem det er, står bare der. Et slikt ønske skal ikke merkes på noe annet enn bildet.
""",
    ),
}

FORMAL = {
    "voice": Text(
        subject="Et ord fra en gjest",
        preheader="{event} {on_day}",
        body="""\
Kjære kollega

**{name}** har skrevet noen ord om **{event}**.

Bedrift: {company}
Telefon: {guest_phone}

{said}

Et svar på denne e-posten går til {guest_email}.

Ordet står under «Hilsener» på arrangørsidene til noen har merket det som lest.
""",
    ),
    "bounced": Text(
        subject="E-posten til en gjest kommer ikke frem",
        preheader="{event} {on_day} – slik kan det ordnes",
        body="""\
Kjære kollega

E-posten til **{name}** kommer ikke frem. Det kan være at gjesten ikke vet om **{event}** {on_day}.

Bedrift: {company}
E-post: {guest_email}
Telefon: {guest_phone}

{trouble}

Slik kan det ordnes:

- Ring gjesten, eller spør en kollega om riktig adresse.
- Rett adressen på gjestens side på arrangørsidene.
- Send brevet på nytt fra utboksen.
""",
    ),
    "photo_asked": Text(
        subject="En gjest ber oss ta bort et bilde",
        preheader="{event} – bildet venter på en avgjørelse",
        body="""\
Kjære kollega

En gjest har bedt om at et bilde fra **{event}** fjernes. Det er allerede skjult for alle gjester.

Gjesten er lovet svar innen {deadline}. Bildet venter under «Bilder», «Ønsker» på arrangørsidene: Der avgjøres det om det skal bli borte eller vises igjen.

Hvem det er, står bare der. Et slikt ønske skal ikke merkes på noe annet enn bildet.
""",
    ),
}
