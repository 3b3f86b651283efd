"""What keeps mails from leaving, on every page of those who organise: the alarm, refused letters, the full hour."""

from dataclasses import dataclass, field
from datetime import datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ..actions import postbox
from ..domain import hourly
from ..domain.delivery import is_worth_an_alarm
from ..models import Event, Letter, Message, Postbox
from .access import access_of
from .navigation import postbox_beside

PAGES_ABOUT_MAIL = {"event_overview", "event_outbox"}  # where all of it is told unasked


@dataclass(frozen=True)
class Refusal:
    """A letter that the mail server did not take, and where its stopped mails stand."""

    event: Event
    letter: Letter.Kind
    at: datetime
    stopped_url: str


@dataclass(frozen=True)
class FullHour:
    """Mails that are due and wait for the hourly cap; next_at may be None for a moment."""

    waiting: int
    cap: int
    next_at: datetime | None


@dataclass(frozen=True)
class Trouble:
    """Nothing of it is there on most days; alarm is the outbox's code."""

    alarm: str = ""
    since: datetime | None = None
    waiting: int = 0
    refusals: list = field(default_factory=list)
    hour: FullHour | None = None
    is_about_mail: bool = False


def trouble(request):
    """For organisers, who can do something about it; no query of its own on an event's pages while all is well."""
    access, now = access_of(request), timezone.now()
    if not access.is_organiser:
        return Trouble()
    event, is_about_mail = getattr(request, "event", None), _is_about_mail(request)
    box = postbox_beside(event) if event and access.organises(event.pk) else postbox.seen()
    alarm = box.alarm if box.alarm and is_worth_an_alarm(box.alarm, box.alarm_at, now) else ""
    return Trouble(
        alarm=alarm,
        since=box.alarm_at,
        waiting=Message.objects.stuck(alarm, now).count() if alarm else 0,
        refusals=_refusals(box, access.events),
        hour=full_hour(Message.objects.filter(event=request.event), box=box) if is_about_mail else None,
        is_about_mail=is_about_mail,
    )


def _refusals(box: Postbox, events):
    return [
        Refusal(
            event=events[event_id],
            letter=Letter.Kind(letter),
            at=datetime.fromisoformat(at),
            stopped_url=_where_it_stands(event_id, letter, campaign_id),
        )
        for event_id, letter, campaign_id, at in box.refused
        if event_id in events
    ]


def _where_it_stands(event_id, letter, campaign_id):
    if campaign_id:
        return reverse("admin:events_campaign_change", args=[campaign_id])
    return f"{reverse('admin:event_outbox', args=[event_id])}?{urlencode({'state': 'stopped', 'letter': letter})}"


def _is_about_mail(request):
    page = request.resolver_match
    return hasattr(request, "event") and page is not None and page.url_name in PAGES_ABOUT_MAIL


def full_hour(rows, *, box=None):
    """Of these messages, those that are due and wait for the hourly cap; None if none does."""
    cap, now = settings.MAILS_PER_HOUR, timezone.now()
    if not cap:
        return None
    passes = (box or postbox.seen()).passes
    if hourly.room(passes, cap, now).for_campaigns:
        return None
    waiting = rows.due(now).count()
    return FullHour(waiting, cap, hourly.next_at(passes, cap, now)) if waiting else None


@require_POST
def try_again(request):
    """Whatever waits is due at once; the workers look within seconds."""
    if not access_of(request).is_organiser:
        raise Http404
    waiting = postbox.try_again(by=request.user, now=timezone.now())
    if waiting:
        text = ngettext(
            "The mail server is asked again for %(n)s mail. Look again in half a minute.",
            "The mail server is asked again for %(n)s mails. Look again in half a minute.",
            waiting,
        )
        messages.info(request, text % {"n": waiting})
    else:
        messages.info(request, _("No mail waits. Should something still be wrong, the next mail tells."))
    return _back(request, reverse("admin:index"))


@require_POST
def put_away(request, letter):
    """An organiser has seen that the letter was refused."""
    if letter not in Letter.Kind.values:
        raise Http404
    postbox.forget_refusal(request.event.pk, letter, by=request.user, now=timezone.now())
    return _back(request, reverse("admin:event_overview", args=[request.event.pk]))


def _back(request, otherwise):
    """To the page on which it was pressed."""
    back = request.POST.get("back", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None) and back.startswith("/")
    return HttpResponseRedirect(back if is_ours else otherwise)
