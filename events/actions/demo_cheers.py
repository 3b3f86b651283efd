"""The demo's cheers: guests and hosts call to those who run and agreed to be named; one waits, one is hidden."""

from datetime import timedelta

from ..domain import invented_cheers as invented
from ..models import Answer, Cheer, Consent, Guest, History, Race
from . import cheers

WEB = {"by": None, "channel": History.Channel.WEB}
OFFICE = {"by": None, "channel": History.Channel.COMMAND}
EVERY, HOSTS_EVERY = 2, 5  # a runner out of so many is cheered for, and by the own host
EVENING = timedelta(hours=3)


def fill(event, *, now):
    """Cheers from the day before the race on, and after it where it is over."""
    race = Race.objects.select_related("activity__event").get(activity__event=event)
    senders = list(Guest.objects.filter(event=event, answered_at__isnull=False, contact__isnull=False).order_by("pk"))
    for number, runner in enumerate(_runners(race)):
        sender = senders[(number * 7 + 3) % len(senders)]
        if number % EVERY == 0 and sender != runner:
            is_over = event.state == event.State.HELD and number % 4 == 0
            at = race.starts_at + (EVENING if is_over else timedelta(hours=-20)) + timedelta(minutes=number)
            text = invented.cheer(number, sender.mail_language, is_over=is_over)
            cheers.say(runner, race.activity, text, guest=sender, now=min(at, now), **WEB)
        if number % HOSTS_EVERY == 1 and runner.host:
            text = invented.HOSTS[number % len(invented.HOSTS)]
            at = race.starts_at - timedelta(hours=4)
            cheers.say(runner, race.activity, text, host=runner.host, now=min(at, now), **OFFICE)
    _read(race, now)


def _runners(race):
    coming = Answer.objects.filter(activity=race.activity, state=Answer.State.COMING).values("guest")
    named = Guest.objects.who_agreed(Consent.Purpose.NAME).filter(pk__in=coming, forgotten_at=None)
    return named.select_related("event", "host", "contact").order_by("pk")


def _read(race, now):
    """Of an open event one is still to be read; of one that is over an organiser has hidden one."""
    last = Cheer.objects.filter(activity=race.activity).select_related("runner__event", "activity").first()
    if last is None:
        return
    if race.is_published:
        cheers.hide(last, now=now, **OFFICE)
    else:
        Cheer.objects.filter(pk=last.pk).update(state=Cheer.State.WAITING)
