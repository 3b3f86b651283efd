"""Photos that guests add: on their page, and by the code on the tables; with a script one by one, or all at once."""

import json
import re
import socket
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import galleries
from events.models import Event, Gallery, History, Photo, PhotoUpload, links
from tests import factories
from tests.database import whole_database
from tests.photo_files import jpeg, zip_of

pytestmark = pytest.mark.usefixtures("own_media")
SHARE = {"may_share": "on"}


@pytest.fixture
def gallery(cast, now):
    """It is the day of the event, and photos are taken from guests and tables."""
    Event.objects.filter(pk=cast.event.pk).update(held_on=now.date())
    return Gallery.objects.create(event=cast.event, takes_guest_photos=True, takes_table_photos=True)


def page(guest):
    return factories.page_of(guest) + "photos/add/"


def tables(gallery):
    return urlsplit(links.tables_url(gallery)).path


def file(name="a.jpg", data=None):
    return SimpleUploadedFile(name, jpeg() if data is None else data, content_type="application/octet-stream")


def ask(client, at, typed):
    """As the page's script does."""
    return client.post(at, typed, headers={"accept": "application/json"})


def begin(client, at, **typed):
    return ask(client, at, {**SHARE, "chosen": 1, **typed}).json()["upload"]


def send(client, at, key, sent, **typed):
    response = ask(client, at, {"upload": key, "files": sent, **typed})
    return [(row["name"], row["outcome"]) for row in response.json()["rows"]]


def text(response):
    return response.content.decode()


def tally(upload):
    row = PhotoUpload.objects.get(key=upload) if isinstance(upload, str) else upload
    return row.chosen, row.added, row.duplicates, len(row.refused)


# On the guest's page ---------------------------------------------------------------------------------------------


def test_all_photos_of_a_form_come_in_when_no_script_sends_them(client, cast, gallery):
    sent = [file("a.jpg"), file("b.jpg", jpeg(1)), file("c.jpg", jpeg(1)), file("d.jpg", b"<html>")]
    response = client.post(page(cast.greta), {**SHARE, "files": sent})
    upload = PhotoUpload.objects.get()
    assert (response.status_code, response["Location"]) == (303, f"{page(cast.greta)}?upload={upload.key}")
    assert tally(upload) == (4, 2, 1, 1)
    assert set(Photo.objects.values_list("sent_by", "state", "upload__way")) == {(cast.greta.pk, "waiting", "guest")}
    shown = text(client.get(response["Location"]))
    assert "4 valgt: 2 lagt til, 1 er her allerede, 1 ikke tatt imot" in shown
    rows = re.findall(r'data-outcome="(\w+)"><span class="file-name">(.*?)</span>', shown)
    assert rows == [("refused", "d.jpg"), ("added", "a.jpg"), ("added", "b.jpg"), ("duplicate", "c.jpg")]
    assert shown.count("venter på godkjenning fra en arrangør") == 2


def test_each_file_is_answered_when_a_script_sends_them(client, cast, gallery):
    at = page(cast.greta)
    key = begin(client, at, chosen=3)
    assert send(client, at, key, file("a.jpg"), ident="1", chosen=3) == [("a.jpg", "added")]
    assert tally(key) == (3, 1, 0, 0)
    assert "2 ikke kommet fram ennå" in text(client.get(f"{at}?upload={key}"))
    assert send(client, at, key, file("b.jpg"), ident="2", chosen=3) == [("b.jpg", "duplicate")]
    assert send(client, at, key, file("c.jpg", b""), ident="3", chosen=3) == [("c.jpg", "refused")]
    assert tally(key) == (3, 1, 1, 1)


def test_a_file_counts_once_when_it_comes_again_after_a_lost_answer(client, cast, gallery):
    at = page(cast.greta)
    key = begin(client, at, chosen=3)
    for _try in range(2):
        assert send(client, at, key, file("a.jpg"), ident="1") == [("a.jpg", "added")]
        assert send(client, at, key, file("b.jpg"), ident="2") == [("b.jpg", "duplicate")]
        assert send(client, at, key, file("c.jpg", b"%PDF"), ident="3") == [("c.jpg", "refused")]
        assert tally(key) == (3, 1, 1, 1)
    assert Photo.objects.count() == 1


