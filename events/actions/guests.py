"""Deeds on guests: adding, inviting to activities, renewing and withdrawing links."""

import secrets

from django.db import transaction

from ..domain.answers import HOLDING
from ..domain.links import new_public_id
from ..models import Activity, Answer, DoNotInvite, Event, Guest, History, Invitation
from . import calendar_invitations, calendars, history
from .contacts import set_guest_keys

BATCH = 1000


def new_uid():
    """An opaque name for a calendar entry: 128 random bits, no personal data (RFC 7986 §5.3)."""
    return f"{secrets.token_hex(16)}@vertskap"


def new_answers(guest, activities, *, now):
    """Unsaved answer rows: the guest is invited to these and has said nothing."""
    return [Answer(guest=guest, activity=activity, uid=new_uid(), stamped_at=now) for activity in activities]


def lock_event(event_id):
    """The event, locked before anything else: changes of one programme go one after the other, for they share their
    guests' mails, and whoever becomes a guest meanwhile is invited to every part. Rows that refer to it do not wait.
    """
    return Event.objects.select_for_update(no_key=True).get(pk=event_id)


@transaction.atomic
def add(event, contact, *, by, channel, now, activities=None, personal_line="", **fields):
    """Makes a contact a guest, with invitation and an answer row per activity (default: all).

    May bring as many as each guest of the event, unless `companions_allowed` says otherwise. Whoever makes the contact
    in the same transaction locks the event first. Raises IntegrityError when the contact is a guest of the event
    already, AskedNotToBeInvited for whoever did.
    """
    if DoNotInvite.objects.of(contact.email).exists():
        raise AskedNotToBeInvited
    lock_event(event.pk)
    fields = {"host": contact.host, "companions_allowed": event.companions_allowed, **fields}
    guest = set_guest_keys(Guest(event=event, contact=contact, created_at=now, **fields))
    guest.save()
    Invitation.objects.create(guest=guest, public_id=new_public_id(), personal_line=personal_line)
    if activities is None:
        activities = Activity.objects.filter(event=event).on()
    Answer.objects.bulk_create(new_answers(guest, activities, now=now))
    history.record(event, History.What.ADDED, by=by, channel=channel, now=now, guest=guest)
    return guest


@transaction.atomic
def add_many(event, guests, *, by, channel, now, what=History.What.IMPORTED, invited_to=None, **facts):
    """Stores prepared guests (contact and fields set) in batches, invited to every activity, or to those whose short
    names `invited_to` has of their contact. The event is locked.
    """
    activities = list(Activity.objects.filter(event=event).on())
    for guest in guests:
        guest.event, guest.created_at = event, now
        set_guest_keys(guest)
    guests = Guest.objects.bulk_create(guests, batch_size=BATCH)
    Invitation.objects.bulk_create(
        [Invitation(guest=guest, public_id=new_public_id()) for guest in guests], batch_size=BATCH
    )
    answers = [
        answer for guest in guests for answer in new_answers(guest, _parts(guest, activities, invited_to), now=now)
    ]
    Answer.objects.bulk_create(answers, batch_size=BATCH)
    rows = [history.note(event, what, by=by, channel=channel, now=now, guest=guest, **facts) for guest in guests]
    History.objects.bulk_create(rows, batch_size=BATCH)
    return guests


def _parts(guest, activities, invited_to):
    if invited_to is None:
        return activities
    return [activity for activity in activities if activity.slug in invited_to[guest.contact_id]]


class AskedNotToBeInvited(ValueError):
    """This person does not want to be invited again (P11)."""


class HasAPlace(ValueError):
    """A guest who is coming or waiting is not left out before the answer is changed; carries the activities."""

    def __init__(self, activities):
        super().__init__()
        self.activities = activities


