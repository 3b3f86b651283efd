"""The programme: one row a part, in order of time."""

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Count, Q
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..actions import calendar_invitations, plans, programme
from ..domain import dates, differences
from ..forms.activities import ActivityForm
from ..models import Activity, Answer, History
from ..templatetags.office import titled
from . import change_pages
from .left_behind import say_what_reads_as_before
from .scoped import EventScopedAdmin


@admin.register(Activity)
class ActivityAdmin(EventScopedAdmin):
    section = "programme"
    section_title = _("Programme")
    may_add = may_change = True
    form = ActivityForm
    add_title = _("Add a part")
    change_form_template = "admin/events/activity_form.html"
    list_display = ["when", "name", "where", "places", "coming", "deadline"]
    list_display_links = ["name"]
    ordering = ["starts_at", "pk"]
    sortable_by = []
    fieldsets = [
        (None, {"fields": ["title", "kind", "description"]}),
        (_("When and where"), {"fields": [("starts_at", "ends_at"), "place", "address", "map_url"]}),
        (
            _("For the guests"),
            {
                "fields": [
                    "dress",
                    "capacity",
                    ("answer_by_at", "grace_until_at"),
                    "serves_food",
                    "welcomes_companions",
                ]
            },
        ),
        (_("Waiting list"), {"fields": ["promotes_until_hours"]}),
        (_("Race"), {"fields": ["asks_shirt_size"], "description": _("Only where this part is a race.")}),
    ]

    def get_fieldsets(self, request, obj=None):
        """Calendar invitations are offered only where a mailbox is read, for else the answer is lost."""
        if not calendar_invitations.are_possible():
            return self.fieldsets
        return [*self.fieldsets, (_("Calendar"), {"fields": ["invites_by_calendar"]})]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.event = getattr(request, "event", None)
        return form

    def get_queryset(self, request):
        coming = Count("answer", filter=Q(answer__state="coming"))
        return super().get_queryset(request).annotate(heads=coming)

    @admin.display(description=_("when"))
    def when(self, activity):
        starts, ends = (timezone.localtime(at) for at in (activity.starts_at, activity.ends_at))
        return dates.span(starts, ends, get_language())

    @admin.display(description=_("part"))
    def name(self, activity):
        if activity.is_cancelled:
            return format_html('{} <span class="chip chip-off">{}</span>', activity, gettext("Cancelled"))
        return str(activity)

    @admin.display(description=pgettext_lazy("where it is", "place"))
    def where(self, activity):
        return str(activity.place) or None

    @admin.display(description=_("places"))
    def places(self, activity):
        return titled(gettext("places"), activity.capacity or gettext("for everyone"))

    @admin.display(description=_("coming"))
    def coming(self, activity):
        return titled(gettext("coming"), activity.heads)

    @admin.display(description=_("answer by"))
    def deadline(self, activity):
        if at := activity.answer_by_at:
            return titled(gettext("answer by"), dates.short_day(timezone.localtime(at).date(), get_language()))
        return None

    def changelist_view(self, request, extra_context=None):
        empty = {
            "empty_title": gettext("No programme yet"),
            "empty_text": gettext("Write what happens when. Guests answer each part on its own."),
        }
        return super().changelist_view(request, {**empty, **(extra_context or {})})

    def change_view(self, request, object_id, form_url="", extra_context=None):
        part = self.get_object(request, unquote(object_id))
        may = part and part.invites_by_calendar and not part.is_cancelled and calendar_invitations.are_possible()
        return super().change_view(request, object_id, form_url, {"invites": may, **(extra_context or {})})

    def save_model(self, request, obj, form, change):
        """Through the action, so that calendars and waiting lists follow."""
        fields = {name: form.cleaned_data[name] for name in form.changed_data}
        how = {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}
        if not change:
            obj.pk = programme.add(request.event, **form.cleaned_data, **how).pk
            return
        say_what_reads_as_before(request, form)
        obj.plan = self._plan(request, obj, fields)
        if obj.plan:
            fields = {name: value for name, value in fields.items() if name not in differences.PART}
        waited = _heads(obj, "waiting")
        row = programme.change(obj, fields, **how)
        obj.changed_now = row.facts["fields"] if row else []
        obj.promoted_now = waited - _heads(obj, "waiting")

    def _plan(self, request, obj, fields):
        """What guests would notice, to be looked at first; None where nobody would."""
        noticed = {name: differences.plain(fields[name]) for name in fields if name in differences.PART}
        plan = {"deed": "change", "part": obj.pk, "fields": noticed}
        return plan if noticed and plans.outlook(request.event, plan).is_noticed else None

    def response_change(self, request, obj):
        """Where guests would notice, on to what will happen."""
        if obj.promoted_now > 0:
            messages.success(request, _got_a_place(obj.promoted_now))
        if obj.plan:
            return HttpResponseRedirect(change_pages.page_of(request.event, obj.plan))
        messages.success(request, gettext("Saved. Thank you!"))
        if "invites_by_calendar" in obj.changed_now and obj.invites_by_calendar:
            return HttpResponseRedirect(reverse("admin:event_part_calendar", args=[obj.event_id, obj.pk]))
        return self.response_post_save_change(request, obj)


def _heads(activity, state):
    return Answer.objects.filter(activity=activity, state=state).count()


def _got_a_place(count):
    return ngettext(
        "%(n)s guest on the waiting list got a place and is told by mail.",
        "%(n)s guests on the waiting list got a place and are told by mail.",
        count,
    ) % {"n": count}
