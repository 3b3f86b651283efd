"""What a guest may tell besides the answer: one page each, every one of them optional (F4)."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import Answer, Consent
from . import parties
from .cards import answers_of, event_view
from .doors import contact_of, token_of


@dataclass(frozen=True, kw_only=True)
class Step:
    """A page below the link; view is its URL's name, invite the sentence that asks for it after answering.

    is_asked(guest, answers) costs no query, answers being the guest's with their activities; is_done(guest) at most
    one.
    """

    view: str
    title: Any
    invite: Any
    is_asked: Callable
    is_done: Callable


def may_come(guest, answers):
    """Whether the guest has said anything but no to something that takes place."""
    said = {answer.state for answer in answers if not answer.activity.is_cancelled}
    return not said.isdisjoint({Answer.State.COMING, Answer.State.WAITING, Answer.State.UNSURE})


STEPS: tuple[Step, ...] = (
    Step(
        view="companions",
        title=_("Who comes with you"),
        invite=_("You are welcome to bring somebody. Tell us who it is, now or later."),
        is_asked=parties.may_bring,
        is_done=parties.brings_somebody,
    ),
    Step(
        view="consents",
        title=_("Photos and your name"),
        invite=_("May we share photos of you, and may the others see your name?"),
        is_asked=may_come,
        is_done=lambda guest: Consent.objects.in_force().without_food().filter(guest=guest).exists(),
    ),
)


def steps_of(request, guest, answers):
    """[{"title", "invite", "url", "view", "is_done"}] in order, of those this guest is asked for."""
    return [
        {
            "view": step.view,
            "title": step.title,
            "invite": step.invite,
            "url": reverse(step.view, args=[token_of(request)]),
            "is_done": step.is_done(guest),
        }
        for step in STEPS
        if step.is_asked(guest, answers)
    ]


def url_after(request, guest, view):
    """The address of the first page behind this one that is not done, at the end of the summary."""
    steps = steps_of(request, guest, answers_of(guest))
    views = [step["view"] for step in steps]
    ahead = steps[views.index(view) + 1 :] if view in views else steps
    to = next((step["url"] for step in ahead if not step["is_done"]), "")
    return to or reverse("answered", args=[token_of(request)])


def show_step(request, guest, template, *, status=200, **context):
    """One of a guest's further pages with what stands around it: event, contact, and the way past it."""
    around = {
        "event": event_view(guest.event),
        "guest": guest,
        "contact": contact_of(guest.event),
        "skip_url": url_after(request, guest, request.resolver_match.url_name),
    }
    return render(request, template, {**around, **context}, status=status)
