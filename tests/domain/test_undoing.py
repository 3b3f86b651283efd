"""Which row of a history may be undone, without a database."""

import pytest

from events.domain.undoing import Thing, Verdict, change_of, has_places, verdicts

SAID = {"before": "no_answer", "after": "coming"}


@pytest.mark.parametrize(
    ("what", "facts", "expected"),
    [
        ("answered", SAID, ("answer", "no_answer", "coming", None)),
        ("promoted", {"number": 3}, ("answer", "waiting", "coming", 3)),
        ("given_place", {"number": 2, "beyond": True}, ("answer", "waiting", "coming", 2)),
        ("moved", {"from": 3, "to": 1, "reason": "promised"}, ("line", 3, 1, None)),
        ("invited", {}, ("answer", "uninvited", "no_answer", None)),
        ("left_out", {"before": "unsure"}, ("answer", "unsure", "uninvited", None)),
        ("link_revoked", {}, ("link", "open", "revoked", None)),
        ("language", {"before": "", "language": "fi"}, ("language", "", "fi", None)),
        ("undone", {"thing": "link", "before": "revoked", "after": "open"}, ("link", "revoked", "open", None)),
        ("companions", {"splits": True}, ("party", "together", "apart", None)),
        ("companions", {"splits": False}, ("party", "apart", "together", None)),
        ("consent", {"purpose": "photos", "after": "yes", "before": "no"}, ("consent", "no", "yes", None)),
        ("programme", {"change": "grace", "before": "", "until": "2027-09-20"}, ("grace", "", "2027-09-20", None)),
    ],
)
def test_a_row_tells_what_it_changed(what, facts, expected):
    thing, before, after, number = expected
    change = change_of(what, facts)
    assert (change.thing, change.before, change.after, change.number) == (Thing(thing), before, after, number)


@pytest.mark.parametrize(
    ("what", "facts", "thing"),
    [
        ("companions", {"added": 1, "was": {"made": [7], "gone": []}}, "companions"),
        ("race", {"told": ["shirt"], "was": {"shirt": ""}}, "race"),
        ("race", {"told": ["shirt"], "was": {}}, "race"),
        ("replied", {"questions": [4, 5], "was": {"5": None}}, "replies"),
        ("substituted", {"substitute": 9, "was": {"proposal": 2, "kept": [1]}}, "colleague"),
        ("not_taken", {"was": {"proposal": 2}}, "proposal"),
        ("set_aside", {"was": {"wish": "coming", "before": "no_answer"}}, "wish"),
    ],
)
def test_a_row_tells_what_there_was(what, facts, thing):
    change = change_of(what, facts)
    assert (change.thing, change.was) == (Thing(thing), facts["was"])


@pytest.mark.parametrize(
    ("what", "facts"),
    [
        ("answered", {}),  # the guest was forgotten
        ("left_out", {}),  # written before it said so
        ("language", {"language": "fi"}),
        ("promoted", {}),
        ("undone", {"thing": "weather", "before": "", "after": ""}),
        ("mail_queued", {"letter": "invitation"}),
        ("imported", {}),
        ("consent", {"purpose": "photos", "after": "yes"}),  # said by the guest
        ("consent", {"purpose": "photos", "after": "no", "before": "yes"}),
        ("replied", {"questions": [4], "was": {}}),  # in words
        ("companions", {"named": 1}),
        ("companions", {"added": 1}),  # written before it said whom
        ("programme", {"change": "changed", "fields": ["title"]}),
    ],
)
def test_a_row_tells_of_no_change_when_it_cannot_be_put_back(what, facts):
    assert change_of(what, facts) is None


def test_only_the_latest_of_each_thing_may_be_undone():
    rows = [
        (7, "unsubscribed", None, {}),
        (6, "link_renewed", None, {}),
        (5, "undone", 1, {"undoes": 3, "thing": "answer", "before": "coming", "after": "no_answer"}),
        (4, "answered", 2, SAID),
        (3, "answered", 1, SAID),
        (2, "link_revoked", None, {}),
        (1, "imported", None, {}),
    ]
    assert verdicts(rows) == {
        7: Verdict.NO_MORE_MAIL,
        6: Verdict.LINK_ENDED,
        5: Verdict.MAY,
        4: Verdict.MAY,
        3: Verdict.UNDONE,
        2: Verdict.CHANGED_SINCE,
        1: Verdict.NO_CHANGE,
    }


@pytest.mark.parametrize(
    ("what", "facts", "verdict"),
    [
        ("companions", {"named": 1}, Verdict.NAME_NOT_KEPT),
        ("replied", {"questions": [4], "was": {}}, Verdict.WORDS_NOT_KEPT),
        ("corrected", {"fields": ["name"]}, Verdict.DATA_NOT_KEPT),
        ("consent", {"purpose": "photos", "after": "no", "before": "yes"}, Verdict.GUEST_AGREES),
        ("consent", {"purpose": "photos", "after": "yes"}, Verdict.GUEST_AGREES),
        ("proposed", {"change": "proposed"}, Verdict.GUEST_PROPOSES),
        ("undone", {"thing": "consent", "before": "yes", "after": "", "purpose": "photos"}, Verdict.GUEST_AGREES),
        ("undone", {"thing": "colleague", "before": "", "after": "", "undoes": 1}, Verdict.COLLEAGUE_RELEASED),
        ("undone", {"thing": "proposal", "before": "", "after": "proposed", "undoes": 1}, Verdict.DECIDE_ANEW),
        ("undone", {"thing": "race", "before": "", "after": "", "was": {}, "undoes": 1}, Verdict.MAY),
    ],
)
def test_a_row_that_stays_says_why(what, facts, verdict):
    assert verdicts([(2, what, 1, facts)]) == {2: verdict}


def test_consents_are_apart_and_a_wish_ends_with_an_answer():
    photos, name = ({"purpose": purpose, "after": "yes", "before": ""} for purpose in ("photos", "name"))
    set_aside = {"was": {"wish": "coming", "before": "no_answer"}}
    rows = [
        (6, "consent", None, {**photos, "after": "no"}),
        (5, "answered", 1, SAID),
        (4, "set_aside", 2, set_aside),
        (3, "set_aside", 1, set_aside),
        (2, "consent", None, name),
        (1, "consent", None, photos),
    ]
    assert verdicts(rows) == {
        6: Verdict.GUEST_AGREES,
        5: Verdict.MAY,
        4: Verdict.MAY,
        3: Verdict.CHANGED_SINCE,
        2: Verdict.MAY,
        1: Verdict.CHANGED_SINCE,
    }


@pytest.mark.parametrize(
    ("heads", "capacity", "coming", "waiting", "expected"),
    [(1, None, 9, 9, True), (1, 2, 1, 0, True), (2, 2, 1, 0, False), (1, 2, 1, 1, False), (1, 1, 2, 0, False)],
)
def test_places_are_there_when_nobody_waits_and_they_are_enough(heads, capacity, coming, waiting, expected):
    assert has_places(heads, capacity=capacity, coming=coming, waiting=waiting) is expected
