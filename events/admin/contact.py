from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..actions import contacts
from ..forms.guests import ContactForm
from ..models import Contact, Guest
from .access import access_of
from .filters import Text
from .guest_list import found_by
from .scoped import OfficeAdmin


class ByCompany(Text):
    title = _("company")
    parameter_name = "company"

    def queryset(self, request, queryset):
        return found_by("company__key", queryset, self.value() or "")


@admin.register(Contact)
class ContactAdmin(OfficeAdmin):
    """People we know. An organiser sees those who are guests of own events; new ones come as guests."""

    may_change = True
    form = ContactForm
    fields = [
        "name", "first_name", "company_name", "email", "email_fails", "phone", "language", "host", "external_id",
        "unsubscribed_at",
    ]  # fmt: skip
    readonly_fields = ["unsubscribed_at"]
    list_display = ["name", "company", "host", "email", "phone"]
    list_select_related = ["company", "host"]
    list_filter = [ByCompany]
    search_fields = ["key"]
    search_help_text = _("Name or mail")
    ordering = ["sort_key", "pk"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.user.is_superuser:
            return rows
        mine = Guest.objects.filter(event__in=list(access_of(request).events), contact__isnull=False)
        return rows.filter(pk__in=mine.values("contact"))

    def get_search_results(self, request, queryset, search_term):
        by_mail = "email_key" if "@" in search_term else "key"
        return found_by(by_mail, queryset, search_term), False

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.is_address_kept = obj is not None and contacts.is_shared_beyond(obj, request.user)
        return form

    def save_model(self, request, obj, form, change):
        obj.company = contacts.company_named(form.cleaned_data["company_name"])
        obj.email = form.cleaned_data["email"]
        contacts.save(obj)
