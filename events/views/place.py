"""A place from the waiting list: `/i/<token>/place/<activity>/`. GET asks, POST answers."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from ..actions import places
from ..domain.answers import Choice, Window
from ..models import Event, History
from ..models.line import lines_of
from .cards import answers_of, card
from .doors import guest_only, token_of, unknown_link
from .guest import AGENT_LENGTH
from .parties import everyone, place_question
from .steps import show_step

CHOICES = {"yes": Choice.COMING, "no": Choice.NOT_COMING}


@guest_only("GET", "HEAD", "POST")
def place(request, guest, activity):
    """Shows the question, or where things stand when there is none (any more); what the guest is not invited to is
    the warm 404.
    """
    answers, now = answers_of(guest), timezone.now()
    answer = next((row for row in answers if row.activity.slug == activity), None)
    if answer is None:
        return unknown_link(request)
    if request.method != "POST" or guest.event.state != Event.State.OPEN:
        return _page(request, guest, answer, answers, now=now)
    choice = CHOICES.get(request.POST.get("answer"))
    if choice is None:
        return _page(request, guest, answer, answers, now=now, error=gettext("Select whether you can come"))
    agent = request.headers.get("User-Agent", "")[:AGENT_LENGTH]
    settled = places.answer(
        guest, activity, choice, by=None, channel=History.Channel.WEB, now=now, agent=agent
    )  # fmt: skip
    windows = {decision.window for decided in settled.decisions.values() for decision in decided.values()}
    if windows - {Window.OPEN}:
        return _page(request, guest, answer, answers, now=now, error=gettext("It is too late to change this here."))
    return HttpResponse(status=303, headers={"Location": reverse("answered", args=[token_of(request)])})


def _page(request, guest, answer, answers, *, now, error=""):
    token = token_of(request)
    lines = lines_of(guest.event, everyone(answers))
    question = place_question(guest, answer, token, now=now)
    return show_step(
        request, guest, "events/place.html", status=422 if error else 200,
        question=question,
        card=card(answer, lines[answer.activity_id], guest.event, token, now=now),
        errors=[("answer", error)] if error else [],
        home_url=reverse("guest_page", args=[token]),
        step_title=question["title"] if question else str(answer.activity.title),
    )  # fmt: skip
