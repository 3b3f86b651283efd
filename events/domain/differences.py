"""What became different in a programme since a guest was last told of it: plain values, as a mail keeps them.

A mail holds only what was so before ({"event": {…}, "parts": {"<id>": {…}}}); what is so now is looked up when the
mail is written. So two changes in a row make one mail, from the first old to the last new, and a change that is taken
back leaves nothing to tell. Moments are ISO strings in UTC, days ISO dates, texts {language: text}.
"""

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

PART = ("title", "starts_at", "ends_at", "place", "address", "is_cancelled")
EVENT = ("held_on", "is_cancelled")
Values = dict[str, Any]
Facts = dict[str, Any]


def of_part(part: Any) -> Values:
    """What guests are told of when it changes, as plain values."""
    return {name: plain(getattr(part, name)) for name in PART}


def of_event(event: Any) -> Values:
    return {name: plain(getattr(event, name)) for name in EVENT}


def plain(value: Any) -> Any:
    """A moment, a day or texts as a mail keeps them."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    return dict(value) if isinstance(value, Mapping) else value


def moment(value: str) -> datetime:
    return datetime.fromisoformat(value)


def day(value: str) -> date:
    return date.fromisoformat(value)


def between(before: Values, after: Values) -> Values:
    """What was so before and is different now."""
    return {name: value for name, value in before.items() if after[name] != value}


def facts(*, event: Values | None = None, parts: Mapping[int, Values] | None = None) -> Facts:
    """The old values a mail keeps: of the event, and of parts by their id."""
    return {"event": event or {}, "parts": {str(pk): old for pk, old in (parts or {}).items() if old}}


def merged(first: Facts, then: Facts) -> Facts:
    """One mail for two changes in a row: what was so before the first."""
    return {
        "event": {**then["event"], **first.get("event", {})},
        "parts": {
            pk: {**then["parts"].get(pk, {}), **first.get("parts", {}).get(pk, {})}
            for pk in {**first.get("parts", {}), **then["parts"]}
        },
    }


def remaining(
    kept: Facts, event: Values, parts: Mapping[int, Values], read: Callable[[Mapping], str] | None = None
) -> Facts:
    """Without what is again as it was; event and parts (those the guest hears of) are the values of now. With read,
    texts are the same where they read the same in a language.

    Of a part that is off only that is news, and where it was off before too, nothing; of an event that is off only
    that.
    """
    of_event = {name: value for name, value in kept.get("event", {}).items() if event[name] != value}
    if event["is_cancelled"]:
        return facts(event={name: value for name, value in of_event.items() if name == "is_cancelled"})
    left = {}
    for pk, now in parts.items():
        old = kept.get("parts", {}).get(str(pk), {})
        was_off = old.get("is_cancelled", now["is_cancelled"])
        if old and not (was_off and now["is_cancelled"]):
            left[pk] = {name: value for name, value in old.items() if not _is_same(value, now[name], read)}
    return facts(event=of_event, parts=left)


def _is_same(value: Any, now: Any, read: Callable[[Mapping], str] | None) -> bool:
    if read and isinstance(value, Mapping):
        return read(value) == read(now)
    return value == now


def is_kept(kept: Facts | None) -> bool:
    """Whether what a mail keeps is about a change of programme; letters of other kinds keep other things."""
    return bool(kept) and "parts" in kept


def is_anything(kept: Facts) -> bool:
    return bool(kept["event"] or kept["parts"])


def is_end(kept: Facts, event: Values, parts: Mapping[int, Values]) -> bool:
    """Whether all there is to tell is that something does not take place."""
    if event["is_cancelled"]:
        return True
    told = kept["parts"]
    return bool(told) and not kept["event"] and all(parts[int(pk)]["is_cancelled"] for pk in told)


def moves(old: Values) -> bool:
    """Whether a part is at another time than it was."""
    return bool({"starts_at", "ends_at"}.intersection(old))


def by_days(at: datetime, days: int, zone: ZoneInfo) -> datetime:
    """The same time of day so many days later, whatever the clocks do meanwhile."""
    local = at.astimezone(zone).replace(tzinfo=None) + timedelta(days=days)
    return local.replace(tzinfo=zone).astimezone(UTC)
