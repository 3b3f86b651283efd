"""Who we are, and "send me my link again"."""

from django.conf import settings
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from config import limits
from config.middleware import client_address

from ..forms.links import LinkAgainForm
from ..reports import privacy_notice
from ..tasks import send_links
from .doors import is_too_often, too_many


@require_http_methods(["GET", "HEAD", "POST"])
def home(request):
    """The same answer for a known and an unknown address (S10); the mail goes to the stored address only."""
    form = LinkAgainForm(request.POST or None)
    if request.method != "POST":
        return render(request, "events/home.html", {"form": form})
    if is_too_often(request):
        return too_many(request)
    if not form.is_valid():
        return render(request, "events/home.html", {"form": form}, status=422)
    email = form.cleaned_data["email"]
    if limits.is_exceeded("links-address", client_address(request), settings.LINKS_PER_ADDRESS_PER_HOUR, seconds=3600):
        return too_many(request)
    most = settings.LINKS_PER_MAIL_ADDRESS_PER_HOUR
    if not limits.is_exceeded("links-mail", email.casefold(), most, seconds=3600):
        send_links.enqueue(email)
    return redirect("link_sent")


@require_safe
def link_sent(request):
    return render(request, "events/link_sent.html")


@require_safe
def privacy(request):
    """The privacy notice, with the settings in force."""
    return render(request, "events/privacy.html", {"notice": privacy_notice.notice()})


@require_safe
def accessibility(request):
    return render(request, "events/accessibility.html")
