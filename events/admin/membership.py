from django.contrib import admin

from ..models import Membership
from .scoped import SuperuserAdmin


@admin.register(Membership)
class MembershipAdmin(SuperuserAdmin):
    """Who may do what at which event: given by superusers only."""

    list_display = ["user", "event", "role"]
    list_select_related = ["user", "event"]
    fields = ["user", "event", "role"]
