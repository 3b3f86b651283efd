"""A reply by mail that waits is taken as the guest's answer, or set aside."""

from django.contrib import messages
from django.http import HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from ..actions import held
from ..models import History, Received
from .guest_pages import say_what_came_of_it


@require_POST
def decide(request, received_id):
    """One press; back to the list as it was filtered."""
    rows = Received.objects.exclude(guest=None).exclude(activity=None)
    row = get_object_or_404(rows, pk=received_id, event=request.event, guest__forgotten_at=None)
    how = {"by": request.user, "channel": History.Channel.MAIL, "now": timezone.now()}
    if request.POST.get("decision") == "take":
        given = held.take(row, **how)
        if given:
            say_what_came_of_it(request, given)
        else:
            messages.info(request, _("Somebody has dealt with this already."))
    elif held.set_aside(row, **how):
        messages.info(request, _("Set aside. The answer stays as it was, and nobody is written to."))
    query = QueryDict(request.POST.get("back", "")).urlencode()
    address = reverse("admin:event_inbox", args=[request.event.pk])
    return HttpResponseRedirect(f"{address}?{query}" if query else address)
