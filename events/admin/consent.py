from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Consent
from .filters import by_choices
from .scoped import EventScopedAdmin

SHOWN = [choice for choice in Consent.Purpose.choices if choice[0] != Consent.Purpose.FOOD]


@admin.register(Consent)
class ConsentAdmin(EventScopedAdmin):
    """What guests agreed to; given and withdrawn by the guests alone.

    Not the one about food: that there is one says that somebody has needs, and that is health data (P1, P3).
    """

    event_path = "guest__event"
    spans_events = True
    list_display = ["who", "purpose", "is_given", "said_at", "withdrawn_at", "language", "text_version"]
    list_display_links = None
    list_select_related = ["guest__contact"]
    list_filter = [by_choices("purpose", "purpose", _("purpose"), SHOWN)]
    ordering = ["-said_at", "-pk"]

    def get_queryset(self, request):
        return super().get_queryset(request).exclude(purpose=Consent.Purpose.FOOD)

    @admin.display(description=_("guest"))
    def who(self, consent):
        return self.link_to(consent.guest)
