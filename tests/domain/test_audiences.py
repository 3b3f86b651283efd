"""To whom a letter goes, and the plainest reason for each who is left out."""

from datetime import UTC, datetime, timedelta

import pytest

from events.domain import audiences
from events.domain.audiences import Wish, difference, no_longer, sort_out, why_not
from events.domain.ranges import Ranges
from events.domain.segments import Person, Segment, counts

NOW = datetime(2027, 8, 10, 9, tzinfo=UTC)
RACE, DINNER = 1, 2


def person(pk=1, race="coming", dinner="coming", **known):
    states = {part: state for part, state in ((RACE, race), (DINNER, dinner)) if state}
    return Person(pk, known.pop("states", states), **known)


def reason(one, wish=None, letter="invitation", **asked):
    return why_not(one, wish or Wish(wanted=Segment(**asked)), letter=letter, now=NOW)


@pytest.mark.parametrize(
    ("known", "why"),
    [
        ({}, ""),
        ({"is_companion": True}, "companion"),
        ({"states": {}}, "not_invited"),
        ({"invitation": "revoked"}, "revoked"),
        ({"invitation": ""}, "revoked"),
        ({"has_email": False}, "no_email"),
        ({"email_fails": True}, "bounced"),
        ({"is_unsubscribed": True}, "unsubscribed"),
        ({"mail": "sent"}, "already_sent"),
        ({"mail": "queued"}, "already_sent"),
        ({"mail": "pending"}, "already_sent"),
        ({"mail": "uncertain"}, "uncertain"),
        ({"mail": "failed"}, ""),
        ({"mail": "stopped"}, ""),
        ({"has_email": False, "is_unsubscribed": True, "mail": "sent"}, "no_email"),
    ],
)
def test_each_is_left_out_for_the_plainest_reason(known, why):
    assert reason(person(**known)) == why


@pytest.mark.parametrize(
    ("asked", "race", "dinner", "why"),
    [
        ({"to": "unanswered"}, "no_answer", "no_answer", ""),
        ({"to": "unanswered"}, "no_answer", "coming", "answered"),
        ({"to": "unanswered", "activity": RACE}, "no_answer", "coming", ""),
        ({"to": "coming"}, "not_coming", "coming", ""),
        ({"to": "coming", "activity": RACE}, "not_coming", "coming", "other_answer"),
        ({"to": "coming", "activity": RACE}, None, "coming", "not_invited"),
        ({"to": "declined"}, "not_coming", "no_answer", ""),
        ({"to": "declined"}, "not_coming", "coming", "other_answer"),
        ({"to": "unsure"}, "unsure", "coming", ""),
        ({"to": "waiting", "activity": DINNER}, "coming", "waiting", ""),
        ({"answers": {RACE: "coming", DINNER: "not_coming"}}, "coming", "not_coming", ""),
        ({"answers": {RACE: "coming", DINNER: "not_coming"}}, "coming", "coming", "not_in_segment"),
        ({"answers": {RACE: "uninvited"}}, None, "coming", ""),
    ],
)
def test_answers_decide_by_part_or_in_all(asked, race, dinner, why):
    assert reason(person(race=race, dinner=dinner), **asked) == why


@pytest.mark.parametrize(
    ("asked", "known", "is_in"),
    [
        ({"mail": "not_yet"}, {"invitation": "drafted"}, True),
        ({"mail": "not_yet"}, {"invitation": "sent"}, False),
        ({"mail": "silent", "silent_days": 7}, {"invited_at": NOW - timedelta(days=7)}, True),
        ({"mail": "silent", "silent_days": 7}, {"invited_at": NOW - timedelta(days=6)}, False),
        ({"mail": "silent"}, {"answered_at": NOW}, False),
        ({"host": 3}, {"host": 3}, True),
        ({"host": 3}, {"host": 4}, False),
        ({"host": 0}, {}, True),
        ({"companies": frozenset({5, 6})}, {"company": 6}, True),
        ({"companies": frozenset()}, {"company": 6}, False),
        ({"language": "fi"}, {"language": "fi"}, True),
        ({"language": "fi"}, {"language": "nb"}, False),
        ({"before": "yes"}, {"came_before": True}, True),
        ({"before": "no"}, {"came_before": True}, False),
        ({"brings": "yes"}, {"brings": True}, True),
        ({"brings": "no"}, {"brings": True}, False),
        ({"host": 3, "language": "fi"}, {"host": 3, "language": "sv"}, False),
        ({"host": 3, "language": "fi"}, {"host": 3, "language": "fi"}, True),
    ],
)
def test_everything_that_is_asked_for_must_hold(asked, known, is_in):
    assert reason(person(**known), **asked) == ("" if is_in else "not_in_segment")


def test_those_whose_mail_fails_are_found_to_be_left_out_as_such():
    assert reason(person(email_fails=True), mail="fails") == "bounced"


