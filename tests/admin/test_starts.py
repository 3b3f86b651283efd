"""Set-up and start list in the back office: what organisers and the starter see and do."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import races, timing
from events.actions.timing import Mark
from events.domain.timing import Kind
from events.models import (
    Answer,
    Contact,
    Course,
    Entry,
    Event,
    Guest,
    History,
    Membership,
    Race,
    RaceClass,
    Result,
    Wave,
)
from tests import factories


@pytest.fixture
def race(cast):
    return cast.activity("race")


@pytest.fixture
def base(cast):
    return f"/admin/events/event/{cast.event.pk}/race/"


@pytest.fixture
def runners(cast, now):
    """Anna, Bo and Cia, ten seconds apart, with bibs 11, 12 and 13; Dina has nothing yet."""
    race, found = cast.activity("race"), []
    for number, name in enumerate(("Anna Aa", "Bo Bang", "Cia Carlsen", "Dina Dahl")):
        guest = factories.make_guest(cast.event, name, answers={"race": "coming"})
        found.append(guest)
        if number < 3:
            at = race.starts_at + timedelta(seconds=10 * number)
            Entry.objects.create(guest=guest, activity=race, bib=11 + number, slot_at=at, changed_at=now)
    return found


@pytest.fixture
def starter(cast, logins):
    logins["stine"] = factories.make_user("stine")
    Membership.objects.create(user=logins["stine"], event=cast.event, role="starter")
    return "stine"


def settings_of(**changed):
    usual = {
        "start": "interval", "interval_seconds": "10", "official": "slot", "precision": "second", "order": "time",
        "shows_places": "on", "ranks_class": "on", "company_best": "3", "counts_told_times": "on",
        "cheering": "at_once",
    }  # fmt: skip
    return usual | changed


def seen(response):
    """[(start, bib, name)] of the list as it is shown."""
    return [
        (row.starts_at and (row.starts_at - row.entry.activity.starts_at).seconds, row.entry.bib, str(row.guest))
        for row in response.context["page"].object_list
    ]


def test_list_is_in_the_words_and_clock_of_the_language(office, base, race, runners):
    client = office("otto")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "fi"
    page = client.get(f"{base}starts/").content.decode()
    second = race.starts_at.astimezone(race.event.zone) + timedelta(seconds=10)
    assert f"<strong>{second:%H.%M.%S}</strong>" in page
    client.post(f"{base}{race.pk}/starts/bibs/", {"order": "name", "first": "1"})
    assert "Peru kuvan lähetys" not in client.get(f"{base}starts/").content.decode()  # that is for photos


def test_race_is_set_up_and_a_course_is_made_for_it(office, base, race):
    client = office("otto")
    made = {"name": "Stoltzekleiven", "quickest_seconds": "6:00", "slowest_seconds": "1:30:00", "facts_nb": "908 trinn"}
    assert client.post(f"{base}{race.pk}/course/?new=1", made).status_code == 302
    course = Course.objects.get()
    assert (course.quickest_seconds, course.slowest_seconds, course.facts["nb"]) == (360, 5400, "908 trinn")
    posted = settings_of(course=course.pk, ranks_gender="on", order="company", signed_by_nb="Otto")
    assert client.post(f"{base}set-up/", posted).status_code == 302
    stored = Race.objects.get(activity=race)
    assert (stored.course, stored.ranks_gender, stored.order, stored.signed_by["nb"]) == (
        course,
        True,
        "company",
        "Otto",
    )
    assert set(History.objects.filter(what="race_set").first().facts["fields"]) == {
        "ranks_gender", "order", "signed_by"
    }  # fmt: skip


def test_nothing_is_set_up_when_the_form_is_wrong(office, base, race):
    response = office("otto").post(f"{base}set-up/", settings_of(interval_seconds="0"))
    assert response.status_code == 422
    assert not Race.objects.exists()


def test_an_event_without_a_race_says_what_to_do(office, cast, base):
    Answer.objects.filter(activity__slug="race").delete()
    cast.event.activity_set.filter(slug="race").delete()
    for page in ("set-up/", "starts/"):
        response = office("otto").get(base + page)
        assert response.status_code == 200
        assert response.context["race"] is None


def test_a_course_of_others_too_is_only_made_anew_in_another_version(office, cast, base, race, now):
    course = Course.objects.create(name="Stoltzekleiven", created_at=now)
    for activity in (race, cast.other_event.activity_set.get(slug="race")):
        Race.objects.create(activity=activity, course=course)
    client = office("otto")
    posted = {"name": "Annet", "quickest_seconds": "6:00", "slowest_seconds": "20:00"}
    assert client.post(f"{base}{race.pk}/course/", posted).status_code == 404
    assert b"?new=1" in client.get(f"{base}{race.pk}/course/").content
    assert Course.objects.get().name == "Stoltzekleiven"


def test_a_change_after_the_start_shows_what_it_does_to_results_before_it_is_saved(
    office, cast, base, race, runners, clock
):
    clock.now = race.starts_at + timedelta(hours=1)
    how = {"by": cast.otto, "channel": "office", "now": clock.now}
    stored = races.set_up(race, {}, **how)
    finish = int(race.starts_at.timestamp() * 1000) + 600_400
    mark = Mark(kind=Kind.FINISH, entry=Entry.objects.get(bib=12), at_ms=finish)
    timing.record(stored, [mark], **how)
    assert Result.objects.get().time_ms == 591_000  # from the own slot, rounded up
    client = office("otto")
    response = client.post(f"{base}set-up/", settings_of(precision="tenth"))
    assert response.status_code == 422
    assert len(response.context["effect"]) == 2
    assert Result.objects.get().time_ms == 591_000
    assert client.post(f"{base}set-up/", settings_of(precision="tenth", sure="1")).status_code == 302
    assert Result.objects.get().time_ms == 590_400


def test_starts_given_out_are_taken_back_only_when_somebody_is_sure(office, base, race, runners):
    races.set_up(race, {"start": "interval"}, by=None, channel="office", now=race.starts_at - timedelta(days=9))
    held = Entry.objects.filter(activity=race, slot_at__isnull=False)
    count, client = held.count(), office("otto")
    assert count > 1
    response = client.post(f"{base}set-up/", settings_of(start="mass", official="gun"))
    assert response.status_code == 422
    assert response.context["effect"] == [f"{count} løpere mister starten som er delt ut."]
    assert (held.count(), Race.objects.get().start) == (count, "interval")
    assert client.post(f"{base}set-up/", settings_of(start="mass", official="gun", sure="1")).status_code == 302
    assert (held.count(), Race.objects.get().start) == (0, "mass")


def test_classes_have_rules_and_no_title_is_read(office, base, race):
    each = RaceClass.objects.create(activity=race, title={"nb": "Kvinner 35-39"})
    response = office("otto").post(
        f"{base}{race.pk}/classes/",
        {f"c{each.pk}-gender": "K", f"c{each.pk}-from_age": "35", f"c{each.pk}-to_age": "30"},
    )
    assert response.status_code == 422
    office("otto").post(f"{base}{race.pk}/classes/", {f"c{each.pk}-gender": "", f"c{each.pk}-from_age": "35"})
    each.refresh_from_db()
    assert each.rule == ("", 35, None)


def test_the_list_holds_everybody_who_is_coming_and_nobody_else(office, base, runners):
    response = office("otto").get(f"{base}starts/")
    assert seen(response) == [
        (0, 11, "Anna Aa"), (10, 12, "Bo Bang"), (20, 13, "Cia Carlsen"), (None, None, "Dina Dahl")
    ]  # fmt: skip
    assert not factories.tells_of_zoe(response.content.decode())


@pytest.mark.parametrize(
    ("asked", "names"),
    [
        ("q=12", ["Bo Bang"]), ("q=carlsen", ["Cia Carlsen"]), ("only=no-bib", ["Dina Dahl"]),
        ("only=no-start", ["Dina Dahl"]), ("sort=name&q=a", ["Anna Aa", "Bo Bang", "Cia Carlsen", "Dina Dahl"]),
    ],
)  # fmt: skip
def test_the_list_is_searched_and_filtered(office, base, runners, asked, names):
    assert [name for _start, _bib, name in seen(office("otto").get(f"{base}starts/?{asked}"))] == names


def test_bibs_are_seen_first_and_then_given_out_and_taken_back(office, base, race, runners):
    client, url = office("otto"), f"{base}{race.pk}/starts/bibs/"
    asked = {"first": "100", "order": "name", "look": "1"}
    response = client.get(url, asked)
    assert [(str(each.guest), got["bib"], is_new) for each, got, is_new in response.context["rows"]] == [
        ("Anna Aa", 100, True), ("Bo Bang", 101, True), ("Cia Carlsen", 102, True), ("Dina Dahl", 103, True)
    ]  # fmt: skip
    assert Entry.objects.filter(bib__gte=100).count() == 0
    posted = dict(response.context["hidden"]) | {"seen": response.context["plan"].mark}
    assert client.post(url, posted).status_code == 302
    assert sorted(Entry.objects.values_list("bib", flat=True)) == [100, 101, 102, 103]
    row = History.objects.get(what="starts")
    assert client.post(f"{base}{race.pk}/starts/undo/{row.pk}/").status_code == 302
    assert sorted(Entry.objects.filter(bib__gt=0).values_list("bib", flat=True)) == [11, 12, 13]


def test_a_colleague_who_was_faster_is_told_of_and_nothing_is_given_out(office, base, race, runners):
    client, url = office("otto"), f"{base}{race.pk}/starts/bibs/"
    response = client.get(url, {"first": "100", "order": "name", "look": "1"})
    posted = dict(response.context["hidden"]) | {"seen": response.context["plan"].mark}
    Entry.objects.filter(bib=11).update(bib=55)
    assert client.post(url, posted).status_code == 409
    assert sorted(Entry.objects.values_list("bib", flat=True)) == [12, 13, 55]


def test_a_draw_is_what_was_seen_and_can_be_drawn_again(office, base, race, runners):
    client, url = office("otto"), f"{base}{race.pk}/starts/times/"
    at = race.starts_at.astimezone(race.event.zone).strftime("%Y-%m-%dT%H:%M:%S")
    asked = {"first_at": at, "seconds": "30", "order": "drawn", "seed": "77", "look": "1"}
    response = client.get(url, asked)
    assert response.context["drawn"] == 77
    client.post(url, dict(response.context["hidden"]) | {"seen": response.context["plan"].mark})
    assert History.objects.get(what="starts").facts["seed"] == 77
    again = client.get(url, asked | {"draw": "1"})
    assert again.context["drawn"] not in (None, 77)


@pytest.mark.parametrize(("first", "free"), [("99999", ""), ("1", "ti")])
def test_numbers_that_cannot_be_are_asked_about(office, base, race, runners, first, free):
    url = f"{base}{race.pk}/starts/bibs/"
    response = office("otto").get(url, {"first": first, "kept_free": free, "order": "name", "look": "1"})
    assert response.status_code == 422


def test_one_bib_is_typed_and_somebody_elses_is_refused_with_the_name(office, base, race, runners):
    client, url = office("otto"), f"{base}{race.pk}/starts/{runners[3].pk}/"
    refused = client.post(url, {"bib": "12", "slot_at": ""})
    assert refused.status_code == 422
    assert "Bo Bang" in refused.content.decode()
    assert client.post(url, {"bib": "40", "slot_at": ""}).status_code == 302
    assert Entry.objects.get(guest=runners[3]).bib == 40


@pytest.mark.parametrize(
    ("posted", "order"),
    [({"to": "down"}, "BAC"), ({"place": "3"}, "BCA"), ({"to": "up"}, "ABC"), ({"place": "x"}, "ABC"), ({}, "ABC")],
)
def test_a_runner_moves_by_button_and_by_place(office, base, race, runners, posted, order):
    assert office("otto").post(f"{base}{race.pk}/starts/move/", {"guest": runners[0].pk, **posted}).status_code == 302
    rows = Entry.objects.filter(slot_at__isnull=False).order_by("slot_at")
    assert "".join(row.guest.name[0] for row in rows) == order


def test_those_who_lack_something_get_the_next_free_by_one_press(office, base, race, runners):
    office("otto").post(f"{base}{race.pk}/starts/next/")
    entry = Entry.objects.get(guest=runners[3])
    assert (entry.bib, entry.slot_at - race.starts_at) == (14, timedelta(seconds=30))


def test_it_says_that_the_waves_are_full_when_somebody_still_lacks_one(office, base, race, runners):
    stored = races.set_up(race, {"start": "waves"}, by=None, channel="office", now=race.starts_at - timedelta(days=9))
    wave = Wave.objects.create(race=stored, starts_at=race.starts_at, capacity=1)
    Entry.objects.update(slot_at=None)
    Entry.objects.filter(guest=runners[0]).update(wave=wave)
    client = office("otto")
    client.post(f"{base}{race.pk}/starts/next/", follow=True)  # the bib that one lacks
    response = client.post(f"{base}{race.pk}/starts/next/", follow=True)
    full = "Ingen pulje har plass igjen. Gi en av dem mer plass, eller legg til en."
    assert [str(each) for each in response.context["messages"]] == [full]


@pytest.mark.parametrize("where", ["starts/", "{race}/starts/times/", "{race}/starts/{guest}/"])
@pytest.mark.parametrize(("state", "words"), [("draft", ""), ("running", "Løpet er i gang."), ("final", "endelige")])
def test_it_is_said_beside_the_starts_what_a_change_does_once_the_race_has_begun(
    office, base, race, runners, where, state, words
):
    races.set_up(race, {"start": "interval"}, by=None, channel="office", now=race.starts_at - timedelta(days=9))
    Race.objects.update(state=state)
    page = office("otto").get(base + where.format(race=race.pk, guest=runners[0].pk)).content.decode()
    notices = re.findall(r'<p class="notice">(.*?)</p>', page)
    assert [words in each for each in notices] == ([True] if words else [])


def test_it_says_so_when_a_wave_is_given_fewer_places_than_it_has_runners(office, base, race, runners):
    stored = races.set_up(race, {"start": "waves"}, by=None, channel="office", now=race.starts_at - timedelta(days=9))
    wave = Wave.objects.create(race=stored, starts_at=race.starts_at, capacity=4)
    Entry.objects.filter(guest__in=runners[:2]).update(slot_at=None, wave=wave)
    typed = {"starts_at": timezone.localtime(wave.starts_at).strftime("%Y-%m-%dT%H:%M")}
    client, address = office("otto"), f"{base}{race.pk}/starts/waves/{wave.pk}/"
    said = {}
    for places in ("", "2", "1"):
        response = client.post(address, {**typed, "capacity": places}, follow=True)
        said[places] = [str(each) for each in response.context["messages"]][1:]
    warning = (
        "2 løpere er i denne puljen allerede, og blir der. Fyll puljene på nytt, eller flytt noen, så alle får plass."
    )
    assert said == {"": [], "2": [], "1": [warning]}
    assert "flere enn den har plass til" in response.content.decode()
    assert Entry.objects.filter(wave=wave).count() == 2


def test_waves_are_made_filled_and_removed(office, base, race, runners):
    client = office("otto")
    client.post(f"{base}set-up/", settings_of(start="waves", official="gun"))
    at = race.starts_at.astimezone(race.event.zone)
    for minutes in (0, 5):
        moment = (at + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M")
        assert client.post(f"{base}{race.pk}/starts/waves/", {"starts_at": moment, "capacity": "2"}).status_code == 302
    url = f"{base}{race.pk}/starts/times/"
    response = client.get(url, {"order": "name", "look": "1"})
    client.post(url, dict(response.context["hidden"]) | {"seen": response.context["plan"].mark})
    first, second = Wave.objects.all()
    assert [Entry.objects.filter(wave=each).count() for each in (first, second)] == [2, 2]
    client.post(f"{base}{race.pk}/starts/waves/{first.pk}/remove/")
    assert Wave.objects.count() == 2
    Entry.objects.filter(wave=first).update(wave=None)
    client.post(f"{base}{race.pk}/starts/waves/{first.pk}/remove/")
    assert list(Wave.objects.all()) == [second]


def test_a_guest_who_turns_up_is_found_and_is_in_at_once(office, cast, base, race, runners):
    client, url = office("otto"), f"{base}{race.pk}/starts/more/"
    assert [str(guest) for guest in client.get(url, {"q": "henrik"}).context["found"]] == ["Henrik Sørli"]
    assert client.post(url, {"guest": cast.henrik.pk}).status_code == 302
    assert Entry.objects.get(guest=cast.henrik).bib == 14
    assert client.post(url, {"guest": cast.zoe.pk}).status_code == 404


def test_somebody_new_is_added_with_a_bib(office, cast, base, race, runners):
    posted = {"name": "Ny Venn", "company": "Nytt AS"}
    assert office("otto").post(f"{base}{race.pk}/starts/more/", posted).status_code == 302
    guest = Guest.objects.get(contact__name="Ny Venn")
    assert (Entry.objects.get(guest=guest).bib, guest.contact.company.name) == (14, "Nytt AS")
    assert office("otto").post(f"{base}{race.pk}/starts/more/", {"name": " "}).status_code == 422


def test_starter_opens_the_list_and_lets_somebody_in_but_gives_out_nothing_to_all(
    office, cast, base, race, runners, starter
):
    client = office(starter)
    for page in ("starts/", f"{race.pk}/starts/more/", f"{race.pk}/starts/{runners[0].pk}/"):
        assert client.get(base + page).status_code == 200
    closed = ["set-up/", *(f"{race.pk}/{page}/" for page in ("course", "classes", "starts/bibs", "starts/times"))]
    for page in closed:
        assert client.get(base + page).status_code == 404
    assert client.post(f"/admin/events/event/{cast.event.pk}/export/start-list.csv").status_code == 404
    assert client.get(f"/admin/events/event/{cast.event.pk}/guests/").status_code == 404
    assert client.get("/admin/")["Location"].endswith("/race/starts/")
    client.post(f"{base}{race.pk}/starts/more/", {"name": "Ny Venn"})
    assert Contact.objects.filter(name="Ny Venn").exists()


def test_starter_sees_no_target_times(office, base, race, runners, starter):
    Entry.objects.filter(bib=11).update(ambition_seconds=754, birth_year=1971)
    for page in ("starts/", f"{race.pk}/starts/{runners[0].pk}/"):
        text = office(starter).get(base + page).content.decode()
        assert "12:34" not in text
        assert "1971" not in text


@pytest.mark.parametrize("who", ["olga", "ken", "pia", "nora"])
def test_a_race_of_others_is_not_found(office, base, race, runners, who):
    for page in ("move", "next", "more"):
        posted = {"guest": runners[0].pk, "place": "3"}
        assert office(who).post(f"{base}{race.pk}/starts/{page}/", posted).status_code == 404
    assert Entry.objects.get(guest=runners[0]).slot_at == race.starts_at


@pytest.mark.parametrize(
    ("page", "here"),
    [("starts/", "starts"), ("{race}/starts/bibs/", "starts"), ("set-up/", "set-up"), ("{race}/classes/", "set-up")],
)
def test_one_link_in_the_margin_says_where_we_are(office, base, race, runners, page, here):
    text = office("otto").get(base + page.format(race=race.pk)).content.decode()
    links = re.findall(r'<a href="([^"]+)"[^>]*aria-current="page"', text)
    assert {link.rsplit("/", 2)[-2] for link in links if "/race/" in link} == {here}


@pytest.mark.parametrize("page", ["starts/", "set-up/", "{race}/starts/bibs/?look=1&order=name"])
def test_pages_ask_as_often_for_thirty_runners_as_for_one(office, cast, logins, page):
    counts = []
    for size in (1, 30):
        event = factories.make_event(f"race-{size}")
        Membership.objects.create(user=logins["otto"], event=event, role="organiser")
        factories.make_crowd(event, size)
        url = page.format(race=event.activity_set.get(slug="race").pk)
        client = office("otto")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(f"/admin/events/event/{event.pk}/race/{url}").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


def test_the_list_is_taken_along_with_our_own_id_and_without_what_is_nobodys_business(office, cast, race, runners):
    Entry.objects.filter(bib=11).update(ambition_seconds=754, birth_year=1971, gender="K")
    body = office("otto").post(f"/admin/events/event/{cast.event.pk}/export/start-list.csv").getvalue()
    assert body.startswith(b"\xef\xbb\xbf")
    heading, *rows = csv.reader(StringIO(body.decode("utf-8-sig")), delimiter=";")
    assert heading[0] == "Vertskap-id"
    assert rows[0][0] == str(runners[0].pk)
    assert rows[0][2:4] == ["11", "Anna Aa"]
    assert rows[0][6] == "16:00:00"
    assert len(rows) == 4
    assert not {"1971", "754", "12:34", "K"} & {cell for row in rows for cell in row}
    assert Event.objects.filter(pk=cast.event.pk, history__what="exported").exists()
