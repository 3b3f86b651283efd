"""What a photographer sees of an event: whom to leave out, and whom not to name."""

from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..reports.photographer import photo_list
from .pages import show


@require_safe
def photographers_list(request):
    return show(
        request,
        "admin/events/photographer.html",
        _("Photographer's list"),
        photos=photo_list(request.event),
    )
