"""The food page: asked only where something is served, never kept without a yes, taken back with one press (P1, P2)."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import food
from events.domain.food import Plate
from events.models import Activity, Consent, Event, Food, Guest
from tests import factories
from tests.actions.test_food import bring, kept
from tests.database import whole_database
from tests.factories import page_of

pytestmark = pytest.mark.django_db
QUIET = ["draft", "closed", "held", "archived", "cancelled"]


@pytest.fixture
def dinner(cast):
    Activity.objects.filter(pk=cast.activity("dinner").pk).update(serves_food=True)
    return cast.activity("dinner")


def address(guest):
    return page_of(guest) + "food/"


def read(client, guest, language="en"):
    response = client.get(address(guest) + f"?lang={language}")
    assert response.status_code == 200
    return response.content.decode()


def send(client, guest, **typed):
    return client.post(address(guest), {name.replace("_", "-"): value for name, value in typed.items()})


def boxes(guest, *codes, other=""):
    return {f"needs-{guest.pk}": list(codes), f"other-{guest.pk}": other}


def stored(guest):
    row = Food.objects.filter(guest=guest).first()
    return row and (row.needs, row.other)


def test_purpose_readers_and_the_day_of_deletion_are_said_before_anything_is_asked(client, cast, dinner):
    page = read(client, cast.greta)
    told = ["gets food they can eat", "Only those who plan and make the food", "Friday 1\xa0October 2027"]
    places = [page.index(words) for words in (*told, "Is there anything you can&#x27;t or don&#x27;t eat?")]
    assert places == sorted(places)
    assert page.count("(optional)") == 2


@pytest.mark.parametrize(("days", "day"), [(3, "Monday 27\xa0September 2027"), (30, "Friday 1\xa0October 2027")])
def test_only_a_shorter_time_of_the_event_counts(client, cast, dinner, days, day):
    Event.objects.update(food_kept_days=days)
    assert day in read(client, cast.greta)


def test_no_box_is_ticked_and_the_consent_least_of_all(client, cast, dinner):
    page = read(client, cast.greta)
    assert 'name="consent"' in page
    assert " checked" not in page and " required" not in page


def test_needs_are_kept_with_a_consent_when_the_box_is_ticked(client, cast, dinner):
    typed = boxes(cast.greta, "nuts", "vegan", other="  no   onions ") | {"consent": "on"}
    response = client.post(address(cast.greta) + "?lang=fi", typed)
    assert (response.status_code, response["Location"]) == (303, page_of(cast.greta) + "consents/")
    assert stored(cast.greta) == (["vegan", "nuts"], "no onions")
    consent = Consent.objects.get()
    assert (consent.guest, consent.purpose, consent.language, consent.channel) == (cast.greta, "food", "fi", "web")
    page = read(client, cast.greta)
    assert page.count(" checked") == 2 and 'value="no onions"' in page
    assert 'name="consent"' not in page and "You have agreed" in page


def test_a_kind_word_asks_for_the_consent_and_all_is_kept_on_the_page_when_the_box_is_empty(client, cast, dinner):
    per = bring(cast.greta)
    typed = boxes(cast.greta, "vegan", other="no onions") | boxes(per, "nuts")
    response = client.post(address(cast.greta) + "?lang=en", typed)
    page = response.content.decode()
    assert response.status_code == 422
    assert "<title>Error:" in page and 'role="alert"' in page and 'href="#id_consent"' in page
    assert page.count("Tick this box") == 2  # in the summary and at the box
    assert page.count(" checked") == 2 and 'value="no onions"' in page
    assert (kept(), Consent.objects.count()) == ({}, 0)


def test_nothing_ticked_is_an_answer_that_needs_no_consent(client, cast, dinner):
    response = client.post(address(cast.greta), {})
    assert (response.status_code, stored(cast.greta), Consent.objects.count()) == (303, ([], ""), 0)
    assert "Withdraw" not in read(client, cast.greta)


def test_each_of_the_party_has_own_needs_and_strangers_have_none(client, cast, dinner):
    per, stay = bring(cast.greta), bring(cast.greta, "Kim Hjemme", state="not_coming")
    typed = {"consent": "on"}
    for person in (cast.greta, per, stay, cast.zoe, cast.henrik):
        typed |= boxes(person, "vegan")
    assert client.post(address(cast.greta), typed).status_code == 303
    assert kept() == {cast.greta.pk: Plate(("vegan",)), per.pk: Plate(("vegan",))}


def test_what_a_companion_needs_stays_when_an_older_page_without_the_companion_is_sent(client, cast, dinner):
    ola = bring(cast.greta, "Ola")
    client.post(address(cast.greta), boxes(cast.greta) | boxes(ola, "nuts") | {"consent": "on"})
    client.post(address(cast.greta), boxes(cast.greta, "fish"))
    assert (stored(cast.greta), stored(ola)) == ((["fish"], ""), (["nuts"], ""))


def test_an_unnamed_companion_is_asked_about_too(client, cast, dinner):
    bring(cast.greta, "")
    assert "your companion can&#x27;t" in read(client, cast.greta)


@pytest.mark.parametrize(
    ("typed", "word"),
    [
        ({"other": "x" * 301}, "300 characters"),
        ({"codes": ["poison"]}, "Choose among those"),
        ({"other": "\u0958" * 300}, "300 characters"),  # twice as long once composed
    ],
)
def test_the_page_says_what_to_do_when_something_does_not_fit(client, cast, dinner, typed, word):
    sent = boxes(cast.greta, *typed.get("codes", []), other=typed.get("other", "")) | {"consent": "on"}
    response = client.post(address(cast.greta) + "?lang=en", sent)
    assert response.status_code == 422
    assert word in response.content.decode()
    assert kept() == {}


def test_odd_signs_do_no_harm(client, cast, dinner):
    typed = boxes(cast.greta, other="no\x00 <b>løk</b>\u200b\r\n=1+1") | {"consent": "on"}
    assert client.post(address(cast.greta), typed).status_code == 303
    assert stored(cast.greta) == ([], "no <b>løk</b> =1+1")
    assert "&lt;b&gt;løk&lt;/b&gt;" in read(client, cast.greta)


def test_everything_is_gone_with_one_press(client, cast, dinner):
    per = bring(cast.greta)
    client.post(address(cast.greta), boxes(cast.greta, "vegan") | boxes(per, "nuts") | {"consent": "on"})
    assert "Withdraw my consent" in read(client, cast.greta)
    response = send(client, cast.greta, withdraw="1")
    assert (response.status_code, response["Location"]) == (303, address(cast.greta))
    assert (kept(), Consent.objects.filter(withdrawn_at=None).count()) == ({}, 0)
    page = read(client, cast.greta)
    assert "You have taken your consent back" in page and "Withdraw my consent" not in page
    assert " checked" not in page


@pytest.mark.parametrize("state", QUIET)
def test_what_was_told_is_shown_and_can_only_be_taken_back_when_the_event_is_not_open(client, cast, dinner, state):
    client.post(address(cast.greta), boxes(cast.greta, "vegan") | {"consent": "on"})
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    leads_here = address(cast.greta) in client.get(page_of(cast.greta)).content.decode()
    assert leads_here == (state != "draft")
    page = read(client, cast.greta)
    assert "<dd>vegan</dd>" in page and 'type="checkbox"' not in page
    response = client.post(address(cast.greta) + "?lang=en", boxes(cast.greta, "nuts", other="no onions"))
    assert response.status_code == 422
    assert "<li>Greta Åsen: no nuts, no onions</li>" in response.content.decode()
    assert stored(cast.greta) == (["vegan"], "")
    assert send(client, cast.greta, withdraw="1").status_code == 303
    assert kept() == {}


@pytest.mark.parametrize("days", [30, 40, 44])
def test_an_allergy_can_be_told_after_the_date_to_answer_by(client, cast, dinner, clock, days):
    clock.move(days=days)  # the deadline is after 31
    assert client.post(address(cast.greta), boxes(cast.greta, "nuts") | {"consent": "on"}).status_code == 303


def test_it_is_too_late_when_the_meal_has_begun_but_never_to_take_it_back(client, cast, dinner, clock):
    client.post(address(cast.greta), boxes(cast.greta, "vegan") | {"consent": "on"})
    clock.now = dinner.starts_at + timedelta(seconds=1)
    page = read(client, cast.greta)
    assert 'href="tel:' in page and 'type="checkbox"' not in page
    response = client.post(address(cast.greta) + "?lang=en", boxes(cast.greta, "nuts"))
    late = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in late and "all you wrote still stands here below" in late and "no nuts" in late
    assert stored(cast.greta) == (["vegan"], "")
    send(client, cast.greta, withdraw="1")
    assert kept() == {}


def test_nobody_is_asked_where_nothing_is_served(client, cast):
    page = read(client, cast.greta)
    assert "There is nothing to fill in here" in page and "checkbox" not in page
    assert "/food/" not in client.get(page_of(cast.greta) + "answered/").content.decode()
    assert client.post(address(cast.greta), boxes(cast.greta, "vegan") | {"consent": "on"}).status_code == 422
    assert kept() == {}


@pytest.mark.parametrize("who", ["henrik", "ines"])
def test_whoever_does_not_come_is_not_asked(client, cast, dinner, who):
    assert "There is nothing to fill in here" in read(client, getattr(cast, who))


def test_whoever_waits_for_a_place_is_asked(client, cast, dinner):
    guest = factories.make_guest(cast.event, answers={"dinner": "waiting"})
    assert "checkbox" in read(client, guest)


def test_a_guest_who_stays_at_home_is_asked_about_the_companion_only(client, cast, dinner):
    guest = factories.make_guest(cast.event, "Kari Nordås", answers={"dinner": "not_coming"}, companions_allowed=1)
    per = bring(guest)
    page = read(client, guest)
    assert f"needs-{per.pk}" in page and f"needs-{guest.pk}" not in page
    assert "/food/" in client.get(page_of(guest) + "answered/").content.decode()


FOOD_IS_DONE = re.compile(r'href="[^"]*/food/">[^<]*</a> <span class="soft">Done')


def steps(client, guest):
    """(the first thing asked for next, whether the food page is done) as the summary shows them."""
    page = client.get(page_of(guest) + "answered/?lang=en").content.decode()
    return "Is there anything you can&#x27;t or don&#x27;t eat" in page, bool(FOOD_IS_DONE.search(page))


def test_the_summary_invites_until_everybody_is_told_and_does_not_nag_after_a_no(client, cast, dinner):
    assert steps(client, cast.greta) == (True, False)
    client.post(address(cast.greta), {})
    assert steps(client, cast.greta) == (False, True)
    per = bring(cast.greta)
    assert steps(client, cast.greta) == (True, False)
    client.post(address(cast.greta), boxes(per, "nuts") | {"consent": "on"})
    assert steps(client, cast.greta) == (False, True)
    send(client, cast.greta, withdraw="1")
    assert steps(client, cast.greta) == (False, True)


def test_whoever_comes_after_all_is_asked_again(client, cast, dinner):
    client.post(address(cast.greta), boxes(cast.greta, "nuts") | {"consent": "on"})
    client.post(page_of(cast.greta), {"none": "1"})
    food.let_go()
    assert kept() == {}
    client.post(page_of(cast.greta), {"all": "1"})
    assert steps(client, cast.greta) == (True, False)


def test_the_consent_is_asked_for_when_it_was_taken_back_in_another_tab(client, cast, dinner, monkeypatch):
    client.post(address(cast.greta), boxes(cast.greta, "nuts") | {"consent": "on"})
    send(client, cast.greta, withdraw="1")
    monkeypatch.setattr("events.views.food._is_agreed", lambda consent: True)  # as read a moment before
    response = client.post(address(cast.greta) + "?lang=en", boxes(cast.greta, "nuts"))
    assert response.status_code == 422
    assert 'name="consent"' in response.content.decode() and "Tick this box" in response.content.decode()
    assert kept() == {}


def test_all_boxes_are_kept_when_it_was_sent_too_often(client, cast, dinner, settings):
    settings.ANSWERS_PER_LINK_PER_MINUTE = 0
    response = client.post(address(cast.greta), boxes(cast.greta, "nuts", "vegan", other="no onions"))
    assert response.status_code == 429
    kept_values = re.findall(r'type="hidden" name="(needs|other)-\d+" value="([^"]*)"', response.content.decode())
    assert kept_values == [("needs", "nuts"), ("needs", "vegan"), ("other", "no onions")]


@pytest.mark.parametrize("companions", [0, 10])
def test_the_page_takes_ten_queries_at_the_most_with_any_party_and_any_event(client, cast, dinner, companions):
    for number in range(companions):
        bring(cast.greta, f"Følge {number}")
    others = [
        Guest(event=cast.event, sort_key=f"g{n}", created_at=cast.event.created_at) for n in range(companions * 50)
    ]
    Guest.objects.bulk_create(others)
    typed = boxes(cast.greta, "nuts") | {"consent": "on"}
    client.post(address(cast.greta), typed)
    with CaptureQueriesContext(connection) as asked:
        read(client, cast.greta)
    assert len(asked) <= 10
    with CaptureQueriesContext(connection) as asked:
        client.get(page_of(cast.greta) + "answered/")
    assert len(asked) <= 10


@pytest.mark.parametrize("state", Event.State.values)
def test_reading_changes_nothing_whatever_stands_in_the_address(client, cast, dinner, state):
    client.post(address(cast.greta), boxes(cast.greta, "nuts") | {"consent": "on"})
    Event.objects.update(state=state)
    before = whole_database()
    for method in ("GET", "HEAD", "OPTIONS"):
        client.generic(method, address(cast.greta) + f"?withdraw=1&consent=on&needs-{cast.greta.pk}=vegan")
    assert whole_database() == before
