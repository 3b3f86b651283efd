"""The guest's page, by the answer form of the outside: GET shows, POST answers."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.html import escape

from events.models import Activity, Answer, Consent, Contact, Event, History, Invitation, Reminder, Voice
from tests import factories
from tests.factories import page_of

pytestmark = pytest.mark.django_db


def states(guest):
    return dict(Answer.objects.filter(guest=guest).values_list("activity__slug", "state"))


def test_the_page_greets_by_name_and_names_whom_to_call_when_a_guest_opens_it(client, cast):
    page = client.get(page_of(cast.henrik)).content.decode()
    assert "Henrik" in page
    assert "Sommerfest" not in page and "Zetterlund" not in page
    assert 'href="tel:55000000"' in page


@pytest.mark.parametrize("query", ["", "?lang=fi"])
def test_a_link_that_lost_its_last_stroke_leads_to_the_page(client, cast, query):
    page = page_of(cast.greta)
    response = client.get(page.removesuffix("/") + query)
    assert (response.status_code, response["Location"]) == (302, page + query)
    assert client.get(page[:-2]).status_code == client.get(page[:-2] + "/").status_code == 404


def test_nothing_is_preselected_when_nothing_is_answered(client, cast):
    page = client.get(page_of(cast.henrik)).content.decode()
    assert page.count('type="radio"') == 9
    assert " checked" not in page


def test_the_earlier_answer_is_shown_when_the_guest_comes_back(client, cast):
    page = client.get(page_of(cast.greta)).content.decode()
    assert page.count(" checked") == 3


@pytest.mark.parametrize(
    "posted, expected",
    [
        ({"all": "1"}, {"gathering": "coming", "race": "coming", "dinner": "coming"}),
        ({"none": "1"}, {"gathering": "not_coming", "race": "not_coming", "dinner": "not_coming"}),
        ({"answer-dinner": "coming"}, {"gathering": "no_answer", "race": "no_answer", "dinner": "coming"}),
        (
            {"answer-dinner": "not_coming", "answer-race": "unsure", "all": "1"},
            {"gathering": "coming", "race": "coming", "dinner": "coming"},
        ),
    ],
)
def test_answers_are_saved_and_confirmed_when_the_form_is_sent(client, cast, posted, expected):
    response = client.post(page_of(cast.henrik), posted)
    assert (response.status_code, response["Location"]) == (303, page_of(cast.henrik) + "answered/")
    assert states(cast.henrik) == expected


@pytest.mark.parametrize("posted", [{}, {"answer-dinner": "perhaps"}, {"answer-dinner": ""}, {"all": "2"}])
def test_the_page_says_what_to_do_and_saves_nothing_when_nothing_sensible_is_chosen(client, cast, posted):
    response = client.post(page_of(cast.henrik), posted)
    page = response.content.decode()
    assert response.status_code == 422
    assert 'role="alert"' in page and "<title>Feil:" in page
    assert states(cast.henrik) == dict.fromkeys(factories.PROGRAMME, "no_answer")
    assert not History.objects.filter(guest=cast.henrik).exists()


def test_what_was_chosen_is_kept_when_another_choice_is_unknown(client, cast):
    page = client.post(page_of(cast.henrik), {"answer-race": "coming", "answer-dinner": "perhaps"}).content.decode()
    assert page.count(" checked") == 1
    assert states(cast.henrik)["race"] == "no_answer"


def test_fields_outside_the_form_change_nothing_when_they_are_posted(client, cast):
    client.post(
        page_of(cast.henrik),
        {"answer-dinner": "coming", "state": "waiting", "event": cast.other_event.pk, "companions_allowed": "9"},
    )
    cast.henrik.refresh_from_db()
    assert (cast.henrik.event, cast.henrik.companions_allowed) == (cast.event, 0)
    assert states(cast.henrik)["dinner"] == "coming"


def test_an_activity_one_is_not_invited_to_is_neither_shown_nor_answered(client, cast):
    guest = factories.make_guest(cast.event, invited_to=["race"])
    page = client.get(page_of(guest)).content.decode()
    assert "answer-race" in page and "answer-dinner" not in page
    assert client.post(page_of(guest), {"answer-dinner": "coming"}).status_code == 422
    assert states(guest) == {"race": "no_answer"}


def test_the_place_in_line_is_told_when_the_dinner_is_full(client, cast):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    first = factories.make_guest(cast.event)
    client.post(page_of(first), {"answer-dinner": "coming"})
    client.post(page_of(cast.henrik), {"answer-dinner": "coming"})
    page = client.get(page_of(cast.henrik) + "answered/").content.decode()
    assert "nummer 2 på ventelisten" in page


@pytest.mark.parametrize("state", ["draft", "closed", "held", "archived", "cancelled"])
def test_a_warm_page_says_so_when_the_event_takes_no_answers(client, cast, state):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    for response in (client.get(page_of(cast.henrik)), client.post(page_of(cast.henrik), {"all": "1"})):
        assert response.status_code == 200
        assert 'type="radio"' not in response.content.decode()
    assert set(states(cast.henrik).values()) == {"no_answer"}


@pytest.mark.parametrize("state", ["open", "closed"])
def test_nobody_is_asked_any_more_when_the_day_is_over(client, cast, clock, state):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    last = Activity.objects.filter(event=cast.event).order_by("-ends_at")[0]
    clock.move(seconds=(last.ends_at - timezone.now()).total_seconds() - 60)
    assert "over" not in client.get(page_of(cast.henrik) + "?lang=en").content.decode().split("<h2>")[1]
    clock.move(hours=12)
    page = client.get(page_of(cast.henrik) + "?lang=en").content.decode()
    assert "This event is over" in page and "A word to your host" in page
    assert 'type="radio"' not in page and "reply date has passed" not in page


def test_the_answer_is_readable_with_whom_to_call_when_the_deadline_has_passed(client, cast, now):
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=now - timedelta(minutes=1))
    page = client.get(page_of(cast.greta)).content.decode()
    assert 'type="radio"' not in page
    assert "Marte Lie" in page and "tel:" in page
    assert client.post(page_of(cast.greta), {"none": "1"}).status_code == 422
    assert states(cast.greta)["dinner"] == "coming"


WRONG = ["x", "0" * 34, "å" * 34, "A" * 4000, "%00", "a-b_c", " "]


@pytest.mark.parametrize("token", WRONG)
def test_one_and_the_same_warm_page_comes_when_a_link_is_wrong(client, cast, token):
    expected = client.get("/i/unknown/").content
    response = client.get(f"/i/{token}/")
    assert response.status_code == 404
    assert _without_tokens(response.content) == _without_tokens(expected)
    assert "no-store" in response["Cache-Control"] and "noindex" in response["X-Robots-Tag"]


def _without_tokens(page):
    return b"\n".join(line for line in page.splitlines() if b"csrfmiddlewaretoken" not in line)


def test_a_link_ends_in_the_warm_page_when_it_is_mutilated_revoked_or_renewed(client, cast):
    address = page_of(cast.henrik)
    for wrong in (address[:-2] + "/", address.swapcase().replace("/I/", "/i/"), address.replace("/i/", "/i/0")):
        assert client.get(wrong).status_code == 404
    Invitation.objects.filter(guest=cast.henrik).update(version=2)
    assert client.get(address).status_code == 404
    cast.henrik.invitation.refresh_from_db()
    assert client.get(page_of(cast.henrik)).status_code == 200
    Invitation.objects.filter(guest=cast.henrik).update(state="revoked")
    assert client.get(page_of(cast.henrik)).status_code == 404


def test_too_many_answers_are_met_kindly_and_keep_what_was_chosen(client, cast, settings):
    settings.ANSWERS_PER_LINK_PER_MINUTE = 2
    for _ in range(2):
        client.post(page_of(cast.henrik), {"answer-dinner": "unsure"})
    response = client.post(page_of(cast.henrik), {"answer-dinner": "coming"})
    assert response.status_code == 429
    assert '<input type="hidden" name="answer-dinner" value="coming">' in response.content.decode()
    assert states(cast.henrik)["dinner"] == "unsure"


def test_all_that_was_typed_is_kept_and_shown_when_tries_were_too_many(client, cast, settings):
    settings.ANSWERS_PER_LINK_PER_MINUTE = 0
    text = "Gleder meg, men kommer <rett> fra jobb"
    page = client.post(page_of(cast.henrik), {"need": ["fish", "egg"], "word": text}).content.decode()
    assert all(f'<input type="hidden" name="need" value="{need}">' in page for need in ("fish", "egg"))
    assert f"<p>{escape(text)}</p>" in page


@pytest.mark.parametrize("others", [0, 40])
def test_three_queries_show_the_page_at_any_size(client, cast, others, django_assert_num_queries):
    Activity.objects.filter(event=cast.event).update(capacity=5)
    for _ in range(others):
        factories.make_guest(cast.event, answers=dict.fromkeys(factories.PROGRAMME, "coming"))
    address = page_of(cast.henrik)
    with django_assert_num_queries(3):
        client.get(address)


@pytest.mark.parametrize("others", [0, 40])
def test_seven_queries_store_an_answer_at_any_size(client, cast, others, django_assert_num_queries):
    for _ in range(others):
        factories.make_guest(cast.event)
    address = page_of(cast.henrik)
    with django_assert_num_queries(7 + 2):  # two are the savepoint's
        client.post(address, {"all": "1"})


def test_the_guests_language_is_shown_when_the_list_names_one(client, cast):
    cast.henrik.contact.language = "fi"
    cast.henrik.contact.save()
    assert '<html lang="fi">' in client.get(page_of(cast.henrik)).content.decode()
    assert '<html lang="sv">' in client.get(page_of(cast.henrik) + "?lang=sv").content.decode()
    assert '<html lang="fi">' in client.get(page_of(cast.henrik)).content.decode()


def test_the_language_is_kept_for_pages_and_mails_when_the_guest_switches(client, cast):
    response = client.post("/i18n/setlang/", {"language": "sv", "next": page_of(cast.henrik)})
    assert (response.status_code, response["Location"]) == (303, page_of(cast.henrik))
    cast.henrik.refresh_from_db()
    assert cast.henrik.mail_language == "sv"
    assert '<html lang="sv">' in client.get(page_of(cast.henrik)).content.decode()


@pytest.mark.parametrize(
    "where", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", ""]
)
def test_the_switch_stays_at_home_when_next_leads_away(client, where):
    response = client.post("/i18n/setlang/", {"language": "sv", "next": where})
    assert response["Location"] == "/"


def all_told(guest):
    """Every further page is done, so that the summary says what happens next."""
    guest.event.activity_set.update(kind="other")
    Voice.objects.create(guest=guest, text="Gleder meg", said_at=guest.created_at)
    said = {"text_version": "1", "language": "nb", "channel": "web", "said_at": guest.created_at}
    Consent.objects.create(guest=guest, purpose="photos", is_given=True, **said)


PROMISE = "Når dagen nærmer seg"


@pytest.mark.parametrize(
    ("change", "is_promised"),
    [
        (lambda guest: None, True),
        (lambda guest: Reminder.objects.update(is_on=False), False),
        (lambda guest: Reminder.objects.all().delete(), False),
        (lambda guest: Contact.objects.filter(pk=guest.contact_id).update(unsubscribed_at=guest.created_at), False),
        (lambda guest: Event.objects.filter(pk=guest.event_id).update(held_on=guest.created_at.date()), False),
    ],
)
def test_practical_information_is_promised_only_where_it_will_come(client, cast, change, is_promised):
    all_told(cast.greta)
    factories.make_reminder(cast.event, "practical", days=1)
    change(cast.greta)
    shown = client.get(page_of(cast.greta) + "answered/").content.decode()
    assert "på e-post om noen minutter" in shown
    assert (PROMISE in shown) is is_promised
