"""Facts: one noun, one file."""

from .activity import Activity
from .answer import Answer
from .bounce import Bounce
from .campaign import MAY_GO_ON, STOPPED_BY_HAND, Campaign
from .cheer import Cheer
from .company import Company
from .consent import Consent
from .contact import Contact
from .course import Course
from .do_not_invite import DoNotInvite
from .earlier_time import EarlierTime
from .entry import Entry, Gender, RaceClass
from .event import Event
from .food import Food, KitchenList
from .gallery import Album, Gallery
from .guest import Guest
from .guestlist import FIELD_NAMES, GuestListUpload, HeadingSet
from .history import History
from .host import Host
from .invitation import Invitation
from .letter import Letter
from .mailbox import Mailbox
from .membership import Membership
from .message import Message
from .photo import Photo
from .photo_mark import PhotoMark
from .photo_upload import PhotoUpload
from .postbox import Postbox
from .question import Question, Reply
from .race import Race, Wave
from .received import Received
from .reminder import Occurrence, Reminder
from .removal import RemovalRequest
from .series import Series
from .substitute import Substitute
from .texts import Texts, TextsField
from .timing import Result, ResultFile, TimingEvent
from .voice import Voice
from .worker import Worker

__all__ = [
    "FIELD_NAMES",
    "MAY_GO_ON",
    "STOPPED_BY_HAND",
    "Activity",
    "Album",
    "Answer",
    "Bounce",
    "Campaign",
    "Cheer",
    "Company",
    "Consent",
    "Contact",
    "Course",
    "DoNotInvite",
    "EarlierTime",
    "Entry",
    "Event",
    "Food",
    "Gallery",
    "Gender",
    "Guest",
    "GuestListUpload",
    "HeadingSet",
    "History",
    "Host",
    "Invitation",
    "KitchenList",
    "Letter",
    "Mailbox",
    "Membership",
    "Message",
    "Occurrence",
    "Photo",
    "PhotoMark",
    "PhotoUpload",
    "Postbox",
    "Question",
    "Race",
    "RaceClass",
    "Received",
    "Reminder",
    "RemovalRequest",
    "Reply",
    "Result",
    "ResultFile",
    "Series",
    "Substitute",
    "Texts",
    "TextsField",
    "TimingEvent",
    "Voice",
    "Wave",
    "Worker",
]
