"""The field of a race: everybody who is coming, with the entry or as one without, and what orders go by."""

from dataclasses import dataclass

from django.db.models import Min

from ..domain.starts import Runner
from .answer import Answer
from .earlier_time import EarlierTime
from .entry import Entry, RaceClass
from .guest import Guest
from .timing import Result


@dataclass(frozen=True, slots=True)
class Starter:
    """A guest who is coming to the race; the entry is not stored yet where nothing was told or given out."""

    guest: Guest
    entry: Entry

    @property
    def company(self):
        return self.guest.company_name


def starters(activity):
    """[Starter] in the order of their names; two queries."""
    coming = Answer.objects.filter(activity=activity, state=Answer.State.COMING).select_related(
        "guest__contact__company", "guest__companion_of__contact__company"
    )
    rows = Entry.objects.filter(activity=activity).select_related("wave", "race_class")
    entries = {row.guest_id: row for row in rows}
    return [
        Starter(answer.guest, entries.get(answer.guest_id) or Entry(guest=answer.guest, activity=activity))
        for answer in coming.order_by("guest__sort_key", "guest_id")
    ]


def runners(race, field):
    """[domain.starts.Runner] of these, whose key is the guest's id; four queries, however many run."""
    contacts = {each.guest.contact_id for each in field} - {None}
    last, best = _last_bibs(race, contacts), _bests(race, contacts)
    classes = list(RaceClass.objects.filter(activity=race.activity_id).values_list("pk", flat=True))
    places = {pk: place for place, pk in enumerate(classes)}
    return [
        Runner(
            key=each.guest.pk, name=each.guest.sort_key, bib=each.entry.bib, at=each.entry.slot_at,
            wave=each.entry.wave_id, last_bib=last.get(each.guest.contact_id), best_ms=best.get(each.guest.contact_id),
            ambition_ms=each.entry.ambition_seconds * 1000 if each.entry.ambition_seconds else None,
            race_class=places.get(each.entry.race_class_id),
        )
        for each in field
    ]  # fmt: skip


def _last_bibs(race, contacts):
    """{contact id: bib} of the last race in the same series."""
    series = race.activity.event.series_id
    if not series:
        return {}
    earlier = Entry.objects.filter(
        activity__event__series=series, activity__starts_at__lt=race.activity.starts_at, guest__contact__in=contacts,
        bib__isnull=False,
    )  # fmt: skip
    return dict(earlier.order_by("activity__starts_at").values_list("guest__contact", "bib"))


def _bests(race, contacts):
    """{contact id: milliseconds} on the course before this race, as we timed or, where that counts, as guests told."""
    if not race.course_id:
        return {}
    before = Result.objects.finished().filter(
        race__course=race.course_id, race__activity__starts_at__lt=race.activity.starts_at,
        entry__guest__contact__in=contacts,
    )  # fmt: skip
    rows = before.order_by().values("entry__guest__contact").annotate(best=Min("time_ms"))
    bests = dict(rows.values_list("entry__guest__contact", "best"))
    if race.counts_told_times:
        told = EarlierTime.objects.filter(
            course=race.course_id, guest__contact__in=contacts, year__lt=race.activity.event.held_on.year
        )
        for contact, time_ms in told.values_list("guest__contact", "time_ms"):
            bests[contact] = min(time_ms, bests.get(contact, time_ms))
    return bests


def bibs_of_others(activity):
    """Bibs of those who are not coming (any more) and keep theirs; nobody else gets them. One query."""
    coming = Answer.objects.filter(activity=activity, state=Answer.State.COMING).values("guest")
    left = Entry.objects.filter(activity=activity, bib__isnull=False).exclude(guest__in=coming)
    return set(left.values_list("bib", flat=True))


def slots_of_others(activity):
    """Start times of the same. One query."""
    coming = Answer.objects.filter(activity=activity, state=Answer.State.COMING).values("guest")
    left = Entry.objects.filter(activity=activity, slot_at__isnull=False).exclude(guest__in=coming)
    return set(left.values_list("slot_at", flat=True))
