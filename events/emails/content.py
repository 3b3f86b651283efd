"""What a letter says to one guest: a dict for Message.content, in which the link is still a placeholder (S2)."""

import re
from dataclasses import dataclass, field, replace

from django.conf import settings

from ..domain import dates, letter_texts, letters
from ..models import Activity, Answer, Event, Letter
from .companions import told_with_companions, who
from .ways import TO_THE_HOUSE, host_of

BLOCKS = ("personal_line", "programme", "answers", "said", "link")
SUBJECT_LENGTH = 200
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


class NoText(LookupError):
    """Nobody has written this kind of letter for the event, and we have no text of our own."""

    def __init__(self, kind):
        super().__init__(kind)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Edition:
    """What all letters of an event share: its activities by id in order, and the organiser's texts."""

    event: Event
    activities: dict[int, Activity]
    letters: dict[tuple[str, str], Letter] = field(default_factory=dict)
    _said: dict = field(default_factory=dict, repr=False)

    def in_language(self, language):
        """(what placeholders stand for in every letter, {activity id: its row}), worked out once per language."""
        if language not in self._said:
            rows = {pk: _row(activity, self.event, language) for pk, activity in self.activities.items()}
            self._said[language] = _shared_values(self, language), rows
        return self._said[language]

    def saying(self, kind, texts):
        """The same with other texts of one kind, {language: {subject, preheader, body}}, as they were frozen."""
        own = {place: letter for place, letter in self.letters.items() if place[0] != kind}
        frozen = {(kind, language): letter_texts.Text(**text) for language, text in texts.items()}
        return replace(self, letters={**own, **frozen})

    def text(self, kind, language):
        """The organiser's text in the language, else our own, else the organiser's in another. Raises NoText."""
        languages = [language, settings.LANGUAGE_CODE, *letter_texts.LANGUAGES]
        own = self.letters.get((kind, language)) or letter_texts.own(kind, language, self.event.tone)
        text = own or next((self.letters[kind, code] for code in languages if (kind, code) in self.letters), None)
        if text is None:
            raise NoText(kind)
        return text


def editions(event_ids):
    """{event id: Edition} in three queries, however many events."""
    events = Event.objects.in_bulk(set(event_ids))
    found = {pk: Edition(event, {}, {}) for pk, event in events.items()}
    for activity in Activity.objects.filter(event__in=found).in_order():
        found[activity.event_id].activities[activity.pk] = activity
    for letter in Letter.objects.filter(event__in=found):
        found[letter.event_id].letters[letter.kind, letter.language] = letter
    return found


def has_text(event, kind):
    """Whether a letter of this kind can be sent for the event."""
    return kind in letter_texts.KINDS or Letter.objects.filter(event=event, kind=kind).exists()


def compose(kind, guest, edition, answers, *, now, places=None, activity_id=None, language=None, said=()):
    """The content of one letter to one guest, or about the guest to the house, as plain JSON.

    answers are the guest's rows, perhaps with companions; places says the number in line by activity id; said are
    the guest's words to be told. A letter about one activity leads to the page where its place is said yes to.
    Raises NoText, letters.UnknownPlaceholder and letters.HasLineBreak (M1).
    """
    if kind in TO_THE_HOUSE:
        return _to_the_house(kind, guest, edition, said, language or settings.LANGUAGE_CODE)
    language = language or guest.mail_language
    text = edition.text(kind, language)
    told = _told(edition, answers, places or {}, language, activity_id)
    words = letter_texts.words(language)
    everyone = told_with_companions(told, answers, words)
    values = _values(guest, edition, told, language, now=now, activity_id=activity_id)
    values |= {"who": who(answers, activity_id, words), "answers": _in_words(everyone)}
    host = host_of(guest)
    contact_name, contact_email, _phone = edition.event.contact
    sender = f"{host.name} – {settings.COMPANY_NAME}" if host else settings.COMPANY_NAME
    return {
        **_frame(kind, text, edition.event, values, language),
        "parts": _parts(text.body, values),
        "personal_line": values["personal_line"],
        "programme": [row for row in told if not row["is_cancelled"]],
        "answers": everyone,
        "path": f"place/{edition.activities[activity_id].slug}/" if activity_id else "",
        "from_name": letters.one_line(sender),
        "reply_to": list(_reply_to(host, contact_name, contact_email)),
    }


def _frame(kind, text, event, values, language):
    """What stands on and around every letter."""
    return {
        "language": language,
        "kind": kind,
        "subject": letters.subject(text.subject, values)[:SUBJECT_LENGTH],
        "preheader": letters.subject(text.preheader, values),
        "title": values["event"],
        "day": dates.capitalised(values["day"]),
        "town": event.town,
        "picture": event.letter_picture.name.rpartition("/")[2],
        "contact": list(event.contact),
    }


def _to_the_house(kind, guest, edition, said, language):
    """A letter about the guest. An answer to it goes to the guest, where we know the address; it has no link."""
    text, event = edition.text(kind, language), edition.event
    values = _values_about(guest, edition, said, language)
    name, address = (letters.without_urls(guest.name), guest.email) if guest.email else event.contact[:2]
    return {
        **_frame(kind, text, event, values, language),
        "parts": _parts(text.body, values, ends_with_link=False),
        "personal_line": "",
        "programme": [],
        "answers": [],
        "said": list(said),
        "from_name": letters.one_line(settings.COMPANY_NAME),
        "reply_to": [letters.one_line(name), letters.one_line(address)],
    }