def test_a_file_that_is_too_large_to_send_is_counted_and_its_limit_named(client, cast, gallery, settings):
    settings.PHOTO_MAX_BYTES = 1000
    at = page(cast.greta)
    key = begin(client, at, chosen=2)
    answer = ask(client, at, {"upload": key, "ident": "1", "name": "stor.jpg", "size": 5000})
    assert answer.json()["rows"][0]["outcome"] == "refused"
    assert send(client, at, key, file("b.jpg", jpeg() + b"x" * 1000), ident="2") == [("b.jpg", "refused")]
    assert tally(key) == (2, 0, 0, 2)
    nothing = ask(client, at, {"upload": key, "ident": "3", "name": "liten.jpg", "size": 500})
    assert (nothing.status_code, tally(key)) == (422, (2, 0, 0, 2))


def test_a_zip_is_no_photo_when_a_guest_sends_one(client, cast, gallery):
    at = page(cast.greta)
    key = begin(client, at)
    assert send(client, at, key, file("a.zip", zip_of({"a.jpg": jpeg()})), ident="1") == [("a.zip", "refused")]
    assert Photo.objects.count() == 0


@pytest.mark.parametrize(("typed", "wrong"), [({"files": []}, {"may_share", "files"}), (SHARE, {"files"})])
def test_what_is_missing_is_said_when_the_form_is_not_whole(client, cast, gallery, typed, wrong):
    response = client.post(page(cast.greta), typed)
    assert response.status_code == 422
    assert set(response.context["form"].errors) == wrong
    assert "Feil:" in text(response) and 'role="alert"' in text(response)
    assert PhotoUpload.objects.count() == 0


def test_a_script_hears_what_is_missing_at_which_field(client, cast, gallery):
    answer = ask(client, page(cast.greta), {"chosen": 4})
    assert (answer.status_code, list(answer.json()["errors"])) == (422, ["may_share"])
    assert PhotoUpload.objects.count() == 0


def test_guests_hear_when_they_can_add_photos_and_are_led_there_from_that_day_on(client, cast, gallery, now):
    """By the event's own calendar; and only where the gallery takes photos of guests."""
    at, day = page(cast.greta), now.date()
    for held_on, is_open in ((day + timedelta(days=1), False), (day, True)):
        Event.objects.filter(pk=cast.event.pk).update(held_on=held_on)
        assert ("data-photos-in" in text(client.get(at))) is is_open
        assert (at in text(client.get(factories.page_of(cast.greta)))) is is_open
        assert client.post(at, {**SHARE, "files": [file()]}).status_code == (303 if is_open else 409)
    Event.objects.filter(pk=cast.event.pk).update(state="held")
    assert at in text(client.get(factories.page_of(cast.greta)))
    for closed in ("cancelled", "draft", "archived"):
        Event.objects.filter(pk=cast.event.pk).update(state=closed)
        assert at not in text(client.get(factories.page_of(cast.greta)))
        assert ask(client, at, {**SHARE, "chosen": 1}).status_code == 409
    Event.objects.filter(pk=cast.event.pk).update(state="open")
    Gallery.objects.update(takes_guest_photos=False)
    assert "tas det ikke imot bilder fra gjester" in text(client.get(at))
    assert ask(client, at, {**SHARE, "chosen": 1}).status_code == 409
    assert Photo.objects.count() == 1


@pytest.mark.parametrize(
    ("approval", "state", "said"), [("guests", "waiting", "ser på"), ("none", "shown", "med en gang")]
)
def test_the_page_says_who_will_see_the_photos_and_keeps_its_word(client, cast, gallery, approval, state, said):
    Gallery.objects.update(approval=approval)
    assert said in text(client.get(page(cast.greta)))
    client.post(page(cast.greta), {**SHARE, "files": [file()]})
    assert Photo.objects.get().state == state


def test_the_daily_limit_of_a_guest_is_named_and_ends_after_a_day(client, cast, gallery, clock):
    Gallery.objects.update(guest_limit=2)
    sent = [file(f"{n}.jpg", jpeg(n)) for n in range(3)]
    response = client.post(page(cast.greta), {**SHARE, "files": sent})
    assert tally(PhotoUpload.objects.get()) == (3, 2, 0, 1)
    assert "Mer enn det kan vi ikke ta imot på en dag: 2 bilder." in text(client.get(response["Location"]))
    client.post(page(cast.henrik), {**SHARE, "files": [file("h.jpg", jpeg(8))]})
    assert Photo.objects.filter(sent_by=cast.henrik).count() == 1
    clock.move(days=1, seconds=1)
    client.post(page(cast.greta), {**SHARE, "files": [file("9.jpg", jpeg(9))]})
    assert Photo.objects.filter(sent_by=cast.greta).count() == 3


