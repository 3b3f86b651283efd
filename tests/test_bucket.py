"""Files in a bucket: moto's server in a process of its own, asked by what production asks with."""

import json
import os
import re
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.checks import run_checks
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import Http404
from django.utils import timezone

from config.sending_files import FOR_A_DAY, NOT_KEPT, send
from events.actions import letter_pictures, uploads
from events.models import GuestListUpload
from tests.domain.test_pictures import file_of, plain
from tests.s3 import direct, keys, use

pytestmark = pytest.mark.slow
PATH, PIXELS = "photos/k3y/480.jpg", b"\xff\xd8 not quite a picture" * 4000


def test_file_is_put_read_listed_and_deleted(bucket):
    assert default_storage.save(PATH, ContentFile(PIXELS)) == PATH
    assert keys(bucket) == [PATH]
    assert default_storage.exists(PATH) and not default_storage.exists("photos/k3y/1280.jpg")
    assert default_storage.size(PATH) == len(PIXELS)
    with default_storage.open(PATH) as file:
        assert file.read() == PIXELS
    assert default_storage.listdir("photos/k3y") == ([], ["480.jpg"])
    assert timezone.now() - default_storage.get_modified_time(PATH) < timedelta(minutes=5)
    default_storage.delete(PATH)
    default_storage.delete(PATH)
    assert keys(bucket) == []


def test_bucket_does_as_a_folder_does(bucket):
    first, second = (default_storage.save("guest-lists/a", ContentFile(text)) for text in (b"1", b"2"))
    assert first == "guest-lists/a" != second
    with pytest.raises(FileNotFoundError):
        default_storage.open("guest-lists/b")
    with pytest.raises(FileNotFoundError):
        default_storage.size("guest-lists/b")
    assert default_storage.listdir("nothing/here") == ([], [])


def test_files_stand_below_the_prefix_and_cannot_leave_it(bucket, s3_server, settings):
    use(settings, s3_server.url("vertskap-files", "&prefix=one/house/"))
    default_storage.save(PATH, ContentFile(PIXELS))
    assert keys(bucket) == [f"one/house/{PATH}"]
    bucket.put_object(Key="one/secret", Body=b"")
    assert default_storage.listdir("photos")[0] == ["k3y"]
    with pytest.raises(Exception, match="denied"):
        default_storage.open("../secret")


def test_nobody_else_may_read_what_was_put(bucket, s3_server):
    default_storage.save(PATH, ContentFile(PIXELS))
    grants = bucket.Object(PATH).Acl().grants
    assert [grant["Permission"] for grant in grants] == ["FULL_CONTROL"]
    assert "URI" not in grants[0]["Grantee"]
    with pytest.raises(HTTPError) as refused:
        direct.open(f"{s3_server.address}/vertskap-files/{PATH}")
    assert refused.value.code == 403
    refused.value.close()


def sent(rf, path=PATH, method="get", **said):
    request = getattr(rf, method)("/", headers=said.pop("headers", {}))
    return send(request, path, **{"content_type": "image/jpeg", "cache": FOR_A_DAY, **said})


def test_program_sends_what_lies_in_the_bucket(rf, bucket):
    default_storage.save(PATH, ContentFile(PIXELS))
    response = sent(rf, etag="a1")
    assert (b"".join(response), response["Content-Length"]) == (PIXELS, str(len(PIXELS)))
    assert (response["Content-Type"], response["ETag"]) == ("image/jpeg", '"a1"')
    response.file_to_stream.close()
    head = sent(rf, method="head")
    assert (head["Content-Length"], head.content) == (str(len(PIXELS)), b"")
    for method in ("get", "head"):
        with pytest.raises(Http404):
            sent(rf, "photos/gone/480.jpg", method)


@pytest.fixture
def led(rf, bucket, settings):
    """led(…) → the answer of `send`, where browsers are led on to the bucket."""
    settings.STORAGE_SENDS_FILES = True
    default_storage.save(PATH, ContentFile(PIXELS))
    return lambda **said: sent(rf, **said)


def test_browser_is_led_to_the_bucket_by_an_address_that_opens(led):
    response = led(etag="a1")
    assert response.status_code == 302 and "ETag" not in response
    assert 0 < int(re.fullmatch(r"private, max-age=(\d+)", response["Cache-Control"])[1]) <= 600
    with direct.open(response["Location"]) as opened:
        assert opened.read() == PIXELS
        assert opened.headers["Content-Type"] == "image/jpeg"
        assert opened.headers["Cache-Control"] == FOR_A_DAY
        assert opened.headers["Content-Disposition"] == "inline"


