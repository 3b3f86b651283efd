"""What a guest may tell besides the answer: one page each, every one of them optional (F4)."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..models import Answer, Consent, Voice, plates
from . import asked, parties
from .cards import answers_of, around
from .doors import token_of


@dataclass(frozen=True, kw_only=True)
class Step:
    """A page below the link; view is its URL's name, invite the sentence that asks for it after answering.

    is_asked(guest, answers) costs no query where the answers decide, those of the guest with their activities;
    is_done(guest) at most one.
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
        view="food",
        title=_("Food and adjustments"),
        invite=_("Is there anything you can't or don't eat, or anything that makes the day work for you? Do tell us."),
        is_asked=plates.is_asked,
        is_done=plates.is_told,
    ),
    Step(
        view="race",
        title=_("The race"),
        invite=_("If you like, tell us what you hope for on the way up, so that we can cheer at the right time."),
        is_asked=asked.about_the_race,
        is_done=asked.has_told_about_the_race,
    ),
    Step(
        view="questions",
        title=_("A few questions"),
        invite=_("There are a few small things we would like to know, so that the day suits you."),
        is_asked=asked.own_questions,
        is_done=asked.has_seen_all_questions,
    ),
    Step(
        view="consents",
        title=_("Photos and your name"),
        invite=_("May we share photos of you, and may the others see your name?"),
        is_asked=may_come,
        is_done=lambda guest: Consent.objects.in_force().without_food().filter(guest=guest).exists(),
    ),
    Step(
        view="word",
        title=_("A word to your host"),
        invite=_("Is there anything you would like to tell your host?"),
        is_asked=lambda guest, answers: guest.companion_of_id is None,
        is_done=lambda guest: Voice.objects.words_of(guest).exists(),
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
    answers, views = answers_of(guest), [step.view for step in STEPS]
    ahead = STEPS[views.index(view) + 1 :] if view in views else STEPS
    to = next((step.view for step in ahead if step.is_asked(guest, answers) and not step.is_done(guest)), "answered")
    return reverse(to, args=[token_of(request)])


def show_step(request, guest, template, *, status=200, **context):
    """One of a guest's further pages with what stands around it: event, contact, and the way past it."""
    skip_url = partial(url_after, request, guest, request.resolver_match.url_name)  # only asked where it is shown
    return render(request, template, {**around(guest), "skip_url": skip_url, **context}, status=status)


def too_late(request, guest, template, form, **context):
    """A further page sent after the reply date: all that was typed stands in its form, and whom to call (422, A14)."""
    return show_step(request, guest, template, status=422, form=form, is_too_late=True, **context)
