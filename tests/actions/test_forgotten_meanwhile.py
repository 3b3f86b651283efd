"""Somebody who is forgotten at the very moment when something is said in the same name."""

import re
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from events.actions import answers, bounces, messages, parties, privacy, retention
from events.domain.answers import Choice
from events.models import Answer, Guest, Message, links
from tests import factories
from tests.factories import page_of

pytestmark = pytest.mark.django_db


def forget(guest):
    privacy.forget_guest(Guest.objects.get(pk=guest.pk), by=None, channel="web", now=timezone.now())


def test_nothing_is_stored_or_written_to_anybody_when_the_guest_is_forgotten_before_the_answer(cast, now):
    forget(cast.henrik)
    with pytest.raises(parties.IsForgotten):
        answers.give(cast.henrik, {"gathering": Choice.COMING}, by=None, channel="web", now=now)
    assert set(Answer.objects.filter(guest=cast.henrik).values_list("state", flat=True)) == {"not_coming"}
    assert not Message.objects.filter(guest=cast.henrik).exists()


def test_the_link_is_unknown_when_the_guest_is_forgotten_between_reading_and_answering(client, cast, monkeypatch):
    find = links.find

    def found_and_forgotten(token):
        invitation = find(token)
        forget(invitation.guest)
        return invitation

    address = page_of(cast.henrik)
    monkeypatch.setattr(links, "find", found_and_forgotten)
    response = client.post(address, {"all": "1"})
    assert response.status_code == 404
    assert "Henrik" not in response.content.decode()


def test_the_office_finds_nobody_when_the_guest_is_forgotten_between_reading_and_answering(client, cast, monkeypatch):
    client.force_login(cast.otto)
    give = answers.give

    def forgotten_and_given(guest, *args, **kwargs):
        forget(guest)
        return give(guest, *args, **kwargs)

    monkeypatch.setattr(answers, "give", forgotten_and_given)
    address = reverse("admin:event_guest_answer", args=[cast.event.pk, cast.henrik.pk])
    assert client.post(address, {"answer-dinner": "coming", "channel": "phone"}).status_code == 404


def locked_in_order(queries):
    """The tables of what is locked or written, as it goes, each the first time."""
    found = [
        re.search(r'(?:UPDATE|FROM) "events_(\w+)"', query["sql"]) for query in queries if "UPDATE" in query["sql"]
    ]
    return list(dict.fromkeys(match[1] for match in found if match))


@pytest.mark.postgres  # SQLite has one lock for everything
@pytest.mark.parametrize("deed", ["bounce", "again", "rules"])
def test_everybody_locks_the_person_before_guest_and_mail(cast, now, deed):
    """So that a bounce, a mail sent again and forgetting wait for each other instead of blocking each other."""
    failed = factories.make_message(cast.greta, state="failed", error_code="mailbox_full")
    with CaptureQueriesContext(connection) as seen:
        if deed == "bounce":
            bounces.came_back(failed, kind="mailbox_full", source="mail", now=now)
        elif deed == "again":
            messages.send_again(failed, by=cast.otto, channel="office", now=now)
        else:
            retention.forget_due(date(2031, 1, 1), now=now)
    order = [table for table in locked_in_order(seen.captured_queries) if table in ("contact", "guest", "message")]
    assert order[0] == "contact"
