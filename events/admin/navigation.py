"""The way around: the event's life in order, then what spans events; each sees only what opens."""

from dataclasses import dataclass, field

from django.db.models import Exists, F, Func, IntegerField, OuterRef, Subquery
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..domain.reminders import LETTERS
from ..models import (
    Answer,
    Cheer,
    Event,
    Guest,
    History,
    Message,
    Occurrence,
    Photo,
    Postbox,
    Received,
    RemovalRequest,
    Substitute,
    Voice,
)
from ..models.prepared import Prepared
from ..models.reminder import letters_of_use
from .access import access_of

_BEHIND = {"sendings": "outbox"}  # pages without a link of their own, and the one they stand behind


@dataclass
class Link:
    """waits: how many things wait behind it; 0 shows no number."""

    title: str
    url: str
    is_here: bool = False
    waits: int = 0


@dataclass
class Navigation:
    event: Event | None
    events: list
    main: list = field(default_factory=list)
    groups: list = field(default_factory=list)

    @property
    def quick(self):
        """What the bar at the foot of a phone's screen shows beside the menu."""
        return self.main[:3]


def navigation(request):
    """Built for the page in hand: request.event is the chosen event, request.path says where we are."""
    access = access_of(request)
    event = getattr(request, "event", None)
    built = Navigation(
        event=event,
        events=[Link(str(each), way_in(access, each), each == event) for each in access.worked_on.values()],
    )
    if event:
        _event_links(built, request, access)
    if access.is_organiser:
        _links_across(built, request)
    if request.user.is_superuser:
        built.groups.append((_("Administration"), _links(request, _superuser_pages())))
    return built


def way_in(access, event):
    """The address at which this user arrives at the event."""
    return reverse(f"admin:{access.first_page(event.pk)}", args=[event.pk])


def waiting_of(event):
    """{section: how many wait there, and of the voices how many are of which kind}, in one query a page."""
    if not hasattr(event, "waits"):
        event.waits = _count_what_waits(event)
        event.postbox = Postbox.of_columns(event.waits)
    return event.waits


def postbox_beside(event):
    """The postbox that all mails go through, read with what waits at the event."""
    waiting_of(event)
    return event.postbox


def _count_what_waits(event):
    """The missed letters are counted by kind in the query, which knows no clock."""
    waits = _waits(event.pk)[0]
    missed = {letter: waits.pop(f"missed_{letter}") for letter in LETTERS}
    of_use = letters_of_use(event, now=timezone.now())
    by_itself = sum(count for letter, count in missed.items() if letter in of_use)
    return {**waits, "by_itself": by_itself, "photos": waits["photos_waiting"] + waits["photos_asked"]}


def _all_that_waits(event_id):
    """One row of counts, none of which looks at guest after guest of the event."""
    theirs = Exists(Guest.objects.filter(pk=OuterRef("guest"), event=OuterRef(OuterRef("pk"))))
    failed = Message.objects.filter(event=OuterRef("pk"), state__in=["failed", "uncertain"])
    waiting = Answer.objects.filter(activity__event=OuterRef("pk"), state="waiting")
    proposed = Substitute.objects.filter(theirs, state="proposed")
    unread = Voice.objects.filter(theirs).unread()
    missed = Occurrence.objects.filter(reminder__event=OuterRef("pk")).missed()
    counts = {
        "outbox": _count(failed),
        "waiting": _count(waiting),
        "substitutes": _count(proposed),
        "voices": _count(unread),
        "inbox": _count(Received.objects.filter(event=OuterRef("pk")).held()),
        "late": _count(History.objects.filter(event=OuterRef("pk")).open_wishes()),
        "not_me": _count(unread.filter(kind=Voice.Kind.NOT_ME)),
        "cheers": _count(Cheer.objects.waiting().filter(activity__event=OuterRef("pk"))),
        "photos_waiting": _count(Photo.objects.made().filter(event=OuterRef("pk"), state="waiting")),
        "photos_asked": _count(Photo.objects.filter(_is_asked_away(), event=OuterRef("pk"))),
        "photos_failed": _count(Photo.objects.filter(event=OuterRef("pk"), work="refused")),
    }
    for letter in LETTERS:
        counts[f"missed_{letter}"] = _count(missed.filter(reminder__letter=letter))
    counts |= Postbox.columns()
    return Event.objects.filter(pk=event_id).annotate(**counts).values(*counts)


