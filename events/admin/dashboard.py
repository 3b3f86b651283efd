"""The event's overview: numbers, what to do today, and the one likely next step."""

from dataclasses import dataclass
from datetime import timedelta

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..domain import dates
from ..models import Event, Letter, Message
from ..reports.overview import overview
from .chart import chart
from .deadline_pages import said_of, shut_parts
from .event_pages import steps_from
from .mailbox_alarm import unread_since
from .navigation import waiting_of
from .pages import show

AFTER = {Event.State.HELD, Event.State.ARCHIVED}
READING = timedelta(days=3)  # the time a letter is left alone before one reminds of it


@dataclass(frozen=True)
class ToDo:
    """A line of "to do today": how many, of what, more about it, and the thing to press."""

    count: int
    text: str
    more: str
    press: str
    url: str
    kind: str = "calm"


@require_safe
def event_overview(request):
    event, now = request.event, timezone.now()
    seen = overview(event, now=now)
    shut = shut_parts(event, [part.activity for part in seen.parts], now=now)
    is_past = event.state in AFTER or event.is_over((part.activity.ends_at for part in seen.parts), now)
    return show(
        request,
        "admin/events/overview.html",
        str(event),
        event=event,
        facts=facts(event, timezone.localdate(now, event.zone)),
        seen=seen,
        shut={activity.pk: said_of(activity, event, now=now) for activity in shut},
        to_do=to_do(event, seen, is_past),
        next_step=step_after(event) if is_past else next_step(event, seen),
        states=steps_from(event),
        may_make_next=is_past and request.user.has_perm("events.add_event"),
        mailbox_unread_since=unread_since(),
        chart=None if is_past else chart(seen.trend, _marks(seen.letters)),
    )


def facts(event, today):
    """Day, how long to go, and the deadline: what stands under the event's name."""
    language = get_language()
    days = (event.held_on - today).days
    told = [dates.capitalised(dates.long_day(event.held_on, language))]
    if days > 0:
        told.append(ngettext("in %(n)s day", "in %(n)s days", days) % {"n": days})
    elif days == 0:
        told.append(_("today"))
    if event.answer_by_at and days > 0:
        deadline = timezone.localtime(event.answer_by_at, event.zone).date()
        told.append(_("answer by %(day)s") % {"day": dates.by_day(deadline, language)})
    return told


def _page(event, name, **query):
    """The page's address, or "" while that part is not there."""
    try:
        url = reverse(f"admin:{name}", args=[event.pk])
    except NoReverseMatch:
        return ""
    return f"{url}?{urlencode(query)}" if query else url


def _send(event, letter):
    try:
        return reverse("admin:event_send", args=[event.pk, letter])
    except NoReverseMatch:
        return ""


def to_do(event, seen, is_past=False):
    """What waits for somebody, the gravest first; lines without anything to press are left out. Once the day is past,
    nobody needs to be invited, asked or let in any more.
    """
    lines = _mails(event, seen) + _asked(event) + _photos(event) + ([] if is_past else _people(event, seen))
    return [line for line in lines if line.count and line.url]


def _mails(event, seen):
    failed, uncertain = seen.failed.get("failed", 0), seen.failed.get("uncertain", 0)
    hosts, missed = len(seen.hosts_without_mail), waiting_of(event)["by_itself"]
    return [
        ToDo(
            missed,
            ngettext("letter did not go out by itself", "letters did not go out by themselves", missed),
            _("The program was not running at that hour."),
            _("Decide"),
            _page(event, "event_by_itself"),
            "wrong",
        ),
        ToDo(
            failed,
            ngettext("mail did not arrive", "mails did not arrive", failed),
            ", ".join(seen.failed_names),
            _("Put right"),
            _page(event, "event_outbox", state="failed"),
            "wrong",
        ),
        ToDo(
            uncertain,
            ngettext("mail may have been sent", "mails may have been sent", uncertain),
            _("The connection broke while sending. Ask before you send again."),
            _("Look"),
            _page(event, "event_outbox", state="uncertain"),
            "wrong",
        ),
        ToDo(
            hosts,
            ngettext("host has no mail address", "hosts have no mail address", hosts),
            ", ".join(str(host) for host in seen.hosts_without_mail[:3]),
            _("Write it in"),
            reverse("admin:events_host_changelist") + "?mail=none",
            "waits",
        ),
    ]


