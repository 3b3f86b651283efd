import pytest
from django.utils import translation

from events.actions import answers, undo
from events.domain.answers import Choice
from events.models import Activity, History
from events.reports.latest import in_short, latest_answers


@pytest.fixture(autouse=True)
def _in_english():
    with translation.override("en"):
        yield


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (["coming", "coming", "coming"], [("coming", "everything")]),
        (["not_coming", "not_coming", "not_coming"], [("not_coming", "can't come")]),
        (["unsure", "unsure", "unsure"], [("unsure", "doesn't know yet")]),
        ([None, "coming", "coming"], [("coming", "race and dinner")]),
        (["coming", "not_coming", "waiting"],
         [("coming", "gathering"), ("not_coming", "not race"), ("waiting", "waiting list: dinner")]),
        ([None, None, "unsure"], [("unsure", "doesn't know yet: dinner")]),
    ],
)  # fmt: skip
def test_answers_are_told_in_few_words(cast, said, words):
    activities = list(Activity.objects.filter(event=cast.event).in_order())
    given = [(activity, state) for activity, state in zip(activities, said, strict=True) if state]
    assert in_short(given, activities) == words


def test_titles_tell_two_parts_of_one_kind_apart(cast):
    cast.event.activity_set.filter(slug="gathering").update(kind="dinner")
    activities = list(Activity.objects.filter(event=cast.event).in_order())
    assert in_short([(activities[0], "coming"), (activities[1], "coming")], activities) == [
        ("coming", f"{activities[0]} and race")
    ]


def test_what_was_undone_is_not_told_as_an_answer(cast, clock):
    how = {"by": cast.otto, "channel": "office"}
    answers.give(cast.henrik, {"dinner": Choice.COMING}, **how, now=clock.now)
    row = History.objects.get(guest=cast.henrik)
    undone = undo.undo(row, **how, now=clock.move(minutes=1))
    activities = list(cast.event.activity_set.all())
    assert latest_answers(cast.event, activities) == []
    undo.undo(undone.row, **how, now=clock.move(minutes=1))
    assert [latest.guest for latest in latest_answers(cast.event, activities)] == [cast.henrik]
