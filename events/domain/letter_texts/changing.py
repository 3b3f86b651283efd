"""How letters say what has changed in a programme, in four languages. {…} is put in by plain replacement."""

from collections.abc import Mapping
from dataclasses import dataclass

from .shapes import Text


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeWords:
    """Labels of what changed, what was so before ({old}), and sentences of a part that is off or on again.

    files and updates stand below: what the calendar files with the mail do, for what is at another time and for what
    is off; whole says that a day is that of everything.
    """

    title: str
    when: str
    place: str
    day: str
    before: str
    off: str
    was_to_be: str
    on_again: str
    same_hours: str
    moved_files: str
    off_files: str
    moved_entry: str
    off_entry: str
    programme: str


CHANGE_WORDS: Mapping[str, ChangeWords] = {
    "nb": ChangeWords(
        title="Navn",
        when="Tid",
        place="Sted",
        day="Dag",
        before="før: {old}",
        off="Avlyst",
        was_to_be="Skulle vært {old}",
        on_again="Blir likevel noe av",
        same_hours="Hele programmet flyttes, til samme klokkeslett.",
        moved_files="Ligger det i kalenderen? Kalenderfilen i vedlegget flytter avtalen.",
        off_files="Ligger det i kalenderen? Kalenderfilen i vedlegget merker avtalen som avlyst. Noen kalendere "
        "gjør ikke det; da må den slettes for hånd.",
        moved_entry="Kalenderinvitasjonen blir oppdatert av denne e-posten.",
        off_entry="Kalenderinvitasjonen blir avlyst av denne e-posten.",
        programme="programmet",
    ),
    "en": ChangeWords(
        title="Name",
        when="Time",
        place="Place",
        day="Day",
        before="before: {old}",
        off="Cancelled",
        was_to_be="It was to be {old}",
        on_again="Takes place after all",
        same_hours="The whole programme moves, to the same times of day.",
        moved_files="Is it in your calendar? The attached calendar file moves the entry.",
        off_files="Is it in your calendar? The attached calendar file marks the entry as cancelled. Some calendars "
        "don't do that; then it must be deleted by hand.",
        moved_entry="This mail updates the calendar invitation.",
        off_entry="This mail cancels the calendar invitation.",
        programme="the programme",
    ),
    "sv": ChangeWords(
        title="Namn",
        when="Tid",
        place="Plats",
        day="Dag",
        before="tidigare: {old}",
        off="Inställt",
        was_to_be="Skulle ha varit {old}",
        on_again="Blir av ändå",
        same_hours="Hela programmet flyttas, till samma klockslag.",
        moved_files="Ligger det i kalendern? Den bifogade kalenderfilen flyttar bokningen.",
        off_files="Ligger det i kalendern? Den bifogade kalenderfilen markerar bokningen som inställd. En del "
        "kalendrar gör inte det; då får den tas bort för hand.",
        moved_entry="Kalenderinbjudan uppdateras av det här mejlet.",
        off_entry="Kalenderinbjudan ställs in av det här mejlet.",
        programme="programmet",
    ),
    "fi": ChangeWords(
        title="Nimi",
        when="Aika",
        place="Paikka",
        day="Päivä",
        before="aiemmin: {old}",
        off="Peruttu",
        was_to_be="Alkuperäinen aika: {old}",
        on_again="Järjestetään sittenkin",
        same_hours="Koko ohjelma siirtyy, kellonajat pysyvät samoina.",
        moved_files="Onko se jo kalenterissa? Liitteenä oleva kalenteritiedosto siirtää merkinnän.",
        off_files="Onko se jo kalenterissa? Liitteenä oleva kalenteritiedosto merkitsee sen perutuksi. Kaikki "
        "kalenterit eivät tee niin; silloin merkintä on poistettava käsin.",
        moved_entry="Tämä viesti päivittää kalenterikutsun.",
        off_entry="Tämä viesti peruu kalenterikutsun.",
        programme="ohjelma",
    ),
}

_FAREWELLS: Mapping[str, Text] = {
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


def farewell(language: str) -> Text:
    """The letter that takes a calendar invitation back from one guest. It holds no link, for that may have ended."""
    return _FAREWELLS[language]
