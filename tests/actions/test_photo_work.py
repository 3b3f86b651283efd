"""Photos become files: once each, whoever is killed in between, and nothing is left lying."""

import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from io import BytesIO
from threading import Thread

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection
from django.utils import timezone
from PIL import Image, ImageOps

from events.actions import photo_claims, photo_files, photo_receiving, photo_tidying, photo_work, photos
from events.domain.photo_child import Child, ChildDied
from events.management.background import Background
from events.models import Gallery, History, Photo, PhotoUpload
from tests import factories
from tests.photo_files import HEIC, SECRETS, camera_jpeg, corner, drawn, file_of, files_in, jpeg, scan_bomb

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
Way, Work = PhotoUpload.Way, Photo.Work
FINISHED = ["1280.jpg", "2000.jpg", "480.jpg", "full.jpg"]


@pytest.fixture
def upload(cast, now):
    return photo_receiving.open_upload(cast.event, way=Way.OFFICE, by=cast.otto, now=now)


@pytest.fixture
def put(upload, now):
    def put(data, to=upload, name="IMG_4711.JPG"):
        return photo_receiving.receive(to, BytesIO(data), name, channel="office", now=now).photo

    return put


@pytest.fixture
def make(clock):
    def make(**how):
        return photo_work.make_waiting(clock=lambda: clock.now, **how)

    return make


@pytest.fixture
def dying(monkeypatch):
    """The child dies with each photo, and says how often."""
    died = []

    def die(*_arguments, **_how):
        died.append(1)
        raise ChildDied

    monkeypatch.setattr(Child, "make", die)
    return died


def names(photo):
    return sorted(default_storage.listdir(f"photos/{photo.place}")[1])


def opened(photo, name):
    with default_storage.open(photo.file(name)) as file:
        return Image.open(BytesIO(file.read()))


def test_a_photo_stays_where_its_clock_was_moved_to_when_it_is_turned(put, make, cast, now):
    put(camera_jpeg())
    make()
    how = {"by": cast.otto, "channel": "office", "now": now}
    for keeps in False, True:  # made of what was made, and of the file as it came
        before = Photo.objects.get()
        photos.shift(cast.event, Photo.objects.all(), 60, **how)
        photos.turn(cast.event, Photo.objects.all(), **how)
        assert make().made == 1
        stored = Photo.objects.get()
        assert (stored.taken_at, stored.ordered_at) == (before.taken_at, before.ordered_at + timedelta(hours=1))
        if not keeps:
            default_storage.save(photo_files.path_of(stored.place, "original"), ContentFile(camera_jpeg()))
            Photo.objects.update(has_original=True)


def test_a_photo_is_made_and_the_file_that_came_is_gone(put, make):
    photo = put(camera_jpeg(held=6))
    assert make().made == 1
    photo.refresh_from_db()
    assert (photo.work, photo.has_original, photo.claimed_at, photo.refusal) == (Work.MADE, False, None, {})
    assert names(photo) == FINISHED
    assert {name: tuple(size[:2]) for name, size in photo.sizes.items()} == dict.fromkeys(
        ["480", "1280", "2000", "full"], (160, 120)
    )
    assert photo.sizes["480"][2] == default_storage.size(photo.file("480.jpg"))
    assert photo.colour.startswith("#")


def test_nothing_of_the_camera_lies_in_the_storage(put, make, own_media):
    put(camera_jpeg(held=6))
    put(HEIC.read_bytes(), name="Greta IMG_4711.HEIC")
    assert make().made == 2
    lying = [path for path in own_media.rglob("*") if path.is_file()]
    assert len(lying) == 8
    for path in lying:
        data = path.read_bytes() + str(path).encode()
        assert [secret for secret in SECRETS if secret in data] == []


@pytest.mark.parametrize(
    ("way", "keeps", "is_kept"),
    [
        (Way.OFFICE, True, True), (Way.COMMAND, True, True), (Way.OFFICE, False, False), (Way.GUEST, True, False),
        (Way.TABLE, True, False),
    ],
)  # fmt: skip
def test_the_file_that_came_stays_only_where_the_gallery_keeps_it_and_no_guest_sent_it(
    put, make, cast, now, way, keeps, is_kept
):
    Gallery.objects.create(event=cast.event, keeps_originals=keeps)
    photo = put(camera_jpeg(), to=photo_receiving.open_upload(cast.event, way=way, by=None, now=now))
    make()
    photo.refresh_from_db()
    assert (photo.has_original, "original" in names(photo)) == (is_kept, is_kept)


