"""Any bytes as a mail that can be asked without fear: whatever is in them, nothing here raises or takes long."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import Message
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

from .addresses import NotAnAddress, clean_email

READ_BYTES = 256 * 1024  # more than any reply or bounce says; the rest of a mail is pictures
_HEADER_CHARACTERS = 2000  # the library's own readers need quadratic time
_MOST_BOUNDARIES, _MOST_PARTS, _DEEPEST = 40, 200, 10
_BOUNDARY = re.compile(rb"boundary\s*=", re.IGNORECASE)
_MESSAGE_ID = re.compile(r"<[^<>\s]{3,250}>")
_ORIGINAL_ID = re.compile(rb"^[> \t]*message-id:[ \t]*(?:\r?\n[ \t]+)?(<[^<>\s]{3,250}>)", re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True, slots=True)
class RawMail:
    """The first 256 kB of a mail, taken apart. Ask it through its methods: the library's message may raise."""

    raw: bytes
    message: Message

    def header(self, name: str) -> str:
        """The header as people read it, on one line; "" where it is missing."""
        return next(iter(self.headers(name)), "")

    def headers(self, name: str) -> list[str]:
        """All headers of this name, the one that was put on last first."""
        try:
            found = self.message.get_all(name, [])
        except Exception:
            return []
        return [_readable(value) for value in found]

    def addresses(self, *names: str) -> list[str]:
        """The mail addresses in these headers, clean; what is none is left out."""
        try:
            found = getaddresses([value for name in names for value in self.headers(name)])
        except Exception:  # comments in comments in comments
            return []
        return [address for _name, written in found if (address := cleaned(written))]

    @property
    def sender(self) -> str:
        """The one address the mail is from; "" where there is none, or more than one."""
        if len(self.headers("From")) != 1:
            return ""
        found = self.addresses("From")
        return found[0] if len(found) == 1 else ""

    @property
    def message_id(self) -> str:
        """With its angle brackets, or ""."""
        match = _MESSAGE_ID.search(self.header("Message-ID"))
        return match[0] if match else ""

    @property
    def key(self) -> str:
        """What the same mail has in common however often it comes: a hash of its Message-ID, else of what was read."""
        return hashlib.sha256(self.message_id.encode(errors="replace") or self.raw).hexdigest()

    @property
    def answered_ids(self) -> list[str]:
        """The Message-IDs this mail answers, the nearest first."""
        nearest = _MESSAGE_ID.findall(self.header("In-Reply-To"))
        return list(dict.fromkeys([*nearest, *reversed(_MESSAGE_ID.findall(self.header("References")))]))[:20]

    @property
    def enclosed_ids(self) -> list[str]:
        """The Message-IDs of mails inside this one, as a part or copied into its text; at most 20."""
        _head, _gap, body = self.raw.replace(b"\r\n", b"\n").partition(b"\n\n")
        return list(dict.fromkeys(found.decode("ascii", "replace") for found in _ORIGINAL_ID.findall(body)))[:20]

    @property
    def dated_at(self) -> datetime | None:
        """The moment the mail says it was written, in UTC."""
        try:
            moment = parsedate_to_datetime(self.header("Date"))
            return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
        except Exception:
            return None

    def parts(self) -> Iterator[Message]:
        """The parts that are no containers, without those of enclosed mails, but with those mails themselves."""
        for _number, part in zip(range(_MOST_PARTS), _leaves(self.message, 0), strict=False):
            yield part

    @property
    def text(self) -> str:
        """The first plain text, as far as it can be read."""
        return next((text_of(part) for part in self.parts() if type_of(part) == "text/plain"), "")


def read(raw: bytes) -> RawMail:
    """The mail in these bytes, of which at most the first 256 kB are looked at. No text of it holds a NUL, which
    PostgreSQL takes nowhere, not even in a question.
    """
    raw = bytes(raw[:READ_BYTES]).replace(b"\0", b"")
    for parse in (_headers_only,) if is_maze(raw) else (message_from_bytes, _headers_only):
        try:
            return RawMail(raw, parse(raw, policy=policy.compat32))
        except Exception:  # noqa: S112  parts in parts in parts: RecursionError, and whatever else
            continue
    return RawMail(raw, Message(policy=policy.compat32))


def is_maze(raw: bytes) -> bool:
    """Whether there are so many parts in parts that taking them apart takes too long."""
    return len(_BOUNDARY.findall(raw)) > _MOST_BOUNDARIES


def _headers_only(raw: bytes, policy) -> Message:
    return BytesHeaderParser(policy=policy).parsebytes(raw, headersonly=True)


def type_of(part: Message) -> str:
    """Its media type in lower case; text/plain where it says none (RFC 2045, 5.2)."""
    try:
        return part.get_content_type()
    except Exception:
        return "application/octet-stream"


def parameter(part: Message, name: str) -> str:
    """A parameter of its Content-Type, or ""."""
    try:
        value = part.get_param(name, "")
        return str(value[2] if isinstance(value, tuple) else value)
    except Exception:
        return ""


def file_name(part: Message) -> str:
    """The name of its file, or ""."""
    try:
        return _readable(part.get_filename() or "")
    except Exception:
        return ""


def bytes_of(part: Message) -> bytes:
    """Its content, decoded; b"" for what cannot be."""
    try:
        return part.get_payload(decode=True) or b""
    except Exception:
        return b""


def text_of(part: Message) -> str:
    """Its content as text: by its own charset where that fits, else by what it looks like."""
    content = bytes_of(part).replace(b"\0", b"")
    for charset in ("utf-8", parameter(part, "charset"), "cp1252"):
        try:
            return content.decode(charset)
        except (LookupError, ValueError):
            continue
    return content.decode("latin-1")


def cleaned(address: str) -> str:
    """The bare address, or "" for what is none."""
    try:
        return clean_email(address)
    except NotAnAddress:
        return ""


def _leaves(message: Message, depth: int) -> Iterator[Message]:
    """Enclosed mails are leaves, too: what they say is not what this mail says."""
    is_container = message.is_multipart() and message.get_content_maintype() == "multipart"
    if not is_container:
        yield message
    elif depth < _DEEPEST:
        for part in message.get_payload():
            yield from _leaves(part, depth + 1)


def _readable(value) -> str:
    """A header decoded (RFC 2047), its lines joined."""
    text = " ".join(str(value)[:_HEADER_CHARACTERS].split())
    try:
        return str(make_header(decode_header(text))).replace("\0", "")
    except Exception:
        return text.encode("ascii", "replace").decode("ascii")
