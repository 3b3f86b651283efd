"""What organisers do when a guest asks them, and not the page, to be forgotten."""

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..actions import privacy
from .guest_pages import OFFICE, both, own_guest, page_of
from .pages import show


@both
def forget(request, guest_id):
    """Says what goes, and asks once. The person is forgotten everywhere, also at events that others work on."""
    guest = own_guest(request, guest_id)
    if request.method == "POST":
        never_again = bool(request.POST.get("never_again"))
        privacy.forget_guest(guest, by=request.user, channel=OFFICE, now=timezone.now(), never_again=never_again)
        messages.success(request, _("The person is forgotten."))  # by no name
        return HttpResponseRedirect(reverse("admin:event_guests", args=[request.event.pk]))
    return show(
        request,
        "admin/events/guest_forget.html",
        _("Forget %(name)s?") % {"name": guest.name},
        has_address=bool(guest.email),
        back=page_of(guest),
    )
