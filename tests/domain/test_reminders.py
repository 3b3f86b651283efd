"""Letters by rule: when they are due, whether they still make sense, and who gets them."""

import random
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest

from events.domain import reminders
from events.domain.reminders import APART, CLOSES, HOURS, MOST_REMINDERS, OPENS, Occasion, Reader, Rule, Standing

OSLO = ZoneInfo("Europe/Oslo")
ZONES = list(map(ZoneInfo, ("Europe/Oslo", "Europe/Helsinki", "America/New_York", "Australia/Lord_Howe", "UTC")))
LONG_AGO = datetime(2026, 1, 1, tzinfo=UTC)
TEN = Rule(pk=1, letter="reminder", days=10, hour=10, since=LONG_AGO)
THREE = replace(TEN, pk=2, days=3)
PRACTICAL = Rule(pk=3, letter="practical", days=1, hour=10, since=LONG_AGO)
STOLTZEN = Occasion(
    state="open", zone=OSLO, held_on=date(2027, 9, 24), deadline_at=datetime(2027, 9, 10, 23, 59, 59, tzinfo=OSLO),
    starts_at=datetime(2027, 9, 24, 15, 0, tzinfo=OSLO),
)  # fmt: skip
SILENT, COMING = Reader(pk=1), Reader(pk=2, has_said=True, is_coming=True)


def at(day, hour=10, minute=0, month=8):
    return datetime(2027, month, day, hour, minute, tzinfo=OSLO).astimezone(UTC)


def standing(now, rule=TEN, occasion=STOLTZEN, done_on=None):
    return reminders.standing(rule, occasion, done_on=done_on, now=now)


# --- when -------------------------------------------------------------------------------------


def test_reminders_count_from_the_deadline_and_practical_information_from_the_day():
    assert reminders.due_at(TEN, STOLTZEN) == datetime(2027, 8, 31, 10, tzinfo=OSLO)
    assert reminders.due_at(THREE, STOLTZEN) == datetime(2027, 9, 7, 10, tzinfo=OSLO)
    assert reminders.due_at(PRACTICAL, STOLTZEN) == datetime(2027, 9, 23, 10, tzinfo=OSLO)


def test_the_deadlines_day_is_that_of_the_events_own_clock():
    """Half past midnight in Oslo is the day before in UTC."""
    early = replace(STOLTZEN, deadline_at=datetime(2027, 9, 10, 0, 30, tzinfo=OSLO).astimezone(UTC))
    assert reminders.due_at(TEN, early).date() == date(2027, 8, 31)


@pytest.mark.parametrize(
    ("deadline", "hours_in_utc"),
    [  # the clocks go forward on 28 March 2027 and back on 31 October 2027
        (datetime(2027, 4, 5, 23, 59, tzinfo=OSLO), [9, 8]),
        (datetime(2027, 11, 8, 23, 59, tzinfo=OSLO), [8, 9]),
    ],
)
def test_the_hour_stays_the_same_on_the_wall_when_the_clocks_change(deadline, hours_in_utc):
    occasion = replace(STOLTZEN, deadline_at=deadline)
    found = [reminders.due_at(rule, occasion) for rule in (TEN, THREE)]
    assert [moment.hour for moment in found] == [10, 10]
    assert [moment.astimezone(UTC).hour for moment in found] == hours_in_utc


def test_a_rule_stands_still_without_a_deadline():
    occasion = replace(STOLTZEN, deadline_at=None)
    assert reminders.due_at(TEN, occasion) is None
    assert standing(at(31), occasion=occasion) is Standing.NO_DEADLINE
    assert standing(at(23, month=9), PRACTICAL, occasion) is Standing.DUE


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        (at(30), Standing.AHEAD),
        (at(31, 9, 59), Standing.AHEAD),
        (at(31), Standing.DUE),
        (at(31, 18, 59), Standing.DUE),
        (at(31, 19), Standing.MISSED),
        (at(1, 9, month=9), Standing.MISSED),
    ],
)
def test_what_is_due_goes_on_the_same_day_at_a_civil_hour_and_is_missed_after_that(moment, expected):
    assert standing(moment) is expected


def test_the_deadline_ends_the_day_of_a_letter_too():
    noon = replace(STOLTZEN, deadline_at=datetime(2027, 9, 10, 12, tzinfo=OSLO))
    rule = replace(TEN, days=0)
    assert standing(at(10, 11, 59, month=9), rule, noon) is Standing.DUE
    assert standing(at(10, 12, month=9), rule, noon) is Standing.MISSED
    assert standing(at(10, 11, month=9), replace(rule, hour=13), noon) is Standing.TOO_LATE


@pytest.mark.parametrize("since", [at(31, 10, 1), at(31, 12), at(2, month=9)])
def test_what_was_due_before_the_rule_held_is_not_made_up_for(since):
    """Made, moved, switched on, or the event opened after the hour."""
    assert standing(since + timedelta(minutes=1), replace(TEN, since=since)) is Standing.TOO_LATE


def test_a_rule_made_in_the_very_minute_holds():
    assert standing(at(31), replace(TEN, since=at(31))) is Standing.DUE


