"""A race's board: for whoever has its link, on a phone, and large on the wall at dinner."""

from urllib.parse import urlencode

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from ..domain import boards as domain
from ..domain import dates
from ..domain.boards import Show
from ..domain.racetime import printed
from ..models import Result, Texts
from ..reports import board as reports
from ..reports.results import called
from .doors import unknown_link

SHARED = "public, max-age=5, s-maxage=5"
LONGEST_SEARCH = 60


@require_safe
def board(request, token):
    """`/live/<token>/`: who is on the way and who is in; `?screen=1` for the wall."""
    found = reports.find(token)
    if found is None:
        return unknown_link(request)
    asked = _asked(request)
    template = "events/live_screen.html" if request.GET.get("screen") else "events/live.html"
    return render(request, template, _context(request, found, **asked))


@require_safe
def board_json(request, token):
    """`/live/<token>/board.json`: the same for scripts; a 304 costs no query.

    Packed here, for the ETag is strong: of these very bytes.
    """
    found = reports.find(token)
    if found is None:
        return unknown_link(request)
    is_packed = "gzip" in request.headers.get("Accept-Encoding", "")
    etag = f'"{found.version}-gz"' if is_packed else f'"{found.version}"'
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(found.packed if is_packed else found.body, content_type="application/json")
        if is_packed:
            response["Content-Encoding"] = "gzip"
    response["ETag"], response["Cache-Control"] = etag, SHARED
    patch_vary_headers(response, ["Accept-Encoding"])
    return response


def _asked(request):
    """What the address asks for; whatever cannot be read asks for nothing."""
    show, me = request.GET.get("show", ""), request.GET.get("me", "")
    return {
        "show": Show(show) if show in list(Show) else Show.ALL,
        "looked_for": request.GET.get("q", "").strip()[:LONGEST_SEARCH],
        "me": int(me) if me.isascii() and me.isdigit() and len(me) < 19 else None,
    }


def _context(request, found, *, show, looked_for, me):
    classes = {pk: str(title) for pk, title in (found.classes or {}).items()}
    rows = domain.chosen(found.rows, show, looked_for, classes)
    name, email, phone = found.contact
    asked = {"show": show if show != Show.ALL else "", "q": looked_for, "me": me or ""}
    counted = domain.counts(found.rows)
    return {
        "board": found,
        "event": {"title": str(Texts(found.title or {}))},
        "part": str(Texts(found.part or {})),
        "contact": {"name": name, "email": email, "phone": phone},
        "here": request.get_full_path(),
        "show": show,
        "looked_for": looked_for,
        "rows": [_shown(row, classes, asked, me) for row in rows],
        "empty_row": _shown(domain.Row(number=0), classes, asked, None),
        "me": next((_shown(row, classes, asked, me) for row in found.rows if row.number == me), None),
        "asked_me": me or "",
        "cheers": _cheers(found),
        "tabs": [(_words(each), each, counted[each], _query(asked, show=each), each == show) for each in Show],
        "whole_url": _query(asked, q=""),
        "screen_url": "?screen=1",
        "updated": gettext("Updated %(clock)s") % {"clock": _clock(f"{timezone.localtime():%H:%M:%S}")},
        "starts": _starts(found),
        "language": get_language(),
        "words": _for_scripts(),
        "in_goal": counted[Show.IN_GOAL],
        "all": counted[Show.ALL],
    }


def _shown(row, classes, asked, me):
    """A row in the words of the page."""
    of = [row.company, classes.get(row.race_class, "")]
    if row.name and row.bib is not None:
        of.append(gettext("no. %(number)s") % {"number": row.bib})
    is_me = row.number == me
    return {
        "number": row.number,
        "who": called(row),
        "of": " · ".join(filter(None, of)),
        "place": row.place,
        "time": _time(row),
        "is_in": domain.has_finished(row),
        "is_timed": row.time_ms is not None,
        "is_me": is_me,
        "pin_url": _query(asked, me="" if is_me else row.number),
    }


def _time(row):
    if row.time_ms is not None:
        return printed(row.time_ms, get_language())
    if row.status:
        return str(Result.Status(row.status).label)
    return gettext("start %(clock)s") % {"clock": _clock(row.start)} if row.start else ""


def _clock(text):
    """ "16:00:10" as the language writes it."""
    return text.replace(":", ".") if get_language() == "fi" else text


def _starts(found):
    at, language = found.starts_at, get_language()
    return f"{dates.capitalised(dates.day(at, language))} {dates.at_clock(at, language)}" if at else ""


def _cheers(found):
    """[(to whom, what, from whom)] in words."""
    names = {row.number: row.name for row in found.rows}
    return [
        (gettext("To %(name)s") % {"name": names[line.number]}, line.text, line.sender or gettext("a guest"))
        for line in found.cheers
    ]


def _words(show):
    return {
        Show.ALL: gettext("All"),
        Show.ON_THE_WAY: gettext("On the way"),
        Show.IN_GOAL: gettext("In goal"),
    }[show]


def _query(asked, **other):
    """ "?show=…" with what else was asked for; "?" alone asks for everything."""
    asked = {name: value for name, value in {**asked, **other}.items() if value and value != Show.ALL}
    return "?" + urlencode(asked)


def _for_scripts():
    """[(name, words)] of what the page's script may have to say."""
    return [
        ("bib", gettext("Bib %(number)s")),
        ("number", gettext("no. %(number)s")),
        ("guest", gettext("A guest")),
        ("sender", gettext("a guest")),
        ("to", gettext("To %(name)s")),
        ("start", gettext("start %(clock)s")),
        ("in", gettext("In goal: %(name)s %(time)s")),
        ("several", gettext("Several runners have just reached the finish.")),
        ("updated", gettext("Updated %(clock)s")),
        ("offline", gettext("No contact just now. This is as it was at %(clock)s.")),
        ("pin", gettext("Show on top")),
        ("unpin", gettext("No longer on top")),
        *((f"status-{value.lower()}", str(label)) for value, label in Result.Status.choices),
    ]
