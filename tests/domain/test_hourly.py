"""The hourly cap, as plain counting."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from events.domain import hourly
from events.domain.hourly import Pass, Room

NOW = datetime(2027, 8, 10, 9, 0, tzinfo=UTC)
GRACE = timedelta(minutes=11)


def test_all_may_leave_when_nothing_has():
    assert hourly.room([], 10, NOW) == Room(10, 10)
    assert hourly.room([], 100, NOW) == Room(100, 90)


def test_guests_who_wait_come_first_when_there_is_little_room():
    assert hourly.shared_out(Room(10, 10), awaited=4, others=20) == (4, 6)
    assert hourly.shared_out(Room(10, 0), awaited=4, others=20) == (4, 0)
    assert hourly.shared_out(Room(3, 3), awaited=4, others=20) == (3, 0)


def test_a_pass_counts_whole_until_it_is_given_back_and_then_as_much_as_was_used():
    drawn = hourly.draw([], "a", 6, now=NOW, grace=GRACE)
    assert hourly.room(drawn, 10, NOW).in_all == 4
    settled = hourly.settle(drawn, "a", 2, now=NOW + timedelta(seconds=9))
    assert settled == [Pass("", NOW + timedelta(hours=1, minutes=1), 2)]
    assert hourly.settle(drawn, "a", 0, now=NOW) == []


def test_a_pass_counts_as_used_when_its_worker_is_killed():
    drawn = hourly.draw([], "a", 6, now=NOW, grace=GRACE)
    assert hourly.room(drawn, 10, NOW + timedelta(hours=1, minutes=10, seconds=59)).in_all == 4
    assert hourly.room(drawn, 10, NOW + timedelta(hours=1, minutes=11)).in_all == 10


def test_mails_count_although_their_pass_has_run_out_when_it_is_given_back_late():
    drawn = hourly.draw([], "a", 6, now=NOW, grace=GRACE)
    late = NOW + timedelta(hours=2)
    assert sum(each.mails for each in hourly.settle(drawn, "a", 1, now=late)) == 1


def test_the_list_stays_short_when_mails_leave_one_by_one():
    passes, now = [], NOW
    for number in range(600):
        passes = hourly.settle(hourly.draw(passes, str(number), 1, now=now, grace=GRACE), str(number), 1, now=now)
        now += timedelta(seconds=6)
    assert len(passes) <= 62
    assert sum(each.mails for each in passes) == 600


@pytest.mark.parametrize(
    ("used", "cap", "minutes"),
    [([(60, 10)], 10, 60), ([(60, 5), (70, 5)], 10, 60), ([(60, 1)], 10, None), ([], 5, None)],
)
def test_the_next_moment_is_when_enough_has_run_out(used, cap, minutes):
    passes = [Pass("", NOW + timedelta(minutes=until), mails) for until, mails in used]
    expected = minutes and NOW + timedelta(minutes=minutes)
    assert hourly.next_at(passes, cap, NOW) == expected


def test_the_next_moment_waits_for_more_when_a_tenth_is_kept_back():
    passes = [Pass("", NOW + timedelta(minutes=10), 5), Pass("", NOW + timedelta(minutes=20), 95)]
    assert hourly.next_at(passes, 100, NOW) == NOW + timedelta(minutes=20)


@pytest.mark.parametrize("seed", range(20))
def test_no_hour_sees_more_than_the_cap_whatever_workers_do(seed):
    """Many workers draw, send for a while, are killed or give back; then every window of an hour is counted."""
    rng, cap, now, passes, sent, open_passes = random.Random(seed), 30, NOW, [], [], []
    for number in range(400):
        now += timedelta(seconds=rng.randrange(0, 240))
        if open_passes and rng.random() < 0.5:
            name, left = open_passes.pop()
            if rng.random() < 0.6:
                passes = hourly.settle(passes, name, left, now=now)
            continue
        room = hourly.room(passes, cap, now)
        drawn = sum(hourly.shared_out(room, awaited=rng.randrange(5), others=rng.randrange(12)))
        if drawn:
            passes = hourly.draw(passes, str(number), drawn, now=now, grace=GRACE)
            left = rng.randrange(drawn + 1)
            sent += [now + timedelta(seconds=rng.randrange(0, 60)) for _mail in range(left)]
            open_passes.append((str(number), left))
            now += timedelta(seconds=60)
    sent.sort()
    assert len(sent) > 200
    for at, moment in enumerate(sent):
        assert sum(1 for other in sent[at:] if other < moment + hourly.HOUR) <= cap
