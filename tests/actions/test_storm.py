"""Five hundred invitations, two workers, and all that can go wrong: mail servers that ask to wait, fall silent, hang up
and die at every step, and workers killed at every step. Nobody gets two mails; each page tells the truth of its mail.
"""

import html
import os
import random
import re
import signal
import threading
import time
from collections import Counter
from contextlib import contextmanager
from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events import emails
from events.actions import delivery
from events.models import Bounce, Contact, Message
from events.reports.mail_words import what_went_wrong
from tests import factories
from tests.nursery import Nursery
from tests.sink import DROP, HANG, Sink

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]
GUESTS, LONGEST_SECONDS = 500, 300  # a guard, no budget: a machine that does much else takes its time
LATER = "451 4.7.1 Not now"
KILL, DIE = "kill", "die"  # the worker; the server
SENT, UNSURE, NO = ("sent", ""), "uncertain", "failed"
# (step, what happens there once, how many guests it befalls, what becomes of the mail, whether it was kept)
BLOWS = [
    *((step, LATER, 8, SENT, 1) for step in ("mail", "rcpt", "text", "data")),
    *((step, DROP, 6, SENT, 1) for step in ("mail", "rcpt", "text")),
    ("data", DROP, 6, (UNSURE, "no_reply_after_sending"), 0),
    ("stored", DROP, 6, (UNSURE, "no_reply_after_sending"), 1),
    *((step, HANG, 1, SENT, 1) for step in ("mail", "rcpt", "text")),
    ("data", HANG, 1, (UNSURE, "no_reply_after_sending"), 0),
    ("stored", HANG, 1, (UNSURE, "no_reply_after_sending"), 1),
    *((step, KILL, 2, (UNSURE, "interrupted"), 0) for step in ("mail", "rcpt", "text", "data")),
    ("stored", KILL, 2, (UNSURE, "interrupted"), 1),
    ("after", KILL, 5, {SENT, (UNSURE, "interrupted")}, 1),
    *((step, DIE, 1, SENT, 1) for step in ("mail", "rcpt", "text")),
    ("data", DIE, 1, (UNSURE, "no_reply_after_sending"), 0),
    ("stored", DIE, 1, (UNSURE, "no_reply_after_sending"), 1),
    ("rcpt", "550 5.1.1 Unknown", 6, (NO, "address_refused"), 0),
    ("rcpt", "552 5.2.2 Full", 4, (NO, "mailbox_full"), 0),
    ("rcpt", "550 5.7.1 Listed", 4, (NO, "policy_refused"), 0),
]
AT_RANDOM = 4  # workers killed by the clock, wherever they are
UNADDRESSED = [("connect", KILL), ("connect", DROP), ("ehlo", KILL), ("ehlo", DROP)]  # for each worker


class Berth:
    """A worker, started again whenever it was killed, and the mail server it sends to."""

    def __init__(self, nursery):
        self.nursery, self.sink, self.number, self.kills = nursery, Sink(), None, 0

    def kill(self):
        if self.is_alive():
            os.kill(self.number, signal.SIGKILL)
            self.kills += 1
        return DROP

    def is_alive(self):
        try:
            os.kill(self.number, 0)
        except (ProcessLookupError, TypeError):
            return False
        return True

    def keep(self):
        if not self.is_alive():
            self.number = self.nursery.worker(self.sink.port)

    def blow(self, what):
        """As the mail server deals it."""
        return {KILL: self.kill, DIE: lambda: self.sink.die(0.2)}.get(what, what)


@pytest.fixture
def nursery(child_environment, settings):
    """nursery(NAME=value …) gives two berths whose workers have these settings."""
    settings.BOUNCE_ADDRESS = "b+{id}@bounces.company.example"

    @contextmanager
    def open_it(**environment):
        with Nursery({**child_environment, "BOUNCE_ADDRESS": settings.BOUNCE_ADDRESS, **environment}) as nursery:
            berths = [Berth(nursery) for _worker in range(2)]
            with berths[0].sink, berths[1].sink:
                yield berths
                for berth in berths:
                    berth.kill()

    return open_it


