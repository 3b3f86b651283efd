"""The demo's food: guests with needs, one who took the consent back, and a list handed over before the last changes."""

from datetime import timedelta

from django.contrib.auth import get_user_model

from ..domain.food import Plate, fingerprint
from ..models import Guest, History, Membership
from ..models.plates import plates_at, served, served_at
from . import food, kitchen

COOK = "demo-kitchen"
NEEDS = (
    Plate(("vegan",)),
    Plate(("gluten", "lactose")),
    Plate(),
    Plate(("nuts",), "Nuts even in traces, please"),
    Plate(("vegetarian", "no_alcohol")),
    Plate(),
    Plate(("shellfish",)),
    Plate((), "A chair at the end of the table, for my crutches"),
)
LATER = {0: Plate(("vegan", "nuts")), 2: Plate(("fish",))}  # changed, and new
TAKES_BACK = 1


def fill(event, *, now):
    """Those who come to dinner tell what they need; four days ago the kitchen got the list, and then it changed."""
    people = list(Guest.objects.filter(pk__in=served().filter(activity__event=event).values("guest")).order_by("pk"))
    told = [guest for guest in people if guest.companion_of_id is None][: len(NEEDS)]
    for guest, plate in zip(told, NEEDS, strict=False):
        _tell(guest, plate, now=now - timedelta(days=6))
    _hand_over(event, now=now - timedelta(days=4))
    for number, guest in enumerate(told):
        if number in LATER:
            _tell(guest, LATER[number], now=now - timedelta(days=1))
        if number == TAKES_BACK:
            food.withdraw(guest, now=now - timedelta(hours=20))


def remove():
    get_user_model().objects.filter(username=COOK).delete()


def _tell(guest, plate, *, now):
    how = {"language": guest.mail_language, "channel": History.Channel.WEB, "now": now}
    food.store(guest, {guest.pk: plate}, is_agreed=True, **how)


def _hand_over(event, *, now):
    cook = _cook(event)
    for activity in served_at(event):
        seen = fingerprint(plates_at([activity])[activity.pk])
        kitchen.hand_over(activity, seen=seen, by=cook, channel=History.Channel.OFFICE, now=now)


def _cook(event):
    """A login with the kitchen's role. It has no password: `make run` gives it one, or `manage.py changepassword`."""
    users = get_user_model().objects
    cook = users.filter(username=COOK).first()
    if cook is None:
        cook = users.create_user(COOK, "kitchen@vertskap.example", is_staff=True, first_name="Sjøboden")
    Membership.objects.get_or_create(user=cook, event=event, role=Membership.Role.KITCHEN)
    return cook
