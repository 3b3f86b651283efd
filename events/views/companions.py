"""Who comes with the guest: `/i/<token>/companions/`, with every answer of every companion on one page."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext

from ..actions import companions as bringing
from ..actions import waiting_list
from ..domain.answers import HOLDING, Window, may_answer
from ..forms.companions import CompanionsForm, part_title, people_of
from ..models import Event, Guest, History
from ..models.line import lines_of
from .cards import answers_of, card
from .doors import guest_only, token_of, unknown_link
from .guest import AGENT_LENGTH
from .parties import everyone, may_join, questions
from .steps import show_step, too_late, url_after

PAGE = "events/companions.html"
STANDING = {"split": waiting_list.split, "together": waiting_list.join}


@guest_only("GET", "HEAD", "POST")
def companions(request, guest):
    """GET shows, POST saves all of it, or lets a party that waits part or come together again."""
    people = list(Guest.objects.filter(companion_of=guest).order_by("pk"))
    if not people and not guest.companions_allowed:
        return unknown_link(request)
    answers, now = answers_of(guest), timezone.now()
    if request.method == "POST" and guest.event.state == Event.State.CLOSED:
        form = _form(guest, people, answers, now=now, data=request.POST)
        return _page(request, guest, people, answers, now=now, form=form, is_too_late=True)
    if request.method != "POST" or guest.event.state != Event.State.OPEN:
        return _page(request, guest, people, answers, now=now)
    for pressed, deed in STANDING.items():
        if pressed in request.POST:
            deed(guest, by=None, channel=History.Channel.WEB, now=now)
            return _see(reverse("answered", args=[token_of(request)]))
    return _save(request, guest, people, answers, now=now)


def _save(request, guest, people, answers, *, now):
    form = _form(guest, people, answers, now=now, data=request.POST)
    if form.is_valid():
        wishes = [
            bringing.Wish(pk=pk, name=name, answers=said, is_removed=is_removed)
            for _key, pk, name, said, is_removed in form.said
        ]
        agent = request.headers.get("User-Agent", "")[:AGENT_LENGTH]
        try:
            told = {"by": None, "channel": History.Channel.WEB, "now": now, "agent": agent}
            bringing.save(guest, wishes, seen=form.seen, **told)
        except bringing.TooMany as most:
            form.add_error(None, _at_most(most.allowed))
        except bringing.CannotBeSaid as refused:
            _say_why(form, refused.reasons, guest.event)
            is_late = set(refused.reasons.values()) != {Window.OPEN}
            return _page(request, guest, people, answers, now=now, form=form, is_too_late=is_late, status=422)
        else:
            return _see(_next(request, guest, now=now))
    return _page(request, guest, people, answers, now=now, form=form, status=422)


def _next(request, guest, *, now):
    """Back here for one more, or when the party is asked something; else the next page."""
    answers, token = answers_of(guest), token_of(request)
    lines = lines_of(guest.event, everyone(answers))
    _places, splits = questions(guest, answers, lines, token, now=now)
    if splits or "more" in request.POST:
        return reverse("companions", args=[token])
    return url_after(request, guest, "companions")


def _see(address):
    return HttpResponse(status=303, headers={"Location": address})


def _at_most(count):
    return ngettext("You may bring %(n)s companion.", "You may bring %(n)s companions.", count) % {"n": count}


def _say_why(form, reasons, event):
    keys = [key for key, *_rest in form.said]
    for (at, slug), window in reasons.items():
        if window is Window.OPEN:
            words = gettext("Tell us first that you are coming to this yourself.")
        else:
            words = gettext("The reply date has passed, but do get in touch with %(name)s.") % {
                "name": event.contact[0]
            }
        name = f"{keys[at]}-answer-{slug}"
        form.add_error(name if name in form.fields else None, words)


def _page(request, guest, people, answers, *, now, form=None, is_too_late=False, status=200):
    event, token = guest.event, token_of(request)
    lines = lines_of(event, everyone(answers))
    is_open = event.state == Event.State.OPEN
    if form is None and is_open:
        form = _form(guest, people, answers, now=now)
    _places, splits = questions(guest, answers, lines, token, now=now)
    cards = [card(row, lines[row.activity_id], event, token, now=now) for row in answers]
    context = {
        "cards": cards,
        "has_said": any(shown["companions"] for shown in cards),
        "splits": splits,
        "may_join": is_open and may_join(guest, answers),
        "may_add_more": is_open and guest.companions_allowed - len(people) > 1,
        "is_open": is_open,
        "step_title": gettext("Who comes with you"),
        "step_lead": _lead(guest, answers),
    }
    form = form if form and form.people else None
    if is_too_late:
        return too_late(request, guest, PAGE, form, errors=_late_ones(form), **context)
    return show_step(request, guest, PAGE, status=status, form=form, **context)


def _late_ones(form):
    """[(id, "what it is about")] of all that came too late, for the summary."""
    bad = [bound for bound in form if bound.errors] if form else []
    return [(bound.auto_id, bound.label) for bound in bad]


def _lead(guest, answers):
    if not any(row.state in HOLDING for row in answers):
        return gettext("Tell us first what you are coming to yourself; then you can tell us who comes with you.")
    return _at_most(guest.companions_allowed) if guest.companions_allowed else ""


def _form(guest, people, answers, *, now, data=None):
    """The form for what can be answered; what was posted after the reply date is kept, to be refused in words."""
    parts, bound = {}, set()
    for row in answers:
        window = may_answer(guest.event.state, row.activity.closes_at(guest.event), now)
        is_held = any(mate.state in HOLDING for mate in row.companions)
        if window is not Window.OPEN and is_held:
            bound |= {mate.guest_id for mate in row.companions if mate.state in HOLDING}
        is_asked = row.state in HOLDING and (row.activity.welcomes_companions or is_held)
        if is_asked and not row.activity.is_cancelled and (window is Window.OPEN or data is not None):
            parts[row.activity.slug] = part_title(row, guest.event)
    shown = people_of(people, answers, called=_called, bound=bound)
    room = guest.companions_allowed - len(people) if parts else 0
    return CompanionsForm(data, people=shown, parts=parts, room=room)


def _called(person):
    return person.companion_name or gettext("Your companion")
