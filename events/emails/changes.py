"""What letters say of a programme that has changed: old and new in words, and the calendar files that follow."""

from copy import copy

from ..domain import dates, differences, letter_texts
from ..domain.answers import State
from ..domain.letter_texts.changing import CHANGE_WORDS
from ..models import Texts

MOST_NAMED = 3


def is_news(facts):
    """Whether a mail with these facts tells of what guests rely on, also those who want no more invitations."""
    return differences.is_kept(facts) or "entry" in facts


def reader(language):
    """How texts read in a language."""
    return lambda texts: Texts(texts).in_language(language)


def news(facts, edition, answers, language):
    """What is different for this guest since the mail's facts were so, in the mail's language; nothing of parts the
    guest said no to. answers are the guest's, perhaps with companions.
    """
    if not differences.is_kept(facts):
        return differences.facts()
    event, parts = edition.event, edition.activities
    heard = {pk: differences.of_part(parts[pk]) for pk in heard_by(answers) if pk in parts}
    return differences.remaining(facts, differences.of_event(event), heard, reader(language))


def heard_by(answers):
    """The ids of the parts that the guest, or somebody the guest brings, is invited to and has not said no to."""
    return [
        answer.activity_id
        for answer in answers
        if any(row.state != State.NOT_COMING for row in (answer, *answer.companions))
    ]


def told(edition, answers, facts, language):
    """What has changed for this guest: the block of the letter, and what placeholders stand for."""
    if not differences.is_kept(facts):
        return {"block": {}, "values": {}}
    left = news(facts, edition, answers, language)
    news_block = block(left, facts, edition, language)
    files = files_of(left, facts, edition, answers)
    does = entry_words(left, facts, answers, edition, language), files_words(files, edition, language)
    news_block["files"] = " ".join(filter(None, does))
    return {"block": news_block, "values": {"what": what(left, edition, language), "changes": in_words(news_block)}}


def block(left, facts, edition, language):
    """The block of a letter about what is left to tell: own sentence, rows of old and new, a note."""
    words, event = CHANGE_WORDS[language], edition.event
    rows = [_event_row(left["event"], event, words, language)] if left["event"] else []
    moved_by = _days_moved(left["event"], event)
    for pk, activity in edition.activities.items():
        old = left["parts"].get(str(pk), {})
        if old and not _only_moved_along(old, activity, event, moved_by):
            rows.append(_part_row(activity, as_it_was(activity, old), old, event, words, language))
    note = words.same_hours if moved_by and len(rows) == 1 else ""
    return {"words": facts.get("words", {}).get(language, ""), "rows": rows, "note": note}


def what(left, edition, language):
    """What has changed, as guests know it: the part or parts, the programme where they are many, or the event."""
    parts = [(edition.activities[int(pk)], old) for pk, old in left["parts"].items()]
    if left["event"] or not parts:
        return edition.event.title.in_language(language)
    if len(parts) > MOST_NAMED:
        return CHANGE_WORDS[language].programme
    *first, last = (as_it_was(activity, old).title.in_language(language) for activity, old in parts)
    together = letter_texts.words(language).last_and
    return together.replace("{first}", ", ".join(first)).replace("{last}", last) if first else last


def as_it_was(activity, old):
    """A copy of the part as these old values say it was."""
    was = copy(activity)
    for name, value in old.items():
        if name != "is_cancelled":
            setattr(was, name, value_of(name, value))
    return was


def value_of(name, value):
    """A plain value as the field of this name holds it."""
    if name in ("starts_at", "ends_at"):
        return differences.moment(value)
    if name == "held_on":
        return differences.day(value)
    return Texts(value) if name in ("title", "place") else value


def _event_row(old, event, words, language):
    row = {"title": event.title.in_language(language), "lines": [], "state": "", "sentence": ""}
    if "is_cancelled" in old:
        day = dates.long_day(event.held_on, language)
        row |= _state(event.is_cancelled, day, words)
    if "held_on" in old and not event.is_cancelled:
        new, before = (dates.long_day(on, language) for on in (event.held_on, differences.day(old["held_on"])))
        row["lines"].append(_line(words.day, dates.capitalised(new), before, words))
    return row


def _part_row(activity, was, old, event, words, language):
    row = {"title": activity.title.in_language(language), "lines": [], "state": "", "sentence": ""}
    if activity.is_cancelled:
        return row | _state(True, when(was, event, language), words)
    if "is_cancelled" in old:
        row |= _state(False, "", words)
    return row | {"lines": [*_lines(activity, was, old, event, words, language)]}


