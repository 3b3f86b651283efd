"""What guests may answer, until when, and what their answers become when places are few."""

from collections.abc import Collection, Mapping
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
    """One activity as it is for one guest at the moment of answering. Capacity None has no limit.

    coming and waiting count the whole activity, this guest included where the state says so.
    """

    state: State
    capacity: int | None
    coming: int
    waiting: int
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
    standings: Mapping[str, Standing], chosen: Mapping[str, Choice], *, event_state: str, now: datetime
) -> dict[str, Decision]:
    """What each choice becomes, by slug: coming, the end of the waiting list, or as it was.

    A guest who says again what holds already keeps the place, also the place in line.
    """
    return {slug: _decision(standings[slug], choice, event_state, now) for slug, choice in chosen.items()}


def may_answer(event_state: str, deadline_at: datetime | None, now: datetime) -> Window:
    """Open, or the reason why not. The moment of the deadline itself is still in time."""
    if event_state != Window.OPEN:
        return Window(event_state)
    if deadline_at is not None and now > deadline_at:
        return Window.DEADLINE_PASSED
    return Window.OPEN


def places_to_fill(capacity: int | None, coming: int, waiting: int) -> int:
    """How many from the front of the waiting list are coming now. A lowered capacity removes nobody."""
    if capacity is None:
        return waiting
    return max(0, min(waiting, capacity - coming))


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


def _decision(standing: Standing, choice: Choice, event_state: str, now: datetime) -> Decision:
    window = may_answer(event_state, standing.deadline_at, now)
    if window is Window.OPEN and standing.is_cancelled:
        window = Window.CANCELLED
    if window is not Window.OPEN:
        return Decision(standing.state, is_changed=False, window=window)
    state = _state_after(standing, choice)
    return Decision(state, is_changed=state != standing.state)


def _state_after(standing: Standing, choice: Choice) -> State:
    if choice is not Choice.COMING:
        return State(choice)
    if standing.state in (State.COMING, State.WAITING):
        return standing.state
    return State.COMING if _has_place(standing) else State.WAITING


def _has_place(standing: Standing) -> bool:
    """While someone waits, a free place is theirs."""
    if standing.capacity is None:
        return True
    return standing.waiting == 0 and standing.coming < standing.capacity
