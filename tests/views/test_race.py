"""The race page: what runners tell, how forgiving it is, and what it refuses."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Answer, Entry, Event, History, RaceClass
from tests import factories


@pytest.fixture
def race(cast):
    race = cast.activity("race")
    race.asks_shirt_size = True
    race.save()
    for position, title in enumerate(("Kvinner", "Menn", "Pluss 90 kg")):
        RaceClass.objects.create(activity=race, title=factories.texts(title), position=position)
    return race


@pytest.fixture
def runner(cast, race):
    """A guest who comes to everything, and the address of the race page."""
    guest = factories.make_guest(cast.event, "Rita Rask", answers=dict.fromkeys(factories.PROGRAMME, "coming"))
    guest.race_page = factories.page_of(guest) + "race/"
    return guest


def typed(guest, race, **facts):
    """The form's fields for one person."""
    answer = Answer.objects.get(guest=guest, activity=race)
    return {f"race-{answer.pk}-{name}": value for name, value in facts.items()}


def text(response):
    return response.content.decode()


def test_nothing_is_chosen_when_a_runner_comes_first(client, runner):
    page = text(client.get(runner.race_page))
    assert page.count('type="radio"') == 3 + 2 + 6 + 2
    assert " checked" not in page
    assert page.count("(valgfritt)") + page.count("(optional)") == 6
    assert " required" not in page


def test_everything_told_is_stored_and_the_history_holds_codes_only(client, race, runner, now):
    heavy = RaceClass.objects.get(position=2)
    posted = typed(runner, race, race_class=heavy.pk, has_been_before="yes", ambition="under 13", shirt_size="M")
    response = client.post(runner.race_page, posted)
    assert (response.status_code, response["Location"]) == (303, factories.page_of(runner) + "consents/")
    entry = Entry.objects.get(guest=runner, activity=race)
    assert (entry.race_class, entry.has_been_before, entry.ambition_seconds, entry.shirt_size, entry.changed_at) == (
        heavy, True, 780, "M", now,
    )  # fmt: skip
    row = History.objects.get(guest=runner, what="race")
    assert row.facts == {"told": ["class", "before", "ambition", "shirt"], "was": {}}
    assert (row.activity, row.by, row.channel) == (race, None, "web")


def test_what_was_told_stands_there_when_the_page_is_opened_again(client, race, runner):
    client.post(runner.race_page, typed(runner, race, has_been_before="no", ambition="12 min"))
    page = text(client.get(runner.race_page))
    assert 'value="12:00"' in page
    assert re.search(r'value="no"[^>]*checked', page)
    assert 'value="12.00"' in text(client.get(runner.race_page + "?lang=fi"))


def test_saying_the_same_again_writes_nothing(client, race, runner):
    posted = typed(runner, race, ambition="12:30")
    for _time in range(2):
        assert client.post(runner.race_page, posted).status_code == 303
    assert History.objects.filter(what="race").count() == 1


def test_everything_may_be_left_out(client, race, runner):
    assert client.post(runner.race_page, {}).status_code == 303
    entry = Entry.objects.get(guest=runner)
    assert (entry.race_class, entry.has_been_before, entry.ambition_seconds, entry.shirt_size) == (None, None, None, "")


def test_doubtful_time_is_asked_about_and_one_tap_settles_it(client, race, runner):
    posted = typed(runner, race, ambition="750", shirt_size="L")
    response = client.post(runner.race_page, posted)
    assert response.status_code == 422
    page = text(response)
    assert page.index("<title>Feil:") and 'value="750"' in page and "12:30" in page and "7:50" in page
    assert not Entry.objects.exists()
    assert client.post(runner.race_page, posted | typed(runner, race, meant="470")).status_code == 303
    assert Entry.objects.get().ambition_seconds == 470


def test_stale_choice_does_not_settle_another_time(client, race, runner):
    posted = typed(runner, race, ambition="800", meant="750")
    assert client.post(runner.race_page, posted).status_code == 422