@pytest.mark.parametrize(
    ("noted", "utc"),
    [
        ({}, datetime(2027, 9, 24, 16, 42, 7, 350_000, UTC)),  # the wall clock in Bergen
        ({"offset": "+00:00"}, datetime(2027, 9, 24, 18, 42, 7, 350_000, UTC)),
        ({"offset": "rubbish"}, datetime(2027, 9, 24, 16, 42, 7, 350_000, UTC)),
        ({"taken": "0000:00:00 00:00:00"}, None),
        ({"taken": ""}, None),
    ],
)
def test_a_photo_counts_as_taken_by_the_camera_s_clock_moved_as_its_upload(put, make, upload, noted, utc):
    PhotoUpload.objects.update(shift_minutes=-61)
    photo = put(camera_jpeg(**noted))
    make()
    photo.refresh_from_db()
    assert photo.taken_at == utc
    assert photo.ordered_at == (utc and utc - timedelta(minutes=61))


def test_what_cannot_be_a_photo_is_refused_and_the_others_are_made(put, make):
    bomb, good = put(scan_bomb()), put(jpeg())
    done = make()
    assert (done.made, done.refused) == (1, 1)
    bomb.refresh_from_db()
    good.refresh_from_db()
    assert (bomb.work, bomb.refusal, good.work) == (Work.REFUSED, {"code": "laborious", "facts": {}}, Work.MADE)
    assert names(bomb) == ["original"]


def test_a_photo_that_kills_twice_is_refused_and_not_tried_again(put, make, dying):
    photo = put(jpeg())
    done = make()
    assert (done.again, len(dying)) == (2, 2)
    photo.refresh_from_db()
    assert (photo.work, photo.refusal["code"], photo.attempts) == (Work.REFUSED, "not_made", 2)
    assert make().total == 0


def test_a_refused_photo_that_comes_again_is_told_the_same(put, make, upload, now):
    photo = put(scan_bomb())
    make()
    again = photo_receiving.receive(upload, BytesIO(scan_bomb()), "again.jpg", channel="office", now=now)
    assert (again.outcome, again.code) == ("refused", "laborious")
    photo.refresh_from_db()
    assert photo.work == Work.REFUSED


def test_an_organiser_has_it_tried_again(put, make, cast, now, monkeypatch):
    photo = put(jpeg())
    with monkeypatch.context() as patch:
        patch.setattr(Child, "make", lambda *_a, **_k: (_ for _ in ()).throw(ChildDied))
        make()
    how = {"by": cast.otto, "channel": "office", "now": now}
    assert photo_claims.try_again(cast.zoe.event, Photo.objects.all(), **how) == 0
    assert photo_claims.try_again(cast.event, Photo.objects.all(), **how) == 1
    assert photo_claims.try_again(cast.event, Photo.objects.all(), **how) == 0
    line = History.objects.get(what=History.What.PHOTO_CHANGED)
    assert (line.by, line.facts) == (cast.otto, {"change": "again", "count": 1})
    assert make().made == 1
    photo.refresh_from_db()
    assert (photo.work, photo.refusal) == (Work.MADE, {})


def test_a_photo_whose_worker_was_killed_is_taken_up_once_more_and_then_refused(put, make, clock):
    photo = put(jpeg())
    for work in (Work.WAITING, Work.REFUSED):
        assert photo_claims.claim(Photo.objects.all(), now=clock.now)
        assert photo_claims.reap(now=clock.move(minutes=4)) == 0
        assert photo_claims.reap(now=clock.move(minutes=1)) == 1
        photo.refresh_from_db()
        assert photo.work == work
    assert photo.refusal["code"] == "not_made"


def test_of_two_workers_one_has_the_photo(put, now):
    photo = put(jpeg())
    assert photo_claims.claim(Photo.objects.all(), now=now) == photo
    assert photo_claims.claim(Photo.objects.all(), now=now) is None


