"""Deciding on a colleague: one page that shows what will happen, and a kind no."""

from functools import wraps

from django.contrib import messages
from django.db import IntegrityError
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..actions import guests, invitations, substitutes
from ..forms.guests import ASKED_NOT_TO_BE_INVITED
from ..forms.substitutes import ApproveForm
from ..models import Guest, History, Substitute
from ..reports.substitutes import places_of
from .guest_pages import both, page_of
from .pages import show

OFFICE = History.Channel.OFFICE
State = Substitute.State


def _list(request):
    return reverse("admin:event_substitutes", args=[request.event.pk])


def _page(request, substitute):
    return reverse("admin:event_substitute", args=[request.event.pk, substitute.pk])


def _found(request, substitute_id):
    """The event's own proposal (S7); one that is gone is a 404 to look at, and IsGone to decide on."""
    rows = Substitute.objects.select_related(
        "guest__contact__company", "guest__contact__host", "guest__host", "guest__event", "decided_by"
    )
    found = rows.filter(pk=substitute_id, guest__event=request.event).first()
    if found:
        return found
    raise substitutes.IsGone if request.method == "POST" else Http404


def _kindly(view):
    """Somebody else was faster, or the guest has thought better of it: said, and nothing done."""

    @wraps(view)
    def decide(request, substitute_id):
        try:
            return view(request, _found(request, substitute_id))
        except substitutes.IsGone:
            text = _("The guest has withdrawn this proposal, or changed it. Nothing was sent.")
            messages.warning(request, text)
            return HttpResponseRedirect(_list(request))
        except substitutes.DecidedAlready as decided:
            row = decided.substitute
            who = row.decided_by.get_full_name() or row.decided_by.get_username() if row.decided_by else _("Somebody")
            text = _("%(who)s has decided this already: %(state)s. Nothing more was done.")
            messages.info(request, text % {"who": who, "state": row.get_state_display()})
            return HttpResponseRedirect(_page(request, row))

    return decide


@both
@_kindly
def decide(request, substitute):
    """What will happen, and the press that does it; what has been decided stands there to be read."""
    form = ApproveForm(request.POST or None, event=request.event, initial=_as_proposed(substitute))
    if request.method == "POST" and form.is_valid():
        done = _approved(request, substitute, form)
        if done:
            return done
    return show(
        request,
        "admin/events/substitute.html",
        _("%(colleague)s instead of %(guest)s") % {"colleague": substitute.name, "guest": substitute.guest},
        status=422 if form.errors else 200,
        form=form,
        errors=form.errors,
        substitute=substitute,
        list_url=_list(request),
        **_prospect(substitute),
    )


def _as_proposed(substitute):
    guest = substitute.guest
    contact = guest.contact
    return {
        "name": substitute.name,
        "email": substitute.email,
        "company": contact.company.name if contact and contact.company_id else "",
        "language": contact.language if contact else "",
        "host": guest.host or (contact.host if contact else None),
    }


def _prospect(substitute):
    """What the page tells: the places that move, and how many mails leave."""
    guest = substitute.guest
    if substitute.state != State.PROPOSED:
        return {"colleague": Guest.objects.filter(replaces=guest).select_related("contact").first()}
    places = places_of(guest)
    mails = 1 + bool(guest.email)
    return {
        "places": places,
        "held": [place for place in places if place.is_held],
        "mails": ngettext("%(n)s mail goes out", "%(n)s mails go out", mails) % {"n": mails},
    }


def _approved(request, substitute, form):
    """The way on, or None with the reason in the form."""
    try:
        done = substitutes.approve(substitute, **form.cleaned_data, by=request.user, channel=OFFICE, now=timezone.now())
    except (substitutes.IsAGuest, IntegrityError):
        form.add_error("name", _("This person is a guest of the event already."))
        return None
    except guests.AskedNotToBeInvited:
        form.add_error("email", ASKED_NOT_TO_BE_INVITED)
        return None
    except invitations.EventIsNotOpen:
        form.add_error(None, _("The event is not open for answers, so nobody can be invited. Open it first."))
        return None
    _tell(request, substitute.guest, done)
    return HttpResponseRedirect(page_of(done.guest))


def _tell(request, first, done):
    colleague = done.guest
    text = _("%(colleague)s is invited, and %(guest)s is released with thanks.")
    messages.success(request, text % {"colleague": colleague.name, "guest": first.name})
    if colleague.contact.unsubscribed_at or colleague.contact.email_fails:
        text = _(
            "We know %(colleague)s: mail is not wanted or does not arrive, so no invitation is sent. Call, or hand "
            "over the link."
        )
        messages.warning(request, text % {"colleague": colleague.name})
    for answer in done.promoted:
        text = _("%(name)s was first on the waiting list and got the place: %(part)s.")
        messages.success(request, text % {"name": answer.guest.name, "part": answer.activity})


@both
@_kindly
def decline(request, substitute):
    """Says what a no means, and asks once."""
    guest = substitute.guest
    if request.method == "POST":
        substitutes.decline(substitute, by=request.user, channel=OFFICE, now=timezone.now())
        messages.success(request, _("Saved. Thank you!"))
        return HttpResponseRedirect(_list(request))
    if substitute.state != State.PROPOSED:
        raise substitutes.DecidedAlready(substitute)
    if guest.email:
        text = _("One mail goes to %(guest)s, with thanks and a kind no. Nothing is sent to %(colleague)s.")
    else:
        text = _("No mail goes out: %(guest)s has no mail address, so call. Nothing is sent to %(colleague)s.")
    return show(
        request,
        "admin/events/confirm.html",
        _("Not %(colleague)s this time?") % {"colleague": substitute.name},
        text=text % {"guest": guest, "colleague": substitute.name},
        press=_("Decline kindly"),
        back=_page(request, substitute),
    )
