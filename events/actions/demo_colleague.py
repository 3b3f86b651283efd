"""The demo's colleagues, words to the hosts, and a link that was forwarded."""

from datetime import timedelta

from ..domain import invented
from ..domain.answers import State
from ..models import Guest, History
from . import substitutes, voices

FEWEST = 12  # guests; with fewer nobody is held back, and nothing is told
WEB, COMMAND = History.Channel.WEB, History.Channel.COMMAND


def held_back(people):
    """(who is on the guest list, who comes instead of one of them): the last but two has an address."""
    if len(people) < FEWEST:
        return people, None
    return [*people[:-3], *people[-2:]], people[-3]


def fill(event, colleague, *, now, deliver):
    """One proposal waits, one is approved, one declined; three words, one of them unread; one who is somebody else."""
    if colleague is None:
        return
    mine = Guest.objects.filter(event=event).exclude(contact__email="").select_related("contact__company", "event")
    coming = list(mine.filter(answer__activity__slug="gathering", answer__state=State.COMING).order_by("pk"))
    declined = list(mine.filter(answer__activity__slug="gathering", answer__state=State.NOT_COMING).order_by("pk"))
    declined.sort(key=lambda guest: guest.contact.company_id != colleague.company_id)
    if not declined or len(coming) < 3:
        return
    _substitutes(colleague, [declined[0], coming[0], coming[1]], now=now)
    deliver(now - timedelta(days=1))
    _words([declined[-1], coming[1], coming[2]], now=now, deliver=deliver)
    silent = mine.filter(answered_at=None).order_by("pk").first()
    if silent:
        text = "Jeg fikk denne lenken videre fra en kollega. Den var nok ikke ment til meg."
        voices.not_me(
            silent, name="Ragna Lid", email="ragna.lid@annet.example", text=text, by=None, channel=WEB, now=now
        )


def _substitutes(colleague, guests, *, now):
    replaced, waiting, refused = guests
    web, office = {"by": None, "channel": WEB}, {"by": None, "channel": COMMAND}
    begun = now - timedelta(days=3)
    proposed = substitutes.propose(
        replaced, name=colleague.name, email=colleague.email, word="Vi er på samme lag.", now=begun, **web
    )
    substitutes.approve(
        proposed, name=colleague.name, email=colleague.email, company="", language="", host=colleague.host,
        keeps_place=False, now=begun + timedelta(hours=4), **office,
    )  # fmt: skip
    first, second = invented.COLLEAGUES
    for guest, name, moment in ((waiting, first, now - timedelta(hours=5)), (refused, second, begun)):
        address = name.lower().translate(invented.TO_ASCII) + "@" + guest.contact.email.partition("@")[2]
        proposed = substitutes.propose(guest, name=name, email=address, word="", now=moment, **web)
        if guest is refused:
            substitutes.decline(proposed, now=begun + timedelta(hours=2), **office)


def _words(guests, *, now, deliver):
    """Two that the hosts have by mail and have read, and one on its way."""
    for days_ago, guest, text in zip((0, 2, 1), guests, invented.WORDS, strict=True):
        moment = now - timedelta(days=days_ago)
        said = voices.say(guest, text, by=None, channel=WEB, now=moment)
        if days_ago:
            deliver(moment + timedelta(minutes=3))
            voices.mark(said, is_read=True, by=None, channel=COMMAND, now=moment + timedelta(hours=2))
