"""The rows of the list in which times are typed: who, what stands, what was typed just now and how it was read."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from ..actions import typing
from ..domain.by_hand import Said, Standing, read_typed, said_by
from ..domain.timesheet_times import Kind
from ..models import Answer, Entry, Result
from ..reports import time_words as words


@dataclass
class Row:
    """One runner. `text` stands in the box, `was` stood there when the page was made; `seen` names the newest event.

    `note` says what became of what was typed ("saved", "warn", "ask", "wrong", "meanwhile"), in `words`.
    """

    guest: object
    entry: object
    standing: Standing
    result: object
    was: str = ""
    text: str = ""
    note: str = ""
    words: list = field(default_factory=list)
    choices: list = field(default_factory=list)

    @property
    def seen(self):
        return self.standing.seen

    @property
    def bib(self):
        return self.entry.bib if self.entry else None

    @property
    def stands(self):
        """What the results say of the runner just now."""
        return words.outcome(self.result.status, self.result.time_ms) if self.result else ""

    @property
    def source(self):
        """Where that comes from; nothing for what stands in the box beside it."""
        known = self.result and self.result.source
        return words.SOURCES.get(known, "") if known else ""

    @property
    def is_unclear(self):
        return bool(self.result) and self.result.status == Result.Status.UNCLEAR


def written(said):
    """What was said, as it stands in the box."""
    return words.outcome(said.status, said.time_ms)


def rows_of(activity, race, guests=None):
    """The rows of all who are coming, or of these guests: by bib, then by name. Four queries at any number."""
    answers = Answer.objects.filter(activity=activity, state=Answer.State.COMING, guest__forgotten_at=None)
    if guests is not None:
        answers = answers.filter(guest__in=guests)
    answers = answers.select_related("guest__contact__company", "guest__companion_of__contact")
    entries = {entry.guest_id: entry for entry in Entry.objects.filter(activity=activity)}
    results = {result.entry_id: result for result in Result.objects.filter(race=race)} if race.pk else {}
    stands = typing.standing(race) if race.pk else {}
    rows = []
    for answer in answers:
        entry = entries.get(answer.guest_id)
        key = entry.pk if entry else None
        standing = stands.get(key, Standing())
        text = written(standing.said)
        rows.append(Row(answer.guest, entry, standing, results.get(key), was=text, text=text))
    return sorted(rows, key=lambda row: (row.bib is None, row.bib or 0, row.guest.sort_key, row.guest.pk))


@dataclass(frozen=True)
class Typed:
    """What came for one row: the text, the reading that was chosen of several (milliseconds), what was seen."""

    text: str
    chosen: int | None = None
    seen: str = ""


def wish_of(row, typed, window):
    """The Wish to be written, or None: then the row says what is asked or wrong."""
    row.text = typed.text
    reading = read_typed(typed.text, window)
    if reading.kind is Kind.QUESTION:
        if typed.chosen not in reading.readings:
            return _asked(row, reading)
        reading = reading.as_time(typed.chosen)
    if reading.kind is Kind.REFUSED:
        row.note, row.words = "wrong", [_("Write a time like 12:34, or DNF, DNS, DSQ or NC.")]
        return None
    return typing.Wish(row.guest.pk, said_by(reading), typed.seen)


def _asked(row, reading):
    row.note, row.words = "ask", [_("Which time is it?")]
    row.choices = [(each, words.reading(each)) for each in reading.readings]


def tell(row, wish, outcome, window):
    """Puts what became of the wish into a row that was read anew since."""
    if outcome is typing.Outcome.CHANGED_MEANWHILE:
        row.note, row.text = "meanwhile", written(wish.said)
        row.words = [_told_meanwhile(row.standing.said)]
    elif outcome is typing.Outcome.NOT_THERE:
        row.note, row.words = "wrong", [_("This guest is no longer in the race.")]
    else:
        row.note, row.words = _saved(wish.said, window)


def _told_meanwhile(said):
    stands = written(said)
    if stands:
        return _("Somebody else wrote %(time)s meanwhile. Press Enter again to write yours instead.") % {"time": stands}
    return _("Somebody else took the time back meanwhile. Press Enter again to write yours.")


def _saved(said: Said, window):
    if said.status:
        return "saved", [_("Saved: %(what)s") % {"what": words.status_words(said.status)}]
    if not said:
        return "saved", [_("Taken back")]
    note = _("Saved: %(what)s") % {"what": words.reading(said.time_ms)}
    if said.time_ms in window:
        return "saved", [note]
    return "warn", [note, _("That is an unusual time for this course. Look once more.")]
