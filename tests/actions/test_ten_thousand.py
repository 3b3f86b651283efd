"""Ten thousand guests: a press in a request's time, portions in flat memory, and everything written in the end."""

import time
import tracemalloc

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from events.actions import campaigns, invitations
from events.domain.audiences import Wish
from events.models import Campaign, Guest, Message
from tests import factories

pytestmark = pytest.mark.slow


def press(event, now):
    return campaigns.press(event, Wish(), letter="invitation", by=None, channel="office", now=now)


@pytest.fixture(scope="module")
def crowded(django_db_setup, django_db_blocker):
    """The event of all these tests; each of them starts from it."""
    with django_db_blocker.unblock(), transaction.atomic():
        event = factories.make_event("stort")
        factories.make_crowd(event, 10_000)
        yield event
        transaction.set_rollback(True)


@pytest.fixture
def ten_thousand(crowded, db):
    return crowded


@pytest.fixture
def office_of(client):
    """office_of(event) is the client, logged in as its organiser."""

    def enter(event):
        client.force_login(factories.make_organiser(event), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter


def test_ten_thousand_are_queued_by_one_press_in_a_requests_time(ten_thousand, office_of, now):
    event, client = ten_thousand, office_of(ten_thousand)
    address = f"/admin/events/event/{event.pk}/send/invitation/"
    shown = client.get(address)
    posted = {"seen": shown.context["seen"], "press": shown.context["token"], "when": "now", "to": "all"}
    assert len(posted["seen"]) < 200
    begun = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        response = client.post(address, posted)
    assert response.status_code == 302
    assert time.process_time() - begun < 5  # a second and a half on a quiet core
    assert Message.objects.count() == campaigns.PORTION
    campaign = Campaign.objects.get()
    assert (campaign.written, len(campaign.recipients), campaign.state) == (1000, 10_000, "writing")
    shapes = {query["sql"].split(" VALUES")[0][:80] for query in asked}
    assert len(shapes) < 40


def test_portions_of_ten_thousand_take_the_same_memory_and_as_many_queries_each(ten_thousand, now):
    campaign = press(ten_thousand, now)
    peaks, counts = [], []
    tracemalloc.start()
    try:
        for _portion in range(4):
            tracemalloc.reset_peak()
            with CaptureQueriesContext(connection) as asked:
                campaigns.write_on(campaign.pk, now=now)
            counts.append(len(asked))
            peaks.append(tracemalloc.get_traced_memory()[1])
    finally:
        tracemalloc.stop()
    assert len(set(counts)) == 1
    assert max(peaks) < 1.3 * min(peaks)
    assert max(peaks) < 60_000_000


def test_the_command_writes_all_ten_thousand_before_it_returns(ten_thousand, now):
    told = []
    done = invitations.send(
        ten_thousand, by=None, channel="command", now=now, tell=lambda written, total: told.append((written, total))
    )
    assert (done.queued, done.skipped, Message.objects.count()) == (10_000, {}, 10_000)
    assert told == [(written, 10_000) for written in range(1000, 11_000, 1000)]
    assert set(Message.objects.values_list("guest").distinct()) == set(Guest.objects.values_list("pk"))
