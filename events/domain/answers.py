"""What guests may answer, until when, and what their answers become when places are few."""

from collections.abc import Collection, Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Choice(StrEnum):
    """What a guest can say to one activity. The values are those of the form."""

    COMING = "coming"
    NOT_COMING = "not_coming"
    UNSURE = "unsure"


class State(StrEnum):
    """Where a guest stands with one activity. The five sum to the number invited."""

    NO_ANSWER = "no_answer"
    COMING = "coming"
    NOT_COMING = "not_coming"
    UNSURE = "unsure"
    WAITING = "waiting"


HOLDING = frozenset({State.COMING, State.WAITING})  # a place, or one in line


class Window(StrEnum):
    """Whether answers are taken, and if not, why."""

    OPEN = "open"
    DEADLINE_PASSED = "deadline_passed"
    DRAFT = "draft"
    CLOSED = "closed"
    HELD = "held"
    CANCELLED = "cancelled"
    ARCHIVED = "archived"


class NothingChosen(ValueError):
    """The form came without a choice."""


class UnknownChoice(ValueError):
    """A choice the form does not offer; carries the activity's slug, or the name of the button."""

    def __init__(self, slug: str):
        super().__init__(slug)
        self.slug = slug


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """One activity as it is for one party at the moment of answering. Capacity None has no limit.

    states: where the guest and the companions stand, the guest first, each under a name of any kind.
    coming and waiting count the heads of the whole activity, those of this party included.
    splits: whether the party also takes places one at a time.
    """

    states: Mapping[Hashable, State]
    capacity: int | None
    coming: int
    waiting: int
    splits: bool = False
    deadline_at: datetime | None = None
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Decision:
    """The state after answering. A shut window leaves the state as it was."""

    state: State
    is_changed: bool
    window: Window = Window.OPEN


def read_answers(posted: Mapping[str, str], slugs: Collection[str]) -> dict[str, Choice]:
    """The answer form as choices by slug: answer-<slug>, or a button for all of them, which wins.

    Raises NothingChosen and UnknownChoice. What is posted about other activities is not read.
    """
    chosen = _by_button(posted, slugs) or {
        slug: _choice(slug, posted[f"answer-{slug}"]) for slug in slugs if posted.get(f"answer-{slug}")
    }
    if not chosen:
        raise NothingChosen
    return chosen


def decide(
    standings: Mapping[str, Standing],
    chosen: Mapping[str, Mapping[Hashable, Choice]],
    *,
    event_state: str,
    now: datetime,
) -> dict[str, dict[Hashable, Decision]]:
    """What each choice becomes, by slug and person: coming, waiting, or as it was.

    Whoever says again what holds already keeps the place, also the place in line. Those of a party who ask anew get
    places together or wait together, unless the party may be split; then the first of them get what there is.
    """
    return {slug: _decisions(standings[slug], choices, event_state, now) for slug, choices in chosen.items()}


def companions_follow(choice: Choice, states: Mapping[Hashable, State]) -> dict[Hashable, Choice]:
    """What the guest's choice means for the companions: they come where the guest does, and are not brought back."""
    if choice == Choice.NOT_COMING:
        return {who: Choice.NOT_COMING for who, state in states.items() if state != State.NOT_COMING}
    if choice == Choice.UNSURE:
        return {who: Choice.UNSURE for who, state in states.items() if state in HOLDING}
    return {}


def may_answer(event_state: str, deadline_at: datetime | None, now: datetime) -> Window:
    """Open, or the reason why not. The moment of the deadline itself is still in time."""
    if event_state != Window.OPEN:
        return Window(event_state)
    if deadline_at is not None and now > deadline_at:
        return Window.DEADLINE_PASSED
    return Window.OPEN


def free_places(capacity: int | None, coming: int) -> int | None:
    """How many more may come; None has no limit. A lowered capacity removes nobody."""
    return None if capacity is None else max(0, capacity - coming)


def _by_button(posted: Mapping[str, str], slugs: Collection[str]) -> dict[str, Choice]:
    pressed = {name: posted[name] for name in ("all", "none") if name in posted}
    if not pressed:
        return {}
    for name, value in pressed.items():
        if value != "1" or len(pressed) > 1:
            raise UnknownChoice(name)
    choice = Choice.COMING if "all" in pressed else Choice.NOT_COMING
    return dict.fromkeys(slugs, choice)


def _choice(slug: str, value: str) -> Choice:
    try:
        return Choice(value)
    except ValueError:
        raise UnknownChoice(slug) from None


def _decisions(
    standing: Standing, choices: Mapping[Hashable, Choice], event_state: str, now: datetime
) -> dict[Hashable, Decision]:
    window = may_answer(event_state, standing.deadline_at, now)
    if window is Window.OPEN and standing.is_cancelled:
        window = Window.CANCELLED
    if window is not Window.OPEN:
        return {who: Decision(standing.states[who], is_changed=False, window=window) for who in choices}
    after = _states_after(standing, choices)
    return {who: Decision(after[who], is_changed=after[who] != standing.states[who]) for who in choices}


def _states_after(standing: Standing, choices: Mapping[Hashable, Choice]) -> dict[Hashable, State]:
    """Whoever gives up a place or leaves the line does so before the others ask."""
    after = {who: State(choice) for who, choice in choices.items() if choice != Choice.COMING}
    left = [standing.states[who] for who in after]
    asking = []
    for who, state in standing.states.items():
        if choices.get(who) == Choice.COMING:
            after[who] = state
            if state not in HOLDING:
                asking.append(who)
    places = _places_for(
        len(asking),
        free_places(standing.capacity, standing.coming - left.count(State.COMING)),
        waiting=standing.waiting - left.count(State.WAITING),
        splits=standing.splits,
    )
    for number, who in enumerate(asking):
        after[who] = State.COMING if number < places else State.WAITING
    return after


def _places_for(asking: int, free: int | None, *, waiting: int, splits: bool) -> int:
    """How many of those who ask anew get a place at once. While somebody waits, a free place is theirs."""
    if free is None:
        return asking
    if waiting:
        return 0
    return min(asking, free) if splits or asking <= free else 0
