"""Counting tries in the shared cache: no database row, no personal data kept."""

import hashlib

from django.core.cache import cache


def is_exceeded(kind, who, most, *, seconds):
    """Counts one try of `who` and tells whether it is more than `most` within `seconds`."""
    key = _key("tries", kind, who)
    if cache.add(key, 1, seconds):
        return most < 1
    try:
        return cache.incr(key) > most
    except ValueError:  # ran out between the two calls
        return False


def take_place(kind, who, most, *, seconds):
    """One of the `most` places that `who` may hold at once, or None where all are taken.

    Given back by `give_back`; that of a process that was killed frees itself after so many seconds.
    """
    places = (f"{_key('places', kind, who)}:{number}" for number in range(most))
    return next((place for place in places if cache.add(place, 1, seconds)), None)


def give_back(place):
    """Somebody else may hold this place now; twice is harmless."""
    cache.delete(place)


def _key(what, kind, who):
    return f"{what}:{kind}:{hashlib.sha256(str(who).encode()).hexdigest()[:32]}"
