"""Plain functions that make rows, and the standing cast: Greta has answered, Henrik has not, Ines declined,
Otto organises, Zoe belongs to another event and must never be seen.

All days count from timezone.now(), so that rows agree with the clock whether it stands (fixture `clock`) or runs.
"""

import itertools
import re
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from events.domain import links, names
from events.domain.addresses import email_key
from events.models import (
    Activity,
    Answer,
    Company,
    Contact,
    Event,
    Guest,
    Host,
    Invitation,
    Letter,
    Membership,
    Message,
    Question,
    Reminder,
    Series,
    Texts,
)
from tests.database import count_again

NOW = datetime(2027, 8, 10, 9, 0, tzinfo=UTC)  # a Tuesday in summer; the event is on Friday 24 September 2027
DAYS_AHEAD = 45
PASSWORD = "a-long-enough-password"
PROGRAMME = {"gathering": (15, 1), "race": (16, 3), "dinner": (19, 4)}  # slug: hour, hours
MANY = 300
numbers = itertools.count(1)


def texts(text):
    """A text in all four languages, each told from the others."""
    return Texts({code: text if code == "nb" else f"{text} ({code})" for code, _name in settings.LANGUAGES})


def make_series(name="Stoltzen"):
    return Series.objects.get_or_create(name=name, slug=names.fold(name).replace(" ", "-"))[0]


def make_event(slug="stoltzen", *, activities=tuple(PROGRAMME), **fields):
    """An open event in six weeks, with a gathering, a race and a dinner; a capacity is set on the activity."""
    now = timezone.now()
    fields.setdefault("held_on", timezone.localtime(now).date() + timedelta(days=DAYS_AHEAD))
    defaults = {
        "title": texts(slug.replace("-", " ").capitalize()),
        "town": "Bergen",
        "state": Event.State.OPEN,
        "answer_by_at": now + timedelta(days=DAYS_AHEAD - 14),
        "created_at": now,
    }
    event = Event.objects.create(slug=slug, **{**defaults, **fields})
    for name in activities:
        make_activity(event, name)
    return event


def make_activity(event, slug="dinner", **fields):
    """An activity on the event's day, in the event's zone."""
    hour, hours = PROGRAMME.get(slug, (12, 1))
    starts_at = fields.pop("starts_at", datetime.combine(event.held_on, time(hour), event.zone))
    defaults = {
        "kind": slug if slug in Activity.Kind.values else Activity.Kind.OTHER,
        "title": texts(slug.capitalize()),
        "place": texts(f"{slug.capitalize()}husen"),
        "address": "Storgata 1, Bergen",
        "ends_at": starts_at + timedelta(hours=hours),
    }
    return Activity.objects.create(event=event, slug=slug, starts_at=starts_at, **{**defaults, **fields})


def make_company(name="Fjord Regnskap AS"):
    return Company.objects.get_or_create(key=names.fold(name), defaults={"name": name})[0]


def make_host(name="Marte Lie", **fields):
    defaults = {"key": names.fold(name), "email": f"{names.fold(name).split()[0]}@vertskap.example"}
    return Host.objects.create(name=name, **{**defaults, **fields})


def make_contact(name="", **fields):
    """A person with an own address; without a name one that is numbered."""
    name = name or f"Gjest {next(numbers):04d} Hansen"
    fields.setdefault("email", names.fold(name).replace(" ", ".") + "@kunde.example")
    defaults = {
        "first_name": names.given_name(name),
        "key": names.fold(name),
        "sort_key": names.sort_key(name, names.given_name(name)),
        "email_key": email_key(fields["email"]) if fields["email"] else "",
        "created_at": timezone.now(),
    }
    return Contact.objects.create(name=name, **{**defaults, **fields})


