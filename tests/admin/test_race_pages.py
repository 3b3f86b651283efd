"""The office's pages of board, cheers and speaker: who sees what, what a press does, and how it is taken back."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import cheers
from events.models import Cheer, History, Race, links
from tests import factories, racing

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def race(cast):
    return racing.make_race(cast.event)


@pytest.fixture
def kari(race):
    entry = racing.make_runner(race, "Kari Åsen", bib=7)
    racing.agree(entry)
    return entry.guest


@pytest.fixture
def cheer(cast, race, kari):
    way = {"by": None, "channel": "web", "now": timezone.now()}
    return cheers.say(kari, race.activity, "Heia <b>Kari</b>!", guest=cast.henrik, **way)


def at(event, path):
    return f"/admin/events/event/{event.pk}/{path}"


def as_user(client, user):
    client.force_login(user, backend=BACKEND)
    return client


def test_a_board_is_made_and_its_link_opens_it(office, cast):
    client, activity = office("otto"), cast.activity("race")
    assert not Race.objects.exists()
    assert "/make/" in client.get(at(cast.event, "board/")).text
    assert not Race.objects.exists()  # looking makes nothing
    for _twice in range(2):
        client.post(at(cast.event, f"board/{activity.pk}/make/"))
    race = Race.objects.get()
    assert links.board_url(race) in client.get(at(cast.event, "board/")).text
    assert client.get(f"/live/{links.board_token(race)}/").status_code == 200


def test_times_are_off_until_somebody_switches_them_on(office, cast, race):
    client = office("otto")
    assert not race.is_live
    for pressed in ("1", "1", "0"):
        client.post(at(cast.event, f"board/{race.activity_id}/live/"), {"live": pressed})
        assert Race.objects.get().is_live is (pressed == "1")
    assert History.objects.filter(what="race_set", by=cast.otto).count() == 2


def test_a_new_link_is_asked_about_once_and_ends_the_old(office, cast, race):
    client, before = office("otto"), links.board_token(race)
    page = at(cast.event, f"board/{race.activity_id}/renew/")
    assert client.get(page).status_code == 200
    assert client.get(f"/live/{before}/").status_code == 200
    client.post(page)
    race.refresh_from_db()
    assert race.board_version == 2
    assert links.board_url(race) in client.get(at(cast.event, "board/")).text
    (row,) = History.objects.filter(what="race_set")
    assert before not in str(row.facts) and row.facts == {"fields": ["board"]}


def test_who_works_at_start_and_finish_sees_the_board_and_changes_nothing(client, cast, race):
    starter = as_user(client, factories.make_organiser(cast.event, "stig", role="starter"))
    text = starter.get(at(cast.event, "board/")).text
    assert links.board_url(race) in text and "/renew/" not in text and "/live/" + str(race.activity_id) not in text
    for path in ("make/", "live/", "renew/"):
        assert starter.post(at(cast.event, f"board/{race.activity_id}/{path}")).status_code == 404
    assert starter.get(at(cast.event, "cheers/")).status_code == 404
    assert starter.get(at(cast.other_event, "board/")).status_code == 404


def test_another_events_race_is_not_found(office, cast, race):
    other = racing.make_race(cast.other_event)
    for path in ("make/", "live/", "renew/"):
        assert office("otto").post(at(cast.event, f"board/{other.activity_id}/{path}")).status_code == 404
    rule = at(cast.event, f"cheers/rule/{other.activity_id}/")
    assert office("otto").post(rule, {"cheering": "off"}).status_code == 404
    assert office("otto").post(at(cast.event, f"speaker/{other.activity_id}/list.csv")).status_code == 404
    other.refresh_from_db()
    assert (other.board_version, other.cheering) == (1, "at_once")


def test_a_cheer_is_hidden_and_one_press_takes_it_back(office, cast, cheer):
    client = office("otto")
    text = client.get(at(cast.event, "cheers/")).text
    assert "Heia &lt;b&gt;Kari&lt;/b&gt;!" in text and "Henrik Sørli" in text
    response = client.post(at(cast.event, f"cheers/{cheer.pk}/hide/"), {"back": "state=shown"}, follow=True)
    assert Cheer.objects.get().state == "hidden"
    assert f'action="{at(cast.event, f"cheers/{cheer.pk}/show/")}"' in response.text
    client.post(at(cast.event, f"cheers/{cheer.pk}/show/"))
    assert Cheer.objects.get().state == "shown"
    assert client.post(at(cast.event, f"cheers/{cheer.pk}/eat/")).status_code == 404
    assert office("olga").post(at(cast.other_event, f"cheers/{cheer.pk}/hide/")).status_code == 404


def test_what_waits_is_counted_beside_the_way_to_it_and_comes_first(office, cast, race, kari, cheer):
    client = office("otto")
    client.post(at(cast.event, f"cheers/rule/{race.activity_id}/"), {"cheering": "first_read"})
    way = {"by": None, "channel": "web", "now": timezone.now()}
    cheers.say(kari, race.activity, "Venter på å bli lest", host=cast.host, **way)
    Cheer.objects.filter(state="waiting").update(said_at=cheer.said_at - timedelta(days=1))
    text = client.get(at(cast.event, "cheers/")).text
    assert text.index("Venter på å bli lest") < text.index("Heia &lt;b&gt;Kari")
    assert 'Heiarop</span><span class="waits"><span aria-hidden="true">1<' in text


def test_a_host_cheers_for_own_guests_and_reads_no_name_that_was_not_given(client, cast, race, kari, cheer):
    hedda = as_user(client, factories.make_host_login(cast.event, cast.host))
    assert "Kari" not in hedda.get(at(cast.event, "cheers/")).text  # somebody else's guest
    kari.host = cast.host
    kari.save()
    text = hedda.get(at(cast.event, "cheers/")).text
    assert "Heia &lt;b&gt;Kari" in text and "Henrik" not in text and "formaction" not in text
    assert "Henrik" not in hedda.get(f"/admin/events/cheer/{cheer.pk}/change/").text
    page = at(cast.event, "cheers/say/")
    stranger = racing.make_runner(race, "Siri Annen").guest
    assert "Siri" not in hedda.get(page).text
    assert hedda.post(page, {"to": f"{race.activity_id}-{stranger.pk}", "text": "Heia!"}).status_code == 422
    assert hedda.post(page, {"to": f"{race.activity_id}-{kari.pk}", "text": "Vi venter på toppen!"}).status_code == 302
    said = Cheer.objects.get(host=cast.host)
    assert (said.runner, said.text) == (kari, "Vi venter på toppen!")
    assert hedda.post(at(cast.event, f"cheers/{said.pk}/hide/")).status_code == 404
    Cheer.objects.filter(pk=cheer.pk).update(state="hidden")
    assert "Heia &lt;b&gt;Kari" not in hedda.get(at(cast.event, "cheers/")).text


def test_what_the_runner_hid_has_no_button(office, cast, cheer):
    cheers.put_away(cheer, by=None, channel="web", now=timezone.now())
    assert f"cheers/{cheer.pk}/show/" not in office("otto").get(at(cast.event, "cheers/")).text


def test_the_speaker_has_each_story_on_the_page_and_as_a_file_that_stands_in_the_history(office, cast, race, kari):
    entry = race.activity.entry_set.get(guest=kari)
    racing.record(race, {entry: 12.5})
    kari.contact.name = "=cmd Åsen"
    kari.contact.save()
    client = office("otto")
    assert "12:30" in client.get(at(cast.event, "speaker/")).text
    response = client.post(at(cast.event, f"speaker/{race.activity_id}/list.csv"))
    rows = list(csv.reader(io.StringIO(response.content.decode("utf-8-sig")), delimiter=";"))
    assert rows[1][0] == "'=cmd Åsen" and rows[1][4] == "12:30"
    assert History.objects.filter(what="exported", by=cast.otto, facts__list="speaker").count() == 1
    assert client.post(at(cast.event, f"speaker/{race.activity_id}/list.xlsx")).content[:2] == b"PK"
    assert client.post(at(cast.event, f"speaker/{race.activity_id}/list.pdf")).status_code == 404
    for who in ("olga", "ken", "pia", "nora"):
        assert office(who).get(at(cast.event, "speaker/")).status_code == 404


def test_the_pages_take_as_many_queries_for_thirty_as_for_three(office, cast, race):
    client, counted = office("otto"), []
    for size in (3, 27):
        for number in range(size):
            entry = racing.make_runner(race, f"Løper {size} {number} Moen")
            racing.agree(entry)
            way = {"by": None, "channel": "web", "now": timezone.now()}
            cheers.say(entry.guest, race.activity, f"Heia {number}!", guest=cast.greta, **way)
            Cheer.objects.update(said_at=timezone.now() - timedelta(hours=2))
        for page in ("board/", "cheers/", "speaker/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(at(cast.event, page)).status_code == 200
            counted.append(len(queries))
    assert counted[:3] == counted[3:]
    assert max(counted) <= 14
