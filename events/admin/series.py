from django.contrib import admin

from ..models import Series
from .scoped import SuperuserAdmin


@admin.register(Series)
class SeriesAdmin(SuperuserAdmin):
    list_display = ["name", "slug"]
    search_fields = ["name"]
