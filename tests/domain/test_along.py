"""Who comes along from an earlier guest list, and of all others the plainest reason why not."""

import pytest

from events.domain.along import REASONS, WHOM, Earlier, is_meant, parts_for, sort_out, why_not


def guest(pk=1, **said):
    usual = {
        "contact": pk, "is_companion": False, "is_forgotten": False, "invitation": "sent", "is_unsubscribed": False,
        "has_asked_not": False, "agrees": None, "has_come": None, "states": {"dinner": "no_answer"},
    }  # fmt: skip
    return Earlier(pk=pk, **{**usual, **said})


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ({}, ""),
        ({"agrees": True}, ""),
        ({"invitation": "drafted"}, ""),
        ({"agrees": False}, "said_no"),
        ({"is_unsubscribed": True, "agrees": False}, "unsubscribed"),
        ({"has_asked_not": True, "is_unsubscribed": True}, "asked_not"),
        ({"invitation": "revoked"}, "withdrawn"),
        ({"contact": None, "is_companion": True}, "companion"),
        ({"contact": None, "is_companion": True, "is_forgotten": True}, "forgotten"),
        ({"contact": None}, "forgotten"),
        ({"contact": 7, "agrees": False}, "here"),
    ],
)
def test_the_plainest_reason_is_told(said, reason):
    assert why_not(guest(**said), here={7}) == reason


@pytest.mark.parametrize(
    ("said", "whom"),
    [
        ({"states": {"dinner": "coming"}}, set(WHOM)),
        ({"states": {"dinner": "coming"}, "has_come": False}, {"all", "invited"}),
        ({"has_come": True, "invitation": "drafted"}, set(WHOM)),
        ({}, {"all", "invited"}),
        ({"invitation": "drafted"}, {"all"}),
        ({"invitation": "revoked"}, {"all"}),
    ],
)
def test_who_is_meant(said, whom):
    assert {each for each in WHOM if is_meant(guest(**said), each)} == whom


def test_everybody_meant_comes_along_or_is_counted_once():
    people = [
        guest(1),
        guest(2, agrees=False),
        guest(3, is_forgotten=True, contact=None),
        guest(4),
        guest(5, agrees=False),
    ]
    found = sort_out(people, "all", here={4})
    assert [each.pk for each in found.guests] == [1]
    assert found.behind == {"here": 1, "said_no": 2, "forgotten": 1}
    assert list(found.behind) == [reason for reason in REASONS if reason in found.behind]


@pytest.mark.parametrize(
    ("then", "parts", "there_then", "now"),
    [
        ({"race"}, ["race", "dinner"], {"race", "dinner"}, ["race"]),
        ({"race"}, ["race", "dinner", "boat"], {"race", "dinner"}, ["race", "boat"]),
        ({"sauna"}, ["race", "dinner"], {"race", "dinner", "sauna"}, ["race", "dinner"]),
        (set(), ["race"], {"race"}, ["race"]),
    ],
)
def test_parts_are_those_of_then_and_new_ones_and_never_none(then, parts, there_then, now):
    assert parts_for(then, parts, there_then) == now
