"""Personal links: tokens that are derived and checked, never stored.

A token is 22 signs of MAC and a public id of 12, all letters and digits: no mail program cuts it, and a
double click takes the whole. The MAC (HMAC-SHA-256, 128 bits) covers purpose, public id and link version, so
one kind of link never opens another, and raising the version ends every link made with it.
"""

import hmac
import re
import secrets
import string
from collections.abc import Iterable, Sequence
from enum import StrEnum

from .keys import derived

ALPHABET = string.digits + string.ascii_uppercase + string.ascii_lowercase
BASE = len(ALPHABET)
PUBLIC_ID_LENGTH = 12
MAC_BYTES = 16
MAC_LENGTH = 22  # the fewest of 62 signs that hold 128 bits
TOKEN_LENGTH = MAC_LENGTH + PUBLIC_ID_LENGTH

_PUBLIC_ID = re.compile(f"[0-9A-Za-z]{{{PUBLIC_ID_LENGTH}}}")
_TOKEN = re.compile(f"([0-9A-Za-z]{{{MAC_LENGTH}}})([0-9A-Za-z]{{{PUBLIC_ID_LENGTH}}})")
_CONTEXT = b"vertskap.links.1"


class Purpose(StrEnum):
    """What a link opens. The values are part of every link ever sent: add, never change."""

    GUEST = "guest"
    FEED = "feed"
    UNSUBSCRIBE = "unsubscribe"
    BOARD = "board"
    PHONE = "phone"
    UPLOAD = "upload"


class MalformedPublicId(ValueError):
    """A public id must be twelve letters and digits, as new_public_id makes them."""


def new_public_id() -> str:
    """Twelve random letters and digits: names a guest in a link, is stored, and opens nothing alone."""
    return "".join(secrets.choice(ALPHABET) for _ in range(PUBLIC_ID_LENGTH))


def signing_keys(secrets_newest_first: Iterable[str]) -> tuple[bytes, ...]:
    """Keys for links from the site's secrets: the first signs, all of them verify (key rotation)."""
    return derived(secrets_newest_first, _CONTEXT)


def make(purpose: Purpose, public_id: str, version: int, keys: Sequence[bytes]) -> str:
    """The token for one purpose, owner and link version: 34 letters and digits."""
    if not _PUBLIC_ID.fullmatch(public_id):
        raise MalformedPublicId(public_id)
    return _mac(keys[0], purpose, public_id, version) + public_id


def split(token: str) -> tuple[str, str] | None:
    """(public id, MAC) of anything that looks like a token, else None. Proves nothing: ask is_genuine."""
    match = _TOKEN.fullmatch(token)
    return (match[2], match[1]) if match else None


def is_genuine(token: str, *, purpose: Purpose, version: int, keys: Sequence[bytes]) -> bool:
    """Whether we made this token for this purpose and version. Takes any text, in time that tells nothing."""
    parts = split(token)
    if parts is None:
        return False
    public_id, mac = parts
    found = False
    for key in keys:
        expected = _mac(key, purpose, public_id, version)
        found |= hmac.compare_digest(expected.encode(), mac.encode())
    return found


def _mac(key: bytes, purpose: Purpose, public_id: str, version: int) -> str:
    """128 bits in 22 letters and digits. The parts cannot run together: none of them holds a colon."""
    message = f"{purpose.value}:{public_id}:{version:d}".encode()
    number = int.from_bytes(hmac.digest(key, message, "sha256")[:MAC_BYTES])
    pairs = []
    for _ in range(MAC_LENGTH // 2):
        number, rest = divmod(number, BASE * BASE)
        pairs += (ALPHABET[rest // BASE], ALPHABET[rest % BASE])
    return "".join(pairs)
