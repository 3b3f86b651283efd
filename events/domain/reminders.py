"""Letters that go out by rule: when each is due, whether it still makes sense, and who gets it.

A rule names a letter, a number of days and an hour, both by the clock of where the event is. Reminders count from the
deadline and reach those who have said nothing; practical information counts from the day and reaches those who come.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

LETTERS = REMINDER, PRACTICAL = "reminder", "practical"
OPENS, CLOSES = time(9), time(19)  # nobody is written to by rule before or after
HOURS = range(OPENS.hour, CLOSES.hour)
MOST_REMINDERS = 2  # to one guest, those by hand among them
APART = timedelta(days=3)  # between a reminder and any other letter that nobody asked for
_OPEN_FOR = {REMINDER: {"open"}, PRACTICAL: {"open", "closed"}}
_NOT_YET = {"draft"}


class Standing(StrEnum):
    """Where a rule stands now."""

    GONE_OUT = "gone_out"
    OFF = "off"
    NO_DEADLINE = "no_deadline"
    NOT_OPEN = "not_open"
    OVER = "over"
    TOO_LATE = "too_late"  # its hour had passed before the rule held
    AHEAD = "ahead"
    DUE = "due"
    MISSED = "missed"  # its hour has passed, and nobody was there to send


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """since: the moment from which it holds: made, changed, switched on, or the event opened or moved."""

    pk: int
    letter: str
    days: int
    hour: int
    since: datetime
    is_on: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The event as the rules see it. starts_at: when the first part that takes place begins, None without any."""

    state: str
    zone: tzinfo
    held_on: date
    deadline_at: datetime | None = None
    starts_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Reader:
    """One guest. is_invited, has_said, is_coming: to something that takes place; had: the letters of the two kinds
    that went or are to go, and by which rules; wrote_at: when any letter did that nobody had asked for.
    """

    pk: int
    is_companion: bool = False
    is_invited: bool = True
    has_said: bool = False
    is_coming: bool = False
    invitation: str = "sent"
    has_email: bool = True
    email_fails: bool = False
    is_unsubscribed: bool = False
    had: tuple[str, ...] = ()
    rules: frozenset[int] = frozenset()
    wrote_at: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Chosen:
    """The ids of those who get it, and (id, reason) of all others."""

    ids: list[int]
    left_out: list[tuple[int, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Planned:
    """One line of the calendar of what goes out. at: None without a deadline; chosen: None where nothing is to come."""

    rule: Rule
    standing: Standing
    at: datetime | None
    chosen: Chosen | None = None


def due_at(rule: Rule, occasion: Occasion) -> datetime | None:
    """The moment by the event's own clock; None where there is no deadline to count from."""
    if rule.letter == PRACTICAL:
        anchor = occasion.held_on
    elif occasion.deadline_at is None:
        return None
    else:
        anchor = occasion.deadline_at.astimezone(occasion.zone).date()
    return datetime.combine(anchor - timedelta(days=rule.days), time(rule.hour), tzinfo=occasion.zone)


def until(rule: Rule, occasion: Occasion, at: datetime) -> datetime:
    """Until when a letter due then still makes sense: the same day, at a civil hour, before what it is about."""
    evening = datetime.combine(at.date(), CLOSES, tzinfo=occasion.zone)
    end = about_until(rule, occasion)
    return evening if end is None else min(evening, end, key=datetime.timestamp)


def about_until(rule: Rule, occasion: Occasion) -> datetime | None:
    """When what the letter is about is over: the deadline, or the first part's start."""
    return occasion.starts_at if rule.letter == PRACTICAL else occasion.deadline_at


def is_open_for(rule: Rule, occasion: Occasion) -> bool:
    """Whether the event is in a state in which this letter goes out."""
    return occasion.state in _OPEN_FOR[rule.letter]


def is_of_use(rule: Rule, occasion: Occasion, *, now: datetime) -> bool:
    """Whether a letter that was missed still says something."""
    end = about_until(rule, occasion)
    return is_open_for(rule, occasion) and (end is None or now < end)


def standing(rule: Rule, occasion: Occasion, *, done_on: date | None, now: datetime) -> Standing:
    """done_on: the last day of this rule that has been dealt with. A day that comes before it is past, too."""
    at = due_at(rule, occasion)
    if at is None:
        return Standing.NO_DEADLINE
    if done_on is not None and at.date() <= done_on:
        return Standing.GONE_OUT
    if not rule.is_on:
        return Standing.OFF
    if not is_open_for(rule, occasion):
        waits = Standing.TOO_LATE if now >= at else Standing.NOT_OPEN  # when it opens, the past is not made up for
        return waits if occasion.state in _NOT_YET else Standing.OVER
    if at.timestamp() < rule.since.timestamp() or at.timestamp() >= until(rule, occasion, at).timestamp():
        return Standing.TOO_LATE
    if now < at:
        return Standing.AHEAD
    return Standing.DUE if now < until(rule, occasion, at) else Standing.MISSED


def why_not(reader: Reader, rule: Rule, at: datetime) -> str:
    """The code of why this guest is left out, the plainest reason first; "" for who gets the letter at that moment."""
    return _not_meant(reader, rule) or _not_reached(reader) or _has_heard(reader, rule, at)


def choose(readers: Iterable[Reader], rule: Rule, at: datetime) -> Chosen:
    """Who gets the letter of this rule at that moment."""
    reasons = [(reader.pk, why_not(reader, rule, at)) for reader in readers]
    return Chosen([pk for pk, reason in reasons if not reason], [(pk, reason) for pk, reason in reasons if reason])


def plan(
    rules: Iterable[Rule], occasion: Occasion, readers: Iterable[Reader], *, done_on: Mapping[int, date], now: datetime
) -> list[Planned]:
    """All rules in order of time, each with whom it would reach as things stand now; what goes out before counts."""
    known = {reader.pk: reader for reader in readers}
    lines = [
        Planned(rule=rule, standing=standing(rule, occasion, done_on=done_on.get(rule.pk), now=now),
                at=due_at(rule, occasion))
        for rule in rules
    ]  # fmt: skip
    lines.sort(key=lambda line: (line.at is None, line.at and line.at.timestamp(), line.rule.pk))
    planned = []
    for line in lines:
        if line.standing in (Standing.AHEAD, Standing.DUE):
            at = max(line.at, now, key=datetime.timestamp)
            line = replace(line, chosen=choose(known.values(), line.rule, at))
            known |= {pk: told(known[pk], line.rule, at) for pk in line.chosen.ids}
        elif line.standing is Standing.MISSED:
            line = replace(line, chosen=choose(known.values(), line.rule, now))
        planned.append(line)
    return planned


def told(reader: Reader, rule: Rule, at: datetime) -> Reader:
    """The guest once the letter of this rule has gone, or is to go, at that moment."""
    return replace(
        reader, had=(*reader.had, rule.letter), rules=reader.rules | {rule.pk}, wrote_at=(*reader.wrote_at, at)
    )


def _not_meant(reader, rule):
    if reader.is_companion:
        return "companion"
    if not reader.is_invited:
        return "not_invited"
    if rule.letter == REMINDER and reader.has_said:
        return "answered"
    if rule.letter == PRACTICAL and not reader.is_coming:
        return "other_answer"
    if reader.invitation in ("", "revoked"):
        return "revoked"
    return "" if reader.invitation == "sent" else "not_sent"


def _not_reached(reader):
    if not reader.has_email:
        return "no_email"
    if reader.email_fails:
        return "bounced"
    return "unsubscribed" if reader.is_unsubscribed else ""


def _has_heard(reader, rule, at):
    if rule.pk in reader.rules or (rule.letter == PRACTICAL and PRACTICAL in reader.had):
        return "already_sent"
    if rule.letter == PRACTICAL:
        return ""
    if reader.had.count(REMINDER) >= MOST_REMINDERS:
        return "reminded_twice"
    return "just_wrote" if any(abs(at - moment) < APART for moment in reader.wrote_at) else ""
