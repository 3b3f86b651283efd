"""Forgetting by itself: food first, then photos, who never answered, then everybody; the numbers stay."""

from collections import Counter
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.db import transaction

from ..domain import retention
from ..models import Answer, Consent, Contact, Event, Food, Guest, History, Invitation, KitchenList
from ..models.keeping import days_of, photo_days_of, terms_of
from . import earlier_times, erasure, photo_forgetting, privacy, traces
from .attempts import tried

BATCH = 100  # guests in one transaction
LATELY = timedelta(days=2)
KINDS = ("food", "photos", "silent", "guests", "companions", "contacts")


class NotAllForgotten(Exception):
    """Some stayed, and are due again next time; the log has the kind of error. Carries what was done, {kind: count}."""

    def __init__(self, done, failed):
        super().__init__(failed)
        self.done, self.failed = done, failed


def forget_due(on, *, now, dry_run=False, should_stop=lambda: False, tell=lambda done, total: None):
    """Forgets what is due on this day, in portions that stand each for itself: may be killed anywhere and run twice.

    Returns {kind: how many}: food needs, photos, guests who never answered, other guests, their companions, contacts
    whose last event it was. With dry_run it only counts. Whom a restored backup brought back is forgotten, too. One
    that fails stops none of the others; then NotAllForgotten is raised when all is done.
    """
    done = Counter(dict.fromkeys(KINDS, 0))
    plan = _plan(on)
    for event in plan.events:
        if on >= plan.days[event.pk].food_on:
            done += _tried(_food, event, dry_run=dry_run)
        if on >= plan.photo_days[event.pk]:
            done += _tried(_photos, event, dry_run=dry_run, now=now, should_stop=should_stop)
    due = _due(plan)
    for at, people in enumerate(_portions(due)):
        if should_stop():
            break
        done += _counted(people, plan) if dry_run else _each_tried(people, plan, now=now)
        tell(min((at + 1) * BATCH, len(due)), len(due))
    if not should_stop():
        done += _tried(_outlived, on, dry_run=dry_run, now=now)
    if not dry_run:
        done += _tried(_brought_back, now=now)
        done += _tried(_erase_late_words, now=now)
        transaction.on_commit(traces.after_commit, robust=True)
    counts = {kind: done[kind] for kind in KINDS}
    if done["failed"]:
        raise NotAllForgotten(counts, done["failed"])
    return counts


def _tried(deed, *args, **kwargs):
    """The Counter that the deed returns; one failed where it raised."""
    return tried(deed, *args, failed=Counter(failed=1), **kwargs)


def _each_tried(people, plan, *, now):
    """A portion; where that fails, one guest after the other, so that only whom it concerns stays."""
    done = _tried(_forget, people, plan, now=now)
    if not done["failed"] or len(people) == 1:
        return done
    return sum((_tried(_forget, [pk], plan, now=now) for pk in people), Counter())


@dataclass(frozen=True)
class Plan:
    """The day it is about, all events, and by event id their days, their photos' day, and how long who agreed may be
    invited again.
    """

    on: date
    events: list
    days: dict
    photo_days: dict
    invitable_until: dict


def _plan(on):
    events = list(Event.objects.order_by("pk"))
    days = days_of(events)
    until = {event.pk: retention.invitable_until(days[event.pk].guests_on, terms_of(event)) for event in events}
    return Plan(on, events, days, photo_days_of(days), until)


@transaction.atomic
def _food(event, *, dry_run):
    """What was needed at one event, with what the kitchen was handed."""
    rows = Food.objects.filter(guest__event=event)
    if dry_run:
        return Counter(food=rows.count())
    count = erasure.erase_food(rows)
    KitchenList.objects.filter(activity__event=event).exclude(plates={}).update(plates={})
    return Counter(food=count)


def _photos(event, *, dry_run, now, should_stop):
    """All of one event, with their files; portion by portion."""
    if dry_run:
        return Counter(photos=photo_forgetting.count(event))
    return Counter(photos=photo_forgetting.forget_all(event, now=now, should_stop=should_stop))


def _due(plan):
    """The guests to be forgotten, those of one person side by side. Companions come along with their guests."""
    over = [event for event in plan.events if plan.on >= plan.days[event.pk].guests_on]
    silent_over = [event for event in plan.events if plan.on >= plan.days[event.pk].silent_on]
    still_there = Guest.objects.filter(forgotten_at=None, companion_of=None).order_by("contact_id", "pk")
    rows = still_there.filter(event__in=over) | still_there.filter(event__in=silent_over, answered_at=None)
    return list(rows.values_list("contact_id", "pk"))


