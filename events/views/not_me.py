"""`/i/<token>/not-me/`: the link was forwarded. A request to the organisers, and never an answer for the guest."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, gettext_lazy

from ..actions import voices
from ..forms.voices import NotMeForm
from ..models import Event, History
from .doors import guest_only, token_of
from .steps import show_step, too_late

TITLE = gettext_lazy("Is this not you?")


@guest_only("GET", "HEAD", "POST")
def not_me(request, guest):
    """Asks who it is; nothing is shown of what anybody wrote before."""
    may_say = guest.event.state == Event.State.OPEN
    if request.method == "POST" and guest.event.state == Event.State.CLOSED:
        context = {"step_title": TITLE, "home_url": _home(request), "skip_url": _home(request)}
        return too_late(request, guest, "events/not_me.html", NotMeForm(request.POST), **context)
    form = NotMeForm(request.POST if request.method == "POST" else None) if may_say else None
    if request.method == "POST" and form and form.is_valid():
        voices.not_me(guest, **form.cleaned_data, by=None, channel=History.Channel.WEB, now=timezone.now())
        address = reverse("not_me_thanks", args=[token_of(request)])
        return HttpResponse(status=303, headers={"Location": address})
    return _page(request, guest, TITLE, form=form, status=422 if form and form.errors else 200)


@guest_only("GET", "HEAD")
def not_me_thanks(request, guest):
    return _page(request, guest, gettext("Thank you for telling us"), is_told=True)


def _home(request):
    return reverse("guest_page", args=[token_of(request)])


def _page(request, guest, title, **context):
    home = _home(request)
    return show_step(request, guest, "events/not_me.html", step_title=title, home_url=home, skip_url=home, **context)
