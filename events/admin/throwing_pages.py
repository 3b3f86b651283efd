"""A draft made by mistake is thrown away: what goes with it is told, and asked once; else why it stays."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ..actions import throwing_away
from ..models import Event
from ..models import unused as reasons
from ..models.unused import Goes, why_it_stays
from .event_pages import STEPS
from .pages import show

both = require_http_methods(["GET", "HEAD", "POST"])


@both
def throw_away(request):
    """GET says what goes, or why not; POST does it, where nothing has come to it since it was looked at."""
    event, is_news = request.event, False
    if request.method == "POST":
        title = str(event)
        try:
            throwing_away.throw_away(event, seen=request.POST.get("seen", ""), by=request.user, now=timezone.now())
        except throwing_away.HasALife:
            pass  # the page says why
        except throwing_away.LooksDifferent:
            is_news = True
        else:
            said = _("%(event)s is gone. Whoever stood on its list is still a contact.")
            messages.success(request, said % {"event": title})
            return HttpResponseRedirect(reverse("admin:index") + "?all=1")
    why = why_it_stays(event)
    status = 422 if request.method == "POST" else 200
    return _stays(request, why, status) if why else _ask(request, is_news, status)


def _ask(request, is_news, status):
    goes = Goes.of(request.event)
    title = _("Throw away %(event)s?") % {"event": request.event}
    return show(
        request, "admin/events/throw_away.html", title, status=status, goes=_told(goes), seen=goes.mark,
        is_news=is_news, back=_overview(request),
    )  # fmt: skip


def _told(goes):
    """[(how many, of what)]."""
    return [
        (goes.guests, ngettext("guest, companions counted", "guests, companions counted", goes.guests)),
        (goes.letters, ngettext("letter in your own words", "letters in your own words", goes.letters)),
        (goes.parts, ngettext("part of the programme", "parts of the programme", goes.parts)),
    ]


def _stays(request, why, status):
    event = request.event
    may_be_cancelled = event.state in STEPS[Event.State.CANCELLED][0]
    return show(
        request, "admin/events/throw_away_not.html", _("%(event)s stays") % {"event": event}, status=status,
        reasons=[_sentence(code, event) for code in why], back=_overview(request),
        cancel_url=reverse("admin:event_state", args=[event.pk, Event.State.CANCELLED]) if may_be_cancelled else "",
    )  # fmt: skip


def _sentence(code, event):
    return {
        reasons.STATE: _("It is not a draft any more: %(state)s.") % {"state": event.get_state_display()},
        reasons.MAIL: _("Mails of it have been written or have come in, so somebody may know of it."),
        reasons.ANSWERS: _("Somebody has answered, or told you something."),
        reasons.RESULTS: _("There are times or results of a race."),
        reasons.PHOTOS: _("There are photos, or somebody has begun to add some."),
        reasons.FORGOTTEN: _("A guest of it was forgotten, and that this was done must stay on record."),
    }[code]


def _overview(request):
    return reverse("admin:event_overview", args=[request.event.pk])