def test_what_is_taken_along_has_our_name_at_the_bucket_too(led):
    response = led(cache=NOT_KEPT, download_name="stoltzen-0001.jpg")
    assert response["Cache-Control"] == NOT_KEPT
    with direct.open(response["Location"]) as opened:
        assert opened.headers["Content-Disposition"] == 'attachment; filename="stoltzen-0001.jpg"'
        assert opened.headers["Cache-Control"] == NOT_KEPT


def test_address_is_the_same_for_ten_minutes_and_ends_after_twenty(led, monkeypatch):
    start = datetime(2027, 9, 24, 20, 30, tzinfo=UTC)

    def address(seconds):
        monkeypatch.setattr(timezone, "now", lambda: start + timedelta(seconds=seconds))
        return led()["Location"]

    assert address(0) == address(1) == address(599) != address(600)
    asked = parse_qs(urlsplit(address(599)).query)
    assert (asked["X-Amz-Date"], asked["X-Amz-Expires"]) == (["20270924T203000Z"], ["1200"])


def test_our_signature_is_botos_own(bucket, monkeypatch):
    """For the same moment, or a real S3 would not open."""
    at = datetime(2027, 9, 24, 20, 30, tzinfo=UTC)
    monkeypatch.setattr("botocore.auth.get_current_datetime", lambda remove_tzinfo=True: at)
    path = "photos/blåbær & co/480.jpg"
    theirs = default_storage.url(path, parameters={"ResponseContentType": "image/jpeg"}, expire=1200)
    ours = default_storage.signed_address(path, {"response-content-type": "image/jpeg"}, now=at)
    assert parse_qs(urlsplit(ours).query) == parse_qs(urlsplit(theirs).query)
    assert urlsplit(ours)[:3] == urlsplit(theirs)[:3]


def hints():
    return [error.hint for error in run_checks(include_deployment_checks=True) if error.id == "vertskap.E030"]


def test_check_finds_nothing_and_leaves_nothing_when_the_bucket_is_well(bucket):
    assert (hints(), keys(bucket)) == ([], [])


@pytest.mark.parametrize(
    ("url", "hint"),
    [
        (lambda server: server.url("no-such-bucket"), "There is no such bucket"),
        (lambda server: "s3://a:b@vertskap-files?endpoint=http://127.0.0.1:9", "It could not be reached"),
        (lambda server: f"s3://vertskap-files?endpoint={server.address}", "No key for it was found"),
    ],
)
def test_check_says_why_a_bucket_cannot_be_used(bucket, s3_server, settings, monkeypatch, url, hint):
    for name in [name for name in os.environ if name.startswith("AWS_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", os.devnull)
    use(settings, url(s3_server))
    assert [found.startswith(hint) for found in hints()] == [True]


def test_check_says_when_everybody_may_read_the_bucket(bucket):
    everybody = {"Effect": "Allow", "Principal": "*", "Action": "s3:*", "Resource": f"arn:aws:s3:::{bucket.name}/*"}
    bucket.Policy().put(Policy=json.dumps({"Version": "2012-10-17", "Statement": [everybody]}))
    assert hints() == ["Everybody may read what lies in it: close the bucket to the public."]
    assert keys(bucket) == []


def test_check_says_when_the_bucket_keeps_what_is_deleted(bucket):
    bucket.Versioning().enable()
    assert [hint.split(":")[0] for hint in hints()] == ["It keeps versions, so that nothing is ever gone"]


def test_lists_and_pictures_of_letters_need_no_folder(bucket, cast, now):
    upload = GuestListUpload(event=cast.event, by=cast.otto, uploaded_at=now)
    uploads.keep(upload, b"Navn\nGreta\n")
    assert keys(bucket) == [upload.file.name]
    assert uploads.content(upload) == b"Navn\nGreta\n"
    stray = default_storage.save("guest-lists/nobody-knows", ContentFile(b"x"))
    uploads.delete_strays(GuestListUpload, timezone.now() + timedelta(days=36500))
    assert stray not in keys(bucket) and upload.file.name in keys(bucket)
    uploads.delete_file(upload)
    assert (keys(bucket), uploads.content(GuestListUpload.objects.get())) == ([], None)


@pytest.mark.django_db(transaction=True)
def test_picture_of_letters_is_shown_from_the_bucket_and_gone_with_it(bucket, cast, client, now):
    letter_pictures.put(cast.event, file_of(plain(colour=(20, 80, 90))), by=cast.otto, channel="office", now=now)
    [name] = keys(bucket)
    address = f"/pictures/{name.removeprefix('letters/')}"
    assert client.get(address).content == bucket.Object(name).get()["Body"].read()
    letter_pictures.remove(cast.event, by=cast.otto, channel="office", now=now)
    assert client.get(address).status_code == 404
