"""A guest cheers, and is cheered for: who may be chosen, what is refused kindly, and what each sees."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import cheers
from events.models import Cheer, Entry, Event, Race
from tests import factories, racing

WAY = {"by": None, "channel": "web"}


@pytest.fixture
def race(cast):
    Event.objects.filter(pk=cast.event.pk).update(shows_guests=True)
    return racing.make_race(cast.event)


@pytest.fixture
def kari(race):
    entry = racing.make_runner(race, "Kari Åsen")
    racing.agree(entry)
    return entry.guest


def page_of(guest):
    return factories.page_of(guest) + "cheers/"


def to(guest, race):
    return f"{race.activity_id}-{guest.pk}"


def choices(client, guest):
    """The names one may cheer for."""
    found = re.findall(r'<option value="\d[^>]*>([^<]+)<', client.get(page_of(guest)).text)
    return [name.split(",")[0].strip() for name in found]


def send(client, guest, runner, race, text="Heia!"):
    return client.post(page_of(guest), {"to": to(runner, race), "text": text})


def test_only_those_who_agreed_and_run_can_be_chosen(client, cast, race, kari):
    racing.make_runner(race, "Siri Hemmelig")
    refuses = racing.make_runner(race, "Per Berge", wants_no_cheers=True)
    racing.agree(refuses)
    child = racing.make_runner(race, "Ida Liten", birth_year=cast.event.held_on.year - 9)
    racing.agree(child)
    racing.agree(Entry(guest=cast.ines))  # agreed, and does not run
    assert choices(client, cast.greta) == ["Kari Åsen"]
    assert "Hemmelig" not in client.get(page_of(cast.greta)).text


def test_nobody_is_named_where_the_organiser_shows_no_guests_until_the_race_is_shown(client, cast, race, kari):
    Event.objects.update(shows_guests=False)
    assert choices(client, cast.greta) == []
    Race.objects.update(is_live=True)
    assert choices(client, cast.greta) == ["Kari Åsen"]


def test_whom_one_brings_can_be_chosen_without_more_and_oneself_cannot(client, cast, race, kari):
    son = racing.make_runner(race, "Nils Følge", companion_of=kari).guest
    assert choices(client, kari) == ["Nils Følge"]
    assert choices(client, cast.greta) == ["Kari Åsen"]
    assert send(client, kari, son, race).status_code == 303


def test_a_cheer_is_sent_and_stands_on_the_runners_page_with_the_name_as_agreed(client, cast, race, kari):
    response = send(client, cast.greta, kari, race, "Heia, <b>Kari</b>!\n https://x.example")
    assert (response.status_code, response["Location"]) == (303, page_of(cast.greta))
    (cheer,) = Cheer.objects.all()
    assert cheer.text == "Heia, <b>Kari</b>! https://x.example"
    shown = client.get(page_of(kari)).text
    assert "Heia, &lt;b&gt;Kari&lt;/b&gt;! https://x.example" in shown and 'href="https://x' not in shown
    assert "Greta" not in shown
    racing.agree(Entry(guest=cast.greta))
    shown = client.get(page_of(kari)).text
    assert "Greta, Fjord Regnskap AS" in shown and "Åsen" not in shown.split("<q>Heia")[1]
    assert "Heia, &lt;b&gt;Kari" in client.get(page_of(cast.greta)).text  # what one has said


def test_what_waits_is_seen_by_its_sender_alone(client, cast, race, kari):
    Race.objects.update(cheering="first_read")
    send(client, cast.greta, kari, race, "Venter du?")
    assert "Venter du?" not in client.get(page_of(kari)).text
    assert "Venter du?" in client.get(page_of(cast.greta)).text


@pytest.mark.parametrize("text", ["a" * 141, "😀" * 141, "   ", "\u202e"])
def test_too_long_and_empty_lines_are_refused_and_kept(client, cast, race, kari, text):
    response = send(client, cast.greta, kari, race, text)
    assert response.status_code == 422 and "<title>Feil:" in response.text
    assert text.strip("\u202e ") in response.text
    assert not Cheer.objects.exists()


@pytest.mark.parametrize("text", ["å" * 140, "😀" * 140])
def test_characters_are_counted_and_not_bytes(client, cast, race, kari, text):
    assert send(client, cast.greta, kari, race, text).status_code == 303
    assert Cheer.objects.get().text == text


def test_a_runner_who_was_not_offered_is_refused(client, cast, race, kari):
    secret = racing.make_runner(race, "Siri Hemmelig").guest
    other = racing.make_race(cast.other_event)
    for wrong in (to(secret, race), to(cast.zoe, other), to(cast.greta, race), "", "x", "1-1-1"):
        response = client.post(page_of(cast.greta), {"to": wrong, "text": "Heia på deg!"})
        assert response.status_code == 422 and "Heia på deg!" in response.text
        assert "Hemmelig" not in response.text and not factories.tells_of_zoe(response.text)
    assert not Cheer.objects.exists()


def test_too_many_are_refused_in_a_kind_sentence_with_the_line_kept(client, cast, race, kari, settings):
    settings.CHEERS_PER_SENDER_PER_HOUR = 1
    send(client, cast.greta, kari, race)
    response = send(client, cast.greta, kari, race, "Enda en gang, heia!")
    assert response.status_code == 422
    assert "Enda en gang, heia!" in response.text
    assert Cheer.objects.count() == 1


def test_the_runner_hides_one_and_brings_it_back(client, cast, race, kari):
    send(client, cast.greta, kari, race, "Ikke så fort!")
    cheer = Cheer.objects.get()
    assert client.post(page_of(kari), {"away": cheer.pk}).status_code == 303
    assert Cheer.objects.get().is_hidden_by_runner
    assert client.post(page_of(kari), {"back": cheer.pk}).status_code == 303
    assert Cheer.objects.get().state == "shown"


def test_nobody_hides_what_was_said_to_others(client, cast, race, kari):
    send(client, cast.greta, kari, race)
    cheer = Cheer.objects.get()
    for guest in (cast.greta, cast.henrik, cast.zoe):
        for name in ("away", "back"):
            assert client.post(page_of(guest), {name: cheer.pk}).status_code == 404
    for wrong in ("", "x", "9" * 30, "²"):
        assert client.post(page_of(kari), {"away": wrong}).status_code == 404
    assert Cheer.objects.get().state == "shown"


def test_no_cheers_for_me(client, cast, race, kari):
    send(client, cast.greta, kari, race, "Heia, heia!")
    assert client.post(page_of(kari), {"none": "race"}).status_code == 303
    assert "Heia, heia!" not in client.get(page_of(kari)).text
    assert choices(client, cast.greta) == []
    assert client.post(page_of(kari), {"some": "race"}).status_code == 303
    assert "Heia, heia!" in client.get(page_of(kari)).text
    assert client.post(page_of(kari), {"none": "dinner"}).status_code == 404


@pytest.mark.parametrize(("state", "takes"), [("open", True), ("closed", True), ("held", True), ("archived", False)])
def test_cheers_are_taken_before_and_after_the_race(client, cast, race, kari, state, takes):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    assert bool(choices(client, cast.greta)) is takes
    send(client, cast.greta, kari, race)
    assert Cheer.objects.exists() is takes


def test_where_nobody_runs_there_is_no_page(client, cast, race):
    race.activity.kind = "other"
    race.activity.save()
    assert client.get(page_of(cast.greta)).status_code == 404


def test_sending_costs_as_little_among_thirty_runners_as_among_one(client, cast, race, kari):
    counted = []
    for size in (0, 30):
        for number in range(size):
            entry = racing.make_runner(race, f"Løper {number} Moen")
            racing.agree(entry)
            say = {"guest": entry.guest, "now": timezone.now(), **WAY}
            cheers.say(kari, race.activity, f"Heia nummer {number}", **say)
        with CaptureQueriesContext(connection) as queries:
            assert send(client, cast.greta, kari, race, f"Heia {size}").status_code == 303
        counted.append(len(queries))
        with CaptureQueriesContext(connection) as queries:
            client.get(page_of(kari))
        counted.append(len(queries))
    assert counted[:2] == counted[2:]
    assert counted[0] <= 18 and counted[1] <= 8


def test_cheers_stand_in_ones_own_data_without_the_other(client, cast, race, kari):
    send(client, cast.greta, kari, race, "Heia, heia, du der oppe!")
    for guest, other in ((cast.greta, "Kari"), (kari, "Greta")):
        for path in ("data/", "data/download.json"):
            text = client.get(factories.page_of(guest) + path).content.decode()
            assert "Heia, heia, du der oppe!" in text and other not in text


def link_on(client, guest):
    """What the page after the answer calls the way to the cheers; "" without one."""
    found = re.search(
        r'<a class="link" href="[^"]*/cheers/">([^<]+)</a>', client.get(f"{factories.page_of(guest)}answered/").text
    )
    return found[1] if found else ""


def test_cheers_are_offered_only_when_there_is_somebody_to_cheer_for(client, cast, race):
    assert link_on(client, cast.greta) == ""
    entry = racing.make_runner(race, "Kari Åsen")
    assert link_on(client, cast.greta) == ""  # she has not agreed to be named
    racing.agree(entry)
    assert link_on(client, cast.greta) == "Hei på en løper"
    assert link_on(client, entry.guest) == ""  # nobody but herself
    Event.objects.update(shows_guests=False)
    assert link_on(client, cast.greta) == ""
    Race.objects.update(is_live=True)
    assert link_on(client, cast.greta) == "Hei på en løper"
    Race.objects.update(cheering=Race.Cheering.OFF)
    assert link_on(client, cast.greta) == ""


def test_cheers_one_has_got_stay_a_press_away_when_nobody_is_left_to_cheer_for(client, cast, race, kari, now):
    cheers.say(kari, race.activity, "Heia!", guest=cast.greta, **WAY, now=now)
    assert link_on(client, kari) == "Heiarop"
    Race.objects.update(cheering=Race.Cheering.OFF)
    assert link_on(client, cast.greta) == "Heiarop"
    assert link_on(client, cast.henrik) == ""
