"""As many queries for thirty rows as for one; the numbers are the budgets of the house."""

from datetime import date

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Answer, Campaign, Event, Guest, History, Invitation, Membership, Occurrence
from tests import factories
from tests.factories import NOW


def fill(event, guests):
    """As many guests with answers, mails in every state, and hosts without address."""
    host = factories.make_host(f"Vert {guests} Uten", email="")
    states = [state for state in Answer.State.values if state != "waiting"]
    for number in range(guests):
        said = dict.fromkeys(factories.PROGRAMME, states[number % len(states)]) | {"dinner": "waiting"}
        guest = factories.make_guest(event, host=host, company=factories.make_company(f"Firma {number}"), answers=said)
        factories.make_message(guest, state=("failed", "uncertain", "queued")[number % 3])
        History.objects.create(
            event=event, guest=guest, activity=event.activity_set.first(), at=guest.created_at, channel="web",
            what="answered", facts={"after": "coming"},
        )  # fmt: skip


@pytest.fixture
def queries(office, cast, logins):
    """queries(page) → (with one guest, with thirty): the numbers of queries for a page of an event."""
    for guests in (1, 30):
        event = factories.make_event(f"event-{guests}")
        Membership.objects.create(user=logins["otto"], event=event, role="organiser")
        fill(event, guests)
        for day in range(guests // 6 + 1):
            rule = factories.make_reminder(event, days=20 + day)
            sending = Campaign.objects.create(event=event, letter="reminder", created_at=NOW, due_at=NOW)
            for on in range(guests // 10 + 1):
                Occurrence.objects.create(
                    reminder=rule, day=date(2027, 8, on + 1), due_at=NOW, state="sent", settled_at=NOW, campaign=sending
                )

    def count(page):
        client, numbers = office("otto"), []
        for guests in (1, 30):
            url = f"/admin/events/event/{Event.objects.get(slug=f'event-{guests}').pk}/{page}"
            with CaptureQueriesContext(connection) as asked:
                assert client.get(url).status_code == 200
            numbers.append(len(asked))
        return tuple(numbers)

    return count


MOST = {
    "overview/": 12,
    "guests/": 10,
    "guests/?q=hansen": 10,
    "guests/?answer-dinner=waiting&standing=answered&invitation=sent&host=none": 10,
    "answers/": 8,
    "outbox/": 8,
    "waiting/": 8,
    "programme/": 8,
    "send/invitation/": 16,
    "letters/": 8,
    "letters/invitation/nb/": 17,
    "letters/invitation/nb/preview/": 19,
    "by-itself/": 13,
}


def test_queries_are_as_many_for_thirty_guests_as_for_one(queries):
    counted = {page: queries(page) for page in MOST}
    assert {
        page: (one, thirty) for page, (one, thirty) in counted.items() if one != thirty or thirty > MOST[page]
    } == {}


def test_far_page_of_the_list_takes_one_more_query(office, cast, monkeypatch):
    """The rows of a far page are found by their ids first."""
    monkeypatch.setattr("events.admin.guest.GuestAdmin.list_per_page", 1)
    monkeypatch.setattr("events.admin.scoped.DeepPaginator.DEEP", 2)
    client = office("otto")
    names = []
    for number in (1, 2, 3):
        page = client.get(f"/admin/events/event/{cast.event.pk}/guests/?p={number}")
        names += [str(guest) for guest in page.context["cl"].result_list]
    assert sorted(names) == ["Greta Åsen", "Henrik Sørli", "Ines Öberg"]


def test_page_of_a_guest_costs_the_same_whatever_happened(office, cast):
    client, counts = office("otto"), []
    ContentType.objects.get_for_model(Guest)  # asked for once per process
    for _time in range(2):
        with CaptureQueriesContext(connection) as asked:
            client.get(f"/admin/events/guest/{cast.greta.pk}/change/")
        counts.append(len(asked))
        for number in range(12):
            factories.make_message(cast.greta, subject=f"Brev {number}")
            History.objects.create(
                event=cast.event, guest=cast.greta, at=cast.greta.created_at, channel="web", what="answered"
            )
    assert counts[0] == counts[1] <= 20


def test_withdrawn_invitation_shows_no_link(office, cast):
    Invitation.objects.filter(guest=cast.greta).update(state="revoked")
    page = office("otto").get(f"/admin/events/guest/{cast.greta.pk}/change/").content.decode()
    assert factories.token_of(cast.greta) not in page
