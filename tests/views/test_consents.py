"""The page with three questions apart: none answered for the guest, each saved alone, each taken back in one press."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import consents
from events.models import Consent, Event, History
from tests import factories
from tests.factories import page_of

pytestmark = pytest.mark.django_db


def address(guest):
    return page_of(guest) + "consents/"


def in_force(guest):
    return {purpose: said.is_given for purpose, said in Consent.objects.said_by(guest).items()}


def say(guest, now, **said):
    for purpose, is_given in said.items():
        consents.say(guest, purpose, is_given, by=None, channel=History.Channel.WEB, language="nb", now=now)


def read(client, guest, language="en"):
    return client.get(address(guest) + f"?lang={language}").content.decode()


def test_nothing_is_preselected_and_nothing_must_be_answered_when_nothing_was_said(client, cast):
    page = read(client, cast.greta)
    assert sorted(re.findall(r'name="(agree-\w+)" value="(\w+)"', page)) == sorted(
        (f"agree-{purpose}", value) for purpose in ("photos", "name", "invite") for value in ("yes", "no")
    )
    assert " checked" not in page
    assert page.count("(optional)") == 3
    assert "Withdraw" not in page


def test_each_question_says_what_for_who_sees_it_and_when_it_is_deleted(client, cast):
    page = read(client, cast.greta)
    assert page.count("nothing else about your visit changes") == 3
    assert page.count("deleted on 23\xa0September 2028") == 3
    assert page.count("until 23\xa0September 2029") == 1


def test_an_event_that_keeps_guests_shortly_says_so(client, cast):
    Event.objects.update(guests_kept_days=10)
    assert read(client, cast.greta).count("deleted on 4\xa0October 2027") == 3


@pytest.mark.parametrize(
    ("posted", "expected"),
    [
        ({"agree-photos": "no"}, {"photos": False}),
        ({"agree-name": "yes"}, {"name": True}),
        (
            {"agree-photos": "yes", "agree-name": "no", "agree-invite": "yes"},
            {"photos": True, "name": False, "invite": True},
        ),
        ({"agree-photos": "yes", "agree-food": "yes", "state": "coming"}, {"photos": True}),
        ({"agree-name": "yes", "withdraw": "photos"}, {"photos": False, "name": True}),
        ({"agree-name": "yes", "withdraw": "name"}, {"name": False}),
    ],
)
def test_only_what_was_chosen_is_saved(client, cast, posted, expected):
    assert client.post(address(cast.greta), posted).status_code == 303
    assert in_force(cast.greta) == expected


def test_wording_language_and_way_are_kept_when_the_page_is_shown_in_another_language(client, cast):
    cast.greta.language = "fi"
    cast.greta.save()
    client.post(address(cast.greta), {"agree-photos": "yes"})
    said = Consent.objects.get()
    assert (said.text_version, said.language, said.channel) == ("1", "fi", "web")


def test_the_next_page_comes_and_the_summary_says_done_when_something_was_saved(client, cast):
    response = client.post(address(cast.greta), {"agree-photos": "yes"})
    assert response["Location"] == page_of(cast.greta) + "word/"
    page = client.get(page_of(cast.greta) + "answered/?lang=en").content.decode()
    assert re.search(r'consents/">Photos and your name</a> <span class="soft">Done', page)


@pytest.mark.parametrize(
    ("posted", "said"),
    [
        ({}, "at least one question"),
        ({"withdraw": "everything"}, "at least one question"),
        ({"agree-photos": "perhaps", "agree-name": "no"}, "Choose yes or no"),
    ],
)
def test_the_page_says_what_to_do_and_saves_nothing_when_nothing_sensible_is_chosen(client, cast, posted, said):
    response = client.post(address(cast.greta) + "?lang=en", posted)
    page = response.content.decode()
    assert response.status_code == 422
    assert '<a href="#id_agree-photos_0">' in page and said in page and 'role="alert"' in page
    assert re.search(r"<title>\s*Error:", page)
    assert page.count(" checked") == len([value for value in posted.values() if value in ("yes", "no")])
    assert in_force(cast.greta) == {}


def test_what_was_said_is_shown_and_a_yes_has_a_way_back_when_the_guest_returns(client, cast, now):
    say(cast.greta, now, photos=True, name=False)
    page = read(client, cast.greta)
    assert re.findall(r'name="agree-(\w+)" value="(\w+)"[^>]* checked', page) == [("photos", "yes"), ("name", "no")]
    assert "You said yes on 10\xa0August 2027." in page and "You said no on 10\xa0August 2027." in page
    assert re.findall(r'name="withdraw" value="(\w+)"', page) == ["photos"]


def test_enter_saves_and_does_not_withdraw(client, cast, now):
    """A browser presses the form's first button."""
    say(cast.greta, now, photos=True)
    buttons = re.findall(r"<button[^>]*>", read(client, cast.greta).partition('<form class="ask"')[2])
    assert buttons[0] == '<button class="default">'


