"""Every address: the guests' site, the back office, and the pulse."""

from django.conf import settings
from django.urls import URLResolver, include, path
from django.urls.resolvers import RoutePattern

from config.admin import OFFICE


class ReadWhenOpened(URLResolver):
    """Addresses in a namespace, whose module is imported for the first request or reverse() of one of them."""

    def _populate(self):
        """Nothing is looked up here: names in a namespace are found through url_patterns (get_ns_resolver)."""


def mail_hooks_are_open():
    """Only where a provider is chosen, and a secret that it must know."""
    return bool(settings.ANYMAIL_PROVIDER and settings.ANYMAIL.get("WEBHOOK_SECRET"))


urlpatterns = [
    ReadWhenOpened(RoutePattern(settings.ADMIN_PATH, is_endpoint=False), OFFICE, app_name="admin", namespace="admin"),
    *([path("hooks/mail/", include("events.views.mail_hooks"))] if mail_hooks_are_open() else []),
    path("", include("events.urls")),
]
handler400 = "events.views.errors.bad_request"
handler403 = "events.views.errors.forbidden"
handler404 = "events.views.errors.not_found"
handler500 = "events.views.errors.broken"
