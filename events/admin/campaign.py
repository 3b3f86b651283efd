"""Sendings: each press of "send" with what became of it; nothing is changed here but by stop and go on."""

from django.contrib import admin
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Campaign, Letter
from ..reports import sending_words
from ..reports.sendings import progress_of
from ..templatetags.office import fate_bar, short
from .campaign_pages import page_context
from .filters import by_choices
from .scoped import EventScopedAdmin


@admin.register(Campaign)
class CampaignAdmin(EventScopedAdmin):
    section = "sendings"
    section_title = _("Sendings")
    change_form_template = "admin/events/sending.html"
    change_list_template = "admin/events/sending_list.html"
    list_display = ["letter_name", "whom", "fate", "moment"]
    list_display_links = ["letter_name"]
    list_select_related = ["activity", "created_by"]
    list_filter = [
        by_choices("letter", "letter", _("letter"), Letter.Kind.choices),
        by_choices("state", "state", _("state"), Campaign.State.choices),
    ]
    ordering = ["-pk"]
    sortable_by = []
    fields = ["letter", "activity", "state", "created_at", "created_by", "due_at", "stopped_at"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).light()
        match = request.resolver_match
        if match and match.url_name == "events_campaign_change":
            rows = rows.select_related("activity", "created_by", "event")
        return rows

    def changelist_view(self, request, extra_context=None):
        extra = {
            "list_intro": gettext("Each time somebody pressed “send”, and what became of it."),
            "empty_title": gettext("Nothing has been sent yet"),
            "empty_text": gettext("Choose a letter. You see who gets it before anything is sent."),
        }
        response = super().changelist_view(request, {**extra, **(extra_context or {})})
        changelist = getattr(response, "context_data", {}).get("cl")
        if changelist:
            rows = list(changelist.result_list)
            found = progress_of(rows)
            for row in rows:
                row.progress = found[row.pk]
            changelist.result_list = rows
        return response

    def change_view(self, request, object_id, form_url="", extra_context=None):
        campaign = self.get_object(request, object_id)
        extra = page_context(campaign) if campaign else {}
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    @admin.display(description=_("letter"))
    def letter_name(self, campaign):
        return capfirst(campaign.get_letter_display())

    @admin.display(description=_("to whom"))
    def whom(self, campaign):
        more = gettext("and more was asked for") if sending_words.is_narrowed(campaign.criteria) else ""
        under = [str(campaign.activity or ""), more]
        return format_html(
            '{}<span class="under">{}</span>', sending_words.group(campaign.criteria), " · ".join(filter(None, under))
        )

    @admin.display(description=_("what became of it"))
    def fate(self, campaign):
        return render_to_string("admin/events/fate_bar.html", fate_bar(campaign.progress))

    @admin.display(description=_("when"))
    def moment(self, campaign):
        by = campaign.created_by
        name = (by.get_full_name() or by.get_username()) if by else ""
        return format_html('{}<span class="under">{}</span>', short(campaign.due_at), name)