@pytest.mark.parametrize(
    "wrong",
    [
        {"ambition": "tolv minutter"},
        {"ambition": "12:60"},
        {"ambition": "1" * 5000},
        {"ambition": "12:30\x00"},
        {"shirt_size": "XXXL"},
        {"has_been_before": "perhaps"},
        {"race_class": "9999999"},
        {"race_class": "'; drop"},
    ],
)
def test_wrong_value_is_met_with_what_to_do_and_nothing_is_lost(client, race, runner, wrong):
    posted = typed(runner, race, **{"ambition": "12:30", **wrong})
    response = client.post(runner.race_page, posted)
    assert response.status_code == 422
    page = text(response)
    linked = re.search(r'class="summary" role="alert".*?href="#([^"]+)"', page, re.S)[1]
    assert f'id="{linked}"' in page
    assert not Entry.objects.exists()


def test_class_of_another_race_is_refused(client, cast, race, runner):
    other = RaceClass.objects.create(activity=cast.other_event.activity_set.get(slug="race"), title={"nb": "Annet"})
    assert client.post(runner.race_page, typed(runner, race, race_class=other.pk)).status_code == 422


def test_companions_who_run_get_the_same_questions(client, race, runner):
    ola = factories.make_companion(runner, "Ola Følge", answers={"race": "coming"})
    factories.make_companion(runner, "Siri Tilskuer", answers={"race": "not_coming", "dinner": "coming"})
    page = text(client.get(runner.race_page))
    assert [name for name in ("Rita Rask", "Ola Følge", "Siri Tilskuer") if f"<legend>{name}" in page] == [
        "Rita Rask", "Ola Følge",
    ]  # fmt: skip
    posted = typed(runner, race, ambition="12:30") | typed(ola, race, ambition="20 min", has_been_before="no")
    assert client.post(runner.race_page, posted).status_code == 303
    told = dict(Entry.objects.values_list("guest__companion_name", "ambition_seconds"))
    assert told == {"": 750, "Ola Følge": 1200}


def test_what_a_companion_told_stays_when_an_older_page_without_the_companion_is_sent(client, race, runner):
    mine = {"shown": re.search(r'name="shown" value="([^"]+)"', text(client.get(runner.race_page)))[1]}
    ola = factories.make_companion(runner, "Ola Følge", answers={"race": "coming"})
    client.post(runner.race_page, typed(ola, race, ambition="20 min", hides_time="on"))
    assert client.post(runner.race_page, mine | typed(runner, race, ambition="12:30")).status_code == 303
    told = dict(Entry.objects.values_list("guest__companion_name", "hides_time"))
    assert told == {"": False, "Ola Følge": True}


def test_error_says_whose_it_is_when_several_run(client, race, runner):
    ola = factories.make_companion(runner, "Ola Følge", answers={"race": "coming"})
    page = text(client.post(runner.race_page, typed(ola, race, ambition="tja")))
    assert re.search(r'role="alert".*?<a href="#id_race-\d+-ambition">Ola Følge: ', page, re.S)
    assert not Entry.objects.exists()


def test_guest_who_does_not_run_tells_for_the_companion(client, cast, race):
    ola = factories.make_companion(cast.greta, "Ola Følge", answers={"race": "coming"})
    page = factories.page_of(cast.greta) + "race/"
    assert "Ola Følge" not in text(client.get(page)).split("<main")[0]
    assert f'href="{page}"' in text(client.get(factories.page_of(cast.greta) + "answered/"))
    client.post(page, typed(ola, race, has_been_before="yes"))
    assert [entry.guest for entry in Entry.objects.all()] == [ola]


def test_nobody_tells_for_a_guest_of_another_link(client, cast, race, runner):
    zoe_race = cast.other_event.activity_set.get(slug="race")
    client.post(
        runner.race_page, typed(cast.zoe, zoe_race, ambition="9:00") | typed(cast.henrik, race, ambition="9:00")
    )
    assert [entry.guest for entry in Entry.objects.all()] == [runner]


def test_waiting_guest_is_asked_too(client, cast, race):
    guest = factories.make_guest(cast.event, answers={"race": "waiting"})
    assert 'type="radio"' in text(client.get(factories.page_of(guest) + "race/"))


