"""What a change of answer means for the entry in a guest's calendar, and ending a subscription."""

from datetime import UTC

from django.db import transaction
from django.db.models import Case, F, Q, When

from ..models import Answer, History, Invitation
from . import history

FIELDS = ("sequence", "stamped_at", "left_at")


def go_to(answer, state, *, now):
    """Gives an answer its state, unsaved. Returns whether its calendar entry has a new revision, in FIELDS.

    Whoever was coming and stops, or comes again after that, changes what calendars hold already: the number rises
    (RFC 5546 §2.1.4). A first yes, and all that is said before it, is in no calendar. Where a calendar invitation went
    out the moment alone is new: it is ours to revise, and a reply to it must not look out of date by an answer.
    """
    coming, before = Answer.State.COMING, answer.state
    answer.state = state
    leaves = before == coming != state
    if not leaves and not (state == coming and answer.left_at):
        return False
    was_asked = answer.asked_sequence is not None or answer.replied_sequence is not None
    answer.sequence += 0 if was_asked else 1
    answer.stamped_at, answer.left_at = now, now if leaves else None
    return True


def moment_code(moment):
    """A moment as history keeps it; "" for none."""
    return moment.astimezone(UTC).isoformat() if moment else ""


def restamp(answers, *, now):
    """Raises the revision of calendar entries, so that calendars take the new one (RFC 5545 §3.8.7.4)."""
    newest = F("sequence") + 1
    answers.update(sequence=newest, programme_sequence=newest, stamped_at=now)


def restamp_start(answers, *, now):
    """A new revision for what a calendar says of the guest's own start. Where a calendar invitation went out the moment
    alone is new, as when somebody answers: a reply to it must not look out of date.
    """
    was_asked = Q(asked_sequence__isnull=False) | Q(replied_sequence__isnull=False)
    answers.update(sequence=Case(When(was_asked, then=F("sequence")), default=F("sequence") + 1), stamped_at=now)


@transaction.atomic
def end_subscription(guest, *, by, channel, now):
    """Ends the address of the guest's private calendar; the next one works at once. The personal link stays."""
    if Invitation.objects.filter(guest=guest).update(feed_version=F("feed_version") + 1):
        history.record(guest.event, History.What.FEED_ENDED, by=by, channel=channel, now=now, guest=guest)
