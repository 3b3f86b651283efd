"""Guests: the list with everyone's answers, and each guest's page."""

from django.contrib import admin
from django.db.models import Prefetch
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..actions import companions
from ..models import Answer, Guest, History
from . import guest_actions
from .access import access_of
from .guest_list import (
    ByCompany,
    ByHost,
    ByInvitation,
    Standing,
    answer_column,
    answer_filter,
    found_by,
    invitation_chip,
    programme_of,
    with_company,
)
from .guest_pages import add_guest, page_context
from .hosts import HostsToo, is_organised
from .invitation import InvitationInline
from .scoped import EventScopedAdmin


@admin.register(Guest)
class GuestAdmin(HostsToo, EventScopedAdmin):
    guest_path = "pk"
    section = "guests"
    may_add = may_change = True
    add_title = _("Add a guest")
    search_fields = ["search_text"]
    search_help_text = _("Name, company or mail")
    change_list_template = "admin/events/guest_list.html"
    change_form_template = "admin/events/guest_page.html"
    list_select_related = ["contact__company", "host", "invitation"]
    ordering = ["sort_key", "pk"]
    inlines = [InvitationInline]
    fields = ["host", "language", "companions_allowed", "note"]
    fields_of_companion = ["companion_name", "host", "note"]

    actions = guest_actions.ACTIONS

    def get_actions(self, request):
        """For organisers, in the list of an event."""
        return super().get_actions(request) if hasattr(request, "event") and is_organised(request) else {}

    def get_action_choices(self, request, default_choices=None):
        return super().get_action_choices(request, [("", gettext("Choose what to do"))])

    def get_list_display(self, request):
        answers = [answer_column(activity) for activity in programme_of(request)]
        return ["who", *(["of_host"] if is_organised(request) else []), *answers, "link_state"]

    def get_list_filter(self, request):
        answers = [answer_filter(activity) for activity in programme_of(request)]
        return [*answers, Standing, ByInvitation, *([ByHost] if is_organised(request) else []), ByCompany]

    def get_fields(self, request, obj=None):
        """A host reads the note and writes the personal line, nothing else."""
        if not is_organised(request):
            return ["note"]
        return self.fields_of_companion if obj and obj.companion_of_id else self.fields

    def get_readonly_fields(self, request, obj=None):
        return [] if is_organised(request) else ["note"]

    def guest_of(self, obj):
        return obj

    def has_add_permission(self, request):
        return is_organised(request) and super().has_add_permission(request)

    def get_queryset(self, request):
        rows = super().get_queryset(request).filter(forgotten_at=None)
        if request.resolver_match and request.resolver_match.url_name == "event_guests":
            answers = Answer.objects.only("guest", "activity", "state").with_place()
            rows = rows.with_whom().prefetch_related(Prefetch("answer_set", answers, to_attr="kept_answers"))
        else:
            rows = rows.select_related("contact__company", "host", "invitation", "event", "companion_of__contact")
        return rows

    def get_search_results(self, request, queryset, search_term):
        return found_by("search_text", queryset, search_term), False

    @admin.display(description=_("name"), ordering="sort_key")
    def who(self, guest):
        return with_company(guest)

    @admin.display(description=_("host"), ordering="host__key")
    def of_host(self, guest):
        return guest.host

    @admin.display(description=_("invitation"), ordering="invitation__state")
    def link_state(self, guest):
        return invitation_chip(guest)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "companion_name" in form.changed_data:
            companions.name(obj, by=request.user, channel=History.Channel.OFFICE, now=timezone.now())

    def changelist_view(self, request, extra_context=None):
        is_ours = is_organised(request)
        text = gettext("Bring your list in as it is, or add the first guest by hand.")
        extra = {
            "empty_title": gettext("No guests yet"),
            "empty_text": text if is_ours else gettext("As soon as an organiser gives you a guest, it shows here."),
            "is_organised": is_ours,
            **({} if is_ours else {"title": gettext("My guests")}),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    def add_view(self, request, form_url="", extra_context=None):
        if not hasattr(request, "event"):
            raise Http404
        return add_guest(request)

    def change_view(self, request, object_id, form_url="", extra_context=None):
        guest = self.get_object(request, object_id)
        extra = page_context(guest, access_of(request)) if guest and request.method == "GET" else {}
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})
