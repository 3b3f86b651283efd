"""Colleagues whom guests propose; decided on their own page."""

from django.contrib import admin
from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Substitute
from ..templatetags.office import chip, short
from .filters import by_choices
from .guest_list import found_by
from .scoped import EventScopedAdmin

SIGNS = {"proposed": ("waiting", "?"), "approved": ("coming", "✓"), "declined": ("not_coming", "✕")}


@admin.register(Substitute)
class SubstituteAdmin(EventScopedAdmin):
    section = "substitutes"
    event_path = "guest__event"
    list_display = ["colleague", "who", "state_chip", "moment", "by"]
    list_display_links = None
    list_select_related = ["guest__contact__company", "decided_by"]
    list_filter = [by_choices("state", "state", _("state"), Substitute.State.choices)]
    search_fields = ["guest__search_text"]
    search_help_text = _("Name, company or mail")
    ordering = [Case(When(state="proposed", then=Value(0)), default=Value(1)), "-proposed_at", "-pk"]
    sortable_by = []
    fields = ["guest", "name", "email", "word", "state", "proposed_at", "decided_at", "decided_by"]

    def get_search_results(self, request, queryset, search_term):
        return found_by("guest__search_text", queryset, search_term), False

    @admin.display(description=_("colleague"))
    def colleague(self, substitute):
        url = reverse("admin:event_substitute", args=[substitute.guest.event_id, substitute.pk])
        return format_html('<a href="{}">{}</a><span class="under">{}</span>', url, substitute.name, substitute.email)

    @admin.display(description=_("instead of"))
    def who(self, substitute):
        contact = substitute.guest.contact if substitute.guest.contact_id else None
        company = contact.company if contact and contact.company_id else ""
        return format_html('{}<span class="under">{}</span>', self.link_to(substitute.guest), company)

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

    def changelist_view(self, request, extra_context=None):
        extra = {
            "list_intro": gettext("Whom guests would like to come instead. Nobody is written to before you decide."),
            "empty_title": gettext("Nobody has proposed a colleague"),
            "empty_text": gettext("A guest who can't come may propose a colleague on the own page. It shows here."),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})
