"""Times and statuses typed by hand: a list to go through by keyboard, where each line is saved at once; without
scripts all lines are sent together.
"""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from ..actions import typing
from ..models import Activity, Guest, History, Race
from ..reports.time_words import REASONS
from .access import access_of
from .guest_list import found_by
from .pages import show
from .typing_rows import Typed, rows_of, tell, wish_of

ROWS_A_PAGE = 200  # each has three fields, of 2000 that a page may send
WAITING = ("ask", "wrong", "meanwhile")


def races_of(event):
    """The races on the programme, in order."""
    return list(Activity.objects.filter(event=event, kind=Activity.Kind.RACE).on().in_order())


def chosen_race(request):
    """(race activity that ?part= names, else the first; all races). 404 for a race that is none of the event's."""
    races, wanted = races_of(request.event), request.POST.get("part") or request.GET.get("part", "")
    activity = next((each for each in races if each.slug == wanted), None if wanted else next(iter(races), None))
    if wanted and activity is None:
        raise Http404
    return activity, races


def no_race(request, title):
    """What to do first, for who may."""
    may_plan = access_of(request).organises(request.event.pk)
    return show(request, "admin/race/no_race.html", title, may_plan=may_plan)


@require_http_methods(["GET", "HEAD", "POST"])
def times(request):
    """The list. ?q= finds runners; POST writes every line that was changed."""
    activity, races = chosen_race(request)
    if activity is None:
        return no_race(request, _("Write times"))
    race = Race.objects.of(activity)
    if request.method == "POST":
        return _write_all(request, activity, race, races)
    return _list(request, activity, race, races, _page_of(request, activity, race))


def _page_of(request, activity, race):
    """The page of rows in hand, and those of the search alone when there is one."""
    query, guests = request.GET.get("q", "").strip(), None
    if query and not query.isdecimal():
        found = found_by("search_text", Guest.objects.filter(event=request.event), query)
        guests = found.values("pk")
    rows = rows_of(activity, race, guests)
    if query.isdecimal():
        rows = [row for row in rows if row.bib == int(query)]
    return Paginator(rows, ROWS_A_PAGE).get_page(request.GET.get("p"))


def _list(request, activity, race, races, page, status=200):
    return show(
        request, "admin/race/times.html", _("Write times"), status, activity=activity, race=race, races=races,
        page=page,
        query=request.GET.get("q", ""), reasons=REASONS.items(), reason=request.POST.get("reason", ""),
        waiting=sum(row.note in WAITING for row in page),
    )  # fmt: skip


def _write_all(request, activity, race, races):
    page = _page_of(request, activity, race)
    typed = {row.guest.pk: _typed(request, row) for row in page if _is_meant(request, row)}
    told = _written(request, activity, race, page, typed)
    page = _page_of(request, activity, Race.objects.of(activity))
    saved = 0
    for row in page:
        if row.guest.pk in told:
            told[row.guest.pk](row)
            saved += row.note not in WAITING
    if all(row.note not in WAITING for row in page):
        if saved:
            messages.success(request, ngettext("%(n)s line saved.", "%(n)s lines saved.", saved) % {"n": saved})
        return HttpResponseRedirect(request.get_full_path())
    return _list(request, activity, race, races, page, 422)


def _is_meant(request, row):
    """Only lines in which something was typed; what others write meanwhile is left alone."""
    key = row.guest.pk
    text = request.POST.get(f"time-{key}")
    return text is not None and (text != request.POST.get(f"was-{key}", "") or f"as-{key}" in request.POST)


def _typed(request, row):
    key, post = row.guest.pk, request.POST
    chosen = post.get(f"as-{key}", "")
    seen = post.get(f"seen-{key}", "")
    return Typed(post.get(f"time-{key}", ""), int(chosen) if chosen.isdecimal() else None, seen)


def _written(request, activity, race, rows, typed):
    """{guest: what puts the outcome into its row}."""
    wishes, told = {}, {}
    for row in rows:
        key = row.guest.pk
        if key in typed:
            wishes[key] = wish_of(row, typed[key], race.window)
            told[key] = _as_asked(row)
    meant = [wish for wish in wishes.values() if wish]
    reason = request.POST.get("reason", "")
    outcomes = typing.write(
        activity, meant, by=request.user, channel=History.Channel.OFFICE, now=timezone.now(),
        reason=reason if reason in REASONS else "",
    ) if meant else {}  # fmt: skip
    return told | {key: _as_written(wishes[key], outcome, race.window) for key, outcome in outcomes.items()}


def _as_asked(asked):
    def put(row):
        row.text, row.note, row.words, row.choices = asked.text, asked.note, asked.words, asked.choices

    return put


def _as_written(wish, outcome, window):
    return lambda row: tell(row, wish, outcome, window)


def _address(activity):
    return reverse("admin:event_times", args=[activity.event_id]) + "?" + urlencode({"part": activity.slug})


@require_POST
def time_of(request, guest_id):
    """One line, as the script sends it: the line as it stands then."""
    activity, _races = chosen_race(request)
    race = Race.objects.of(activity) if activity else None
    row = next(iter(rows_of(activity, race, [guest_id])), None) if race else None
    if row is None:
        raise Http404
    told = _written(request, activity, race, [row], {guest_id: _typed(request, row)})
    fresh = next(iter(rows_of(activity, Race.objects.of(activity), [guest_id])), row)
    told[guest_id](fresh)
    return _line(request, activity, fresh, status=422 if fresh.note in WAITING else 200)


def _line(request, activity, row, status):
    return render(request, "admin/race/time_row.html", {"row": row, "activity": activity}, status=status)


@require_POST
def undo(request):
    """Takes back what this person wrote last."""
    activity, _races = chosen_race(request)
    if activity is None:
        raise Http404
    entry = typing.undo_last(activity, by=request.user, channel=History.Channel.OFFICE, now=timezone.now())
    if entry is None:
        messages.info(request, _("There is nothing of yours to take back."))
    else:
        messages.success(request, _("Taken back: what you wrote of %(name)s.") % {"name": entry.guest.name_in_lists})
    return HttpResponseRedirect(_address(activity))
