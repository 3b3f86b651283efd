"""Photos whose files lie in a bucket: from the command line to the guest, and gone without a trace."""

import json
from io import BytesIO, StringIO
from zipfile import ZipFile

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from PIL import Image

from events.actions import photos
from events.models import History, Photo
from tests import factories
from tests.photo_files import drawn, file_of
from tests.s3 import direct, keys

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
FILES = ["1280.jpg", "2000.jpg", "480.jpg", "full.jpg"]


@pytest.fixture
def photo(bucket, cast, tmp_path):
    """Brought in by the command, made, and shown."""
    (tmp_path / "IMG_4711.jpg").write_bytes(file_of(drawn(640, 480), quality=90))
    said = StringIO()
    call_command("import_photos", cast.event.slug, str(tmp_path / "IMG_4711.jpg"), "--json", stdout=said)
    assert json.loads(said.getvalue().strip().splitlines()[-1]) == {"added": 1, "duplicates": 0, "refused": []}
    return Photo.objects.get()


def address(guest, photo, name="480.jpg"):
    return f"{factories.page_of(guest)}photos/{photo.key}/{name}"


def test_photo_is_made_and_its_files_lie_in_the_bucket_alone(photo, bucket, settings):
    assert photo.work == Photo.Work.MADE
    assert keys(bucket) == [f"photos/{photo.place}/{name}" for name in FILES]


def test_guest_gets_the_photo_through_the_program(photo, bucket, cast, client):
    response = client.get(address(cast.greta, photo))
    data = b"".join(response)
    assert data == bucket.Object(photo.file("480.jpg")).get()["Body"].read()
    assert max(Image.open(BytesIO(data)).size) == 480
    assert client.get(address(cast.zoe, photo)).status_code == 404


def test_guest_is_led_to_the_bucket_and_a_stranger_is_not(photo, bucket, cast, client, settings):
    settings.STORAGE_SENDS_FILES = True
    led = client.get(address(cast.greta, photo, "original"))
    with direct.open(led["Location"]) as opened:
        assert opened.read() == bucket.Object(photo.file("full.jpg")).get()["Body"].read()
        assert opened.headers["Content-Disposition"].startswith(f'attachment; filename="{cast.event.slug}-0001')
    assert client.get(address(cast.zoe, photo)).status_code == 404


def test_all_photos_come_as_one_zip_from_the_bucket(photo, bucket, cast, client):
    response = client.get(f"{factories.page_of(cast.greta)}photos/all.zip")
    data = b"".join(response)
    assert len(data) == int(response["Content-Length"])
    with ZipFile(BytesIO(data)) as archive:
        (name,) = archive.namelist()
        assert archive.read(name) == bucket.Object(photo.file("full.jpg")).get()["Body"].read()


def test_every_object_is_gone_when_the_photo_is_deleted(photo, bucket, cast, now):
    rows = Photo.objects.filter(pk=photo.pk)
    photos.delete(cast.event, rows, by=cast.otto, channel=History.Channel.OFFICE, now=now)
    assert keys(bucket) == []
    assert not default_storage.exists(photo.file("480.jpg"))