def test_the_last_photo_of_the_day_counts_once_when_its_answer_was_lost(client, cast, gallery):
    Gallery.objects.update(guest_limit=1)
    at = page(cast.greta)
    key = begin(client, at)
    for _try in range(2):
        assert send(client, at, key, file("a.jpg", jpeg(1)), ident="a") == [("a.jpg", "added")]
    assert send(client, at, key, file("b.jpg", jpeg(2)), ident="b") == [("b.jpg", "refused")]
    assert tally(PhotoUpload.objects.get()) == (2, 1, 0, 1)
    assert Photo.objects.count() == 1


def test_a_guest_takes_back_the_own_photo_and_nobody_elses(
    client, cast, gallery, own_media, django_capture_on_commit_callbacks
):
    for guest, number in ((cast.greta, 1), (cast.henrik, 2)):
        client.post(page(guest), {**SHARE, "files": [file("a.jpg", jpeg(number))]})
    own, other = (Photo.objects.get(sent_by=guest) for guest in (cast.greta, cast.henrik))
    before = whole_database()
    assert client.post(page(cast.greta), {"take": other.key}).status_code == 404
    assert client.post(page(cast.greta), {"take": "\0"}).status_code == 404
    assert whole_database() == before
    with django_capture_on_commit_callbacks(execute=True):
        assert client.post(page(cast.greta), {"take": own.key}).status_code == 303
    assert list(Photo.objects.all()) == [other]
    assert [path.parent.name for path in own_media.rglob("original")] == [other.place]
    gone = History.objects.get(what="photo_gone")
    assert (gone.guest, gone.facts["taken_back"]) == (cast.greta, True)


def test_a_go_belongs_to_whoever_began_it(client, cast, gallery):
    key = begin(client, page(cast.greta))
    before = whole_database()
    for typed in ({"upload": key, "files": file()}, {"upload": "x" * 24, "files": file()}, {"upload": "\0"}):
        assert ask(client, page(cast.henrik), typed).status_code == 404
    assert client.get(f"{page(cast.henrik)}?upload={key}").status_code == 404
    assert client.get(f"{tables(gallery)}?upload={key}").status_code == 404
    assert whole_database() == before


def test_one_photo_too_many_in_a_minute_waits_and_the_go_stays(client, cast, gallery, settings, clock):
    settings.PHOTOS_PER_LINK_PER_MINUTE = 2
    at = page(cast.greta)
    key = begin(client, at)
    assert send(client, at, key, file(), ident="1") == [("a.jpg", "added")]
    before = whole_database()
    refused = ask(client, at, {"upload": key, "files": file("b.jpg", jpeg(1)), "ident": "2"})
    assert (refused.status_code, int(refused["Retry-After"]) > 0) == (429, True)
    plain = client.post(at, {**SHARE, "files": [file()]})
    assert plain.status_code == 429
    assert "velg dem en gang til" in text(plain)
    assert '<input type="hidden" name="may_share" value="on">' in text(plain)
    assert whole_database() == before
    assert begin(client, page(cast.henrik))


def test_names_of_files_are_shown_as_they_are_and_never_as_markup(client, cast, gallery):
    name = '<img src=x onerror="alert(1)">.jpg'
    response = client.post(page(cast.greta), {**SHARE, "files": [file(name)]})
    shown = text(client.get(response["Location"]))
    assert "<img src=x" not in shown
    assert "&lt;img src=x" in shown


# At the tables ---------------------------------------------------------------------------------------------------


def test_whoever_sits_at_a_table_adds_photos_under_a_name_and_they_always_wait(client, cast, gallery):
    Gallery.objects.update(approval="none")
    at = tables(gallery)
    assert "Greta" not in text(client.get(at))
    response = client.post(at, {**SHARE, "sender_name": "  Kari   fra bord 4 ", "files": [file()]})
    photo = Photo.objects.select_related("upload").get()
    assert (photo.state, photo.sent_by, photo.upload.way) == ("waiting", None, "table")
    assert photo.upload.sender_name == "Kari fra bord 4"
    shown = text(client.get(response["Location"]))
    assert "1 valgt: 1 lagt til" in shown
    assert "/photos/" not in shown and "<img" not in shown
    assert "a.jpg" not in text(client.get(at))


