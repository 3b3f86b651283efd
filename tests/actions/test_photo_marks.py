"""Who is on a photo, and what follows from a no."""

import pytest

from events.actions import consents, photo_marks
from events.models import Consent, History, Photo, PhotoMark
from tests import factories, photo_rows

WEB = {"channel": "web"}


def said(now):
    return {"by": None, "channel": "web", "language": "nb", "now": now}


def refuse(guest, now):
    consents.say(guest, Consent.Purpose.PHOTOS, False, **said(now))


@pytest.fixture
def photo(cast):
    return photo_rows.make_photo(cast.event, has_files=False)


def test_guest_is_on_a_photo_once_and_the_history_says_so_once_when_the_button_is_pressed_twice(cast, photo, now):
    for _time in range(2):
        photo_marks.mark(cast.greta, photo.key, **WEB, now=now)
    assert [(row.guest, row.photo, row.said, row.by) for row in PhotoMark.objects.all()] == [
        (cast.greta, photo, PhotoMark.Said.GUEST, None)
    ]
    row = History.objects.get(what="photo_mark")
    assert (row.guest, row.facts) == (cast.greta, {"photos": [photo.pk], "is_on": True})


def test_guest_may_take_back_what_an_organiser_said(cast, photo, now):
    photo_marks.mark_by_office([photo], cast.greta, by=cast.otto, channel="office", now=now)
    for _time in range(2):
        photo_marks.unmark(cast.greta, photo.key, **WEB, now=now)
    assert not PhotoMark.objects.exists()
    assert [row.facts["is_on"] for row in History.objects.filter(what="photo_mark").order_by("pk")] == [True, False]


def test_nothing_is_marked_when_the_guest_does_not_see_the_photo(cast, now):
    hidden = photo_rows.make_photo(cast.event, has_files=False, state="hidden")
    for guest, photo in ((cast.zoe, photo_rows.make_photo(cast.event, has_files=False)), (cast.greta, hidden)):
        for deed in (photo_marks.mark, photo_marks.unmark):
            with pytest.raises(Photo.DoesNotExist):
                deed(guest, photo.key, **WEB, now=now)
    assert not PhotoMark.objects.exists()


def test_organiser_marks_many_once_and_none_of_another_event(cast, photo, now):
    other, strange = (photo_rows.make_photo(event, has_files=False) for event in (cast.event, cast.other_event))
    way = {"by": cast.otto, "channel": "office", "now": now}
    assert photo_marks.mark_by_office([photo, strange], cast.greta, **way) == 1
    assert photo_marks.mark_by_office([photo, other], cast.greta, **way) == 1
    assert set(PhotoMark.objects.values_list("photo", "said", "by")) == {
        (photo.pk, "office", cast.otto.pk), (other.pk, "office", cast.otto.pk),
    }  # fmt: skip
    assert photo_marks.unmark_by_office([photo, strange], cast.greta, **way) == 1
    assert PhotoMark.objects.get().photo == other


def test_photo_is_held_back_under_a_new_address_when_somebody_on_it_says_no_afterwards(cast, photo, now):
    other = photo_rows.make_photo(cast.event, has_files=False)
    photo_rows.mark(photo, cast.henrik)
    refuse(cast.henrik, now)
    assert list(Photo.objects.visible_to(cast.greta)) == [other]
    assert Photo.objects.get(pk=photo.pk).key != photo.key
    assert Photo.objects.get(pk=other.pk).key == other.key


def test_photo_is_held_back_under_a_new_address_when_somebody_who_said_no_is_marked(cast, photo, now):
    key = photo.key
    refuse(cast.henrik, now)
    photo_marks.mark_by_office([photo], cast.henrik, by=cast.otto, channel="office", now=now)
    assert not Photo.objects.visible_to(cast.greta).exists()
    assert Photo.objects.get(pk=photo.pk).key != key


def test_photo_keeps_its_address_when_the_guest_agrees(cast, photo, now):
    photo_rows.mark(photo, cast.henrik)
    consents.say(cast.henrik, Consent.Purpose.PHOTOS, True, **said(now))
    assert Photo.objects.visible_to(cast.greta).get().key == photo.key


def test_photo_is_held_back_again_when_the_house_takes_back_a_yes_it_wrote_down(cast, photo, now):
    photo_rows.mark(photo, cast.henrik)
    refuse(cast.henrik, now)
    consents.say(cast.henrik, Consent.Purpose.PHOTOS, True, **{**said(now), "by": cast.otto})
    shown = Photo.objects.visible_to(cast.greta).get()
    consents.take_back(cast.henrik, Consent.Purpose.PHOTOS, now=now)
    assert not Photo.objects.visible_to(cast.greta).exists()
    assert Photo.objects.get(pk=photo.pk).key != shown.key


def test_name_said_no_to_leaves_photos_alone(cast, photo, now):
    photo_rows.mark(photo, cast.henrik)
    consents.say(cast.henrik, Consent.Purpose.NAME, False, **said(now))
    assert Photo.objects.visible_to(factories.make_guest(cast.event)).get().key == photo.key
