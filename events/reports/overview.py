"""One event at a glance: how many come to what, what waits for somebody, how the answers came in."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, Min, OuterRef, Q, Window
from django.db.models.functions import RowNumber

from ..models import Activity, Answer, Event, Guest, Host, Invitation, Message
from .latest import latest_answers

TREND_DAYS = 14
NAMED = 3
STATES = ("coming", "not_coming", "unsure", "waiting", "no_answer")


@dataclass(frozen=True)
class Part:
    """One activity and how many guests stand where; the five sum to `invited`."""

    activity: Activity
    heads: dict

    @property
    def invited(self):
        return sum(self.heads.values())

    @property
    def shares(self):
        """(state, first per mille, how many per mille) of those invited, in the order of STATES."""
        start, shares = 0, []
        for state in STATES:
            end = start + self.heads[state]
            if end > start:
                left, right = (round(1000 * n / self.invited) for n in (start, end))
                shares.append((state, left, right - left))
            start = end
        return shares


@dataclass(frozen=True)
class Overview:
    """guests: counts of all, invited, answered, silent, not_invited, without_mail, companions apart; trend: (day,
    answered by then).
    """

    event: Event
    parts: list
    guests: dict
    trend: list
    letters: list
    failed: dict
    failed_names: list
    hosts_without_mail: list
    latest: list

    @property
    def waiting(self):
        return sum(part.heads["waiting"] for part in self.parts)


def overview(event, *, now):
    """Eight queries at the most, whatever the event's size."""
    days = _days(event, now)
    guests, parts = _guests(event, days), _parts(event)
    failed, failed_names = _failed(event)
    return Overview(
        event=event,
        parts=parts,
        guests=guests,
        trend=[(day, guests.pop(f"day_{number}")) for number, day in enumerate(days)],
        letters=_letters(event, days),
        failed=failed,
        failed_names=failed_names,
        hosts_without_mail=_hosts_without_mail(event),
        latest=latest_answers(event, [part.activity for part in parts]),
    )


def _parts(event):
    rows = (
        Answer.objects.filter(activity__event=event).order_by().values_list("activity", "state").annotate(n=Count("pk"))
    )
    heads = {}
    for activity, state, count in rows:
        heads.setdefault(activity, dict.fromkeys(STATES, 0))[state] = count
    activities = Activity.objects.filter(event=event).on().in_order()
    return [Part(activity, heads.get(activity.pk, dict.fromkeys(STATES, 0))) for activity in activities]


def _days(event, now):
    today = now.astimezone(event.zone).date()
    return [today - timedelta(days=back) for back in range(TREND_DAYS, -1, -1)]


def _ends(event, day):
    return datetime.combine(day + timedelta(days=1), time(), tzinfo=event.zone)


def _guests(event, days):
    sent = Q(invitation__state=Invitation.State.SENT)
    can_be_sent = Q(invitation__state=Invitation.State.DRAFTED, contact__email__gt="")
    wanted = {
        "all": Count("pk"),
        "invited": Count("pk", filter=sent),
        "answered": Count("answered_at"),
        "silent": Count("pk", filter=sent & Q(answered_at=None)),
        "not_invited": Count("pk", filter=can_be_sent),
        "without_mail": Count("pk", filter=Q(contact__email="")),
    }
    by_day = {
        f"day_{number}": Count("pk", filter=Q(answered_at__lt=_ends(event, day))) for number, day in enumerate(days)
    }
    return Guest.objects.filter(event=event).invited().aggregate(**wanted, **by_day)


def _letters(event, days):
    """(kind, day first sent) of the letters to all that went out in these days."""
    kinds = Message.objects.filter(event=event, letter__in=["save_the_date", "invitation", "reminder"], state="sent")
    first = kinds.order_by().values_list("letter").annotate(at=Min("sent_at"))
    on = [(kind, at.astimezone(event.zone).date()) for kind, at in first]
    return [(kind, day) for kind, day in on if day >= days[0]]


def _failed(event):
    """({state: how many mails}, the names of the first that did not arrive); one query."""
    rows = (
        Message.objects.filter(event=event, state__in=["failed", "uncertain"])
        .annotate(
            heads=Window(Count("pk"), partition_by="state"),
            place=Window(RowNumber(), partition_by="state", order_by=["-created_at", "-pk"]),
        )
        .filter(place__lte=NAMED)
        .select_related("guest__contact")
    )
    rows = list(rows)
    return {row.state: row.heads for row in rows}, [row.guest.name for row in rows if row.state == "failed"]


def _hosts_without_mail(event):
    theirs = Guest.objects.filter(event=event, host=OuterRef("pk"))
    return list(Host.objects.filter(Exists(theirs), email=""))