@transaction.atomic
def invite_to(guest, activities, *, by, channel, now):
    """Invites the guest to exactly these activities of the event. Doing it twice is harmless.

    Companions follow, where they are welcome. Raises HasAPlace when the guest or a companion is coming to, or
    waiting for, one that is to be left out.
    """
    locked = list(Activity.objects.select_for_update(no_key=True).filter(event=guest.event_id).on().order_by("pk"))
    wanted = {activity.pk for activity in activities}
    rows = list(Answer.objects.filter(guest__in=Guest.objects.party_of(guest.pk).order_by()))
    own = {row.activity_id for row in rows if row.guest_id == guest.pk}
    more = [activity for activity in locked if activity.pk in wanted and activity.pk not in own]
    less = [activity for activity in locked if activity.pk not in wanted and activity.pk in own]
    places = {row.activity_id for row in rows if row.state in HOLDING}
    if held := [activity for activity in less if activity.pk in places]:
        raise HasAPlace(held)
    before = {row.activity_id: row.state for row in rows if row.guest_id == guest.pk}
    Answer.objects.bulk_create([*new_answers(guest, more, now=now), *_for_companions(guest, more, rows, now=now)])
    ended = {activity.pk: activity for activity in less}
    calendar_invitations.withdraw(
        [_of(row, guest, ended) for row in rows if _is_own(row, guest, ended)], by=by, now=now
    )
    Answer.objects.filter(pk__in=[row.pk for row in rows], activity__in=less).delete()
    what = [(activity, History.What.INVITED, {}) for activity in more] + [
        (activity, History.What.LEFT_OUT, {"before": before[activity.pk]}) for activity in less
    ]
    History.objects.bulk_create(
        history.note(guest.event, verb, by=by, channel=channel, now=now, guest=guest, activity=activity, **facts)
        for activity, verb, facts in what
    )


def _is_own(row, guest, activities):
    return row.guest_id == guest.pk and row.activity_id in activities


def _of(row, guest, activities):
    """The answer with its guest and activity, as they are in hand."""
    row.guest, row.activity = guest, activities[row.activity_id]
    return row


def _for_companions(guest, activities, rows, *, now):
    """Unsaved answers of the guest's companions to those of the activities where they are welcome and not yet asked."""
    there = {(row.guest_id, row.activity_id) for row in rows}
    welcome = [activity for activity in activities if activity.welcomes_companions]
    return [
        row
        for companion in (guest.companions.all() if welcome else ())
        for row in new_answers(companion, welcome, now=now)
        if (companion.pk, row.activity.pk) not in there
    ]


@transaction.atomic
def renew_link(guest, *, by, channel, now, ends_feed=False):
    """Ends the guest's link and makes the next one work; also brings a withdrawn invitation back.

    The private calendar goes on unless it is ended, too.
    """
    invitation = Invitation.objects.select_for_update().get(guest=guest)
    invitation.version += 1
    if invitation.state == Invitation.State.REVOKED:
        invitation.state = Invitation.State.SENT if invitation.sent_at else Invitation.State.DRAFTED
    invitation.save(update_fields=["version", "state"])
    history.record(guest.event, History.What.LINK_RENEWED, by=by, channel=channel, now=now, guest=guest)
    if ends_feed:
        calendars.end_subscription(guest, by=by, channel=channel, now=now)
    return invitation


@transaction.atomic
def revoke_link(guest, *, by, channel, now):
    """Withdraws the invitation: the link ends in the one warm 404. Doing it twice is harmless."""
    changed = (
        Invitation.objects.filter(guest=guest)
        .exclude(state=Invitation.State.REVOKED)
        .update(state=Invitation.State.REVOKED)
    )
    if changed:
        own = Answer.objects.filter(guest=guest, asked_sequence__isnull=False).select_related(
            "activity", "guest__contact"
        )
        calendar_invitations.withdraw(own, by=by, now=now)
        history.record(guest.event, History.What.LINK_REVOKED, by=by, channel=channel, now=now, guest=guest)


@transaction.atomic
def choose_language(guest, language, *, channel, now):
    """Keeps the language the guest chose, for pages and mails."""
    if guest.language == language:
        return
    before, guest.language = guest.language, language
    guest.save(update_fields=["language"])
    history.record(
        guest.event, History.What.LANGUAGE, by=None, channel=channel, now=now, guest=guest, before=before,
        language=language,
    )  # fmt: skip