def _asked(event):
    """What guests have asked or told us, and nobody has looked at."""
    waits = waiting_of(event)
    not_me, proposed = waits["not_me"], waits["substitutes"]
    words = waits["voices"] - not_me
    replies = waits["inbox"]
    return [
        ToDo(
            replies,
            ngettext("reply by mail waits for you", "replies by mail wait for you", replies),
            _("It is not plain that the guest sent it. Take it all the same, or set it aside."),
            _("Decide"),
            _page(event, "event_inbox", state="held"),
            "waits",
        ),
        ToDo(
            not_me,
            ngettext("person has somebody else's link", "people have somebody else's link", not_me),
            _("Make a new link for the guest; the old one then ends."),
            _("Look"),
            _page(event, "event_voices", kind="not_me", read="unread"),
            "wrong",
        ),
        ToDo(
            proposed,
            ngettext("guest proposes a colleague instead", "guests propose a colleague instead", proposed),
            _("Nobody is written to before you decide."),
            _("Decide"),
            _page(event, "event_substitutes", state="proposed"),
            "waits",
        ),
        ToDo(
            words,
            ngettext("word from a guest is unread", "words from guests are unread", words),
            "",
            _("Read"),
            _page(event, "event_voices", read="unread"),
            "waits",
        ),
    ]


def _photos(event):
    waits = waiting_of(event)
    asked, waiting, failed = (waits[f"photos_{kind}"] for kind in ("asked", "waiting", "failed"))
    return [
        ToDo(
            asked,
            ngettext("request to take a photo away", "requests to take photos away", asked),
            _("Hidden from all guests until you decide."),
            _("Decide"),
            _page(event, "event_photo_removals"),
            "wrong",
        ),
        ToDo(
            waiting,
            ngettext("photo waits to be looked at", "photos wait to be looked at", waiting),
            _("Nobody sees them before you show them."),
            _("Look"),
            _page(event, "event_photos", show="waiting"),
            "waits",
        ),
        ToDo(
            failed,
            ngettext("photo could not be made", "photos could not be made", failed),
            _("Each says why; some only need another try."),
            _("Look"),
            _page(event, "event_photos", show="failed"),
        ),
    ]


def _people(event, seen):
    silent, new, unreachable = (seen.guests[key] for key in ("silent", "not_invited", "without_mail"))
    late = waiting_of(event)["late"]
    return [
        ToDo(
            late,
            ngettext("guest answered after the deadline", "guests answered after the deadline", late),
            _("Take it all the same, or set it aside."),
            _("Decide"),
            _page(event, "event_late"),
            "waits",
        ),
        ToDo(
            new,
            ngettext("guest is not invited yet", "guests are not invited yet", new),
            _("Their invitations have not been sent."),
            _("Invite them"),
            _send(event, Letter.Kind.INVITATION) or _page(event, "event_guests", invitation="drafted"),
            "waits",
        ),
        ToDo(
            silent,
            ngettext("invited guest has not answered", "invited guests have not answered", silent),
            _("Not to any part of the programme."),
            _("See who"),
            _page(event, "event_guests", standing="silent"),
            "waits",
        ),
        ToDo(
            unreachable,
            ngettext("guest has no mail address", "guests have no mail address", unreachable),
            _("Copy the link from the guest's page, or call."),
            _("See who"),
            _page(event, "event_guests", standing="without_mail"),
        ),
        ToDo(
            seen.waiting,
            ngettext("guest is on a waiting list", "guests are on waiting lists", seen.waiting),
            _("More places let the first in line in at once."),
            _("See the lists"),
            _page(event, "event_waiting"),
        ),
    ]


def step_after(event):
    """(title, address) of what comes after the day: to say that it was held, then to say thank you; or None."""
    if event.state in (Event.State.OPEN, Event.State.CLOSED):
        return _("Mark as held"), reverse("admin:event_state", args=[event.pk, Event.State.HELD])
    if event.state == Event.State.HELD and not Message.objects.filter(event=event, letter=Letter.Kind.THANKS).exists():
        return _("Say thank you"), _send(event, Letter.Kind.THANKS)
    return None


def next_step(event, seen):
    """(title, address) of the one likely action, or None."""
    if not seen.parts:
        return _("Make the programme"), reverse("admin:event_programme_add", args=[event.pk])
    if not seen.guests["all"]:
        return _("Bring in the guests"), _page(event, "event_guest_list_import") or _page(event, "event_guests_add")
    if event.state == Event.State.DRAFT:
        return _("Open for answers"), reverse("admin:event_state", args=[event.pk, Event.State.OPEN])
    if event.state != Event.State.OPEN:
        return None
    if seen.guests["not_invited"]:
        return _("Send the invitations"), _send(event, Letter.Kind.INVITATION)
    return _silent_step(event, seen) if seen.guests["silent"] else None


def _silent_step(event, seen):
    """A reminder, once the last letter to all has been there some days; before that at least who it is."""
    today, _answered = seen.trend[-1]
    if all(today - day >= READING for _kind, day in seen.letters):
        return _("Remind those who have not answered"), _send(event, Letter.Kind.REMINDER)
    return _("See who has not answered"), _page(event, "event_guests", standing="silent")


def _marks(letters):
    names = dict(Letter.Kind.choices)
    return [(day, str(names[kind])) for kind, day in letters]
