"""The kitchen's list: portions, needs, who sits behind a plate, and what has changed since it was handed over."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..domain import food
from ..domain.food import OTHER, Changes, Plate
from ..models import Activity, Food, Guest, KitchenList, Membership
from ..models.plates import plates_at, served_at


@dataclass(frozen=True)
class Kitchen:
    """One activity with food: what everybody who is coming needs, by guest id, and the list handed over last."""

    activity: Activity
    plates: dict[int, Plate]
    handed: KitchenList | None

    @property
    def portions(self):
        return len(self.plates)

    @property
    def special(self):
        """How many need something."""
        return sum(plate.is_special for plate in self.plates.values())

    @property
    def counts(self):
        """[(need in words, heads)], the most wanted first."""
        return [(label_of(kind), heads) for kind, heads in food.counts(self.plates.values()).items()]

    @property
    def combinations(self):
        """[(needs in words, heads)]: each head once."""
        return [(labels_of(kinds), heads) for kinds, heads in food.combinations(self.plates.values())]

    @property
    def changes(self):
        """Changes since it was handed over last; None when it never was."""
        return food.changes(food.from_store(self.handed.plates), self.plates) if self.handed else None

    @property
    def fingerprint(self):
        return food.fingerprint(self.plates)


@dataclass(frozen=True)
class Person:
    """Whom a plate must find; needs in words. Nothing needed: told about as gone, without what it was."""

    name: str
    comes_with: str
    needs: list[str]
    other: str = ""


@dataclass(frozen=True)
class News:
    """The people behind Changes; `lost` had needs and are on no list any more."""

    new: list[Person]
    changed: list[Person]
    gone: list[Person]
    lost: int
    more_portions: int


def kitchens(event):
    """A Kitchen for every activity of the event where food is served; two queries at any size."""
    activities = served_at(event)
    plates = plates_at(activities) if activities else {}
    return [Kitchen(activity, plates[activity.pk], _handed(activity)) for activity in activities]


def people(kitchen):
    """([Person] of those who need something, in order of their names, News since the list was handed over or None)."""
    changes = kitchen.changes or Changes()
    special = [guest for guest, plate in kitchen.plates.items() if plate.is_special]
    found = _guests([*special, *changes.gone])
    persons = {pk: _person(found[pk], kitchen.plates.get(pk, Plate())) for pk in found}
    return [persons[pk] for pk in special], _news(changes, persons) if kitchen.handed else None


def cooks(event):
    """The logins that have the kitchen's role at the event."""
    rows = Membership.objects.filter(event=event, role=Membership.Role.KITCHEN, user__is_active=True)
    return [row.user for row in rows.select_related("user").order_by("user__first_name", "user__username")]


def table(event, activity=None):
    """(headings, rows of text) to take along: portions, each need, then each person who needs something."""
    headings = [
        _("part"), _("what"), _("how many"), _("name"), _("comes with"), _("needs"), _("other"),
    ]  # fmt: skip
    wanted = [each for each in kitchens(event) if activity is None or each.activity == activity]
    return headings, [row for kitchen in wanted for row in _rows(kitchen)]


def label_of(kind):
    """A need in words."""
    return pgettext("food", "other needs") if kind == OTHER else str(Food.Need(kind).label)


def labels_of(kinds):
    return [label_of(kind) for kind in kinds]


def _rows(kitchen):
    part = str(kitchen.activity)
    yield [part, _("portions"), str(kitchen.portions), "", "", "", ""]
    for need, heads in kitchen.counts:
        yield [part, _("need"), str(heads), "", "", need, ""]
    for person in people(kitchen)[0]:
        yield [part, _("person"), "1", person.name, person.comes_with, ", ".join(person.needs), person.other]


def _handed(activity):
    """The list handed over last; the relation has no row where it never was."""
    return getattr(activity, "kitchenlist", None)


def _guests(ids):
    rows = Guest.objects.filter(pk__in=ids).select_related("contact", "companion_of__contact")
    return {guest.pk: guest for guest in rows}


def _person(guest, plate):
    comes_with = guest.companion_of.name if guest.companion_of_id else ""
    return Person(guest.name or _("companion"), comes_with, labels_of(plate.needs), plate.other)


def _news(changes, persons):
    return News(
        new=[persons[pk] for pk in changes.new],
        changed=[persons[pk] for pk in changes.changed],
        gone=[persons[pk] for pk in changes.gone if pk in persons],
        lost=len([pk for pk in changes.gone if pk not in persons]),
        more_portions=changes.more_portions,
    )
