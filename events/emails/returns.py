"""Where a mail goes that does not arrive: an address of its own for each message, where the set-up allows (VERP)."""

from functools import lru_cache

from django.conf import settings

from ..domain import verp
from .envelope import our_address


@lru_cache(maxsize=4)
def _keys(secrets):
    return verp.signing_keys(secrets)


def _keys_in_force():
    return _keys((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def return_path(message_pk):
    """The envelope sender of this message: its own below BOUNCE_ADDRESS, else that of all mails."""
    if not settings.BOUNCE_ADDRESS:
        return our_address()
    return verp.address(settings.BOUNCE_ADDRESS, message_pk, _keys_in_force())


def came_back_to(address):
    """The id of the Message whose own envelope sender this is, else None; nobody but us can make one."""
    if not settings.BOUNCE_ADDRESS:
        return None
    return verp.number_in(address, settings.BOUNCE_ADDRESS, _keys_in_force())
