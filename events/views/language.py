"""The language switch."""

import re

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from django.utils.encoding import iri_to_uri
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from config.middleware import client_address, keep_language

from ..actions import guests
from ..models import History, links
from .doors import is_too_often, too_many

GUEST_PATH = re.compile(r"^/i/([0-9A-Za-z]+)/")


@require_POST
def set_language(request):
    """Keeps the language in a cookie, and on the guest when the switch stood on a guest's page."""
    language = request.POST.get("language", "")
    where = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(where, allowed_hosts=None) or not where.startswith("/"):
        where = "/"
    invitation = _invitation_of(where)
    if is_too_often(request, invitation.public_id if invitation else client_address(request)):
        return too_many(request)
    response = HttpResponse(status=303, headers={"Location": iri_to_uri(where)})
    if language in dict(settings.LANGUAGES):
        keep_language(response, language)
        if invitation:
            guests.choose_language(invitation.guest, language, channel=History.Channel.WEB, now=timezone.now())
    return response


def _invitation_of(where):
    """The invitation whose page the switch stood on, if any."""
    match = GUEST_PATH.match(where)
    return links.find(match[1]) if match else None
