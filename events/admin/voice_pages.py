"""A voice is marked as read, or as unread again."""

from django.contrib import messages
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..actions import voices
from ..models import History
from .access import access_of


@require_POST
def mark(request, voice_id):
    """Back to the list as it was filtered."""
    heard = access_of(request).voices().select_related("guest__event")
    voice = get_object_or_404(heard, pk=voice_id, guest__event=request.event)
    is_read = bool(request.POST.get("is_read"))
    voices.mark(voice, is_read=is_read, by=request.user, channel=History.Channel.OFFICE, now=timezone.now())
    messages.success(request, _("Marked as read.") if is_read else _("Marked as unread."))
    query = QueryDict(request.POST.get("back", "")).urlencode()
    address = reverse("admin:event_voices", args=[request.event.pk])
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
