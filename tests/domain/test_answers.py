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
    companions_follow,
    decide,
    free_places,
    may_answer,
    read_answers,
)

NOW = datetime(2026, 8, 20, 12, 0, tzinfo=UTC)
SLUGS = ["gathering", "race", "dinner"]
COMING, NOT_COMING, UNSURE = Choice.COMING, Choice.NOT_COMING, Choice.UNSURE


def standing(state=State.NO_ANSWER, *, capacity=10, coming=3, waiting=0, **rest):
    """Of a guest who comes alone."""
    return Standing(states={"guest": state}, capacity=capacity, coming=coming, waiting=waiting, **rest)


def decisions(standings, chosen, event_state="open"):
    """{slug: Decision} of a guest who comes alone."""
    chosen = {slug: {"guest": choice} for slug, choice in chosen.items()}
    decided = decide(standings, chosen, event_state=event_state, now=NOW)
    return {slug: decision["guest"] for slug, decision in decided.items()}


def answer(choice, **facts):
    """What one choice for one activity becomes."""
    return decisions({"race": standing(**facts)}, {"race": choice})["race"]


def party(choices, states, **facts):
    """Where those who say something stand afterwards; names by letter, the guest is the first."""
    facts = {"capacity": 10, "coming": 3, "waiting": 0, **facts}
    decided = decide({"race": Standing(states=states, **facts)}, {"race": choices}, event_state="open", now=NOW)["race"]
    return {who: decision.state for who, decision in decided.items()}


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
    assert decisions(standings, dict.fromkeys(standings, COMING)) == {
        "gathering": Decision(State.COMING, is_changed=True),
        "race": Decision(State.COMING, is_changed=False, window=Window.DEADLINE_PASSED),
        "dinner": Decision(State.WAITING, is_changed=True),
    }


def test_activity_keeps_its_state_when_it_was_not_answered():
    standings = {"race": standing(), "dinner": standing(State.COMING)}
    assert list(decisions(standings, {"race": UNSURE})) == ["race"]


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
    decided = decisions(standings, {"race": NOT_COMING}, event_state)
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


# --- parties

NEW, YES, LINE, NO = State.NO_ANSWER, State.COMING, State.WAITING, State.NOT_COMING


@pytest.mark.parametrize(
    ("facts", "places"),
    [
        ({"coming": 7}, [YES, YES, YES]),
        ({"coming": 8}, [LINE, LINE, LINE]),
        ({"coming": 8, "splits": True}, [YES, YES, LINE]),
        ({"coming": 10}, [LINE, LINE, LINE]),
        ({"coming": 3, "waiting": 1}, [LINE, LINE, LINE]),
        ({"coming": 3, "waiting": 1, "splits": True}, [LINE, LINE, LINE]),
        ({"coming": 99, "waiting": 3, "capacity": None}, [YES, YES, YES]),
        ({"coming": 12}, [LINE, LINE, LINE]),
    ],
)
def test_those_who_ask_together_get_places_together_unless_they_may_be_split(facts, places):
    after = party(dict.fromkeys("abc", COMING), dict.fromkeys("abc", NEW), **facts)
    assert list(after.values()) == places


def test_the_guest_keeps_the_place_when_a_companion_finds_none():
    assert party({"a": COMING, "b": COMING}, {"a": YES, "b": NEW}, coming=10) == {"a": YES, "b": LINE}


def test_a_place_given_up_in_the_party_goes_to_the_one_who_asks_in_the_same_breath():
    assert party({"b": NOT_COMING, "c": COMING}, {"a": YES, "b": YES, "c": NEW}, coming=10) == {"b": NO, "c": YES}


def test_a_place_given_up_in_the_party_goes_to_the_line_when_somebody_waits():
    said = party({"b": NOT_COMING, "c": COMING}, {"a": YES, "b": YES, "c": NEW}, coming=10, waiting=1)
    assert said == {"b": NO, "c": LINE}


def test_the_line_does_not_stand_in_the_way_of_its_own_last_member():
    """Who alone waits and leaves makes room for the other."""
    said = party({"b": NOT_COMING, "c": COMING}, {"a": YES, "b": LINE, "c": NEW}, coming=9, waiting=1)
    assert said == {"b": NO, "c": YES}


@pytest.mark.parametrize(
    ("choice", "after"),
    [
        (COMING, {}),
        (UNSURE, {"b": UNSURE, "c": UNSURE}),
        (NOT_COMING, {"b": NOT_COMING, "c": NOT_COMING, "d": NOT_COMING, "f": NOT_COMING}),
    ],
)
def test_companions_come_where_the_guest_does_and_are_not_brought_back(choice, after):
    states = {"b": YES, "c": LINE, "d": NEW, "e": NO, "f": State.UNSURE}
    assert companions_follow(choice, states) == after


# --- places


@pytest.mark.parametrize(("capacity", "coming", "free"), [(10, 8, 2), (10, 10, 0), (5, 10, 0), (None, 8, None)])
def test_free_places_are_never_fewer_than_none(capacity, coming, free):
    assert free_places(capacity, coming) == free


def test_standing_cannot_be_changed_by_mistake():
    facts = standing()
    with pytest.raises(AttributeError):
        facts.coming = 9
    assert replace(facts, coming=9).coming == 9
