"""One mail: as the guest sees it, and once more where it did not arrive."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from .. import emails
from ..actions import messages as outbox
from ..domain.letters import HasLineBreak, UnknownPlaceholder
from ..models import History, Message
from .mail_frame import mail_page
from .pages import show

AGAIN = (Message.State.FAILED, Message.State.UNCERTAIN, Message.State.STOPPED)
LEFT_US = (Message.State.SENDING, Message.State.SENT, Message.State.UNCERTAIN)


def is_forgotten(message):
    """Whether what the mail said has been taken out with a person; it is not made up again."""
    return not message.content and (message.guest.forgotten_at is not None or message.state in LEFT_US)


def rendered(message):
    """The mail as it was written; one that still waits, as it would be written now. None without a text."""
    if is_forgotten(message):
        return None
    if message.content:
        link, unsubscribe_url = emails.links_in(message.letter, message.guest)
        inside = emails.in_pages(emails.photos_inside(message.content, message.guest))
        return emails.render(message.content, link=link, unsubscribe_url=unsubscribe_url, inside=inside)
    is_to_us = message.letter in emails.TO_THE_HOUSE
    said = [voice.text for voice in message.voice_set.order_by("pk")] if is_to_us else ()
    try:
        return emails.preview(
            message.event, message.letter, message.language, message.guest, activity=message.activity, said=said,
            facts=message.facts,
            texts=message.campaign.texts if message.campaign_id else None,
        )  # fmt: skip
    except (emails.NoText, UnknownPlaceholder, HasLineBreak):
        return None


def _message(request, message_id):
    """The event's own mail, else 404 (S7)."""
    rows = Message.objects.select_related(
        "event", "activity", "guest__contact__company", "guest__contact__host", "guest__host", "guest__invitation",
        "campaign",
    ).defer("campaign__recipients", "campaign__left_out")  # fmt: skip
    return get_object_or_404(rows, pk=message_id, event=request.event)


@require_safe
def mail(request, message_id):
    """What the frame on the message's page shows."""
    shown = rendered(_message(request, message_id))
    if shown is None:
        raise Http404
    return mail_page(shown.html)


@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request, message_id):
    """Asks once, for a mail that may have arrived would arrive twice."""
    message = _message(request, message_id)
    back = reverse("admin:events_message_change", args=[message.pk])
    if request.method == "POST":
        try:
            outbox.send_again(message, by=request.user, channel=History.Channel.OFFICE, now=timezone.now())
            messages.success(request, _("The mail is in the outbox again."))
        except outbox.NotToBeSentAgain:
            messages.info(request, _("This mail has gone out already."))
        return HttpResponseRedirect(back)
    if message.state not in AGAIN:
        raise Http404
    if message.state == Message.State.UNCERTAIN:
        text = _(
            "The connection broke while it was being sent, so the guest may have it already. Sent again, it may "
            "arrive twice. Ask the guest first if you can."
        )
    else:
        text = _("It goes to the address the guest has now. If that was wrong, put it right on the contact first.")
    return show(
        request,
        "admin/events/confirm.html",
        _("Send the mail to %(name)s again?") % {"name": message.guest.name},
        text=text,
        press=_("Send it again"),
        back=back,
    )
