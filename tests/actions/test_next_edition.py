"""Next year's event begins with what was prepared for this year's, and with nobody in it."""

from datetime import date, timedelta

import pytest

from events.actions import next_edition
from events.models import (
    Activity,
    Answer,
    Event,
    Gallery,
    Guest,
    History,
    Letter,
    Membership,
    Message,
    Photo,
    Question,
    Race,
    RaceClass,
    Reminder,
)

DAY = date(2028, 9, 22)
LEFT_BEHIND = {
    Event: {"id", "slug", "title", "held_on", "answer_by_at", "state", "letter_picture", "food_counts", "created_at"},
    Activity: {"id", "event", "starts_at", "ends_at", "answer_by_at", "grace_until_at", "cancelled_at"},
    Race: {
        "id", "activity", "first_start_at", "is_live", "state", "published_at", "revision", "board_id", "board_version",
    },
    Gallery: {"id", "event", "is_open", "cover", "upload_id", "upload_version"},
}  # fmt: skip


@pytest.fixture
def make(cast, now):
    """make(**said) is the next event, made by Otto."""

    def make(**said):
        how = {"by": cast.otto, "channel": History.Channel.OFFICE, "now": now}
        return next_edition.make_like(cast.event, "next", **{"title": "Next", "held_on": DAY, **how, **said})

    return make


def rows(model, event, path, *names):
    return list(model.objects.filter(**{path: event}).order_by("pk").values_list(*names))


def test_what_was_prepared_comes_along_and_what_became_of_it_does_not(cast, make, now):
    race = Activity.objects.get(event=cast.event, slug="race")
    Question.objects.create(activity=race, kind="text", title={"nb": "Sko?"}, position=1)
    RaceClass.objects.create(activity=race, title={"nb": "Damer"}, position=1, gender="f", from_age=18)
    Race.objects.create(activity=race, interval_seconds=20, state="final", published_at=now, first_start_at=now)
    Letter.objects.create(event=cast.event, kind="invitation", language="nb", subject="Kom!", body="Hei")
    Gallery.objects.create(event=cast.event, guest_limit=7)
    Reminder.objects.create(event=cast.event, letter="practical", days_before=2, hour=12, since_at=now)
    Activity.objects.filter(event=cast.event, slug="gathering").update(cancelled_at=now)
    new = make()
    assert (new.state, new.held_on, new.contact_name) == ("draft", DAY, cast.event.contact_name)
    assert [each.slug for each in Activity.objects.filter(event=new).in_order()] == ["race", "dinner"]
    for model, path, names in (
        (Question, "activity__event", ("title", "kind")),
        (RaceClass, "activity__event", ("title", "gender", "from_age")),
        (Race, "activity__event", ("interval_seconds", "start")),
        (Letter, "event", ("kind", "language", "subject", "body")),
        (Gallery, "event", ("guest_limit",)),
        (Reminder, "event", ("letter", "days_before", "hour", "is_on")),
    ):
        assert rows(model, new, path, *names) == rows(model, cast.event, path, *names) != []
    assert rows(Race, new, "activity__event", "state", "published_at") == [("draft", None)]
    for model, path in ((Guest, "event"), (Answer, "activity__event"), (Message, "event"), (Photo, "event")):
        assert not model.objects.filter(**{path: new}).exists()
    assert rows(Membership, new, "event", "user", "role") == [(cast.otto.pk, "organiser")]


def test_each_part_is_at_its_time_of_day_also_in_winter(cast, make):
    new = make(held_on=date(2028, 1, 14))
    then, before = (
        [each.starts_at.astimezone(event.zone) for each in Activity.objects.filter(event=event).in_order()]
        for event in (new, cast.event)
    )
    assert [each.time() for each in then] == [each.time() for each in before]
    assert {each.date() for each in then} == {date(2028, 1, 14)}
    assert then[0].utcoffset() == timedelta(hours=1)


def test_what_is_said_comes_before_what_was(cast, make):
    new = make(town="Oslo", capacities={"dinner": 7, "race": None})
    was = Activity.objects.get(event=cast.event, slug="race").capacity
    assert new.town == "Oslo"
    assert dict(Activity.objects.filter(event=new).values_list("slug", "capacity"))["dinner"] == 7
    assert Activity.objects.get(event=new, slug="race").capacity == was


@pytest.mark.parametrize("model", LEFT_BEHIND)
def test_every_field_comes_along_or_is_left_behind_by_purpose(model):
    along = {Event: "OF_EVENT", Activity: "OF_ACTIVITY", Race: "OF_RACE", Gallery: "OF_GALLERY"}[model]
    names = {field.name for field in model._meta.concrete_fields}
    assert names == set(getattr(next_edition, along)) | LEFT_BEHIND[model]
