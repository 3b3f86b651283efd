"""A press of "send": the list frozen in one transaction, its mails written in portions, stopped and taken up again.

A portion is one transaction, too, and the sending says how far it has come: whoever is killed leaves nothing half
done, and whoever goes on, be it two workers, writes each mail once.
"""

import logging
from dataclasses import dataclass

from django.db import transaction

from ..domain import audiences
from ..emails import new_message_id
from ..models import MAY_GO_ON, STOPPED_BY_HAND, Campaign, Event, Guest, History, Letter, Message
from . import calendar_invitations, history
from .audiences import choose

PORTION = 1000  # mails that a page writes at once, and a worker in one turn
BATCH = 500
_AGAIN = (Message.State.FAILED, Message.State.STOPPED)
log = logging.getLogger("vertskap.sending")
_IN_HAND = (Campaign.State.WRITING, Campaign.State.QUEUED)


class ListHasChanged(ValueError):
    """Since somebody looked; carries the Audience as it is now, and the domain's Difference."""

    def __init__(self, audience, difference):
        super().__init__()
        self.audience, self.difference = audience, difference


@dataclass(frozen=True, slots=True)
class Stopped:
    """How many mails of a sending had gone (or may have) when it was stopped, and how many do not go."""

    gone: int
    kept: int


@transaction.atomic
def press(event, wish, *, letter, by, channel, now, at=None, seen=None, token=""):
    """Freezes who gets the letter, due now or at `at`, and writes the first mails. Returns the Campaign, or None where
    nobody would get it.

    seen: the ids the presser looked at; another list raises ListHasChanged. The same token again is the same press.
    Raises as audiences.choose does.
    """
    event = Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    before = Campaign.objects.filter(event=event, letter=letter, criteria__press=token).first() if token else None
    if before:
        return before
    audience = choose(event, wish, letter=letter, now=now)
    changed = seen is not None and audiences.difference(seen, audience.ids, audience.left_out)
    if changed:
        raise ListHasChanged(audience, changed)
    if not audience.ids:
        return None
    return freeze(event, audience, wish, letter=letter, by=by, channel=channel, now=now, at=at, token=token)


def freeze(event, audience, wish, *, letter, by, channel, now, at=None, token="", key=""):
    """The Campaign of this audience, with its first mails; the event is locked. Every guest has one row per key: the
    letter's own, so that nobody has it twice, unless another is given.
    """
    how = {"channel": str(channel), **({"press": token} if token else {}), **({"key": key} if key else {})}
    campaign = Campaign.objects.create(
        event=event, letter=letter, activity_id=wish.wanted.activity, criteria={**audiences.as_json(wish), **how},
        texts=own_texts(event) if letter == Letter.Kind.FREE else {}, recipients=audience.ids,
        left_out=audience.left_out, created_at=now, created_by=by, due_at=max(at or now, now),
    )  # fmt: skip
    _write_portion(campaign, now=now)
    return campaign


def write_on(campaign_id, *, now):
    """Writes the next portion of a sending. Returns whether some are left to be written."""
    event_id = Campaign.objects.filter(pk=campaign_id).values_list("event", flat=True).first()
    with transaction.atomic():
        list(Event.objects.select_for_update(no_key=True).filter(pk=event_id))
        rows = Campaign.objects.select_for_update(of=["self"]).defer("left_out", "texts").select_related("created_by")
        campaign = rows.filter(pk=campaign_id, state=Campaign.State.WRITING).first()
        if campaign is None:
            return False
        _write_portion(campaign, now=now)
        return campaign.state == Campaign.State.WRITING


def write_all(campaign, *, clock, tell=lambda written, total: None):
    """Writes the rest of a sending, a portion in a transaction of its own at a time."""
    is_more = campaign.state == Campaign.State.WRITING
    while is_more:
        is_more = write_on(campaign.pk, now=clock())
        campaign.refresh_from_db(fields=["state", "written"])
        tell(campaign.written, len(campaign.recipients))


def write_what_waits(*, now, should_stop=lambda: False):
    """A portion of each sending of which mails are still to be written. Returns whether any was written; a sending
    that cannot be written keeps no other waiting, nor the mails that are due.
    """
    is_any = False
    for campaign_id in list(Campaign.objects.to_be_written().values_list("pk", flat=True)):
        if should_stop():
            break
        try:
            write_on(campaign_id, now=now)
            is_any = True
        except Exception:
            log.exception("A portion of a sending cannot be written")
    return is_any


def key_of(campaign):
    """The key of its messages: a guest has one row per key."""
    own = f"{Letter.Kind.FREE}:{campaign.pk}" if campaign.letter == Letter.Kind.FREE else campaign.letter
    return campaign.criteria.get("key") or str(own)


