"""`/i/<token>/substitute/`: "I can't, but a colleague would like to"."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from ..actions import substitutes
from ..forms.substitutes import SubstituteForm
from ..models import Event, History, Substitute
from .doors import guest_only, token_of
from .steps import show_step, too_late

TITLE = _("A colleague instead of you")
WEB = History.Channel.WEB
State = Substitute.State


@guest_only("GET", "HEAD", "POST")
def substitute(request, guest):
    """The proposal and what has become of it; while it waits it can be changed or withdrawn."""
    latest = Substitute.objects.filter(guest=guest).first()
    may_propose = guest.event.state == Event.State.OPEN and not (latest and latest.state == State.APPROVED)
    is_withdrawn = "withdraw" in request.POST
    if request.method == "POST" and guest.event.state == Event.State.CLOSED and not is_withdrawn:
        return too_late(
            request, guest, "events/substitute.html", SubstituteForm(request.POST), latest=latest, step_title=TITLE
        )
    if request.method != "POST" or not may_propose:
        return _page(request, guest, latest, SubstituteForm(initial=_typed(latest)) if may_propose else None)
    if is_withdrawn:
        substitutes.withdraw(guest, by=None, channel=WEB, now=timezone.now())
        return _back(request)
    form = SubstituteForm(request.POST)
    if not form.is_valid():
        return _page(request, guest, latest, form, status=422)
    substitutes.propose(guest, **form.cleaned_data, by=None, channel=WEB, now=timezone.now())
    return _back(request)


def _typed(latest):
    """A proposal that waits stands in the form, to be put right."""
    if latest is None or latest.state != State.PROPOSED:
        return {}
    return {"name": latest.name, "email": latest.email, "word": latest.word}


def _back(request):
    address = reverse("substitute", args=[token_of(request)])
    return HttpResponse(status=303, headers={"Location": address})


def _page(request, guest, latest, form, *, status=200):
    return show_step(
        request, guest, "events/substitute.html", status=status, form=form, latest=latest,
        step_title=TITLE,
    )  # fmt: skip
