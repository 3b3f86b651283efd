from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Consent
from .filters import by_choices
from .scoped import EventScopedAdmin


@admin.register(Consent)
class ConsentAdmin(EventScopedAdmin):
    """What guests agreed to; given and withdrawn by the guests alone."""

    event_path = "guest__event"
    spans_events = True
    list_display = ["who", "purpose", "is_given", "said_at", "withdrawn_at", "language", "text_version"]
    list_display_links = None
    list_select_related = ["guest__contact"]
    list_filter = [by_choices("purpose", "purpose", _("purpose"), Consent.Purpose.choices)]
    ordering = ["-said_at", "-pk"]

    @admin.display(description=_("guest"))
    def who(self, consent):
        return self.link_to(consent.guest)
