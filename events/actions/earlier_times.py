"""Times from before on a course, as guests tell of them: until the first start, and always marked as told."""

from django.db import transaction

from ..models import EarlierTime, Guest, History, Race, Result
from . import history, timing

MOST = 30  # years somebody may tell of


class TooLate(ValueError):
    """The first has started: what was told before stands."""


class TooMany(ValueError):
    """Nobody has run that often; carries how many may be told of."""


@transaction.atomic
def tell(guest, race, year, time_ms, *, by, channel, now):
    """Keeps the guest's time of one year on the race's course, instead of what was told of it. Returns whether it is
    news. Raises TooLate, and TooMany.
    """
    _look(guest, race, now)
    told = EarlierTime.objects.filter(guest=guest, course=race.course)
    before = told.filter(year=year).first()
    if before and (before.time_ms == time_ms or not before.is_told):
        return False
    if not before and told.count() >= MOST:
        raise TooMany(MOST)
    EarlierTime.objects.update_or_create(
        guest=guest, course=race.course, year=year, defaults={"time_ms": time_ms, "told_at": now}
    )
    _after(guest, race, year, by=by, channel=channel, now=now)
    return True


@transaction.atomic
def take_back(guest, race, year, *, by, channel, now):
    """The guest's time of that year is gone. Returns whether there was one. Raises TooLate."""
    _look(guest, race, now)
    told = EarlierTime.objects.filter(guest=guest, course=race.course, year=year, is_told=True)
    gone, _by_model = told.delete()
    if gone:
        _after(guest, race, year, is_gone=True, by=by, channel=channel, now=now)
    return bool(gone)


def carry_over(guests, *, now):
    """The times of guests who are about to be forgotten go along to the latest other event that the person is a guest
    of, so that a best is still known there. Of who is a guest nowhere else nothing is kept. Returns how many went.
    """
    people = {guest.contact_id for guest in guests} - {None}
    elsewhere = Guest.objects.filter(contact__in=people, forgotten_at=None).exclude(pk__in=[each.pk for each in guests])
    to = {guest.contact_id: guest.pk for guest in elsewhere.order_by("event__held_on", "pk")}
    there = set(EarlierTime.objects.filter(guest__in=to.values()).values_list("guest", "course", "year"))
    rows = [
        EarlierTime(guest_id=to[contact], course_id=course, year=year, time_ms=time_ms, is_told=is_told, told_at=now)
        for contact, course, year, time_ms, is_told in _known(guests)
        if contact in to and (to[contact], course, year) not in there
    ]
    EarlierTime.objects.bulk_create(rows, ignore_conflicts=True)
    return len(rows)


def _known(guests):
    """(contact, course, year, time, whether told) of these guests; what we measured comes first."""
    ran = Result.objects.finished().filter(entry__guest__in=guests, race__course__isnull=False)
    facts = ("entry__guest__contact", "race__course", "race__activity__event__held_on", "time_ms")
    for contact, course, held_on, time_ms in ran.values_list(*facts):
        yield contact, course, held_on.year, time_ms, False
    told = EarlierTime.objects.filter(guest__in=guests)
    yield from told.values_list("guest__contact", "course", "year", "time_ms", "is_told")


def is_open(race, *, now):
    """Whether times from before may still be told of."""
    return race.course_id is not None and now < race.starts_at


def _look(guest, race, now):
    Guest.objects.select_for_update(no_key=True).only("pk").get(pk=guest.pk, forgotten_at=None)
    if not is_open(race, now=now):
        raise TooLate(race.pk)


def _after(guest, race, year, *, by, channel, now, **facts):
    """The bests of races the person has run already follow."""
    history.record(
        guest.event, History.What.EARLIER_TIME, by=by, channel=channel, now=now, guest=guest, activity=race.activity,
        year=year, **facts,
    )  # fmt: skip
    ran = Race.objects.filter(course=race.course, activity__entry__guest__contact=guest.contact_id)
    for each in ran.filter(result__isnull=False).order_by("activity__starts_at", "pk").distinct():
        timing.rebuild(each)
