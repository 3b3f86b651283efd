"""A guest's own calendar: what to add to it, the private address it may look at, and ending that."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from ..actions import calendars
from ..domain import feeds, web_calendars
from ..domain.calendars import calendar_feed
from ..domain.links import Purpose
from ..models import Answer, Event, History, links
from ..models.entries import entries_in_feed, public_entry
from .cards import answers_of, around, ics_url
from .doors import guest_only, token_of, unknown_link

KEPT_SECONDS = 900


@require_safe
def feed(request, token):
    """`/c/<token>.ics`: the private calendar, in the guest's language whoever asks, and without a cookie.

    Whether a calendar has it already is known before it is written. Only by the ETag: a date would not tell of another
    language. A withdrawn invitation ends it in the one warm 404, as every link; so is met whoever never came to
    anything, for a calendar must not be empty (RFC 5545 §3.6) and no page names such an address.
    """
    invitation = links.find(token, Purpose.FEED)
    language = invitation.guest.mail_language if invitation else ""
    shown = entries_in_feed(invitation.guest, language=language, now=timezone.now()) if invitation else ()
    if not shown:
        return unknown_link(request)
    name = invitation.guest.event.title.in_language(language)
    etag = f'"{feeds.fingerprint(name, shown)}"'
    response = get_conditional_response(request, etag=etag) or HttpResponse(
        calendar_feed(name, shown, refresh=feeds.REFRESH),
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": 'inline; filename="calendar.ics"'},
    )
    response["ETag"], response["Content-Language"] = etag, language
    response["Cache-Control"] = f"private, max-age={KEPT_SECONDS}"
    response["Last-Modified"] = http_date(max(entry.stamped_at for entry in shown).timestamp())
    return response


@guest_only("GET", "HEAD", "POST")
def in_my_calendar(request, guest):
    """`/i/<token>/calendar/`: all ways to the calendar; the POST ends the private address and shows the next."""
    if request.method == "POST":
        calendars.end_subscription(guest, by=None, channel=History.Channel.WEB, now=timezone.now())
        to = reverse("in_my_calendar", args=[token_of(request)]) + "?ended=1"
        return HttpResponse(status=303, headers={"Location": to})
    context = {
        **around(guest),
        "ways": ways(guest, answers_of(guest), token_of(request)),
        "has_ended": "ended" in request.GET,
    }
    return render(request, "events/in_my_calendar.html", context)


def in_calendars(guest, answers):
    """Those of the guest's answers that a calendar has something of: the guest comes, and it takes place."""
    if guest.event.state == Event.State.CANCELLED:
        return []
    return [row for row in answers if row.state == Answer.State.COMING and not row.activity.is_cancelled]


def ways(guest, answers, token):
    """How what the guest comes to reaches a calendar; None while there is nothing to come to. No query."""
    event, language, coming = guest.event, get_language(), in_calendars(guest, answers)
    if not coming:
        return None
    address = links.feed_url(guest.invitation)
    return {
        "url": reverse("in_my_calendar", args=[token]),
        "feed_url": address,
        "webcal_url": "webcal" + address.removeprefix(settings.SITE.scheme),
        "activities": [
            {
                "title": str(answer.activity.title),
                "ics_url": ics_url(answer, token),
                "elsewhere": web_calendars.addresses(public_entry(answer, event=event, language=language)),
            }
            for answer in coming
        ],
    }
