"""Lists of what guests say or propose, row by row: found by the guest, with the guest's company under the name."""

from django.contrib import admin
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from .guest_list import found_by


class OfGuests:
    """Before EventScopedAdmin among a class's bases. `list_texts` are what stands above the list, or in its place."""

    list_display_links = None
    sortable_by = []
    search_fields = ["guest__search_text"]
    search_help_text = _("Name, company or mail")
    list_texts = {}

    def get_search_results(self, request, queryset, search_term):
        return found_by("guest__search_text", queryset, search_term), False

    @admin.display(description=_("guest"))
    def who(self, row):
        contact = row.guest.contact if row.guest.contact_id else None
        company = contact.company if contact and contact.company_id else ""
        return format_html('{}<span class="under">{}</span>', self.link_to(row.guest), company)

    def changelist_view(self, request, extra_context=None):
        return super().changelist_view(request, {**self.list_texts, **(extra_context or {})})
