"""Answers as they came in, newest first; they change on the guest's page only."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Answer
from ..templatetags.office import answer_chip, short
from .filters import Choice, by_choices
from .guest_list import found_by, programme_of
from .scoped import EventScopedAdmin


class ByActivity(Choice):
    title = _("part")
    parameter_name = "part"

    def lookups(self, request, model_admin):
        return [(activity.slug, str(activity)) for activity in programme_of(request)]

    def queryset(self, request, queryset):
        return queryset.filter(activity__slug=self.value()) if self.value() else queryset


@admin.register(Answer)
class AnswerAdmin(EventScopedAdmin):
    section = "answers"
    event_path = "activity__event"
    list_display = ["who", "company", "activity", "said", "moment"]
    list_display_links = None
    list_select_related = ["guest__contact__company", "guest__companion_of__contact__company", "activity"]
    list_filter = [ByActivity, by_choices("state", "state", _("answer"), Answer.State.choices[1:])]
    search_fields = ["guest__search_text"]
    search_help_text = _("Name, company or mail")
    ordering = ["-answered_at", "-pk"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).with_place()
        return rows.filter(answered_at__isnull=False) if hasattr(request, "event") else rows

    def get_search_results(self, request, queryset, search_term):
        return found_by("guest__search_text", queryset, search_term), False

    @admin.display(description=_("guest"), ordering="guest__sort_key")
    def who(self, answer):
        return self.link_to_in_list(answer.guest)

    @admin.display(description=_("company"), ordering="guest__contact__company__key")
    def company(self, answer):
        contact = answer.guest.leader.contact
        return contact.company if contact else None

    @admin.display(description=_("answer"), ordering="state")
    def said(self, answer):
        return answer_chip(answer.state, "", answer.place)

    @admin.display(description=_("answered at"), ordering="answered_at")
    def moment(self, answer):
        return short(answer.answered_at)

    def changelist_view(self, request, extra_context=None):
        extra = {"empty_title": _("No answers yet"), "empty_text": _("They show here as they come in, newest first.")}
        return super().changelist_view(request, {**extra, **(extra_context or {})})
