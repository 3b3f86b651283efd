"""The album and the pages of single photos, as a guest meets them."""

import gzip
import re
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.utils import timezone

from events.actions import photo_removals, photos
from events.domain import dates
from events.domain.photo_grid import CLOSER, GAP, HIGHEST, LEVELS, RATIOS, ROW, colour_class, shape_class
from events.models import Album, Event, Gallery, History, Photo, PhotoMark, RemovalRequest
from events.reports import gallery
from tests import factories, photo_rows
from tests.test_budgets import statements

LINK = re.compile(r'<li class="[^"]*"><a href="([^"?]*)/')
PAGE_BYTES = 60_000
PAGE_QUERIES = 6


def make(event, **fields):
    return photo_rows.make_photo(event, has_files=False, **fields)


@pytest.fixture
def at(cast):
    return factories.page_of(cast.greta) + "photos/"


def read(client, address):
    return client.get(address + ("&" if "?" in address else "?") + "lang=en").content.decode()


def moment(cast, hour, minute=0, day=0):
    return datetime.combine(cast.event.held_on + timedelta(days=day), datetime.min.time(), cast.event.zone) + timedelta(
        hours=hour, minutes=minute
    )


def test_photos_stand_album_by_album_in_the_order_they_were_taken_when_there_are_albums(cast, client, at):
    dinner, race = (
        Album.objects.create(event=cast.event, title=title, position=at) for at, title in ((2, "Middag"), (1, "Opp"))
    )
    late, early = (make(cast.event, album=race, taken_at=moment(cast, 16, minute)) for minute in (30, 5))
    loose = make(cast.event, taken_at=moment(cast, 9))
    timeless = make(cast.event, album=dinner, taken_at=None)
    eating = make(cast.event, album=dinner, taken_at=moment(cast, 20))
    page = read(client, at)
    assert LINK.findall(page) == [photo.key for photo in (early, late, eating, timeless, loose)]
    assert re.findall(r"<h2>(.*?)(?: <small>(.*?)</small>)?</h2>", page)[:3] == [
        ("Opp", "16:05–16:30"), ("Middag", "at\xa020:00"), ("More photos", "at\xa009:00"),
    ]  # fmt: skip


def covers(page):
    return re.findall(r'<a class="wide cover[^"]*" href="[^"]*/photos/([^"]*)/"', page)


def test_gallery_opens_with_its_cover_when_the_guest_may_see_it(cast, client, at):
    _first, chosen = make(cast.event), make(cast.event, caption="Utsikten")
    Gallery.objects.create(event=cast.event, cover=chosen)
    page = read(client, at)
    assert covers(page) == [chosen.key] and page.index("cover") < page.index("<h1>")
    assert f"{chosen.key}/2000.jpg 2000w" in page and 'alt="Utsikten"' in page
    assert covers(read(client, at + "?only=mine")) == covers(read(client, at + "?choose=1")) == []
    Photo.objects.filter(pk=chosen.pk).update(state="hidden")
    assert covers(read(client, at)) == []


def test_gallery_opens_without_its_cover_when_that_is_hidden_at_this_moment(cast, monkeypatch):
    photo = photo_rows.make_photo(cast.event)
    shown = gallery.Shown(cast.greta)
    assert shown.cover(photo.pk, []).photo == photo
    between = gallery.Shown(cast.greta)
    monkeypatch.setattr(between, "keys", [])
    assert between.cover(photo.pk, []) is None


def test_cover_is_found_where_it_stands_on_a_later_page(cast, client, at, monkeypatch):
    monkeypatch.setattr(gallery, "PER_PAGE", 1)
    _first, chosen = make(cast.event), make(cast.event, taken_at=None)
    Gallery.objects.create(event=cast.event, cover=chosen)
    page = read(client, at)
    assert covers(page) == [chosen.key] and 'alt="Photo 2 of 2"' in page
    assert covers(read(client, at + "?page=2")) == []


def test_days_are_the_headings_when_there_are_no_albums_and_more_days_than_one(cast, client, at):
    for day in 0, 1:
        make(cast.event, taken_at=moment(cast, 23, 30, day=day))
    assert re.findall(r"<h2>(\w+ \d+\xa0\w+) <small>", read(client, at)) == [
        "Friday 24\xa0September",
        "Saturday 25\xa0September",
    ]


def test_no_heading_stands_over_photos_of_one_day(cast, client, at):
    make(cast.event, taken_at=moment(cast, 16))
    assert "<h2>" not in read(client, at).partition("data-album")[2].partition("<h2>To take along")[0]


