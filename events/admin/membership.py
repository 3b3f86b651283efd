from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from ..models import Membership
from .scoped import SuperuserAdmin


@admin.register(Membership)
class MembershipAdmin(SuperuserAdmin):
    """Who may do what at which event: given by superusers only."""

    add_title = _("Give somebody a role")
    list_display = ["user", "event", "role"]
    list_select_related = ["user", "event"]
    fields = ["user", "event", "role"]
