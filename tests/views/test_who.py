"""Who else is coming: only where it is turned on, only those who agreed, the others as a number."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import consents
from events.models import Event, Guest, History, Invitation
from events.reports import who
from tests import factories
from tests.factories import page_of

pytestmark = pytest.mark.django_db
ALL = dict.fromkeys(factories.PROGRAMME, "coming")


@pytest.fixture
def cast(cast):
    Event.objects.update(shows_guests=True)
    return cast


def agree(guest, now, is_given=True, purpose="name"):
    consents.say(guest, purpose, is_given, by=None, channel=History.Channel.WEB, language="nb", now=now)


def companion(guest, **answers):
    """A companion of the guest who has answered so."""
    made = Guest.objects.create(
        event=guest.event, companion_of=guest, companion_name="Kari Følge", sort_key="kari", created_at=guest.created_at
    )
    for activity in guest.event.activity_set.all():
        factories.make_answer(made, activity, answers.get(activity.slug, "no_answer"))
    return made


def read(client, guest, query="?lang=en"):
    response = client.get(page_of(guest) + "who/" + query)
    assert response.status_code == 200
    return response.content.decode()


def without_csrf(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", response.content.decode())


def names(page):
    return re.findall(r"<p><b>([^<]+)</b>", page)


def test_only_those_who_come_and_agreed_are_named(client, cast, now):
    agree(cast.greta, now)
    agree(cast.ines, now)  # declined
    agree(cast.zoe, now)  # of another event
    refused = factories.make_guest(cast.event, "Nils Nei", answers=ALL)
    agree(refused, now, is_given=False)
    agree(factories.make_guest(cast.event, "Foto Ja", answers=ALL), now, purpose="photos")
    waiting = factories.make_guest(cast.event, "Vera Vent", answers={"dinner": "waiting"})
    agree(waiting, now)
    page = read(client, cast.henrik)
    assert names(page) == ["Greta Åsen"]
    assert "Fjord Regnskap AS" in page and "Gathering (en) · Dinner (en)" in page and "Race (en)" not in page
    assert [word for word in ("Ines", "Nils", "Foto Ja", "Vera") if word in page] == []
    assert not factories.tells_of_zoe(page)
    assert "3 people are coming so far." in page and "and 2 others" in page


def test_a_name_is_gone_at_once_when_the_guest_withdraws(client, cast, now, clock):
    agree(cast.greta, now)
    assert names(read(client, cast.henrik)) == ["Greta Åsen"]
    client.post(page_of(cast.greta) + "consents/", {"withdraw": "name"})
    page = read(client, cast.henrik)
    assert names(page) == [] and "Nobody has chosen to show their name yet." in page


def test_companions_are_only_numbers(client, cast, now):
    agree(cast.greta, now)
    companion(cast.greta, dinner="coming", race="coming")
    companion(cast.greta, dinner="not_coming")
    hidden = factories.make_guest(cast.event, "Nils Nei", answers=ALL)
    companion(hidden, dinner="coming")
    page = read(client, cast.henrik)
    assert "Kari Følge" not in page
    assert re.search(r"<b>Greta Åsen</b> <span[^>]*>and 1 more</span>", page)
    assert "4 people are coming so far." in page and "and 2 others" in page
    assert who.coming(cast.event) == who.Coming(heads=4, named=1, others=2)


def test_nobody_is_named_who_cannot_take_it_back(client, cast, now):
    """The link is withdrawn, or the guest is forgotten."""
    agree(cast.greta, now)
    gone = factories.make_guest(cast.event, "Fredrik Forlatt", answers=ALL)
    agree(gone, now)
    Guest.objects.filter(pk=gone.pk).update(forgotten_at=now)
    Invitation.objects.filter(guest=cast.greta).update(state="revoked")
    assert names(read(client, cast.henrik)) == []


def test_what_is_cancelled_is_nothing_to_come_to(client, cast, now):
    agree(cast.greta, now)
    cast.event.activity_set.filter(slug="dinner").update(cancelled_at=now)
    assert "Dinner" not in read(client, cast.henrik)
    cast.event.activity_set.update(cancelled_at=now)
    page = read(client, cast.henrik)
    assert names(page) == [] and "0 people" in page


def test_a_guest_who_has_not_said_is_asked_kindly_and_one_who_has_is_not(client, cast, now):
    asked, refused = "Choose whether your name is shown", "As you wished, your own name is not shown."
    for is_given, expected in ((None, (True, False)), (False, (False, True)), (True, (False, False))):
        if is_given is not None:
            agree(cast.greta, now, is_given=is_given)
        page = read(client, cast.greta)
        assert (asked in page, refused in page) == expected
        assert ('href="../consents/"' in page) is any(expected)


@pytest.mark.parametrize("state", Event.State.values)
def test_the_page_is_there_while_it_is_a_question(client, cast, state):
    Event.objects.update(state=state)
    expected = state in {"open", "closed"}
    assert (client.get(page_of(cast.greta) + "who/").status_code == 200) is expected
    assert ("who/" in client.get(page_of(cast.greta) + "answered/").content.decode()) is expected


def test_the_page_is_the_warm_404_when_it_is_not_turned_on(client, cast, now):
    agree(cast.greta, now)
    Event.objects.update(shows_guests=False)
    off, unknown = (client.get(page_of(cast.henrik) + path) for path in ("who/", "nowhere/"))
    assert (off.status_code, unknown.status_code) == (404, 404)
    assert without_csrf(off) == without_csrf(unknown)
    assert "who/" not in client.get(page_of(cast.greta) + "answered/").content.decode()


def test_names_stand_in_the_order_of_the_house_page_by_page(client, cast, now, monkeypatch):
    monkeypatch.setattr(who, "PER_PAGE", 2)
    for name in ("Åse Bø", "Arne Aas", "Øyvind Dahl"):
        agree(factories.make_guest(cast.event, name, answers=ALL), now)
    pages = [read(client, cast.henrik, f"?lang=en&page={number}") for number in (1, 2, 3)]
    ordered = [guest.name for guest in Guest.objects.filter(event=cast.event).order_by("sort_key")]
    shown = names(pages[0]) + names(pages[1])
    assert shown == [name for name in ordered if name in shown] and len(shown) == 3
    assert ["More names" in page for page in pages[:2]] == [True, False]
    assert ["and 1 other" in page for page in pages[:2]] == [False, True]
    assert names(pages[2]) == names(pages[1])


@pytest.mark.parametrize("page", ["0", "-1", "x", "9999999999999999999", "%00", ""])
def test_an_odd_page_number_shows_a_page(client, cast, page):
    read(client, cast.greta, f"?page={page}")


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_is_read_in_five_queries_at_any_size(client, cast, now, size):
    for _number in range(size):
        guest = factories.make_guest(cast.event, answers=ALL)
        agree(guest, now)
        companion(guest, dinner="coming")
    with CaptureQueriesContext(connection) as asked:
        read(client, cast.greta)
    assert len(asked) <= 5
