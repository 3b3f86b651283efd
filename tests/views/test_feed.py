"""`/c/<token>.ics`: the private calendar, as calendars ask for it; and the ways to it on the guest's pages."""

import subprocess
import sys
from datetime import timedelta

import pytest
from icalendar import Calendar

from events.actions import answers, cancelling, events, programme
from events.domain import calendars as calendar_bytes
from events.domain.answers import Choice
from events.domain.links import Purpose
from events.models import Answer, Event, Guest, History, Invitation
from tests import factories
from tests.factories import page_of

pytestmark = pytest.mark.django_db
OFFICE = {"by": None, "channel": History.Channel.OFFICE}
STATES = "CONFIRMED", "CANCELLED"


def feed_of(guest):
    return f"/c/{factories.token_of(guest, Purpose.FEED)}.ics"


def states(client, guest):
    """{activity: STATUS} of what stands in the feed."""
    read = Calendar.from_ical(client.get(feed_of(guest)).content)
    return {str(event["SUMMARY"]).split(" – ")[0]: str(event["STATUS"]) for event in read.walk("VEVENT")}


def checked(folder, content, *, previous=None):
    """Passes what other calendars demand; and what they demand of a later revision."""
    path = folder / "feed.ics"
    path.write_bytes(content)
    options = ["--profile", "feed", "--strict", "--ignore", "URI-HTTP"]  # here the site has no https
    if previous is not None:
        (folder / "before.ics").write_bytes(previous)
        options += ["--previous", str(folder / "before.ics")]
    done = subprocess.run(
        [sys.executable, "tests/tools/check_ics.py", *options, str(path)], capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_feed_is_right_for_other_calendars_and_says_how_to_keep_it(client, cast, tmp_path):
    response = client.get(feed_of(cast.greta))
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, max-age=900"
    assert response["X-Robots-Tag"].startswith("noindex")
    assert response["Last-Modified"] == "Tue, 10 Aug 2027 09:00:00 GMT"
    assert response["Content-Disposition"] == 'inline; filename="calendar.ics"'
    assert not response.cookies
    secrets = [token.encode() for token in factories.tokens_of(cast.greta).values()]
    assert [secret for secret in [*secrets, b"Greta", b"ATTENDEE", b"METHOD"] if secret in response.content] == []
    checked(tmp_path, response.content)


def test_entries_are_those_of_the_files(client, cast):
    feed = Calendar.from_ical(client.get(feed_of(cast.greta)).content)
    file = Calendar.from_ical(client.get(page_of(cast.greta) + "calendar/dinner.ics").content).walk("VEVENT")[0]
    entry = next(each for each in feed.walk("VEVENT") if each["UID"] == file["UID"])
    same = ("UID", "SEQUENCE", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "URL", "STATUS")
    assert {name: entry[name].to_ical() for name in same} == {name: file[name].to_ical() for name in same}


def test_only_what_the_guest_comes_to_stands_in_it(client, cast):
    assert states(client, cast.greta) == {"Gathering": "CONFIRMED", "Dinner": "CONFIRMED"}


@pytest.mark.parametrize("who", ["henrik", "ines"])
def test_the_warm_404_meets_whoever_never_came_to_anything(client, cast, who):
    assert client.get(feed_of(getattr(cast, who))).status_code == 404


def test_a_calendar_stays_one_when_the_guest_comes_to_nothing_any_more(client, cast, clock, tmp_path):
    none = dict.fromkeys(factories.PROGRAMME, Choice.NOT_COMING)
    answers.give(cast.greta, none, by=None, channel=History.Channel.WEB, now=clock.move(hours=1))
    clock.move(days=60)
    assert states(client, cast.greta) == {"Gathering": "CANCELLED", "Dinner": "CANCELLED"}
    checked(tmp_path, client.get(feed_of(cast.greta)).content)


def test_what_is_called_off_goes_as_cancelled_and_after_some_weeks_altogether(client, cast, clock, tmp_path):
    before = client.get(feed_of(cast.greta)).content
    cancelling.cancel(cast.activity("dinner"), **OFFICE, now=clock.move(hours=1))
    assert states(client, cast.greta) == {"Gathering": "CONFIRMED", "Dinner": "CANCELLED"}
    checked(tmp_path, client.get(feed_of(cast.greta)).content, previous=before)
    clock.move(days=28)
    assert states(client, cast.greta) == {"Gathering": "CONFIRMED"}


def test_all_of_it_goes_as_cancelled_when_the_event_is_cancelled(client, cast, clock, tmp_path):
    before = client.get(feed_of(cast.greta)).content
    events.change_state(cast.event, Event.State.CANCELLED, **OFFICE, now=clock.move(hours=1))
    assert states(client, cast.greta) == {"Gathering": "CANCELLED", "Dinner": "CANCELLED"}
    checked(tmp_path, client.get(feed_of(cast.greta)).content, previous=before)


def test_what_the_guest_no_longer_comes_to_is_taken_away_and_comes_back_with_a_later_yes(client, cast, clock, tmp_path):
    contents = [client.get(feed_of(cast.greta)).content]
    for choice, state in ((Choice.NOT_COMING, "CANCELLED"), (Choice.COMING, "CONFIRMED")):
        answers.give(cast.greta, {"dinner": choice}, by=None, channel=History.Channel.WEB, now=clock.move(hours=1))
        assert states(client, cast.greta)["Dinner"] == state
        contents.append(client.get(feed_of(cast.greta)).content)
        checked(tmp_path, contents[-1], previous=contents[-2])
    answers.give(cast.greta, {"dinner": "not_coming"}, by=None, channel=History.Channel.WEB, now=clock.move(hours=1))
    clock.move(days=27)
    assert states(client, cast.greta)["Dinner"] == "CANCELLED"
    clock.move(days=1)
    assert "Dinner" not in states(client, cast.greta)


def test_companions_calendars_are_their_own(client, cast):
    companion = factories.make_companion(cast.greta, "Nils", answers={"race": "coming"})
    assert Answer.objects.get(guest=companion, activity__slug="race").uid.encode() not in (
        client.get(feed_of(cast.greta)).content
    )


@pytest.mark.parametrize("mark", ["{etag}", "W/{etag}", '"other", {etag}', "*"])
def test_304_is_answered_in_two_queries_without_writing_the_calendar(
    client, cast, monkeypatch, django_assert_num_queries, mark
):
    etag = client.get(feed_of(cast.greta))["ETag"]
    monkeypatch.setattr("events.views.calendars.calendar_feed", lambda *given, **more: pytest.fail("was written"))
    with django_assert_num_queries(2):
        response = client.get(feed_of(cast.greta), headers={"if-none-match": mark.format(etag=etag)})
    assert (response.status_code, response.content) == (304, b"")
    assert response["ETag"] == etag
    assert response["Cache-Control"] == "private, max-age=900"
    assert response["Last-Modified"]
    assert not response.cookies


def test_two_queries_are_enough_for_the_whole_calendar(client, cast, django_assert_num_queries):
    with django_assert_num_queries(2):
        client.get(feed_of(cast.greta))


def test_the_mark_is_the_same_every_day_until_something_changes(client, cast, clock):
    first = client.get(feed_of(cast.greta))
    clock.move(days=3)
    second = client.get(feed_of(cast.greta))
    assert (first.content, first["ETag"]) == (second.content, second["ETag"])
    programme.change(cast.activity("dinner"), {"address": "Et annet sted 2"}, **OFFICE, now=clock.now)
    third = client.get(feed_of(cast.greta), headers={"if-none-match": first["ETag"]})
    assert third.status_code == 200
    assert third["ETag"] != first["ETag"]


def test_a_date_alone_is_no_reason_to_keep_the_old_calendar(client, cast):
    """The guest's language may have changed, which no revision tells of."""
    told = client.get(feed_of(cast.greta))["Last-Modified"]
    assert client.get(feed_of(cast.greta), headers={"if-modified-since": told}).status_code == 200


def test_the_mark_survives_compression(client, cast):
    """A web server that packs the answer weakens the mark (RFC 9110 §8.8.3.3)."""
    for slug in ("a", "b", "c"):
        factories.make_answer(cast.greta, factories.make_activity(cast.event, slug), "coming")
    packed = client.get(feed_of(cast.greta), headers={"accept-encoding": "gzip"})
    assert packed["Content-Encoding"] == "gzip"
    again = client.get(feed_of(cast.greta), headers={"if-none-match": packed["ETag"], "accept-encoding": "gzip"})
    assert again.status_code == 304


@pytest.mark.parametrize("headers", [{}, {"accept": "text/calendar"}, {"accept": "image/png"}, {"accept": ""}])
@pytest.mark.parametrize("query", ["", "?lang=fi", "?all=1"])
def test_every_calendar_gets_the_same_whatever_it_accepts_or_asks_for(client, cast, headers, query):
    Guest.objects.filter(pk=cast.greta.pk).update(language="sv")
    plain = client.get(feed_of(cast.greta))
    response = client.get(feed_of(cast.greta) + query, headers={**headers, "accept-language": "fi"})
    assert response.content == plain.content
    assert response["Content-Language"] == "sv"
    assert b"Dinner (sv)" in response.content


def test_head_tells_what_get_would(client, cast):
    get, head = client.get(feed_of(cast.greta)), client.head(feed_of(cast.greta))
    assert head.status_code == 200
    assert head.content == b""
    assert {name: head[name] for name in ("ETag", "Content-Length", "Content-Type")} == {
        name: get[name] for name in ("ETag", "Content-Length", "Content-Type")
    }


def test_nothing_can_be_sent_to_it(client, cast):
    assert client.post(feed_of(cast.greta)).status_code == 405


def test_the_warm_404_comes_when_the_invitation_is_withdrawn_and_the_calendar_with_it_again(client, cast):
    state = Invitation.objects.filter(guest=cast.greta)
    state.update(state=Invitation.State.REVOKED)
    assert client.get(feed_of(cast.greta)).status_code == 404
    state.update(state=Invitation.State.SENT)
    assert client.get(feed_of(cast.greta)).status_code == 200


@pytest.mark.parametrize("purpose", [Purpose.GUEST, Purpose.UNSUBSCRIBE, Purpose.UPLOAD])
def test_no_other_secret_of_the_guest_opens_it_nor_does_it_open_another(client, cast, purpose):
    assert client.get(f"/c/{factories.token_of(cast.greta, purpose)}.ics").status_code == 404
    feed = factories.token_of(cast.greta, Purpose.FEED)
    assert {client.get(f"/{place}/{feed}/").status_code for place in "iu"} == {404}


def test_it_is_not_forbidden_to_robots_for_google_would_refuse_the_subscription(client):
    assert b"Disallow" not in client.get("/robots.txt").content


def test_icalendar_is_not_loaded_for_a_calendar_that_is_known():
    """What 304 needs lies in modules without it."""
    code = (
        "import sys, events.domain.feeds, events.domain.calendars, events.domain.web_calendars;"
        "sys.exit('icalendar' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60).returncode == 0
    assert calendar_bytes.calendar_feed  # the writer itself stands behind a late import


# --- on the guest's pages ---


@pytest.mark.parametrize("page", ["answered/", "calendar/"])
def test_all_ways_to_the_calendar_stand_on_the_page(client, cast, settings, page):
    shown = client.get(page_of(cast.greta) + page).content.decode()
    address = feed_of(cast.greta)
    assert f'href="webcal://127.0.0.1:8000{address}"' in shown
    assert f"{settings.SITE_URL}{address}</code>" in shown
    outside = [part.split('"')[0] for part in shown.split('href="https://')[1:]]
    services = ("calendar.google.com", "outlook.live.com", "outlook.office.com")
    assert [service for service in services for _part in "12" if service] == sorted(
        (url.split("/")[0] for url in outside if url.startswith(services)), key=services.index
    )
    token = factories.token_of(cast.greta)
    assert [url for url in outside if token in url or "Greta" in url or "Marte" in url or "55+00" in url] == []
    assert shown.count('rel="noreferrer"') >= len(outside)
    assert "calendar/dinner.ics" in shown
    assert "calendar/race.ics" not in shown


def test_the_guests_page_leads_to_them(client, cast):
    assert 'href="calendar/"' in client.get(page_of(cast.greta)).content.decode()


@pytest.mark.parametrize("who", ["henrik", "ines"])
def test_no_calendar_is_offered_to_whoever_comes_to_nothing(client, cast, who):
    for page in ("", "answered/", "calendar/"):
        shown = client.get(page_of(getattr(cast, who)) + page).content.decode()
        assert "webcal" not in shown
        assert 'href="calendar/"' not in shown


def test_no_calendar_is_offered_before_there_is_a_place(client, cast):
    guest = factories.make_guest(cast.event, answers={"dinner": "waiting"})
    assert "webcal" not in client.get(page_of(guest) + "answered/").content.decode()


@pytest.mark.parametrize(("state", "is_offered"), [("closed", True), ("cancelled", False), ("held", False)])
def test_the_ways_stay_while_they_are_of_use(client, cast, state, is_offered):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    shown = client.get(page_of(cast.greta)).content.decode()
    assert (f'href="{page_of(cast.greta)}calendar/"' in shown) is is_offered


def test_the_guest_ends_the_address_and_gets_a_new_one(client, cast):
    old = feed_of(cast.greta)
    response = client.post(page_of(cast.greta) + "calendar/")
    assert response.status_code == 303
    cast.greta.invitation.refresh_from_db()
    new = feed_of(cast.greta)
    shown = client.get(response["Location"]).content.decode()
    assert new in shown
    assert old not in shown
    assert (client.get(old).status_code, client.get(new).status_code) == (404, 200)
    assert client.get(page_of(cast.greta)).status_code == 200


def test_the_entry_says_when_it_was_last_changed(client, cast, clock):
    programme.change(
        cast.activity("dinner"), {"ends_at": cast.activity("dinner").ends_at + timedelta(hours=1)}, **OFFICE,
        now=clock.move(days=1),
    )  # fmt: skip
    assert client.get(feed_of(cast.greta))["Last-Modified"] == "Wed, 11 Aug 2027 09:00:00 GMT"


def test_own_data_tell_of_the_address_and_of_those_that_ended(client, cast):
    data = page_of(cast.greta) + "data/"
    assert "privat adresse" in client.get(data).content.decode()
    assert client.get(data + "download.json").json()["events"][0]["calendar_addresses_ended"] == 0
    client.post(page_of(cast.greta) + "calendar/")
    assert "1 tidligere adresse" in client.get(data).content.decode()
    assert client.get(data + "download.json").json()["events"][0]["calendar_addresses_ended"] == 1
    assert f"{page_of(cast.greta)}calendar/" in client.get(data).content.decode()