def _portions(due):
    """Lists of guest ids, about BATCH each, never one person in two."""
    portion = []
    for _contact, rows in groupby(due, key=lambda row: row[0] or row):
        portion += [pk for _contact, pk in rows]
        if len(portion) >= BATCH:
            yield portion
            portion = []
    if portion:
        yield portion


def _counted(ids, plan):
    guests = list(Guest.objects.filter(pk__in=ids))
    people, _kept = _parted(guests, plan)
    silent = sum(guest.answered_at is None for guest in guests)
    companions = Guest.objects.filter(companion_of__in=ids).count()
    return Counter(silent=silent, guests=len(guests) - silent, companions=companions, contacts=len(people))


@transaction.atomic
def _forget(ids, plan, *, now):
    """One portion. Whoever agreed to be invited again stays a while with name and address, and nothing else."""
    privacy.lock_events()
    privacy.lock_activities()
    theirs = Guest.objects.filter(pk__in=ids).values("contact")
    list(Contact.objects.select_for_update().filter(pk__in=theirs).order_by("pk").values_list("pk"))  # as a bounce does
    rows = Guest.objects.select_for_update(of=["self"]).filter(pk__in=ids, forgotten_at=None)
    guests = list(rows.select_related("event").order_by("pk"))
    counts = _counted([guest.pk for guest in guests], plan)
    people, kept = _parted(guests, plan)
    for person, until in kept.items():
        Contact.objects.filter(pk=person).update(kept_until_on=until)
    _part_with(people, now=now)
    earlier_times.carry_over(guests, now=now)
    erasure.erase_guests(guests, by=None, channel=History.Channel.SYSTEM, now=now)
    erasure.erase_contacts([person.pk for person in people])
    return counts


def _parted(guests, plan):
    """([contacts who are guests nowhere else and are to go], {contact id: until when} of those who may stay)."""
    kept = {person: until for person, until in _kept_until(guests, plan).items() if until > plan.on}
    last = _last_of(guests)
    people = [person for person in last if person.pk not in kept]
    return people, {person.pk: kept[person.pk] for person in last if person.pk in kept}


def _last_of(guests):
    """The contacts who are guests nowhere else."""
    contacts = {guest.contact_id for guest in guests} - {None}
    elsewhere = Guest.objects.filter(contact__in=contacts).exclude(pk__in=[guest.pk for guest in guests])
    return Contact.objects.filter(pk__in=contacts).exclude(pk__in=elsewhere.values("contact")).order_by("pk")


def _kept_until(guests, plan):
    """{contact id: day} of those who agreed, as one of these guests, to be invited next year."""
    agreed = Consent.objects.in_force().filter(guest__in=guests, purpose=Consent.Purpose.INVITE, is_given=True)
    wanted = agreed.filter(guest__contact__unsubscribed_at=None, guest__contact__isnull=False)
    until = {}
    for person, event in wanted.values_list("guest__contact", "guest__event"):
        day = plan.invitable_until[event]
        until[person] = max(day, until.get(person, day))
    return until


def _part_with(people, *, now):
    """What else knows these people goes; that they wanted no more mail does not."""
    traces.clean(people, now=now)
    for person in people:
        if person.unsubscribed_at:
            privacy.keep_mark(person, now=now)


@transaction.atomic
def _erase_late_words(*, now):
    """What somebody was still writing at the very moment of being forgotten."""
    lately = Guest.objects.filter(forgotten_at__gte=now - LATELY)
    for rows in erasure.rows_about(lately.values("pk")):
        if rows.model not in (Answer, Invitation):
            erasure.erase(rows)
    return Counter()


def _brought_back(*, now):
    """Whom a backup brought back."""
    return Counter(guests=privacy.forget_again(now=now))


@transaction.atomic
def _outlived(on, *, dry_run, now):
    """People kept to be invited again, or whose event was thrown away, whom nobody has invited in time."""
    rows = Contact.objects.filter(kept_until_on__lte=on, guest=None)
    if dry_run:
        return Counter(contacts=rows.count())
    people = list(rows)
    _part_with(people, now=now)
    return Counter(contacts=erasure.erase_contacts([person.pk for person in people]))
