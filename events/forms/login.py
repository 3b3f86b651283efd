"""The way into the back office."""

from django.contrib.admin.forms import AdminAuthenticationForm
from django.utils.translation import gettext_lazy as _


class LoginForm(AdminAuthenticationForm):
    """Says the same for a wrong name, a wrong password and a login without a way in."""

    error_messages = {
        **AdminAuthenticationForm.error_messages,
        "invalid_login": _("This name and password do not go together. Capital letters count."),
    }
