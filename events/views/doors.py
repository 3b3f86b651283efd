"""How a guest's page is entered: by a genuine link, in the guest's language, not too often."""

from functools import wraps

from django.conf import settings
from django.shortcuts import render
from django.utils import translation
from django.views.decorators.http import require_http_methods

from config import limits
from config.middleware import chosen_language, client_address

from ..models import Guest, links

WORTH_SHOWING = 24  # letters of a text, to be read again while one waits


def guest_only(*methods, counts=None, refuses=None):
    """A view of one guest: `view(request, guest, **kwargs)`.

    Every wrong link, of whatever shape, ends in the one warm 404 (S4). POSTs are counted per link and per
    address (S26), by is_too_often and too_many where the view has no other way to count and to refuse.
    """

    def decorate(view):
        @require_http_methods(methods)
        @wraps(view)
        def enter(request, token, **kwargs):
            invitation = links.find(token)
            if invitation is None:
                return unknown_link(request)
            guest = invitation.guest
            show_in_language_of(request, guest)
            if request.method == "POST" and (counts or is_too_often)(request, invitation.public_id):
                return (refuses or too_many)(request)
            try:
                return view(request, guest, **kwargs)
            except Guest.DoesNotExist:  # forgotten at this very moment: so is the link
                return unknown_link(request)

        return enter

    return decorate


def is_too_often(request, public_id=None):
    """Whether this address, or the link where there is one, has posted more than its share within a minute."""
    by_link = public_id is not None and limits.is_exceeded(
        "link", public_id, settings.ANSWERS_PER_LINK_PER_MINUTE, seconds=60
    )
    by_address = limits.is_exceeded(
        "address", client_address(request), settings.ANSWERS_PER_ADDRESS_PER_MINUTE, seconds=60
    )
    return by_link or by_address


def too_many(request, wait_text=""):
    """A kind 429 that keeps what was typed, ready to be sent again (S26)."""
    fields = [(name, values) for name, values in request.POST.lists() if name != "csrfmiddlewaretoken"]
    kept = [(name, value) for name, values in fields for value in values]
    typed = [value for _name, value in kept if len(value) >= WORTH_SHOWING]
    said = {"kept": kept, "typed": typed, "may_repeat": True, "wait_text": wait_text}
    return render(request, "429.html", said, status=429)


def is_from_office(request):
    """Whether this browser is logged in to the back office, whose people may have a guest's link (P3). No query where
    there is no login's cookie.
    """
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


def unknown_link(request):
    return render(request, "events/link_unknown.html", {"here": "/"}, status=404)  # never what was typed


def token_of(request):
    """The token in the address of a guest's page."""
    return request.resolver_match.kwargs["token"]


def contact_of(event):
    name, email, phone = event.contact
    return {"name": name, "email": email, "phone": phone}


def show_in_language_of(request, guest):
    """?lang, then what the guest chose, the browser's kept choice, what the list said, the browser's wish (I2)."""
    language = (
        (request.GET.get("lang") in dict(settings.LANGUAGES) and request.GET["lang"])
        or guest.language
        or chosen_language(request)
        or (guest.contact.language if guest.contact_id else "")
    )
    if language:
        translation.activate(language)
        request.LANGUAGE_CODE = language
