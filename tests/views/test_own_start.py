"""A guest's own start: on the page, after answering, in calendars and in the letter with practical information."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import emails
from events.actions import starts
from events.models import Answer, Entry, Guest, Race, RaceClass, Wave
from tests import factories
from tests.factories import page_of
from tests.test_budgets import ANSWER_QUERIES, PAGE_QUERIES, statements


@pytest.fixture
def runner(cast, now):
    """Berit starts 16:04:10 with bib 17 and brings Ola, who starts ten seconds later."""
    race = cast.activity("race")
    guest = factories.make_guest(
        cast.event, "Berit Aas", answers=dict.fromkeys(factories.PROGRAMME, "coming"), companions_allowed=1
    )
    mate = factories.make_companion(guest, "Ola Berge", answers=dict.fromkeys(factories.PROGRAMME, "coming"))
    for number, person in enumerate((guest, mate)):
        at = race.starts_at + timedelta(seconds=250 + 10 * number)
        Entry.objects.create(guest=person, activity=race, bib=17 + number, slot_at=at, changed_at=now)
    return guest


@pytest.mark.parametrize("path", ["", "answered/"])
def test_own_start_and_that_of_a_companion_stand_on_the_page(client, runner, path):
    text = client.get(page_of(runner) + path + "?lang=nb").content.decode()
    assert "Din starttid er 16:04:10, og du har startnummer 17" in text
    assert "Ola Berge: starttid 16:04:20, startnummer 18" in text


def test_nothing_is_said_when_nothing_is_given_out(client, runner):
    Entry.objects.update(bib=None, slot_at=None)
    assert 'class="start"' not in client.get(page_of(runner)).content.decode()


def test_the_wave_is_told_without_seconds(client, cast, runner):
    race = cast.activity("race")
    wave = Wave.objects.create(race=Race.objects.create(activity=race, start="waves"), starts_at=race.starts_at)
    Entry.objects.filter(guest=runner).update(slot_at=None, wave=wave)
    assert "Lähtöaikasi on 16.00 ja kilpailunumerosi 17" in client.get(page_of(runner) + "?lang=fi").content.decode()


def test_page_is_read_in_as_few_queries_with_a_start_as_without(client, cast, runner):
    for _time in range(2):
        assert statements(lambda: client.get(page_of(runner))) <= PAGE_QUERIES


@pytest.mark.parametrize("size", [1, 20])
def test_withdrawing_frees_the_start_within_the_budget(client, cast, runner, size):
    """Also when the places go to those who wait."""
    race = cast.activity("race")
    for _number in range(size):
        factories.make_guest(cast.event, answers={"race": "waiting", "dinner": "waiting"})
    type(race).objects.filter(slug__in=["race", "dinner"]).update(capacity=2)
    assert statements(lambda: client.post(page_of(runner), {"none": "1"})) <= ANSWER_QUERIES
    assert not Entry.objects.filter(bib__isnull=False).exists()


def first_form(sections):
    return next(iter(sections)).form


def unfolded(body):
    return body.decode().replace("\r\n ", "")


def test_calendar_file_says_it_first_and_keeps_the_time_of_the_part(client, cast, runner):
    body = unfolded(client.get(page_of(runner) + "calendar/race.ics?lang=nb").content)
    assert "Din starttid er 16:04:10\\, og du har startnummer 17.\\n\\n" in body
    assert cast.activity("race").starts_at.strftime("DTSTART:%Y%m%dT%H%M%SZ") in body
    assert "starttid" not in unfolded(client.get(page_of(runner) + "calendar/dinner.ics?lang=nb").content)


def test_calendars_hear_of_another_start(client, cast, runner, clock):
    feed = f"/c/{factories.tokens_of(runner)['feed']}.ics"
    before = client.get(feed)
    clock.move(minutes=5)
    how = {"by": cast.otto, "channel": "office", "now": clock.now}
    starts.set_start(cast.activity("race"), runner, {"bib": 99}, **how)
    after = client.get(feed)
    assert before["ETag"] != after["ETag"]
    assert "99" in unfolded(after.content)
    assert "SEQUENCE:1" in unfolded(after.content)
    with CaptureQueriesContext(connection) as asked:
        client.get(feed)
    assert len(asked) <= 2


def test_practical_letter_tells_the_start(cast, runner):
    guest = Guest.objects.select_related("event", "contact", "invitation", "host").get(pk=runner.pk)
    answers, places = emails.standing_of(guest)
    edition = emails.editions([cast.event.pk])[cast.event.pk]
    content = emails.compose("practical", guest, edition, answers, now=timezone.now(), places=places)
    rows = {row["title"]: row["starts"] for row in content["practical"]}
    assert rows["Race"] == [
        "Din starttid er 16:04:10, og du har startnummer 17", "Ola Berge: starttid 16:04:20, startnummer 18"
    ]  # fmt: skip
    assert rows["Dinner"] == []
    rendered = emails.render(content, link="https://vertskap.example/i/x/", unsubscribe_url="")
    for body in (rendered.text, rendered.html):
        assert "16:04:10" in body


def test_gender_and_birth_year_are_asked_only_where_a_class_or_a_ranking_needs_them(client, cast, runner):
    race, page = cast.activity("race"), page_of(runner) + "race/"
    form = first_form(client.get(page).context["sections"])
    assert not {"gender", "birth_year"} & set(form.fields)
    RaceClass.objects.create(activity=race, title={"nb": "Kvinner 35 år og eldre"}, gender="K", from_age=35)
    form = first_form(client.get(page).context["sections"])
    assert {"gender", "birth_year"} <= set(form.fields)


def test_wishes_are_kept_and_the_fitting_class_is_proposed(client, cast, runner):
    race = cast.activity("race")
    RaceClass.objects.create(activity=race, title={"nb": "Dronninger"}, gender="K", from_age=35)
    mine = f"race-{Answer.objects.get(guest=runner, activity=race).pk}-"
    posted = {f"{mine}gender": "K", f"{mine}birth_year": "1980", f"{mine}shows_place": "no", f"{mine}hides_time": "on"}
    assert client.post(page_of(runner) + "race/", posted).status_code == 303
    entry = Entry.objects.get(guest=runner)
    assert (entry.gender, entry.birth_year, entry.shows_place, entry.hides_time) == ("K", 1980, False, True)
    assert entry.bib == 17
    form = first_form(client.get(page_of(runner) + "race/").context["sections"])
    assert "Dronninger" in form.fields["race_class"].help_text


def test_a_year_with_two_figures_is_asked_about(client, cast, runner):
    race = cast.activity("race")
    RaceClass.objects.create(activity=race, title={"nb": "Unge"}, to_age=20)
    mine = f"race-{Answer.objects.get(guest=runner, activity=race).pk}-"
    assert client.post(page_of(runner) + "race/", {f"{mine}birth_year": "85"}).status_code == 422


def test_ambition_stays_when_the_race_has_begun(client, cast, runner, clock):
    race = cast.activity("race")
    Entry.objects.filter(guest=runner).update(ambition_seconds=800)
    Race.objects.create(activity=race, first_start_at=clock.now + timedelta(hours=1))
    mine = f"race-{Answer.objects.get(guest=runner, activity=race).pk}-"
    clock.move(hours=1)  # before the reply date, but not before the first start
    page = page_of(runner) + "race/"
    assert first_form(client.get(page).context["sections"]).fields["ambition"].disabled
    assert client.post(page, {f"{mine}ambition": "9:00", f"{mine}hides_time": "on"}).status_code == 303
    entry = Entry.objects.get(guest=runner)
    assert (entry.ambition_seconds, entry.hides_time) == (800, True)
