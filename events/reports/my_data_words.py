"""What we know about one person as plain values, and as words where a page needs more than a label."""

from django.conf import settings
from django.utils.translation import gettext

from .. import emails
from ..models import Answer, Food, Voice
from .my_data import Edition, MyData
from .my_results import as_plain


def as_json(mine: MyData):
    """The whole as JSON has it: our codes, moments as ISO 8601, texts as they are kept."""
    contact = mine.contact
    return {
        "controller": settings.COMPANY_NAME,
        "person": {
            "name": contact.name,
            "first_name": contact.first_name,
            "company": contact.company.name if contact.company_id else "",
            "email": contact.email,
            "phone": contact.phone,
            "language": contact.language,
            "number_in_our_register": contact.external_id,
            "mail_does_not_arrive": contact.email_fails,
            "wants_no_more_mail_since": contact.unsubscribed_at,
            "not_to_be_invited": mine.is_not_invited,
            "known_since": contact.created_at,
        },
        "events": [_edition(edition) for edition in mine.editions],
    }


def _edition(edition: Edition):
    guest = edition.me.guest
    return {
        "event": str(edition.event),
        "held_on": edition.event.held_on,
        "host": guest.host.name if guest.host_id else "",
        "made_at": guest.created_at,
        "language": guest.language,
        "companions_allowed": guest.companions_allowed,
        "party_may_be_split": guest.splits_party,
        "our_note": guest.note,
        "hosts_personal_line": guest.invitation.personal_line,
        "invitation": guest.invitation.state,
        "calendar_addresses_ended": guest.invitation.feed_version - 1,
        **_person(edition.me),
        "companions": [{"name": each.guest.name, **_person(each)} for each in edition.companions],
        "consents": [_fields(row, CONSENT) for row in edition.consents],
        "words": [_fields(row, VOICE) for row in edition.voices if row.kind == Voice.Kind.WORD],
        "cheers_you_sent": [_fields(row, CHEER) for row in edition.cheers_sent],
        "cheers_for_you": [_fields(row, CHEER) for row in edition.cheers_got],
        "photos_you_sent": [{**_fields(row, PHOTO), "address": photo_address(row)} for row in edition.photos],
        "photo_uploads": [_fields(row, PHOTO_UPLOAD) for row in edition.photo_uploads],
        "photos_asked_to_be_taken_away": [_fields(row, REMOVAL) for row in edition.removal_requests],
        "somebody_else_had_your_link": [row.said_at for row in edition.voices if row.kind == Voice.Kind.NOT_ME],
        "proposed": [_fields(row, SUBSTITUTE) for row in edition.substitutes],
        "mails": [{**_fields(row, MESSAGE), "text": text_of(row)} for row in edition.messages],
        "mails_that_came_in": [{**_fields(row, RECEIVED), "activity": _title(row)} for row in edition.received],
        "history": [{**_fields(row, HISTORY), "activity": _title(row), "by": by(row)} for row in edition.history],
        "food_deleted_on": edition.days.food_on,
        "photos_deleted_on": edition.photos_on,
        "forgotten_on": edition.forgotten_on,
    }


CONSENT = ("purpose", "is_given", "text_version", "language", "channel", "said_at", "withdrawn_at")
CHEER = ("text", "state", "said_at")
PHOTO = ("file_name", "received_at", "taken_at", "work", "state")
PHOTO_UPLOAD = ("way", "started_at", "sender_name", "chosen", "added", "duplicates", "refused")
PHOTO_MARK = ("said", "said_at")
REMOVAL = ("note", "asked_at", "decision", "decided_at", "reason")
VOICE = ("text", "email", "said_at")
SUBSTITUTE = ("name", "word", "state", "proposed_at", "decided_at")
MESSAGE = ("letter", "state", "language", "to_address", "subject", "created_at", "sent_at")
RECEIVED = ("at", "kind", "state")  # who wrote in the guest's name is somebody else's data
HISTORY = ("at", "what", "channel", "facts")


def _fields(row, names):
    return {name: getattr(row, name) for name in names}


def photo_address(photo):
    """Where the guest gets an own photo, below the page with the own data; it names nobody and opens nothing alone."""
    return f"photos/{photo.key}.jpg"


def _title(row):
    return str(row.activity) if row.activity_id else ""


def by(row):
    """Who did it: an employee of ours (unnamed, for it was the house), or the guest or the program."""
    return "us" if row.by_id else ""


def _person(person):
    """What was said about one head."""
    return {
        "answers": [
            {
                "activity": str(row.activity), "answer": row.state, "number_in_line": row.waiting_number,
                "answered_at": row.answered_at, "calendar_entry": row.uid,
            }
            for row in person.answers
        ],
        "was_there": person.guest.has_come,
        "food": {"needs": person.food.needs, "other": person.food.other} if person.food else None,
        "race": [
            {
                "activity": str(row.activity), "bib": row.bib, "gender": row.gender, "birth_year": row.birth_year,
                "start": row.own_start_at, "shows_place": row.shows_place, "hides_time": row.hides_time,
                "class": str(row.race_class) if row.race_class_id else "",
                **_fields(row, ("has_been_before", "ambition_seconds", "shirt_size")),
            }
            for row in person.entries
        ],
        **_races(person),
        "on_photos": [
            {**_fields(row, PHOTO_MARK), "taken_at": row.photo.ordered_at} for row in person.photo_marks
        ],
        "replies": [
            {"question": str(row.question), "reply": row.value, "said_at": row.said_at} for row in person.replies
        ],
    }  # fmt: skip


def _races(person):
    entries, results, told = as_plain(person.entries, person.earlier_times, person.guest.event)
    return {"race_entries": entries, "results": results, "earlier_times": told}


def text_of(message):
    """What a mail said, as plain text without the links; "" when it is not written yet."""
    if not message.content:
        return ""
    return emails.render(message.content, link=gettext("(your personal link)"), unsubscribe_url="").text


def needs_in_words(food):
    """[need] of one head, the own words last."""
    labels = dict(Food.Need.choices)
    return [*(str(labels.get(need, need)) for need in food.needs), *([food.other] if food.other else [])]


def outcome(row):
    """What the guest said, of a line of history about an answer; else ""."""
    return str(dict(Answer.State.choices).get(row.facts.get("after"), ""))
