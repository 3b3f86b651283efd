"""What every request passes: methods, headers, language, and a log line without personal data."""

import logging
import time

from django.conf import settings
from django.http import HttpResponseNotAllowed
from django.middleware.gzip import GZipMiddleware
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.translation import get_supported_language_variant

from config.logs import cut, network_of

HOUSEHOLD_BITS = {4: 32, 6: 64}
SMALL_ALREADY = ("image/jpeg", "image/png", "image/webp", "application/zip", "application/pdf")
METHODS = ("GET", "HEAD", "POST", "OPTIONS")
requests = logging.getLogger("vertskap.requests")


def NamedMethods(get_response):
    """Only the methods we use; TRACE and the rest get 405 (ASVS 13.4)."""

    def handle(request):
        return get_response(request) if request.method in METHODS else HttpResponseNotAllowed(METHODS)

    return handle


def QuietHeaders(get_response):
    """No search engine, no sensors, and nothing of ours kept by others (S5, S11, S12)."""

    def handle(request):
        response = get_response(request)
        response.headers.setdefault("X-Robots-Tag", "noindex, nofollow")
        response.headers.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        if not request.path.startswith(settings.STATIC_URL):
            response.headers.setdefault("Cache-Control", "private, no-store")
        return response

    return handle


class Language(LocaleMiddleware):
    """?lang= shows a page in that language and keeps nothing (I2); else cookie, browser, our own."""

    def process_request(self, request):
        asked = request.GET.get("lang", "")
        if asked in dict(settings.LANGUAGES):
            translation.activate(asked)
        else:
            super().process_request(request)
        request.LANGUAGE_CODE = translation.get_language()


class Gzip(GZipMiddleware):
    """Squeezes what gets smaller by it; photos and zips keep their length, so that browsers show how far they are."""

    def process_response(self, request, response):
        is_small = response.headers.get("Content-Type", "").startswith(SMALL_ALREADY)
        return response if is_small else super().process_response(request, response)


def keep_language(response, language):
    """In a cookie, for the next pages."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )


def chosen_language(request):
    """The language asked for by ?lang= or kept by the switch, else None."""
    for value in (request.GET.get("lang"), request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME)):
        if value in dict(settings.LANGUAGES):
            return get_supported_language_variant(value)
    return None


def client_address(request):
    """The address that asks, or None; of IPv6 its first 64 bits, for whoever has one has all of the rest.

    X-Forwarded-For counts only behind as many proxies as we know of (S13).
    """
    address = request.META.get("REMOTE_ADDR", "")
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "")
    if settings.TRUSTED_PROXIES and forwarded:
        hops = [hop.strip() for hop in forwarded.split(",")]
        address = hops[-min(settings.TRUSTED_PROXIES, len(hops))]
    return cut(address, HOUSEHOLD_BITS)


def RequestLog(get_response):
    """One line a request: method, route (never the path), status, milliseconds, network."""

    def handle(request):
        started = time.perf_counter()
        response = get_response(request)
        route = request.resolver_match.route if request.resolver_match else "–"
        facts = {
            "method": request.method,
            "route": route,
            "status": response.status_code,
            "ms": round((time.perf_counter() - started) * 1000),
            "network": network_of(client_address(request)),
        }
        requests.info("%(method)s %(route)s %(status)s %(ms)s ms %(network)s", facts, extra={"facts": facts})
        return response

    return handle