@pytest.mark.parametrize("state", Event.State.values)
def test_a_yes_is_taken_back_in_one_press_in_every_state_of_the_event(client, cast, now, state):
    say(cast.greta, now, photos=True)
    Event.objects.update(state=state)
    assert re.findall(r'name="withdraw" value="(\w+)"', read(client, cast.greta)) == ["photos"]
    response = client.post(address(cast.greta), {"withdraw": "photos"})
    assert (response.status_code, response["Location"]) == (303, address(cast.greta))
    assert in_force(cast.greta) == {"photos": False}
    assert "You said no on 10\xa0August 2027." in read(client, cast.greta)


@pytest.mark.parametrize(
    ("state", "is_asked"),
    [("draft", False), ("open", True), ("closed", True), ("held", True), ("archived", False), ("cancelled", False)],
)
def test_a_yes_counts_only_while_the_questions_are_asked(client, cast, state, is_asked):
    Event.objects.update(state=state)
    assert ('type="radio"' in read(client, cast.greta)) is is_asked
    client.post(address(cast.greta), {"agree-photos": "yes", "agree-name": "no"})
    assert in_force(cast.greta) == ({"photos": True} if is_asked else {}) | {"name": False}


def test_guests_who_come_are_asked_and_those_who_decline_only_find_the_way(client, cast):
    coming, declined = (
        client.get(page_of(guest) + "answered/?lang=en").content.decode() for guest in (cast.greta, cast.ines)
    )
    assert "May we share photos of you, and may the others see your name?" in coming
    assert "May we share photos" not in declined
    assert 'href="../consents/">May we invite you again next year?' in declined


@pytest.mark.parametrize("state", ["closed", "held", "cancelled", "archived"])
def test_the_way_to_the_page_is_there_when_replies_are_over(client, cast, state):
    Event.objects.update(state=state)
    for path in ("", "answered/"):
        assert f'href="{address(cast.greta)}"' in client.get(page_of(cast.greta) + path).content.decode()


def test_a_companions_consent_stays_open_when_the_guest_says_yes(client, cast):
    companion = factories.make_guest(cast.event, "Kari Følge")
    companion.contact, companion.companion_of, companion.companion_name = None, cast.greta, "Kari Følge"
    companion.save()
    client.post(address(cast.greta), {"agree-photos": "yes", f"agree-photos-{companion.pk}": "yes"})
    assert in_force(companion) == {}


@pytest.mark.parametrize("others", [0, 30])
def test_the_page_is_read_and_written_in_few_queries_at_any_size(client, cast, now, others):
    for _number in range(others):
        say(factories.make_guest(cast.event), now, photos=True, name=True)
    with CaptureQueriesContext(connection) as reading:
        read(client, cast.greta)
    assert len(reading) <= 6
    posted = {"agree-photos": "yes", "agree-name": "yes", "agree-invite": "yes"}
    with CaptureQueriesContext(connection) as writing:
        client.post(address(cast.greta), posted)
    work = [query for query in writing if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE"))]
    assert len(work) <= 18
