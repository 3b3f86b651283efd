from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Series
from .scoped import SuperuserAdmin


@admin.register(Series)
class SeriesAdmin(SuperuserAdmin):
    section_title = _("Series")
    add_title = _("Add a series")
    list_display = ["name", "slug"]
    search_fields = ["name"]
