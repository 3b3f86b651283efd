"""What a photo is to us: its sizes, its address, and why one is not taken."""

import secrets
import string
from datetime import timedelta

SIDES = (480, 1280, 2000)  # long side in pixels of what guests see; `full` is what they may take along
KEY_ALPHABET, KEY_LENGTH = string.ascii_letters + string.digits, 24  # 142 bits: nobody guesses an address

GONE = "gone"  # instead of a decision: the photo was deleted, perhaps without anybody looking at the request
DECIDED_IN = timedelta(days=7)  # by the law a month (GDPR art. 12.3); people in a picture do not wait that long

WIDE = 2  # so many times as wide as high: a panorama, which has room of its own


def new_key():
    """24 random letters and digits: names a photo in an address, and its folder in the storage."""
    return "".join(secrets.choice(KEY_ALPHABET) for _ in range(KEY_LENGTH))


def decided_by(asked_at, zone):
    """The day by which whoever asks now to take a photo away hears what we decided."""
    return asked_at.astimezone(zone).date() + DECIDED_IN
