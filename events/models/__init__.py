"""Facts: one noun, one file."""

from .activity import Activity
from .answer import Answer
from .company import Company
from .consent import Consent
from .contact import Contact
from .event import Event
from .guest import Guest
from .guestlist import FIELD_NAMES, GuestListUpload, HeadingSet
from .history import History
from .host import Host
from .invitation import Invitation
from .letter import Letter
from .membership import Membership
from .message import Message
from .series import Series
from .texts import Texts, TextsField
from .worker import Worker

__all__ = [
    "FIELD_NAMES",
    "Activity",
    "Answer",
    "Company",
    "Consent",
    "Contact",
    "Event",
    "Guest",
    "GuestListUpload",
    "HeadingSet",
    "History",
    "Host",
    "Invitation",
    "Letter",
    "Membership",
    "Message",
    "Series",
    "Texts",
    "TextsField",
    "Worker",
]
