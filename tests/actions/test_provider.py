"""Delivering through a mail provider's own interface (django-anymail), spoken by a real HTTP server."""

import socket
from base64 import b64decode

import pytest
from django.core.files.storage import default_storage

from events.actions import delivery, messages
from events.models import Bounce, Contact, Message, Postbox, links
from tests import factories, photo_rows
from tests.provider import DROP, HANG, Provider

INACTIVE = {
    "ErrorCode": 406,
    "Message": "You tried to send to a recipient that has been marked as inactive. Found inactive addresses: "
    "greta.asen@kunde.example. Inactive recipients are ones that have generated a hard bounce, a spam complaint, or a "
    "manual suppression.",
}
NO_ADDRESS = {"ErrorCode": 300, "Message": "Invalid 'To' address: 'greta.asen@kunde.example'."}
NOT_OURS = {"ErrorCode": 400, "Message": "The 'From' address you supplied is not a Sender Signature on your account."}
TOO_BIG = {"ErrorCode": 701, "Message": "Your email is too large."}


@pytest.fixture
def provider(settings):
    with Provider() as provider:
        settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
        settings.ANYMAIL = {
            "IGNORE_UNSUPPORTED_FEATURES": True, "REQUESTS_TIMEOUT": 1, "POSTMARK_SERVER_TOKEN": "a-token",
            "POSTMARK_API_URL": provider.url, "SEND_DEFAULTS": {"track_opens": False, "track_clicks": False},
        }  # fmt: skip
        yield provider


def invite(*guests):
    return [factories.make_message(guest, key="invitation") for guest in guests]


def fate(message):
    message.refresh_from_db()
    return message.state, message.error_code


def test_the_provider_gets_the_whole_mail_and_its_name_for_it_is_kept(cast, now, clock, provider, settings):
    settings.COMPANY_NAME = "Ærlig & Sønn"
    messages.queue([messages.confirmation(cast.greta, now=now)], by=None, now=now)
    clock.move(minutes=2)
    assert delivery.deliver().sent == 1
    (mail,) = provider.mails
    row = Message.objects.get()
    assert (row.state, row.provider_id) == ("sent", "00000000-0000-4000-8000-000000000001")
    assert mail["To"] == cast.greta.contact.email
    assert mail["From"] == "Marte Lie – Ærlig & Sønn <invitasjon@vertskap.example>"
    assert mail["ReplyTo"] == "Marte Lie <marte@vertskap.example>"
    assert links.url(cast.greta.invitation) in mail["TextBody"]
    assert "<html" in mail["HtmlBody"]
    headers = {header["Name"]: header["Value"] for header in mail["Headers"]}
    assert (headers["Message-ID"], headers["Auto-Submitted"]) == (row.message_id, "auto-generated")
    assert [file["Name"] for file in mail["Attachments"]] == ["gathering.ics", "dinner.ics"]
    assert {file["ContentType"] for file in mail["Attachments"]} == {'text/calendar; charset="utf-8"'}
    assert (mail["TrackOpens"], mail["TrackLinks"]) == (False, "None")
    assert mail["Metadata"] == {"vertskap": row.message_id.strip("<>")}
    assert {"Cc", "Bcc"}.isdisjoint(mail)


def test_the_provider_gets_own_photos_as_pictures_of_the_page(cast, clock, provider):
    photo = photo_rows.make_photo(cast.event)
    photo_rows.mark(photo, cast.greta)
    factories.make_message(cast.greta, letter="thanks", key="thanks")
    assert delivery.deliver().sent == 1
    (mail,) = provider.mails
    (picture,) = mail["Attachments"]
    assert (picture["ContentType"], picture["Name"]) == ("image/jpeg", "1.jpg")
    assert f'src="{picture["ContentID"]}"' in mail["HtmlBody"]
    with default_storage.open(photo.file("480.jpg")) as file:
        assert b64decode(picture["Content"]) == file.read()


@pytest.mark.parametrize(
    ("answer", "state", "code", "kind"),
    [
        ((422, NO_ADDRESS), "failed", "address_refused", "address_wrong"),
        ((422, INACTIVE), "failed", "suppressed", "policy"),
        ((500, {}), "uncertain", "no_reply_after_sending", None),
        ((504, {}), "uncertain", "no_reply_after_sending", None),
        (HANG, "uncertain", "no_reply_after_sending", None),
        (DROP, "uncertain", "no_reply_after_sending", None),
        ((429, {}), "queued", "provider_busy", None),
        ((503, {}), "queued", "provider_busy", None),
        ((401, {"ErrorCode": 10, "Message": "Bad or missing server token."}), "queued", "login_refused", None),
        ((422, NOT_OURS), "queued", "sender_refused", None),
        ((422, TOO_BIG), "failed", "letter_refused", None),
    ],
)
def test_what_the_provider_answers_becomes_the_mails_fate(cast, provider, answer, state, code, kind):
    provider.answers = [answer]
    (message,) = invite(cast.greta)
    delivery.deliver(1)
    assert fate(message) == (state, code)
    assert list(Bounce.objects.values_list("kind", flat=True)) == ([kind] if kind else [])
    assert Contact.objects.filter(email_fails=True).exists() == (kind == "address_wrong")
    assert bool(Postbox.objects.values_list("alarm", flat=True).first()) == (state == "queued")


def test_the_mail_waits_when_nobody_listens_and_goes_once_when_somebody_does(cast, clock, provider, settings):
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": f"http://127.0.0.1:{port}/"}
    queued = invite(cast.greta, cast.henrik)
    assert delivery.deliver().deferred == 2
    assert [fate(message) for message in queued] == [("queued", "no_connection")] * 2
    settings.ANYMAIL = {**settings.ANYMAIL, "POSTMARK_API_URL": provider.url}
    clock.move(minutes=1)
    assert delivery.deliver().sent == 2
    assert len(provider.mails) == 2


def test_no_mail_goes_twice_when_the_provider_takes_it_and_says_nothing(cast, clock, provider):
    provider.answers = [DROP]
    invite(cast.greta)
    delivery.deliver()
    clock.move(days=3)
    assert delivery.deliver().sent == 0
    assert len(provider.mails) == 1


def test_all_stays_queued_with_an_alarm_when_the_token_is_missing(cast, now, provider, settings):
    settings.ANYMAIL = {key: value for key, value in settings.ANYMAIL.items() if "TOKEN" not in key}
    queued = invite(cast.greta, cast.henrik)
    assert delivery.deliver().alarm == "login_refused"
    assert [fate(message) for message in queued] == [("queued", "login_refused")] * 2
    assert Postbox.objects.get().alarm == "login_refused"


def test_the_rest_of_the_letter_is_stopped_when_the_provider_refuses_its_text(cast, provider):
    provider.answers = [(422, TOO_BIG)]
    _refused, other = invite(cast.greta, cast.henrik)
    done = delivery.deliver()
    assert (done.failed, done.stopped, done.sent) == (1, 1, 0)
    assert fate(other) == ("stopped", "letter_refused")
