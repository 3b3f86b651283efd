"""Results as a table to take along, whatever guests chose to show of themselves: it is for those who organise."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..models import Race
from ..models.result_words import clock, signed
from .results import label_of, lines


def table(event):
    """(headings, rows of text) of all races of the event, in the order of places; a query for each race."""
    headings = [
        _("race"), pgettext("in a race", "bib"), _("name"), _("company"), _("class"), _("gender"), _("status"),
        _("time"), _("total seconds"), _("gap"), pgettext("in a race", "place"), _("place in the class"),
        _("personal best"), _("against the best"), _("ambition"), _("against the ambition"), _("provisional"),
    ]  # fmt: skip
    return headings, [_row(race, line) for race in Race.objects.at(event) for line in lines(race) if line.result]


def _row(race, line):
    entry, result, outcome = line.entry, line.result, line.outcome
    return [
        str(race), _text(entry.bib), line.name, outcome.company, outcome.race_class, entry.gender, result.status,
        clock(result.time_ms), _seconds(result.time_ms), clock(result.gap_ms),
        _text(outcome.place), _text(result.class_place), result.best, _signed(result.best_diff_ms),
        clock(entry.ambition_seconds * 1000) if entry.ambition_seconds else "", _signed(result.ambition_diff_ms),
        label_of(race),
    ]  # fmt: skip


def _text(number):
    return "" if number is None else str(number)


def _signed(milliseconds):
    return "" if milliseconds is None else signed(milliseconds)


def _seconds(milliseconds):
    """754, or 754.5 with a point, for machines."""
    return "" if not milliseconds else f"{milliseconds / 1000:.2f}".rstrip("0").rstrip(".")