def test_what_is_off_is_off_whatever_the_hour():
    assert {standing(at(day), replace(TEN, is_on=False)) for day in (1, 30, 31)} == {Standing.OFF}


@pytest.mark.parametrize(
    ("state", "reminder", "practical"),
    [
        ("draft", Standing.TOO_LATE, Standing.NOT_OPEN),  # were it opened now, the past would not be made up for
        ("open", Standing.DUE, Standing.AHEAD),
        ("closed", Standing.OVER, Standing.AHEAD),
        ("held", Standing.OVER, Standing.OVER),
        ("archived", Standing.OVER, Standing.OVER),
        ("cancelled", Standing.OVER, Standing.OVER),
    ],
)
def test_reminders_need_an_open_event_and_practical_information_one_that_takes_place(state, reminder, practical):
    occasion = replace(STOLTZEN, state=state)
    assert (standing(at(31), TEN, occasion), standing(at(31), PRACTICAL, occasion)) == (reminder, practical)


def test_a_day_is_dealt_with_once_and_an_earlier_one_is_past():
    assert standing(at(31), done_on=date(2027, 8, 31)) is Standing.GONE_OUT
    earlier = replace(STOLTZEN, deadline_at=STOLTZEN.deadline_at - timedelta(days=2))
    assert standing(at(31), occasion=earlier, done_on=date(2027, 8, 31)) is Standing.GONE_OUT


def test_the_promise_follows_when_the_deadline_moves_on():
    later = replace(STOLTZEN, deadline_at=STOLTZEN.deadline_at + timedelta(days=7))
    assert standing(at(31), occasion=later) is Standing.AHEAD
    assert standing(at(31), occasion=later, done_on=date(2027, 8, 31)) is Standing.AHEAD
    assert standing(at(7, month=9), occasion=later, done_on=date(2027, 8, 31)) is Standing.DUE


# --- to whom ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"is_companion": True}, "companion"),
        ({"is_invited": False}, "not_invited"),
        ({"has_said": True}, "answered"),
        ({"invitation": "drafted"}, "not_sent"),
        ({"invitation": "revoked"}, "revoked"),
        ({"invitation": ""}, "revoked"),
        ({"has_email": False}, "no_email"),
        ({"email_fails": True}, "bounced"),
        ({"is_unsubscribed": True}, "unsubscribed"),
        ({"rules": frozenset({1})}, "already_sent"),
        ({"rules": frozenset({2}), "had": ("reminder",)}, ""),
        ({"had": ("reminder", "reminder")}, "reminded_twice"),
        ({"had": ("reminder", "practical")}, ""),
        ({"wrote_at": (at(29),)}, "just_wrote"),
        ({"wrote_at": (at(28, 10, 1),)}, "just_wrote"),
        ({"wrote_at": (at(28),)}, ""),
        ({"wrote_at": (at(2, month=9),)}, "just_wrote"),  # waits in the outbox
    ],
)
def test_who_is_reminded_and_why_others_are_not(changes, reason):
    assert reminders.why_not(replace(SILENT, **changes), TEN, at(31)) == reason


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({}, ""),
        ({"is_coming": False}, "other_answer"),
        ({"is_unsubscribed": True}, "unsubscribed"),
        ({"had": ("practical",)}, "already_sent"),  # by hand
        ({"had": ("reminder", "reminder")}, ""),
        ({"wrote_at": (at(22, month=9),)}, ""),  # the last word before the day goes out all the same
    ],
)
def test_who_gets_practical_information(changes, reason):
    assert reminders.why_not(replace(COMING, **changes), PRACTICAL, at(23, month=9)) == reason


def test_a_plan_counts_what_goes_out_before():
    """Rules a day apart: whoever gets the first does not get the second."""
    rules = [replace(TEN, pk=2, days=9), TEN, PRACTICAL]
    plan = reminders.plan(rules, STOLTZEN, [SILENT, COMING], done_on={}, now=at(1))
    assert [(line.rule.pk, line.chosen.ids) for line in plan] == [(1, [1]), (2, []), (3, [2])]
    assert (1, "just_wrote") in plan[1].chosen.left_out


def test_a_plan_stands_in_order_of_time_and_counts_nobody_for_what_does_not_go():
    rules = [PRACTICAL, THREE, replace(TEN, is_on=False)]
    plan = reminders.plan(rules, STOLTZEN, [SILENT], done_on={2: date(2027, 9, 7)}, now=at(8, month=9))
    assert [(line.rule.pk, line.standing) for line in plan] == [
        (1, Standing.OFF), (2, Standing.GONE_OUT), (3, Standing.AHEAD),
    ]  # fmt: skip
    assert [line.chosen and line.chosen.ids for line in plan] == [None, None, []]


# --- whatever happens ---------------------------------------------------------------------------


