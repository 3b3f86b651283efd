"""Taking a calendar invitation back, in four languages and two tones."""

from collections.abc import Mapping

from .shapes import Text

_INFORMAL: Mapping[str, Text] = {
    "nb": Text(
        subject="Ikke lenger i kalenderen: {what}",
        preheader="{event} {on_day}",
        body="""\
Hei {first_name}!

Kalenderinvitasjonen til **{activity}** er trukket tilbake, og denne e-posten tar den ut av kalenderen.

Ble det feil? Svar på denne e-posten, så ordner vi det.

Hilsen
{host}
{organiser}
""",
    ),
    "en": Text(
        subject="No longer in the calendar: {what}",
        preheader="{event} {on_day}",
        body="""\
Hi {first_name}!

The calendar invitation to **{activity}** is withdrawn, and this mail takes it out of the calendar.

Is that a mistake? Reply to this mail, and we will put it right.

Best wishes
{host}
{organiser}
""",
    ),
    "sv": Text(
        subject="Inte längre i kalendern: {what}",
        preheader="{event} {on_day}",
        body="""\
Hej {first_name}!

Kalenderinbjudan till **{activity}** är återtagen, och det här mejlet tar bort den ur kalendern.

Blev det fel? Svara på det här mejlet så ordnar vi det.

Hälsningar
{host}
{organiser}
""",
    ),
    "fi": Text(
        subject="Ei enää kalenterissa: {what}",
        preheader="{event} {on_day}",
        body="""\
Hei {first_name}!

Kalenterikutsu on peruttu: **{activity}**. Tämä viesti poistaa sen kalenterista.

Onko tämä virhe? Kirjoita vastaus tähän viestiin, niin korjaamme asian.

Terveisin
{host}
{organiser}
""",
    ),
}


_FORMAL: Mapping[str, Text] = {
    "nb": Text(
        subject="Ikke lenger i kalenderen: {what}",
        preheader="{event} {on_day}",
        body="""\
Kjære {name}

Kalenderinvitasjonen til **{activity}** er trukket tilbake, og denne e-posten tar den ut av kalenderen.

Skulle dette bero på en feil, er det bare å svare på denne e-posten, så ordner vi det.

Med vennlig hilsen
{host}
{organiser}
""",
    ),
    "en": Text(
        subject="No longer in the calendar: {what}",
        preheader="{event} {on_day}",
        body="""\
Dear {name}

The calendar invitation to **{activity}** has been withdrawn, and this mail removes it from the calendar.

Should this be a mistake, please reply to this mail, and we will put it right.

Yours sincerely
{host}
{organiser}
""",
    ),
    "sv": Text(
        subject="Inte längre i kalendern: {what}",
        preheader="{event} {on_day}",
        body="""\
Bästa {name}

Kalenderinbjudan till **{activity}** är återtagen, och detta mejl tar bort den ur kalendern.

Om det har blivit fel går det bra att svara på detta mejl, så ordnar vi det.

Med vänlig hälsning
{host}
{organiser}
""",
    ),
    "fi": Text(
        subject="Ei enää kalenterissa: {what}",
        preheader="{event} {on_day}",
        body="""\
Hyvä {name}

Kalenterikutsu on peruttu: **{activity}**. Tämä viesti poistaa sen kalenterista.

Jos kyseessä on virhe, vastatkaa tähän viestiin, niin korjaamme asian.

Ystävällisin terveisin
{host}
{organiser}
""",
    ),
}


def farewell(language: str, *, is_formal: bool) -> Text:
    """The letter that takes a calendar invitation back from one guest. It holds no link, for that may have ended."""
    return (_FORMAL if is_formal else _INFORMAL)[language]
