"""The rules by which letters go out by themselves and what became of their days, of all events, for superusers. Only
ever read: organisers work with them on the timetable of their event.
"""

from django.contrib import admin
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from ..models import Letter, Occurrence, Reminder
from ..templatetags.office import short
from .filters import by_choices
from .scoped import SuperuserAdmin


class OnlyRead(SuperuserAdmin):
    may_add = may_change = may_delete = False
    list_display_links = None
    sortable_by = []

    @admin.display(description=_("letter"))
    def letter_name(self, row):
        return capfirst(getattr(row, "reminder", row).get_letter_display())


@admin.register(Reminder)
class ReminderAdmin(OnlyRead):
    list_display = ["event", "letter_name", "days_before", "hour", "is_on", "since"]
    list_select_related = ["event"]
    list_filter = [by_choices("letter", "letter", _("letter"), Letter.Kind.choices)]
    ordering = ["-event__held_on", "letter", "-days_before"]

    @admin.display(description=_("holds since"))
    def since(self, reminder):
        return short(reminder.since_at)


@admin.register(Occurrence)
class OccurrenceAdmin(OnlyRead):
    list_display = ["of_event", "letter_name", "due", "state", "settled"]
    list_select_related = ["reminder__event"]
    list_filter = [by_choices("state", "state", _("state"), Occurrence.State.choices)]
    ordering = ["-due_at", "-pk"]

    @admin.display(description=_("event"))
    def of_event(self, occurrence):
        return str(occurrence.reminder.event)

    @admin.display(description=_("was to go out at"))
    def due(self, occurrence):
        return short(occurrence.due_at)

    @admin.display(description=_("decided at"))
    def settled(self, occurrence):
        return short(occurrence.settled_at)