@pytest.mark.parametrize(
    ("to", "activity", "has_come", "race", "is_in"),
    [
        ("came", None, None, "coming", True),
        ("came", None, True, "not_coming", True),
        ("came", RACE, True, "not_coming", False),
        ("came", RACE, None, "coming", True),
        ("came", None, False, "coming", False),
        ("missed", None, False, "coming", True),
        ("missed", None, None, "coming", False),
        ("missed", None, False, "not_coming", False),
    ],
)
def test_whoever_was_coming_came_unless_somebody_says_otherwise(to, activity, has_come, race, is_in):
    one = person(race=race, dinner="not_coming", has_come=has_come)
    assert reason(one, to=to, activity=activity) == ("" if is_in else "other_answer")


def test_thanks_go_to_nobody_who_never_said_a_word():
    silent = person(race="no_answer", dinner="no_answer")
    assert reason(silent, letter="thanks") == "never_answered"
    assert reason(silent, letter="practical") == ""
    assert reason(person(race="no_answer", dinner="unsure"), letter="thanks") == ""


def test_ticked_guests_alone_get_it_and_excluded_ones_do_not():
    crowd = [person(pk, host=pk % 2) for pk in range(1, 8)]
    wish = Wish(only=Ranges("2-5"), without=Ranges("3"), unwanted=Segment(host=1))
    found = sort_out(crowd, wish, letter="free", now=NOW)
    assert found.ids == [2, 4]
    assert dict(found.left_out) == {
        1: "excluded", 3: "excluded", 5: "excluded", 6: "not_in_segment", 7: "excluded",
    }  # fmt: skip


def test_everybody_stands_on_one_side_exactly():
    crowd = [person(pk, mail="sent" if pk % 3 else "", is_companion=pk % 4 == 0) for pk in range(50)]
    found = sort_out(crowd, Wish(), letter="invitation", now=NOW)
    assert sorted([*found.ids, *dict(found.left_out)]) == list(range(50))


def test_the_difference_says_who_left_and_joined_since_somebody_looked():
    changed = difference(Ranges("1-5"), [2, 3, 9], [(1, "answered"), (4, "unsubscribed"), (8, "no_email")])
    assert changed.gone == [(1, "answered_just_now"), (4, "unsubscribed")]
    assert (changed.new, changed.vanished) == ([9], 1)
    assert changed
    assert not difference({2, 3}, [2, 3], [(1, "answered")])


@pytest.mark.parametrize(
    ("asked", "states", "why"),
    [
        ({}, {RACE: "not_coming"}, ""),
        ({"to": "unanswered"}, {RACE: "no_answer"}, ""),
        ({"to": "unanswered"}, {RACE: "coming"}, "answered"),
        ({"to": "coming"}, {RACE: "not_coming"}, "other_answer"),
        ({"to": "coming", "activity": DINNER}, {RACE: "coming", DINNER: "coming"}, ""),
        ({"to": "came"}, {RACE: "not_coming"}, ""),
        ({"answers": {RACE: "unsure"}}, {RACE: "coming"}, "other_answer"),
    ],
)
def test_a_frozen_list_loses_whoever_has_left_the_group(asked, states, why):
    assert no_longer(Segment(**asked), states) == why


def test_each_choice_says_how_many_it_would_find_all_else_being_as_it_is():
    crowd = [
        person(1, host=3, language="nb"),
        person(2, race="not_coming", dinner="not_coming", host=3, language="fi"),
        person(3, host=4, language="fi", brings=True),
    ]
    found = counts(crowd, Segment(host=3), [RACE, DINNER], now=NOW)
    assert (found["to"]["all"], found["to"]["coming"], found["to"]["declined"]) == (2, 1, 1)
    assert found["host"] == {3: 2, 4: 1}
    assert found["language"] == {"nb": 1, "fi": 1}
    assert found["brings"] == {"no": 2}
    assert found[f"answer-{RACE}"] == {"coming": 1, "not_coming": 1}
    chosen = counts(crowd, Segment(host=3, language="fi"), [RACE], now=NOW)
    assert chosen["host"] == {3: 1, 4: 1}
    assert chosen["language"] == {"nb": 1, "fi": 1}


def test_a_wish_is_the_same_after_being_kept():
    wish = Wish(
        wanted=Segment(
            to="coming", activity=DINNER, answers={RACE: "unsure"}, mail="silent", silent_days=5, host=0,
            companies=frozenset({4, 2}), language="sv", before="yes", brings="no",
        ),
        unwanted=Segment(host=3), only=Ranges("1-4"), without=Ranges("2"),
    )  # fmt: skip
    told = audiences.as_json(wish)
    assert audiences.segment_from_json(told) == wish.wanted
    assert audiences.segment_from_json(told["unwanted"]) == wish.unwanted
    assert (told["only"], told["without"]) == ("1-4", "2")
    assert audiences.as_json(Wish()) == {}
    assert audiences.segment_from_json({}) == Segment()
