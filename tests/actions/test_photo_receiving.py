"""Photos on their way in: an answer for each file, one row for each photo, and no file that nobody knows."""

import hashlib
import os
from datetime import datetime, time, timedelta
from io import BytesIO
from threading import Barrier, Thread

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import QuerySet

from events.actions import photo_files, photo_receiving
from events.models import Album, Gallery, History, Membership, Photo, PhotoUpload
from tests import factories
from tests.photo_files import files_in, jpeg, zip_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
Way, State, Approval = PhotoUpload.Way, Photo.State, Gallery.Approval
OFFICE, WEB = History.Channel.OFFICE, History.Channel.WEB


@pytest.fixture
def upload(cast, now):
    return photo_receiving.open_upload(cast.event, way=Way.OFFICE, by=cast.otto, chosen=3, now=now)


@pytest.fixture
def receive(upload, now):
    def receive(data, name="IMG_4711.JPG", to=upload):
        return photo_receiving.receive(to, BytesIO(data), name, channel=OFFICE, now=now)

    return receive


def counted(upload):
    upload.refresh_from_db()
    return upload.added, upload.duplicates, len(upload.refused)


def test_a_photo_is_not_taken_in_to_be_deleted_the_same_day(cast, upload, own_media, now):
    Gallery.objects.create(event=cast.event, kept_days=30)
    last, late = (
        datetime.combine(cast.event.held_on + timedelta(days=days), time(23), cast.event.zone) for days in (29, 30)
    )
    got = [photo_receiving.receive(upload, BytesIO(jpeg(1)), "a.jpg", channel=OFFICE, now=at) for at in (late, last)]
    assert [(each.outcome, each.code) for each in got] == [("refused", "not_kept"), ("added", "")]
    assert len(files_in(own_media)) == 1


def test_a_photo_waits_to_be_made_and_its_bytes_lie_under_a_name_of_ours(receive, upload, own_media, now):
    received = receive(jpeg(), "C:\\fakepath\\Grétas IMG_4711.JPG")
    photo = Photo.objects.get()
    assert (received.outcome, received.photo, received.name) == ("added", photo, "Grétas IMG_4711.JPG")
    assert (photo.work, photo.format, photo.state) == (Photo.Work.WAITING, "JPEG", State.SHOWN)
    assert (photo.sha256, photo.received_at) == (hashlib.sha256(jpeg()).hexdigest(), now)
    assert files_in(own_media) == [f"photos/{photo.place}/original"]
    assert (own_media / "photos" / photo.place / "original").read_bytes() == jpeg()
    assert counted(upload) == (1, 0, 0)


def test_a_browser_s_file_is_taken_as_any_other(upload, now):
    file = SimpleUploadedFile("a.jpg", jpeg(), "text/html")
    assert photo_receiving.receive(upload, file, file.name, channel=OFFICE, now=now).outcome == "added"


def test_the_same_bytes_are_a_duplicate_under_any_name_and_by_any_way(receive, cast, own_media, now):
    photo = receive(jpeg()).photo
    other = photo_receiving.open_upload(cast.event, way=Way.TABLE, by=None, sender_name="Bord 4", now=now)
    again = receive(jpeg(), "copy.jpg", other)
    assert (again.outcome, again.photo) == ("duplicate", photo)
    assert (counted(other), len(files_in(own_media))) == ((0, 1, 0), 1)


def test_the_same_bytes_at_another_event_are_another_photo(receive, now):
    receive(jpeg())
    elsewhere = photo_receiving.open_upload(factories.make_event("other"), way=Way.COMMAND, by=None, now=now)
    assert receive(jpeg(), to=elsewhere).outcome == "added"
    assert Photo.objects.count() == 2


def test_a_file_that_comes_again_after_a_lost_connection_is_counted_once(receive, upload):
    photo = receive(jpeg()).photo
    assert receive(jpeg()).photo == photo
    for _time in range(2):
        assert receive(b"%PDF-1.7", "menu.pdf").code == "pdf"
    assert counted(upload) == (1, 0, 1)
    assert upload.refused == [{"file": "menu.pdf", "code": "pdf", "facts": {}}]