def any_world(chance):
    """An event, some rules and some guests, all by chance."""
    zone = chance.choice(ZONES)
    held_on = date(2027, 1, 1) + timedelta(days=chance.randrange(365))
    deadline = datetime.combine(held_on - timedelta(days=chance.randrange(25)), time(chance.randrange(24)), zone)
    occasion = Occasion(
        state=chance.choice(["draft", "open", "open", "open", "closed", "held"]), zone=zone, held_on=held_on,
        deadline_at=chance.choice([deadline, deadline, deadline, None]),
        starts_at=chance.choice([None, datetime.combine(held_on, time(chance.randrange(24)), zone)]),
    )  # fmt: skip
    rules = [
        Rule(pk=pk, letter=chance.choice(["reminder", "reminder", "practical"]), days=chance.randrange(1, 20),
             hour=chance.choice(HOURS), is_on=chance.random() < 0.9,
             since=datetime.combine(held_on, time(0), UTC) - timedelta(days=chance.randrange(60)))
        for pk in range(1, chance.randrange(2, 6))
    ]  # fmt: skip
    readers = [
        Reader(pk=pk, is_companion=chance.random() < 0.1, is_invited=chance.random() < 0.9,
               has_said=chance.random() < 0.3, is_coming=chance.random() < 0.2,
               invitation=chance.choice(["sent", "sent", "sent", "drafted", "revoked"]),
               has_email=chance.random() < 0.9, email_fails=chance.random() < 0.1,
               is_unsubscribed=chance.random() < 0.1, had=("reminder",) * chance.randrange(3))
        for pk in range(chance.randrange(12))
    ]  # fmt: skip
    return occasion, rules, readers


@pytest.mark.parametrize("seed", range(150))
def test_a_scheduler_that_looks_now_and_then_keeps_every_promise(seed):
    """It looks at odd moments, sleeps for hours and days, and guests answer meanwhile."""
    chance = random.Random(seed)
    occasion, rules, readers = any_world(chance)
    people = {reader.pk: reader for reader in readers}
    done_on, sent = {}, []
    now = datetime.combine(occasion.held_on, time(0), UTC) - timedelta(days=60)
    while now < datetime.combine(occasion.held_on, time(0), UTC) + timedelta(days=2):
        for rule in rules:
            found = reminders.standing(rule, occasion, done_on=done_on.get(rule.pk), now=now)
            if found not in (Standing.DUE, Standing.MISSED):
                continue
            moment = reminders.due_at(rule, occasion)
            done_on[rule.pk] = moment.date()
            if found is Standing.DUE:
                for pk in reminders.choose(people.values(), rule, now).ids:
                    sent.append((pk, rule, now, people[pk]))
                    people[pk] = reminders.told(people[pk], rule, now)
        if people and chance.random() < 0.2:
            pk = chance.choice(list(people))
            people[pk] = replace(people[pk], has_said=True, is_coming=chance.random() < 0.7)
        now += timedelta(minutes=chance.choice([1, 30, 60, 240, 240, 3000]))
    for _pk, rule, moment, reader in sent:
        local = moment.astimezone(occasion.zone)
        assert OPENS <= local.time() < CLOSES
        assert local.date() == reminders.due_at(rule, occasion).date()
        assert rule.is_on
        assert rule.since <= reminders.due_at(rule, occasion)
        assert occasion.state in {"reminder": {"open"}, "practical": {"open", "closed"}}[rule.letter]
        assert (reader.invitation, reader.has_email, reader.email_fails, reader.is_unsubscribed) == (
            "sent", True, False, False,
        )  # fmt: skip
        if rule.letter == "reminder":
            assert not reader.has_said
            assert moment < occasion.deadline_at
        else:
            assert reader.is_coming
    for pk in people:
        mine = sorted(moment for who, rule, moment, _reader in sent if who == pk and rule.letter == "reminder")
        assert len(mine) + readers[pk].had.count("reminder") <= max(MOST_REMINDERS, readers[pk].had.count("reminder"))
        assert all(later - earlier >= APART for earlier, later in pairwise(mine))
        assert len([rule for who, rule, _at, _reader in sent if who == pk and rule.letter == "practical"]) <= 1


@pytest.mark.parametrize("seed", range(50))
def test_a_plan_is_what_then_happens_when_nobody_answers(seed):
    """Counted long before, by a scheduler that is always there."""
    chance = random.Random(seed)
    occasion, rules, readers = any_world(chance)
    before = datetime.combine(occasion.held_on, time(0), UTC) - timedelta(days=61)
    rules = [replace(rule, since=before) for rule in rules]
    planned = {
        line.rule.pk: sorted(line.chosen.ids)
        for line in reminders.plan(rules, occasion, readers, done_on={}, now=before)
        if line.standing is Standing.AHEAD
    }
    people, happened = {reader.pk: reader for reader in readers}, {}
    for rule in sorted(rules, key=lambda each: (reminders.due_at(each, occasion) or before, each.pk)):
        moment = reminders.due_at(rule, occasion)
        if moment and reminders.standing(rule, occasion, done_on=None, now=moment) is Standing.DUE:
            happened[rule.pk] = sorted(reminders.choose(people.values(), rule, moment).ids)
            people |= {pk: reminders.told(people[pk], rule, moment) for pk in happened[rule.pk]}
    assert happened == planned