def _is_asked_away():
    """Several may have asked for the same photo: one decision answers them."""
    return Exists(RemovalRequest.objects.filter(photo=OuterRef("pk"), decision="open"))


def _count(rows):
    """Not as an aggregate of Django's, which would group."""
    heads = Func(F("pk"), function="COUNT", output_field=IntegerField())
    return Subquery(rows.order_by().annotate(n=heads).values("n"))


_waits = Prepared(_all_that_waits, example=-1)


def _waiting_for_host(event, access):
    """The same for a host: of the own guests only."""
    return {"voices": access.voices().filter(guest__event=event).unread().count()} if access.host else {}


def _event_links(built, request, access):
    """The pages of the event that open to this user, in groups; on a phone the first few stand at the foot."""
    event = built.event
    waits = waiting_of(event) if access.organises(event.pk) else _waiting_for_host(event, access)
    guests = _("Guests") if access.organises(event.pk) else _("My guests")
    main = [(_("Overview"), "event_overview"), (guests, "event_guests"), (_("Outbox"), "event_outbox")]
    prepare = [
        (_("Programme"), "event_programme"),
        (guests, "event_guests"),
        (_("Letters"), "event_letters"),
        (_("Settings"), "events_event_change"),
    ]
    invite = [
        (_("Send a letter"), "event_send_choose"),
        (_("Goes out by itself"), "event_by_itself"),
        (_("Outbox"), "event_outbox"),
        (_("Answers"), "event_answers"),
        (_("Inbox"), "event_inbox"),
        (_("Waiting lists"), "event_waiting"),
        (_("Kitchen"), "event_kitchen"),
        (_("Substitutes"), "event_substitutes"),
        (_("Voices"), "event_voices"),
        (_("Race and questions"), "event_told"),
    ]
    race = [
        (_("Race day"), "event_race_day"),
        (_("Set-up"), "event_race_setup"),
        (_("Start list"), "event_starts"),
        (_("Results in"), "event_results_in"),
        (_("Write times"), "event_times"),
        (_("Board"), "event_board"),
        (_("Cheers"), "event_cheers"),
        (_("Documents"), "event_documents"),
        (_("Speaker's sheet"), "event_speaker"),
    ]
    photos = [
        (_("Photos"), "event_photos"),
        (_("Add photos"), "event_photo_add"),
        (_("Gallery settings"), "event_gallery"),
        (_("Photographer's list"), "event_photographer"),
    ]
    groups = [
        ("", main[:1]),
        (_("Prepare"), prepare),
        (_("Invite"), invite),
        (_("Race"), race),
        (_("Photos"), photos),
    ]
    for title, pages in groups:
        mine = [(name, page) for name, page in pages if access.opens(page, event.pk)]
        if mine:
            built.groups.append((title, _links(request, mine, event, waits)))
    if access.organises(event.pk):
        built.main = _links(request, main, event, waits)
    else:
        built.main = [link for _title, links in built.groups for link in links]
        built.groups = [("", built.main)] if built.main else []


def _links_across(built, request):
    pages = [
        (_("Contacts"), "events_contact_changelist"),
        (_("Companies"), "events_company_changelist"),
        (_("Hosts"), "events_host_changelist"),
        (_("Consents"), "events_consent_changelist"),
        (_("History"), "events_history_changelist"),
    ]
    built.groups.append((_("Across events"), _links(request, pages)))


def _superuser_pages():
    return [
        (_("Series"), "events_series_changelist"),
        (_("Logins"), "auth_user_changelist"),
        (_("Memberships"), "events_membership_changelist"),
    ]


def _links(request, pages, event=None, waits=None):
    """Only pages that are there: a part that joins later joins its link. Of pages below one another the nearest is
    where we are.
    """
    links, near = [], []
    for title, name in pages:
        try:
            url = reverse(f"admin:{name}", args=[event.pk] if event else [])
        except NoReverseMatch:
            continue
        key = name.removeprefix("event_")
        near.append(_nearness(request, url, key))
        links.append(Link(title, url, waits=(waits or {}).get(key, 0)))
    for link, nearness in zip(links, near, strict=True):
        link.is_here = bool(nearness) and nearness == max(near)
    return links


def _nearness(request, url, key):
    """How much of the address in hand leads to this page, more than any where the page says that it stands there."""
    section = getattr(request, "section", "")
    if key in (section, _BEHIND.get(section or request.path.rsplit("/", 2)[-2])):
        return len(request.path) + 1
    return len(url) if request.path.startswith(url) else 0
