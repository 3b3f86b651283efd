"""Pages around one guest: adding by hand, answering on the guest's behalf, the link."""

from functools import partial

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from ..actions import answers, calendars, contacts, guests
from ..domain.answers import Choice, State
from ..emails import PAST_THE_HOST
from ..forms.guests import AnswerForm, GuestByHandForm, InvitedToForm
from ..models import Answer, Bounce, Consent, History, Invitation, links
from ..reports.told import of_people
from .access import access_of
from .pages import show
from .verdicts import with_verdicts

OFFICE = History.Channel.OFFICE
both = require_http_methods(["GET", "HEAD", "POST"])


def page_of(guest):
    return reverse("admin:events_guest_change", args=[guest.pk])


def answers_of(guest):
    """In the order of the programme; is_asked_more tells of a race, or of questions of the organiser's own."""
    rows = Answer.objects.filter(guest=guest).select_related("activity").with_place().with_more_to_tell()
    return list(rows.order_by("activity__starts_at", "pk"))


def consents_of(guest):
    """[(purpose, Consent in force or None)] without food, which is for nobody to see here."""
    said = Consent.objects.said_by(guest)
    return [(purpose.label, said.get(purpose)) for purpose in Consent.Purpose if purpose != Consent.Purpose.FOOD]


def page_context(guest, access):
    """What stands on a guest's page beside the form: answers, mails, history and the link; for a host to read."""
    given = answers_of(guest)
    open_to_answers = [answer for answer in given if not answer.activity.is_cancelled]
    invitation = getattr(guest, "invitation", None)  # a companion is without
    link = links.url(invitation) if invitation and invitation.state != Invitation.State.REVOKED else ""
    companions = list(guest.companions.select_related("companion_of__contact").order_by("pk"))
    told_of = Bounce.objects.filter(message=OuterRef("pk"))
    is_organised = access.organises(guest.event_id)
    mails, happened = guest.message_set.all(), guest.history_set.all()
    if not is_organised:
        mails, happened = mails.exclude(letter__in=PAST_THE_HOST), happened.for_hosts()
    mails = list(mails.annotate(has_bounced=Exists(told_of)).order_by("-created_at", "-pk")[:50])
    return {
        "guest": guest,
        "answers": given,
        "can_answer": bool(open_to_answers),
        "link": link,
        "trouble": Bounce.objects.standing(guest)[:1] if any(mail.has_bounced for mail in mails) else [],
        "mails": mails,
        "happened": with_verdicts(happened.select_related("by", "activity")[:100]),
        "wishes": guest.history_set.open_wishes().select_related("activity"),
        "is_organised": is_organised,
        "companions": companions,
        "said": access.voices().filter(guest=guest)[:50],
        "proposals": guest.substitute_set.all() if is_organised else [],
        "came_instead": guest.substitutes.select_related("contact") if is_organised else [],
        "told": told_by(given),
        "can_tell": _is_asked(given, companions),
        "may_bring": guest.companion_of_id is None and (guest.companions_allowed or companions),
        "consents": consents_of(guest),
    }


def _is_asked(given, companions):
    """Whether there is anything to tell about a race or the questions; no query for who comes alone."""
    if any(answer.is_taking_part and answer.is_asked_more for answer in given if not answer.activity.is_cancelled):
        return True
    rows = Answer.objects.filter(guest__in=companions).taking_part()
    return bool(companions) and (rows.to_races() | rows.asked_questions()).exists()


def told_by(given):
    """[(activity, [(label, words)])] of what the guest told about the race and replied to questions."""
    shown = [answer for answer in given if answer.is_taking_part]
    facts = of_people(shown) if shown else {}
    return [(answer.activity, facts[answer.pk]) for answer in shown if facts[answer.pk]]


def own_guest(request, guest_id):
    """The event's own guest, who is not forgotten, for a host one of the host's own, else 404 (S7)."""
    rows = (
        access_of(request)
        .guests()
        .select_related(
            "contact__company", "host", "invitation", "event", "companion_of__contact", "companion_of__event"
        )
    )
    return get_object_or_404(rows, pk=guest_id, event=request.event, forgotten_at=None)


@both
def add_guest(request):
    """One guest, typed in; somebody we know already is taken as known."""
    form = GuestByHandForm(request.POST or None, event=request.event)
    if request.method == "POST" and form.is_valid():
        try:
            guest = _add(request, form)
        except IntegrityError:  # pressed twice: read again, the form says so
            form = GuestByHandForm(request.POST, event=request.event)
        else:
            messages.success(request, _("%(name)s is on the guest list.") % {"name": guest.name})
            return HttpResponseRedirect(page_of(guest))
    return show(
        request,
        "admin/events/guest_add.html",
        _("Add a guest"),
        status=422 if form.errors else 200,
        form=form,
        errors=form.errors,
        list_url=reverse("admin:event_guests", args=[request.event.pk]),
    )