def test_a_name_is_asked_for_and_what_was_typed_is_kept(client, gallery):
    response = client.post(tables(gallery), {**SHARE, "files": [file()]})
    assert (response.status_code, set(response.context["form"].errors)) == (422, {"sender_name"})
    assert "checked" in text(response)
    response = client.post(tables(gallery), {"sender_name": "Kari", "files": [file()]})
    assert (response.status_code, 'value="Kari"' in text(response)) == (422, True)
    assert PhotoUpload.objects.count() == 0


def test_more_is_added_to_the_same_go_without_saying_it_all_again(client, gallery):
    key = begin(client, tables(gallery), sender_name="Kari")
    for number in range(2):
        client.post(tables(gallery), {"upload": key, "files": [file(f"{number}.jpg", jpeg(number))]})
    assert tally(key) == (2, 2, 0, 0)


def test_the_tables_have_a_limit_of_their_own(client, gallery, settings):
    settings.TABLE_PHOTOS_PER_DAY, settings.PHOTOS_PER_ADDRESS_PER_MINUTE = 1, 3
    at = tables(gallery)
    key = begin(client, at, sender_name="Kari")
    assert send(client, at, key, file("a.jpg"), ident="1") == [("a.jpg", "added")]
    assert send(client, at, key, file("b.jpg", jpeg(1)), ident="2") == [("b.jpg", "refused")]
    assert ask(client, at, {"upload": key, "files": file(), "ident": "3"}).status_code == 429


@pytest.mark.parametrize(
    "close",
    [
        lambda event: Gallery.objects.update(takes_table_photos=False),
        lambda event: Event.objects.filter(pk=event.pk).update(state="archived"),
        lambda event: galleries.renew_link(event, by=None, channel="office", now=factories.NOW),
    ],
    ids=["closed", "archived", "renewed"],
)
def test_a_code_that_is_closed_or_renewed_opens_the_one_warm_404(client, cast, gallery, close):
    at = tables(gallery)
    key = begin(client, at, sender_name="Kari")
    close(cast.event)
    warm = re.sub(r'value="[^"]{20,}"', "", text(client.get(f"/i/{34 * '1'}/")))
    sent = client.post(at, {"upload": key, "files": [file()]})
    for response in (client.get(at), sent, client.get(f"{at}?upload={key}")):
        assert response.status_code == 404
        assert re.sub(r'value="[^"]{20,}"', "", text(response)) == warm
    assert Photo.objects.count() == 0


def test_no_link_opens_what_is_of_another_purpose(client, cast, gallery):
    for token in factories.tokens_of(cast.greta).values():
        assert client.get(f"/p/{token}/").status_code == 404
    token = links.tables_token(gallery)
    for address in ("/i/{}/", "/i/{}/photos/add/", "/u/{}/", "/c/{}.ics", "/live/{}/", "/live/{}/board.json"):
        assert client.get(address.format(token)).status_code == 404


# What breaks -----------------------------------------------------------------------------------------------------


def test_more_than_a_request_may_hold_is_refused_unread_in_words(client, cast, gallery, settings):
    settings.PHOTOS_AT_ONCE_MAX_BYTES = 60 * 1024**2
    for at, size, status in (
        (page(cast.greta), 61 * 1024**2, 413),
        (tables(gallery), 61 * 1024**2, 413),
        (f"/p/{34 * '1'}/", 21 * 1024**2, 413),  # nobody's: as little as everywhere
        (page(cast.greta), 59 * 1024**2, 403),  # read on, as far as there is anything
    ):
        kind = "multipart/form-data; boundary=x"
        response = client.generic("POST", at, b"", content_type=kind, CONTENT_LENGTH=str(size))
        assert response.status_code in {status, 422 if status == 403 else status}, at
    response = client.generic("POST", page(cast.greta), b"", content_type=kind, CONTENT_LENGTH=str(61 * 1024**2))
    assert "det går å sende 60,0 MB om gangen" in text(response).replace("\xa0", " ")


