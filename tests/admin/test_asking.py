"""The organiser's own questions and the race's classes: written, changed, moved, removed, and read."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import questions
from events.models import Activity, Answer, Entry, History, Question, RaceClass, Reply
from tests import factories


@pytest.fixture
def dinner(cast):
    return cast.activity("dinner")


@pytest.fixture
def race(cast):
    return cast.activity("race")


def asked(activity, end=""):
    return f"/admin/events/event/{activity.event_id}/programme/{activity.pk}/asked/{end}"


def told(event, query=""):
    return f"/admin/events/event/{event.pk}/told/{query}"


def question_form(**fields):
    return {"title_nb": "Buss hjem?", "kind": "choice", "options_nb": "Kl. 22\nKl. 23", **fields}


def reply(guest, question, value):
    return Reply.objects.create(guest=guest, question=question, value=value, said_at=guest.created_at)


def tell(guest, race, **facts):
    return Entry.objects.create(guest=guest, activity=race, changed_at=guest.created_at, **facts)


def text(response):
    return response.content.decode()


def test_question_is_asked_in_several_languages_matched_line_by_line(office, dinner):
    form = question_form(options_en="At 22\nAt 23", title_en="Bus home?", is_required="on")
    assert office().post(asked(dinner, "add/"), form).status_code == 302
    question = Question.objects.get()
    assert (question.activity, question.kind, question.is_required) == (dinner, "choice", True)
    assert question.title == {"nb": "Buss hjem?", "en": "Bus home?"}
    assert question.options == [
        {"key": "1", "texts": {"nb": "Kl. 22", "en": "At 22"}},
        {"key": "2", "texts": {"nb": "Kl. 23", "en": "At 23"}},
    ]
    row = History.objects.get(what="programme", activity=dinner)
    assert row.facts == {"change": "question_added", "question": question.pk}


@pytest.mark.parametrize(
    "wrong",
    [
        {"title_nb": ""},
        {"title_nb": "x" * 201},
        {"kind": "riddle"},
        {"options_nb": "Bare en"},
        {"options_nb": ""},
        {"options_en": "Only one"},
        {"options_nb": "\n".join(str(number) for number in range(31))},
        {"options_nb": "a" * 201 + "\nb"},
        {"options_nb": "a\x00\nb"},
    ],
)
def test_wrong_question_is_met_with_what_to_do_and_nothing_is_lost(office, dinner, wrong):
    response = office().post(asked(dinner, "add/"), question_form(help_nb="Bussen går fra torget", **wrong))
    assert response.status_code == 422
    assert "Bussen går fra torget" in text(response)
    assert not Question.objects.exists()


def test_replies_stay_readable_when_choices_are_corrected_moved_and_taken_away(office, cast, dinner):
    question = factories.make_question(dinner, "Buss?", kind="choice", options=("Kl. 22", "Kl. 23", "Går selv", "Taxi"))
    reply(cast.greta, question, "3")
    page = asked(dinner, f"{question.pk}/")
    office().post(page, question_form(options_nb="Kl. 23\nKlokka ett\nKl. 22.15"))
    question.refresh_from_db()
    kept = [(each["key"], each["texts"]["nb"], each.get("is_gone", False)) for each in question.options]
    assert kept == [
        ("2", "Kl. 23", False),
        ("5", "Klokka ett", False),
        ("1", "Kl. 22.15", False),
        ("3", "Går selv", True),
    ]
    guest_page = text(office().get(f"/admin/events/guest/{cast.greta.pk}/change/"))
    assert "Går selv" in guest_page
    offered = text(office().get(factories.page_of(cast.greta) + "questions/"))
    assert "Klokka ett" in offered and "Går selv" not in offered


def test_kind_stays_once_somebody_has_replied(office, cast, dinner):
    question = factories.make_question(dinner, kind="text")
    reply(cast.greta, question, "Hei")
    office().post(asked(dinner, f"{question.pk}/"), {"title_nb": "Ny tekst", "kind": "number"})
    question.refresh_from_db()
    assert (question.kind, question.title) == ("text", {"nb": "Ny tekst"})


def test_kind_can_change_while_nobody_has_said_anything(office, cast, dinner):
    question = factories.make_question(dinner, kind="text")
    reply(cast.greta, question, "")
    office().post(asked(dinner, f"{question.pk}/"), {"title_nb": "Tall?", "kind": "number"})
    assert Question.objects.get().kind == "number"


def test_saving_unchanged_writes_no_history(office, dinner):
    question = factories.make_question(dinner, "Buss?", kind="choice", options=("A", "B"))
    form = question_form(
        title_nb="Buss?", options_nb="A\nB", **{f"title_{code}": f"Buss? ({code})" for code in ("en", "sv", "fi")}
    )
    assert office().post(asked(dinner, f"{question.pk}/"), form).status_code == 302
    assert not History.objects.filter(what="programme").exists()


def test_removal_says_how_many_replies_go_and_asks_once(office, cast, dinner):
    question = factories.make_question(dinner)
    reply(cast.greta, question, "Hei")
    reply(cast.henrik, question, "")
    page = asked(dinner, f"{question.pk}/remove/")
    response = office().get(page)
    assert response.context["text"].startswith("1 ")
    assert Question.objects.exists()
    for _time in range(2):
        office().post(page)
    assert not Question.objects.exists() and not Reply.objects.exists()
    assert History.objects.filter(facts__change="question_removed").count() == 1


def test_questions_are_moved_up_and_down(office, dinner):
    first, second, third = (factories.make_question(dinner, title) for title in ("Én", "To", "Tre"))
    for question, to in ((third, "up"), (first, "down"), (third, "up"), (second, "elsewhere")):
        office().post(asked(dinner, f"{question.pk}/move/"), {"to": to})
    assert list(Question.objects.filter(activity=dinner)) == [third, first, second]
    assert list(office().get(asked(dinner)).context["questions"]) == [third, first, second]


def test_nothing_breaks_when_somebody_else_has_just_removed_the_question(office, dinner, monkeypatch):
    for end, form, status in (("move/", {"to": "down"}, 302), ("", question_form(), 404)):
        made = [factories.make_question(dinner) for _ in range(2)]
        monkeypatch.setattr(questions, "_lock", lambda activity: Question.objects.all().delete())
        assert office().post(asked(dinner, f"{made[0].pk}/{end}"), form).status_code == status


def test_classes_stand_in_their_order_on_the_page_and_in_the_form(office, race):
    office().post(asked(race, "classes/"), {"titles_nb": "Menn\nKvinner"})
    office().post(asked(race, "classes/"), {"titles_nb": "Kvinner\nMenn"})
    assert [str(each) for each in office().get(asked(race)).context["classes"]] == ["Kvinner", "Menn"]
    assert "Kvinner\nMenn" in office().get(asked(race, "classes/")).content.decode()


def test_page_lists_what_is_asked_with_the_number_of_replies(office, cast, dinner, race):
    question = factories.make_question(dinner, "Buss?")
    reply(cast.greta, question, "Hei")
    reply(cast.henrik, question, "")
    factories.make_question(race, "Om løpet?")
    response = office().get(asked(dinner))
    assert [(each.pk, each.said) for each in response.context["questions"]] == [(question.pk, 1)]
    assert "Om løpet?" not in text(response)


def test_classes_are_written_one_a_line(office, race):
    office().post(asked(race, "classes/"), {"titles_nb": "Kvinner\nMenn", "titles_en": "Women\nMen"})
    assert [each.title for each in RaceClass.objects.all()] == [
        {"nb": "Kvinner", "en": "Women"},
        {"nb": "Menn", "en": "Men"},
    ]


def test_corrected_class_keeps_its_runners_and_a_new_order_is_kept(office, cast, race):
    women, men = (RaceClass.objects.create(activity=race, title={"nb": each}) for each in ("Kvinner 40 år", "Menn"))
    tell(cast.greta, race, race_class=women)
    office().post(asked(race, "classes/"), {"titles_nb": "Menn\nKvinner 45 år\nPluss 90 kg"})
    assert [(each.pk in (women.pk, men.pk), each.title["nb"]) for each in RaceClass.objects.all()] == [
        (True, "Menn"), (True, "Kvinner 45 år"), (False, "Pluss 90 kg"),
    ]  # fmt: skip
    assert Entry.objects.get().race_class == women


def test_class_that_somebody_chose_goes_only_when_that_is_confirmed(office, cast, race):
    women = RaceClass.objects.create(activity=race, title={"nb": "Kvinner"})
    tell(cast.greta, race, race_class=women)
    response = office().post(asked(race, "classes/"), {"titles_nb": "Åpen klasse"})
    assert response.status_code == 422
    assert "Kvinner" in text(response) and "Åpen klasse" in text(response)
    assert list(RaceClass.objects.all()) == [women]
    office().post(asked(race, "classes/"), {"titles_nb": "", "sure": "1"})
    assert not RaceClass.objects.exists()
    assert Entry.objects.get().race_class is None


@pytest.mark.parametrize("end", ["", "{}/", "{}/remove/"])
def test_question_of_another_part_or_event_is_not_found(office, cast, dinner, race, end):
    question = factories.make_question(race)
    foreign = factories.make_question(cast.other_event.activity_set.get(slug="dinner"))
    if end:
        assert office().get(asked(dinner, end.format(question.pk))).status_code == 404
        assert office().get(asked(dinner, end.format(foreign.pk))).status_code == 404
    assert office().get(asked(foreign.activity)).status_code == 404


def test_counts_are_of_those_who_take_part(office, cast, dinner):
    bus = factories.make_question(dinner, "Buss?", kind="choice", options=("Kl. 22", "Kl. 23"))
    dance = factories.make_question(dinner, "Dans?", kind="yes_no")
    shoes = factories.make_question(dinner, "Sko?", kind="number")
    reply(cast.greta, bus, "2")
    reply(cast.ines, bus, "1")  # is not coming
    waiting = factories.make_guest(cast.event, "Vera Venter", answers={"dinner": "waiting"})
    reply(waiting, dance, False)
    reply(waiting, shoes, 38.5)
    response = office().get(told(cast.event, "?part=dinner"))
    shown = {tally.title: tally for tally in response.context["tallies"]}
    assert shown["Buss?"].bars == [("Kl. 22", 0, 0), ("Kl. 23", 1, 1000)]
    assert [(count, share) for _words, count, share in shown["Dans?"].bars] == [(0, 0), (1, 1000)]
    assert {words for _label, words in shown["Sko?"].figures} == {"38,5"}
    assert [answer.guest.name for answer, _cells in response.context["table"].rows] == ["Vera Venter", "Greta Åsen"]


def test_race_is_counted_and_listed(office, cast, race):
    heavy = RaceClass.objects.create(activity=race, title={"nb": "Pluss 90 kg"})
    Activity.objects.filter(pk=race.pk).update(asks_shirt_size=True)
    for seconds in (600, 750, 1500):
        guest = factories.make_guest(cast.event, answers={"race": "coming"})
        tell(guest, race, race_class=heavy, has_been_before=seconds < 700, ambition_seconds=seconds, shirt_size="M")
    tell(cast.greta, race, ambition_seconds=61)  # does not run
    response = office().get(told(cast.event))
    classes, before, hopes, shirts = response.context["tallies"]
    assert classes.bars == [("Pluss 90 kg", 3, 1000)]
    assert [count for _words, count, _share in before.bars] == [1, 2]
    assert [words for _label, words in hopes.figures] == ["10:00", "12:30", "25:00"]
    assert ("M", 3, 1000) in shirts.bars
    assert response.context["table"].rows[0][1][2][1] == "10:00"


def test_search_finds_guests_and_unknown_part_shows_the_first(office, cast, dinner):
    factories.make_question(dinner)
    page = office().get(told(cast.event, "?part=nowhere&q=greta"))
    assert page.context["activity"].slug == "race" and page.context["table"].rows == []
    page = office().get(told(cast.event, "?part=dinner&q=greta"))
    assert [answer.guest for answer, _cells in page.context["table"].rows] == [cast.greta]


def test_nothing_asked_is_said_kindly(office, db):
    event = factories.make_event("middag", activities=("dinner",))
    response = office("root").get(told(event))
    assert response.context["activity"] is None
    assert f"/admin/events/event/{event.pk}/programme/" in text(response)


def test_guests_page_tells_only_while_the_guest_takes_part(office, cast, dinner):
    question = factories.make_question(dinner, "Buss?", kind="yes_no")
    reply(cast.greta, question, True)
    page = f"/admin/events/guest/{cast.greta.pk}/change/"
    assert "Buss?" in text(office().get(page))
    Answer.objects.filter(guest=cast.greta).update(state="not_coming")
    assert "Buss?" not in text(office().get(page))


@pytest.mark.parametrize("size", [1, 60])
def test_list_costs_the_same_at_any_size(office, cast, race, size):
    question = factories.make_question(race, kind="several", options=("A", "B"))
    heavy = RaceClass.objects.create(activity=race, title={"nb": "Pluss 90 kg"})
    for _number in range(size):
        guest = factories.make_guest(
            cast.event, answers={"race": "coming"}, company=factories.make_company(f"F {_number}")
        )
        tell(guest, race, race_class=heavy, ambition_seconds=750)
        reply(guest, question, ["1"])
    client = office()
    with CaptureQueriesContext(connection) as captured:
        assert client.get(told(cast.event)).status_code == 200
    queries = [query["sql"] for query in captured]
    assert len(queries) == len(set(queries)) <= 16
