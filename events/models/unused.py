"""An event that never left the house: nothing was sent, said, timed or shown. What goes with it, and why it may not."""

from dataclasses import astuple, dataclass

from django.db.models import Exists

from .activity import Activity
from .answer import Answer
from .campaign import Campaign
from .cheer import Cheer
from .consent import Consent
from .entry import Entry
from .event import Event
from .food import Food
from .guest import Guest
from .letter import Letter
from .message import Message
from .photo import Photo
from .photo_upload import PhotoUpload
from .question import Reply
from .received import Received
from .substitute import Substitute
from .timing import ResultFile, TimingEvent
from .voice import Voice

# Why an event stays, in the order in which it is told.
STATE, MAIL, ANSWERS, RESULTS, PHOTOS, FORGOTTEN = "state", "mail", "answers", "results", "photos", "forgotten"


@dataclass(frozen=True)
class Goes:
    """How much goes with an event: guests (companions among them), own letters, parts of the programme."""

    guests: int
    letters: int
    parts: int

    @classmethod
    def of(cls, event):
        return cls(*(model.objects.filter(event=event).count() for model in (Guest, Letter, Activity)))

    @property
    def mark(self):
        """What a page says it has shown."""
        return "-".join(map(str, astuple(self)))


def why_it_stays(event):
    """The codes of why the event may not be thrown away, none where it may; one query."""
    asked, codes = {}, {}
    for code, tables in _signs_of_life(event).items():
        for rows in tables:
            name = f"sign_{len(asked)}"
            asked[name], codes[name] = Exists(rows.order_by()), code
    found = Event.objects.filter(pk=event.pk).values(**asked).get()
    state = [] if event.state == Event.State.DRAFT else [STATE]
    return state + list(dict.fromkeys(codes[name] for name in asked if found[name]))


def _signs_of_life(event):
    """{code: [rows, any of which is a reason]}."""
    guests = Guest.objects.filter(event=event)
    by_guest = [model.objects.filter(guest__event=event) for model in (Consent, Food, Reply, Substitute, Voice)]
    given = Answer.objects.filter(activity__event=event).exclude(state=Answer.State.NO_ANSWER)
    return {
        MAIL: [model.objects.filter(event=event) for model in (Message, Campaign, Received)],
        ANSWERS: [
            guests.exclude(answered_at=None), given, Entry.objects.told().filter(activity__event=event), *by_guest,
            Cheer.objects.filter(activity__event=event),
        ],
        RESULTS: [model.objects.filter(race__activity__event=event) for model in (TimingEvent, ResultFile)],
        PHOTOS: [model.objects.filter(event=event) for model in (Photo, PhotoUpload)],
        FORGOTTEN: [guests.exclude(forgotten_at=None)],
    }  # fmt: skip
