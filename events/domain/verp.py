"""The envelope sender of one message, so that a bounce names its message whatever it says (VERP).

An id is 16 signs of MAC and the message's number, lower-case letters and digits: mail systems may fold the case of a
local part. The MAC (HMAC-SHA-256, 80 bits) covers the number, so that nobody can make up a bounce of another's mail.
"""

import hmac
import re
import string
from collections.abc import Iterable, Sequence

from .keys import derived

ALPHABET = string.digits + string.ascii_lowercase
MAC_BYTES = 10
MAC_LENGTH = 16  # the fewest of 36 signs that hold 80 bits
MOST_DIGITS = 13  # of a 64-bit number
LOCAL_PART_LENGTH = 64  # RFC 5321 §4.5.3.1.1
HOLE = "{id}"

_ID = re.compile(f"([0-9a-z]{{{MAC_LENGTH}}})((?!0)[0-9a-z]{{1,{MOST_DIGITS}}})")
_AROUND = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]*")
_DOMAIN = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}", re.IGNORECASE)
_CONTEXT = b"vertskap.bounces.1"


def signing_keys(secrets_newest_first: Iterable[str]) -> tuple[bytes, ...]:
    """Keys from the site's secrets: the first signs, all of them are believed (key rotation)."""
    return derived(secrets_newest_first, _CONTEXT)


def make(number: int, keys: Sequence[bytes]) -> str:
    """The id of the message of this number, from 1: at most 29 lower-case letters and digits."""
    return _mac(keys[0], number) + _digits(number)


def read(text: str, keys: Sequence[bytes]) -> int | None:
    """The number of the message whose id we made, in whatever case it came back; else None. Takes any text."""
    match = _ID.fullmatch(text.lower()) if text.isascii() else None
    if match is None:
        return None
    number, found = int(match[2], 36), False
    for key in keys:
        found |= hmac.compare_digest(_mac(key, number), match[1])
    return number if found else None


def is_pattern(pattern: str) -> bool:
    """Whether addresses can be made of it: one {id} before the @, and no local part longer than 64 signs."""
    local, at, domain = pattern.rpartition("@")
    before, hole, after = local.partition(HOLE)
    around = before + after
    if not (at and hole and _AROUND.fullmatch(around) and _DOMAIN.fullmatch(domain)) or HOLE in around:
        return False
    has_stray_dot = before.startswith(".") or after.endswith(".") or ".." in local
    return not has_stray_dot and len(around) + MAC_LENGTH + MOST_DIGITS <= LOCAL_PART_LENGTH


def address(pattern: str, number: int, keys: Sequence[bytes]) -> str:
    """The envelope sender of the message of this number, by a pattern like b+{id}@bounces.company.example."""
    return pattern.replace(HOLE, make(number, keys))


def number_in(text: str, pattern: str, keys: Sequence[bytes]) -> int | None:
    """The number of the message a mail to this address came back to, else None. The domain is not asked: mail systems
    rewrite it, and the id proves itself.
    """
    before, _hole, after = pattern.rpartition("@")[0].lower().partition(HOLE)
    local = text.strip().strip("<>").rpartition("@")[0].lower()
    if not local.startswith(before) or not local.endswith(after):
        return None
    return read(local[len(before) : len(local) - len(after)], keys)


def _digits(number: int) -> str:
    digits = ""
    while number:
        number, rest = divmod(number, 36)
        digits = ALPHABET[rest] + digits
    return digits


def _mac(key: bytes, number: int) -> str:
    signed = int.from_bytes(hmac.digest(key, f"{number:d}".encode(), "sha256")[:MAC_BYTES])
    return _digits(signed).rjust(MAC_LENGTH, "0")
