import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from events.domain.answers import (
    Choice,
    Decision,
    NothingChosen,
    Standing,
    State,
    UnknownChoice,
    Window,
    decide,
    may_answer,
    places_to_fill,
    read_answers,
)

NOW = datetime(2026, 8, 20, 12, 0, tzinfo=UTC)
SLUGS = ["gathering", "race", "dinner"]
COMING, NOT_COMING, UNSURE = Choice.COMING, Choice.NOT_COMING, Choice.UNSURE


def standing(state=State.NO_ANSWER, *, capacity=10, coming=3, waiting=0, **rest):
    return Standing(state=state, capacity=capacity, coming=coming, waiting=waiting, **rest)


def answer(choice, **facts):
    """What one choice for one activity becomes."""
    return decide({"race": standing(**facts)}, {"race": choice}, event_state="open", now=NOW)["race"]


# --- the form


def test_chosen_activities_are_read_and_the_others_left_alone():
    posted = {"answer-race": "coming", "answer-dinner": "unsure", "csrfmiddlewaretoken": "x"}
    assert read_answers(posted, SLUGS) == {"race": COMING, "dinner": UNSURE}


@pytest.mark.parametrize(("button", "choice"), [("all", COMING), ("none", NOT_COMING)])
def test_button_answers_for_everything_and_overrides_the_radios(button, choice):
    posted = {"answer-race": "unsure", "answer-dinner": "rubbish", button: "1"}
    assert read_answers(posted, SLUGS) == dict.fromkeys(SLUGS, choice)


@pytest.mark.parametrize("posted", [{}, {"answer-race": ""}, {"answer-elsewhere": "coming"}, {"race": "coming"}])
def test_nothing_chosen_is_said_when_no_activity_was_answered(posted):
    with pytest.raises(NothingChosen):
        read_answers(posted, SLUGS)


def test_nothing_chosen_is_said_when_the_guest_is_invited_to_nothing():
    with pytest.raises(NothingChosen):
        read_answers({"all": "1"}, [])


@pytest.mark.parametrize("value", ["yes", "COMING", "coming ", "waiting", "no_answer", "1", "\x00", "å"])
def test_unknown_choice_is_named_when_the_form_does_not_offer_it(value):
    with pytest.raises(UnknownChoice) as refusal:
        read_answers({"answer-race": "coming", "answer-dinner": value}, SLUGS)
    assert refusal.value.slug == "dinner"


@pytest.mark.parametrize(
    ("posted", "named"),
    [({"all": "2"}, "all"), ({"none": ""}, "none"), ({"all": "1", "none": "1"}, "all")],
)
def test_unknown_choice_is_named_when_a_button_says_something_else(posted, named):
    with pytest.raises(UnknownChoice) as refusal:
        read_answers(posted, SLUGS)
    assert refusal.value.slug == named


# --- what an answer becomes


@pytest.mark.parametrize("before", list(State))
@pytest.mark.parametrize("choice", [NOT_COMING, UNSURE])
def test_guest_who_is_not_coming_or_unsure_is_so_whatever_was_before(before, choice):
    assert answer(choice, state=before, capacity=0, coming=5, waiting=5) == Decision(
        State(choice), is_changed=before != choice
    )


@pytest.mark.parametrize("before", [State.NO_ANSWER, State.NOT_COMING, State.UNSURE])
@pytest.mark.parametrize(
    ("capacity", "coming", "waiting", "after"),
    [
        (10, 3, 0, State.COMING),
        (10, 9, 0, State.COMING),
        (10, 10, 0, State.WAITING),
        (10, 12, 0, State.WAITING),
        (0, 0, 0, State.WAITING),
        (10, 9, 1, State.WAITING),
        (None, 5000, 0, State.COMING),
        (None, 5000, 3, State.COMING),
    ],
)
def test_new_guest_gets_a_place_or_the_end_of_the_line(before, capacity, coming, waiting, after):
    decision = answer(COMING, state=before, capacity=capacity, coming=coming, waiting=waiting)
    assert decision == Decision(after, is_changed=True)


@pytest.mark.parametrize("before", [State.COMING, State.WAITING])
@pytest.mark.parametrize(("capacity", "coming", "waiting"), [(10, 3, 1), (10, 10, 4), (2, 10, 4), (None, 9, 1)])
def test_place_and_place_in_line_are_kept_when_coming_is_said_again(before, capacity, coming, waiting):
    decision = answer(COMING, state=before, capacity=capacity, coming=coming, waiting=waiting)
    assert decision == Decision(before, is_changed=False)


