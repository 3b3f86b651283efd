"""Sending a letter to many: who gets it and who does not, how it looks, a test to oneself, and the press."""

from collections import defaultdict

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import emails
from ..actions import invitations, letters
from ..domain.letters import HasLineBreak, UnknownPlaceholder
from ..forms.letters import AudienceForm
from ..models import Event, Guest, History, Letter, Message
from .mail_frame import mail_page
from .pages import show

SHOWN = 200  # names of a list; the count says the rest
BY_HAND = [kind for kind in Letter.Kind if kind not in invitations.BY_ITSELF]
REASONS = {
    "already_sent": gettext_lazy("have it already"),
    "answered": gettext_lazy("have answered"),
    "other_answer": gettext_lazy("gave another answer"),
    "no_email": gettext_lazy("have no mail address"),
    "bounced": gettext_lazy("mail does not arrive at their address"),
    "unsubscribed": gettext_lazy("want no more mail"),
    "revoked": gettext_lazy("their invitation is withdrawn"),
    "uncertain": gettext_lazy("may have it already; look in the outbox"),
    "not_invited": gettext_lazy("are not invited to any part"),
    "companion": gettext_lazy("come with somebody, who gets the letter"),
}
both = require_http_methods(["GET", "HEAD", "POST"])


def page_of(event, letter, **query):
    url = reverse("admin:event_send", args=[event.pk, letter])
    return f"{url}?{urlencode(query)}" if query else url


def _kind(letter):
    """The kind of letter in the address, else 404."""
    if letter not in Letter.Kind.values:
        raise Http404
    return Letter.Kind(letter)


@require_safe
def choose_letter(request):
    """The letters that are sent by hand, those that have gone out with their numbers."""
    sent = Message.objects.filter(event=request.event, state=Message.State.SENT).order_by()
    counts = dict(sent.values_list("letter").annotate(n=Count("pk")))
    rows = [(kind, page_of(request.event, kind), counts.get(kind, 0)) for kind in BY_HAND]
    return show(request, "admin/events/send_choose.html", _("Send a letter"), rows=rows)


def _refusal(request, letter, form):
    """(audience, None), or (None, why it cannot be sent, what to press, where that leads)."""
    event, said = request.event, form.cleaned_data
    activity = said["activity"]
    try:
        return invitations.audience(event, letter=letter, to=said["to"], activity=activity), None
    except invitations.EventIsNotOpen:
        text = _("Guests could not answer yet: the event is not open for answers.")
        press = (_("Open for answers"), reverse("admin:event_state", args=[event.pk, Event.State.OPEN]))
        return None, (text, press if event.state in ("draft", "closed", "cancelled") else None)
    except invitations.NothingToSay:
        text = _("There is no text for this letter yet.")
        press = (_("Write it"), reverse("admin:event_letters_add", args=[event.pk]) + f"?kind={letter}")
        return None, (text, press)
    except invitations.GoesByItself:
        return None, (_("This letter goes out by itself when it is time; nobody has to send it."), None)


@both
def send(request, letter):
    """Says "This goes to 43 people", who, and why not the others; the POST sends to as many, or asks anew."""
    letter = _kind(letter)
    form = AudienceForm(request.POST or request.GET or None, event=request.event, letter=letter)
    form.is_valid()
    audience, refusal = _refusal(request, letter, form)
    if request.method == "POST" and audience:
        if form.cleaned_data["count"] == len(audience.recipients):
            return _send(request, letter, form.cleaned_data)
        messages.warning(request, _("The list has changed since you looked. Please look once more."))
    return show(
        request,
        "admin/events/send.html",
        _("Send: %(letter)s") % {"letter": letter.label},
        letter=letter,
        form=form,
        audience=audience,
        refusal=refusal,
        groups=_groups(audience) if audience else [],
        shown=SHOWN,
        **_preview(request, letter, audience),
    )


