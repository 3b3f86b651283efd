"""The demo's changes of programme: the dinner begins half an hour later than it was first told, and the bath in
the fjord next morning is off. Those concerned have a letter.
"""

from datetime import timedelta

from ..models import Activity, History, Texts
from . import cancelling, programme
from .notices import Telling, leaves_at

EARLIER = timedelta(minutes=30)
WAY = {"by": None, "channel": History.Channel.COMMAND}
BATH = {
    "title": {"nb": "Bad ved Nordnes", "en": "A swim at Nordnes", "sv": "Bad vid Nordnes", "fi": "Uinti Nordnesissä"},
    "place": {"nb": "Nordnes sjøbad", "en": "Nordnes sea baths", "sv": "Nordnes havsbad", "fi": "Nordnesin uimala"},
}
LATER = {
    "nb": "Kjøkkenet får en halvtime til, og du rekker dusjen uten hast.",
    "en": "The kitchen gets half an hour more, and you need not hurry through the shower.",
    "sv": "Köket får en halvtimme till, och du hinner duscha utan brådska.",
    "fi": "Keittiö saa puoli tuntia lisää, ja sinä ehdit suihkuun kiirehtimättä.",
}
TOO_COLD = {
    "nb": "Fjorden er kaldere enn vi trodde. Vi tar det igjen til sommeren.",
    "en": "The fjord is colder than we thought. We will make up for it in summer.",
    "sv": "Fjorden är kallare än vi trodde. Vi tar igen det till sommaren.",
    "fi": "Vuono on kylmempi kuin luulimme. Otamme sen takaisin kesällä.",
}


def begin(event):
    """As the programme was told first."""
    dinner = Activity.objects.get(event=event, slug="dinner")
    Activity.objects.filter(pk=dinner.pk).update(starts_at=dinner.starts_at - EARLIER, ends_at=dinner.ends_at - EARLIER)


def fill(event, *, now, deliver):
    """The dinner is moved the day before yesterday, the bath is called off yesterday; deliver(moment) sends mails."""
    moved_at, off_at = now - timedelta(days=2), now - timedelta(days=1)
    dinner = Activity.objects.get(event=event, slug="dinner")
    later = {"starts_at": dinner.starts_at + EARLIER, "ends_at": dinner.ends_at + EARLIER}
    programme.change(dinner, later, telling=Telling(LATER), now=moved_at, **WAY)
    deliver(leaves_at(moved_at))
    bath = _bath(event, dinner, now=now - timedelta(days=20))
    cancelling.cancel(bath, telling=Telling(TOO_COLD), now=off_at, **WAY)
    deliver(leaves_at(off_at))


def _bath(event, dinner, *, now):
    starts_at = dinner.starts_at + timedelta(hours=13)
    texts = {name: Texts(text) for name, text in BATH.items()}
    return programme.add(event, starts_at=starts_at, ends_at=starts_at + timedelta(hours=1), now=now, **texts, **WAY)