def test_each_activity_decides_for_itself():
    standings = {
        "gathering": standing(capacity=None),
        "race": standing(State.COMING, deadline_at=NOW - timedelta(days=1)),
        "dinner": standing(capacity=3),
    }
    assert decide(standings, dict.fromkeys(standings, COMING), event_state="open", now=NOW) == {
        "gathering": Decision(State.COMING, is_changed=True),
        "race": Decision(State.COMING, is_changed=False, window=Window.DEADLINE_PASSED),
        "dinner": Decision(State.WAITING, is_changed=True),
    }


def test_activity_keeps_its_state_when_it_was_not_answered():
    standings = {"race": standing(), "dinner": standing(State.COMING)}
    assert list(decide(standings, {"race": UNSURE}, event_state="open", now=NOW)) == ["race"]


@pytest.mark.parametrize(
    ("event_state", "facts", "window"),
    [
        ("open", {"deadline_at": NOW - timedelta(seconds=1)}, Window.DEADLINE_PASSED),
        ("open", {"is_cancelled": True}, Window.CANCELLED),
        ("closed", {}, Window.CLOSED),
        ("cancelled", {"is_cancelled": True}, Window.CANCELLED),
    ],
)
def test_state_stays_when_answers_are_no_longer_taken(event_state, facts, window):
    standings = {"race": standing(State.WAITING, **facts)}
    decided = decide(standings, {"race": NOT_COMING}, event_state=event_state, now=NOW)
    assert decided == {"race": Decision(State.WAITING, is_changed=False, window=window)}


# --- until when


@pytest.mark.parametrize(
    ("event_state", "window"),
    [
        ("open", Window.OPEN),
        ("draft", Window.DRAFT),
        ("closed", Window.CLOSED),
        ("held", Window.HELD),
        ("cancelled", Window.CANCELLED),
        ("archived", Window.ARCHIVED),
    ],
)
def test_event_takes_answers_only_when_it_is_open(event_state, window):
    assert may_answer(event_state, None, NOW) is window
    assert may_answer(event_state, NOW + timedelta(days=1), NOW) is window


def test_event_state_is_the_reason_when_the_deadline_has_passed_too():
    assert may_answer("cancelled", NOW - timedelta(days=1), NOW) is Window.CANCELLED


def test_answer_is_in_time_until_and_with_the_moment_of_the_deadline():
    late = timedelta(microseconds=1)
    assert [may_answer("open", NOW, moment) for moment in (NOW - late, NOW, NOW + late)] == [
        Window.OPEN,
        Window.OPEN,
        Window.DEADLINE_PASSED,
    ]


def test_unknown_event_state_is_an_error():
    with pytest.raises(ValueError, match="party"):
        may_answer("party", None, NOW)


# --- the waiting list


@pytest.mark.parametrize(
    ("capacity", "coming", "waiting", "places"),
    [
        (10, 8, 5, 2),
        (10, 8, 1, 1),
        (10, 10, 5, 0),
        (5, 10, 5, 0),
        (10, 8, 0, 0),
        (None, 8, 5, 5),
        (0, 0, 3, 0),
    ],
)
def test_free_places_go_to_those_who_wait(capacity, coming, waiting, places):
    assert places_to_fill(capacity, coming, waiting) == places


@pytest.mark.parametrize("seed", range(30))
def test_nobody_overtakes_and_no_place_is_oversold_in_a_long_random_evening(seed):
    chance = random.Random(seed)
    capacity, states, line = chance.randrange(0, 6), dict.fromkeys(range(12), State.NO_ANSWER), []
    for _ in range(300):
        guest, choice = chance.randrange(12), chance.choice(list(Choice))
        before = list(line)
        facts = standing(
            states[guest],
            capacity=capacity,
            coming=list(states.values()).count(State.COMING),
            waiting=len(line),
        )
        after = decide({"race": facts}, {"race": choice}, event_state="open", now=NOW)["race"]
        if states[guest] is State.WAITING and after.state is not State.WAITING:
            line.remove(guest)
        if after.state is State.WAITING and after.is_changed:
            line.append(guest)
        states[guest] = after.state
        coming = list(states.values()).count(State.COMING)
        for promoted in line[: places_to_fill(capacity, coming, len(line))]:
            states[promoted] = State.COMING
            line.remove(promoted)
        coming = list(states.values()).count(State.COMING)
        assert coming <= capacity
        assert not line or coming == capacity
        assert [one for one in before if one in line] == line[: len([one for one in before if one in line])]
        assert [one for one in states if states[one] is State.WAITING] == sorted(line)


def test_standing_cannot_be_changed_by_mistake():
    facts = standing()
    with pytest.raises(AttributeError):
        facts.coming = 9
    assert replace(facts, coming=9).coming == 9