def test_more_files_than_a_form_may_hold_are_refused_in_words(client, cast, gallery, settings):
    settings.DATA_UPLOAD_MAX_NUMBER_FILES = 3
    response = client.post(page(cast.greta), {**SHARE, "files": [file(f"{n}.jpg", jpeg(n)) for n in range(4)]})
    assert response.status_code == 413
    assert "Det går å sende 3 bilder om gangen" in text(response)
    assert PhotoUpload.objects.count() == 0


@pytest.mark.django_db(transaction=True)
def test_a_connection_that_breaks_half_way_leaves_nothing(
    client, live_server, cast, gallery, own_media, tmp_path_factory, settings
):
    beside = tmp_path_factory.mktemp("temp")
    settings.FILE_UPLOAD_TEMP_DIR = str(beside)
    key, at = begin(client, page(cast.greta)), page(cast.greta)
    before = whole_database()
    url = urlsplit(live_server.url)
    head = (
        f"POST {at} HTTP/1.1\r\nHost: {url.netloc}\r\nAccept: application/json\r\nContent-Length: 9000000\r\n"
        "Content-Type: multipart/form-data; boundary=x\r\n\r\n"
        f'--x\r\nContent-Disposition: form-data; name="upload"\r\n\r\n{key}\r\n'
        '--x\r\nContent-Disposition: form-data; name="files"; filename="a.jpg"\r\n\r\n'
    )
    with socket.create_connection((url.hostname, url.port)) as phone:
        phone.sendall(head.encode() + jpeg() + b"x" * 400_000)
        phone.shutdown(socket.SHUT_WR)
        phone.settimeout(10)
        while phone.recv(4096):
            pass
    assert whole_database() == before
    assert list(own_media.rglob("*.jpg")) == list(own_media.rglob("original")) == []
    assert list(beside.iterdir()) == []


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data; boundary=x", "application/json"])
def test_nonsense_is_met_with_words(client, cast, gallery, kind):
    for at in (page(cast.greta), tables(gallery)):
        for headers in ({}, {"accept": "application/json"}):
            response = client.generic("POST", at, b"\0\xff--x", content_type=kind, headers=headers)
            assert response.status_code in (400, 422)
    assert PhotoUpload.objects.count() == 0


def test_numbers_and_names_beyond_all_reason_are_met_with_words(client, cast, gallery):
    at = page(cast.greta)
    for chosen in ("-1", "x", "9" * 30, "\0"):
        assert ask(client, at, {**SHARE, "chosen": chosen}).status_code in (200, 422)
    key = begin(client, at)
    for typed in ({"ident": "x" * 5000}, {"chosen": "9" * 30}, {"ident": "\0"}, {"size": "9" * 40, "name": "a"}):
        assert ask(client, at, {"upload": key, **typed, "files": file()}).status_code in (200, 422)
    json.dumps(PhotoUpload.objects.get(key=key).files)


@pytest.mark.parametrize("earlier", [0, 40])
def test_a_photo_is_taken_in_with_the_same_queries_whatever_is_there_already(client, cast, gallery, earlier):
    at = page(cast.greta)
    key = begin(client, at)
    upload = PhotoUpload.objects.get(key=key)
    upload.files = [[f"i{n}", f"{n}.jpg", "added", "", {}] for n in range(earlier)]
    upload.save()
    Photo.objects.bulk_create(
        Photo(event=cast.event, upload=upload, sent_by=cast.greta, sha256=f"{n:064}", received_at=factories.NOW)
        for n in range(earlier)
    )
    with CaptureQueriesContext(connection) as captured:
        assert send(client, at, key, file("ny.jpg", jpeg(99)), ident="ny") == [("ny.jpg", "added")]
    around = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    queries = [query["sql"] for query in captured if not query["sql"].startswith(around)]
    assert len(queries) <= 15, queries


@pytest.mark.parametrize("way", ["guest", "table"])
def test_what_is_noted_of_a_go_ends_however_much_is_sent_that_is_no_photo(client, cast, gallery, monkeypatch, way):
    monkeypatch.setattr("events.actions.photo_adding.MOST_LINES", 3)
    at = page(cast.greta) if way == "guest" else tables(gallery)
    key = begin(client, at, sender_name="Bord 4")
    for number in range(6):
        assert send(client, at, key, file(f"{number}.pdf", b"%PDF"), ident=str(number)) == [
            (f"{number}.pdf", "refused")
        ]
    assert len(PhotoUpload.objects.get(key=key).files) == 3
