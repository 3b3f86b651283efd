"""The demo's start list of the open edition: every ten seconds, the slowest first, bibs kept from year to year."""

from ..domain.ranges import Ranges
from ..domain.starts import Order, Pace
from ..models import Activity, Race
from . import races, starts
from .demo_race import OFFICE

RULES = {
    "start": Race.Start.INTERVAL,
    "official": Race.Official.SLOT,
    "signed_by": {"nb": "Marte Lie, arrangør", "en": "Marte Lie, organiser", "sv": "Marte Lie, arrangör"},
}
SPEAKERS_OWN = 13  # nobody runs with it


def fill(event, *, now):
    """Whoever is coming to the race, which is set up, has a start time and a bib."""
    activity = Activity.objects.select_related("event").get(event=event, kind=Activity.Kind.RACE)
    race = races.set_up(activity, RULES, now=now, **OFFICE)
    pace = Pace(first_at=race.starts_at, seconds=race.interval_seconds)
    for wish in (
        starts.SlotWish(pace=pace, order=Order.SLOWEST),
        starts.BibWish(order=Order.START, keeps_last=True, kept_free=Ranges.of([SPEAKERS_OWN])),
    ):
        starts.give(activity, wish, seen=starts.plan(race, wish).mark, now=now, **OFFICE)
