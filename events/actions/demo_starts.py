"""The demo's start lists: Stoltzekleiven every ten seconds, the slowest first, bibs kept from year to year."""

from ..domain.ranges import Ranges
from ..domain.starts import Order, Pace
from ..models import Activity, Course, Race
from . import courses, races, starts
from .demo_race import OFFICE

COURSE = {
    "name": "Stoltzekleiven",
    "distance_m": 900,
    "climb_m": 300,
    "facts": {
        "nb": "ca. 908 trinn, rundt 300 høydemeter", "en": "about 908 steps, around 300 metres of climb",
        "sv": "ca 908 trappsteg, runt 300 höjdmeter", "fi": "noin 908 porrasta, noin 300 nousumetriä",
    },
}  # fmt: skip
SIGNED_BY = {"nb": "Marte Lie, arrangør", "en": "Marte Lie, organiser", "sv": "Marte Lie, arrangör"}
SPEAKERS_OWN = 13  # nobody runs with it


def fill(event, *, now):
    """The race is set up, and whoever is coming has a bib and a start time."""
    activity = Activity.objects.select_related("event").get(event=event, kind=Activity.Kind.RACE)
    how = {"now": now, **OFFICE}
    course = Course.objects.filter(name=COURSE["name"], version="").first()
    if course is None:
        course = courses.make(activity, COURSE, **how)
    races.set_up(activity, {"course": course, "signed_by": SIGNED_BY}, **how)
    race = Race.objects.of(activity)
    race.activity = activity
    pace = Pace(first_at=race.starts_at, seconds=race.interval_seconds)
    for wish in (
        starts.SlotWish(pace=pace, order=Order.SLOWEST),
        starts.BibWish(order=Order.START, keeps_last=True, kept_free=Ranges.of([SPEAKERS_OWN])),
    ):
        starts.give(activity, wish, seen=starts.plan(race, wish).mark, **how)


def remove():
    """The demo's course, if nobody else runs on it."""
    Course.objects.filter(name=COURSE["name"], race=None).delete()
