"""The demo's deeds of the house: an answer by phone, a change undone, grace after a deadline, a late wish, somebody
moved up in line, a link made anew.
"""

from datetime import timedelta

from ..domain.answers import Choice
from ..models import Activity, Answer, Guest, History, Host, Membership
from . import answers, events, guests, late, programme, undo, waiting_by_hand

Channel = History.Channel
CLOSED_DAYS_AGO, GRACE_DAYS = 2, 3
JUST_AFTER = timedelta(minutes=1, seconds=2)


def fill(event, *, now):
    """Of the event to come the first part has its own deadline, in grace now. Guests who are there play the rest."""
    if event.held_on > now.date():
        _deadline_and_grace(event, now)
        _by_phone(event, now)
        _thought_better_of_it(event, now)
        _moved_up(event, now)
        _new_link(event, now)
    for host in Host.objects.filter(user__isnull=False):
        let_in(host, host.user, [event])


def let_in(host, user, at_events):
    """The login is this host's, and finds the host's guests at these events. Doing it twice is harmless."""
    Host.objects.filter(pk=host.pk).update(user=user)
    for event in at_events:
        Membership.objects.get_or_create(user=user, event=event, role=Membership.Role.HOST)


def _deadline_and_grace(event, now):
    """A guest was a minute late; next morning an organiser gave all some days more."""
    day = now.astimezone(event.zone).date() - timedelta(days=CLOSED_DAYS_AGO)
    deadline_at = events.end_of_day(day, event.zone)
    part = Activity.objects.filter(event=event).in_order().first()
    way = {"by": None, "channel": Channel.COMMAND}
    programme.change(part, {"answer_by_at": deadline_at}, now=event.created_at, **way)
    silent = _guests(event).silent().exclude(contact__email="").filter(invitation__state="sent").first()
    if silent:
        late.remember(silent, {part.slug: Choice.COMING}, channel=Channel.WEB, now=deadline_at + JUST_AFTER)
    until_at = events.end_of_day(now.astimezone(event.zone).date() + timedelta(days=GRACE_DAYS), event.zone)
    programme.give_grace([part], until_at, now=deadline_at + timedelta(hours=9), **way)


def _by_phone(event, now):
    """Somebody without mail called."""
    guest = _guests(event).silent().filter(contact__email="").first()
    if guest:
        said = {"gathering": Choice.COMING, "race": Choice.NOT_COMING, "dinner": Choice.COMING}
        answers.give(guest, said, by=None, channel=Channel.PHONE, now=now - timedelta(hours=5))


def _thought_better_of_it(event, now):
    """A no to the race was written down for the wrong guest, and undone."""
    race = Activity.objects.filter(event=event, slug="race")
    guest = _guests(event).filter(answer__activity__in=race, answer__state="coming").first()
    if guest is None:
        return
    told = {"by": None, "channel": Channel.PHONE, "now": now - timedelta(minutes=40), "tell": False}
    answers.give(guest, {"race": Choice.UNSURE}, **told)
    row = History.objects.filter(guest=guest, what=History.What.ANSWERED).order_by("-at", "-pk").first()
    undo.undo(row, by=None, channel=Channel.COMMAND, now=now - timedelta(minutes=35), tell=False, accepts_waiting=True)


def _moved_up(event, now):
    """The last in line had been promised a place, and stands second now."""
    last = Answer.objects.filter(activity__event=event).waiting().last()
    if last:
        reason = "Lovet plass i vår, og reiser langt"
        waiting_by_hand.move(last, 2, reason=reason, by=None, channel=Channel.COMMAND, now=now - timedelta(hours=3))


def _new_link(event, now):
    """A silent guest had forwarded the mail; the old link opens nothing any more."""
    guest = _guests(event).silent().filter(invitation__state="sent").last()
    if guest:
        guests.renew_link(guest, by=None, channel=Channel.COMMAND, now=now - timedelta(hours=2))


def _guests(event):
    """Those with a contact, in the order of the list, with what answering needs."""
    rows = Guest.objects.filter(event=event, contact__isnull=False, companions=None)
    return rows.select_related("event", "contact").order_by("pk")
