"""No more invitations: GET shows, POST does, also the one-click POST of mail programs (RFC 8058 §3)."""

from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from ..actions import subscriptions
from ..domain.links import Purpose
from ..models import History, links
from .doors import contact_of, is_too_often, show_in_language_of, too_many, unknown_link


@csrf_exempt  # mail programs bring no cookie; the link itself is the proof
@require_http_methods(["GET", "HEAD", "POST"])
def unsubscribe(request, token):
    """`/u/<token>/`: no cookie, no redirect; pressing twice is harmless; answers stay as they are."""
    invitation = links.find(token, Purpose.UNSUBSCRIBE)
    if invitation is None or invitation.guest.contact_id is None:
        return unknown_link(request)
    guest = invitation.guest
    show_in_language_of(request, guest)
    context = {"guest": guest, "contact": contact_of(guest.event), "event": guest.event, "here": ""}
    if request.method == "POST":
        if is_too_often(request, f"u{invitation.public_id}"):
            return too_many(request)
        subscriptions.unsubscribe(guest, by=None, channel=History.Channel.MAIL, now=timezone.now())
        context["is_done"] = True
    else:
        context["is_done"] = guest.contact.unsubscribed_at is not None
    return render(request, "events/unsubscribe.html", context)