def make_guest(event, name="", *, answers=None, contact=None, company=None, invited_to=None, email=None, **fields):
    """A guest with invitation and an answer row per activity (or those in `invited_to`, slugs).

    `answers` is {activity slug: state}; `email=""` makes a guest without an address.
    """
    if contact is None:
        address = {} if email is None else {"email": email}
        contact = make_contact(name, company=company or make_company(), host=fields.get("host"), **address)
    now = timezone.now()
    defaults = {
        "sort_key": contact.sort_key,
        "search_text": names.search_text(
            contact.name, contact.company.name if contact.company_id else "", contact.email
        ),
        "answered_at": now if answers else None,
        "created_at": now,
    }
    guest = Guest.objects.create(event=event, contact=contact, **{**defaults, **fields})
    Invitation.objects.create(guest=guest, public_id=links.new_public_id(), state=Invitation.State.SENT, sent_at=now)
    for activity in event.activity_set.all():
        if invited_to is None or activity.slug in invited_to:
            make_answer(guest, activity, (answers or {}).get(activity.slug, Answer.State.NO_ANSWER))
    return guest


def make_crowd(event, size, state="coming"):
    """So many guests who come to everything, without hosts or mails, in five queries; of many the database knows it."""
    now, activities = timezone.now(), list(event.activity_set.all())
    company = make_company()
    people = [(f"Gjest {next(numbers):05d} Hansen", f"gjest{next(numbers)}@kunde.example") for _number in range(size)]
    contacts = Contact.objects.bulk_create(
        Contact(
            name=name, first_name="Gjest", key=names.fold(name), sort_key=names.fold(name), email=email,
            email_key=email_key(email), company=company, created_at=now,
        )
        for name, email in people
    )  # fmt: skip
    guests = Guest.objects.bulk_create(
        Guest(event=event, contact=contact, sort_key=contact.sort_key, answered_at=now, created_at=now)
        for contact in contacts
    )
    Invitation.objects.bulk_create(
        Invitation(guest=guest, public_id=links.new_public_id(), state=Invitation.State.SENT, sent_at=now)
        for guest in guests
    )
    Answer.objects.bulk_create(
        Answer(
            guest=guest, activity=activity, state=state, answered_at=now, stamped_at=now,
            uid=f"{links.new_public_id()}@vertskap.example",
        )
        for guest in guests
        for activity in activities
    )  # fmt: skip
    if size >= MANY:
        count_again()
    return guests


def make_companion(guest, name="", *, answers=None, **fields):
    """Somebody who comes with the guest, with an answer row where the guest has one and companions are welcome.

    `answers` is {activity slug: state}; who waits stands with the guest.
    """
    now = timezone.now()
    defaults = {
        "sort_key": names.sort_key(name, names.given_name(name)) if name else guest.sort_key,
        "search_text": f"{names.search_text(name)} {guest.search_text}".strip(),
        "answered_at": now if answers else None,
        "created_at": now,
    }
    companion = Guest.objects.create(
        event=guest.event, companion_of=guest, companion_name=name, **{**defaults, **fields}
    )
    for row in guest.answer_set.select_related("activity").filter(activity__welcomes_companions=True):
        state = (answers or {}).get(row.activity.slug, Answer.State.NO_ANSWER)
        number = {"waiting_number": row.waiting_number} if state == "waiting" and row.waiting_number else {}
        make_answer(companion, row.activity, state, **number)
    return companion


def make_question(activity, title="Hvordan kommer du hjem?", *, kind="text", options=(), **fields):
    """An own question; options are Norwegian texts with the keys "1", "2" …"""
    rows = [{"key": str(number), "texts": {"nb": text}} for number, text in enumerate(options, start=1)]
    defaults = {"position": activity.question_set.count() + 1}
    return Question.objects.create(
        activity=activity, title=texts(title), kind=kind, options=rows, **{**defaults, **fields}
    )


def make_answer(guest, activity, state=Answer.State.NO_ANSWER, **fields):
    now = timezone.now()
    if state == Answer.State.WAITING:
        last = activity.answer_set.waiting().last()
        fields.setdefault("waiting_number", last.waiting_number + 1 if last else 1)
    return Answer.objects.create(
        guest=guest,
        activity=activity,
        state=state,
        answered_at=None if state == Answer.State.NO_ANSWER else now,
        uid=f"{links.new_public_id()}@vertskap.example",
        stamped_at=now,
        **fields,
    )


