"""Two photos that come at the same moment, where one more is allowed: one is taken."""

from io import BytesIO

import pytest

from events.actions import photo_receiving
from events.models import Gallery, Photo, PhotoUpload
from tests.meanwhile import while_it_waits
from tests.photo_files import files_in, jpeg

pytestmark = [
    pytest.mark.django_db(transaction=True), pytest.mark.postgres, pytest.mark.usefixtures("own_media")
]  # fmt: skip
Way = PhotoUpload.Way


def receive(event, number, now, **fields):
    """The outcome of one photo in a go of its own."""
    upload = photo_receiving.open_upload(event, by=None, now=now, **fields)
    got = photo_receiving.receive(upload, BytesIO(jpeg(number)), f"{number}.jpg", channel="web", now=now)
    return got.outcome, got.code


def test_guest_who_sends_from_two_phones_stays_within_the_limit(cast, own_media, now):
    Gallery.objects.create(event=cast.event, takes_guest_photos=True, guest_limit=1)
    hers, his = {"way": Way.GUEST, "guest": cast.greta}, {"way": Way.GUEST, "guest": cast.henrik}
    said = while_it_waits(
        lambda: receive(cast.event, 1, now, **hers),
        lambda: receive(cast.event, 2, now, **hers),
    )
    assert said == [("refused", "enough_today")]
    assert receive(cast.event, 3, now, **his) == ("added", "")
    assert Photo.objects.count() == len(files_in(own_media)) == 2


def test_tables_stay_within_the_limit(cast, settings, own_media, now):
    settings.TABLE_PHOTOS_PER_DAY = 1
    Gallery.objects.create(event=cast.event, takes_table_photos=True)
    said = while_it_waits(
        lambda: receive(cast.event, 1, now, way=Way.TABLE),
        lambda: receive(cast.event, 2, now, way=Way.TABLE),
    )
    assert said == [("refused", "enough_today")]
    assert Photo.objects.count() == len(files_in(own_media)) == 1
