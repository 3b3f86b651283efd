"""Walks the URLconf, so that a new address cannot be forgotten by the tests that go through all of them."""

from django.urls import URLPattern, get_resolver


def all_routes(resolver=None, before=""):
    """Every route as written in the URLconf, from the root: "i/<str:token>/answered/"."""
    for pattern in (resolver or get_resolver()).url_patterns:
        route = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield route
        else:
            yield from all_routes(pattern, route)
