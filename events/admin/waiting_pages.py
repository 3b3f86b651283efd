"""The waiting lists: who stands where, moving somebody with a reason, and giving a place by hand."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ..actions import waiting_by_hand
from ..forms.waiting import MoveForm
from ..models import Answer, History
from ..reports.lines import lines
from .pages import show

OFFICE = History.Channel.OFFICE
both = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def waiting_lists(request):
    """Who waits for a place, part by part, in order; and why the next one has not been let in."""
    found = lines(request.event, now=timezone.now())
    return show(request, "admin/events/waiting.html", _("Waiting lists"), lines=found)


@both
def move(request, answer_id):
    """To another number in line, with a reason."""
    answer = _waiting(request, answer_id)
    back = _back(request)
    if not answer.waiting_number:
        return _gone(request, answer, back)
    asked = request.GET.get("to", "")
    form = MoveForm(request.POST if request.method == "POST" else None, initial={"place": asked[:6]})
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            promoted = waiting_by_hand.move(
                answer, said["place"], reason=said["reason"], by=request.user, channel=OFFICE, now=timezone.now()
            )
        except waiting_by_hand.NoLongerWaits:
            return _gone(request, answer, back)
        messages.success(request, _("Saved. Thank you!"))
        tell_who_got_a_place(request, promoted)
        return HttpResponseRedirect(back)
    return show(
        request, "admin/events/waiting_move.html", _("Move %(name)s") % {"name": answer.guest.name},
        status=422 if form.errors else 200, form=form, errors=form.errors, answer=answer, list_url=back,
    )  # fmt: skip


@both
def give(request, answer_id):
    """A place by hand; more than there is room for only when that has been asked."""
    answer = _waiting(request, answer_id)
    back, now = _back(request), timezone.now()
    if not answer.waiting_number:
        return _gone(request, answer, back)
    if request.method != "POST":
        return _ask(request, answer, back, _room_for(request, answer, now))
    is_beyond = request.POST.get("beyond") == "1"
    try:
        given = waiting_by_hand.give_place(answer, by=request.user, channel=OFFICE, now=now, beyond=is_beyond)
    except waiting_by_hand.NoLongerWaits:
        return _gone(request, answer, back)
    except waiting_by_hand.NothingToGive:
        messages.error(request, _("This part is cancelled or the event is over, so there is no place to give."))
    except waiting_by_hand.NoRoom as full:
        return _ask(request, answer, back, (full.free, full.heads), status=422)
    else:
        tell_who_got_a_place(request, given)
    return HttpResponseRedirect(back)


def _waiting(request, answer_id):
    """The event's own answer, else 404 (S7)."""
    rows = Answer.objects.select_related("activity", "guest__contact", "guest__companion_of__contact")
    return get_object_or_404(rows, pk=answer_id, activity__event=request.event)


def _back(request):
    return reverse("admin:event_waiting", args=[request.event.pk])


def _gone(request, answer, back):
    text = _("%(name)s does not wait any more: a place was given, or the guest has left the line.")
    messages.info(request, text % {"name": answer.guest.name})
    return HttpResponseRedirect(back)


def _room_for(request, answer, now):
    """(free places, heads who stand together) as things are now."""
    line = next(line for line in lines(request.event, now=now) if line.activity.pk == answer.activity_id)
    heads = Answer.objects.filter(activity=answer.activity_id, waiting_number=answer.waiting_number).count()
    return line.free, heads


def _ask(request, answer, back, room, status=200):
    """Says what will happen and asks once; of more than there is room for, as a grave thing."""
    free, heads = room
    is_beyond = free is not None and heads > free
    together = ngettext(
        "%(name)s gets a place and is told by mail.",
        "%(name)s and the others who come along, %(n)s in all, get places and are told by mail.",
        heads,
    ) % {"name": answer.guest.name, "n": heads}
    over = ngettext(
        "That is %(n)s more than there is room for.", "That is %(n)s more than there is room for.", heads - (free or 0)
    ) % {"n": heads - (free or 0)}
    if is_beyond and free:
        over = f"{over} {_or_ask_them(answer.guest.leader)}"
    return show(
        request, "admin/events/confirm.html", _("Give a place: %(part)s") % {"part": answer.activity},
        text=together, more=over if is_beyond else "", press=_("Give it all the same") if is_beyond else _("Give it"),
        back=back, is_grave=is_beyond, hidden=[("beyond", "1")] if is_beyond else [], status=status,
    )  # fmt: skip


def _or_ask_them(guest):
    words = _("Or ask %(name)s whether some of them take what there is, and write it down under “Who comes along”.")
    return words % {"name": guest.name}


def tell_who_got_a_place(request, promoted):
    for answer in promoted:
        text = _("%(name)s has got a place: %(part)s.")
        messages.success(request, text % {"name": answer.guest.name_in_lists, "part": answer.activity})
