"""The list in which times are typed: line by line for the script, all lines at once without one."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.models import Membership, Race, Result, TimingEvent
from tests import factories, racing
from tests.database import whole_database

pytestmark = pytest.mark.django_db
M, S = 60_000, 1000


@pytest.fixture
def field(cast, client):
    """(race, Kari with bib 7, Ola with 8, Åse without); Otto is logged in, in English."""
    client.force_login(cast.otto, backend="django.contrib.auth.backends.ModelBackend")
    client.cookies["language"] = "en"
    race = racing.make_race(cast.event)
    kari = racing.make_runner(race, "Kari Nordås", bib=7)
    ola = racing.make_runner(race, "Ola Berge", bib=8)
    return race, kari, ola, racing.make_runner(race, "Åse Øvrebø")


def page(event, name="event_times", *arguments):
    return reverse(f"admin:{name}", args=[event.pk, *arguments])


def text_of(response):
    body = response.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", body.partition("<main")[2] or body).split())


def fields_of(response):
    """{name: value} as a browser would send the list."""
    body = response.content.decode().partition('id="times"')[2]
    found = re.findall(r'<input[^>]*name="([^"]+)"[^>]*value="([^"]*)"', body)
    return {name: value for name, value in found if name != "csrfmiddlewaretoken"}


def write_line(client, entry, text, **others):
    """What the script sends of one line."""
    event = entry.guest.event
    shown = fields_of(client.get(page(event)))
    key = entry.guest_id
    data = {f"{name}-{key}": shown.get(f"{name}-{key}", "") for name in ("was", "seen")}
    return client.post(page(event, "event_time", key), {**data, f"time-{key}": text, **others})


def result(entry):
    found = Result.objects.filter(entry=entry).first()
    return (found.status, found.time_ms) if found else None


def test_runners_stand_by_bib_then_by_name(cast, client, field):
    shown = text_of(client.get(page(cast.event)))
    assert re.findall("Kari|Ola|Åse", shown) == ["Kari", "Ola", "Åse"]
    assert "Greta" not in shown
    assert "3 runners" in shown


def test_a_line_is_saved_and_its_reading_shown(cast, client, field):
    _race, kari, *_others = field
    response = write_line(client, kari, "12.34")
    assert response.status_code == 200
    assert "Saved: 12:34 – 12 min 34 s" in text_of(response)
    assert result(kari) == ("OK", 12 * M + 34 * S)
    assert "Saved: DNF: did not finish" in text_of(write_line(client, kari, "brøt"))
    assert result(kari) == ("DNF", None)
    assert "Taken back" in text_of(write_line(client, kari, ""))
    assert result(kari) is None


def test_a_doubtful_time_is_asked_and_the_choice_taken(cast, client, field):
    _race, kari, *_others = field
    response = write_line(client, kari, "1234")
    assert response.status_code == 422
    assert "12:34 – 12 min 34 s" in text_of(response) and "20:34 – 20 min 34 s" in text_of(response)
    assert result(kari) is None
    key = kari.guest_id
    assert write_line(client, kari, "1234", **{f"as-{key}": str(20 * M + 34 * S)}).status_code == 200
    assert result(kari) == ("OK", 20 * M + 34 * S)
    assert write_line(client, kari, "1235", **{f"as-{key}": "1"}).status_code == 422  # no reading of it


def test_what_is_no_time_is_told_and_an_unusual_one_saved_with_a_warning(cast, client, field):
    _race, kari, *_others = field
    response = write_line(client, kari, "99:99")
    assert response.status_code == 422
    assert "Write a time like 12:34" in text_of(response) and 'value="99:99"' in response.content.decode()
    response = write_line(client, kari, "1:59")
    assert "That is an unusual time for this course" in text_of(response)
    assert result(kari) == ("OK", M + 59 * S)


def test_all_lines_are_written_at_once_and_only_the_doubtful_wait(cast, client, field):
    _race, kari, ola, ase = field
    data = fields_of(client.get(page(cast.event)))
    data |= {f"time-{kari.guest_id}": "12:34", f"time-{ola.guest_id}": "dns", f"time-{ase.guest_id}": "1245"}
    response = client.post(page(cast.event), data)
    assert response.status_code == 422
    assert "1 line waits for you" in text_of(response)
    assert (result(kari), result(ola), result(ase)) == (("OK", 754 * S), ("DNS", None), None)
    data = fields_of(response) | {f"as-{ase.guest_id}": str(765 * S)}
    response = client.post(page(cast.event), data)
    assert response.status_code == 302
    assert result(ase) == ("OK", 765 * S)
    assert TimingEvent.objects.count() == 3


def test_a_page_from_before_writes_over_nothing_that_others_wrote(cast, client, field):
    _race, kari, ola, _ase = field
    data = fields_of(client.get(page(cast.event)))
    write_line(client, kari, "13:00")
    assert client.post(page(cast.event), data | {f"time-{ola.guest_id}": "15:00"}).status_code == 302
    assert (result(kari), result(ola)) == (("OK", 13 * M), ("OK", 15 * M))
    response = client.post(page(cast.event), data | {f"time-{kari.guest_id}": "12:00"})
    assert response.status_code == 422
    assert "Somebody else wrote 13:00 meanwhile" in text_of(response)
    assert result(kari) == ("OK", 13 * M)
    assert client.post(page(cast.event), fields_of(response)).status_code == 302
    assert result(kari) == ("OK", 12 * M)


def test_the_last_is_taken_back(cast, client, field):
    _race, kari, *_others = field
    write_line(client, kari, "12:34")
    response = client.post(page(cast.event, "event_time_undo"), follow=True)
    assert "Taken back: what you wrote of Kari Nordås." in text_of(response)
    assert result(kari) is None
    assert "nothing of yours" in text_of(client.post(page(cast.event, "event_time_undo"), follow=True))


def test_the_list_says_that_final_results_become_provisional(cast, client, field):
    race, kari, *_others = field
    Race.objects.filter(pk=race.pk).update(state="final")
    assert "A change makes them provisional again" in text_of(client.get(page(cast.event)))
    assert write_line(client, kari, "12:34").status_code == 200
    assert "A change makes them" not in text_of(client.get(page(cast.event)))


def test_runners_are_found_by_bib_and_name(cast, client, field):
    found = {
        q: re.findall("Kari|Ola|Åse", text_of(client.get(page(cast.event), {"q": q}))) for q in ("008", "ase", "zzz")
    }
    assert found == {"008": ["Ola"], "ase": ["Åse"], "zzz": []}


def test_a_starter_types_and_finds_nothing_else(cast, client, field):
    _race, kari, *_others = field
    starter = factories.make_organiser(cast.event, "stina", Membership.Role.STARTER)
    client.force_login(starter, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get(page(cast.event)).status_code == 200
    assert write_line(client, kari, "12:34").status_code == 200
    assert client.get(page(cast.event, "event_guests")).status_code == 404
    assert client.get(page(cast.other_event)).status_code == 404


def test_of_another_events_guest_or_race_there_is_nothing(cast, client, field):
    before = whole_database()
    assert client.post(page(cast.event, "event_time", cast.zoe.pk), {f"time-{cast.zoe.pk}": "12:34"}).status_code == 404
    assert client.get(page(cast.event), {"part": "dinner"}).status_code == 404
    assert client.get(page(cast.event), {"part": "race"}).status_code == 200
    assert whole_database() == before


def test_without_a_race_the_page_says_what_to_do(cast, client, field):
    event = factories.make_event("uten", activities=("dinner",))
    Membership.objects.create(user=cast.otto, event=event, role="organiser")
    assert "There is no race on the programme" in text_of(client.get(page(event)))


def test_the_list_asks_the_database_as_often_for_thirty_as_for_three(cast, client, field):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as caught:
            client.get(page(cast.event))
        return len(caught)

    few = queries()
    race = field[0]
    for number in range(27):
        racing.make_runner(race, f"Løper {number}", bib=100 + number)
    assert queries() == few


def test_only_the_page_in_hand_is_marked_in_the_margin(cast, client, field):
    for name, title in (
        ("event_times", "Write times"),
        ("event_results_in", "Results in"),
        ("event_race_day", "Race day"),
    ):
        body = client.get(page(cast.event, name)).content.decode()
        menu = body.partition('class="menu')[2].partition("</nav>")[0]
        assert re.findall(r'aria-current="page"[^>]*>\s*(?:<span>)?([^<]+)', menu) == [title]
