"""Every address: the guests' site, the back office, and the pulse."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path


def mail_hooks_are_open():
    """Only where a provider is chosen, and a secret that it must know."""
    return bool(settings.ANYMAIL_PROVIDER and settings.ANYMAIL.get("WEBHOOK_SECRET"))


urlpatterns = [
    path(settings.ADMIN_PATH, admin.site.urls),
    *([path("hooks/mail/", include("events.views.mail_hooks"))] if mail_hooks_are_open() else []),
    path("", include("events.urls")),
]
handler400 = "events.views.errors.bad_request"
handler403 = "events.views.errors.forbidden"
handler404 = "events.views.errors.not_found"
handler500 = "events.views.errors.broken"
