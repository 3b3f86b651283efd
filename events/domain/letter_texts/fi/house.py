"""Finnish: letters about a guest to ourselves."""

from ..shapes import Text

INFORMAL = {
    "voice": Text(
        subject="Terveisiä vieraalta",
        preheader="{event} {on_day}",
        body="""\
Hei!

**{name}** lähetti sinulle terveisiä tapahtumasta **{event}**.

Yritys: {company}
Puhelin: {guest_phone}

{said}

Vastaa tähän viestiin, niin vastauksesi menee osoitteeseen {guest_email}.

Terveiset näkyvät hallinnassa kohdassa ”Vieraiden viestit”, kunnes joku on merkinnyt ne luetuiksi.
""",
    ),
    "bounced": Text(
        subject="Vieraalle lähetetty viesti ei tule perille",
        preheader="{event} {on_day} – näin voit auttaa",
        body="""\
Hei!

Viesti ei tule perille: **{name}**. Vieras ei ehkä tiedä tapahtumasta **{event}** {on_day}.

Yritys: {company}
Sähköposti: {guest_email}
Puhelin: {guest_phone}

{trouble}

Näin voit auttaa:

- Soita vieraalle tai kysy oikea osoite kollegalta.
- Korjaa osoite vieraan sivulla hallinnassa.
- Lähetä kirje uudelleen kohdasta ”Lähtevät”.
""",
    ),
}

FORMAL = {
    "voice": Text(
        subject="Terveisiä vieraalta",
        preheader="{event} {on_day}",
        body="""\
Hyvä kollega

**{name}** on kirjoittanut muutaman sanan tapahtumasta **{event}**.

Yritys: {company}
Puhelin: {guest_phone}

{said}

Vastaus tähän viestiin menee osoitteeseen {guest_email}.

Terveiset näkyvät hallinnassa kohdassa ”Vieraiden viestit”, kunnes joku on merkinnyt ne luetuiksi.
""",
    ),
    "bounced": Text(
        subject="Vieraalle lähetetty viesti ei tule perille",
        preheader="{event} {on_day} – näin asia hoituu",
        body="""\
Hyvä kollega

Viesti ei tule perille: **{name}**. Vieras ei ehkä tiedä tapahtumasta **{event}** {on_day}.

Yritys: {company}
Sähköposti: {guest_email}
Puhelin: {guest_phone}

{trouble}

Näin asia hoituu:

- Soittakaa vieraalle tai kysykää oikea osoite kollegalta.
- Korjatkaa osoite vieraan sivulla hallinnassa.
- Lähettäkää kirje uudelleen kohdasta ”Lähtevät”.
""",
    ),
}
