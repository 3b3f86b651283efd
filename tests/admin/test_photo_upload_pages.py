"""Adding photos in the back office: files and zips, by a script and without, and whose goes one sees."""

import io
import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from events.actions import photo_receiving
from events.models import Album, Gallery, History, Photo, PhotoUpload
from tests import factories
from tests.database import whole_database
from tests.photo_files import jpeg, zip_of

pytestmark = [pytest.mark.usefixtures("own_media"), pytest.mark.usefixtures("own_media")]


def page(event):
    return f"/admin/events/event/{event.pk}/photos/add/"


def file(name="a.jpg", data=None):
    return SimpleUploadedFile(name, jpeg() if data is None else data)


def ask(client, event, **typed):
    return client.post(page(event), typed, headers={"accept": "application/json"})


def rows(response):
    return [(row["name"], row["outcome"]) for row in response.json()["rows"]]


def text(response):
    return response.content.decode()


def tally(upload):
    upload.refresh_from_db()
    return upload.chosen, upload.added, upload.duplicates, len(upload.refused)


def test_a_form_without_scripts_takes_files_and_a_zip_into_an_album(office, cast):
    album = Album.objects.create(event=cast.event, title=factories.texts("Middagen"))
    sent = [
        file(),
        file("b.zip", zip_of({"x/b.jpg": jpeg(1), "x/a.jpg": jpeg(), "les.txt": b"hei"})),
        file("c.jpg", b""),
    ]
    response = office("otto").post(page(cast.event), {"album": album.pk, "files": sent}, follow=True)
    upload = PhotoUpload.objects.get()
    assert (upload.by, upload.album, upload.way, tally(upload)) == (cast.otto, album, "office", (5, 2, 1, 2))
    assert set(Photo.objects.values_list("album", "state")) == {(album.pk, "shown")}
    shown = text(response)
    assert "5 valgt: 2 lagt til, 1 er her allerede, 2 ikke tatt imot" in shown
    assert "0 av 2 bilder er klare" in shown and "data-busy" in shown
    found = re.findall(r'data-outcome="(\w+)"><span class="file-name">(.*?)</span>', shown)
    assert sorted(found) == sorted(
        [("refused", "les.txt"), ("refused", "c.jpg"), ("added", "a.jpg"), ("added", "b.jpg"), ("duplicate", "a.jpg")]
    )
    assert History.objects.filter(what="photos", by=cast.otto).count() == 1


def test_each_entry_of_a_zip_is_answered_and_counts_once_when_it_comes_again(office, cast):
    otto = office("otto")
    key = ask(otto, cast.event, chosen=1).json()["upload"]
    upload = PhotoUpload.objects.get(key=key)
    data = zip_of({"a.jpg": jpeg(1), "b.jpg": jpeg(2), "mappe/a.jpg": jpeg(1), "c.svg": b"<svg/>"})
    for _try in range(2):
        got = rows(ask(otto, cast.event, upload=key, ident="1", files=file("alt.zip", data)))
        assert got == [("a.jpg", "added"), ("b.jpg", "added"), ("a.jpg", "duplicate"), ("c.svg", "refused")]
        assert tally(upload) == (4, 2, 1, 1)
    assert rows(ask(otto, cast.event, upload=key, ident="2", files=file("x.zip", b"PK\x03\x04x"))) == [
        ("x.zip", "refused")
    ]
    assert tally(upload) == (5, 2, 1, 2)


def test_ready_ones_and_those_that_could_not_be_read_are_told_apart(office, cast):
    office("otto").post(page(cast.event), {"files": [file(f"{n}.jpg", jpeg(n)) for n in range(3)]})
    made, refused, _waiting = Photo.objects.order_by("pk")
    Photo.objects.filter(pk=made.pk).update(work="made")
    Photo.objects.filter(pk=refused.pk).update(work="refused", refusal={"code": "damaged", "facts": {}})
    shown = text(office("otto").get(f"{page(cast.event)}?upload={PhotoUpload.objects.get().key}"))
    assert "1 av 3 bilder er klare" in shown and "data-busy" in shown
    assert shown.count("Disse kunne ikke leses") == 1 and "1.jpg" in shown.partition("Disse kunne ikke leses")[2]
    Photo.objects.filter(work="waiting").update(work="made")
    assert "data-busy" not in text(office("otto").get(f"{page(cast.event)}?upload={PhotoUpload.objects.get().key}"))


