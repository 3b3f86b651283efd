"""What the chosen mail provider tells, at …/hooks/mail/<provider>/tracking/; its secret is anymail's WEBHOOK_SECRET.

The one signal of the house: anymail's views check and read what each provider sends, and hand it on by a signal only.
Loaded only where a provider is chosen (config/urls.py).
"""

from anymail.signals import tracking
from anymail.urls import urlpatterns as of_all_providers
from django.conf import settings
from django.utils import timezone

from ..actions import provider_events
from ..domain.provider_words import OUR_ID

NAMES = {f"{settings.ANYMAIL_PROVIDER}_tracking_webhook", f"{settings.ANYMAIL_PROVIDER}_webhook"}
urlpatterns = [route for route in of_all_providers if route.name in NAMES]


def heard(sender, event, esp_name, **kwargs):
    """Hands an event on; an error of ours answers 500, and the provider tries again later."""
    our_id = (event.metadata or {}).get(OUR_ID, "")
    provider_events.hear(
        event.event_type,
        provider_id=str(event.message_id or ""),
        our_id=our_id if isinstance(our_id, str) else "",
        reason=event.reject_reason,
        words=" ".join(filter(None, (event.mta_response, event.description))),
        now=timezone.now(),
    )


tracking.connect(heard)
