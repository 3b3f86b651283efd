from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..actions import contacts
from ..forms.guests import HostForm
from ..models import Host
from .filters import Choice
from .guest_list import found_by
from .scoped import OfficeAdmin


class ByMail(Choice):
    title = _("mail")
    parameter_name = "mail"

    def lookups(self, request, model_admin):
        return [("none", _("without mail address"))]

    def queryset(self, request, queryset):
        return queryset.filter(email="") if self.value() == "none" else queryset


@admin.register(Host)
class HostAdmin(OfficeAdmin):
    """Colleagues; every organiser sees them, for any guest may need one."""

    may_add = may_change = True
    form = HostForm
    fields = ["name", "email", "phone", "user"]
    add_title = _("Add a host")
    list_display = ["name", "email", "phone"]
    list_filter = [ByMail]
    search_fields = ["key"]
    ordering = ["key"]

    def get_fields(self, request, obj=None):
        """Only a superuser ties a host to a login, for that opens the guests to it."""
        return self.fields if request.user.is_superuser else self.fields[:-1]

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.is_address_kept = obj is not None and contacts.is_host_shared_beyond(obj, request.user)
        return form

    def get_search_results(self, request, queryset, search_term):
        return found_by("key", queryset, search_term), False

    def save_model(self, request, obj, form, change):
        contacts.save_host(obj)