@transaction.atomic
def _add(request, form):
    now, said = timezone.now(), form.cleaned_data
    guests.lock_event(request.event.pk)
    contact = form.known or contacts.make(
        said["name"],
        now=now,
        company=contacts.company_named(said["company"]),
        host=said["host"],
        **{name: said[name] for name in ("email", "phone", "language")},
    )
    return guests.add(
        request.event,
        contact,
        by=request.user,
        channel=OFFICE,
        now=now,
        host=said["host"] or contact.host,
        companions_allowed=said["companions_allowed"],
        personal_line=said["personal_line"],
        activities=said["invited_to"] or None,
    )


@both
def answer_for(request, guest_id):
    """What the guest told one of us, kept with who wrote it down and how it was said."""
    guest = own_guest(request, guest_id)
    open_to_answers = [answer for answer in answers_of(guest) if not answer.activity.is_cancelled]
    form = AnswerForm(request.POST or None, answers=open_to_answers, guest=guest)
    if request.method == "POST" and form.is_valid():
        chosen = {slug: Choice(value) for slug, value in form.chosen.items()}
        said = form.cleaned_data
        how = {"by": request.user, "channel": said["channel"], "now": timezone.now()}
        say_what_came_of_it(request, answers.give(guest, chosen, **how, tell=said["tell"]))
        return HttpResponseRedirect(page_of(guest))
    return show(
        request,
        "admin/events/guest_answer.html",
        _("Answer for %(name)s") % {"name": guest.name},
        status=422 if form.errors else 200,
        form=form,
        errors=form.errors,
        guest=guest,
        list_url=page_of(guest),
    )


def say_what_came_of_it(request, given):
    """Tells whoever answered for a guest what became of it, and who got a place by it."""
    if any(decision.state == State.WAITING and decision.is_changed for decision in given.decisions.values()):
        messages.warning(request, _("There was no place left: the guest is on the waiting list."))
    elif given.is_changed:
        messages.success(request, _("Saved. Thank you!"))
    else:
        messages.info(request, _("The guest had said so already; nothing was changed."))
    say_who_got_a_place(request, given.promoted)


def say_who_got_a_place(request, promoted):
    for answer in promoted:
        text = _("%(name)s was first on the waiting list and got the place: %(part)s.")
        messages.success(request, text % {"name": answer.guest.name_in_lists, "part": answer.activity})


@both
def invited_to(request, guest_id):
    """Which parts of the programme the guest is invited to."""
    guest = own_guest(request, guest_id)
    form = InvitedToForm(request.POST if request.method == "POST" else None, guest=guest)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["invited_to"]
        try:
            guests.invite_to(guest, chosen, by=request.user, channel=OFFICE, now=timezone.now())
        except guests.HasAPlace as held:
            form.add_error("invited_to", _first_change_the_answer(held))
        else:
            messages.success(request, _("Saved. Thank you!"))
            return HttpResponseRedirect(page_of(guest))
    return show(
        request,
        "admin/events/guest_invited.html",
        _("What %(name)s is invited to") % {"name": guest.name},
        status=422 if form.errors else 200,
        form=form,
        errors=form.errors,
        guest=guest,
    )


def _first_change_the_answer(held):
    return _("The guest has a place, or waits for one: %(parts)s. Answer for the guest first.") % {
        "parts": ", ".join(str(activity) for activity in held.activities)
    }


def _ask_and_do(request, guest_id, *, title, text, press, deed, done, choice=None):
    """A page that says what will happen to an invitation and asks once; the POST does it. choice: (name, words)."""
    guest = own_guest(request, guest_id)
    if guest.companion_of_id:
        raise Http404  # comes on the invitation of somebody else
    if request.method == "POST":
        deed(guest, by=request.user, channel=OFFICE, now=timezone.now())
        messages.success(request, done)
        return HttpResponseRedirect(page_of(guest))
    return show(
        request,
        "admin/events/confirm.html",
        title % {"name": guest.name},
        text=text,
        press=press,
        back=page_of(guest),
        choice=choice,
        is_grave=True,
    )


@both
def renew_link(request, guest_id):
    return _ask_and_do(
        request,
        guest_id,
        title=_("A new link for %(name)s?"),
        text=_(
            "The old link stops working at once. Send the invitation again, or copy the new link, so that the guest "
            "has one that works."
        ),
        press=_("Make a new link"),
        choice=("ends_feed", _("End the calendar subscription, too: its address stands on the guest's page.")),
        deed=partial(guests.renew_link, ends_feed="ends_feed" in request.POST),
        done=_("The guest has a new link; the old one no longer works."),
    )


@both
def end_feed(request, guest_id):
    return _ask_and_do(
        request,
        guest_id,
        title=_("End the calendar subscription of %(name)s?"),
        text=_(
            "Calendars that look at the address find nothing there any more. The guest's link goes on working, and on "
            "the guest's page stands a new address."
        ),
        press=_("End the subscription"),
        deed=calendars.end_subscription,
        done=_("The calendar subscription has ended; the guest's page offers a new one."),
    )


@both
def revoke_link(request, guest_id):
    return _ask_and_do(
        request,
        guest_id,
        title=_("Withdraw the invitation of %(name)s?"),
        text=_(
            "The guest's link stops working and no more mail is sent. The answers stay. A new link brings the "
            "invitation back."
        ),
        press=_("Withdraw the invitation"),
        deed=guests.revoke_link,
        done=_("The invitation is withdrawn."),
    )
