"""What kind of mail has come in: a calendar's reply, else a complaint, else one that came back, else a program's,
else a person's.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from . import automatic, bounces, complaints, replies
from .raw_mail import RawMail, read, type_of
from .replies import Method

OUR_MARK = "X-Vertskap-Forwarded"  # a header of every mail we pass on


class Kind(StrEnum):
    """The values are those of the model Received and of `read_mail --json`."""

    CALENDAR_REPLY = "calendar_reply"
    BOUNCE = "bounce"
    AUTO = "auto"
    PERSON = "person"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True, kw_only=True)
class House:
    """What is ours: how addresses of mails that came back are read, our own addresses and domain, our mail server."""

    came_back_to: Callable[[str], int | None] = lambda address: None
    addresses: frozenset[str] = frozenset()
    authserv: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sorted:
    """A mail and what it is; reason is a code where the kind does not say all."""

    mail: RawMail
    kind: Kind
    reason: str = ""
    calendar: replies.CalendarMail | None = None
    bounce: bounces.Returned | None = None
    complaint: complaints.Complaint | None = None
    is_vouched_for: bool = True

    @property
    def is_for_a_person(self) -> bool:
        """Whether somebody of ours must read it, for nothing else will."""
        return self.kind is Kind.PERSON or self.reason == "winmail"


def sort(raw: bytes, house: House) -> Sorted:
    """What these bytes are. Takes any bytes, and never raises."""
    mail = read(raw)
    try:
        return _sort(mail, house)
    except Exception:  # whatever nobody has thought of: it lies in the mailbox, marked
        return Sorted(mail=mail, kind=Kind.UNKNOWN, reason="unreadable")


def _sort(mail: RawMail, house: House) -> Sorted:
    is_from_us = mail.sender.casefold() in house.addresses and automatic.why_automatic(mail)
    if is_from_us or mail.header(OUR_MARK):
        return Sorted(mail=mail, kind=Kind.AUTO, reason="our_own")  # what we sent ourselves goes round no further
    if calendar := replies.read_calendar(mail):
        return _of_calendar(mail, calendar, house)
    if complaint := complaints.read_complaint(mail, house.came_back_to):
        return Sorted(mail=mail, kind=Kind.AUTO, reason="complaint", complaint=complaint)
    if bounce := bounces.read_bounce(mail, house.came_back_to):
        return Sorted(mail=mail, kind=Kind.BOUNCE, reason=str(bounce.kind), bounce=bounce)
    if bounces.tells_of_success(mail):
        return Sorted(mail=mail, kind=Kind.AUTO, reason="delivered")
    if reason := automatic.why_automatic(mail):
        return Sorted(mail=mail, kind=Kind.AUTO, reason=reason)
    return _of_somebody(mail)


def _of_calendar(mail, calendar, house):
    is_vouched_for = not house.authserv or automatic.is_vouched_for(mail, house.authserv)
    if calendar.method is Method.COUNTER:
        return Sorted(mail=mail, kind=Kind.PERSON, reason="counter", calendar=calendar)
    if calendar.method is Method.OTHER:
        return Sorted(mail=mail, kind=Kind.UNKNOWN, reason="calendar_method", calendar=calendar)
    return Sorted(mail=mail, kind=Kind.CALENDAR_REPLY, calendar=calendar, is_vouched_for=is_vouched_for)


def _of_somebody(mail):
    if not mail.sender or not mail.raw.strip():
        return Sorted(mail=mail, kind=Kind.UNKNOWN, reason="no_sender")
    if automatic.is_spam(mail):
        return Sorted(mail=mail, kind=Kind.UNKNOWN, reason="spam")
    types = {type_of(part) for part in mail.parts()}
    if "application/ms-tnef" in types and not mail.text.strip():
        return Sorted(mail=mail, kind=Kind.UNKNOWN, reason="winmail")  # Outlook's own format; may be a reply
    return Sorted(mail=mail, kind=Kind.PERSON)
