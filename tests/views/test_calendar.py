"""The calendar file a guest takes home."""

import subprocess
import sys
from datetime import timedelta

import pytest

from events.models import Activity, Answer, Event
from tests.factories import page_of

pytestmark = pytest.mark.django_db


def checked(folder, content, name, *options):
    path = folder / name
    path.write_bytes(content)
    done = subprocess.run(
        [sys.executable, "tests/tools/check_ics.py", "--profile", "download", *options, str(path)],
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return path


def test_the_file_is_right_for_other_calendars_when_a_guest_is_coming(client, cast, tmp_path):
    response = client.get(page_of(cast.greta) + "calendar/dinner.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="dinner.ics"'
    assert "no-store" in response["Cache-Control"]
    assert page_of(cast.greta).split("/")[2].encode() not in response.content
    checked(tmp_path, response.content, "dinner.ics")


def test_the_same_bytes_come_when_nothing_has_changed(client, cast, clock):
    first = client.get(page_of(cast.greta) + "calendar/dinner.ics").content
    clock.move(days=1)
    assert client.get(page_of(cast.greta) + "calendar/dinner.ics").content == first


@pytest.mark.parametrize("activity", ["race", "nothing", "..%2f..%2fetc"])
def test_the_warm_404_comes_when_the_guest_is_not_coming_to_it(client, cast, activity):
    assert client.get(page_of(cast.greta) + f"calendar/{activity}.ics").status_code == 404


def test_the_file_says_cancelled_when_the_activity_is_called_off_after_a_yes(client, cast, now, tmp_path):
    Activity.objects.filter(event=cast.event, slug="dinner").update(cancelled_at=now)
    Answer.objects.filter(guest=cast.greta, activity__slug="dinner").update(
        sequence=1, stamped_at=now + timedelta(minutes=1)
    )
    content = client.get(page_of(cast.greta) + "calendar/dinner.ics").content
    assert b"STATUS:CANCELLED" in content
    checked(tmp_path, content, "cancelled.ics")


def test_two_queries_are_enough_for_a_file(client, cast, django_assert_num_queries):
    address = page_of(cast.greta) + "calendar/dinner.ics"
    with django_assert_num_queries(2):
        client.get(address)


def test_the_file_stays_there_when_the_event_is_cancelled(client, cast):
    Event.objects.filter(pk=cast.event.pk).update(state="cancelled")
    assert b"STATUS:CANCELLED" in client.get(page_of(cast.greta) + "calendar/dinner.ics").content
