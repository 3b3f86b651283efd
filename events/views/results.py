"""The results: the guest's own first, then the contests, then the others by consent."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..actions import results as deeds
from ..actions.earlier_times import is_open
from ..domain.documents.shares import Shape
from ..forms.results import ShownForm
from ..models import Activity, Consent, History, Race, Result
from ..models.photo import photo_facts
from ..models.result_words import clock
from ..reports import contests, own_results
from ..reports.results import called, label_of, lines, seen_by_guests
from .cards import around
from .cheering import cheers_context
from .doors import guest_only, token_of, unknown_link
from .photos import strip_beside

PER_PAGE = 100
WITHOUT_DIPLOMA = (Result.Status.DNS, Result.Status.UNCLEAR)


@guest_only("GET", "HEAD", "POST")
def results(request, guest):
    """`/i/<token>/results/`: GET shows, POST keeps what the guest chooses to show. A kind page while there is nothing
    to see, and the warm 404 where nobody runs.
    """
    races = list(Race.objects.at(guest.event_id).annotate(**photo_facts(guest.event_id, guest)))
    entries = own_results.party_entries(guest, [race.activity_id for race in races])
    shown = [race for race in races if race.is_published]
    if not shown:
        return _nothing_yet(request, guest, races, entries)
    race = _chosen(shown, entries, request.GET.get("race", ""))
    mine = [entry for entry in entries if entry.activity_id == race.activity_id]
    forms = [ShownForm(request.POST or None, entry=entry, race=race) for entry in mine]
    if request.method == "POST":
        for form in forms:
            if form.is_valid():
                deeds.choose(form.entry, form.chosen, by=None, channel=History.Channel.WEB, now=timezone.now())
        return HttpResponse(status=303, headers={"Location": f"{request.path}?race={race.activity.slug}#shown"})
    return _page(request, guest, shown, race, mine, forms)


def _chosen(races, entries, slug):
    """The race of the address, else the first in which somebody of the party runs."""
    theirs = {entry.activity_id for entry in entries}
    ordered = sorted(races, key=lambda race: race.activity_id not in theirs)
    return next((race for race in ordered if race.activity.slug == slug), ordered[0])


def _page(request, guest, races, race, mine, forms):
    rows = lines(race)
    listed = Paginator(seen_by_guests(race, rows), PER_PAGE).get_page(request.GET.get("page"))
    token, own_keys = token_of(request), {entry.pk: entry.guest_id == guest.pk for entry in mine}
    context = {
        **_around(request, guest),
        **cheers_context(request, guest),
        **strip_beside(request, guest, races),
        "race": race,
        "provisional": label_of(race),
        "own": [_own(own, token) for own in own_results.of_party(race, mine)] if listed.number == 1 else [],
        "contests": contests.seen_by(race, {entry.guest_id for entry in mine}, guest.company_name, rows),
        "page": listed,
        "rows": [_row(row, own_keys) for row in listed.object_list],
        "forms": forms,
        "name_is_shown": _name_is_shown(guest),
        "other_races": [each for each in races if each.pk != race.pk],
    }
    return render(request, "events/results.html", context)


def _around(request, guest):
    return {**around(guest), "token": token_of(request)}


def _own(own, token):
    """One of the party's results with what can be taken along."""
    takes = []
    if own.result is not None and own.result.status not in WITHOUT_DIPLOMA:
        takes = [
            (_address("diploma", token, own), _("Diploma (PDF)")),
            (_address("share_picture", token, own, shape=Shape.SQUARE), _("Picture to share")),
            (_address("share_picture", token, own, shape=Shape.STORY), _("Tall picture to share")),
        ]
    return {"own": own, "takes": takes}


def _address(name, token, own, **kwargs):
    """With the entry, for there may be companions, and several races."""
    return f"{reverse(name, kwargs={'token': token, **kwargs})}?entry={own.entry.pk}"


def _row(row, own_keys):
    return {
        "called": called(row),
        "company": row.company,
        "race_class": row.race_class,
        "place": row.place,
        "time": clock(row.time_ms),
        "gap": f"+{clock(row.gap_ms)}" if row.gap_ms else "",
        "status": row.status,
        "is_own": row.key in own_keys,
        "is_self": own_keys.get(row.key, False),
    }


def _name_is_shown(guest):
    said = Consent.objects.said_by(guest).get(Consent.Purpose.NAME)
    return bool(said and said.is_given)


def _nothing_yet(request, guest, races, entries):
    if not races and not guest.event.activity_set.filter(kind=Activity.Kind.RACE, cancelled_at=None).exists():
        return unknown_link(request)
    theirs = {entry.activity_id for entry in entries}
    race = next((race for race in races if race.activity_id in theirs), None)
    years = own_results.of_years(race, guest) if race and race.course_id and guest.contact_id else None
    may_tell = bool(years is not None and is_open(race, now=timezone.now()))
    context = {**_around(request, guest), "race": race, "years": years, "may_tell": may_tell}
    return render(request, "events/results_wait.html", context)
