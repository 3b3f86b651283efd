"""Cheers, as a guest sends them and gets them."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from ..actions import cheers as deeds
from ..forms.cheers import CheerForm
from ..models import Activity, Answer, Cheer, Event, Guest, History
from ..reports import cheers as reports
from .doors import guest_only, token_of, unknown_link
from .steps import show_step

TAKES_CHEERS = {Event.State.OPEN, Event.State.CLOSED, Event.State.HELD}


def way_to_cheers(guest, answers, token):
    """{"url", "title"} of the cheers where there is somebody to cheer for, or cheers to read; else None. One query, and
    only of those who are invited to a race.
    """
    races = [row for row in answers if row.activity.kind == Activity.Kind.RACE and not row.activity.is_cancelled]
    if guest.event.state not in TAKES_CHEERS or not races:
        return None
    has_runners, has_cheers = reports.anything_for(guest)
    if not has_runners and not has_cheers:
        return None
    title = gettext("Cheer for a runner") if has_runners else gettext("Cheers")
    return {"url": reverse("cheers", args=[token]), "title": title}


@guest_only("GET", "HEAD", "POST")
def cheers(request, guest):
    """`/i/<token>/cheers/`: a line to a runner, and those one has got, each of which can be put away."""
    is_open = guest.event.state in TAKES_CHEERS
    if not reports.has_race(guest.event):
        return unknown_link(request)
    if request.method == "POST":
        for name, deed in (("away", _put_away), ("back", _take_out), ("none", _want_none), ("some", _want_some)):
            if name in request.POST:
                return deed(request, guest, request.POST[name])
    runners = reports.runners_for(guest) if is_open else []
    got = cheers_context(request, guest)
    form = CheerForm(request.POST if request.method == "POST" else None, runners=runners, called=_called)
    if request.method == "POST" and runners and form.is_valid() and _say(guest, form):
        return _here(request)
    return show_step(
        request, guest, "events/cheers.html", status=422 if form.errors else 200, form=form if runners else None,
        step_title=gettext("Cheers"), said=_said(guest), is_open=is_open, **got,
    )  # fmt: skip


def cheers_context(request, guest):
    """What templates/events/parts/cheers.html needs: the cheers a guest and whom the guest brings have got."""
    found = list(reports.cheers_to(guest))
    shown = [cheer for cheer in found if cheer.state == Cheer.State.SHOWN and not cheer.is_unwanted]
    away = [cheer for cheer in found if cheer.is_hidden_by_runner and not cheer.is_unwanted]
    return {
        "cheers": [_got(cheer, guest) for cheer in shown],
        "put_away": [_got(cheer, guest) for cheer in away],
        "own_races": reports.own_races(guest),
        "cheers_url": reverse("cheers", args=[token_of(request)]),
    }


def _got(cheer, guest):
    return {
        "pk": cheer.pk,
        "text": cheer.text,
        "sender": reports.sender_of(cheer) or gettext("a guest"),
        "to": "" if cheer.runner_id == guest.pk else cheer.runner.name,
    }


def _said(guest):
    """What the guest has said, newest first."""
    rows = Cheer.objects.filter(guest=guest, runner__forgotten_at=None)
    return [
        {"text": cheer.text, "to": cheer.runner.name, "waits": cheer.state == Cheer.State.WAITING}
        for cheer in rows.select_related("runner__contact", "runner__companion_of__contact")
    ]


def _called(runner):
    contact = runner.guest.contact
    company = str(contact.company) if contact and contact.company_id else ""
    return ", ".join(filter(None, (runner.guest.name, company)))


def _say(guest, form):
    """Whether it was kept; else the form says why not."""
    to = form.runner
    way = {"by": None, "channel": History.Channel.WEB, "now": timezone.now()}
    try:
        deeds.say(to.guest, to.activity, form.cleaned_data["text"], guest=guest, **way)
    except (deeds.NoCheers, deeds.TooManyCheers) as refusal:
        form.refuse(reports.why_not(is_of_runner=getattr(refusal, "is_of_runner", None)))
        return False
    return True


def _put_away(request, guest, typed):
    return _change(request, guest, typed, deeds.put_away)


def _take_out(request, guest, typed):
    return _change(request, guest, typed, deeds.take_out)


def _change(request, guest, typed, deed):
    """One of the party's own, else the warm 404 (S7)."""
    mine = Cheer.objects.filter(runner__in=Guest.objects.party_of(guest.pk)).select_related("runner__event", "activity")
    cheer = mine.filter(pk=int(typed)).first() if typed.isascii() and typed.isdigit() and len(typed) < 19 else None
    if cheer is None:
        return unknown_link(request)
    deed(cheer, by=None, channel=History.Channel.WEB, now=timezone.now())
    return _here(request)


def _want_none(request, guest, typed):
    return _want(request, guest, typed, wants=False)


def _want_some(request, guest, typed):
    return _want(request, guest, typed, wants=True)


def _want(request, guest, typed, *, wants):
    """The guest's own race, by its short name."""
    answer = Answer.objects.to_races().filter(guest=guest, activity__slug=typed).select_related("activity").first()
    if answer is None:
        return unknown_link(request)
    deeds.want(guest, answer.activity, wants, by=None, channel=History.Channel.WEB, now=timezone.now())
    return _here(request)


def _here(request):
    return HttpResponse(status=303, headers={"Location": request.path})
