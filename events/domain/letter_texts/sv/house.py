"""Swedish: letters about a guest to ourselves."""

from ..shapes import Text

INFORMAL = {
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

Orden står under ”Hälsningar” på arrangörssidorna tills någon har markerat dem som lästa.
""",
    ),
    "bounced": Text(
        subject="Mejlet till en gäst kommer inte fram",
        preheader="{event} {on_day} – så kan du hjälpa till",
        body="""\
Hej!

Mejlet till **{name}** kommer inte fram. Det kan hända att gästen inte vet om **{event}** {on_day}.

Företag: {company}
E-post: {guest_email}
Telefon: {guest_phone}

{trouble}

Så kan du hjälpa till:

- Ring gästen, eller fråga en kollega efter rätt adress.
- Rätta adressen på gästens sida på arrangörssidorna.
- Skicka brevet igen från utkorgen.
""",
    ),
    "photo_asked": Text(
        subject="En gäst ber oss ta bort en bild",
        preheader="{event} – bilden väntar på ett beslut",
        body="""\
Hej!

En gäst har bett oss ta bort en bild från **{event}**. Den är redan dold för alla gäster.

Gästen har lovats svar senast {deadline}. Titta på bilden, och bestäm om den ska vara borta eller visas igen: ”Bilder”, ”Önskemål” på arrangörssidorna.

Vem det är står bara där. En sådan önskan ska inte märkas på något annat än bilden.
""",
    ),
}

FORMAL = {
    "voice": Text(
        subject="Några ord från en gäst",
        preheader="{event} {on_day}",
        body="""\
Bästa kollega

**{name}** har skrivit några ord om **{event}**.

Företag: {company}
Telefon: {guest_phone}

{said}

Ett svar på detta mejl går till {guest_email}.

Orden står under ”Hälsningar” på arrangörssidorna tills någon har markerat dem som lästa.
""",
    ),
    "bounced": Text(
        subject="Mejlet till en gäst kommer inte fram",
        preheader="{event} {on_day} – så kan det ordnas",
        body="""\
Bästa kollega

Mejlet till **{name}** kommer inte fram. Det kan hända att gästen inte vet om **{event}** {on_day}.

Företag: {company}
E-post: {guest_email}
Telefon: {guest_phone}

{trouble}

Så kan det ordnas:

- Ring gästen, eller fråga en kollega efter rätt adress.
- Rätta adressen på gästens sida på arrangörssidorna.
- Skicka brevet igen från utkorgen.
""",
    ),
    "photo_asked": Text(
        subject="En gäst ber oss ta bort en bild",
        preheader="{event} – bilden väntar på ett beslut",
        body="""\
Bästa kollega

En gäst har begärt att en bild från **{event}** tas bort. Den är redan dold för alla gäster.

Gästen har lovats svar senast {deadline}. Bilden väntar under ”Bilder”, ”Önskemål” på arrangörssidorna: där avgörs om den ska vara borta eller visas igen.

Vem det är står bara där. Ett sådant önskemål ska inte märkas på något annat än bilden.
""",
    ),
}
