"""The start list, and what is done to one runner: bib, start, place in the row, somebody more."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import IntegrityError
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..actions import latecomers, starts, walk_ins
from ..forms.race import suggested_class
from ..forms.starts import StartForm, WalkInForm
from ..models import Entry, Guest, History, Race, RaceClass
from ..models.starters import starters
from ..reports.starts import NO_BIB, NO_START, start_list
from .access import access_of
from .guest_list import found_by
from .pages import show
from .race_setup_pages import chosen_race, how, race_of

ROWS, FOUND = 300, 20
both = require_http_methods(["GET", "HEAD", "POST"])
SORTS = ("start", "bib", "name", "company")
STEPS = {"up": -1, "down": 1}


def list_url(race, at=None):
    """The start list of the race; `at` is a guest to arrive at."""
    url = f"{reverse('admin:event_starts', args=[race.activity.event_id])}?race={race.activity.slug}"
    return f"{url}#g{at}" if at else url


@require_safe
def starts_of_race(request):
    """The start list: search, what is missing, in four orders."""
    found, race = chosen_race(request)
    if race is None:
        return show(request, "admin/race/starts.html", _("Start list"), race=None)
    wanted = {name: request.GET.get(name, "") for name in ("q", "only", "sort")}
    wanted["sort"] = wanted["sort"] if wanted["sort"] in SORTS else "start"
    listed = start_list(race, query=wanted["q"], only=wanted["only"], sort=wanted["sort"])
    page = Paginator(listed.rows, ROWS).get_page(request.GET.get("p"))
    organises = access_of(request).organises(request.event.pk)
    is_interval = race.start == Race.Start.INTERVAL
    is_in_row = is_interval and wanted["sort"] == "start" and not wanted["q"] and not wanted["only"]
    return show(
        request, "admin/race/starts.html", _("Start list"), races=found, race=race, listed=listed, page=page,
        organises=organises, is_in_row=is_in_row, is_interval=is_interval, is_waves=race.start == Race.Start.WAVES,
        last=starts.last_deed(race.activity) if organises else None, now=timezone.now(),
        filters=[("", _("everybody")), (NO_BIB, _("without a bib")), (NO_START, _("without a start time"))],
        sorts=[("start", _("by start")), ("bib", _("by bib")), ("name", _("by name")), ("company", _("by company"))],
        **wanted,
    )  # fmt: skip


def _runner(request, race, guest_id):
    """A guest who is coming to the race, else 404."""
    rows = Guest.objects.coming_to(race.activity).select_related("contact__company", "companion_of__contact")
    return get_object_or_404(rows, pk=guest_id, event=request.event)


@both
def runner(request, activity_id, guest_id):
    """One runner's bib and start, by typing."""
    race = race_of(request, activity_id, "starts")
    guest = _runner(request, race, guest_id)
    entry = Entry.objects.filter(guest=guest, activity=race.activity).first() or Entry(guest=guest)
    initial = {"bib": entry.bib, "slot_at": entry.slot_at, "wave": entry.wave_id}
    form = StartForm(request.POST if request.method == "POST" else None, race=race, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            starts.set_start(race.activity, guest, form.said, **how(request))
        except (starts.BibTaken, starts.SlotTaken, starts.WaveFull) as refused:
            form.add_error(*_why(refused))
        else:
            messages.success(request, _("Saved. Thank you!"))
            return HttpResponseRedirect(list_url(race, guest.pk))
    fitting = suggested_class(
        entry, RaceClass.objects.filter(activity=race.activity), race.activity.starts_at.year
    )  # fmt: skip
    return show(
        request, "admin/race/runner.html", guest.name, status=422 if form.errors else 200, form=form,
        errors=form.errors, race=race, guest=guest, entry=entry, list_url=list_url(race, guest.pk), fitting=fitting,
        organises=access_of(request).organises(request.event.pk),
    )  # fmt: skip


def _why(refused):
    """(field, sentence) for what somebody else has already."""
    if isinstance(refused, starts.WaveFull):
        return "wave", _("This wave is full. Choose another, or give it more room.")
    name = {"name": refused.entry.guest.name}
    if isinstance(refused, starts.BibTaken):
        return "bib", _("%(name)s has this bib. Choose another, or take it from there first.") % name
    return "slot_at", _("%(name)s starts at this moment. Choose another, or move up or down in the list.") % name


@require_POST
def move(request, activity_id):
    """One up or down, or to a place in the row: by button, by typing and by dragging alike."""
    race = race_of(request, activity_id, "starts")
    guest = _runner(request, race, _number(request.POST.get("guest")))
    step, place = STEPS.get(request.POST.get("to")), _number(request.POST.get("place"))
    if step:
        starts.move(race.activity, guest, lambda now_at: now_at + step, **how(request))
    elif place:
        starts.move(race.activity, guest, place, **how(request))
    return HttpResponseRedirect(list_url(race, guest.pk))


def _number(text):
    text = text or ""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


@require_POST
def next_free(request, activity_id):
    """The next free bib and start for one guest, or for all who lack them."""
    race = race_of(request, activity_id, "starts")
    guest = _runner(request, race, _number(request.POST["guest"])) if "guest" in request.POST else None
    given = latecomers.next_free(race.activity, [guest] if guest else None, **how(request))
    words = ngettext(
        "%(n)s runner has got what was missing.", "%(n)s runners have got what was missing.", given
    )  # fmt: skip
    if given:
        messages.success(request, words % {"n": given})
    elif race.start == Race.Start.WAVES and any(each.entry.wave_id is None for each in starters(race.activity)):
        messages.warning(request, _("No wave has room left. Give one of them more room, or add another."))
    else:
        messages.success(request, _("Nobody lacks anything."))
    return HttpResponseRedirect(list_url(race, guest.pk if guest else None))


@both
def more(request, activity_id):
    """Somebody more: a guest of the event who had not said yes, or somebody new. Both have bib and start at once."""
    race = race_of(request, activity_id, "starts")
    form = WalkInForm(request.POST if "name" in request.POST else None, event=request.event)
    met = how(request) | {"channel": History.Channel.MET}
    if request.method == "POST" and "guest" in request.POST:
        guest = get_object_or_404(_others(request, race), pk=_number(request.POST["guest"]))
        return _entered(request, race, walk_ins.enter(guest, race.activity, **met))
    if request.method == "POST" and form.is_valid():
        try:
            entered = walk_ins.enter_new(request.event, race.activity, form.cleaned_data, known=form.known, **met)
        except IntegrityError:  # pressed twice: the form says so when it is read again
            form = WalkInForm(request.POST, event=request.event)
        else:
            return _entered(request, race, entered)
    query = request.GET.get("q", "").strip()
    found = found_by("search_text", _others(request, race), query).order_by("sort_key", "pk")[:FOUND] if query else ()
    return show(
        request, "admin/race/more.html", _("Somebody more"), status=422 if form.errors else 200, form=form,
        errors=form.errors, race=race, query=query, found=found, list_url=list_url(race),
    )  # fmt: skip


def _others(request, race):
    """Guests of the event who are not coming to the race."""
    rows = Guest.objects.filter(event=request.event, forgotten_at=None)
    coming = Guest.objects.coming_to(race.activity).values("pk")
    return rows.exclude(pk__in=coming).select_related("event", "contact__company", "companion_of__contact")


def _entered(request, race, entered):
    guest = entered.guest
    if entered.entry is None:
        text = _("The race is full, so %(name)s is on the waiting list now. Give a place there if there is one.")
        messages.warning(request, text % {"name": guest.name})
        return HttpResponseRedirect(list_url(race))
    text = _("%(name)s is in, with bib %(bib)s.")
    messages.success(request, text % {"name": guest.name, "bib": entered.entry.bib})
    return HttpResponseRedirect(list_url(race, guest.pk))