def test_who_was_taken_for_dead_writes_nothing(put, make, clock, own_media):
    photo = put(jpeg())
    late = photo_claims.claim(Photo.objects.all(), now=clock.now)
    photo_claims.reap(now=clock.move(minutes=6))
    assert make().made == 1
    with Child() as child:
        default_storage.save(late.file("original"), BytesIO(jpeg()))
        assert photo_work._made(late, child) is False
    photo.refresh_from_db()
    assert (photo.work, photo.attempts) == (Work.MADE, 0)
    assert set(FINISHED) <= set(names(photo))


def test_a_photo_deleted_while_it_is_made_leaves_no_file(put, clock, own_media):
    put(jpeg())
    photo = photo_claims.claim(Photo.objects.all(), now=clock.now)
    with Child() as child:
        Photo.objects.all().delete()
        assert photo_work._made(photo, child) is False
    assert files_in(own_media) == []


def test_a_storage_that_is_away_is_not_the_photo_s_fault(put, make, clock, monkeypatch):
    first, _second = put(jpeg()), put(jpeg(1))

    def away(*_arguments):
        raise ConnectionError

    for _time in range(5):
        with monkeypatch.context() as patch:
            patch.setattr(photo_files, "put", away)
            assert make().total == 0
            assert photo_claims.reap(now=clock.move(minutes=6)) == 1
    assert make().made == 2
    first.refresh_from_db()
    assert first.work == Work.MADE


def test_a_photo_whose_file_is_gone_is_refused(put, make):
    photo = put(jpeg())
    default_storage.delete(photo.file("original"))
    make()
    photo.refresh_from_db()
    assert photo.refusal == {"code": "file_gone", "facts": {}}


@pytest.mark.parametrize("keeps", [True, False])
@pytest.mark.parametrize("held", [1, 5, 6])
def test_a_photo_is_turned_again_and_again_from_what_is_there(put, make, cast, own_media, held, keeps):
    Gallery.objects.create(event=cast.event, keeps_originals=keeps)
    photo, places = put(camera_jpeg(held=held)), set()
    make()
    for turned in (90, 180, 90, 0):
        Photo.objects.update(turned=turned, work=Work.WAITING, attempts=0)
        assert make().made == 1
        photo.refresh_from_db()
        expected = corner(drawn().rotate(-turned, expand=True))
        assert corner(opened(photo, "480.jpg")) == expected
        assert corner(ImageOps.exif_transpose(opened(photo, "full.jpg"))) == expected
        assert names(photo) == sorted([*FINISHED, "original"] if keeps else FINISHED)
        places.add(photo.place)
    assert len(places) == 4
    assert len(files_in(own_media)) == (5 if keeps else 4)
    assert photo.taken_at


def test_a_photo_that_cannot_be_turned_stands_as_before(put, make, monkeypatch):
    photo = put(jpeg())
    make()
    Photo.objects.update(turned=90, work=Work.WAITING, attempts=0)
    monkeypatch.setattr(Child, "make", lambda *_a, **_k: (_ for _ in ()).throw(ChildDied))
    make()
    photo.refresh_from_db()
    assert (photo.work, photo.turned, names(photo)) == (Work.MADE, 0, FINISHED)


def test_work_stops_between_two_photos(put, make, clock):
    put(jpeg()), put(jpeg(1))
    assert make(should_stop=lambda: True).total == 0
    assert make(until=clock.now).total == 0
    assert make(until=clock.now + timedelta(seconds=1)).made == 2


def test_only_the_photos_asked_for_are_made(put, make, cast, now):
    put(jpeg())
    other = put(jpeg(1), to=photo_receiving.open_upload(cast.event, way=Way.COMMAND, by=None, now=now))
    assert make(photos=Photo.objects.filter(pk=other.pk)).made == 1


