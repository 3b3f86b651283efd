"""`/i/<token>/not-me/`: the link was forwarded. A request to the organisers, and never an answer for the guest."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from ..actions import voices
from ..forms.voices import NotMeForm
from ..models import Event, History
from .doors import guest_only, token_of
from .steps import show_step


@guest_only("GET", "HEAD", "POST")
def not_me(request, guest):
    """Asks who it is; nothing is shown of what anybody wrote before."""
    may_say = guest.event.state == Event.State.OPEN
    form = NotMeForm(request.POST if request.method == "POST" else None) if may_say else None
    if request.method == "POST" and form and form.is_valid():
        voices.not_me(guest, **form.cleaned_data, by=None, channel=History.Channel.WEB, now=timezone.now())
        address = reverse("not_me_thanks", args=[token_of(request)])
        return HttpResponse(status=303, headers={"Location": address})
    return _page(request, guest, gettext("Is this not you?"), form=form, status=422 if form and form.errors else 200)


@guest_only("GET", "HEAD")
def not_me_thanks(request, guest):
    return _page(request, guest, gettext("Thank you for telling us"), is_told=True)


def _page(request, guest, title, **context):
    home = reverse("guest_page", args=[token_of(request)])
    return show_step(request, guest, "events/not_me.html", step_title=title, home_url=home, skip_url=home, **context)
