"""What we know of one person's races, for that person: results as soon as guests see them, at the latest when the event
is over, and times from before.
"""

from django.utils.text import capfirst
from django.utils.translation import gettext

from ..models import Entry, Event, Result
from ..models.result_words import clock
from .own_results import ordinal

OVER = (Event.State.HELD, Event.State.ARCHIVED)
FACTS = (
    "status", "time_ms", "net_ms", "gross_ms", "source", "place", "class_place", "gender_place", "company_place",
    "source_place", "best", "best_diff_ms", "ambition_diff_ms",
)  # fmt: skip
ENTRY = ("bib", "gender", "birth_year", "slot_at", "shows_place", "hides_time")


def result_of(entry, event):
    """The entry's Result, where there is one to be told of; else None."""
    result = getattr(entry, "result", None)
    return result if result and (result.race.is_published or event.state in OVER) else None


def as_plain(entries, told, event):
    """(what each entry says besides, results, times from before) in our codes."""
    results = [(entry, result_of(entry, event)) for entry in entries]
    return (
        [{name: getattr(entry, name) for name in ENTRY} for entry in entries],
        [
            {"activity": str(entry.activity), **{name: getattr(result, name) for name in FACTS}}
            for entry, result in results
            if result
        ],
        [{name: getattr(row, name) for name in ("year", "time_ms", "is_told", "told_at")} for row in told],
    )


def as_rows(entries, told, event):
    """[(what it is, [words])] of the same, for a page; nothing about what there is not."""
    rows = []
    for entry in entries:
        for name in ("bib", "gender", "birth_year"):
            if said := _words(entry, name):
                rows.append((f"{entry.activity} · {_label(Entry, name)}", [said]))
        if result := result_of(entry, event):
            rows.append((f"{entry.activity} · {_label(Result, 'status')}", [capfirst(result.get_status_display())]))
            rows += _of_result(entry, result)
    for row in told:
        mark = gettext("as you told us") if row.is_told else gettext("measured at an earlier event")
        rows.append((gettext("Time from %(year)s") % {"year": row.year}, [clock(row.time_ms), mark]))
    return rows


def _of_result(entry, result):
    rows = []
    if result.time_ms:
        rows.append((f"{entry.activity} · {_label(Result, 'time_ms')}", [clock(result.time_ms)]))
    if result.place:
        rows.append((f"{entry.activity} · {_label(Result, 'place')}", [ordinal(result.place)]))
    return rows


def _words(entry, name):
    if name == "gender":
        return entry.get_gender_display()
    value = getattr(entry, name)
    return "" if value is None else str(value)


def _label(model, name):
    return capfirst(model._meta.get_field(name).verbose_name)
