"""Logins, for superusers: a name, a password, and who may make events."""

from django import forms
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.contrib.auth.admin import UserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashField,
    UserChangeForm,
)
from django.contrib.auth.models import Group, Permission
from django.template.defaultfilters import yesno
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django_tasks_db.models import DBTaskResult

from ..templatetags.office import short, titled
from .scoped import SuperuserAdmin

User = get_user_model()


WORDS = {
    "username": {"help_text": _("Letters, digits and @ . + - _, as it is typed when logging in.")},
    "is_active": {
        "label": _("can log in"),
        "help_text": _("Take the tick away when somebody leaves: what the person did stays in the history."),
    },
    "is_staff": {
        "label": _("works in the back office"),
        "help_text": _("Sees nothing yet: a role says what, and at which event."),
    },
    "is_superuser": {
        "label": _("may do everything"),
        "help_text": _("All events, all logins and roles. Give it to few."),
    },
}


def _of(field):
    """What Django calls a fact of a login, translated by Django."""
    return User._meta.get_field(field).verbose_name


class WithPassword:
    """Both passwords must be typed: a login always has one, for there is no other way in yet."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields.pop("usable_password", None)
        for name in ("password1", "password2"):
            self.fields[name].required = True
        self.fields["password2"].label = _("The same password again")
        self.fields["password2"].help_text = ""


class LoginForm(WithPassword, AdminUserCreationForm):
    """A new login."""


class PasswordForm(WithPassword, AdminPasswordChangeForm):
    """A new password for a login that is there."""


class PasswordButton(forms.Widget):
    """Leads to where the password is changed; nothing is shown of the one there is."""

    template_name = "admin/widgets/password.html"
    read_only = True


class ChangedLoginForm(UserChangeForm):
    """A login's facts; its password is another page's."""

    password = ReadOnlyPasswordHashField(label=_of("password"), widget=PasswordButton, required=True)


class Permissions(forms.ModelMultipleChoiceField):
    """One box a permission, in our words."""

    widget = forms.CheckboxSelectMultiple

    def label_from_instance(self, permission):
        return gettext("make new events")


class LoginAdmin(SuperuserAdmin, UserAdmin):
    """A ModelAdmin of ours with Django's forms for names and passwords."""

    form = ChangedLoginForm
    add_form = LoginForm
    change_password_form = PasswordForm
    section_title = _("Logins")
    add_title = _("Add a login")
    list_display = ["username", "full_name", "email", "may_come_in", "may_do_all", "last_seen"]
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
        return user.get_full_name() or None

    @admin.display(description=WORDS["is_active"]["label"], ordering="is_active")
    def may_come_in(self, user):
        return titled(WORDS["is_active"]["label"], yesno(user.is_active))

    @admin.display(description=WORDS["is_superuser"]["label"], ordering="is_superuser")
    def may_do_all(self, user):
        return titled(WORDS["is_superuser"]["label"], yesno(user.is_superuser))

    @admin.display(description=_of("last_login"), ordering="last_login")
    def last_seen(self, user):
        return short(user.last_login) if user.last_login else None

    def formfield_for_dbfield(self, db_field, request, **kwargs):
        return super().formfield_for_dbfield(db_field, request, **{**kwargs, **WORDS.get(db_field.name, {})})

    def formfield_for_manytomany(self, db_field, request, **kwargs):
        """Of all permissions only one means something here: who may make events."""
        if db_field.name != "user_permissions":
            return super().formfield_for_manytomany(db_field, request, **kwargs)
        means_something = Permission.objects.filter(codename="add_event", content_type__app_label="events")
        return Permissions(means_something, label=_("This person may also"), required=False)


admin.site.unregister(User)
admin.site.register(User, LoginAdmin)
for model in (Group, DBTaskResult):
    if admin.site.is_registered(model):
        admin.site.unregister(model)
