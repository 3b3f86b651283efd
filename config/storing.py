"""Where uploaded files lie and how they leave, checked when the program starts."""

import re

from django.core.exceptions import ImproperlyConfigured

INTERNAL = re.compile(r"/[\w/-]+/")


def checked_prefix(prefix: str) -> str:
    """The address inside nginx under which MEDIA_ROOT lies, or ""."""
    if prefix and not INTERNAL.fullmatch(prefix):
        raise ImproperlyConfigured(
            "X_ACCEL_PREFIX must begin and end with a slash, as the internal location of nginx does: /stored/."
        )
    return prefix