@pytest.fixture
def berths(nursery):
    with nursery() as berths:
        yield berths


@pytest.fixture
def invited(transactional_db):
    """{address: row} of five hundred queued invitations, in the order in which they leave."""
    event = factories.make_event()
    guests, now = factories.make_crowd(event, GUESTS), timezone.now()
    Message.objects.bulk_create(
        Message(
            guest=guest, event=event, letter="invitation", key="invitation", language="nb", created_at=now, due_at=now,
            message_id=f"<{guest.pk}@vertskap.example>",
        )
        for guest in guests
    )  # fmt: skip
    rows = Message.objects.select_related("guest__contact").order_by("pk")
    return {row.guest.contact.email: row for row in rows}


def deal_out(berths, invited):
    """{address: (what becomes of the mail, whether it is kept)}; a blow waits at both servers, and falls once.

    At "mail" a server knows the envelope's sender only, which names the mail.
    """
    deck = [blow for blow in BLOWS for _guest in range(blow[2])]
    places = random.Random(4).sample(list(invited), len(deck))
    expected = dict.fromkeys(invited, (SENT, 1))
    for address, (step, blow, _number, fate, kept) in zip(places, deck, strict=True):
        expected[address] = fate, kept
        falls, to = Once(blow), emails.return_path(invited[address].pk) if step == "mail" else address
        for berth in berths:
            berth.sink.at(step, blow if blow[0] == "5" else falls.at(berth), to=to)
    for berth in berths:
        for step, blow in UNADDRESSED:
            berth.sink.once(step, berth.blow(blow))
    return expected


class Once:
    """A blow that falls at whichever server its guest's mail comes to first."""

    def __init__(self, blow):
        self.blow, self.has_fallen = blow, threading.Lock()

    def at(self, berth):
        return lambda: berth.blow(self.blow) if self.has_fallen.acquire(blocking=False) else None


def let_it_blow(berths):
    """Keeps two workers at work until nothing is queued; time flies for what was put off."""
    rng, began = random.Random(7), time.monotonic()
    by_the_clock = sorted(rng.uniform(1, 8) for _kill in range(AT_RANDOM))
    ticks = 0
    while Message.objects.filter(state="queued").exists():
        assert time.monotonic() - began < LONGEST_SECONDS, Counter(Message.objects.values_list("state", "error_code"))
        for berth in berths:
            berth.keep()
        if by_the_clock and time.monotonic() - began > by_the_clock[0]:
            by_the_clock.pop(0)
            rng.choice(berths).kill()
        if ticks % 10 == 0:
            late = Message.objects.filter(state="queued", due_at__gt=timezone.now())
            late.update(due_at=timezone.now(), attempts=0)
        ticks += 1
        time.sleep(0.03)


def when_leases_are_over(berths):
    for berth in berths:
        berth.kill()
    later = timezone.now() + timedelta(minutes=11)
    return delivery.deliver(clock=lambda: later)


def test_nobody_has_two_mails_and_none_is_unaccounted_when_everything_goes_wrong(berths, invited, client):
    expected = deal_out(berths, invited)
    let_it_blow(berths)
    when_leases_are_over(berths)
    kept = Counter(address for berth in berths for address in berth.sink.recipients)
    fates = {row.guest.contact.email: (row.state, row.error_code) for row in invitations()}

    assert len(fates) == GUESTS
    assert [address for address in invited if kept[address] > 1] == []  # nobody has two
    assert {state for state, _code in fates.values()} == {"sent", "uncertain", "failed"}  # and nothing is left lying
    for address, (state, code) in fates.items():
        assert kept[address] in {"sent": {1}, "failed": {0}, "uncertain": {0, 1}}[state], (address, state, code)

    kills = sum(berth.kills for berth in berths)
    surprised = [address for address, fate in fates.items() if not is_expected(fate, kept[address], expected[address])]
    assert kills >= 15
    assert [(fates[a], kept[a], expected[a]) for a in surprised if fates[a] != (UNSURE, "interrupted")] == []
    assert (
        len(surprised) <= AT_RANDOM + 2 * 2
    )  # those in whose conversation a worker was killed by the clock, or at ehlo
    the_house_knows(fates, kept)
    every_page_tells_the_truth(client, fates)


