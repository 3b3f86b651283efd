"""The organiser's own questions: every kind, in every language, kept and refused."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Answer, Event, History, Question, Reply
from tests import factories


@pytest.fixture
def dinner(cast):
    return cast.activity("dinner")


@pytest.fixture
def asked(dinner):
    """One question of each kind about the dinner, none of which must be answered."""
    make = factories.make_question
    return {
        "text": make(dinner, "Hvem vil du treffe?"),
        "choice": make(dinner, "Buss hjem?", kind="choice", options=("Kl. 22", "Kl. 23")),
        "several": make(dinner, "Drikke?", kind="several", options=("Vann", "Te", "Kaffe")),
        "yes_no": make(dinner, "Dans?", kind="yes_no"),
        "number": make(dinner, "Skonummer?", kind="number"),
    }


def typed(guest, replies):
    """The form's fields: {question: value} of one person."""
    posted = {}
    for question, value in replies.items():
        answer = Answer.objects.get(guest=guest, activity=question.activity_id)
        posted[f"about-{answer.pk}-q{question.pk}"] = value
    return posted


def page_of(guest):
    return factories.page_of(guest) + "questions/"


def text(response):
    return response.content.decode()


def test_every_kind_of_reply_is_kept(client, cast, asked, now):
    said = {"text": "Naboen\nmin", "choice": "2", "several": ["1", "3"], "yes_no": "no", "number": "42,5"}
    response = client.post(page_of(cast.greta), typed(cast.greta, {asked[kind]: said[kind] for kind in said}))
    assert (response.status_code, response["Location"]) == (303, factories.page_of(cast.greta) + "consents/")
    kept = dict(Reply.objects.filter(guest=cast.greta).values_list("question__kind", "value"))
    text_kept = kept.pop("text").replace("\r\n", "\n")
    assert text_kept == "Naboen\nmin"
    assert kept == {"choice": "2", "several": ["1", "3"], "yes_no": False, "number": 42.5}
    row = History.objects.get(what="replied")
    chosen = {str(question.pk): None for kind, question in asked.items() if kind != "text"}
    assert row.facts == {"questions": [question.pk for question in asked.values()], "was": chosen}
    assert row.activity == asked["text"].activity


def test_what_was_said_stands_there_again(client, cast, asked):
    replies = {asked["choice"]: "2", asked["yes_no"]: "no", asked["several"]: ["3"], asked["number"]: "3"}
    client.post(page_of(cast.greta), typed(cast.greta, replies))
    page = text(client.get(page_of(cast.greta)))
    assert len(re.findall(" checked", page)) == 3
    assert re.search(r'value="2"[^>]* checked', page) and re.search(r'value="no"[^>]* checked', page)
    assert 'value="3"' in page


def test_saying_the_same_again_writes_nothing(client, cast, asked, clock):
    posted = typed(cast.greta, {asked["choice"]: "1", asked["yes_no"]: "yes"})
    client.post(page_of(cast.greta), posted)
    before = list(Reply.objects.values_list("pk", "said_at"))
    clock.move(minutes=5)
    client.post(page_of(cast.greta), posted)
    assert list(Reply.objects.values_list("pk", "said_at")) == before
    assert History.objects.filter(what="replied").count() == 1


def test_reply_can_be_taken_back(client, cast, asked):
    client.post(page_of(cast.greta), typed(cast.greta, {asked["text"]: "Hei", asked["number"]: "4"}))
    client.post(page_of(cast.greta), typed(cast.greta, {asked["text"]: "", asked["number"]: ""}))
    assert not Reply.objects.filter(guest=cast.greta).said().exists()
    assert History.objects.filter(what="replied").count() == 2


WRONG = [
    ("choice", "9"), ("several", ["1", "9"]), ("yes_no", "maybe"), ("number", "mange"), ("number", "1" * 15),
    ("number", "1,234"), ("text", "x" * 1001), ("text", "a\x00b"),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "value"), WRONG)
def test_wrong_reply_is_met_with_what_to_do_and_the_rest_is_kept(client, cast, asked, kind, value):
    posted = typed(cast.greta, {asked["text"]: "Naboen", asked[kind]: value})
    response = client.post(page_of(cast.greta), posted)
    assert response.status_code == 422
    page = text(response)
    linked = re.search(r'class="summary" role="alert".*?href="#([^"]+)"', page, re.S)[1]
    assert f'id="{linked}"' in page
    assert not Reply.objects.exists()
    assert kind == "text" or "Naboen" in page


