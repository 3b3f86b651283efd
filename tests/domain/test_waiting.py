"""The line: strict, parties whole, and nobody lost when somebody is moved. Random evenings with fixed seeds."""

import random
from datetime import UTC, datetime, timedelta

import pytest

from events.domain.answers import HOLDING, Choice, Standing, State, companions_follow, decide, free_places
from events.domain.waiting import Why, cut_off_at, may_take_some, moved, place_of, unit_at, units_let_in, why_nobody

NOW = datetime(2027, 9, 24, 12, 0, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("free", "units", "count"),
    [
        (0, [1], 0),
        (2, [1, 1, 1], 2),
        (1, [2, 1, 1], 0),
        (2, [2, 1], 1),
        (3, [1, 3, 1], 1),
        (5, [2, 2, 2], 2),
        (9, [2, 2], 2),
        (None, [4, 5], 2),
        (3, [], 0),
    ],
)
def test_units_get_in_from_the_front_and_whole(free, units, count):
    assert units_let_in(free, units) == count


@pytest.mark.parametrize(
    ("free", "units", "facts", "why"),
    [
        (3, [], {}, Why.NOBODY_WAITS),
        (3, [1], {"is_cancelled": True}, Why.CANCELLED),
        (3, [1], {"is_over": True}, Why.OVER),
        (0, [1], {}, Why.FULL),
        (0, [1], {"cut_off_at": NOW}, Why.FULL),
        (3, [1], {"cut_off_at": NOW}, Why.AFTER_CUT_OFF),
        (1, [2, 1], {}, Why.PARTY_IS_LARGER),
        (2, [2, 1], {}, None),
        (None, [2], {}, None),
    ],
)
def test_the_reason_is_named_when_nobody_is_let_in(free, units, facts, why):
    assert why_nobody(free, units, now=NOW, **{"cut_off_at": LATER, **facts}) == why


def test_the_cut_off_is_so_many_hours_before_the_start():
    assert cut_off_at(NOW, 24) == NOW - timedelta(days=1)


@pytest.mark.parametrize(
    ("free", "heads", "ahead", "places"),
    [(1, 2, 0, 1), (2, 3, 0, 2), (0, 2, 0, 0), (2, 2, 0, 0), (1, 2, 1, 0), (None, 2, 0, 0)],
)
def test_a_party_is_asked_to_part_only_when_it_is_first_and_some_would_fit(free, heads, ahead, places):
    assert may_take_some(free, heads, ahead=ahead) == places


@pytest.mark.parametrize("seed", range(40))
def test_the_others_keep_their_order_when_a_unit_is_moved(seed):
    chance = random.Random(seed)
    numbers = sorted(chance.sample(range(1, 40), chance.randrange(1, 12)))
    number, at = chance.choice(numbers), chance.randrange(len(numbers))
    shift = moved(numbers, number, at)
    after = {each: each + shift.by if shift.low <= each <= shift.high else each for each in numbers if each != number}
    after[number] = shift.number
    assert len(set(after.values())) == len(numbers)
    assert min(after.values()) >= 1
    others = [each for each in numbers if each != number]
    assert sorted(numbers, key=after.get) == [*others[:at], number, *others[at:]]


def test_a_place_is_one_more_than_the_heads_before_it():
    units = [2, 1, 3, 1]
    assert [place_of(units, at) for at in range(4)] == [1, 3, 4, 7]
    assert [unit_at(units, place) for place in range(9)] == [0, 0, 0, 1, 2, 2, 2, 3, 3]


class Evening:
    """An activity played in memory by the rules alone: parties of one to three, in line by number."""

    def __init__(self, chance):
        self.chance, self.capacity = chance, chance.randrange(0, 8)
        self.parties = {
            name: {(name, at): State.NO_ANSWER for at in range(chance.randrange(1, 4))} for name in range(8)
        }
        self.splits = {name: chance.random() < 0.3 for name in self.parties}
        self.numbers, self.last = {}, 0

    @property
    def states(self):
        return {who: state for party in self.parties.values() for who, state in party.items()}

    def heads(self, state):
        return list(self.states.values()).count(state)

    def units(self):
        """[(number, those who share it)] in order."""
        found = {}
        for who, number in sorted(self.numbers.items(), key=lambda pair: (pair[1], pair[0])):
            found.setdefault(number, []).append(who)
        return sorted(found.items())

    def say(self, name, choices):
        party = self.parties[name]
        standing = Standing(
            states=dict(party), capacity=self.capacity, coming=self.heads(State.COMING),
            waiting=self.heads(State.WAITING), splits=self.splits[name],
        )  # fmt: skip
        decided = decide({"dinner": standing}, {"dinner": choices}, event_state="open", now=NOW)["dinner"]
        for who, decision in decided.items():
            if party[who] is State.WAITING and decision.state is not State.WAITING:
                del self.numbers[who]
            party[who] = decision.state
        for who in party:
            if party[who] is State.WAITING and who not in self.numbers:
                shared = (
                    None if self.splits[name] else next((self.numbers[m] for m in party if m in self.numbers), None)
                )
                self.last += shared is None
                self.numbers[who] = shared or self.last
        return decided

    def let_in(self):
        units = self.units()
        free = free_places(self.capacity, self.heads(State.COMING))
        for _number, members in units[: units_let_in(free, [len(members) for _number, members in units])]:
            for who in members:
                self.parties[who[0]][who] = State.COMING
                del self.numbers[who]

    def somebody_says_something(self):
        name = self.chance.randrange(8)
        party = self.parties[name]
        guest, *companions = party
        choice = self.chance.choice(list(Choice))
        choices = {guest: choice} | companions_follow(choice, {who: party[who] for who in companions})
        if choice is Choice.COMING:
            choices |= {who: self.chance.choice([Choice.COMING, Choice.NOT_COMING]) for who in companions}
        return name, self.say(name, choices)


@pytest.mark.parametrize("seed", range(60))
def test_no_place_is_oversold_no_party_split_and_nobody_overtakes_in_a_long_random_evening(seed):
    evening = Evening(random.Random(seed))
    for _ in range(200):
        waited = evening.units()
        name, decided = evening.somebody_says_something()
        new = {decision.state for decision in decided.values() if decision.is_changed} & HOLDING
        assert evening.splits[name] or len(new) <= 1, "those who ask together are treated alike"
        others = {who[0] for _number, members in waited for who in members} - {name}
        assert not (State.COMING in new and others), "a free place belongs to those who wait"
        line = [members for _number, members in evening.units()]
        evening.let_in()
        left = [members for _number, members in evening.units()]
        coming = evening.heads(State.COMING)
        assert coming <= evening.capacity
        assert not left or evening.capacity - coming < len(left[0]), "the first get in when there is room for them"
        assert left == line[len(line) - len(left) :], "whoever got in stood in front"
        still = [who for _number, members in waited for who in members if who in evening.numbers]
        assert sorted(still, key=lambda who: (evening.numbers[who], who)) == still, "the others keep their order"
        for members in left:
            assert len({who[0] for who in members}) == 1, "only those of one party stand together"
            assert len(members) == 1 or not evening.splits[members[0][0]]
