"""The picture of an event: one file at a time, and none left behind."""

import pytest
from django.db import transaction

from events.actions import letter_pictures
from events.domain.pictures import PictureRefused
from events.models import Event, History
from tests.domain.test_pictures import file_of, plain

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def put(cast, now, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def put(colour=(20, 80, 90), **how):
        data = how.pop("data", None) or file_of(plain(colour=colour))
        letter_pictures.put(cast.event, data, by=cast.otto, channel="office", now=now)

    return put


def kept(tmp_path):
    return sorted(f"letters/{file.name}" for file in (tmp_path / "letters").glob("*"))


def test_a_picture_is_kept_under_a_name_nobody_guesses(put, cast, tmp_path):
    put()
    cast.event.refresh_from_db()
    name = cast.event.letter_picture.name
    assert kept(tmp_path) == [name]
    key = name.removeprefix("letters/").removesuffix(".jpg")
    assert (len(key), key.isalnum()) == (24, True)
    note = History.objects.get(event=cast.event)
    assert (note.by, note.facts) == (cast.otto, {"change": "event", "fields": ["letter_picture"]})


def test_the_earlier_file_is_deleted_when_another_takes_its_place(put, cast, tmp_path):
    put()
    (first,) = kept(tmp_path)
    put((200, 10, 10))
    (second,) = kept(tmp_path)
    assert first != second
    cast.event.refresh_from_db()
    assert cast.event.letter_picture.name == second


def test_the_file_is_deleted_when_the_picture_is_taken_away_also_twice(put, cast, now, tmp_path):
    put()
    for _time in range(2):
        letter_pictures.remove(cast.event, by=cast.otto, channel="office", now=now)
    cast.event.refresh_from_db()
    assert (cast.event.letter_picture.name, kept(tmp_path)) == ("", [])
    assert History.objects.filter(event=cast.event).count() == 2  # put and taken away, once each


def test_nothing_is_kept_when_the_file_is_refused(put, cast, tmp_path):
    put()
    before = kept(tmp_path)
    with pytest.raises(PictureRefused):
        put(data=b"GIF89a")
    assert kept(tmp_path) == before
    cast.event.refresh_from_db()
    assert [cast.event.letter_picture.name] == before


def test_files_stay_as_they_were_when_the_change_is_not_kept(put, cast, tmp_path, monkeypatch):
    put()
    before = kept(tmp_path)

    def fails(*args, **kwargs):
        raise RuntimeError

    monkeypatch.setattr(letter_pictures.history, "record", fails)
    with pytest.raises(RuntimeError):
        put((200, 10, 10))
    assert kept(tmp_path) == before


def test_the_earlier_file_stays_until_everything_around_is_kept(put, cast, now, tmp_path):
    put()
    before = kept(tmp_path)
    with pytest.raises(RuntimeError), transaction.atomic():
        letter_pictures.remove(cast.event, by=cast.otto, channel="office", now=now)
        raise RuntimeError
    assert kept(tmp_path) == before


def test_a_file_that_another_event_shows_as_well_stays(put, cast, now, tmp_path):
    put()
    (name,) = kept(tmp_path)
    Event.objects.filter(pk=cast.other_event.pk).update(letter_picture=name)
    letter_pictures.remove(cast.event, by=cast.otto, channel="office", now=now)
    assert kept(tmp_path) == [name]
