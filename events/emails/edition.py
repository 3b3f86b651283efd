"""What all letters of an event share: the programme, what placeholders stand for, and whose text goes out."""

from dataclasses import dataclass, field, replace

from django.conf import settings

from ..domain import dates, letter_texts, markup
from ..models import Activity, Event, Letter


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
        written = {code: text for code in languages if (text := self.letters.get((kind, code))) and _is_written(text)}
        ours = None if kind in letter_texts.SKELETONS else letter_texts.own(kind, language, self.event.tone)
        text = written.get(language) or ours or next(iter(written.values()), None)
        if text is None:
            raise NoText(kind)
        return text

    def words(self, language):
        """The words around a letter, in the event's tone."""
        return letter_texts.words(language, self.event.tone)


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
    """Whether a letter of this kind can be sent for the event: a skeleton only once an organiser has written it."""
    is_ours = kind in letter_texts.KINDS - letter_texts.SKELETONS
    return is_ours or any(_is_written(text) for text in Letter.objects.filter(event=event, kind=kind))


def _is_written(text):
    return not letter_texts.is_unwritten(text.body)


def in_one_piece(phone):
    """A number that no line break comes into."""
    return phone.replace(" ", "\xa0")


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
        "bring": " ".join(markup.to_text(event.bring.in_language(language)).split()),
        "organiser": settings.COMPANY_NAME,
        "contact": contact_name,
        "contact_email": contact_email,
        "contact_phone": in_one_piece(contact_phone),
    }
