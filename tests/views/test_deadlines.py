"""Deadlines of their own, grace, and what is sent too late: kept, shown, and passed on."""

from datetime import timedelta

import pytest
from django.utils import translation

from events.forms.links import LinkAgainForm
from events.models import Activity, Answer, Event, History
from events.views import steps
from tests import factories
from tests.factories import page_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_english(client):
    client.cookies["language"] = "en"


def states(guest):
    return dict(Answer.objects.filter(guest=guest).values_list("activity__slug", "state"))


def set_deadline(cast, at, slug="dinner", **fields):
    Activity.objects.filter(event=cast.event, slug=slug).update(answer_by_at=at, **fields)


def wishes_of(guest):
    rows = History.objects.filter(guest=guest).open_wishes()
    return {row.activity.slug: row.facts["wish"] for row in rows}


def text_of(response):
    return response.content.decode()


def test_a_part_with_an_own_deadline_closes_alone(client, cast, clock):
    set_deadline(cast, clock.now - timedelta(minutes=1))
    page = text_of(client.get(page_of(cast.henrik)))
    assert 'name="answer-race"' in page and 'name="answer-dinner"' not in page
    assert client.post(page_of(cast.henrik), {"answer-race": "coming"}).status_code == 303
    assert states(cast.henrik) == {"gathering": "no_answer", "race": "coming", "dinner": "no_answer"}


@pytest.mark.parametrize(("minutes", "status"), [(0, 303), (60, 303), (61, 422)])
def test_answers_are_taken_to_the_last_moment_of_grace(client, cast, clock, minutes, status):
    set_deadline(cast, clock.now - timedelta(days=1), grace_until_at=clock.now + timedelta(minutes=60))
    clock.move(minutes=minutes)
    assert client.post(page_of(cast.henrik), {"answer-dinner": "coming"}).status_code == status
    assert states(cast.henrik)["dinner"] == ("coming" if status == 303 else "no_answer")


def test_grace_ends_when_the_part_begins(client, cast, clock):
    starts_at = cast.activity("dinner").starts_at
    set_deadline(cast, clock.now, grace_until_at=starts_at + timedelta(days=1))
    assert cast.activity("dinner").closes_at(cast.event) == starts_at


def test_the_page_names_the_deadline_and_says_kindly_that_it_still_takes_answers_in_grace(client, cast, clock):
    deadline = clock.now - timedelta(hours=3)
    set_deadline(cast, deadline, grace_until_at=clock.now + timedelta(hours=1))
    page = text_of(client.get(page_of(cast.henrik)))
    assert "Please reply by Tuesday 10\xa0August at\xa008:00" in page
    assert page.count("The reply date has passed, but we gladly still take your reply.") == 1
    assert str(cast.activity("dinner").grace_until_at.astimezone(cast.event.zone).strftime("%H:%M")) not in page
    client.post(page_of(cast.henrik), {"answer-dinner": "coming"})
    assert "You can change your reply until" in text_of(client.get(page_of(cast.henrik) + "answered/"))
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=deadline)
    answered = text_of(client.get(page_of(cast.henrik) + "answered/"))
    assert "but we gladly still take your reply" in answered and "You can change your reply until" not in answered


def test_the_page_says_nothing_of_grace_before_the_deadline(client, cast, clock):
    set_deadline(cast, clock.now + timedelta(hours=1), grace_until_at=clock.now + timedelta(hours=2))
    assert "we gladly still take" not in text_of(client.get(page_of(cast.henrik)))


def test_all_that_was_chosen_is_kept_and_shown_with_whom_to_call_when_the_deadline_passes_meanwhile(
    client, cast, clock
):
    typed = {"answer-gathering": "coming", "answer-race": "unsure", "answer-dinner": "not_coming"}
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=clock.now)
    clock.move(seconds=1)
    response = client.post(page_of(cast.henrik), typed)
    page = text_of(response)
    assert response.status_code == 422
    assert "<title>Error:" in page and 'role="alert"' in page
    for words in ("Gathering (en): I&#x27;m coming", "Race (en): Don&#x27;t know yet", "Dinner (en): I can&#x27;t"):
        assert words in page
    for slug in factories.PROGRAMME:
        assert f'href="#answer-{slug}"' in page and f'id="answer-{slug}"' in page
    assert page.count('href="tel:55000000"') == 2  # in the summary, and where it always stands
    assert "mailto:" in page
    assert set(states(cast.henrik).values()) == {"no_answer"}
    assert wishes_of(cast.henrik) == {"gathering": "coming", "race": "unsure", "dinner": "not_coming"}


