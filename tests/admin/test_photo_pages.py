"""The organiser's photos: the grid and its kinds, deeds on many, one photo's page, tags, requests, albums."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone, translation

from events.domain import dates
from events.models import Album, Consent, Contact, Entry, Gallery, History, Photo, PhotoMark, RemovalRequest
from events.reports import photo_asks
from tests import factories, photo_rows

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture
def otto(office):
    return office("otto")


def url(cast, name, *args):
    return reverse(f"admin:{name}", args=[cast.event.pk, *args])


def say_no(guest, now):
    Consent.objects.create(
        guest=guest, purpose="photos", is_given=False, text_version="1", language="nb", channel="web", said_at=now
    )


def runner(cast, name, bib, event=None):
    guest = factories.make_guest(event or cast.event, name, answers={"race": "coming"})
    race = guest.event.activity_set.get(slug="race")
    Entry.objects.create(guest=guest, activity=race, bib=bib, changed_at=guest.created_at)
    return guest


def do(client, cast, deed, *photos, follow=True, **more):
    posted = {"deed": deed, "photo": [photo.pk for photo in photos], **more}
    return client.post(url(cast, "event_photos_do"), posted, follow=follow)


def shown_on(client, cast, **query):
    page = client.get(url(cast, "event_photos"), query)
    return [photo.pk for photo in page.context["page"].object_list]


@pytest.fixture
def kinds(cast, now):
    """One photo of each kind."""
    make = lambda **fields: photo_rows.make_photo(cast.event, has_files=False, **fields)  # noqa: E731
    made = {
        "waiting": make(state="waiting"), "asked": make(state="hidden"), "held": make(), "making": make(work="waiting"),
        "failed": make(work="refused", refusal={"code": "incomplete", "facts": {}}), "hidden": make(state="hidden"),
        "shown": make(),
    }  # fmt: skip
    RemovalRequest.objects.create(photo=made["asked"], guest=cast.henrik, note="Ikke meg", asked_at=now)
    photo_rows.mark(made["held"], cast.ines)
    say_no(cast.ines, now)
    photo_rows.make_photo(cast.other_event, has_files=False, file_name="zoe.jpg", state="waiting")
    return made


def test_each_kind_finds_its_photos_and_says_how_many(otto, cast, kinds):
    for kind, photo in kinds.items():
        expected = {photo.pk} | ({kinds["asked"].pk} if kind == "hidden" else set())
        assert set(shown_on(otto, cast, show=kind)) == expected, kind
    counts = otto.get(url(cast, "event_photos")).context["desk"].counts
    assert counts == {**dict.fromkeys(kinds, 1), "hidden": 2, "all": 7, "unmarked": 4}
    assert len(shown_on(otto, cast)) == 7 and "zoe" not in otto.get(url(cast, "event_photos")).content.decode()


def test_why_a_photo_is_not_seen_stands_on_it(otto, cast, kinds):
    text = otto.get(url(cast, "event_photos"), headers={"accept-language": "en"}).content.decode()
    for words in ("Ines Öberg said no", "asked to be taken away", "waits for you", "could not be made", "being made"):
        assert words in text
    page = otto.get(url(cast, "event_photo", kinds["held"].pk), headers={"accept-language": "en"}).content.decode()
    assert "Held back from all guests: Ines Öberg" in page


def test_who_said_no_stands_on_the_gallery_page_by_name(otto, cast, kinds):
    page = otto.get(url(cast, "event_photos"))
    assert [guest.name for guest in page.context["refusers"]] == ["Ines Öberg"]


def test_photos_of_one_album_or_upload_are_found(otto, cast):
    album = Album.objects.create(event=cast.event, title={"nb": "Løpet"})
    inside = photo_rows.make_photo(cast.event, has_files=False, album=album)
    outside = photo_rows.make_photo(cast.event, has_files=False, upload=photo_rows.make_upload(cast.event))
    assert shown_on(otto, cast, album=album.pk) == [inside.pk]
    assert shown_on(otto, cast, album="none") == [outside.pk]
    assert shown_on(otto, cast, upload=outside.upload_id) == [outside.pk]
    assert shown_on(otto, cast, album="-1", show="<x>", upload="9" * 30) == [inside.pk, outside.pk]


def test_what_is_shown_or_hidden_can_be_undone_at_once(otto, cast):
    first, second = photo_rows.make_photos(cast.event, 2)
    page = do(otto, cast, "hide", first, second)
    assert page.context["done"]["row"].facts["n"] == 2
    assert Photo.objects.filter(state="hidden").count() == 2
    otto.post(url(cast, "event_photos_undo", page.context["done"]["row"].pk))
    assert Photo.objects.filter(state="shown").count() == 2


def test_nobody_undoes_the_deed_of_another_event(otto, cast, now):
    photo = photo_rows.make_photo(cast.other_event, has_files=False, state="hidden")
    facts = {"n": 1, "was": {"shown": [photo.pk]}}
    row = History.objects.create(event=cast.other_event, at=now, channel="office", what="photo_hidden", facts=facts)
    assert otto.post(url(cast, "event_photos_undo", row.pk)).status_code == 404
    assert Photo.objects.get().state == "hidden"


def test_all_means_all_of_the_kind_on_every_page(otto, cast, monkeypatch):
    monkeypatch.setattr("events.admin.photo_pages.A_PAGE", 2)
    photo_rows.make_photos(cast.event, 5)
    waiting = [photo_rows.make_photo(cast.event, has_files=False, state="waiting") for _each in range(3)]
    do(otto, cast, "show", all="1", show="waiting")
    assert not Photo.objects.filter(state="waiting").exists()
    assert History.objects.get(what="photo_shown").facts["n"] == len(waiting)


def test_nothing_happens_to_a_photo_of_another_event(otto, cast):
    zoes = photo_rows.make_photo(cast.other_event, has_files=False, state="waiting")
    for deed in ("show", "hide", "turn", "delete", "cover", "again", "album"):
        do(otto, cast, deed, zoes, sure="1")
    assert Photo.objects.get(state="waiting", work="made", turned=0) == zoes
    assert otto.get(url(cast, "event_photo", zoes.pk)).status_code == 404
    assert otto.get(url(cast, "event_photo_file", zoes.key, "480.jpg")).status_code == 404


def test_one_is_asked_once_with_the_count_before_photos_are_deleted(otto, cast):
    photos = photo_rows.make_photos(cast.event, 3)
    asked = do(otto, cast, "delete", *photos[:2], follow=False)
    assert asked.status_code == 200 and "Slette 2 bilder?" in asked.content.decode()
    assert Photo.objects.count() == 3
    do(otto, cast, "delete", *photos, sure="2")
    assert Photo.objects.count() == 3  # it was asked about two
    do(otto, cast, "delete", *photos[:2], sure="2")
    assert list(Photo.objects.all()) == [photos[2]]


def test_a_deed_without_photos_or_of_no_kind_changes_nothing(otto, cast):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    assert do(otto, cast, "hide").status_code == 200
    assert do(otto, cast, "explode", photo).status_code == 404
    assert Photo.objects.get().state == "shown"


def test_chosen_photos_move_in_time_and_into_albums(otto, cast):
    photo, other = photo_rows.make_photos(cast.event, 2)
    do(otto, cast, "shift", photo, minutes="-65")
    album = Album.objects.create(event=cast.event, title={"nb": "Løpet"})
    do(otto, cast, "album", photo, to_album=album.pk)
    found = Photo.objects.get(pk=photo.pk)
    assert (found.taken_at - found.ordered_at).total_seconds() == 65 * 60 and found.album == album
    assert Photo.objects.get(pk=other.pk).album is None
    foreign = Album.objects.create(event=cast.other_event, title={"nb": "Deres"})
    assert do(otto, cast, "album", photo, to_album=foreign.pk).status_code == 404


@pytest.mark.parametrize("typed", ["", "mange", "1.5", "99999999999", "--1"])
def test_nothing_moves_when_the_minutes_are_no_number(otto, cast, typed):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    assert do(otto, cast, "shift", photo, minutes=typed).status_code == 200
    found = Photo.objects.get()
    assert found.ordered_at == found.taken_at


def test_the_clock_of_an_upload_is_set(otto, cast):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    otto.post(url(cast, "event_photo_upload_clock", photo.upload_id), {"minutes": "60"})
    found = Photo.objects.select_related("upload").get()
    assert (found.ordered_at - found.taken_at).total_seconds() == 3600 and found.upload.shift_minutes == 60
    theirs = photo_rows.make_upload(cast.other_event)
    assert otto.post(url(cast, "event_photo_upload_clock", theirs.pk), {"minutes": "60"}).status_code == 404


def test_what_could_not_be_made_is_tried_again(otto, cast):
    photo = photo_rows.make_photo(
        cast.event, has_files=False, work="refused", has_original=True, refusal={"code": "incomplete", "facts": {}}
    )  # fmt: skip
    page = otto.get(url(cast, "event_photo", photo.pk))
    assert page.context["refusal"] and page.context["refusal"] in page.content.decode()
    do(otto, cast, "again", photo)
    assert Photo.objects.get().work == "waiting"


def tag(client, cast, photo, who, **more):
    return client.post(url(cast, "event_photo_tag", photo.pk), {"who": who, **more}, follow=True)


def marked(photo):
    return set(PhotoMark.objects.filter(photo=photo).values_list("guest__contact__name", flat=True))


def test_a_runner_is_tagged_by_bib_and_the_next_photo_comes(otto, cast):
    runner(cast, "Kari Nordås", 17)
    runner(cast, "Zara Zink", 17, event=cast.other_event)
    first, second = photo_rows.make_photos(cast.event, 2)
    page = tag(otto, cast, first, "17", next=second.pk)
    assert marked(first) == {"Kari Nordås"} and PhotoMark.objects.get().said == "office"
    assert page.context["photo"] == second


def test_several_are_tagged_at_once_by_bib_and_the_beginning_of_a_name(otto, cast):
    runner(cast, "Kari Nordås", 17)
    photo = photo_rows.make_photo(cast.event, has_files=False)
    page = tag(otto, cast, photo, "17, gre, sørli")
    assert marked(photo) == {"Kari Nordås", "Greta Åsen", "Henrik Sørli"}
    assert page.context["photo"] == photo


def test_one_is_asked_who_is_meant_when_several_fit_or_nobody_does(otto, cast):
    for name in ("Kari Nordås", "Kari Berge"):
        runner(cast, name, None)
    photo = photo_rows.make_photo(cast.event, has_files=False)
    page = tag(otto, cast, photo, "gre, kari, 99")
    assert page.status_code == 422 and marked(photo) == {"Greta Åsen"}
    asked = {word: [each.guest.name for each in people] for word, people in page.context["asked"]}
    assert asked == {"kari": ["Kari Berge", "Kari Nordås"], "99": []}
    chosen = next(each.guest for each in page.context["asked"][0][1])
    tag(otto, cast, photo, "", guest=[chosen.pk])
    assert marked(photo) == {"Greta Åsen", chosen.name}


def test_who_is_chosen_from_the_list_counts_beside_what_was_typed_before(otto, cast):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    runner(cast, "Kari Nordås", 17)
    tag(otto, cast, photo, "17, ", guest=[cast.greta.pk])
    assert marked(photo) == {"Kari Nordås", "Greta Åsen"}
    page = tag(otto, cast, photo, "zzz, ", guest=[cast.greta.pk])
    assert page.status_code == 422 and page.context["typed"] == "zzz"


def test_nobody_of_another_event_is_tagged_or_suggested(otto, cast):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    tag(otto, cast, photo, "zoe")
    tag(otto, cast, photo, "", guest=[cast.zoe.pk])
    assert not PhotoMark.objects.exists()
    assert otto.get(url(cast, "event_photo_people"), {"q": "zo"}).json() == {"people": []}


def test_suggestions_have_bib_name_and_who_said_no(otto, cast, now):
    kari = runner(cast, "Kari Nordås", 17)
    say_no(kari, now)
    for typed in ("17", "nord", "KARI N"):
        found = otto.get(url(cast, "event_photo_people"), {"q": typed}).json()["people"]
        assert [(row["guest"], row["words"], row["says_no"]) for row in found] == [
            (kari.pk, "17 · Kari Nordås", True)
        ], typed  # fmt: skip


def test_it_is_said_at_once_that_a_photo_is_held_back_when_somebody_who_said_no_is_tagged(otto, cast, now):
    say_no(cast.greta, now)
    photo = photo_rows.make_photo(cast.event, has_files=False)
    page = tag(otto, cast, photo, "greta").content.decode()
    assert "Greta Åsen har sagt nei til bilder. Dette bildet holdes tilbake nå" in page
    assert not Photo.objects.visible_to(cast.henrik).exists()


def test_a_mark_by_the_guest_says_so_and_can_be_taken_off(otto, cast):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    photo_rows.mark(photo, cast.greta)
    assert "sier: Det er meg" in otto.get(url(cast, "event_photo", photo.pk)).content.decode()
    otto.post(url(cast, "event_photo_untag", photo.pk, cast.greta.pk))
    assert not PhotoMark.objects.exists()


def test_previous_and_next_stay_among_the_kind_in_hand(otto, cast):
    photos = photo_rows.make_photos(cast.event, 4)
    Photo.objects.filter(pk=photos[1].pk).update(state="hidden")
    page = otto.get(url(cast, "event_photo", photos[2].pk), {"show": "shown"})
    assert (page.context["at"], page.context["count"]) == (2, 3)
    assert f"/photos/{photos[0].pk}/?show=shown" in page.context["urls"]["before"]
    assert f"/photos/{photos[3].pk}/?show=shown" in page.context["urls"]["after"]


def test_a_caption_is_saved_and_is_the_alt_text(otto, cast):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    page = otto.post(url(cast, "event_photo_caption", photo.pk), {"caption": "På <toppen>"}, follow=True)
    assert 'alt="På &lt;toppen&gt;"' in page.content.decode()


def test_a_cover_is_chosen(otto, cast):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    do(otto, cast, "cover", photo, at=photo.pk)
    assert Gallery.objects.get(event=cast.event).cover == photo
    assert "★ forsidebilde" in otto.get(url(cast, "event_photos")).content.decode()
    assert "Gjør det til forsidebilde" not in otto.get(url(cast, "event_photo", photo.pk)).content.decode()


def test_an_empty_album_says_how_photos_come_into_it(otto, cast):
    photo_rows.make_photo(cast.event, has_files=False)
    album = Album.objects.create(event=cast.event, title={"nb": "Løpet"})
    page = otto.get(url(cast, "event_photos"), {"album": album.pk}).content.decode()
    assert "trykk Mer, og legg dem i et album" in page


def test_it_is_said_when_no_mail_reaches_whoever_asked_for_a_photo_to_go(otto, cast, now):
    photo = photo_rows.make_photo(cast.event, has_files=False, state="hidden")
    RemovalRequest.objects.create(photo=photo, guest=cast.greta, asked_at=now)
    assert "Ingen e-post når fram" not in otto.get(url(cast, "event_photo_removals")).content.decode()
    Contact.objects.filter(pk=cast.greta.contact_id).update(email_fails=True)
    assert "Ingen e-post når fram til denne gjesten" in otto.get(url(cast, "event_photo_removals")).content.decode()


@pytest.mark.parametrize(
    ("decision", "state"), [("hide", "hidden"), ("show", "shown"), ("delete", None)]
)  # fmt: skip
def test_a_request_to_take_a_photo_away_is_decided(otto, cast, now, decision, state):
    photo = photo_rows.make_photo(cast.event, has_files=False, state="hidden")
    row = RemovalRequest.objects.create(photo=photo, guest=cast.greta, note="Jeg blunker", asked_at=now)
    listed = otto.get(url(cast, "event_photo_removals")).content.decode()
    assert "Jeg blunker" in listed and "Greta Åsen" in listed
    typed = {"decision": decision, "sure": "1", "reason": "Ingen kjennes igjen"}
    otto.post(url(cast, "event_photo_removal", row.pk), typed)
    found = Photo.objects.filter(event=cast.event).first()
    assert (found and found.state) == state
    assert not RemovalRequest.objects.filter(decision="open").exists()


def test_two_who_ask_for_one_photo_stand_in_one_sentence_and_one_decision_answers_both(otto, cast, now):
    photo = photo_rows.make_photo(cast.event, has_files=False, state="hidden")
    other = photo_rows.make_photo(cast.event, has_files=False, state="hidden")
    rows = [
        RemovalRequest.objects.create(photo=photo, guest=guest, note=f"Ord {n}", asked_at=now + timedelta(minutes=n))
        for n, guest in enumerate((cast.greta, cast.henrik))
    ]
    RemovalRequest.objects.create(photo=other, guest=cast.ines, asked_at=now + timedelta(seconds=5))
    page = otto.get(url(cast, "event_photo_removals"))
    waiting = [asked for asked, _sentence in page.context["waiting"]]
    assert [asked.who for asked in waiting] == ["Greta Åsen og Henrik Sørli", "Ines Öberg"]
    text = page.content.decode()
    assert text.count("Greta Åsen</a> og <a") == 1
    assert "Ord 0" in text and "Ord 1" in text
    assert text.count(url(cast, "event_photo_removal", rows[0].pk)) == 1
    assert url(cast, "event_photo_removal", rows[1].pk) not in text
    one = otto.get(url(cast, "event_photo", photo.pk)).content.decode()
    assert one.count("Greta Åsen og Henrik Sørli") == 1
    assert "Ord 0" in one and "Ord 1" in one
    waits = {line.url: line.count for line in otto.get(url(cast, "event_overview")).context["to_do"]}
    assert waits[url(cast, "event_photo_removals")] == 2
    otto.post(url(cast, "event_photo_removal", rows[0].pk), {"decision": "hide"})
    assert set(RemovalRequest.objects.filter(photo=photo).values_list("decision", flat=True)) == {"removed"}
    decided = otto.get(url(cast, "event_photo_removals")).context["decided"]
    assert [(asked.who, len(asked.requests)) for asked in decided] == [("Greta Åsen og Henrik Sørli", 2)]


@pytest.mark.parametrize(
    ("language", "joined"),
    [
        ("nb", "Greta Åsen, Henrik Sørli og noen"), ("en", "Greta Åsen, Henrik Sørli and somebody"),
        ("sv", "Greta Åsen, Henrik Sørli och någon"), ("fi", "Greta Åsen, Henrik Sørli ja joku"),
    ],
)  # fmt: skip
def test_whoever_asked_is_listed_as_each_language_does_and_the_forgotten_as_somebody(cast, now, language, joined):
    photo = photo_rows.make_photo(cast.event, has_files=False, state="hidden")
    for guest in (cast.greta, cast.henrik, None, None):
        RemovalRequest.objects.create(photo=photo, guest=guest, asked_at=now)
    with translation.override(language):
        assert photo_asks.about(photo).who == joined
    assert photo_asks.about(photo_rows.make_photo(cast.event, has_files=False)) is None


def test_deleting_what_was_asked_away_is_asked_once(otto, cast, now):
    photo = photo_rows.make_photo(cast.event, has_files=False, state="hidden")
    row = RemovalRequest.objects.create(photo=photo, guest=cast.greta, asked_at=now)
    assert otto.post(url(cast, "event_photo_removal", row.pk), {"decision": "delete"}).status_code == 200
    assert Photo.objects.exists() and RemovalRequest.objects.filter(decision="open").exists()


def test_whoever_shows_again_what_was_asked_away_says_why(otto, cast, now):
    photo = photo_rows.make_photo(cast.event, has_files=False, state="hidden")
    row = RemovalRequest.objects.create(photo=photo, guest=cast.greta, asked_at=now)
    answers = [
        otto.post(url(cast, "event_photo_removal", row.pk), {"decision": "show", **typed})
        for typed in ({}, {"reason": " "}, {"reason": "x" * 301})
    ]
    assert [answer.status_code for answer in answers] == [200, 422, 422]
    assert 'name="reason"' in answers[0].content.decode()
    assert RemovalRequest.objects.get().decision == "open"
    otto.post(url(cast, "event_photo_removal", row.pk), {"decision": "show", "reason": "Du er ikke på det"})
    stored = RemovalRequest.objects.get()
    assert (stored.decision, stored.reason, stored.photo.state) == ("kept", "Du er ikke på det", "shown")


def test_the_list_of_what_was_asked_away_shows_the_promised_day(otto, cast, now):
    photo = photo_rows.make_photo(cast.event, has_files=False, state="hidden")
    row = RemovalRequest.objects.create(photo=photo, guest=cast.greta, asked_at=now)
    promised = timezone.localtime(row.asked_at, cast.event.zone) + timedelta(days=7)
    assert dates.by_day(promised, "nb") in otto.get(url(cast, "event_photo_removals")).content.decode()


def test_what_waits_stands_in_the_navigation_and_on_the_overview(otto, cast, kinds):
    page = otto.get(url(cast, "event_overview"))
    lines = {line.url: line.count for line in page.context["to_do"]}
    assert lines[url(cast, "event_photo_removals")] == 1
    assert lines[url(cast, "event_photos") + "?show=waiting"] == 1
    assert lines[url(cast, "event_photos") + "?show=failed"] == 1
    links = {link.url: link.waits for _title, found in page.context["navigation"].groups for link in found}
    assert links[url(cast, "event_photos")] == 2


def test_albums_are_made_moved_named_and_deleted(otto, cast):
    for title in ("Løpet", "Middagen"):
        otto.post(url(cast, "event_photo_albums"), {"title_nb": title})
    race, dinner = Album.objects.filter(event=cast.event)
    otto.post(url(cast, "event_photo_album_move", dinner.pk), {"step": "up"})
    otto.post(url(cast, "event_photo_album", race.pk), {"title_nb": "Opp", "title_fi": "Ylös"})
    assert [str(album) for album in Album.objects.all()] == ["Middagen", "Opp"]
    for name in ("event_photo_albums", "event_photos"):
        assert [str(album) for album in otto.get(url(cast, name)).context["albums"]] == ["Middagen", "Opp"]
    assert otto.post(url(cast, "event_photo_albums"), {}).status_code == 422
    otto.post(url(cast, "event_photo_album_remove", dinner.pk))
    assert list(Album.objects.all()) == [race]
    theirs = Album.objects.create(event=cast.other_event, title={"nb": "Deres"})
    for name in ("event_photo_album", "event_photo_album_remove"):
        assert otto.get(url(cast, name, theirs.pk)).status_code == 404


def test_the_newest_uploads_stand_first(otto, cast):
    older, newer = (photo_rows.make_upload(cast.event) for _upload in range(2))
    for upload in (older, newer):
        photo_rows.make_photo(cast.event, has_files=False, upload=upload)
    assert list(otto.get(url(cast, "event_photos")).context["uploads"]) == [newer, older]


def test_the_large_picture_is_named_when_it_has_no_caption(otto, cast):
    photo = photo_rows.make_photo(cast.event, has_files=False)
    assert 'alt=""' not in otto.get(url(cast, "event_photo", photo.pk)).content.decode()  # it is a link


@pytest.mark.parametrize("name", ["480.jpg", "1280.jpg", "2000.jpg", "full.jpg"])
def test_an_organiser_gets_every_size(otto, cast, name):
    photo = photo_rows.make_photo(cast.event, state="hidden")
    response = otto.get(url(cast, "event_photo_file", photo.key, name))
    assert response.status_code == 200 and response["Content-Type"] == "image/jpeg"
    assert b"".join(response.streaming_content)[:2] == b"\xff\xd8"
    assert response["X-Content-Type-Options"] == "nosniff" and "sandbox" in response["Content-Security-Policy"]
    is_taken_along = name == "full.jpg"
    assert response["Cache-Control"] == ("private, no-store" if is_taken_along else "private, max-age=86400")
    assert ("attachment" in response["Content-Disposition"]) == is_taken_along


def test_what_is_no_file_of_a_photo_is_not_found(otto, cast):
    photo = photo_rows.make_photo(cast.event)
    for name in ("original", "480.jpg.exe", "481.jpg"):
        assert otto.get(f"/admin/events/event/{cast.event.pk}/photos/{photo.key}/{name}").status_code == 404


@pytest.mark.parametrize("page", ["event_photos", "event_photo_removals", "event_photo_albums"])
def test_queries_are_as_many_for_a_hundred_photos_as_for_one(otto, cast, now, page):
    counts = []
    for size in (1, 50):
        for photo in photo_rows.make_photos(cast.event, size):
            photo_rows.mark(photo, cast.greta)
            RemovalRequest.objects.create(photo=photo, guest=cast.henrik, asked_at=now)
        Album.objects.create(event=cast.event, title={"nb": "Løpet"})
        with CaptureQueriesContext(connection) as asked:
            assert otto.get(url(cast, page)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_one_photos_page_costs_the_same_among_hundreds(otto, cast):
    photo, counts = photo_rows.make_photo(cast.event, has_files=False), []
    for size in (1, 200):
        photo_rows.make_photos(cast.event, size)
        with CaptureQueriesContext(connection) as asked:
            assert otto.get(url(cast, "event_photo", photo.pk)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_the_photographers_list_has_bibs_and_who_said_no_first(otto, cast, now):
    kari = runner(cast, "Kari Nordås", 17)
    say_no(kari, now)
    page = otto.get(url(cast, "event_photographer")).content.decode()
    assert page.index("Kari Nordås") < page.index("Greta Åsen") and "nr. 17" in page