def _reply_to(host, contact_name, contact_email):
    name, address = (host.name, host.email) if host and host.email else (contact_name, contact_email)
    return letters.one_line(name), letters.one_line(address)


def _told(edition, answers, places, language, activity_id):
    """One row per activity the guest is invited to (or the one the letter is about), in the order of the day."""
    words = letter_texts.words(language)
    states = {answer.activity_id: answer.state for answer in answers}
    rows = []
    for pk, row in edition.in_language(language)[1].items():
        if pk not in states or activity_id not in (None, pk):
            continue
        sentence = words.states[states[pk]].replace("{place}", str(places.get(pk, "")))
        rows.append(
            {
                **row,
                "activity": pk,
                "state": states[pk],
                "sentence": words.cancelled if row["is_cancelled"] else sentence,
            }
        )
    return rows


def _row(activity, event, language):
    return {
        "activity": activity.pk,
        "time": _when(activity, event, language),
        "title": activity.title.in_language(language),
        "place": activity.place.in_language(language),
        "is_cancelled": activity.is_cancelled,
    }


def _when(activity, event, language):
    """The time as a table shows it, with the day where that is another than the event's."""
    starts_at = activity.starts_at.astimezone(event.zone)
    clock = dates.clock(starts_at, language)
    return clock if starts_at.date() == event.held_on else f"{dates.day(starts_at, language)} {clock}"


def _shared_values(edition, language):
    """What placeholders stand for in every letter of the event."""
    event = edition.event
    contact_name, contact_email, contact_phone = event.contact
    first = next((activity for activity in edition.activities.values() if not activity.is_cancelled), None)
    return {
        "event": event.title.in_language(language),
        "day": dates.long_day(event.held_on, language),
        "on_day": dates.on_day(event.held_on, language),
        "time": dates.at_clock(first.starts_at.astimezone(event.zone), language) if first else "",
        "place": first.place.in_language(language) if first else "",
        "town": event.town,
        "organiser": settings.COMPANY_NAME,
        "contact": contact_name,
        "contact_email": contact_email,
        "contact_phone": contact_phone,
    }


def _values(guest, edition, told, language, *, now, activity_id):
    """What every placeholder stands for; "" where there is nothing to say. The link comes later."""
    shared, rows = edition.in_language(language)
    host = host_of(guest)
    return {
        **shared,
        "deadline": _deadline(edition, language, now),
        "programme": ", ".join(f"{row['time']} {row['title']}" for row in told if not row["is_cancelled"]),
        "reaction": _reaction(told, language),
        "activity": rows[activity_id]["title"] if activity_id else "",
        "personal_line": guest.invitation.personal_line.strip(),
        "host": host.name if host else shared["contact"],
        "host_email": (host.email if host else "") or shared["contact_email"],
        "host_phone": (host.phone if host else "") or shared["contact_phone"],
        **_of_the_guest(guest),
        "said": "",
    }


def _of_the_guest(guest):
    contact = guest.contact
    return {
        "first_name": guest.first_name,
        "name": guest.name,
        "company": contact.company.name if contact and contact.company_id else "",
        "guest_email": contact.email if contact else "",
        "guest_phone": contact.phone if contact else "",
    }


def _values_about(guest, edition, said, language):
    """What placeholders stand for in a letter to the house; most have nothing to say there."""
    shared, _rows = edition.in_language(language)
    host = host_of(guest)
    return {
        **dict.fromkeys(letters.PLACEHOLDERS - {"link"}, ""),
        **shared,
        **_of_the_guest(guest),
        "said": " ".join(said),
        "host": host.name if host else shared["contact"],
        "host_email": host.email if host else "",
        "host_phone": host.phone if host else "",
    }


def _in_words(rows):
    return ", ".join(f"{row['title']}: {row['sentence']}" for row in rows)


def _deadline(edition, language, now):
    """The first deadline still ahead; the time of day only where it is not the end of the day."""
    event, activities = edition.event, edition.activities.values()
    moments = {activity.answer_by_at or event.answer_by_at for activity in activities if not activity.is_cancelled}
    moments.discard(None)
    ahead = [moment for moment in moments if moment >= now]
    if not ahead:
        return ""
    at = min(ahead).astimezone(event.zone)
    day = dates.by_day(at, language)
    return day if (at.hour, at.minute) == (23, 59) else f"{day} {dates.at_clock(at, language)}"


def _reaction(told, language):
    """A word back on the whole of the answer: the gladdest that fits."""
    said = {row["state"] for row in told if not row["is_cancelled"]}
    moods = (Answer.State.COMING, Answer.State.WAITING, Answer.State.UNSURE, Answer.State.NOT_COMING)
    mood = next((mood for mood in moods if mood in said), None)
    return letter_texts.words(language).reactions[mood] if mood else ""


def _parts(body, values, *, ends_with_link=True):
    """The body as blocks and stretches of filled markup. Lines with an empty placeholder are left out."""
    parts, lines = [], []

    def close():
        if any(lines):
            parts.append({"text": letters.fill("\n".join(lines), values, later={"link"})})
        lines.clear()

    for line in body.splitlines():
        line = line.strip()
        if any(values.get(name) == "" for name in _PLACEHOLDER.findall(line)):
            continue
        block = line[1:-1]
        if line == f"{{{block}}}" and block in BLOCKS:
            close()
            parts.append({"block": block})
        else:
            lines.append(line)
    close()
    if ends_with_link and not any(part.get("block") == "link" for part in parts):
        parts.append({"block": "link"})
    return parts