def test_the_rest_is_saved_when_only_one_part_was_too_late(client, cast, clock):
    set_deadline(cast, clock.now - timedelta(seconds=1))
    response = client.post(page_of(cast.henrik), {"answer-race": "coming", "answer-dinner": "coming"})
    page = text_of(response)
    assert response.status_code == 422
    assert "The rest of your reply is saved." in page
    assert states(cast.henrik) == {"gathering": "no_answer", "race": "coming", "dinner": "no_answer"}
    assert wishes_of(cast.henrik) == {"dinner": "coming"}


def test_everything_means_all_that_can_be_answered_and_the_rest_is_passed_on(client, cast, clock):
    set_deadline(cast, clock.now - timedelta(days=1))
    response = client.post(page_of(cast.henrik), {"all": "1"})
    assert (response.status_code, response["Location"]) == (303, page_of(cast.henrik) + "answered/")
    assert states(cast.henrik) == {"gathering": "coming", "race": "coming", "dinner": "no_answer"}
    assert wishes_of(cast.henrik) == {"dinner": "coming"}
    assert "After the reply date you chose" in text_of(client.get(response["Location"]))


def test_the_wish_is_shown_when_the_guest_comes_back_and_once_kept(client, cast, clock):
    set_deadline(cast, clock.now - timedelta(days=1))
    for _time in range(2):
        client.post(page_of(cast.henrik), {"answer-dinner": "coming"})
    page = text_of(client.get(page_of(cast.henrik)))
    assert "After the reply date you chose: <b>I&#x27;m coming</b>." in page
    assert History.objects.filter(guest=cast.henrik, what="late").count() == 1


def test_no_wish_is_kept_when_nothing_sensible_is_chosen(client, cast, clock):
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=clock.now - timedelta(seconds=1))
    for typed in ({}, {"answer-dinner": "perhaps"}):
        response = client.post(page_of(cast.henrik), typed)
        assert response.status_code == 422
        assert 'role="alert"' in text_of(response)
    assert not History.objects.exists()


def test_what_was_chosen_is_kept_when_an_organiser_closes_the_event_meanwhile(client, cast):
    Event.objects.filter(pk=cast.event.pk).update(state="closed")
    response = client.post(page_of(cast.henrik), {"answer-dinner": "coming"})
    assert response.status_code == 200
    assert "After the reply date you chose: <b>I&#x27;m coming</b>." in text_of(response)
    assert wishes_of(cast.henrik) == {"dinner": "coming"}
    assert states(cast.henrik)["dinner"] == "no_answer"


@pytest.mark.parametrize("state", ["draft", "held", "archived", "cancelled"])
def test_no_wish_is_kept_when_the_event_is_not_to_be_answered(client, cast, state):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    client.post(page_of(cast.henrik), {"answer-dinner": "coming"})
    assert not History.objects.exists()


def test_a_further_page_keeps_what_was_typed_and_says_whom_to_call_when_it_comes_too_late(cast, client, rf):
    address = page_of(cast.henrik)
    request = rf.post(address, {"email": "henrik typed this"})
    request.resolver_match = client.get(address).resolver_match
    form = LinkAgainForm(request.POST)
    with translation.override("en"):
        response = steps.too_late(request, cast.henrik, "events/step.html", form)
    page = text_of(response)
    assert response.status_code == 422
    assert "<title>Error:" in page and 'role="alert"' in page
    assert 'value="henrik typed this"' in page
    assert page.count('href="tel:55000000"') == 2


@pytest.mark.parametrize("others", [0, 20])
def test_one_more_query_shows_a_page_that_is_shut(client, cast, clock, others, django_assert_num_queries):
    for _ in range(others):
        factories.make_guest(cast.event)
    set_deadline(cast, clock.now - timedelta(days=1))
    client.post(page_of(cast.henrik), {"answer-dinner": "coming"})
    with django_assert_num_queries(3):
        client.get(page_of(cast.henrik))
