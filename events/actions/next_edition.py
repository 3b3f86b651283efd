"""The next event, made from one there was: what was prepared comes along, what became of it does not."""

from datetime import datetime, timedelta

from django.db import transaction

from ..models import Activity, Gallery, History, Letter, Question, Race, RaceClass, Reminder
from . import history
from .events import begin

# Left out by purpose: guests and answers, results, photos, days that were decided on, links that were given out.
OF_EVENT = (
    "intro", "bring", "town", "scene", "tone", "time_zone", "contact_name", "contact_email", "contact_phone",
    "companions_allowed", "shows_guests", "food_kept_days", "silent_kept_days", "guests_kept_days", "series",
)  # fmt: skip
OF_ACTIVITY = (
    "slug", "kind", "title", "description", "place", "address", "map_url", "dress", "capacity",
    "promotes_until_hours", "welcomes_companions", "serves_food", "asks_shirt_size", "invites_by_calendar",
)  # fmt: skip
OF_RACE = (
    "course", "start", "interval_seconds", "official", "precision", "order", "shows_places", "ranks_gender",
    "ranks_class", "ranks_company", "company_best", "shows_contests", "counts_told_times", "cheering", "words",
    "signed_by",
)  # fmt: skip
OF_GALLERY = ("takes_guest_photos", "takes_table_photos", "approval", "keeps_originals", "guest_limit", "kept_days")


@transaction.atomic
def make_like(source, slug, *, title, held_on, by, channel, now, capacities=None, **fields):
    """A draft with the programme, questions, letters and rules of `source`, each part at its time of day.

    Cancelled parts stay behind. capacities ({slug of a part: places}) and fields, where they say something, come
    before those of `source`. Whoever makes it organises it.
    """
    said = {name: value for name, value in fields.items() if value not in (None, "")}
    event = begin(slug, title=title, held_on=held_on, by=by, now=now, **{**_of(source, OF_EVENT), **said})
    for part in Activity.objects.filter(event=source, cancelled_at=None).in_order():
        _copy_part(part, source, event, (capacities or {}).get(part.slug))
    for model, names in ((Letter, ("kind", "language", "subject", "preheader", "body")), (Gallery, OF_GALLERY)):
        model.objects.bulk_create([model(event=event, **_of(row, names)) for row in model.objects.filter(event=source)])
    rules = Reminder.objects.filter(event=source)
    names = ("letter", "days_before", "hour", "is_on")
    Reminder.objects.bulk_create([Reminder(event=event, since_at=now, **_of(rule, names)) for rule in rules])
    history.record(event, History.What.EVENT_MADE, by=by, channel=channel, now=now, programme=source.slug)
    return event


def _of(row, names):
    return {name: getattr(row, name) for name in names}


def _copy_part(part, source, event, capacity):
    """The part with what is asked of those who come to it; of a race also its rules and classes."""
    new = Activity.objects.create(
        event=event, starts_at=_then(part.starts_at, source, event), ends_at=_then(part.ends_at, source, event),
        **{**_of(part, OF_ACTIVITY), "capacity": capacity or part.capacity},
    )  # fmt: skip
    names = ("kind", "title", "help", "options", "is_required", "position")
    asked = Question.objects.filter(activity=part)
    Question.objects.bulk_create([Question(activity=new, **_of(row, names)) for row in asked])
    names = ("title", "position", "gender", "from_age", "to_age")
    classes = RaceClass.objects.filter(activity=part)
    RaceClass.objects.bulk_create([RaceClass(activity=new, **_of(row, names)) for row in classes])
    for race in Race.objects.filter(activity=part):
        first = race.first_start_at and _then(race.first_start_at, source, event)
        Race.objects.create(activity=new, first_start_at=first, **_of(race, OF_RACE))


def _then(moment, source, event):
    """As many days after the day of the event, at the same time by its clock."""
    local = moment.astimezone(source.zone)
    day = event.held_on + timedelta(days=(local.date() - source.held_on).days)
    return datetime.combine(day, local.time(), tzinfo=event.zone)