def _state(is_off, old, words):
    if is_off:
        return {"state": words.off, "is_off": True, "sentence": words.was_to_be.replace("{old}", old)}
    return {"state": words.on_again, "is_off": False}


def _lines(activity, was, old, event, words, language):
    """What changed of a part that takes place; a part that is on again always says when."""
    if "title" in old:
        yield _line(words.title, *_pair(activity, was, lambda part: part.title.in_language(language)), words)
    if differences.moves(old):
        far = _is_far(activity, was, event)
        yield _line(words.when, *_pair(activity, was, lambda part: when(part, event, language, far)), words)
    elif "is_cancelled" in old:
        yield {"label": words.when, "new": when(activity, event, language, True), "before": ""}
    if "place" in old or "address" in old:
        yield _line(words.place, *_pair(activity, was, lambda part: _where(part, old, language)), words)


def _pair(activity, was, said):
    return said(activity), said(was)


def _line(label, new, old, words):
    """A line of old and new; where there was nothing before, of the new alone."""
    return {"label": label, "new": new or "–", "before": words.before.replace("{old}", old) if old else ""}


def _where(part, old, language):
    """Of place and address what is another."""
    texts = {"place": part.place.in_language(language), "address": part.address}
    return ", ".join(text for name, text in texts.items() if text and name in old)


def when(part, event, language, with_day=False):
    """From when to when, with the day where that is another than the event's."""
    starts_at, ends_at = (at.astimezone(event.zone) for at in (part.starts_at, part.ends_at))
    span = dates.span(starts_at, ends_at, language)
    is_plain = starts_at.date() == event.held_on and not with_day
    return span if is_plain or _is_long(part) else f"{dates.day(starts_at, language)} {span}"


def _is_long(part):
    """A day or more: the span names its days already."""
    return (part.ends_at - part.starts_at).days >= 1


def _is_far(activity, was, event):
    """Whether one of the two is on another day than the event."""
    return any(part.starts_at.astimezone(event.zone).date() != event.held_on for part in (activity, was))


def _days_moved(old, event):
    return (event.held_on - differences.day(old["held_on"])).days if "held_on" in old else 0


def _only_moved_along(old, activity, event, days):
    """Whether all that is different is that the part went along with the event."""
    if not days or set(old) - {"starts_at", "ends_at"}:
        return False
    return all(
        differences.by_days(differences.moment(value), days, event.zone) == getattr(activity, name)
        for name, value in old.items()
    )


def files_of(left, facts, edition, answers):
    """The answers whose calendar files go along, each with its activity: as it is now, or as it was where it is off.

    Those are of the parts the guest comes to, and the file of what is off must hold the times it had. What is in a
    calendar as an invitation is put right by one.
    """
    found = []
    for answer in () if facts.get("is_alone") else answers:
        activity = edition.activities[answer.activity_id]
        old = facts.get("parts", {}).get(str(activity.pk), {})
        is_off = activity.is_cancelled or edition.event.is_cancelled
        is_news = str(activity.pk) in left["parts"] or (bool(left["event"]) and (not activity.is_cancelled or old))
        if answer.state == State.COMING and answer.asked_sequence is None and is_news:
            answer.activity = as_it_was(activity, old) if is_off else activity
            found.append(answer)
    return found


def files_words(answers, edition, language):
    """What the calendar files do that go along; "" where none do."""
    if not answers:
        return ""
    words = CHANGE_WORDS[language]
    is_off = edition.event.is_cancelled or all(answer.activity.is_cancelled for answer in answers)
    return words.off_files if is_off else words.moved_files


def entry_words(left, facts, answers, edition, language):
    """What the mail does to the guest's calendar where an invitation goes with it; else ""."""
    asked = next(
        (row for row in answers if row.activity_id == facts.get("calendar") and row.asked_sequence is not None), None
    )
    if asked is None or not (left["event"] or str(asked.activity_id) in left["parts"]):
        return ""
    words = CHANGE_WORDS[language]
    is_off = edition.event.is_cancelled or edition.activities[asked.activity_id].is_cancelled
    return words.off_entry if is_off else words.moved_entry


def in_words(block):
    """The same rows as one line of plain text."""
    return "; ".join(
        ": ".join(filter(None, (row["title"], row["state"], ", ".join(line["new"] for line in row["lines"]))))
        for row in block["rows"]
    )
