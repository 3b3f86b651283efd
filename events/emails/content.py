"""What a letter says to one guest: a dict for Message.content, in which the link is still a placeholder (S2)."""

import re

from django.conf import settings

from ..domain import dates, letters, markup
from ..domain.letter_texts.farewells import farewell
from ..models import Answer, Event, Letter
from . import additions, changes, photos, removals, results
from .companions import told_with_companions, who
from .edition import in_one_piece
from .practical import practical, what_to_bring
from .ways import TO_THE_HOUSE, answers_go_to, host_of, office_page, page_behind

BLOCKS = ("personal_line", "programme", "practical", "answers", "changes", "said", "link")
SUBJECT_LENGTH = 200
_PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")


def compose(
    kind, guest, edition, answers, *, now, places=None, activity_id=None, language=None, said=(), facts=None,
    wishes=None, ahead=None,
):  # fmt: skip
    """The content of one letter to one guest, or about the guest to the house, as plain JSON.

    answers are the guest's rows, perhaps with companions; places says the number in line by activity id; said are
    the guest's words to be told; facts what the letter is about and no row tells (Message.facts); wishes what came
    after the deadline and waits, {activity id: choice}; ahead what was read for many at once (ReadAhead).
    Raises NoText, letters.UnknownPlaceholder and letters.HasLineBreak (M1).
    """
    if kind in TO_THE_HOUSE:
        return _to_the_house(kind, guest, edition, said, language or settings.LANGUAGE_CODE, facts or {}, now)
    language = language or guest.mail_language
    is_farewell = bool(facts and "entry" in facts)
    is_formal = edition.event.tone == Event.Tone.FORMAL
    text = farewell(language, is_formal=is_formal) if is_farewell else edition.text(kind, language)
    told = _told(edition, answers, places or {}, language, activity_id, wishes or {})
    words = edition.words(language)
    everyone = told_with_companions(told, answers, words)
    to_know = practical(edition, answers, language) if "{practical}" in text.body else []
    host = host_of(guest, kind)
    values = _values(guest, host, edition, told, language, now=now, activity_id=activity_id)
    values |= {
        "who": who(answers, activity_id, words),
        "answers": _in_words(everyone),
        "practical": ", ".join(f"{row['time']} {row['title']}" for row in to_know),
        "rest": _rest(edition, answers, language, {activity_id} if activity_id else _told_of(facts)),
    }
    asked = text.subject + text.preheader + text.body
    values |= results.told(guest, edition.event, language, asked=asked, ran=ahead and ahead.ran)
    of_photos = _of_photos(guest, edition.event, facts, language, asked=asked, now=now, ahead=ahead)
    pictured = photos.told(guest, edition.event, language, asked=asked, pictured=ahead and ahead.pictured)
    values["photos"] = pictured.sentence
    values |= {name: " ".join(lines) for name, lines in of_photos.items()}
    changed = changes.told(edition, answers, facts, language)
    values |= changed["values"]
    contact_name, contact_email, _phone = edition.event.contact
    sender = f"{host.name} – {settings.COMPANY_NAME}" if host else settings.COMPANY_NAME
    return {
        **_frame(kind, text, edition.event, values, language),
        "parts": _parts(
            text.body,
            values,
            {"bring": what_to_bring(edition, language), "photos": pictured.markup, **_in_paragraphs(of_photos)},
            pictured.shown,
            ends_with_link=not is_farewell,
        ),
        "personal_line": values["personal_line"],
        "practical": to_know,
        "programme": [row for row in told if not row["is_cancelled"]],
        "answers": everyone,
        "changes": changed["block"],
        "path": page_behind(kind, edition.activities.get(activity_id)),
        "from_name": letters.one_line(sender),
        "reply_to": list(_reply_to(host, contact_name, contact_email)),
    }


def _frame(kind, text, event, values, language):
    """What stands on and around every letter."""
    return {
        "language": language,
        "tone": event.tone,
        "kind": kind,
        "subject": letters.subject(text.subject, values)[:SUBJECT_LENGTH],
        "preheader": letters.subject(text.preheader, values),
        "title": values["event"],
        "day": dates.capitalised(values["day"]),
        "town": event.town,
        "picture": event.letter_picture.name.rpartition("/")[2],
        "contact": list(event.contact),
    }


def _of_photos(guest, event, facts, language, *, asked, now, ahead):
    """{placeholder: paragraphs} on what the guest has added, and asked to take away."""
    reasons, added = (ahead.reasons, ahead.added) if ahead else (None, None)
    return {
        removals.NAME: removals.told(facts, event, language, asked=asked, now=now, reasons=reasons),
        additions.NAME: additions.told(guest, facts, language, asked=asked, added=added),
    }


def _in_paragraphs(said):
    return {name: "\n\n".join(map(markup.escaped, lines)) for name, lines in said.items()}


