"""The start list: everybody who is coming to a race, also those who have nothing yet."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from ..domain import names
from ..models import Activity, Entry, Guest, Race
from ..models.starters import starters

NO_BIB, NO_START = "no-bib", "no-start"
ID_HEADING = "Vertskap-id"  # by which a timing firm's file finds its way back; never translated


@dataclass(frozen=True, slots=True)
class Row:
    """One runner; place is that in the row of own start times, from 1."""

    guest: Guest
    entry: Entry
    company: str
    starts_at: datetime | None
    place: int | None


@dataclass(frozen=True, slots=True)
class StartList:
    """The rows that were asked for, and how many of all have no bib and no start."""

    race: Race
    rows: list
    count: int
    without_bib: int
    without_start: int


def races_of(event):
    """[Race] of the event in order of time; those not set up yet have the usual rules and no row. Two queries."""
    activities = list(Activity.objects.filter(event=event, kind=Activity.Kind.RACE).on().in_order())
    stored = {race.activity_id: race for race in Race.objects.filter(activity__in=activities).select_related("course")}
    found = []
    for activity in activities:
        activity.event = event
        race = stored.get(activity.pk) or Race(activity=activity)
        race.activity = activity
        found.append(race)
    return found


def start_list(race, *, query="", only="", sort="start"):
    """The StartList of a race; two queries, however many run."""
    field = starters(race.activity)
    in_row = sorted((each for each in field if each.entry.slot_at), key=lambda each: each.entry.slot_at)
    places = {each.guest.pk: place for place, each in enumerate(in_row, start=1)}
    starts_at = {each.guest.pk: start_of(race, each.entry) for each in field}
    rows = [
        Row(each.guest, each.entry, each.company, starts_at[each.guest.pk], places.get(each.guest.pk)) for each in field
    ]
    return StartList(
        race=race,
        rows=sorted(filter(_fits(query, only), rows), key=_SORTS.get(sort, _SORTS["start"])),
        count=len(rows),
        without_bib=sum(not row.entry.bib for row in rows),
        without_start=sum(row.starts_at is None for row in rows),
    )


def start_of(race, entry):
    """When one starts: with all the others, with the wave, or alone; None where that is not given out yet."""
    return race.starts_at if race.start == Race.Start.MASS else entry.own_start_at


def _fits(query, only):
    words = names.fold(query).split()

    def fits(row):
        if (only == NO_BIB and row.entry.bib) or (only == NO_START and row.starts_at):
            return False
        text = f"{row.guest.search_text} {names.fold(row.guest.name)} {names.fold(row.company)}"
        return all(word == str(row.entry.bib) or word in text for word in words)

    return fits


def _by_start(row):
    return (
        row.starts_at is None, row.starts_at.timestamp() if row.starts_at else 0, row.entry.bib is None,
        row.entry.bib or 0, row.guest.sort_key, row.guest.pk,
    )  # fmt: skip


_SORTS = {
    "start": _by_start,
    "bib": lambda row: (row.entry.bib is None, row.entry.bib or 0, row.guest.sort_key, row.guest.pk),
    "name": lambda row: (row.guest.sort_key, row.guest.pk),
    "company": lambda row: (names.fold(row.company), row.guest.sort_key, row.guest.pk),
}


def table(event):
    """(headings, rows of text) of all races of the event, as a timing firm needs it, our id with it."""
    headings = [
        ID_HEADING, _("race"), _("bib"), _("name"), _("company"), _("class"), _("start time"), _("wave"),
    ]  # fmt: skip
    return headings, [_cells(race, row, event.zone) for race in races_of(event) for row in start_list(race).rows]


def _cells(race, row, zone):
    entry, at = row.entry, row.starts_at
    return [
        str(row.guest.pk), str(race.activity), str(entry.bib or ""), row.guest.name, row.company,
        str(entry.race_class or ""), at.astimezone(zone).strftime("%H:%M:%S") if at else "",
        str(entry.wave or ""),
    ]  # fmt: skip