def test_own_photos_come_first_and_nobody_elses_marks_are_told(cast, client, at):
    others, own = make(cast.event), make(cast.event)
    photo_rows.mark(own, cast.greta)
    photo_rows.mark(others, cast.henrik)
    page = read(client, at)
    assert "You are on 1 photo" in page
    assert LINK.findall(page) == [own.key, others.key, own.key]
    assert LINK.findall(read(client, at + "?only=mine")) == [own.key]


def test_each_photo_tells_its_number_and_time_or_what_it_says_under_it(cast, client, at):
    make(cast.event, taken_at=moment(cast, 18, 42))
    make(cast.event, taken_at=moment(cast, 18, 43), caption="Greta <3 trappene")
    make(cast.event, taken_at=None)
    assert re.findall(r'<li.* alt="([^"]*)"', read(client, at)) == [
        "Photo 1 of 3, taken 18:42", "Greta &lt;3 trappene", "Photo 3 of 3",
    ]  # fmt: skip


def test_pictures_have_sizes_shape_and_colour_and_the_first_come_at_once(cast, client, at):
    for number in range(6):
        make(cast.event, size=(2000, 3000) if number else (3000, 2000), colour="#1f5aa0")
    first, *others = re.findall(r"<li class.*", read(client, at))
    assert first.startswith('<li class="r150 c26a">')
    assert others[0].startswith('<li class="r67 c26a">')
    key = Photo.objects.in_order().first().key
    assert f'srcset="{key}/480.jpg 480w,{key}/1280.jpg 1280w,{key}/2000.jpg 2000w"' in first
    assert "320w," in others[0]
    assert 'width="480" height="320"' in first
    assert 'fetchpriority="high"' in first
    assert ['loading="lazy"' in item for item in (first, *others)] == [False] * 4 + [True] * 2
    assert all('decoding="async"' in item for item in (first, *others))


def test_the_last_row_of_a_phone_is_filled_by_photos_that_stand_closer(cast, client, at):
    for _number in range(5):
        make(cast.event, size=(3000, 2000))
    items = re.findall(r'<li class="([^"]*)".* sizes="[^"]*,(\d+)vw"', read(client, at))
    assert [("t70" in classes.split(), int(width)) for classes, width in items] == [(False, 50)] * 2 + [(True, 33)] * 3


def test_stylesheet_has_each_shape_and_colour():
    css = Path(finders.find("events/photos.css")).read_text(encoding="utf-8")
    wanted = {f".r{ratio} {{ --r: {ratio / 100:g}; }}" for ratio in RATIOS}
    wanted |= {f".c{a}{b}{c} {{ --c: #{a}{b}{c}; }}" for a in LEVELS for b in LEVELS for c in LEVELS}
    wanted |= {f".t{closer} {{ --s: {f'{closer / 100:g}'.lstrip('0')}; }}" for closer in CLOSER}
    wanted |= {f"--h: {ROW}cqw; gap: {f'{GAP:g}'.lstrip('0')}cqw;", f"* {HIGHEST}cqw)"}
    assert {rule for rule in wanted if rule not in css} == set()


@pytest.mark.parametrize(
    ("size", "named"), [((4000, 3000), "r133"), ((1080, 1920), "r56"), ((9000, 900), "r260"), ((100, 900), "r40")]
)
def test_shape_is_the_nearest_of_a_few(size, named):
    assert shape_class(*size) == named


@pytest.mark.parametrize(("colour", "named"), [("#000000", "c222"), ("#ffffff", "ceee"), ("#44 99", "c"), ("", "c")])
def test_colour_is_the_nearest_of_a_few(colour, named):
    assert colour_class(colour) == named