def _to_the_house(kind, guest, edition, said, language, facts, now):
    """A letter about the guest; its link leads into the back office, where there is something to do there."""
    text, event = edition.text(kind, language), edition.event
    path = office_page(kind, guest)
    troubles = edition.words(language).troubles
    values = _values_about(guest, edition, said, language)
    if kind == Letter.Kind.PHOTO_ASKED:
        values["deadline"] = dates.by_day(removals.until(facts, event, now=now), language)
    values["trouble"] = troubles.get(facts.get("trouble", ""), troubles[""])
    return {
        **_frame(kind, text, event, values, language),
        "parts": _parts(text.body, values, ends_with_link=bool(path)),
        "personal_line": "",
        "practical": [],
        "programme": [],
        "answers": [],
        "changes": {},
        "path": path,
        "said": list(said),
        "from_name": letters.one_line(settings.COMPANY_NAME),
        "reply_to": [letters.one_line(part) for part in answers_go_to(kind, guest, event)],
    }


def _reply_to(host, contact_name, contact_email):
    name, address = (host.name, host.email) if host and host.email else (contact_name, contact_email)
    return letters.one_line(name), letters.one_line(address)


def _told(edition, answers, places, language, activity_id, wishes):
    """One row per activity the guest is invited to (or the one the letter is about), in the order of the day."""
    words = edition.words(language)
    states = {answer.activity_id: answer.state for answer in answers}
    asked = {answer.activity_id for answer in answers if answer.asked_sequence is not None}
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
                "is_asked": pk in asked,
                "sentence": words.cancelled if row["is_cancelled"] else sentence,
                "late": words.late.get(wishes.get(pk), ""),
            }
        )
    return rows


def _values(guest, host, edition, told, language, *, now, activity_id):
    """What every placeholder stands for; "" where there is nothing to say. The link comes later."""
    shared, rows = edition.in_language(language)
    return {
        **shared,
        "deadline": _deadline(edition, language, now),
        "programme": ", ".join(f"{row['time']} {row['title']}" for row in told if not row["is_cancelled"]),
        "reaction": _reaction(told, edition.words(language)),
        "activity": rows[activity_id]["title"] if activity_id else "",
        "what": rows[activity_id]["title"] if activity_id else shared["event"],
        "changes": "",
        "personal_line": guest.invitation.personal_line.strip(),
        "host": host.name if host else shared["contact"],
        "host_email": (host.email if host else "") or shared["contact_email"],
        "host_phone": in_one_piece(host.phone if host else "") or shared["contact_phone"],
        **_of_the_guest(guest),
        "said": "",
        "trouble": "",
    }


def _of_the_guest(guest):
    contact = guest.contact
    return {
        "first_name": guest.first_name,
        "name": guest.name,
        "company": contact.company.name if contact and contact.company_id else "",
        "guest_email": contact.email if contact else "",
        "guest_phone": in_one_piece(contact.phone if contact else ""),
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
        "host_phone": in_one_piece(host.phone if host else ""),
    }


def _told_of(facts):
    """The ids of the parts that these facts are about."""
    return {int(pk) for pk in (facts or {}).get("parts", {})}


def _rest(edition, answers, language, told_of):
    """The other parts the guest has not said no to, in words; "" where the letter is about the event as a whole."""
    if not told_of or edition.event.state == Event.State.CANCELLED:
        return ""
    rest = {answer.activity_id for answer in answers if answer.state != Answer.State.NOT_COMING} - told_of
    rows = edition.in_language(language)[1].items()
    return ", ".join(f"{row['time']} {row['title']}" for pk, row in rows if pk in rest and not row["is_cancelled"])


def _in_words(rows):
    """A sentence for each row, with the companions' behind it."""
    said = [(row["title"], [row["sentence"], *(mate["sentence"] for mate in row["companions"])]) for row in rows]
    return ", ".join(f"{title}: {', '.join(sentences)}" for title, sentences in said)


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


def _reaction(told, words):
    """A word back on the whole of the answer: the gladdest that fits."""
    said = {row["state"] for row in told if not row["is_cancelled"]}
    moods = (Answer.State.COMING, Answer.State.WAITING, Answer.State.UNSURE, Answer.State.NOT_COMING)
    mood = next((mood for mood in moods if mood in said), None)
    return words.reactions[mood] if mood else ""


def _parts(body, values, made=None, shown=(), *, ends_with_link=True):
    """The body as blocks and stretches of filled markup. Lines with an empty placeholder are left out.

    made has the markup of placeholders that are a stretch of their own when they stand alone on a line; over that of
    the photos stand those that are shown.
    """
    parts, lines = [], []

    def close():
        if any(lines):
            parts.append({"text": letters.fill("\n".join(lines), values, later={"link"})})
        lines.clear()

    for line in body.splitlines():
        line = line.strip()
        if any(values.get(name) == "" for name in _PLACEHOLDER.findall(line)):
            continue
        block = line[1:-1] if line.startswith("{") else ""
        if line == f"{{{block}}}" and block in BLOCKS:
            close()
            parts.append({"block": block})
        elif line == f"{{{block}}}" and made and block in made:
            close()
            parts.append({"text": made[block], **({"photos": list(shown)} if shown and block == photos.NAME else {})})
        else:
            lines.append(line)
    close()
    if ends_with_link and not any(part.get("block") == "link" for part in parts):
        parts.append({"block": "link"})
    return parts
