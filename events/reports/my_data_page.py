"""What we know about one person, in words and in the order in which somebody asks: for the page and for the file."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, ngettext

from ..domain import dates
from ..models import Answer, History, PhotoMark, Voice
from . import my_data_words as words
from .my_results import as_rows
from .told import entry_facts, reply_words


@dataclass
class Section:
    """Something with a heading; rows are (label, [lines]), of which empty ones are left out."""

    title: str
    rows: list
    level: int = 3

    def __post_init__(self):
        self.rows = [(label, lines) for label, lines in self.rows if lines]


def sections(mine, *, has_mail_texts=False):
    """[Section] of all of it; with has_mail_texts the whole of each mail, for the file to take along."""
    found = [_contact(mine)]
    for edition in mine.editions:
        language = get_language()
        title = f"{edition.event.title} · {dates.long_day(edition.event.held_on, language)}"
        found.append(Section(title, [], level=2))
        found += [
            _known_from(edition),
            *(_person(each, edition) for each in edition.people),
            _consents(edition),
            _said(edition),
            _photos(edition),
            _by_us(edition),
            _mails(edition, has_mail_texts),
            _history(edition),
            _until(edition),
        ]
    return [section for section in found if section.rows or section.level == 2]


def _moment(moment, edition):
    return date_format(timezone.localtime(moment, edition.event.zone), "SHORT_DATETIME_FORMAT") if moment else ""


def _only(*lines):
    return [str(line) for line in lines if line]


def _contact(mine):
    contact = mine.contact
    rows = [
        (gettext("Name"), _only(contact.name)),
        (gettext("First name"), _only(contact.first_name)),
        (gettext("Company"), _only(contact.company_id and contact.company.name)),
        (gettext("Mail"), _only(contact.email)),
        (gettext("Phone"), _only(contact.phone)),
        (gettext("Language"), _only(dict(settings.LANGUAGES).get(contact.language))),
        (gettext("Your number in our register"), _only(contact.external_id)),
        (gettext("Mails from us"), _mail_wishes(mine)),
        (gettext("We have known you since"), [date_format(timezone.localtime(contact.created_at), "DATE_FORMAT")]),
    ]
    return Section(gettext("Who we say you are"), rows, level=2)


def _mail_wishes(mine):
    contact = mine.contact
    since = contact.unsubscribed_at and date_format(timezone.localtime(contact.unsubscribed_at), "DATE_FORMAT")
    return _only(
        since and gettext("You want no more invitations since %(day)s.") % {"day": since},
        mine.is_not_invited and gettext("You asked us not to invite you again."),
        contact.email_fails and gettext("Mails to your address have not arrived."),
    )


CAME_BY = {History.What.IMPORTED, History.What.ADDED}


def _known_from(edition):
    guest = edition.me.guest
    came = next((row for row in edition.history if row.what in CAME_BY), None)
    if guest.replaces_id:
        source = gettext("A colleague proposed you as substitute.")
    elif came and "earlier" in came.facts:
        source = gettext("You were a guest of an earlier event of %(company)s.") % {"company": settings.COMPANY_NAME}
    elif came and came.what == History.What.IMPORTED:
        source = gettext("You stood on the guest list that %(company)s brought in.") % {
            "company": settings.COMPANY_NAME
        }
    else:
        source = gettext("%(company)s put you on the guest list.") % {"company": settings.COMPANY_NAME}
    rows = [
        (gettext("Where we have it from"), [source, _moment(guest.created_at, edition)]),
        (gettext("Your host"), _only(guest.host_id and guest.host.name)),
        (gettext("Language you chose"), _only(dict(settings.LANGUAGES).get(guest.language))),
        (gettext("You may bring"), _may_bring(guest.companions_allowed)),
        (gettext("Calendar subscription"), _subscription(guest.invitation)),
    ]
    return Section(gettext("Your invitation"), rows)


def _subscription(invitation):
    """The address exists from the first day, whether or not anybody looks at it."""
    ended = invitation.feed_version - 1
    return _only(
        gettext("You have a private address for your calendar. It is not stored, and nobody counts who looks."),
        ended
        and ngettext("%(number)s earlier address has ended.", "%(number)s earlier addresses have ended.", ended)
        % {"number": ended},
    )


def _may_bring(number):
    text = ngettext("%(number)s companion", "%(number)s companions", number) % {"number": number}
    return [text] if number else []


def _person(person, edition):
    guest = person.guest
    title = gettext("With you: %(name)s") % {"name": guest.name} if guest.companion_of_id else gettext("Your replies")
    rows = [(str(row.activity), [_answer(row, edition)]) for row in person.answers]
    if guest.has_come is not None:
        there = (
            gettext("We noted that you were there.") if guest.has_come else gettext("We noted that you were not there.")
        )
        rows.append((gettext("On the day"), [there]))
    if person.food:
        rows.append((gettext("Food and adjustments"), words.needs_in_words(person.food)))
    rows += [(f"{entry.activity} · {label}", [told]) for entry in person.entries for label, told in entry_facts(entry)]
    rows += as_rows(person.entries, person.earlier_times, guest.event)
    rows += [(str(row.question), _only(reply_words(row.question, row.value))) for row in person.replies]
    return Section(title, rows)


def _answer(row, edition):
    state = dates.capitalised(str(Answer.State(row.state).label))
    return f"{state} · {_moment(row.answered_at, edition)}" if row.answered_at else state


def _consents(edition):
    rows = []
    for row in edition.consents:
        said = gettext("You said yes.") if row.is_given else gettext("You said no.")
        lines = [f"{said} {_moment(row.said_at, edition)} ({row.get_channel_display()})"]
        if row.withdrawn_at:
            lines.append(gettext("Replaced or withdrawn: %(when)s") % {"when": _moment(row.withdrawn_at, edition)})
        rows.append((dates.capitalised(row.get_purpose_display()), lines))
    return Section(gettext("What you agreed to"), rows)


def _said(edition):
    rows = [
        (_moment(row.said_at, edition), _only(row.text))
        if row.kind == Voice.Kind.WORD
        else (_moment(row.said_at, edition), [gettext("Somebody else told us that your link had reached them.")])
        for row in edition.voices
    ]
    rows += [
        (_moment(row.proposed_at, edition), _only(_proposed(row), row.word, row.get_state_display()))
        for row in edition.substitutes
    ]
    rows += [(_moment(row.at, edition), [_came_in(row)]) for row in edition.received]
    for cheers, words_before in (
        (edition.cheers_sent, gettext("You cheered for a runner.")),
        (edition.cheers_got, gettext("Somebody cheered for you.")),
    ):
        rows += [(_moment(row.said_at, edition), [words_before, row.text]) for row in cheers]
    return Section(gettext("What you wrote to us"), rows)


def _photos(edition):
    """What the guest sent, on which guest and companions are marked, and what was asked to be taken away."""
    rows = [
        (_moment(row.received_at, edition), _only(gettext("You sent a photo."), row.file_name, row.get_state_display()))
        for row in edition.photos
    ]
    for person in edition.people:
        rows += [(_moment(row.said_at, edition), [_marked(row, person.guest)]) for row in person.photo_marks]
    rows += [
        (
            _moment(row.asked_at, edition),
            _only(gettext("You asked us to take a photo away."), row.note, row.get_decision_display(), row.reason),
        )
        for row in edition.removal_requests
    ]
    return Section(gettext("Photos"), rows)


def _marked(row, guest):
    if row.said == PhotoMark.Said.GUEST:
        return gettext("You said that you are on a photo.")
    if guest.companion_of_id:
        return gettext("We noted that %(name)s is on a photo.") % {"name": guest.name}
    return gettext("We noted that you are on a photo.")


def _came_in(row):
    """A mail of which we keep no more than this."""
    kind = dates.capitalised(row.get_kind_display())
    what = f"{kind}: {row.activity}" if row.activity_id else kind
    return f"{what} ({row.get_state_display()})"


def _proposed(row):
    return gettext("You proposed %(name)s to come instead of you.") % {"name": row.name}


def _by_us(edition):
    guest = edition.me.guest
    rows = [
        (gettext("Note by those who organise it"), _only(guest.note)),
        (gettext("Your host's line to you"), _only(guest.invitation.personal_line)),
    ]
    return Section(gettext("What we wrote about you"), rows)


def _mails(edition, has_texts):
    rows = []
    for row in edition.messages:
        fate = dates.capitalised(f"{row.get_letter_display()}, {row.get_state_display()}")
        lines = _only(row.subject, fate, row.to_address)
        text = words.text_of(row) if has_texts else ""
        rows.append((_moment(row.sent_at or row.created_at, edition), [*lines, *text.splitlines()]))
    return Section(gettext("Mails to you"), rows)


def _history(edition):
    """What happened, codes and all: the browser's name that came with an answer, too."""
    rows = []
    for row in edition.history:
        who = gettext("by us") if row.by_id else ""
        how = ", ".join(_only(row.get_channel_display(), who))
        what = ": ".join(_only(row.get_what_display(), row.activity_id and row.activity, words.outcome(row)))
        rows.append((_moment(row.at, edition), _only(dates.capitalised(f"{what} ({how})"), row.facts.get("agent"))))
    return Section(gettext("What happened"), rows)


def _until(edition):
    language = get_language()
    day = dates.by_long_day(edition.forgotten_on, language)
    lines = [gettext("You are forgotten here on %(day)s.") % {"day": day}]
    if edition.has_food:
        day = dates.by_long_day(edition.days.food_on, language)
        lines.append(gettext("What you told us about food is deleted on %(day)s.") % {"day": day})
    if edition.photos or any(person.photo_marks for person in edition.people):
        day = dates.by_long_day(edition.photos_on, language)
        lines.append(gettext("The photos are deleted on %(day)s.") % {"day": day})
    return Section(gettext("How long we keep it"), [(gettext("Until"), lines)])
