"""Who agreed to what, when, how, and to which wording. Never food: that somebody agreed would tell of health."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Consent
from ..templatetags.office import consent_chip, language, short
from .filters import Choice, by_choices
from .history import ByEvent
from .of_guests import OfGuests
from .scoped import EventScopedAdmin

PURPOSES = [each for each in Consent.Purpose.choices if each[0] != Consent.Purpose.FOOD]


class ByEventOfGuest(ByEvent):
    path = "guest__event"


class ByStanding(Choice):
    """What counts today, or what was said before."""

    title = _("in force")
    parameter_name = "standing"
    rows = {"now": (_("in force"), True), "before": (_("withdrawn"), False)}

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _is_in_force) in self.rows.items()]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        if self.value() not in self.rows:
            return queryset.none()
        return queryset.filter(withdrawn_at__isnull=self.rows[self.value()][1])


@admin.register(Consent)
class ConsentAdmin(OfGuests, EventScopedAdmin):
    """What guests agreed to, as they said it themselves or told one of us."""

    event_path = "guest__event"
    spans_events = True
    list_display = ["who", "what", "answer", "said", "withdrawn", "in_language", "text_version"]
    list_select_related = ["guest__contact", "guest__event"]
    list_filter = [
        ByEventOfGuest,
        by_choices("purpose", "purpose", _("purpose"), PURPOSES),
        by_choices("is_given", "answer", _("answer"), [("True", _("yes")), ("False", _("no"))]),
        ByStanding,
    ]
    ordering = ["-said_at", "-pk"]
    list_texts = {
        "empty_title": _("Nobody has been asked yet"),
        "empty_text": _("What guests say about photos, their name and next year shows here, with its wording."),
    }

    def get_queryset(self, request):
        return super().get_queryset(request).without_food()

    @admin.display(description=_("guest"))
    def who(self, consent):
        return format_html('{}<span class="under">{}</span>', self.link_to(consent.guest), consent.guest.event)

    @admin.display(description=_("purpose"))
    def what(self, consent):
        return capfirst(consent.get_purpose_display())

    @admin.display(description=_("answer"))
    def answer(self, consent):
        return consent_chip(consent)

    @admin.display(description=_("when"))
    def said(self, consent):
        return format_html('{}<span class="under">{}</span>', short(consent.said_at), consent.get_channel_display())

    @admin.display(description=_("withdrawn"), empty_value="–")
    def withdrawn(self, consent):
        return short(consent.withdrawn_at) if consent.withdrawn_at else None

    @admin.display(description=_("language"))
    def in_language(self, consent):
        return format_html('<span lang="{}">{}</span>', consent.language, language(consent.language))
