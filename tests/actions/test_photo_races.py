"""What happens to a photo while it is being made: it is hidden, deleted, taken back, or its maker was given up."""

from datetime import timedelta
from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.db import connection

from events.actions import photo_adding, photo_claims, photo_receiving, photo_removals, photo_work, photos
from events.domain.photo_child import Child
from events.models import Gallery, History, Photo, PhotoUpload, RemovalRequest
from tests.photo_files import files_in, jpeg

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
OFFICE, WEB = History.Channel.OFFICE, History.Channel.WEB


@pytest.fixture
def photo(cast, now):
    Gallery.objects.create(event=cast.event, takes_guest_photos=True, approval=Gallery.Approval.NONE)
    upload = photo_receiving.open_upload(cast.event, way=PhotoUpload.Way.GUEST, by=None, guest=cast.greta, now=now)
    return photo_receiving.receive(upload, BytesIO(jpeg()), "IMG_4711.JPG", channel=WEB, now=now).photo


@pytest.fixture
def meanwhile(monkeypatch, now):
    """meanwhile(deed): makes what waits, and does the deed when its files are not stored yet."""

    def meanwhile(deed):
        make = Child.make

        def made(*arguments, **named):
            files = make(*arguments, **named)
            deed()
            return files

        monkeypatch.setattr(Child, "make", made)
        return photo_work.make_waiting(clock=lambda: now)

    return meanwhile


def test_nothing_is_left_when_a_photo_is_deleted_while_it_is_made(photo, cast, own_media, meanwhile, now):
    how = {"by": cast.otto, "channel": OFFICE, "now": now}
    done = meanwhile(lambda: photos.delete(cast.event, Photo.objects.filter(pk=photo.pk), **how))
    assert (done.made, Photo.objects.count(), files_in(own_media)) == (0, 0, [])


def test_nothing_is_left_when_its_sender_takes_it_back_while_it_is_made(photo, cast, own_media, meanwhile, now):
    meanwhile(lambda: photo_adding.take_back(photo, by=None, channel=WEB, now=now))
    assert (Photo.objects.count(), files_in(own_media)) == (0, [])


def test_photo_stays_hidden_when_it_is_hidden_while_it_is_made(photo, cast, meanwhile, now):
    how = {"by": cast.otto, "channel": OFFICE, "now": now}
    meanwhile(lambda: photos.hide(cast.event, Photo.objects.filter(pk=photo.pk), **how))
    stored = Photo.objects.get()
    assert (stored.work, stored.state) == (Photo.Work.MADE, Photo.State.HIDDEN)
    assert not Photo.objects.visible_to(cast.henrik).exists()


def test_first_maker_writes_nothing_when_it_was_given_up_and_another_has_made_it(photo, own_media, meanwhile, now):
    def another():
        photo_claims.reap(now=now + photo_claims.LEASE + timedelta(seconds=1))
        claimed = photo_claims.claim(Photo.objects.all(), now=now + timedelta(hours=1))
        assert claimed.attempts == 2

    done = meanwhile(another)
    assert done.made == 0
    assert Photo.objects.get().work == Photo.Work.MAKING


def test_photo_that_was_taken_for_hidden_by_its_bytes_cannot_be_shown_by_sending_it_again(photo, cast, meanwhile, now):
    meanwhile(lambda: None)
    photo.refresh_from_db()
    photo_removals.ask(cast.henrik, photo.key, channel=WEB, now=now)
    upload = photo_receiving.open_upload(cast.event, way=PhotoUpload.Way.OFFICE, by=cast.otto, now=now)
    again = photo_receiving.receive(upload, BytesIO(jpeg()), "other.jpg", channel=OFFICE, now=now)
    assert again.outcome == photo_receiving.DUPLICATE
    assert not Photo.objects.visible_to(cast.greta).exists()


def test_both_are_heard_when_two_guests_ask_for_the_same_photo_at_the_same_moment(photo, cast, meanwhile, now):
    meanwhile(lambda: None)
    barrier, said = Barrier(2), []

    def ask(guest):
        barrier.wait()
        try:
            said.append(photo_removals.ask(guest, photo.key, channel=WEB, now=now).decision)
        finally:
            connection.close()

    threads = [Thread(target=ask, args=[guest]) for guest in (cast.greta, cast.henrik)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert said == ["open", "open"]
    assert RemovalRequest.objects.filter(photo=photo).count() == 2
    assert not Photo.objects.visible_to(cast.ines).exists()
