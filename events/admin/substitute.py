"""Colleagues whom guests propose; decided on their own page."""

from django.contrib import admin
from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..models import Substitute
from ..templatetags.office import chip, short
from .filters import by_choices
from .of_guests import OfGuests
from .scoped import EventScopedAdmin

SIGNS = {"proposed": ("waiting", "?"), "approved": ("coming", "✓"), "declined": ("not_coming", "✕")}


@admin.register(Substitute)
class SubstituteAdmin(OfGuests, EventScopedAdmin):
    section = "substitutes"
    event_path = "guest__event"
    list_display = ["colleague", "who", "state_chip", "moment", "by"]
    list_select_related = ["guest__contact__company", "decided_by"]
    list_filter = [by_choices("state", "state", _("state"), Substitute.State.choices)]
    ordering = [Case(When(state="proposed", then=Value(0)), default=Value(1)), "-proposed_at", "-pk"]
    list_texts = {
        "list_intro": _("Whom guests would like to come instead. Nobody is written to before you decide."),
        "empty_title": _("Nobody has proposed a colleague"),
        "empty_text": _("A guest who can't come may propose a colleague on the own page. It shows here."),
    }
    fields = ["guest", "name", "email", "word", "state", "proposed_at", "decided_at", "decided_by"]

    @admin.display(description=_("colleague"))
    def colleague(self, substitute):
        url = reverse("admin:event_substitute", args=[substitute.guest.event_id, substitute.pk])
        return format_html('<a href="{}">{}</a><span class="under">{}</span>', url, substitute.name, substitute.email)

    @admin.display(description=_("instead of"))
    def who(self, row):
        return super().who(row)

    @admin.display(description=_("state"))
    def state_chip(self, substitute):
        kind, sign = SIGNS[substitute.state]
        return chip(kind, sign, substitute.get_state_display())

    @admin.display(description=_("when"))
    def moment(self, substitute):
        return short(substitute.decided_at or substitute.proposed_at)

    @admin.display(description=_("decided by"), empty_value="–")
    def by(self, substitute):
        user = substitute.decided_by
        return (user.get_full_name() or user.get_username()) if user else None
