"""The guest's page: the question, the answer, and what we understood."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_http_methods

from ..actions import answers as answering
from ..domain.answers import NothingChosen, State, UnknownChoice, read_answers
from ..domain.calendars import calendar_file
from ..models import Event, History
from ..models.entries import entry
from ..models.line import lines_of
from ..models.reminder import promises_practical
from . import late
from .calendars import in_calendars, ways
from .cards import answers_of, card, event_view, result_card, state_for
from .cheering import way_to_cheers
from .doors import contact_of, guest_only, token_of, unknown_link
from .parties import everyone, questions
from .photo_adding import add_url
from .photos import strip_beside
from .steps import steps_of
from .who import shows_who

QUIET = {Event.State.DRAFT, Event.State.CLOSED, Event.State.HELD, Event.State.ARCHIVED, Event.State.CANCELLED}
AGENT_LENGTH = 120
FIRST = ""  # no activity in particular


@guest_only("GET", "HEAD", "POST")
def guest_page(request, guest):
    """`/i/<token>/`: GET shows, POST answers."""
    state = state_for(guest)
    if state in QUIET:
        wishes = late.kept_while_closed(request, guest)
        return render(request, "events/event_quiet.html", _context(request, guest, wishes, state))
    return _answer(request, guest) if request.method == "POST" else _page(request, guest)


@guest_only("GET", "HEAD")
def without_slash(request, guest):
    """A link whose last stroke was lost when it was copied out of a mail leads to the page all the same."""
    query = request.META["QUERY_STRING"]
    return redirect(f"{request.path}/{query and '?'}{query}")


@guest_only("GET", "HEAD")
def answered(request, guest):
    """What we understood, how to change it, and the calendar files."""
    state = state_for(guest)
    if state in QUIET:
        return render(request, "events/event_quiet.html", _context(request, guest, state=state))
    context = _context(request, guest)
    steps = steps_of(request, guest, context["answers"])
    next_step = next((step for step in steps if not step["is_done"]), None)
    context |= {"steps": steps, "next_step": next_step, "ways": ways(guest, context["answers"], context["token"])}
    context["practical_comes"] = partial(promises_practical, guest, now=timezone.now())  # only asked where it is said
    return render(request, "events/answered.html", context)


@guest_only("GET", "HEAD")
def calendar(request, guest, activity):
    """The calendar file of an activity the guest comes to; also of one called off after a yes."""
    answer = next((row for row in answers_of(guest) if row.activity.slug == activity), None)
    if answer is None or answer.state != State.COMING:
        return unknown_link(request)
    content = calendar_file(entry(answer, event=guest.event, language=get_language()))
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{answer.activity.slug}.ics"'},
    )


@require_http_methods(["GET", "HEAD", "POST"])
def elsewhere(request, rest):
    """Every other address below a link: the one warm 404."""
    return unknown_link(request)


def _answer(request, guest):
    agent = request.headers.get("User-Agent", "")[:AGENT_LENGTH]
    chosen = partial(read_answers, request.POST)
    try:
        given = answering.give(guest, chosen, by=None, channel=History.Channel.WEB, now=timezone.now(), agent=agent)
    except NothingChosen:
        return _page(request, guest, wrong=FIRST)
    except UnknownChoice as unknown:
        return _page(request, guest, wrong=unknown.slug)
    too_late = late.kept_of(request, guest, given)
    if too_late and (given.is_shut or any(f"answer-{slug}" in request.POST for slug in too_late.wishes)):
        return _page(request, guest, too_late=too_late)
    return HttpResponse(status=303, headers={"Location": reverse("answered", args=[token_of(request)])})


def _page(request, guest, *, wrong=None, too_late=None):
    """The page with its form; 422 with a summary and everything chosen kept when something must be done again."""
    context = _context(request, guest, too_late and too_late.wishes)
    cards = [shown for shown in context["cards"] if shown["can_answer"]]
    if wrong is not None and not cards:
        too_late = late.TooLate()
    elif wrong is not None:
        found = next((shown for shown in cards if shown["slug"] == wrong), cards[0])
        found["error"] = gettext("Select whether you can come")
    context |= {"too_late": too_late, "errors": _errors(context["cards"], "wish_text" if too_late else "error")}
    status = 422 if too_late or wrong is not None else 200
    return render(request, "events/guest_page.html", context, status=status)


def _errors(cards, about):
    """[(where it is, words)] for the summary of what was wrong, or came too late."""
    shown = [card for card in cards if card[about]]
    return [("answer-{slug}".format(**card), f"{card['title']}: {card[about]}") for card in shown]


def _context(request, guest, wishes=None, state=None):
    """wishes: {slug: Choice} of what has just come too late; state: that of the event, where it is shown as another."""
    event, now, answers = guest.event, timezone.now(), answers_of(guest)
    if wishes is None:
        wishes = late.open_wishes(guest, answers, now)
    lines, token = lines_of(event, everyone(answers)), token_of(request)
    cards = [
        card(
            row, lines[row.activity_id], event, token, now=now,
            posted=request.POST.get(f"answer-{row.activity.slug}"), wish=wishes.get(row.activity.slug, ""),
        )
        for row in answers
    ]  # fmt: skip
    said = [shown["state"] for shown in cards if not shown["is_cancelled"]]
    places, splits = questions(guest, answers, lines, token, now=now)
    return {
        "event": event_view(event) | ({"state": state} if state else {}),
        "token": token,
        "guest": guest,
        "host": guest.host,
        "personal_line": guest.invitation.personal_line,
        "contact": contact_of(event),
        "answers": answers,
        "cards": cards,
        "places": places,
        "splits": splits,
        "can_answer": any(shown["can_answer"] for shown in cards),
        "is_in_grace": event.answer_by_at is not None and now > event.answer_by_at,
        "has_answered": guest.answered_at is not None,
        "summary_sentences": cards,
        "all_declined": bool(said) and set(said) == {State.NOT_COMING},
        "shows_who": shows_who(event),
        "result": result_card(answers, token),
        "photo_add_url": add_url(guest, token, now=now),
        "cheering": SimpleLazyObject(lambda: way_to_cheers(guest, answers, token)),
        "food_url": reverse("food", args=[token]) if any(row.activity.serves_food for row in answers) else "",
        "is_in_calendars": bool(in_calendars(guest, answers)),
        **strip_beside(request, guest, answers),
        "mood": next((mood for mood in (State.COMING, State.WAITING) if mood in said), ""),
    }