def invitations():
    return Message.objects.filter(letter="invitation").select_related("guest__contact")


def is_expected(fate, kept, expected):
    fates, was_kept = expected
    return fate in (fates if isinstance(fates, set) else {fates}) and kept == was_kept


def the_house_knows(fates, kept):
    """Each address that was refused is noted, only the wrong ones are marked, and their hosts heard once each."""
    refused = {address: code for address, (state, code) in fates.items() if state == "failed"}
    kinds = {"address_refused": "address_wrong", "mailbox_full": "mailbox_full", "policy_refused": "policy"}
    noted = Bounce.objects.filter(message__letter="invitation").values_list("guest__contact__email", "kind")
    assert sorted(noted) == sorted((address, kinds[code]) for address, code in refused.items())
    wrong = Contact.objects.filter(email_fails=True).values_list("email", flat=True)
    assert sorted(wrong) == sorted(address for address, code in refused.items() if code == "address_refused")
    told = Message.objects.filter(letter="bounced")
    assert told.count() == len(refused)
    assert {row.state for row in told} <= {"sent", "uncertain"}
    house = sum(number for address, number in kept.items() if address not in fates)
    assert told.filter(state="sent").count() <= house <= len(refused)


def every_page_tells_the_truth(client, fates):
    """The outbox counts each fate as it is, and a mail of each fate says so on its page, with the reason."""
    client.force_login(factories.make_superuser(), backend="django.contrib.auth.backends.ModelBackend")
    event = invitations()[0].event_id
    for state, number in Counter(state for state, _code in fates.values()).items():
        page = client.get(f"/admin/events/event/{event}/outbox/?state={state}&letter=invitation")
        assert page.context["cl"].result_count == number
    with translation.override("nb"):
        for state, code in set(fates.values()):
            row = invitations().filter(state=state, error_code=code).first()
            page = client.get(f"/admin/events/message/{row.pk}/change/").content.decode()
            text = html.unescape(" ".join(re.sub(r"<[^>]+>", " ", page).split()))
            assert str(Message.State(state).label) in text
            assert what_went_wrong(code) in text
            assert row.to_address in text
            assert ("Send på nytt" in text) == (state != "sent")


def test_no_more_than_the_hours_mails_leave_when_two_workers_are_killed_again_and_again(nursery, invited):
    cap = 150
    with nursery(MAILS_PER_HOUR=str(cap)) as berths:
        for at in (40, 80, 120):  # what is left of its pass is lost with each, and what it has sent counts
            fall = Once(KILL)
            for berth in berths:
                berth.sink.at("stored", fall.at(berth), to=list(invited)[at])
        began = last_at = time.monotonic()
        kept, before = 0, -1
        while time.monotonic() - last_at < 3:  # nothing moves any more
            assert time.monotonic() - began < LONGEST_SECONDS
            for berth in berths:
                berth.keep()
            kept = sum(len(berth.sink.messages) for berth in berths)
            if kept != before:
                before, last_at = kept, time.monotonic()
            time.sleep(0.05)
        for berth in berths:
            berth.kill()
        waiting = Message.objects.filter(state="queued", letter="invitation").count()
    assert 0 < kept <= cap
    assert sum(berth.kills for berth in berths) >= 1 + len(berths)
    assert waiting >= GUESTS - cap
