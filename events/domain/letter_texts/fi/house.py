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

Terveiset näkyvät järjestäjän sivuilla kohdassa ”Vieraiden viestit”, kunnes joku on merkinnyt ne luetuiksi.
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
- Korjaa osoite vieraan sivulla järjestäjän sivuilla.
- Lähetä kirje uudelleen kohdasta ”Lähtevät”.
""",
    ),
    "photo_asked": Text(
        subject="Vieras pyytää poistamaan kuvan",
        preheader="{event} – kuva odottaa päätöstä",
        body="""\
Hei!

Vieras on pyytänyt poistamaan kuvan, joka on tapahtumasta **{event}**. Se on jo piilotettu kaikilta vierailta.

Vieraalle on luvattu vastaus viimeistään {deadline}. Katso kuvaa ja päätä, pysyykö se piilossa vai näytetäänkö se taas: järjestäjän sivujen kohta ”Kuvat”, ”Pyynnöt”.

Pyytäjän nimi näkyy vain siellä. Pyyntö ei saa vaikuttaa mihinkään muuhun kuin kuvaan.
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

Terveiset näkyvät järjestäjän sivuilla kohdassa ”Vieraiden viestit”, kunnes joku on merkinnyt ne luetuiksi.
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
- Korjatkaa osoite vieraan sivulla järjestäjän sivuilla.
- Lähettäkää kirje uudelleen kohdasta ”Lähtevät”.
""",
    ),
    "photo_asked": Text(
        subject="Vieras pyytää poistamaan kuvan",
        preheader="{event} – kuva odottaa päätöstä",
        body="""\
Hyvä kollega

Vieras on pyytänyt poistettavaksi kuvan, joka on tapahtumasta **{event}**. Se on jo piilotettu kaikilta vierailta.

Vieraalle on luvattu vastaus viimeistään {deadline}. Kuva odottaa järjestäjän sivujen kohdassa ”Kuvat”, ”Pyynnöt”: siellä päätetään, pysyykö se piilossa vai näytetäänkö se taas.

Pyytäjän nimi näkyy vain siellä. Pyyntö ei saa vaikuttaa mihinkään muuhun kuin kuvaan.
""",
    ),
}
