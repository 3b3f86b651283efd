"""How letters say what has changed in a programme, in four languages. {…} is put in by plain replacement."""

from collections.abc import Mapping
from dataclasses import dataclass


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
        off_files="Kalenderfilen i vedlegget merker avtalen som avlyst, i de kalenderne som kan "
        "det; i andre slettes den for hånd.",
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
        off_files="The attached calendar file marks the entry as cancelled, in calendars that can; "
        "in others it is deleted by hand.",
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
        off_files="Den bifogade kalenderfilen markerar bokningen som inställd, i kalendrar som kan "
        "det; i andra tas den bort för hand.",
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
        off_files="Liitteenä oleva kalenteritiedosto merkitsee sen perutuksi niissä kalentereissa, "
        "jotka siihen pystyvät; muista se poistetaan käsin.",
        moved_entry="Tämä viesti päivittää kalenterikutsun.",
        off_entry="Tämä viesti peruu kalenterikutsun.",
        programme="ohjelma",
    ),
}