def test_two_at_the_same_moment_are_one_photo_and_one_duplicate(cast, own_media, now, monkeypatch):
    uploads = [photo_receiving.open_upload(cast.event, way=Way.OFFICE, by=cast.otto, now=now) for _each in range(4)]
    barrier, outcomes, put = Barrier(4, timeout=20), [], photo_files.put

    def put_together(*arguments):
        put(*arguments)
        barrier.wait()  # all have seen that it is new, and all have stored it

    def go(upload):
        outcomes.append(photo_receiving.receive(upload, BytesIO(jpeg()), "a.jpg", channel=OFFICE, now=now).outcome)
        connection.close()

    monkeypatch.setattr(photo_files, "put", put_together)
    threads = [Thread(target=go, args=[upload]) for upload in uploads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert sorted(outcomes) == ["added", "duplicate", "duplicate", "duplicate"]
    assert files_in(own_media) == [f"photos/{Photo.objects.get().place}/original"]
    assert sorted(counted(upload) for upload in uploads) == [(0, 1, 0)] * 3 + [(1, 0, 0)]


def test_a_photo_comes_in_when_the_same_one_is_deleted_at_this_very_moment(receive, monkeypatch):
    """It stood in the way of the row, and is gone when it is looked for."""
    create, tries = QuerySet.bulk_create, []

    def stood_in_the_way_once(rows, photos, **how):
        tries.append(photos)
        return create(rows, photos, **how) if len(tries) > 1 else photos

    monkeypatch.setattr(QuerySet, "bulk_create", stood_in_the_way_once)
    assert receive(jpeg()).outcome == "added"


def test_no_file_stays_when_the_row_cannot_be_written(receive, own_media, monkeypatch):
    monkeypatch.setattr(photo_receiving.history, "record", lambda *_a, **_k: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        receive(jpeg())
    assert (files_in(own_media), Photo.objects.count()) == ([], 0)


@pytest.mark.parametrize(
    ("way", "approval", "who", "state"),
    [
        (Way.TABLE, Approval.NONE, "", State.WAITING),
        (Way.GUEST, Approval.GUESTS, "", State.WAITING),
        (Way.GUEST, Approval.ALL, "", State.WAITING),
        (Way.GUEST, Approval.NONE, "", State.SHOWN),
        (Way.OFFICE, Approval.GUESTS, "photographer", State.SHOWN),
        (Way.OFFICE, Approval.ALL, "photographer", State.WAITING),
        (Way.OFFICE, Approval.ALL, "organiser", State.SHOWN),
        (Way.COMMAND, Approval.ALL, "", State.SHOWN),
    ],
)
def test_who_sent_it_says_whether_it_waits_for_an_organiser(receive, cast, now, way, approval, who, state):
    Gallery.objects.create(event=cast.event, approval=approval)
    user = factories.make_user("pia") if who else None
    if who:
        Membership.objects.create(user=user, event=cast.event, role=who)
    upload = photo_receiving.open_upload(cast.event, way=way, by=user, now=now)
    assert receive(jpeg(), to=upload).photo.state == state


def test_a_photo_belongs_to_its_sender_and_album(receive, cast, now):
    album = Album.objects.create(event=cast.event, title=factories.texts("Løpet"))
    how = {"way": Way.GUEST, "by": None, "guest": cast.greta, "album": album, "now": now}
    photo = receive(jpeg(), to=photo_receiving.open_upload(cast.event, **how)).photo
    assert (photo.sent_by, photo.album) == (cast.greta, album)


def test_the_history_has_one_line_for_the_whole_go(receive, upload, cast):
    receive(b"", "empty.jpg")
    assert not History.objects.filter(what=History.What.PHOTOS).exists()
    for number in range(3):
        receive(jpeg(number), f"{number}.jpg")
    line = History.objects.get(what=History.What.PHOTOS)
    assert (line.by, line.facts) == (cast.otto, {"upload": upload.pk, "way": "office"})


def test_a_file_too_large_is_refused_while_it_is_read(receive, settings, own_media):
    settings.PHOTO_MAX_BYTES = 100_000
    refused = receive(jpeg() + os.urandom(100_000))
    assert (refused.outcome, refused.code, refused.facts) == ("refused", "file_is_too_big", {"limit_bytes": 100_000})
    assert files_in(own_media) == []


def test_nothing_is_taken_when_the_disk_is_nearly_full(receive, settings, own_media):
    settings.DISK_LEFT_MIN_BYTES = 2**60
    assert receive(jpeg()).code == "disk_full"
    assert files_in(own_media) == []


def test_each_photo_of_a_zip_is_received_and_what_is_none_is_told(upload, now, own_media):
    data = zip_of({"DCIM/1.jpg": jpeg(1), "DCIM/2.jpg": jpeg(2), "copy/1.jpg": jpeg(1), "notes.txt": b"no photo"})
    received = photo_receiving.receive_zip(upload, BytesIO(data), "all.zip", channel=OFFICE, now=now)
    told = [(each.name, each.outcome, each.code) for each in received]
    assert told == [
        ("1.jpg", "added", ""), ("2.jpg", "added", ""), ("1.jpg", "duplicate", ""),
        ("notes.txt", "refused", "not_a_picture"),
    ]  # fmt: skip
    assert (counted(upload), len(files_in(own_media))) == ((2, 1, 1), 2)


def test_a_zip_that_cannot_be_read_is_refused_by_its_name(upload, now):
    (refused,) = photo_receiving.receive_zip(upload, BytesIO(jpeg()), "all.zip", channel=OFFICE, now=now)
    assert (refused.outcome, refused.code, refused.name) == ("refused", "zip_damaged", "all.zip")
    assert upload.__class__.objects.get().refused == [{"file": "all.zip", "code": "zip_damaged", "facts": {}}]


def test_every_file_of_a_deleted_photo_goes_with_it(receive, own_media):
    kept, gone = receive(jpeg(1)).photo, receive(jpeg(2)).photo
    for name in photo_files.MADE:
        photo_files.put(gone.place, name, SimpleUploadedFile(name, b"made"))
    photo_files.delete_all([gone])
    assert files_in(own_media) == [f"photos/{kept.place}/original"]
    assert not (own_media / "photos" / gone.place).exists()
