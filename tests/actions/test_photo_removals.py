"""A photo somebody asks to take away: hidden at once, and then decided."""

from datetime import timedelta

import pytest

from events.actions import photo_removals
from events.models import History, Photo, RemovalRequest
from tests import photo_rows
from tests.database import whole_database

Decision = RemovalRequest.Decision


@pytest.fixture
def photo(cast):
    return photo_rows.make_photo(cast.event, has_files=False)


@pytest.fixture
def asked(cast, photo, now):
    return photo_removals.ask(cast.greta, photo.key, "Jeg blunker", channel="web", now=now)


@pytest.fixture
def way(cast, now):
    return {"by": cast.otto, "channel": "office", "now": now + timedelta(hours=1)}


def test_photo_hides_from_all_guests_under_a_new_address_when_one_asks(cast, photo, asked, now):
    for guest in (cast.greta, cast.henrik):
        assert not Photo.objects.visible_to(guest).exists()
    stored = Photo.objects.get()
    assert stored.state == Photo.State.HIDDEN
    assert stored.key != photo.key
    assert (asked.photo, asked.guest, asked.note, asked.asked_at, asked.decision) == (
        photo, cast.greta, "Jeg blunker", now, Decision.OPEN,
    )  # fmt: skip
    row = History.objects.get(what="photo_wish")
    assert (row.guest, row.by, row.facts) == (
        cast.greta,
        None,
        {"photo": photo.pk, "key": photo.key},
    )  # the old address, not the note


def test_request_is_one_when_the_button_is_pressed_twice(cast, photo, asked, now):
    before = whole_database()
    assert photo_removals.ask(cast.greta, photo.key, "Jeg blunker", channel="web", now=now) == asked
    assert whole_database() == before


def test_nobody_asks_about_what_they_do_not_see(cast, photo, asked, now):
    other = photo_rows.make_photo(cast.event, has_files=False)
    for guest, key in (cast.zoe, other.key), (cast.zoe, photo.key), (cast.henrik, "0" * 24):
        with pytest.raises(Photo.DoesNotExist):
            photo_removals.ask(guest, key, channel="web", now=now)
    assert RemovalRequest.objects.get() == asked
    assert Photo.objects.visible_to(cast.greta).get() == other


def test_second_guest_joins_in_when_two_ask_for_the_same_photo_at_once(cast, photo, asked, way, now):
    key = Photo.objects.get().key
    second = photo_removals.ask(cast.henrik, photo.key, "Jeg også", channel="web", now=now)
    assert (second.photo, second.guest, second.decision) == (photo, cast.henrik, Decision.OPEN)
    assert Photo.objects.get().key == key  # hidden already: no new address
    photo_removals.decide(second, Decision.REMOVED, **way)
    assert {row.decision for row in RemovalRequest.objects.all()} == {Decision.REMOVED}


def test_second_guest_hears_the_decision_when_the_photo_is_hidden_for_good(cast, photo, asked, way, now):
    photo_removals.decide(asked, Decision.REMOVED, **way)
    second = photo_removals.ask(cast.henrik, photo.key, channel="web", now=now + timedelta(hours=2))
    assert (second.decision, second.decided_at) == (Decision.REMOVED, way["now"])


def test_photo_hides_again_when_a_second_guest_asks_from_an_old_page_after_it_was_shown_again(
    cast, photo, asked, way, now
):
    photo_removals.decide(asked, Decision.KEPT, **way)
    assert photo_removals.ask(cast.greta, photo.key, channel="web", now=now + timedelta(hours=2)) == asked
    assert Photo.objects.visible_to(cast.henrik).exists()  # the first one's page sent again changes nothing
    second = photo_removals.ask(cast.henrik, photo.key, channel="web", now=now + timedelta(hours=2))
    assert second.decision == Decision.OPEN
    assert not Photo.objects.visible_to(cast.greta).exists()


@pytest.mark.parametrize(("decision", "state"), [(Decision.REMOVED, "hidden"), (Decision.KEPT, "shown")])
def test_request_is_decided_once(cast, photo, asked, way, decision, state):
    assert photo_removals.decide(asked, decision, **way)
    before = whole_database()
    for again in Decision.REMOVED, Decision.KEPT:
        assert not photo_removals.decide(asked, again, **way)
    assert whole_database() == before
    stored = RemovalRequest.objects.get()
    assert (stored.decision, stored.decided_at, stored.photo.state) == (decision, way["now"], state)
    row = History.objects.get(what="photo_decided")
    assert (row.guest, row.by, row.facts) == (cast.greta, cast.otto, {"photo": photo.pk, "decision": decision})


def test_photo_may_be_asked_about_again_when_it_was_shown_again(cast, photo, asked, way, now):
    photo_removals.decide(asked, Decision.KEPT, **way)
    key = Photo.objects.get().key
    photo_removals.ask(cast.greta, key, channel="web", now=now + timedelta(days=1))
    assert [row.decision for row in RemovalRequest.objects.order_by("pk")] == [Decision.KEPT, Decision.OPEN]
    assert not Photo.objects.visible_to(cast.greta).exists()