def make_message(guest, letter="invitation", **fields):
    """A queued message, due now."""
    now, number = timezone.now(), next(numbers)
    defaults = {
        "event": guest.event,
        "key": f"{letter}-{number}",
        "language": guest.mail_language,
        "created_at": now,
        "due_at": now,
        "message_id": f"<{number}.{links.new_public_id()}@vertskap.example>",
        "to_address": guest.contact.email,
        "subject": "Velkommen",
    }
    return Message.objects.create(guest=guest, letter=letter, **{**defaults, **fields})


def make_reminder(event, letter="reminder", *, days=10, hour=10, **fields):
    """A rule by which a letter goes out, in force since long ago, and a text for it to say."""
    Letter.objects.get_or_create(
        event=event, kind=letter, language="nb", defaults={"subject": "Husk oss", "body": "Hei, {first_name}!"}
    )
    since = timezone.now() - timedelta(days=90)
    return Reminder.objects.create(
        event=event, letter=letter, days_before=days, hour=hour, **{"since_at": since, **fields}
    )


def make_user(username="otto", **fields):
    """A login for the back office; the password is PASSWORD."""
    defaults = {"email": f"{username}@vertskap.example", "is_staff": True}
    return get_user_model().objects.create_user(username, password=PASSWORD, **{**defaults, **fields})


def make_organiser(event, username="otto", role=Membership.Role.ORGANISER):
    user = make_user(username)
    Membership.objects.create(user=user, event=event, role=role)
    return user


def make_host_login(event, host, username="hedda"):
    """A login of this host, who looks after guests at the event."""
    user = make_organiser(event, username, role=Membership.Role.HOST)
    host.user = user
    host.save()
    return user


def make_superuser(username="admin"):
    return make_user(username, is_superuser=True)


def token_of(guest, purpose=links.Purpose.GUEST):
    """The guest's secret for one purpose, as a mail carries it."""
    keys = links.signing_keys([settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS])
    invitation, purposes = guest.invitation, links.Purpose
    version = {purposes.UNSUBSCRIBE: 0, purposes.FEED: invitation.feed_version}.get(purpose, invitation.version)
    return links.make(purpose, invitation.public_id, version, keys)


def tokens_of(guest):
    """All secrets of the guest, by the names that tests fill into addresses."""
    others = {"unsubscribe": links.Purpose.UNSUBSCRIBE, "feed": links.Purpose.FEED}
    return {"token": token_of(guest), **{name: token_of(guest, purpose) for name, purpose in others.items()}}


def page_of(guest):
    """The address of the guest's page."""
    return f"/i/{token_of(guest)}/"


@dataclass
class Cast:
    """The people of the tests; `event` has greta, henrik, ines and otto, `other_event` has zoe and olga."""

    event: Event
    other_event: Event
    host: Host
    greta: Guest
    henrik: Guest
    ines: Guest
    otto: object
    zoe: Guest
    olga: object

    def activity(self, slug):
        return self.event.activity_set.get(slug=slug)


def tells_of_zoe(text):
    """Her name as a word of its own: three letters may stand in a link's or a form's secret by chance."""
    return re.search(r"\bZoe\b", text) is not None


def make_cast():
    """Greta comes to all but the race, Henrik has said nothing, Ines declined; Olga organises Zoe's event."""
    event, other_event = make_event("stoltzen"), make_event("sommerfest")
    host = make_host()
    return Cast(
        event=event,
        other_event=other_event,
        host=host,
        greta=make_guest(
            event,
            "Greta Åsen",
            host=host,
            answers={"gathering": "coming", "race": "not_coming", "dinner": "coming"},
        ),
        henrik=make_guest(event, "Henrik Sørli", host=host, company=make_company("Vestkraft AS")),
        ines=make_guest(event, "Ines Öberg", answers=dict.fromkeys(PROGRAMME, "not_coming")),
        otto=make_organiser(event, "otto"),
        zoe=make_guest(
            other_event,
            "Zoe Zetterlund",
            company=make_company("Zeta Zink AB"),
            answers=dict.fromkeys(PROGRAMME, "coming"),
        ),
        olga=make_organiser(other_event, "olga"),
    )
