"""What happened at my events, by whom and how. Only ever read; what may be undone leads to where that is done."""

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..domain.undoing import change_of
from ..models import History
from ..templatetags.office import short, told
from .access import access_of
from .filters import Choice, by_choices
from .scoped import EventScopedAdmin


class ByEvent(Choice):
    title = _("event")
    parameter_name = "event"
    path = "event"

    def lookups(self, request, model_admin):
        return [(str(event.pk), str(event)) for event in access_of(request).events.values()]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(**{self.path: self.value()}) if self.value().isdecimal() else queryset.none()


@admin.register(History)
class HistoryAdmin(EventScopedAdmin):
    spans_events = True
    list_display = ["moment", "of_event", "who", "what", "activity", "outcome", "way"]
    list_display_links = None
    list_select_related = ["event", "guest__contact", "guest__companion_of__contact", "activity", "by"]
    list_filter = [
        ByEvent,
        by_choices("what", "what", _("what"), History.What.choices),
        by_choices("channel", "channel", _("how"), History.Channel.choices),
    ]
    ordering = ["-at", "-pk"]
    sortable_by = []

    def get_list_display(self, request):
        """The event stands in the rows where there may be several."""
        is_one = request.GET.get("event") or len(access_of(request).events) == 1
        return [name for name in self.list_display if name != "of_event" or not is_one]

    @admin.display(description=_("when"))
    def moment(self, row):
        return short(row.at)

    @admin.display(description=_("event"))
    def of_event(self, row):
        return str(row.event)

    @admin.display(description=_("guest"))
    def who(self, row):
        return self.link_to_in_list(row.guest) if row.guest_id else None

    @admin.display(description=_("outcome"))
    def outcome(self, row):
        words = told(row)
        if row.guest_id or not change_of(row.what, row.facts):
            return words or None
        url = reverse("admin:event_undo", args=[row.event_id, row.pk])
        return format_html('{} <a href="{}">{}</a>', words, url, gettext("Undo"))

    @admin.display(description=_("how"))
    def way(self, row):
        by = row.by.get_full_name() or row.by.get_username() if row.by else ""
        return format_html('{}<span class="under">{}</span>', row.get_channel_display(), by)
