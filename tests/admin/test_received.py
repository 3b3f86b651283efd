"""Replies by mail in the back office: who they seem to be from, what they say, and one press."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import inbound
from events.models import Answer, History, Mailbox, Message, Received
from events.reports.received_words import why
from tests import factories
from tests.mails import OUR_MESSAGE_ID, UID, all_mails, mail

pytestmark = pytest.mark.django_db


@pytest.fixture
def greta(cast):
    """Greta, asked to the dinner by calendar and silent so far."""
    Answer.objects.filter(guest=cast.greta, activity__slug="dinner").update(
        uid=UID, state="no_answer", answered_at=None
    )
    return cast.greta


def take(name):
    inbound.take(mail(name), now=timezone.now())
    return Received.objects.latest("pk")


def url(cast, end=""):
    return f"/admin/events/event/{cast.event.pk}/inbox/{end}"


def text(response):
    return response.content.decode()


def press(client, cast, row, decision, **more):
    return client.post(url(cast, f"{row.pk}/"), {"decision": decision, **more}, follow=True)


def dinner(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner").state


def test_the_list_says_who_it_seems_to_be_from_what_it_says_and_why_it_waits(office, cast, greta):
    take("icloud-alias-accepted")
    page = text(office("otto").get(url(cast)))
    for fact in ("Greta Åsen", "Fjord Regnskap AS", "Dinner", "kommer", "greta@icloud.example", "assistent"):
        assert fact in page
    assert "Ta det som svaret fra Greta" in page


def test_a_press_makes_it_the_answer_and_tells_the_guest(office, cast, greta):
    row = take("icloud-alias-accepted")
    page = text(press(office("otto"), cast, row, "take", back="state=held"))
    assert dinner(greta) == "coming"
    assert History.objects.get(guest=greta, what="answered").by == cast.otto
    assert Message.objects.filter(guest=greta, letter="confirmation").exists()
    assert "Lagret. Takk!" in page and "icloud" not in page
    assert "allerede" in text(press(office("otto"), cast, row, "take"))
    assert History.objects.filter(guest=greta, what="answered").count() == 1


def test_a_press_sets_it_aside_and_writes_to_nobody(office, cast, greta):
    row = take("party-crasher")
    page = text(press(office("otto"), cast, row, "leave"))
    assert (dinner(greta), Message.objects.filter(state="queued").count()) == ("no_answer", 0)
    assert "svindler" not in page
    assert History.objects.get(guest=greta, what="reply_aside").by == cast.otto


def test_a_delegation_offers_no_answer_and_names_who_is_meant(office, cast, greta):
    take("delegated")
    page = text(office("otto").get(url(cast)))
    assert "kollega@kunde.example" in page
    assert 'value="take"' not in page and 'value="leave"' in page


def test_nothing_but_held_replies_of_the_event_can_be_decided(office, cast, greta):
    row = take("icloud-alias-accepted")
    assert office("olga").post(url(cast, f"{row.pk}/"), {"decision": "take"}).status_code == 404
    elsewhere = f"/admin/events/event/{cast.other_event.pk}/inbox/{row.pk}/"
    assert office("root").post(elsewhere, {"decision": "take"}).status_code == 404
    assert office("otto").get(url(cast, f"{row.pk}/")).status_code == 405
    taken = take("thunderbird-accepted")
    press(office("otto"), cast, taken, "leave")
    taken.refresh_from_db()
    assert (taken.state, dinner(greta)) == ("applied", "coming")


def test_the_navigation_and_the_overview_count_what_waits(office, cast, greta):
    take("icloud-alias-accepted")
    take("thunderbird-accepted")
    page = office("otto").get(url(cast))
    links = [link for _title, links in page.context["navigation"].groups for link in links]
    assert [link.waits for link in links if link.url == url(cast)] == [1]
    overview = office("otto").get(f"/admin/events/event/{cast.event.pk}/overview/")
    (line,) = [line for line in overview.context["to_do"] if "inbox" in line.url]
    assert (line.count, line.url) == (1, url(cast) + "?state=held")


def test_what_waits_stands_first_and_the_rest_says_what_became_of_it(office, cast, greta):
    for name in ("icloud-alias-accepted", "thunderbird-accepted", "apple-declined", "out-of-office-nb"):
        take(name)
    page = office("otto").get(url(cast))
    assert [row.state for row in page.context["cl"].result_list] == ["held", "ignored", "applied"]
    assert "Et nyere svar er kommet." in text(page)
    assert "apple" not in text(page) and "ferie" not in text(page)


def test_every_mail_about_a_guest_has_words_for_what_became_of_it(office, cast, greta, now):
    factories.make_message(greta, message_id=OUR_MESSAGE_ID, state="sent", sent_at=now)
    for raw in all_mails().values():
        inbound.take(raw, now=timezone.now())
    rows = Received.objects.exclude(guest=None)
    assert rows.count() > 12
    assert [row.reason for row in rows if row.reason and why(row) == row.reason] == []


def test_nothing_is_said_of_guests_of_other_events(office, cast, greta):
    take("icloud-alias-accepted")
    page = text(office("olga").get(f"/admin/events/event/{cast.other_event.pk}/inbox/"))
    assert "Greta" not in page and "icloud" not in page


def test_names_are_text(office, cast, greta):
    row = take("icloud-alias-accepted")
    Received.objects.filter(pk=row.pk).update(sender="<b>@x.example", facts={**row.facts, "delegated_to": "<i>@x"})
    page = text(office("otto").get(url(cast)))
    assert "&lt;b&gt;@x" in page and "&lt;i&gt;@x" in page and "<i>@x" not in page


def test_queries_do_not_grow_with_what_waits(office, cast, greta):
    def count():
        client = office("otto")
        with CaptureQueriesContext(connection) as asked:
            client.get(url(cast))
        return len(asked)

    take("icloud-alias-accepted")
    few = count()
    row = Received.objects.get()
    for number in range(30):
        guest = factories.make_guest(cast.event, company=factories.make_company(f"Firma {number}"))
        Received.objects.create(
            event=cast.event, guest=guest, activity=row.activity, key=f"{number:064d}", kind=row.kind, state="held",
            reason=row.reason, sender="a@x.example", facts=row.facts, at=row.at,
        )  # fmt: skip
    assert count() == few <= 9


@pytest.mark.parametrize(("minutes", "is_told"), [(59, False), (60, True)])
def test_the_office_tells_that_the_mailbox_cannot_be_read(office, cast, settings, clock, minutes, is_told):
    settings.INBOUND_URL = "imap+ssl://a:b@mail.vertskap.example/INBOX"
    Mailbox.objects.create(due_at=clock.now, failing_since=clock.now - timedelta(minutes=minutes), error_code="login")
    for page in (url(cast), f"/admin/events/event/{cast.event.pk}/overview/"):
        assert ("Postkassen kan ikke leses" in text(office("otto").get(page))) is is_told
    settings.INBOUND_URL = ""
    assert "Postkassen kan ikke leses" not in text(office("otto").get(url(cast)))
