"""Who asked to be forgotten, as numbers of rows in a file beside the database, so that a backup that is brought back
brings nobody back. There is no name in it, and without the backup the numbers mean nothing.
"""

from datetime import datetime
from pathlib import Path

from django.conf import settings

NAME = "forgotten.txt"
NEVER_AGAIN = "never-again"


def _file():
    return Path(settings.VAR_DIR) / NAME


def write(guests, *, never_again):
    """Adds a line per guest: its number and the moment it was made, which together are no other guest's."""
    mark = f" {NEVER_AGAIN}" if never_again else ""
    with _file().open("a", encoding="utf-8") as file:
        file.writelines(f"{guest.pk} {guest.created_at.isoformat()}{mark}\n" for guest in guests)


def lines():
    """(guest id, made at, wants no more invitations) of each line that is whole."""
    try:
        kept = _file().read_text(encoding="utf-8").splitlines()
    except FileNotFoundError:
        return
    for pk, made_at, *rest in map(str.split, filter(None, kept)):
        yield int(pk), datetime.fromisoformat(made_at), rest == [NEVER_AGAIN]