def test_guest_who_does_not_run_meets_a_warm_page(client, cast, race):
    response = client.get(factories.page_of(cast.ines) + "race/")
    assert response.status_code == 200
    assert 'type="radio"' not in text(response)
    client.post(factories.page_of(cast.ines) + "race/", typed(cast.ines, race, ambition="12:30"))
    assert not Entry.objects.exists()


def test_page_is_not_found_where_there_is_no_race(client, db):
    event = factories.make_event("middag", activities=("dinner",))
    guest = factories.make_guest(event, answers={"dinner": "coming"})
    assert client.get(factories.page_of(guest) + "race/").status_code == 404


def test_what_was_told_is_kept_while_the_guest_is_not_coming(client, race, runner):
    client.post(runner.race_page, typed(runner, race, ambition="12:30"))
    client.post(factories.page_of(runner), {"answer-race": "not_coming"})
    assert "12:30" not in text(client.get(runner.race_page))
    client.post(factories.page_of(runner), {"answer-race": "coming"})
    assert 'value="12:30"' in text(client.get(runner.race_page))


@pytest.mark.parametrize("state", ["closed", "held", "cancelled", "archived", "draft"])
def test_closed_event_shows_what_was_told_and_takes_nothing(client, race, runner, state):
    client.post(runner.race_page, typed(runner, race, ambition="12:30"))
    Event.objects.update(state=state)
    page = text(client.get(runner.race_page))
    assert "12:30" in page and '<input type="radio"' not in page
    response = client.post(runner.race_page, typed(runner, race, ambition="9:00"))
    assert response.status_code == 422
    assert 'value="9:00"' in text(response)
    assert Entry.objects.get().ambition_seconds == 750


def test_what_is_typed_when_the_deadline_passes_is_kept_with_whom_to_call(client, clock, race, runner):
    Event.objects.update(contact_name="Kari Kontakt", contact_phone="55 00 00 99")
    clock.move(days=40)
    response = client.post(runner.race_page, typed(runner, race, ambition="12:30"))
    assert response.status_code == 422
    page = text(response)
    assert 'value="12:30"' in page and "Kari Kontakt" in page
    assert not Entry.objects.exists()


def is_done(client, answered):
    """Whether the summary says that this page is done; None where it is not offered."""
    steps = {step["view"]: step["is_done"] for step in client.get(answered).context["steps"]}
    return steps.get("race")


def test_step_is_offered_and_done_when_it_is_told(client, race, runner):
    answered = factories.page_of(runner) + "answered/"
    assert is_done(client, answered) is False
    client.post(runner.race_page, {})
    assert is_done(client, answered) is True
    factories.make_companion(runner, "Ola", answers={"race": "coming"})
    assert is_done(client, answered) is False


def test_step_is_not_offered_to_those_who_do_not_run(client, cast, race):
    assert is_done(client, factories.page_of(cast.greta) + "answered/") is None


@pytest.mark.parametrize(("size", "company"), [(1, 0), (500, 10)])
def test_page_costs_the_same_with_ten_companions_and_many_guests(client, cast, race, size, company):
    factories_of_crowd(cast.event, size)
    guest = factories.make_guest(cast.event, answers={"race": "coming"})
    companions = [factories.make_companion(guest, f"Følge {n}", answers={"race": "coming"}) for n in range(company)]
    page = factories.page_of(guest) + "race/"
    posted = {}
    for person in (guest, *companions):
        posted |= typed(person, race, ambition="12:30")
    with CaptureQueriesContext(connection) as reading:
        client.get(page)
    with CaptureQueriesContext(connection) as writing:
        assert client.post(page, posted).status_code == 303
    around = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    written = [query for query in writing if not query["sql"].startswith(around)]
    assert len(reading) <= 10
    assert len(written) <= 12
    assert Entry.objects.filter(activity=race).count() == 1 + company


def factories_of_crowd(event, size):
    for _number in range(size):
        factories.make_guest(event, answers={"race": "coming"})