def _write_portion(campaign, *, now):
    """Mails and a line of history each for the next recipients; rows that failed or were stopped go again. Both the
    event and the sending are locked.
    """
    ids = campaign.recipients[campaign.written : campaign.written + PORTION]
    guests = Guest.objects.filter(pk__in=ids, event=campaign.event_id, forgotten_at=None).select_related("contact")
    states = dict(Message.objects.filter(guest__in=ids, key=key_of(campaign)).values_list("guest", "state"))
    found = {guest.pk: guest for guest in guests if states.get(guest.pk) in (None, *_AGAIN)}
    ordered = [found[pk] for pk in ids if pk in found]
    rows = [_message(campaign, guest, now=now) for guest in ordered if guest.pk not in states]
    Message.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    if again := [guest.pk for guest in ordered if guest.pk in states]:
        Message.objects.filter(guest__in=again, key=key_of(campaign), state__in=_AGAIN).update(
            state=Message.State.QUEUED, due_at=campaign.due_at, attempts=0, error_code="", campaign=campaign,
            queued_by=campaign.created_by,
        )  # fmt: skip
    if campaign.letter == Letter.Kind.INVITATION:
        by, due_at = campaign.created_by, campaign.due_at
        calendar_invitations.go_along(campaign.event, ordered, by=by, now=now, due_at=due_at)
    History.objects.bulk_create((_line(campaign, guest, now=now) for guest in ordered), batch_size=BATCH)
    campaign.written += len(ids)
    is_done = campaign.written >= len(campaign.recipients)
    campaign.state = Campaign.State.QUEUED if is_done else Campaign.State.WRITING
    campaign.save(update_fields=["written", "state"])


def _message(campaign, guest, *, now):
    return Message(
        guest=guest, event_id=campaign.event_id, letter=campaign.letter, campaign=campaign, key=key_of(campaign),
        language=guest.mail_language, created_at=now, queued_by_id=campaign.created_by_id, due_at=campaign.due_at,
        message_id=new_message_id(),
    )  # fmt: skip


def _line(campaign, guest, *, now):
    return History(
        event_id=campaign.event_id, guest=guest, at=now, by_id=campaign.created_by_id, what=History.What.MAIL_QUEUED,
        channel=campaign.criteria.get("channel", History.Channel.SYSTEM), facts={"letter": campaign.letter},
    )  # fmt: skip


def own_texts(event):
    """{language: the free letter's text as it is now}; what is written afterwards is another letter."""
    own = Letter.objects.filter(event=event, kind=Letter.Kind.FREE)
    return {row.language: {"subject": row.subject, "preheader": row.preheader, "body": row.body} for row in own}


@transaction.atomic
def stop(campaign, *, by, channel, now):
    """What has not left yet does not leave, also what a worker is about to take; what is not written is not written.
    Returns Stopped. Doing it twice is harmless.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    mails = Message.objects.filter(campaign=campaign)
    waiting = mails.filter(state=Message.State.QUEUED)
    kept = waiting.update(state=Message.State.STOPPED, error_code=STOPPED_BY_HAND)
    unwritten = len(campaign.recipients) - campaign.written
    gone = mails.filter(state__in=[Message.State.SENT, Message.State.SENDING, Message.State.UNCERTAIN]).count()
    if campaign.state in _IN_HAND and kept + unwritten:
        campaign.state, campaign.stopped_at = Campaign.State.STOPPED, now
        campaign.save(update_fields=["state", "stopped_at"])
        _record(campaign, History.What.MAIL_STOPPED, by=by, channel=channel, now=now)
    return Stopped(gone, kept + unwritten)


@transaction.atomic
def resume(campaign, *, by, channel, now):
    """What was stopped goes, now or when it was to, and what was not written is written. Who would not get the letter
    any more does not get it. Returns how many mails that are; 0 when it was not stopped.
    """
    campaign = Campaign.objects.select_for_update().get(pk=campaign.pk)
    if campaign.state != Campaign.State.STOPPED:
        return 0
    unwritten = len(campaign.recipients) - campaign.written
    stopped = Message.objects.filter(campaign=campaign, state=Message.State.STOPPED, error_code__in=MAY_GO_ON)
    count = stopped.update(
        state=Message.State.QUEUED, due_at=max(campaign.due_at, now), attempts=0, error_code="", queued_by=by
    )
    campaign.state = Campaign.State.WRITING if unwritten else Campaign.State.QUEUED
    campaign.stopped_at = None
    campaign.save(update_fields=["state", "stopped_at"])
    _record(campaign, History.What.MAIL_RESUMED, by=by, channel=channel, now=now)
    return count + unwritten


def _record(campaign, what, *, by, channel, now):
    history.record(campaign.event, what, by=by, channel=channel, now=now, letter=campaign.letter)
