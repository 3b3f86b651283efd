"""What organisers do with photos: each deed once, and told in one line of history."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from events.actions import albums, photos
from events.models import Album, Gallery, History, Photo, PhotoMark, RemovalRequest, Texts
from tests import photo_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]
OFFICE = {"by": None, "channel": History.Channel.OFFICE}


@pytest.fixture
def how(cast, now):
    return {"by": cast.otto, "channel": History.Channel.OFFICE, "now": now}


def all_of(cast):
    return Photo.objects.filter(event=cast.event)


def lines(event):
    return list(History.objects.filter(event=event).order_by("pk").values_list("what", "facts__n"))


def states(cast):
    return list(all_of(cast).order_by("pk").values_list("state", flat=True))


def test_what_waits_is_seen_by_guests_once_it_is_shown(cast, how):
    waiting = photo_rows.make_photo(cast.event, has_files=False, state="waiting")
    photo_rows.make_photo(cast.other_event, has_files=False, state="waiting")
    assert not Photo.objects.visible_to(cast.greta).exists()
    assert photos.show(cast.event, Photo.objects.all(), **how).facts["n"] == 1
    assert list(Photo.objects.visible_to(cast.greta)) == [waiting]
    assert not Photo.objects.visible_to(cast.zoe).exists()
    assert photos.show(cast.event, Photo.objects.all(), **how) is None
    assert lines(cast.event) == [("photo_shown", 1)]


def test_an_address_that_guests_have_seen_ends_when_the_photo_is_hidden(cast, how):
    first, second = photo_rows.make_photos(cast.event, 2)
    photos.hide(cast.event, all_of(cast).filter(pk=first.pk), **how)
    assert not all_of(cast).filter(key=first.key).exists()
    assert all_of(cast).filter(key=second.key).exists()
    assert list(Photo.objects.visible_to(cast.greta)) == [second]


def test_each_is_again_as_it_was_when_hiding_is_undone(cast, how):
    for state in ("shown", "waiting", "hidden"):
        photo_rows.make_photo(cast.event, has_files=False, state=state)
    row = photos.hide(cast.event, all_of(cast), **how)
    assert (states(cast), row.facts["n"]) == (["hidden"] * 3, 2)
    photos.undo(row, **how)
    assert states(cast) == ["shown", "waiting", "hidden"]
    assert photos.undo(row, **how) is None


def test_what_somebody_changed_since_stays_when_an_older_deed_is_undone(cast, how):
    photo_rows.make_photos(cast.event, 2)
    row = photos.hide(cast.event, all_of(cast), **how)
    photos.show(cast.event, all_of(cast).filter(pk=row.facts["was"]["shown"][0]), **how)
    keys = set(all_of(cast).values_list("key", flat=True))
    assert photos.undo(row, **how).facts["n"] == 1
    assert states(cast) == ["shown", "shown"]
    assert set(all_of(cast).values_list("key", flat=True)) == keys


def test_what_somebody_asked_to_take_away_is_not_shown_in_passing(cast, how, now):
    asked, other = [photo_rows.make_photo(cast.event, has_files=False, state="hidden") for _each in range(2)]
    RemovalRequest.objects.create(photo=asked, guest=cast.greta, asked_at=now)
    row = photos.show(cast.event, all_of(cast), **how)
    assert row.facts["was"] == {"hidden": [other.pk]}
    assert not Photo.objects.visible_to(cast.greta).filter(pk=asked.pk).exists()


def test_a_photo_asked_away_stays_hidden_when_an_earlier_hiding_is_undone(cast, how, now):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    row = photos.hide(cast.event, all_of(cast), **how)
    RemovalRequest.objects.create(photo=photo, guest=cast.greta, asked_at=now)
    assert photos.undo(row, **how) is None
    assert states(cast) == ["hidden"]


def test_a_photo_that_somebody_was_promised_not_to_see_again_stays_hidden(cast, how, now):
    """Neither among many that are shown, nor by an earlier hiding that is undone."""
    photo, other = photo_rows.make_photos(cast.event, 2)
    hidden = photos.hide(cast.event, all_of(cast), **how)
    RemovalRequest.objects.create(photo=photo, asked_at=now, decision="removed", decided_at=now)
    assert photos.undo(hidden, **how).facts["n"] == 1
    photos.hide(cast.event, all_of(cast), **how)
    assert photos.show(cast.event, all_of(cast), **how).facts["n"] == 1
    assert list(Photo.objects.visible_to(cast.greta)) == [other]
    assert list(photos.promised_away(all_of(cast))) == [photo]


@pytest.mark.django_db(transaction=True)
def test_row_sizes_original_marks_and_cover_are_gone_when_a_photo_is_deleted(how, cast, own_media):
    gone, stays = photo_rows.make_photo(cast.event), photo_rows.make_photo(cast.event)
    default_storage.save(gone.file("original"), ContentFile(b"as it came"))
    photo_rows.mark(gone, cast.greta)
    Gallery.objects.create(event=cast.event, cover=gone)
    assert photos.delete(cast.event, all_of(cast).filter(pk=gone.pk), **how) == 1
    assert list(Photo.objects.all()) == [stays]
    assert not PhotoMark.objects.exists() and Gallery.objects.get().cover is None
    left = {path.parent.name for path in own_media.rglob("*") if path.is_file()}
    assert left == {stays.place}
    assert lines(cast.event) == [("photo_gone", 1)]
    assert photos.delete(cast.event, all_of(cast).filter(pk=gone.pk), **how) == 0


def test_nothing_of_another_event_is_deleted(cast, how):
    photo_rows.make_photo(cast.other_event, has_files=False)
    assert photos.delete(cast.event, Photo.objects.all(), **how) == 0
    assert Photo.objects.count() == 1


def test_a_turned_photo_is_made_anew_under_a_new_address(cast, how):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    assert photos.turn(cast.event, all_of(cast), **how) == 1
    turned = all_of(cast).get()
    assert (turned.turned, turned.work) == (90, "waiting")
    assert turned.key != photo.key and turned.place == photo.place
    assert photos.turn(cast.event, all_of(cast), **how) == 0  # while it is being made
    for _quarter in range(3):
        all_of(cast).update(work="made")
        photos.turn(cast.event, all_of(cast), **how)
    assert all_of(cast).get().turned == 0


def test_photos_of_one_upload_move_by_the_difference_when_its_clock_is_set_again(cast, how, now):
    upload = photo_rows.make_upload(cast.event)
    photo = photo_rows.make_photo(cast.event, has_files=False, upload=upload, taken_at=now)
    other = photo_rows.make_photo(
        cast.event, has_files=False, upload=photo_rows.make_upload(cast.event), taken_at=now
    )  # fmt: skip
    photos.shift(cast.event, all_of(cast).filter(pk=photo.pk), 2, **how)
    photos.shift_upload(upload, 60, **how)
    photos.shift_upload(upload, -5, **how)
    assert all_of(cast).get(pk=photo.pk).ordered_at == now + timedelta(minutes=-3)
    assert all_of(cast).get(pk=photo.pk).taken_at == now
    assert all_of(cast).get(pk=other.pk).ordered_at == now
    assert photos.shift_upload(upload, -5, **how) == 0


def test_the_order_is_right_when_a_camera_was_an_hour_slow(cast, how, now):
    photo_rows.make_photo(cast.event, has_files=False, file_name="b.jpg", taken_at=now)
    slow = photo_rows.make_photo(cast.event, has_files=False, file_name="a.jpg", taken_at=now - timedelta(minutes=30))
    photos.shift(cast.event, all_of(cast).filter(pk=slow.pk), 60, **how)
    assert [photo.file_name for photo in all_of(cast).in_order()] == ["b.jpg", "a.jpg"]


def test_a_caption_is_one_line_and_written_once(cast, how):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    assert photos.caption(photo, "  På vei\r\n opp  ", **how)
    assert all_of(cast).get().caption == "På vei opp"
    assert not photos.caption(photo, "På vei opp", **how)
    assert lines(cast.event) == [("photo_changed", 1)]


def test_photos_stay_without_an_album_when_theirs_is_deleted(cast, how):
    race = albums.make(cast.event, Texts(nb="Løpet"), **how)
    photo_rows.make_photos(cast.event, 2)
    assert photos.put_in_album(cast.event, all_of(cast), race, **how) == 2
    assert photos.put_in_album(cast.event, all_of(cast), race, **how) == 0
    assert albums.delete(race, **how) == 2
    assert list(all_of(cast).values_list("album", flat=True)) == [None, None]


def test_albums_keep_the_order_they_are_put_in(cast, how):
    first, second, third = (albums.make(cast.event, Texts(nb=title), **how) for title in ("En", "To", "Tre"))
    assert albums.move(third, -1, **how)
    assert [str(album) for album in Album.objects.filter(event=cast.event)] == ["En", "Tre", "To"]
    assert not albums.move(first, -1, **how) and not albums.move(second, 1, **how)


def test_an_album_is_known_by_its_title_however_it_is_written(cast, how):
    album = albums.called(cast.event, " Målgang  nord", language="nb", **how)
    assert album.title == {"nb": "Målgang nord"}
    assert albums.called(cast.event, "MA\u030aLGANG nord ", language="fi", **how) == album
    assert albums.called(cast.event, "Målgang sør", language="nb", **how) != album


def test_an_album_is_renamed_once(cast, how):
    album = albums.make(cast.event, Texts(nb="Løpet"), **how)
    assert albums.rename(album, Texts(nb="Løpet", fi="Juoksu"), **how)
    assert not albums.rename(album, Texts(nb="Løpet", fi="Juoksu"), **how)


def test_nothing_is_done_to_an_album_that_another_organiser_has_just_deleted(cast, how):
    album = albums.make(cast.event, Texts({"nb": "Løpet"}), **how)
    Album.objects.all().delete()
    assert albums.rename(album, Texts({"nb": "Middagen"}), **how) is False
    assert albums.move(album, 1, **how) is False
    assert albums.delete(album, **how) == 0


def test_the_gallery_opens_with_its_cover(cast, how):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    assert photos.cover(photo, **how) and not photos.cover(photo, **how)
    assert Gallery.objects.of(cast.event).cover == photo


def test_deeds_cost_the_same_for_thirty_photos_as_for_one(cast, how, django_assert_max_num_queries):
    photo_rows.make_photos(cast.event, 30)
    for deed, most in ((photos.hide, 6), (photos.show, 6), (photos.turn, 6)):
        with django_assert_max_num_queries(most):
            deed(cast.event, all_of(cast), **how)


def test_history_holds_numbers_and_no_words(cast, how):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    photos.caption(photo, "Greta på toppen", **how)
    albums.make(cast.event, Texts(nb="Løpet"), **how)
    told = str(list(History.objects.values_list("facts", flat=True)))
    assert "Greta" not in told and "Løpet" not in told