@pytest.mark.parametrize("kind", Question.Kind.values)
def test_required_question_is_asked_for_and_the_page_can_be_skipped(client, cast, asked, kind):
    Question.objects.filter(kind=kind).update(is_required=True)
    page = text(client.get(page_of(cast.greta)))
    assert page.count("(valgfritt)") + page.count("(optional)") == 4
    assert f'href="{factories.page_of(cast.greta)}consents/"' in page
    response = client.post(page_of(cast.greta), {})
    assert response.status_code == 422
    assert str(asked[kind]) in re.search(r'role="alert".*?</ul>', text(response), re.S)[0]
    assert not Reply.objects.exists()


@pytest.mark.parametrize(
    ("language", "title", "option"), [("nb", "Buss hjem?", "Kl. 22"), ("fi", "Buss hjem? (fi)", "Klo 22")]
)
def test_question_is_asked_in_the_guests_language_where_there_is_one(client, cast, asked, language, title, option):
    asked["choice"].options[0]["texts"]["fi"] = "Klo 22"
    asked["choice"].save()
    page = text(client.get(page_of(cast.greta) + f"?lang={language}"))
    assert title in page and option in page
    assert "Kl. 23" in page  # has no Finnish text


def test_only_parts_the_guest_comes_to_are_asked_about(client, cast, asked):
    factories.make_question(cast.activity("race"), "Vil du løpe sammen med noen?")
    page = text(client.get(page_of(cast.greta)))  # does not run
    assert "Dinner" in page and "løpe sammen" not in page
    assert "Dans?" not in text(client.get(page_of(cast.ines)))
    assert client.get(page_of(cast.ines)).status_code == 200


def test_page_is_not_found_where_nothing_is_asked(client, cast):
    assert client.get(page_of(cast.greta)).status_code == 404


def test_companions_are_asked_through_their_guest(client, cast, asked):
    ola = factories.make_companion(cast.greta, "Ola Følge", answers={"dinner": "coming"})
    posted = typed(cast.greta, {asked["choice"]: "1"}) | typed(ola, {asked["choice"]: "2"})
    assert "Ola Følge" in text(client.get(page_of(cast.greta)))
    assert client.post(page_of(cast.greta), posted).status_code == 303
    said = dict(Reply.objects.said().values_list("guest", "value"))
    assert said == {cast.greta.pk: "1", ola.pk: "2"}


def test_nobody_replies_for_a_guest_of_another_link(client, cast, asked):
    question = factories.make_question(cast.other_event.activity_set.get(slug="dinner"), kind="yes_no")
    client.post(page_of(cast.greta), typed(cast.zoe, {question: "yes"}))
    assert not Reply.objects.said().exists()


@pytest.mark.parametrize("state", ["closed", "held", "cancelled"])
def test_closed_event_shows_what_was_said_and_takes_nothing(client, cast, asked, state):
    client.post(page_of(cast.greta), typed(cast.greta, {asked["choice"]: "2"}))
    Event.objects.update(state=state)
    page = text(client.get(page_of(cast.greta)))
    assert "Kl. 23" in page and '<input type="radio"' not in page
    response = client.post(page_of(cast.greta), typed(cast.greta, {asked["text"]: "For sent"}))
    assert response.status_code == 422 and "For sent" in text(response)
    assert Reply.objects.said().count() == 1


def test_step_opens_again_when_a_question_joins(client, cast, asked):
    def is_done():
        steps = client.get(factories.page_of(cast.greta) + "answered/").context["steps"]
        return next(step["is_done"] for step in steps if step["view"] == "questions")

    assert is_done() is False
    client.post(page_of(cast.greta), {})
    assert is_done() is True
    factories.make_question(asked["text"].activity, "Og enda noe?")
    assert is_done() is False


@pytest.mark.parametrize(("size", "company"), [(1, 0), (500, 10)])
def test_page_costs_the_same_with_ten_companions_and_many_guests(client, cast, asked, size, company):
    for _number in range(size):
        factories.make_guest(cast.event, answers={"dinner": "coming"})
    companions = [factories.make_companion(cast.greta, f"F {n}", answers={"dinner": "coming"}) for n in range(company)]
    posted = {}
    for person in (cast.greta, *companions):
        posted |= typed(person, {asked["choice"]: "1", asked["text"]: "Hei"})
    with CaptureQueriesContext(connection) as reading:
        client.get(page_of(cast.greta))
    with CaptureQueriesContext(connection) as writing:
        assert client.post(page_of(cast.greta), posted).status_code == 303
    around = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
    written = [query for query in writing if not query["sql"].startswith(around)]
    assert len(reading) <= 10
    assert len(written) <= 12
    assert Reply.objects.said().count() == 2 * (1 + company)
