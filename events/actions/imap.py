"""The conversation with the mailbox (RFC 9051): by UIDs, peeking, with time-outs; nothing is ever deleted.

What has been dealt with gets a keyword of our own, so that a person who reads the mailbox takes nothing from us;
where the server keeps no keywords, \\Seen and \\Flagged say it.
"""

import imaplib
import re
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from ..domain.mailboxes import Address
from ..domain.raw_mail import READ_BYTES

TIMEOUT_SECONDS = 30
KEYWORD = "VertskapRead"
_SIZE = re.compile(rb"RFC822\.SIZE (\d+)")
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


class Unreadable(Exception):
    """The mailbox cannot be read. `code`: connect, login, folder, lost. Carries none of the server's words."""

    def __init__(self, code: str):
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that waits: its UID in this mailbox, its size, and the bytes of its beginning."""

    uid: str
    size: int
    beginning: bytes


@contextmanager
def opened(address: Address) -> Iterator["Mailbox"]:
    """The mailbox, logged in, its folder chosen; closed afterwards. Raises Unreadable."""
    connection = _connected(address)
    try:
        _log_in(connection, address)
        yield Mailbox(connection, address.folder)
    except (imaplib.IMAP4.error, OSError):
        raise Unreadable("lost") from None
    finally:
        _leave(connection)


def _connected(address):
    try:
        if address.scheme in {"imap+ssl", "imaps"}:
            context = ssl.create_default_context()
            return imaplib.IMAP4_SSL(address.host, address.port, ssl_context=context, timeout=TIMEOUT_SECONDS)
        connection = imaplib.IMAP4(address.host, address.port, timeout=TIMEOUT_SECONDS)
        if address.scheme == "imap+tls":
            connection.starttls(ssl.create_default_context())
    except (imaplib.IMAP4.error, OSError):
        raise Unreadable("connect") from None
    return connection


def _log_in(connection, address):
    """By PLAIN where it is offered, for LOGIN takes no passwords beyond ASCII."""
    try:
        if "AUTH=PLAIN" in connection.capabilities:
            connection.authenticate("PLAIN", lambda _said: f"\0{address.user}\0{address.password}".encode())
        else:
            connection.login(address.user, address.password)
    except (imaplib.IMAP4.error, UnicodeError):
        raise Unreadable("login") from None


def _leave(connection):
    try:
        connection.logout()
    except (imaplib.IMAP4.error, OSError):
        connection.shutdown()


class Mailbox:
    """One folder of the mailbox, chosen for reading and marking."""

    def __init__(self, connection, folder):
        self.connection, self.folder = connection, folder
        try:
            said, _count = connection.select(f'"{folder}"')
        except imaplib.IMAP4.error:
            said = "NO"
        if said != "OK":
            raise Unreadable("folder")
        self.uid_validity = _text(connection.response("UIDVALIDITY")[1])
        flags = _text(connection.response("PERMANENTFLAGS")[1])
        self.keeps_keywords = "\\*" in flags or KEYWORD.lower() in flags.lower()

    def name_of(self, uid: str) -> str:
        """What names the mail in all of this server's life (RFC 5092)."""
        return f"{self.folder};UIDVALIDITY={self.uid_validity}/;UID={uid}"

    def waiting(self, since: datetime, most: int) -> list[str]:
        """The UIDs of what came since that day and is not dealt with, the oldest first."""
        open_ones = ("UNKEYWORD", KEYWORD) if self.keeps_keywords else ("UNSEEN", "UNFLAGGED")
        day = f"{since.day:02d}-{_MONTHS[since.month - 1]}-{since.year}"
        (found, *_more) = self._ask("SEARCH", *open_ones, "SINCE", day)
        return [uid.decode("ascii") for uid in (found or b"").split()][:most]

    def beginning(self, uid: str) -> Waiting | None:
        """The mail's first 256 kB; None where it is gone."""
        answer = self._ask("FETCH", uid, f"(RFC822.SIZE BODY.PEEK[]<0.{READ_BYTES}>)")
        return next((Waiting(uid, _size(head), body) for head, body in _literals(answer)), None)

    def whole(self, uid: str) -> bytes | None:
        """All of the mail; None where it is gone."""
        return next((body for _head, body in _literals(self._ask("FETCH", uid, "(BODY.PEEK[])"))), None)

    def mark(self, uid: str, *, is_left: bool):
        """Dealt with. What is left for people of ours stays unread, with a flag."""
        flags = ["\\Flagged" if is_left else "\\Seen", *([KEYWORD] if self.keeps_keywords else [])]
        self._ask("STORE", uid, "+FLAGS.SILENT", f"({' '.join(flags)})")

    def _ask(self, *words):
        said, answer = self.connection.uid(*words)
        if said != "OK":
            raise Unreadable("lost")
        return answer


def _literals(answer):
    """The pairs of line and literal in an answer; whatever else the server says meanwhile is none."""
    return [pair for pair in answer if isinstance(pair, tuple) and len(pair) == 2]


def _size(head):
    match = _SIZE.search(head)
    return int(match[1]) if match else 0


def _text(answer):
    return b" ".join(filter(None, answer or [])).decode("ascii", "replace")
