"""Photos on their last day, and those of guests who are forgotten: rows, files, names; what others sent waits."""

from datetime import timedelta

import pytest

from events.actions import photo_forgetting, privacy, retention
from events.models import Event, Gallery, History, Photo, PhotoMark, PhotoUpload
from events.reports import photo_uploads as reports
from tests import photo_rows

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
WEB = {"by": None, "channel": History.Channel.WEB}


def places(own_media):
    return {path.parent.name for path in own_media.glob("photos/*/*")}


def forget_after(event, days, now, **options):
    return retention.forget_due(event.held_on + timedelta(days=days), now=now, **options)


@pytest.mark.parametrize(
    ("kept_days", "stays_on", "goes_on"), [(30, 29, 30), (None, 364, 365), (4000, 364, 365), (0, -1, 0)]
)
def test_photos_go_on_the_gallerys_day_but_no_later_than_the_guests(
    cast, now, own_media, kept_days, stays_on, goes_on
):  # fmt: skip
    Event.objects.update(state="held")
    Gallery.objects.create(event=cast.event, kept_days=kept_days)
    photo_rows.make_photo(cast.event, upload=photo_rows.make_upload(cast.event, sender_name="Bord 4"))
    assert forget_after(cast.event, stays_on, now)["photos"] == 0
    assert forget_after(cast.event, goes_on, now, dry_run=True)["photos"] == 1
    assert Photo.objects.count() == 1 and places(own_media)
    assert forget_after(cast.event, goes_on, now)["photos"] == 1
    assert not Photo.objects.exists() and places(own_media) == set()
    assert PhotoUpload.objects.get().sender_name == ""
    assert forget_after(cast.event, goes_on, now)["photos"] == 0


def test_an_events_photos_stay_when_anothers_go(cast, now, own_media):
    Gallery.objects.create(event=cast.event, kept_days=1)
    photo_rows.make_photo(cast.event)
    stays = photo_rows.make_photo(cast.other_event)
    assert forget_after(cast.event, 2, now)["photos"] == 1
    assert places(own_media) == {stays.place}


def test_they_go_portion_by_portion(cast, now, monkeypatch):
    monkeypatch.setattr(photo_forgetting, "BATCH", 2)
    photo_rows.make_photos(cast.event, 5)
    assert photo_forgetting.forget_all(cast.event, now=now, should_stop=lambda: True) == 2
    assert photo_forgetting.forget_all(cast.event, now=now) == 3


def test_what_a_guest_sent_is_gone_with_its_files_when_the_guest_is_forgotten(cast, now, own_media):
    photo_rows.make_photo(cast.event, sent_by=cast.greta, state="waiting")
    others = photo_rows.make_photo(cast.event)
    privacy.forget_guest(cast.greta, now=now, **WEB)
    assert list(Photo.objects.all()) == [others] and places(own_media) == {others.place}


def test_a_photo_of_others_with_a_forgotten_guest_on_it_waits_for_an_organiser(cast, now):
    on_it, not_on_it = photo_rows.make_photos(cast.event, 2)
    photo_rows.mark(on_it, cast.greta)
    privacy.forget_guest(cast.greta, now=now, **WEB)
    found = Photo.objects.get(pk=on_it.pk)
    assert (found.state, found.key == on_it.key) == ("waiting", False)
    assert list(Photo.objects.visible_to(cast.henrik)) == [not_on_it]
    assert not PhotoMark.objects.exists()
    assert History.objects.get(what="photo_hidden").facts == {"n": 1, "why": "forgotten"}


def test_captions_and_names_of_others_stay(cast, now):
    photo_rows.make_photo(cast.event, has_files=False, caption="Greta Åsen i mål", file_name="greta_asen.jpg")
    photo_rows.make_photo(cast.event, has_files=False, caption="Henrik Sørli i mål", file_name="greta_berge.jpg")
    privacy.forget_guest(cast.greta, now=now, **WEB)
    told = [(photo.caption, photo.file_name) for photo in Photo.objects.order_by("pk")]
    assert told == [("", ""), ("Henrik Sørli i mål", "greta_berge.jpg")]


def test_nothing_told_of_a_go_names_who_is_forgotten(cast, now):
    """Neither the name a file had, nor the ident that a browser made of it; the count stays."""
    line = ["0-4711-Greta_Åsen.jpg", "Greta Åsen.jpg", "added", "", {}]
    of_others = ["0-4711-Henrik.jpg", "Henrik Sørli.jpg", "added", "", {}]
    named = photo_rows.make_upload(cast.event, files=[line, of_others], added=2, chosen=2)
    other = photo_rows.make_upload(cast.event, files=[of_others], added=1, chosen=1)
    privacy.forget_guest(cast.greta, now=now, **WEB)
    assert dict(PhotoUpload.objects.values_list("pk", "files")) == {named.pk: [], other.pk: [of_others]}
    assert reports.tally(PhotoUpload.objects.get(pk=named.pk)).added == 2
