"""What a mail provider tells, in the shapes it really sends, at the real address."""

import base64
import hashlib
import hmac
import importlib
import json
import time

import pytest
from django.core.checks import run_checks
from django.urls import clear_url_caches

import config.urls
from events.models import Bounce, Contact, History, Message
from events.views import mail_hooks
from tests import factories
from tests.database import whole_database

SECRET = "provider:a-long-secret"
ID = "883953f4-6105-42a2-a16a-77a8eac79483"


def open_hooks(settings, provider, **secrets):
    settings.ANYMAIL_PROVIDER, settings.ANYMAIL = provider, secrets
    importlib.reload(mail_hooks)
    importlib.reload(config.urls)
    clear_url_caches()


@pytest.fixture
def hooks(settings):
    """hooks("postmark", NAME=secret …) opens the address of this provider, as its settings would at the start."""
    yield lambda provider, **secrets: open_hooks(settings, provider, **secrets)
    settings.ANYMAIL_PROVIDER = ""
    importlib.reload(config.urls)
    clear_url_caches()


@pytest.fixture
def postmark(hooks, client):
    """Sends an event as Postmark does; returns the status."""
    hooks("postmark", WEBHOOK_SECRET=SECRET)

    def post(event, secret=SECRET):
        headers = {"authorization": "Basic " + base64.b64encode(secret.encode()).decode()} if secret else {}
        answer = client.post(
            "/hooks/mail/postmark/tracking/", json.dumps(event), content_type="application/json", headers=headers
        )
        return answer.status_code

    return post


def of_postmark(kind, **fields):
    return {"RecordType": kind, "MessageID": ID, "MessageStream": "outbound", "ServerID": 23, "Tag": "", **fields}


def bounce(kind="HardBounce", details="smtp;550 5.1.1 The email account that you tried to reach does not exist."):
    return of_postmark(
        "Bounce", ID=4323372036854775807, Type=kind, TypeCode=1, Name="Hard bounce", Details=details,
        Email="greta.asen@kunde.example", From="invitasjon@vertskap.example", BouncedAt="2027-08-10T12:00:00Z",
        Description="The server was unable to deliver your message (ex: unknown user, mailbox not found).",
        DumpAvailable=True, Inactive=True, CanActivate=True, Subject="Velkommen", Metadata={},
    )  # fmt: skip


@pytest.fixture
def sent(cast, now):
    return factories.make_message(cast.greta, state="sent", sent_at=now, provider_id=ID, key="invitation")


def state(message):
    message.refresh_from_db()
    return message.state, message.error_code


def bounces():
    return list(Bounce.objects.values_list("kind", "status", "source"))


def test_a_wrong_address_is_marked_and_the_host_told_when_the_mail_bounced(cast, sent, postmark):
    for _time in range(2):  # the same again is harmless
        assert postmark(bounce()) == 200
    assert state(sent) == ("failed", "address_refused")
    assert bounces() == [("address_wrong", "5.1.1", "provider")]
    assert Contact.objects.get(email_fails=True) == cast.greta.contact
    assert Message.objects.filter(letter="bounced", guest=cast.greta).count() == 1


@pytest.mark.parametrize(
    ("event", "kind", "code"),
    [
        (bounce("SoftBounce", "smtp;552 5.2.2 Mailbox full"), "mailbox_full", "mailbox_full"),
        (bounce("SoftBounce", "smtp;550 5.7.1 Listed"), "policy", "policy_refused"),
        (bounce("SoftBounce", "smtp;554 Refused, see 5.9.12.34"), "other", "came_back"),
        (bounce("BadEmailAddress", ""), "address_wrong", "address_refused"),
        (bounce("Blocked", "smtp;554 no"), "policy", "policy_refused"),
        (bounce("DMARCPolicy", "smtp;550 5.7.26 Unauthenticated"), "policy", "policy_refused"),
    ],
)
def test_an_address_is_marked_only_when_it_is_wrong(sent, postmark, event, kind, code):
    assert postmark(event) == 200
    assert state(sent) == ("failed", code)
    assert [told[0] for told in bounces()] == [kind]
    assert Contact.objects.filter(email_fails=True).exists() == (kind == "address_wrong")


def test_a_delayed_mail_is_noted_and_still_sent_when_the_receiver_asks_to_wait(sent, postmark):
    assert postmark(bounce("Transient", "smtp;450 4.2.1 Busy")) == 200
    assert state(sent) == ("sent", "")
    assert bounces() == [("delayed", "4.2.1", "provider")]
    assert not Message.objects.filter(letter="bounced").exists()


def test_a_complaint_ends_invitations_and_no_answer_when_somebody_presses_spam(cast, sent, postmark):
    complaint = of_postmark("SpamComplaint", Type="SpamComplaint", Email="greta.asen@kunde.example", Metadata={})
    for _time in range(2):
        assert postmark(complaint) == 200
    assert Contact.objects.get(guest=cast.greta).unsubscribed_at
    assert state(sent) == ("sent", "")
    assert bounces() == []
    assert cast.greta.answer_set.get(activity__slug="dinner").state == "coming"
    assert [row.what for row in History.objects.filter(guest=cast.greta)] == ["unsubscribed"]


