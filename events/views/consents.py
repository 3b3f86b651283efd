"""Photos and being listed: three questions apart, and the way to take a yes back."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..actions import consents as agreeing
from ..domain import dates
from ..forms.consents import ConsentsForm, days_for
from ..models import Consent, Event, History
from ..models.consent_texts import TEXTS
from .doors import guest_only, token_of
from .steps import show_step, url_after

# A yes or no to photos has no deadline: they are taken after the last day to reply, and shown after the event.
ASKED_IN = {Event.State.OPEN, Event.State.CLOSED, Event.State.HELD}


@guest_only("GET", "HEAD", "POST")
def consents(request, guest):
    """`/i/<token>/consents/`: what was said can be taken back in every state of the event."""
    said = Consent.objects.said_by(guest)
    form = ConsentsForm(request.POST if request.method == "POST" else None, said=said, **days_for(guest))
    if request.method == "POST" and form.is_valid():
        _say(guest, form.chosen)
        return HttpResponse(status=303, headers={"Location": _address_after(request, guest)})
    return show_step(
        request,
        guest,
        "events/consents.html",
        status=422 if form.errors else 200,
        step_title=_("Photos and your name"),
        form=form,
        questions=[_question(form[purpose], said.get(purpose), guest.event.zone) for purpose in TEXTS],
        is_asked=guest.event.state in ASKED_IN,
    )


def _say(guest, chosen):
    """Only a no is taken where the questions are no longer asked."""
    is_asked = guest.event.state in ASKED_IN
    now, language = timezone.now(), get_language()
    for purpose, is_given in chosen.items():
        if is_asked or not is_given:
            agreeing.say(guest, purpose, is_given, by=None, channel=History.Channel.WEB, language=language, now=now)


def _address_after(request, guest):
    """Back to the page where a yes was taken back, for that is seen there; else on to what is next."""
    if "withdraw" in request.POST or guest.event.state != Event.State.OPEN:
        return reverse("consents", args=[token_of(request)])
    return url_after(request, guest, "consents")


def _question(field, consent, zone):
    """One question with what was said to it; "sign" is that of templates/events/parts/sign.html."""
    if consent is None:
        return {"field": field, "is_given": False, "sign": "unsure", "sentence": _("You have not answered this.")}
    said = _("You said yes on %(day)s.") if consent.is_given else _("You said no on %(day)s.")
    day = dates.short_day(timezone.localtime(consent.said_at, zone), get_language())
    sign = "coming" if consent.is_given else "not_coming"
    return {"field": field, "is_given": consent.is_given, "sign": sign, "sentence": said % {"day": day}}
