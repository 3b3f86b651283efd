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

Orden står under ”Hälsningar” i administrationen tills någon har markerat dem som lästa.
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
- Rätta adressen på gästens sida i administrationen.
- Skicka brevet igen från utkorgen.
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

Orden står under ”Hälsningar” i administrationen tills någon har markerat dem som lästa.
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
- Rätta adressen på gästens sida i administrationen.
- Skicka brevet igen från utkorgen.
""",
    ),
}