def _send(request, letter, said):
    invitations.send(
        request.event,
        letter=letter,
        to=said["to"],
        activity=said["activity"],
        by=request.user,
        channel=History.Channel.OFFICE,
        now=timezone.now(),
    )
    return HttpResponseRedirect(reverse("admin:event_sent", args=[request.event.pk, letter]))


def _groups(audience):
    """(reason in words, how many, the first guests) of those left out."""
    guests = defaultdict(list)
    for guest, reason in audience.skipped:
        guests[reason].append(guest)
    return [(REASONS.get(reason, reason), count, guests[reason][:SHOWN]) for reason, count in audience.reasons.items()]


def _preview(request, letter, audience):
    """Which guest's letter is shown, in which language and width; by default the first who gets it."""
    guests = Guest.objects.filter(event=request.event, forgotten_at=None, invitation__isnull=False)
    guests = guests.select_related("contact")
    if not emails.has_text(request.event, letter):
        return {"guest": None, "has_text": False}
    wanted = request.GET.get("guest", "")
    guest = guests.filter(pk=wanted).first() if wanted.isdecimal() else None
    if guest is None:
        guest = audience.recipients[0] if audience and audience.recipients else guests.order_by("sort_key").first()
    width = request.GET.get("width", "")
    width = width if width in ("phone", "desk", "text") else "desk"
    shown = {
        "guest": guest,
        "has_text": True,
        "width": width,
        "choices": (audience.recipients[:SHOWN] if audience else []),
    }
    if guest:
        shown["mail"] = _rendered(request.event, letter, guest)
    return shown


def _rendered(event, letter, guest):
    """The letter as this guest would get it; 404 where there is no text or one with a fault."""
    try:
        return emails.preview(event, letter, None, guest, activity=_about(letter, guest))
    except (emails.NoText, UnknownPlaceholder, HasLineBreak) as fault:
        raise Http404 from fault


def _about(letter, guest):
    """The activity the letter is about: the first, where it is about one."""
    if letter != Letter.Kind.PROMOTED:
        return None
    answer = guest.answer_set.select_related("activity").order_by("activity__starts_at").first()
    return answer and answer.activity


def _guest(request, guest_id):
    rows = Guest.objects.select_related("contact__company", "contact__host", "host", "invitation", "event")
    return get_object_or_404(rows, pk=guest_id, event=request.event, forgotten_at=None, invitation__isnull=False)


@require_safe
def preview_frame(request, letter, guest_id):
    return mail_page(_rendered(request.event, _kind(letter), _guest(request, guest_id)).html)


@require_POST
def send_test(request, letter, guest_id):
    """The letter as that guest would get it, to the organiser's own address."""
    letter, guest = _kind(letter), _guest(request, guest_id)
    try:
        letters.send_test(request.event, letter, None, as_guest=guest, to_user=request.user, now=timezone.now())
    except letters.NoAddress:
        messages.error(request, _("Your login has no mail address, so there is nowhere to send a test."))
    except letters.TestNotSent:
        messages.error(request, _("The mail server did not take the test. Nothing was sent to guests."))
    else:
        messages.success(request, _("A test is on its way to %(email)s.") % {"email": request.user.email})
    return HttpResponseRedirect(page_of(request.event, letter, guest=guest.pk))


@require_safe
def sent(request, letter):
    """What became of a letter so far: how many wait, went out, failed."""
    letter = _kind(letter)
    rows = Message.objects.filter(event=request.event, letter=letter).order_by()
    counts = dict(rows.values_list("state").annotate(n=Count("pk")))
    states = [(state, state.label, counts[state]) for state in Message.State if counts.get(state)]
    on_the_way = counts.get(Message.State.QUEUED, 0) + counts.get(Message.State.SENDING, 0)
    return show(
        request,
        "admin/events/sent.html",
        _("Sent: %(letter)s") % {"letter": letter.label},
        letter=letter,
        states=states,
        on_the_way=on_the_way,
    )
