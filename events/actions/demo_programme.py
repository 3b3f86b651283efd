"""The demo's changes of programme: the dinner begins half an hour later than it was first told, and a year ago the
gathering was called off. Those concerned have a letter.
"""

from datetime import timedelta

from ..models import Activity, History
from . import cancelling, programme
from .notices import Telling, leaves_at

EARLIER = timedelta(minutes=30)
WAY = {"by": None, "channel": History.Channel.COMMAND}
LATER = {
    "nb": "Kjøkkenet får en halvtime til, og du rekker dusjen uten hast.",
    "en": "The kitchen gets half an hour more, and you need not hurry through the shower.",
    "sv": "Köket får en halvtimme till, och du hinner duscha utan brådska.",
    "fi": "Keittiö saa puoli tuntia lisää, ja sinä ehdit suihkuun kiirehtimättä.",
}
TOO_WET = {
    "nb": "Det er meldt storm. Kom rett til start, så står det varm drikke der.",
    "en": "A storm is forecast. Come straight to the start, and there will be something warm to drink.",
    "sv": "Det väntas storm. Kom direkt till starten, så finns det något varmt att dricka där.",
    "fi": "Luvassa on myrsky. Tule suoraan lähtöpaikalle, siellä on lämmintä juotavaa.",
}


def begin(event):
    """As the programme was told first."""
    dinner = Activity.objects.get(event=event, slug="dinner")
    Activity.objects.filter(pk=dinner.pk).update(starts_at=dinner.starts_at - EARLIER, ends_at=dinner.ends_at - EARLIER)


def move_dinner(event, *, now, deliver):
    """The dinner is moved; deliver(moment) sends the mails."""
    dinner = Activity.objects.get(event=event, slug="dinner")
    later = {"starts_at": dinner.starts_at + EARLIER, "ends_at": dinner.ends_at + EARLIER}
    programme.change(dinner, later, telling=Telling(LATER), now=now, **WAY)
    deliver(leaves_at(now))


def call_off_gathering(event, *, now, deliver):
    """The gathering is off, the rest is not."""
    gathering = Activity.objects.get(event=event, slug="gathering")
    cancelling.cancel(gathering, telling=Telling(TOO_WET), now=now, **WAY)
    deliver(leaves_at(now))
