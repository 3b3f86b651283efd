"""Which row of a history may be undone, without a database."""

import pytest

from events.domain.undoing import Change, Thing, Verdict, change_of, has_places, verdicts

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
    ],
)
def test_a_row_tells_what_it_changed(what, facts, expected):
    thing, before, after, number = expected
    assert change_of(what, facts) == Change(thing=Thing(thing), before=before, after=after, number=number)


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
        ("consent", {"purpose": "photos", "after": "yes"}),
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
        7: Verdict.GUESTS_OWN,
        6: Verdict.LINK_ENDED,
        5: Verdict.MAY,
        4: Verdict.MAY,
        3: Verdict.UNDONE,
        2: Verdict.CHANGED_SINCE,
        1: Verdict.NO_CHANGE,
    }


@pytest.mark.parametrize(
    ("heads", "capacity", "coming", "waiting", "expected"),
    [(1, None, 9, 9, True), (1, 2, 1, 0, True), (2, 2, 1, 0, False), (1, 2, 1, 1, False), (1, 1, 2, 0, False)],
)
def test_places_are_there_when_nobody_waits_and_they_are_enough(heads, capacity, coming, waiting, expected):
    assert has_places(heads, capacity=capacity, coming=coming, waiting=waiting) is expected