def test_two_workers_make_each_photo_once(put, clock, own_media):
    for number in range(12):
        put(jpeg(number))
    done = []

    def work():
        done.append(photo_work.make_waiting(clock=lambda: clock.now).made)
        connection.close()

    threads = [Thread(target=work) for _each in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert sum(done) == 12
    assert len(files_in(own_media)) == 48
    assert set(Photo.objects.values_list("work", "attempts")) == {(Work.MADE, 0)}


def test_every_photo_is_accounted_for_when_workers_are_killed_in_between(cast, child_environment, own_media):
    now, count = timezone.now(), 12
    upload = photo_receiving.open_upload(cast.event, way=Way.OFFICE, by=cast.otto, now=now)
    large = drawn(1600, 1200)  # so that it takes a while
    for number in range(count):
        data = file_of(large, comment=str(number).encode())
        photo_receiving.receive(upload, BytesIO(data), f"{number}.jpg", channel="office", now=now)
    environment = {**child_environment, "MEDIA_ROOT": str(own_media)}
    code = (
        "import django; django.setup()\n"
        "from django.utils import timezone\nfrom events.actions import photo_work\n"
        "photo_work.make_waiting(clock=timezone.now)"
    )
    for _time in range(2):
        made = Photo.objects.made().count()
        worker = subprocess.Popen([sys.executable, "-c", code], env=environment, start_new_session=True)
        while Photo.objects.made().count() < made + 2 and worker.poll() is None:
            time.sleep(0.05)
        os.kill(worker.pid, signal.SIGKILL)
        worker.wait()
    unfinished = Photo.objects.filter(work=Work.MAKING).count()
    assert 0 < unfinished <= 2  # as many as were killed in the middle of one
    assert Photo.objects.made().count() < count
    assert photo_claims.reap(now=timezone.now() + timedelta(minutes=6)) == unfinished
    photo_work.make_waiting(clock=lambda: now)
    assert Photo.objects.made().count() == count
    photo_tidying.forget_originals()
    assert len(files_in(own_media)) == count * 4


def test_originals_go_when_the_power_went_before_or_nobody_keeps_them_any_more(put, make, cast, monkeypatch):
    gallery = Gallery.objects.create(event=cast.event, keeps_originals=True)
    photo = put(jpeg())
    make()
    assert photo_tidying.forget_originals() == 0
    gallery.keeps_originals = False
    gallery.save()
    assert photo_tidying.forget_originals() == 1
    photo.refresh_from_db()
    assert (photo.has_original, names(photo)) == (False, FINISHED)
    assert photo_tidying.forget_originals() == 0


def test_refused_files_lie_for_a_week(put, make, now, own_media):
    put(scan_bomb()), put(jpeg())
    make()
    assert photo_tidying.put_away_refused(now=now + timedelta(days=6)) == 0
    assert photo_tidying.put_away_refused(now=now + timedelta(days=7)) == 1
    assert Photo.objects.get().work == Work.MADE
    assert len(files_in(own_media)) == 4


def test_folders_that_nobody_knows_are_deleted_after_a_day(put, make, own_media):
    photo_tidying.delete_strays(now=timezone.now())
    put(jpeg())
    make()
    stray = own_media / "photos" / "Stray"
    stray.mkdir()
    (stray / "original").write_bytes(b"lost")
    empty = own_media / "photos" / "Empty"  # as in the moment before a file is written
    empty.mkdir()
    an_hour, two_days = (datetime.now(UTC) + timedelta(hours=hours) for hours in (1, 48))
    assert photo_tidying.delete_strays(now=an_hour) == 0
    assert photo_tidying.delete_strays(now=two_days) == 2
    assert (stray.exists(), empty.exists(), len(files_in(own_media))) == (False, False, 4)


def test_the_worker_makes_photos_between_its_mails(put, cast):
    photo = put(jpeg())
    Photo.objects.filter(pk=put(jpeg(1)).pk).update(
        work=Work.MAKING, attempts=1, claimed_at=timezone.now() - timedelta(minutes=6)
    )
    assert Background("one").turn() is True
    photo.refresh_from_db()
    assert photo.work == Work.MADE
    assert Photo.objects.made().count() == 2  # the other's maker had been killed


@pytest.mark.parametrize("offset", ["", "+14:00", "-12:00"])
@pytest.mark.parametrize("taken", ["0001:01:01 00:00:00", "1899:12:31 23:59:59", "9999:12:31 23:59:59"])
def test_gallery_stays_open_when_the_notes_of_a_photo_tell_a_year_at_the_end_of_the_calendar(
    cast, client, put, make, upload, taken, offset, now
):
    put(camera_jpeg(taken=taken, offset=offset))
    assert make().made == 1
    assert Photo.objects.get().ordered_at is None
    photos.shift_upload(upload, -60 * 24, by=None, channel="office", now=now)
    assert client.get(f"{factories.page_of(cast.greta)}photos/").status_code == 200
