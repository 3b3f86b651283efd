"""A race's board: for whoever has its link, on a phone, and large on the wall at dinner."""

import re
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpResponse, HttpResponseNotModified
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import get_conditional_response
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
POLLED = re.compile(r"/live/([0-9A-Za-z]{34})/board\.json")


def KnownBoard(get_response):
    """Before all other middleware: whoever asks for a board and has it already hears so at once (304), without a line
    in the log, for hundreds ask at a time and nothing has happened. Everybody else goes the usual way.
    """

    def handle(request):
        known = request.META.get("HTTP_IF_NONE_MATCH")
        polled = known and request.method == "GET" and POLLED.fullmatch(request.path_info)
        if polled and (request.is_secure() or not settings.SECURE_SSL_REDIRECT):
            found = reports.find(polled[1])
            etag = found and _etag(request, found)
            if etag and etag in known:
                return HttpResponseNotModified(headers=_kept_by_all(etag))
        return get_response(request)

    return handle


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
    headers = _kept_by_all(_etag(request, found))
    response = get_conditional_response(request, etag=headers["ETag"])
    if response is not None:
        for name, value in headers.items():
            response[name] = value
        return response
    if _is_packed(request):
        return HttpResponse(
            found.packed, content_type="application/json", headers={**headers, "Content-Encoding": "gzip"}
        )
    return HttpResponse(found.body, content_type="application/json", headers=headers)


def _is_packed(request):
    return "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")


def _etag(request, found):
    return f'"{found.version}-gz"' if _is_packed(request) else f'"{found.version}"'


def _kept_by_all(etag):
    return {
        "ETag": etag, "Cache-Control": SHARED, "Vary": "Accept-Encoding", "X-Robots-Tag": "noindex, nofollow",
        "X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin",
    }  # fmt: skip


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
        "updated": gettext("Updated %(clock)s") % {"clock": _clock(f"{_here(found):%H:%M:%S}")},
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
    return gettext("starts %(clock)s") % {"clock": _clock(row.start)} if row.start else ""


def _clock(text):
    """ "16:00:10" as the language writes it."""
    return text.replace(":", ".") if get_language() == "fi" else text


def _here(found):
    """The moment, in the event's own zone."""
    return timezone.now().astimezone(found.starts_at.tzinfo)


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
        Show.IN_GOAL: gettext("Finished"),
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
        ("start", gettext("starts %(clock)s")),
        ("in", gettext("Finished: %(name)s %(time)s")),
        ("several", gettext("Several runners have just reached the finish.")),
        ("updated", gettext("Updated %(clock)s")),
        ("offline", gettext("No contact just now. This is as it was at %(clock)s.")),
        ("pin", gettext("Show on top")),
        ("unpin", gettext("No longer on top")),
        *((f"status-{value.lower()}", str(label)) for value, label in Result.Status.choices),
    ]
