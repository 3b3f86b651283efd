"""What two do to the same photos at the same moment: the second waits for the first, and then does what is right."""

from datetime import timedelta
from threading import Thread

import pytest
from django.db import connection, transaction

from events.actions import consents, photo_adding, photo_marks, photo_removals, photos, privacy
from events.models import Gallery, Photo, PhotoMark, RemovalRequest
from tests import photo_rows
from tests.meanwhile import PATIENCE_SECONDS, while_it_waits

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]  # SQLite has one lock for everything


@pytest.fixture
def how(cast, now):
    return {"by": cast.otto, "channel": "office", "now": now}


@pytest.fixture
def album(cast, now):
    """Two photos; the one that was sent first was taken last."""
    rows = photo_rows.make_photos(cast.event, 2)
    Photo.objects.filter(pk=rows[0].pk).update(ordered_at=now + timedelta(days=1))
    return list(Photo.objects.order_by("pk"))


def all_of(cast):
    return Photo.objects.filter(event=cast.event)


def test_photo_asked_away_stays_hidden_when_an_organiser_shows_it_at_the_same_moment(cast, album, how, now):
    while_it_waits(
        lambda: photo_removals.ask(cast.henrik, album[0].key, channel="web", now=now),
        lambda: photos.show(cast.event, all_of(cast), **how),
    )
    assert [photo.pk for photo in Photo.objects.visible_to(cast.greta)] == [album[1].pk]


def test_two_organisers_hide_and_show_the_same_photos_one_after_the_other(cast, album, how):
    shown, gone, turned = while_it_waits(
        lambda: photos.hide(cast.event, all_of(cast), **how),
        lambda: photos.show(cast.event, all_of(cast), **how),
        lambda: photos.delete(cast.event, all_of(cast).filter(pk=album[0].pk), **how),
        lambda: photos.turn(cast.event, all_of(cast).filter(pk=album[1].pk), **how),
    )
    assert shown.facts["n"] in (1, 2)
    assert (gone, turned) == (1, 1)
    assert list(Photo.objects.values_list("state", "turned")) == [("shown", 90)]


def test_nobody_deadlocks_when_photos_are_hidden_while_a_guest_says_no(cast, album, how, now):
    for photo in album:
        photo_rows.mark(photo, cast.greta)
    said = while_it_waits(
        lambda: list(Photo.objects.select_for_update()),
        lambda: consents.say(
            cast.greta, "photos", is_given=False, by=None, channel="web", language="nb", now=now
        ).is_given,
        lambda: photos.hide(cast.event, all_of(cast), **how).facts["n"],
    )  # fmt: skip
    assert said == [False, 2]


def test_guest_marks_and_says_no_at_the_same_moment(cast, album, now):
    """Whichever comes first: the photo is held back under another address."""
    said = while_it_waits(
        lambda: consents.say(cast.greta, "photos", is_given=False, by=None, channel="web", language="nb", now=now),
        lambda: photo_marks.mark(cast.greta, album[0].key, channel="web", now=now).pk,
    )
    assert said == [album[0].pk]
    assert not Photo.objects.filter(key=album[0].key).exists()
    assert list(Photo.objects.visible_to(cast.henrik)) == [album[1]]


def test_whoever_takes_a_photo_back_does_not_wait_for_the_event(cast, album, now):
    """Else it would be taken in another order than by whoever forgets guests."""
    taken = Thread(target=take_back, args=[album[0], now])
    with transaction.atomic():
        privacy.lock_events()
        taken.start()
        taken.join(PATIENCE_SECONDS)
        assert not taken.is_alive()
    assert list(Photo.objects.all()) == [album[1]]


def take_back(photo, now):
    try:
        photo_adding.take_back(photo, by=None, channel="web", now=now)
    finally:
        connection.close()


def test_what_is_done_to_a_photo_that_is_deleted_at_this_moment_comes_to_nothing(cast, album, how, now):
    photo = album[0]
    Gallery.objects.create(event=cast.event)
    removal = RemovalRequest.objects.create(photo=photo, asked_at=now)
    cover, by_guest, by_office, decided, caption = while_it_waits(
        lambda: photos.delete(cast.event, all_of(cast).filter(pk=photo.pk), **how),
        lambda: photos.cover(photo, **how),
        lambda: photo_marks.mark(cast.greta, photo.key, channel="web", now=now),
        lambda: photo_marks.mark_by_office([photo], cast.henrik, **how),
        lambda: photo_removals.decide(removal, RemovalRequest.Decision.REMOVED, **how),
        lambda: photos.caption(photo, "Grethe", **how),
    )
    assert (cover, by_office, decided, caption) == (False, 0, False, False)
    assert isinstance(by_guest, Photo.DoesNotExist)
    assert not PhotoMark.objects.exists()
