"""Logins, for superusers: a name, a password, and who may make events."""

from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import AdminUserCreationForm
from django.contrib.auth.models import Group
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from .scoped import SuperuserAdmin

User = get_user_model()


class LoginForm(AdminUserCreationForm):
    """A new login always has a password; there is no other way in yet."""

    usable_password = None


class LoginAdmin(SuperuserAdmin, UserAdmin):
    """A ModelAdmin of ours with Django's forms for names and passwords."""

    add_form = LoginForm
    add_title = _("Add a login")
    list_display = ["username", "full_name", "email", "is_active", "is_superuser", "last_login"]
    list_filter = []
    filter_horizontal = []
    fieldsets = [
        (None, {"fields": ["username", "password", "first_name", "last_name", "email"]}),
        (_("What this person may do"), {"fields": ["is_active", "is_staff", "is_superuser", "user_permissions"]}),
    ]
    add_fieldsets = [(None, {"fields": ["username", "password1", "password2"]})]
    readonly_fields = ["last_login"]

    @admin.display(description=_("name"))
    def full_name(self, user):
        return user.get_full_name() or "–"

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Of all permissions only one means something here: who may make events."""
        field = super().formfield_for_manytomany(db_field, request, **kwargs)
        if db_field.name == "user_permissions":
            field.queryset = field.queryset.filter(codename="add_event", content_type__app_label="events")
        return field


admin.site.unregister(User)
admin.site.register(User, LoginAdmin)
for model in (Group, DBTaskResult):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