def test_a_complaint_of_a_letter_to_a_host_ends_no_guests_invitations(cast, sent, postmark):
    Message.objects.filter(pk=sent.pk).update(letter="voice")
    assert postmark(of_postmark("SpamComplaint", Type="SpamComplaint", Email="host@x.example", Metadata={})) == 200
    assert not Contact.objects.exclude(unsubscribed_at=None).exists()


def test_no_more_mail_goes_to_whoever_unsubscribed_at_the_provider(cast, sent, postmark):
    change = of_postmark(
        "SubscriptionChange", ChangedAt="2027-08-10T12:00:00Z", Recipient="greta.asen@kunde.example",
        Origin="Recipient", SuppressSending=True, SuppressionReason="ManualSuppression", Metadata={},
    )  # fmt: skip
    assert postmark(change) == 200
    assert Contact.objects.get(guest=cast.greta).unsubscribed_at


def test_an_unsure_mail_was_sent_when_it_arrived(cast, now, postmark):
    unsure = factories.make_message(cast.greta, state="uncertain", error_code="no_reply_after_sending")
    metadata = {"vertskap": unsure.message_id.strip("<>")}  # we never heard the provider's own name of it
    assert postmark(of_postmark("Delivery", DeliveredAt="2027-08-10T12:00:00Z", Metadata=metadata)) == 200
    assert state(unsure) == ("sent", "")
    assert unsure.sent_at == now


@pytest.mark.parametrize(
    "event",
    [
        of_postmark("Open", FirstOpen=True, Recipient="greta.asen@kunde.example", ReceivedAt="2027-08-10T12:00:00Z"),
        of_postmark("Click", OriginalLink="https://vertskap.example/", Recipient="greta.asen@kunde.example"),
        of_postmark("Delivery", DeliveredAt="2027-08-10T12:00:00Z"),
        bounce("AutoResponder"),
        of_postmark("Nonsense"),
        {**bounce(), "MessageID": "another"},
        {**bounce(), "MessageID": "another", "Metadata": {"vertskap": "unknown@vertskap.example"}},
        {**bounce(), "MessageID": "another", "Metadata": {"vertskap": ["?"]}},
        {**bounce(), "MessageID": None},
    ],
    ids=["open", "click", "delivered", "autoreply", "unknown kind", "unknown", "unknown too", "strange", "no id"],
)
def test_nothing_changes_when_an_event_is_nobodys_business_or_of_another_mail(sent, postmark, event):
    factories.make_message(sent.guest, provider_id="")
    before = whole_database()
    assert postmark(event) == 200
    assert whole_database() == before


@pytest.mark.parametrize("secret", ["", "provider:wrong", "a-long-secret", "provider:a-long-secret "])
def test_nothing_is_believed_when_the_secret_is_not_ours(sent, postmark, secret):
    before = whole_database()
    assert postmark(bounce(), secret) == 400
    assert whole_database() == before


def test_the_address_is_closed_when_no_provider_is_chosen_or_it_has_no_secret(client, hooks, settings):
    assert client.post("/hooks/mail/postmark/tracking/").status_code == 404
    hooks("postmark")
    assert client.post("/hooks/mail/postmark/tracking/").status_code == 404
    assert "vertskap.W003" in [error.id for error in run_checks(include_deployment_checks=True)]
    hooks("postmark", WEBHOOK_SECRET=SECRET)
    assert client.get("/hooks/mail/postmark/tracking/").status_code == 405
    for elsewhere in ("postmark/inbound/", "mailgun/tracking/", "sendgrid/tracking/", ""):
        assert client.post(f"/hooks/mail/{elsewhere}").status_code == 404


def of_mailgun(key, **event):
    token, moment = "ce89027cdb72c6a3", str(int(time.time()))
    signature = hmac.new(key.encode(), f"{moment}{token}".encode(), hashlib.sha256).hexdigest()
    data = {
        "timestamp": 1521472262.9, "id": "CPgfbmQMTCKtHW6uIWtuVe", "recipient": "greta.asen@kunde.example",
        "message": {"headers": {"message-id": ID, "to": "greta.asen@kunde.example"}, "attachments": [], "size": 111},
        "flags": {"is-routed": False}, "tags": [], "user-variables": {}, **event,
    }  # fmt: skip
    return {"signature": {"timestamp": moment, "token": token, "signature": signature}, "event-data": data}


def test_another_provider_with_signatures_is_heard_as_well(cast, now, hooks, client):
    hooks("mailgun", WEBHOOK_SECRET=SECRET, MAILGUN_WEBHOOK_SIGNING_KEY="key")
    sent = factories.make_message(cast.greta, state="sent", sent_at=now, provider_id=f"<{ID}>")
    headers = {"authorization": "Basic " + base64.b64encode(SECRET.encode()).decode()}
    failed = {
        "event": "failed", "severity": "permanent", "reason": "suppress-bounce", "log-level": "error",
        "delivery-status": {"code": 605, "message": "", "description": "Not delivering to previously bounced address"},
    }  # fmt: skip

    def post(key):
        event = json.dumps(of_mailgun(key, **failed))
        address = "/hooks/mail/mailgun/tracking/"
        return client.post(address, event, content_type="application/json", headers=headers).status_code

    assert post("wrong") == 400
    assert bounces() == []
    assert post("key") == 200
    assert state(sent) == ("failed", "address_refused")
