"""Events: their settings. Making one and changing its state are pages of their own."""

from django.contrib import admin
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..actions import programme
from ..forms.events import EventForm
from ..models import Event, History
from ..reports import who
from . import change_pages
from .access import access_of
from .event_pages import make_event
from .left_behind import say_what_reads_as_before
from .pages import in_zone_of
from .scoped import OfficeAdmin


def _shown_now(event):
    """What it means to show guests to each other, and whom it would show today."""
    meaning = gettext(
        "Every guest then finds a page with who comes to what, by name and company: only those who have said yes to it "
        "themselves. All others, and companions, are only counted."
    )
    named = who.coming(event).named
    count = ngettext(
        "%(n)s of those who are coming has said yes so far.",
        "%(n)s of those who are coming have said yes so far.",
        named,
    )
    return f"{meaning} {count % {'n': named}}"


@admin.register(Event)
class EventAdmin(OfficeAdmin):
    may_change = True
    form = EventForm
    readonly_fields = ["slug", "state", "created_at"]
    search_fields = ["slug"]
    fieldsets = [
        (None, {"fields": ["title", "intro", "bring"]}),
        (_("When and where"), {"fields": ["held_on", "town", "time_zone", "answer_by_at"]}),
        (
            _("Whom guests can ask"),
            {
                "description": _("Left empty, the company's own contact is shown."),
                "fields": ["contact_name", "contact_email", "contact_phone"],
            },
        ),
        (_("Companions"), {"fields": ["companions_allowed", "also_for_all"]}),
        (
            _("How long guests are kept"),
            {
                "description": _("Days after the event. Only what is shorter than everywhere counts."),
                "fields": ["food_kept_days", "silent_kept_days", "guests_kept_days"],
            },
        ),
        (_("Guests among themselves"), {"fields": ["shows_guests"]}),
        (_("Looks and order"), {"fields": ["scene", "series", "slug", "state"]}),
    ]

    def get_form(self, request, obj=None, **kwargs):
        """With how many would be seen, were guests shown to each other."""
        form = super().get_form(request, obj, **kwargs)
        if obj and "shows_guests" in form.base_fields:
            form.base_fields["shows_guests"].help_text = _shown_now(obj)
        return form

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows if request.user.is_superuser else rows.filter(pk__in=list(access_of(request).events))

    def is_allowed(self, request, obj=None):
        access = access_of(request)
        return access.organises(obj.pk) if obj else access.is_organiser

    def has_add_permission(self, request):
        return request.user.has_perm("events.add_event")

    def changelist_view(self, request, extra_context=None):
        return HttpResponseRedirect(reverse("admin:index") + "?all=1")

    def add_view(self, request, form_url="", extra_context=None):
        return make_event(request)

    def _in_event(self, view, request, object_id, *args, **kwargs):
        """The event itself is the chosen one on its own pages."""
        if object_id.isdecimal():
            request.event = access_of(request).event(int(object_id))
            return in_zone_of(request.event, view, request, object_id, *args, **kwargs)
        return view(request, object_id, *args, **kwargs)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        extra = {"title": _("Settings"), **(extra_context or {})}
        return self._in_event(super().change_view, request, object_id, form_url, extra)

    def history_view(self, request, object_id, extra_context=None):
        return self._in_event(super().history_view, request, object_id, extra_context)

    def save_model(self, request, obj, form, change):
        """All but the day, which takes the programme along: what that comes to is looked at first."""
        say_what_reads_as_before(request, form)
        changed = set(form.changed_data)
        obj.plan = {"deed": "move", "held_on": obj.held_on.isoformat()} if "held_on" in changed else None
        how = {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}
        is_for_all = form.cleaned_data["also_for_all"]
        programme.change_event(obj, changed - {"held_on", "also_for_all"}, is_for_all=is_for_all, **how)

    def response_change(self, request, obj):
        if obj.plan:
            return HttpResponseRedirect(change_pages.page_of(obj, obj.plan))
        return super().response_change(request, obj)

    def response_post_save_change(self, request, obj):
        return HttpResponseRedirect(reverse("admin:event_overview", args=[obj.pk]))
