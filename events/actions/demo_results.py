"""The demo's races: a course, and in the held editions bibs, times and final results that guests see."""

from datetime import timedelta

from ..domain import invented_races as invented
from ..domain.ranking import Status
from ..domain.timing import Kind
from ..models import Activity, Consent, Contact, Course, Entry, Guest, History, Race
from ..models.entry import Gender
from . import consents, earlier_times, races, results, timing
from .timing import Mark

OFFICE = {"by": None, "channel": History.Channel.COMMAND}
THE_GUEST = {"by": None, "channel": History.Channel.WEB}
COURSE = "Stoltzekleiven"
FACTS = {
    "nb": "ca. 908 trinn, rundt 300 høydemeter", "en": "about 908 steps, around 300 metres of climb",
    "sv": "cirka 908 trappsteg, omkring 300 höjdmeter", "fi": "noin 908 askelmaa, noin 300 nousumetriä",
}  # fmt: skip
FIRST_BIB = 11
FINISHED = timedelta(hours=2)  # after the first start


def set_up(event, *, now):
    """The race of the event on the demo's course."""
    course, _is_new = Course.objects.get_or_create(
        name=COURSE, version="", defaults={"distance_m": 900, "climb_m": 300, "facts": FACTS, "created_at": now}
    )
    activity = Activity.objects.get(event=event, kind=Activity.Kind.RACE)
    fields = {"course": course, "start": Race.Start.MASS, "official": Race.Official.GUN}
    return races.set_up(activity, fields, now=now, **OFFICE)


def run(event, *, edition, now):
    """The race is run: everybody has a bib and a time, or did not finish; the results are shown and final."""
    race = set_up(event, now=event.created_at)
    races.enter_all(race, now=event.created_at)
    runners = _runners(race, event.held_on.year, edition)
    moment = min(race.starts_at + FINISHED, now)
    tell(event, edition=edition, now=event.created_at)
    marks = [_mark(entry, number, place, edition) for place, (number, entry) in enumerate(runners)]
    timing.record(race, marks, now=moment, **OFFICE)
    results.publish(race.activity, now=moment, **OFFICE)
    results.finalise(race.activity, now=moment + timedelta(minutes=30), **OFFICE)
    _agree([entry.guest for _number, entry in runners], moment)


def tell(event, *, edition, now):
    """Some tell of a time from before our first race, as guests do."""
    race = Race.objects.select_related("activity__event", "course").get(activity__event=event)
    guests = Guest.objects.filter(event=event, entry__activity=race.activity, contact__isnull=False)
    numbers = _numbers()
    for guest in guests.select_related("contact", "event").order_by("pk"):
        if time_ms := invented.told_ms(numbers[guest.contact_id], edition):
            earlier_times.tell(guest, race, event.held_on.year - edition - 2, time_ms, now=now, **THE_GUEST)


def remove():
    """The course goes with the last race on it."""
    Course.objects.filter(name=COURSE, race=None, earliertime=None).delete()


def _numbers():
    """{contact id: number}, the same year after year."""
    return {pk: number for number, pk in enumerate(Contact.objects.order_by("pk").values_list("pk", flat=True))}


def _runners(race, year, edition):
    """[(number of the person, entry)] in the order of bibs; the number is the same year after year."""
    people = _numbers()
    entries = list(Entry.objects.filter(activity=race.activity).for_results().order_by("guest__sort_key", "pk"))
    runners = [(people[entry.guest.contact_id], entry) for entry in entries]
    for bib, (number, entry) in enumerate(runners, start=FIRST_BIB):
        entry.bib = bib
        entry.birth_year = invented.born(number, year - edition)
        entry.gender = (Gender.WOMAN, Gender.MAN)[number % 2]
        entry.hides_time = number % 11 == 7
        if number % 4:
            entry.ambition_seconds = invented.ambition_seconds(number, edition)
    Entry.objects.bulk_update(entries, ["bib", "birth_year", "gender", "hides_time", "ambition_seconds"])
    return runners


def _mark(entry, number, place, edition):
    status = invented.status(place, edition)
    if status is Status.OK:
        return Mark(kind=Kind.TYPED, entry=entry, time_ms=invented.time_ms(number, edition))
    return Mark(kind=Kind.STATUS, entry=entry, status=status)


def _agree(guests, moment):
    """Most of those who said nothing yet let their names be shown."""
    said = set(Consent.objects.in_force().filter(guest__in=guests, purpose="name").values_list("guest", flat=True))
    for guest in guests:
        if guest.pk not in said and guest.pk % 4:
            consents.say(
                guest, Consent.Purpose.NAME, True, by=None, channel=History.Channel.WEB,
                language=guest.mail_language, now=moment,
            )  # fmt: skip
