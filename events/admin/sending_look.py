"""How a letter looks to one of its guests, and a test of it to oneself."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from .. import emails
from ..actions import letters
from ..domain.letters import HasLineBreak, UnknownPlaceholder
from ..models import Guest, Letter
from .guest_list import programme_of
from .mail_frame import mail_page

WIDTHS = ("phone", "desk", "text")
CHOICES = 200


def look(request, letter, recipients):
    """Which guest's letter is shown, in which language and width; by default the first who gets it."""
    event = request.event
    edition = emails.Edition(
        event, {activity.pk: activity for activity in programme_of(request)},
        {(row.kind, row.language): row for row in Letter.objects.filter(event=event)},
    )  # fmt: skip
    if not emails.has_text(event, letter):
        return {"guest": None, "has_text": False}
    guest = _guest_in_view(request, recipients)
    width = request.GET.get("width", "")
    shown = {"guest": guest, "has_text": True, "width": width if width in WIDTHS else "desk"}
    if guest:
        guest.event = event
        shown["mail"] = _rendered(event, letter, guest, edition)
    return shown


def _guest_in_view(request, recipients):
    wanted = request.GET.get("guest", "")
    if wanted.isdecimal() or not recipients:
        guests = Guest.objects.filter(event=request.event, forgotten_at=None, invitation__isnull=False)
        guests = guests.select_related("contact__company", "contact__host", "host", "invitation").order_by("sort_key")
        found = guests.filter(pk=wanted).first() if wanted.isdecimal() else None
        return found or (recipients[0] if recipients else guests.first())
    return recipients[0]


def _rendered(event, letter, guest, edition=None):
    """The letter as this guest would get it; 404 where there is no text or one with a fault."""
    try:
        return emails.preview(event, letter, None, guest, activity=_about(letter, guest), edition=edition)
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


def _kind(letter):
    if letter not in Letter.Kind.values:
        raise Http404
    return Letter.Kind(letter)


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
    back = QueryDict(request.POST.get("back", ""), mutable=True)  # the list as it was chosen
    back["guest"] = guest.pk
    return HttpResponseRedirect(f"{reverse('admin:event_send', args=[request.event.pk, letter])}?{back.urlencode()}")
