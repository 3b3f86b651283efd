from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from events.actions import events
from events.forms.events import MOST_PLACES
from events.management.base import BadUse, HouseCommand, Refused, a_day
from events.models import Activity, Event, History


class Command(HouseCommand):
    help = "Makes an open event with a gathering, a race and a dinner. The same again changes nothing."

    def add_arguments(self, parser):
        parser.add_argument("slug")
        parser.add_argument("--title", required=True)
        parser.add_argument("--on", required=True, type=a_day, metavar="2027-09-24", help="the day of the event")
        parser.add_argument("--race-capacity", type=int, metavar="N")
        parser.add_argument("--dinner-capacity", type=int, metavar="N")
        parser.add_argument("--deadline", type=a_day, metavar="2027-09-10", help="the last day to answer")

    def handle(self, *, slug, title, on, race_capacity, dinner_capacity, deadline, **options):
        capacities = {"race": race_capacity, "dinner": dinner_capacity}
        title = " ".join(title.split())  # it stands in subjects, which have one line
        _check(slug, title, on, capacities, deadline)
        wanted = (title, on, capacities, deadline)
        try:
            with transaction.atomic():
                is_new = not Event.objects.filter(slug=slug).exists()
                if is_new:
                    self.make(slug, *wanted)
        except (IntegrityError, ValidationError):  # another process made it at the same moment
            is_new = False
        if is_new:
            self.stdout.write(f"{slug} is made and open, on {on}.")
        elif _as_it_stands(Event.objects.get(slug=slug)) == wanted:
            self.stdout.write(f"{slug} is there already, just like that.")
        else:
            raise Refused(f"{slug} is there already, and different. Change it in the back office.")

    def make(self, slug, title, on, capacities, deadline):
        now = timezone.now()
        event = events.make(
            slug, title=title, held_on=on, capacities=capacities, state=Event.State.OPEN, by=None,
            channel=History.Channel.COMMAND, now=now,
        )  # fmt: skip
        if deadline:
            event.answer_by_at = events.end_of_day(deadline, event.zone)
            event.save(update_fields=["answer_by_at"])


def _check(slug, title, on, capacities, deadline):
    """Raises BadUse for what the back office's form does not take either."""
    try:
        Event._meta.get_field("slug").clean(slug, None)
    except ValidationError:
        raise BadUse("A short name is up to 60 letters a-z, digits, - and _, like stoltzen-2027.") from None
    if not title:
        raise BadUse("An event needs a title, which guests read.")
    if any(places is not None and not 1 <= places <= MOST_PLACES for places in capacities.values()):
        raise BadUse(f"A capacity is a number from 1 to {MOST_PLACES}, or left out for room for everyone.")
    if deadline and deadline > on:
        raise BadUse("The deadline is after the event. Choose a day before it.")


def _as_it_stands(event):
    capacities = dict.fromkeys(("race", "dinner")) | dict(
        Activity.objects.filter(event=event, slug__in=["race", "dinner"]).values_list("slug", "capacity")
    )
    deadline = event.answer_by_at and event.answer_by_at.astimezone(event.zone).date()
    return (str(event.title), event.held_on, capacities, deadline)
