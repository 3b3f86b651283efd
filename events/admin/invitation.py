"""The invitation stands inside its guest: only the host's personal line is written by hand."""

from django import forms
from django.contrib import admin

from ..forms.seen import SeenForm
from ..models import Invitation
from .access import access_of


class InvitationInline(admin.StackedInline):
    model = Invitation
    form = SeenForm
    fields = ["personal_line"]
    template = "admin/events/invitation_inline.html"
    can_delete = False
    max_num = 1
    extra = 0
    media = forms.Media()  # one invitation, so no script that adds rows

    def has_view_permission(self, request, obj=None):
        return access_of(request).sees(obj) if obj else access_of(request).has_guests

    has_change_permission = has_view_permission

    def has_add_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