def test_what_a_command_brought_in_has_arrived(office, cast, now):
    upload = photo_receiving.open_upload(cast.event, way="command", by=None, now=now)
    for data in jpeg(1), jpeg(1), b"<svg/>":
        photo_receiving.receive(upload, io.BytesIO(data), "a.jpg", channel="command", now=now, may_repeat=False)
    assert "3 valgt: 1 lagt til, 1 er her allerede, 1 ikke tatt imot" in text(office("otto").get(page(cast.event)))


def test_a_photographer_adds_photos_and_sees_the_own_goes_only(office, cast):
    Gallery.objects.create(event=cast.event, approval="all")
    office("otto").post(page(cast.event), {"files": [file("ottos.jpg")]})
    ottos = PhotoUpload.objects.get()
    office("pia").post(page(cast.event), {"files": [file("pias.jpg", jpeg(1))]})
    pias = PhotoUpload.objects.exclude(pk=ottos.pk).get()
    assert set(Photo.objects.values_list("file_name", "state")) == {("ottos.jpg", "shown"), ("pias.jpg", "waiting")}
    listed = text(office("pia").get(page(cast.event)))
    assert pias.key in listed and ottos.key not in listed and "/gallery/" not in listed
    assert {ottos.key, pias.key} <= set(re.findall(r"upload=(\w+)", text(office("otto").get(page(cast.event)))))
    before = whole_database()
    assert office("pia").get(f"{page(cast.event)}?upload={ottos.key}").status_code == 404
    assert ask(office("pia"), cast.event, upload=ottos.key, files=file("x.jpg", jpeg(2))).status_code == 404
    assert {t: r for t, r in whole_database().items() if t.startswith("events_")} == {
        t: r for t, r in before.items() if t.startswith("events_")
    }


@pytest.mark.parametrize("who", ["olga", "ken", "nora"])
def test_nobody_adds_photos_to_an_event_of_others(office, cast, who):
    key = ask(office("otto"), cast.event, chosen=1).json()["upload"]
    for typed in ({"chosen": 1}, {"files": [file()]}, {"upload": key, "files": file()}):
        assert ask(office(who), cast.event, **typed).status_code in (302, 404)
    assert office("olga").get(f"{page(cast.other_event)}?upload={key}").status_code == 404
    assert ask(office("olga"), cast.other_event, upload=key, files=file()).status_code == 404
    assert Photo.objects.count() == 0


def test_an_album_of_another_event_is_none(office, cast):
    Album.objects.create(event=cast.event, title=factories.texts("Vårt"))
    theirs = Album.objects.create(event=cast.other_event, title=factories.texts("Zoes album"))
    response = office("otto").post(page(cast.event), {"album": theirs.pk, "files": [file()]})
    assert (response.status_code, "Zoes" in text(response)) == (422, False)
    assert Photo.objects.count() == 0


def test_photos_come_into_a_new_album_when_its_name_is_typed(office, cast):
    otto = office("otto")
    assert "new_album" in text(otto.get(page(cast.event)))  # the first album is made here, too
    otto.post(page(cast.event), {"new_album": "  Etter   løpet ", "files": [file()]})
    album = Album.objects.get(event=cast.event)
    assert (dict(album.title), Photo.objects.get().album) == ({"nb": "Etter løpet"}, album)
    row = History.objects.get(what="photo_changed")
    assert (row.by, row.facts) == (cast.otto, {"change": "album_made", "album": album.pk})
    key = ask(otto, cast.event, chosen=1, new_album="etter LØPET").json()["upload"]
    assert PhotoUpload.objects.get(key=key).album == album  # that one, not a second


def test_a_photographer_makes_no_albums(office, cast):
    pia = office("pia")
    assert "new_album" not in text(pia.get(page(cast.event)))
    pia.post(page(cast.event), {"new_album": "Mitt", "files": [file()]})
    assert (Photo.objects.count(), Album.objects.count()) == (1, 0)


def test_nothing_chosen_is_said_in_words(office, cast):
    response = office("otto").post(page(cast.event), {})
    assert response.status_code == 422
    assert "Velg minst ett bilde." in text(response)


def test_a_large_zip_is_let_in_for_whoever_is_logged_in_and_nobody_else(office, cast, settings):
    kind = "multipart/form-data; boundary=x"

    def send(who, size):
        return (
            office(who).generic("POST", page(cast.event), b"", content_type=kind, CONTENT_LENGTH=str(size)).status_code
        )

    assert send("anonymous", 100 * 1024**2) == 413
    assert send("otto", 100 * 1024**2) != 413
    assert send("otto", settings.PHOTO_ZIP_MAX_BYTES + 2 * 1024**2) == 413
