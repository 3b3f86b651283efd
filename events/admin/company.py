from django.contrib import admin
from django.db.models import Count
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..actions import contacts
from ..forms.guests import CompanyForm
from ..models import Company, Guest
from ..templatetags.office import titled
from .access import access_of
from .guest_list import found_by
from .scoped import OfficeAdmin


@admin.register(Company)
class CompanyAdmin(OfficeAdmin):
    """Customers and partners. An organiser sees those whose people are guests of own events."""

    may_change = True
    form = CompanyForm
    fields = ["name", "customer_number"]
    list_display = ["name", "customer_number", "people"]
    search_fields = ["key"]
    ordering = ["key"]

    def get_queryset(self, request):
        rows = super().get_queryset(request).annotate(heads=Count("contact"))
        if request.user.is_superuser:
            return rows
        mine = Guest.objects.filter(event__in=list(access_of(request).events), contact__company__isnull=False)
        return rows.filter(pk__in=mine.values("contact__company"))

    def get_search_results(self, request, queryset, search_term):
        return found_by("key", queryset, search_term), False

    @admin.display(description=_("people we know"), ordering="heads")
    def people(self, company):
        return titled(gettext("people we know"), company.heads)

    def save_model(self, request, obj, form, change):
        contacts.save_company(obj)
