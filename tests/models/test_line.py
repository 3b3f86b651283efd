"""How many come and wait, and the guest's own place, as the guest's page shows them."""

import pytest

from events.models import Activity, Answer
from events.models.line import Line, lines_of, places_in_line
from tests import factories

pytestmark = pytest.mark.django_db


def lines(guest):
    answers = list(Answer.objects.filter(guest=guest).select_related("activity"))
    found = lines_of(guest.event, answers)
    return {row.activity.slug: found[row.activity_id] for row in answers}


@pytest.fixture
def full(cast):
    """A dinner for one: Greta has it, Henrik and Ines wait in this order."""
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    for number, guest in enumerate((cast.henrik, cast.ines), start=4):
        Answer.objects.filter(guest=guest, activity__slug="dinner").update(
            state="waiting", waiting_number=number, answered_at=cast.event.created_at
        )
    return cast


def test_heads_are_counted_when_places_are_few(full):
    guest = factories.make_guest(full.event)
    assert lines(guest)["dinner"] == Line(coming=1, waiting=2)


def place(*guests):
    return [
        lines(guest)["dinner"].place_of(Answer.objects.get(guest=guest, activity__slug="dinner")) for guest in guests
    ]


def test_the_place_in_line_is_counted_when_the_guest_waits(full):
    assert place(full.greta, full.henrik, full.ines) == [0, 1, 2]


def test_a_place_is_one_more_than_the_heads_before_it_when_some_stand_together(full):
    ola = factories.make_companion(full.henrik, "Ola Berge", answers={"dinner": "waiting"})
    assert Answer.objects.get(guest=ola, activity__slug="dinner").waiting_number == 4
    assert place(full.henrik, ola, full.ines) == [1, 1, 3]
    assert places_in_line([full.henrik.pk, ola.pk, full.ines.pk, full.greta.pk]) == {
        guest.pk: {full.activity("dinner").pk: number} for guest, number in ((full.henrik, 1), (ola, 1), (full.ines, 3))
    }


def test_the_place_in_line_stays_when_the_limit_is_taken_away(full):
    Activity.objects.filter(event=full.event).update(capacity=None)
    assert place(full.ines) == [2]


def test_nothing_is_asked_when_there_is_room_for_everyone(cast, django_assert_num_queries):
    answers = list(Answer.objects.filter(guest=cast.henrik).select_related("activity"))
    with django_assert_num_queries(0):
        assert set(lines_of(cast.event, answers).values()) == set()


def test_other_events_do_not_count_when_heads_are_counted(full):
    Activity.objects.filter(slug="dinner").update(capacity=1)
    assert lines(full.zoe)["dinner"] == Line(coming=1)
