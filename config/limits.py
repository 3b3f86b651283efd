"""Counting tries in the shared cache: no database row, no personal data kept."""

import hashlib

from django.core.cache import cache


def is_exceeded(kind, who, most, *, seconds):
    """Counts one try of `who` and tells whether it is more than `most` within `seconds`."""
    key = f"tries:{kind}:{hashlib.sha256(str(who).encode()).hexdigest()[:32]}"
    if cache.add(key, 1, seconds):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:  # ran out between the two calls
        return False
