"""Undoing a change from a guest's history, or the event's: what it comes to, and one press."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..actions import undo as undoing
from ..domain.answers import State
from ..domain.undoing import Thing
from ..forms.telling import TellForm
from ..models import History
from ..reports.change_words import WHY_NOT, places_are_gone, what_it_becomes
from ..reports.told import told_before
from .guest_pages import OFFICE, both, page_of, say_who_got_a_place
from .pages import show


@both
def undo(request, row_id, guest_id=None):
    """GET says what would hold then, POST does it; where a place is gone, the waiting list is offered.

    Without a guest the row is the event's own, like a deadline that was put off.
    """
    rows = History.objects.select_related("event", "activity", "guest__contact__company", "guest__event")
    row = get_object_or_404(rows, pk=row_id, guest=guest_id, guest__forgotten_at=None, event=request.event)
    try:
        if request.method == "POST":
            return _do(request, row)
        return _ask(request, row)
    except undoing.CannotBeUndone as refusal:
        return _refused(request, row, refusal.verdict)


def _ask(request, row, *, status=200):
    seen = undoing.outlook(row)
    tells = undoing.tells(row, seen.change)
    return show(
        request,
        "admin/events/undo.html",
        _("Undo this change?"),
        status=status,
        guest=row.guest,
        row=row,
        form=TellForm(guest=row.guest) if tells or (row.guest and not row.guest.reader) else None,
        text=what_it_becomes(row, seen.change, seen.becomes),
        told=told_before(seen.change),
        more=places_are_gone() if seen.is_place_gone and seen.change.thing is not Thing.ANSWER else "",
        press=_("Put on the waiting list") if seen.is_place_gone else _("Undo the change"),
        is_place_gone=seen.is_place_gone,
        back=_back(row),
    )


def _back(row):
    """Where the row stands to be read."""
    if row.guest_id:
        return page_of(row.guest)
    return f"{reverse('admin:events_history_changelist')}?event={row.event_id}"


def _do(request, row):
    how = {"by": request.user, "channel": OFFICE, "now": timezone.now()}
    accepts = request.POST.get("waiting") == "1"
    try:
        undone = undoing.undo(row, **how, tell=_is_told(request, row), accepts_waiting=accepts)
    except undoing.NoPlaceLeft:
        return _ask(request, row, status=422)
    if undone is None:
        messages.info(request, _("This was undone already."))
    elif undone.row.facts["after"] == State.WAITING:
        messages.warning(request, _("The change is undone: the guest is on the waiting list."))
    else:
        messages.success(request, _("The change is undone."))
    say_who_got_a_place(request, undone.promoted if undone else [])
    return HttpResponseRedirect(_back(row))


def _is_told(request, row):
    if row.guest is None:
        return False
    form = TellForm(request.POST, guest=row.guest)
    return form.is_valid() and form.cleaned_data["tell"]


def _refused(request, row, verdict):
    """Says why it stays; a second press finds it done, which is no mistake."""
    return show(
        request,
        "admin/events/undo.html",
        _("This cannot be undone"),
        status=422 if request.method == "POST" else 200,
        guest=row.guest,
        row=row,
        why_not=WHY_NOT[verdict],
        back=_back(row),
    )
