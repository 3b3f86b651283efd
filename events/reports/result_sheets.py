"""Result lists for paper: as guests may see one another, and all we know for those who organise."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..domain.documents.lists import Column, Group, List, Side
from ..domain.race_lines import Mood
from ..domain.ranking import Best, Status
from ..models import Result
from ..models.result_words import MOODS, clock, mood_of, signed
from . import documents, results


def as_guests_see(race, *, now):
    """The List by the rules of reports.results; empty before it is published."""
    shown = results.seen_by_guests(race)
    rows = tuple(_shown_row(one) for one in shown)
    return _list(race, _columns(), [Group(title="", rows=rows)] if rows else [], now=now)


def in_full(race, *, now):
    """The List with all names, gaps, bests and ambitions; for organisers alone."""
    lines = results.lines(race)
    groups = []
    for status in (*Status, None):
        rows = tuple(_full_row(line) for line in lines if line.outcome.status == status)
        if rows:
            groups.append(Group(title="" if status is Status.OK else _status_words(status), rows=rows))
    more = [
        Column(title=_("Gap"), side=Side.RIGHT),
        Column(title=pgettext("column of a result list", "Against ambition"), side=Side.RIGHT),
        Column(title=_("Personal best"), share=4),
    ]
    return _list(race, [*_columns(), *more], groups, now=now, note=_("For organisers only"), landscape=True)


def _columns():
    return [
        Column(title=_("Place"), side=Side.RIGHT, strong=True),
        Column(title=_("Bib"), side=Side.RIGHT),
        Column(title=_("Name"), share=3, strong=True),
        Column(title=_("Company"), share=3),
        Column(title=_("Class"), share=2),
        Column(title=_("Time"), side=Side.RIGHT, strong=True),
    ]


def _list(race, columns, groups, *, now, note="", landscape=False):
    said = [note, results.label_of(race)]
    return List(
        heading=_("Results"),
        under=documents.about(race),
        foot=documents.printed_at(race, now),
        columns=tuple(columns),
        groups=tuple(groups),
        words=documents.list_words(_("There are no results yet.")),
        note=" · ".join(filter(None, said)),
        landscape=landscape,
    )


def _shown_row(one):
    place = "" if one.place is None else f"{one.place}."
    bib = "" if one.bib is None else str(one.bib)
    time = clock(one.time_ms) or _status_words(one.status)
    return place, bib, results.called(one), one.company, one.race_class, time


def _full_row(line):
    known, result = line.outcome, line.result
    first = (
        "" if known.place is None else f"{known.place}.",
        "" if known.bib is None else str(known.bib),
        line.name,
        known.company,
        known.race_class,
        clock(known.time_ms),
    )
    if result is None or not result.is_finished:
        return (*first, "", "", "")
    return (*first, _off(result.gap_ms), _off(result.ambition_diff_ms), _best_words(line.entry, result))


def _off(milliseconds):
    return "" if milliseconds is None else signed(milliseconds)


def _best_words(entry, result):
    """How it stands to earlier years, as organisers read it, and by how much."""
    if result.best not in (Best.PERS, Best.EQUAL, Best.NOT_THIS_TIME):
        return str(MOODS[Mood.DEBUT]) if mood_of(entry, result) is Mood.DEBUT else ""
    words = {Best.PERS: Mood.PERS, Best.EQUAL: Mood.EQUAL, Best.NOT_THIS_TIME: Mood.NOT_THIS_TIME}
    return f"{MOODS[words[Best(result.best)]]} ({_off(result.best_diff_ms)})"


def _status_words(status):
    return _("Nothing known yet") if status is None else str(Result.Status(status).label).capitalize()
