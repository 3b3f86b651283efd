"""Marks: keyed hashes by which an address is known again, and from which it cannot be read (P11)."""

import hmac
from collections.abc import Iterable

from .keys import derived

_CONTEXT = b"vertskap.do-not-invite.1"


def marking_keys(secrets_newest_first: Iterable[str]) -> tuple[bytes, ...]:
    """Keys for marks from the site's secrets: the first makes them, all of them know them (key rotation)."""
    return derived(secrets_newest_first, _CONTEXT)


def mark(address_key: str, key: bytes) -> str:
    """64 hex digits for an address as `addresses.email_key` gives it (HMAC-SHA-256)."""
    return hmac.digest(key, address_key.encode(), "sha256").hex()


def marks(address_key: str, keys: Iterable[bytes]) -> list[str]:
    """The marks this address may stand under, the newest first."""
    return [mark(address_key, key) for key in keys]