def test_five_hundred_photos_weigh_little_and_cost_no_more_queries_than_one(cast, client, at):
    photo_rows.mark(make(cast.event), cast.greta)
    client.get(at)
    few = statements(lambda: client.get(at))
    photo_rows.make_photos(cast.event, 499)
    assert few == statements(lambda: client.get(at)) <= PAGE_QUERIES
    weights, address = [], at
    while address:
        response = client.get(address, headers={"accept-encoding": "gzip"})
        weights.append(len(response.content))
        more = re.search(r'rel="next" href="([^"]+)"', gzip.decompress(response.content).decode())
        address = more and at + more[1].replace("&amp;", "&")
    assert len(weights) == -(-500 // gallery.PER_PAGE)
    assert sum(weights) <= PAGE_BYTES  # all of it, not only the first page


def test_every_photo_is_on_one_of_the_pages_once(cast, client, at):
    keys = {photo.key for photo in photo_rows.make_photos(cast.event, gallery.PER_PAGE + 7)}
    pages = [LINK.findall(read(client, f"{at}?page={number}")) for number in (1, 2)]
    assert [len(page) for page in pages] == [gallery.PER_PAGE, 7]
    assert {*pages[0], *pages[1]} == keys
    for odd in "3", "0", "-1", "x", "99999999", "²":
        assert LINK.findall(read(client, f"{at}?page={odd}")) == pages[1 if odd == "3" else 0]


@pytest.mark.parametrize(
    ("state", "is_open", "says"),
    [
        ("open", True, "as soon as they are taken"), ("held", False, "are not shown just now"),
        ("held", True, "There are no photos yet"), ("cancelled", True, "The event was cancelled"),
    ],
)  # fmt: skip
def test_empty_album_says_what_comes(cast, client, at, state, is_open, says):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    Gallery.objects.create(event=cast.event, is_open=is_open)
    if not is_open:
        make(cast.event)
    page = read(client, at)
    assert says in page
    assert LINK.findall(page) == []


@pytest.mark.parametrize(
    ("size", "said"),
    [
        ((3000, 2000), "(min-width:60em)30vw,(min-width:40em)40vw,100vw"),
        ((2000, 3000), "(min-width:60em)16vw,(min-width:40em)30vw,50vw"),
        ((3000, 1000), "(min-width:60em)69vw,(min-width:40em)115vw,115vw"),
        ((5200, 1000), "(min-width:60em)120vw,(min-width:40em)201vw,201vw"),
    ],
)  # fmt: skip
def test_a_photo_alone_is_asked_for_as_large_as_it_stands_a_panorama_cut_at_both_ends(cast, client, at, size, said):
    make(cast.event, size=size)
    assert f'sizes="{said}"' in read(client, at)


def test_photo_page_leads_to_its_neighbours_and_tells_where_one_is(cast, client, at):
    first, middle, last = (make(cast.event, taken_at=moment(cast, 16, minute)) for minute in range(3))
    page = read(client, f"{at}{middle.key}/")
    assert re.findall(r'rel="(\w+)" href="[^"]*/photos/(\w+)/', page) == [("prev", first.key), ("next", last.key)]
    assert "<span>2 of 3</span>" in page
    assert "Friday 24\xa0September at\xa016:01" in page
    assert re.findall(r'rel="(\w+)"', read(client, f"{at}{first.key}/"))[-1:] == ["next"]


def test_guest_says_thats_me_and_takes_it_back(cast, client, at):
    photo = make(cast.event)
    for typed, count in (({}, 1), ({}, 1), ({"not": "1"}, 0)):
        response = client.post(f"{at}{photo.key}/me/", typed)
        assert (response.status_code, response["Location"]) == (303, f"{at}{photo.key}/")
        assert PhotoMark.objects.filter(guest=cast.greta, photo=photo).count() == count
        assert ("You are on this photo" in read(client, f"{at}{photo.key}/")) is bool(count)


def test_guest_who_said_no_hides_a_photo_by_thats_me_and_comes_back_to_the_album(cast, client, at, now):
    photo = make(cast.event)
    client.post(at.replace("photos/", "consents/"), {"agree-photos": "no"})
    assert "You asked us not to share photos of you" in read(client, f"{at}{photo.key}/")
    assert client.post(f"{at}{photo.key}/me/")["Location"] == at
    assert not Photo.objects.visible_to(cast.henrik).exists()


def test_photo_hides_at_once_when_a_guest_asks_and_the_album_says_what_became_of_it(cast, client, at):
    photo = make(cast.event)
    for _time in range(2):  # a double press
        response = client.post(f"{at}{photo.key}/remove/", {"note": "Jeg blunker"})
        assert (response.status_code, response["Location"]) == (303, f"{at}#asked")
    page = read(client, at)
    assert 'id="asked"' in page
    assert "hidden from all guests already" in page
    assert "Jeg blunker" not in read(client, factories.page_of(cast.henrik) + "photos/")
    asked = RemovalRequest.objects.get()
    assert (asked.note, asked.photo.state) == ("Jeg blunker", "hidden")
    promised = timezone.localtime(asked.asked_at, cast.event.zone) + timedelta(days=7)
    assert f"hear from us by {dates.by_day(promised, 'en')}." in page
    RemovalRequest.objects.update(decision="removed", decided_at=asked.asked_at)
    assert "stays hidden" in read(client, at)
    RemovalRequest.objects.update(decision="kept", reason="Nobody is <seen> on it")
    assert "The reason: Nobody is &lt;seen&gt; on it" in read(client, at)


@pytest.mark.parametrize("decided_before", [False, True])
def test_album_tells_whoever_asked_that_the_photo_is_gone_for_two_weeks_and_nobody_else(
    cast, client, at, clock, decided_before
):
    photo, seen = make(cast.event), make(cast.event)
    how = {"by": cast.otto, "channel": "office"}
    asked = photo_removals.ask(cast.greta, photo.key, "Jeg blunker", channel="web", now=clock.now)
    if decided_before:
        photo_removals.decide(asked, "removed", **how, now=clock.now)
        clock.move(days=30)
    photos.delete(cast.event, Photo.objects.filter(pk=photo.pk), **how, now=clock.now)
    page = read(client, at)
    assert "The photo you asked us to remove is gone." in page
    assert LINK.findall(page) == [seen.key]
    assert "Jeg blunker" not in page
    assert "is gone" not in read(client, factories.page_of(cast.henrik) + "photos/")
    clock.move(days=13, hours=23)
    assert page.count("is gone") == read(client, at).count("is gone") == 1
    clock.move(hours=2)
    assert 'id="asked"' not in read(client, at)


def test_several_photos_that_are_gone_are_told_in_one_line(cast, client, at, now):
    made = [make(cast.event) for _number in range(3)]
    for photo in made:
        photo_removals.ask(cast.greta, photo.key, "", channel="web", now=now)
    photos.delete(cast.event, Photo.objects.all(), by=cast.otto, channel="office", now=now)
    assert "The 3 photos you asked us to remove are gone." in read(client, at)


def test_second_guest_is_thanked_when_somebody_else_asked_for_the_same_photo_a_moment_ago(cast, client, at):
    photo = make(cast.event)
    of_henrik = factories.page_of(cast.henrik) + "photos/"
    client.post(f"{at}{photo.key}/remove/", {"note": "Jeg blunker"})
    response = client.post(f"{of_henrik}{photo.key}/remove/", {"note": ""})
    assert (response.status_code, response["Location"]) == (303, f"{of_henrik}#asked")
    assert "hidden from all guests already" in read(client, of_henrik)
    assert RemovalRequest.objects.filter(decision="open").count() == 2


def test_guest_reads_that_the_photo_is_not_shown_any_more_and_not_that_the_link_is_wrong(cast, client, at):
    hidden = make(cast.event, state="hidden")
    for key in hidden.key, "0" * 24:
        for answer in (
            client.get(f"{at}{key}/?lang=en"),
            *(client.post(f"{at}{key}/{deed}/?lang=en") for deed in ("me", "remove")),
        ):
            assert answer.status_code == 404
            assert "This photo is not shown" in answer.content.decode()
            assert f'href="{at}"' in answer.content.decode()


def test_long_note_is_kept_to_be_shortened_and_the_photo_is_still_there(cast, client, at):
    photo = make(cast.event)
    response = client.post(f"{at}{photo.key}/remove/?lang=en", {"note": "å" * 301})
    assert response.status_code == 422
    assert "<title>Error: " in response.content.decode()
    assert "å" * 301 in response.content.decode()
    assert not RemovalRequest.objects.exists()


def test_other_pages_lead_to_the_photos_only_when_there_are_some_and_show_the_own(cast, client, at):
    page_of_greta = factories.page_of(cast.greta)
    hidden = make(cast.event, state="hidden")
    assert "photos/" not in read(client, page_of_greta)
    photo = make(cast.event)
    assert "The photos are here" in read(client, page_of_greta)
    before = statements(lambda: client.get(page_of_greta))
    photo_rows.mark(photo, cast.greta)
    photo_rows.mark(hidden, cast.greta)
    page = read(client, page_of_greta)
    assert re.findall(r'<img src="([^"]*)"', page) == [f"{at}{photo.key}/480.jpg"]
    assert f'<a href="{at}{photo.key}/?only=mine">' in page
    assert statements(lambda: client.get(page_of_greta)) == before + 1  # for whom somebody has marked
    Gallery.objects.create(event=cast.event, is_open=False)
    assert "photos/" not in read(client, page_of_greta)


def test_history_tells_how_many_were_taken_along_and_reading_does_not(cast, client, at):
    photos = [photo_rows.make_photo(cast.event) for _number in range(3)]
    last = photos[2].key
    photo_rows.mark(photos[1], cast.greta)
    for typed, leads_to, facts in (
        ({}, "all.zip", {"photos": 3, "all": True}),
        ({"only": "mine"}, "all.zip?only=mine", {"photos": 1, "all": False}),
        ({"choose": "1", "key": [last, "0" * 24]}, f"all.zip?keys={last}", {"photos": 1, "all": False}),
    ):
        response = client.post(f"{at}take/", typed)
        assert (response.status_code, response["Location"]) == (303, at + leads_to)
        assert History.objects.filter(what="photos_taken", guest=cast.greta).latest("pk").facts == facts
        b"".join(client.get(response["Location"]))
    assert History.objects.filter(what="photos_taken").count() == 3


def test_choosing_nothing_is_said_kindly(cast, client, at):
    make(cast.event)
    response = client.post(f"{at}take/", {"choose": "1"})
    assert response["Location"] == f"{at}?choose=1&chosen=none"
    assert "Tick at least one photo" in read(client, response["Location"])
    assert not History.objects.filter(what="photos_taken").exists()
