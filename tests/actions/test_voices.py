"""A word to the host: kept, mailed to the host and to nobody else, and marked as read."""

from datetime import timedelta
from email.utils import getaddresses

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events import emails
from events.actions import delivery, messages, voices
from events.models import Contact, Event, History, Host, Invitation, Message, Voice
from tests import factories

AFTER_THE_WAIT = timedelta(minutes=2)


def say(guest, text="Jeg gleder meg!"):
    return voices.say(guest, text, by=None, channel="web", now=timezone.now())


def deliver_later(clock):
    clock.move(minutes=2)
    return delivery.deliver()


def plain(mail):
    return mail.get_body(("plain",)).get_content().replace("\r\n", "\n")


def test_the_word_reaches_the_host_with_the_guest_to_answer(cast, clock, sink):
    say(cast.greta, "Jeg kan dessverre ikke løpe.\nMen jeg heier!")
    assert delivery.deliver().total == 0
    assert deliver_later(clock).sent == 1
    (mail,) = sink.messages
    assert sink.recipients == ["marte@vertskap.example"]
    assert getaddresses([mail["Reply-To"]]) == [("Greta Åsen", cast.greta.contact.email)]
    assert "> Jeg kan dessverre ikke løpe.\n> Men jeg heier!\n" in plain(mail)
    assert "Fjord Regnskap AS" in plain(mail)


def test_the_headers_tell_nothing_about_the_guest_but_where_to_answer(cast, clock, sink):
    say(cast.greta)
    deliver_later(clock)
    (mail,) = sink.messages
    assert mail["Subject"] == "Et ord fra en gjest"
    headers = {name: value for name, value in mail.items() if name != "Reply-To"}
    assert [name for name, value in headers.items() if "Greta" in value or "greta" in value] == []
    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (None, None)
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_guests_own_links_are_not_in_the_mail(cast, clock, sink):
    say(cast.greta)
    deliver_later(clock)
    whole = plain(sink.messages[0]) + sink.messages[0].get_body(("html",)).get_content()
    assert [token for token in factories.tokens_of(cast.greta).values() if token in whole] == []
    assert "/u/" not in whole and "/i/" not in whole


def test_what_was_typed_stays_text_when_it_looks_like_markup(cast, clock, sink):
    say(cast.greta, '<script>alert(1)</script> **fet** {link} {host}\n## stor\n<a href="https://evil.example">x</a>')
    deliver_later(clock)
    html = sink.messages[0].get_body(("html",)).get_content()
    assert "<script" not in html and '<a href="https://evil.example"' not in html
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **fet** {link} {host}<br>## stor<br>" in html
    assert "> <script>alert(1)</script> **fet** {link} {host}\n> ## stor" in plain(sink.messages[0])


def test_the_events_contact_gets_the_word_when_the_host_has_no_address(cast, clock, sink, settings):
    Host.objects.filter(pk=cast.host.pk).update(email="")
    say(cast.greta)
    say(cast.ines)  # has no host at all
    deliver_later(clock)
    assert sink.recipients == [settings.CONTACT_EMAIL] * 2


def test_the_answer_goes_to_the_contact_when_the_guest_has_no_address(cast, clock, sink, settings):
    say(factories.make_guest(cast.event, "Nils Nettløs", email="", host=cast.host))
    deliver_later(clock)
    assert getaddresses([sink.messages[0]["Reply-To"]]) == [(settings.CONTACT_NAME, settings.CONTACT_EMAIL)]
    assert "Svar på denne e-posten" not in plain(sink.messages[0])


def test_words_within_the_wait_go_in_one_mail_and_later_ones_in_another(cast, clock, sink):
    say(cast.greta, "Først dette.")
    clock.move(seconds=90)
    say(cast.greta, "Og så dette.")
    assert Message.objects.get().due_at == clock.now + AFTER_THE_WAIT
    deliver_later(clock)
    assert "> Først dette.\n>\n> Og så dette.\n" in plain(sink.messages[0])
    say(cast.greta, "Til slutt.")
    deliver_later(clock)
    assert len(sink.messages) == 2
    assert "> Til slutt.\n" in plain(sink.messages[1])
    assert "Først" not in plain(sink.messages[1])


def test_both_words_arrive_when_the_first_mail_waits_for_another_try(cast, clock, sink):
    sink.at("rcpt", "451 4.3.0 Try later")
    say(cast.greta, "Det første.")
    assert deliver_later(clock).deferred == 1
    sink.behave()
    say(cast.greta, "Det andre.")
    deliver_later(clock)
    assert sorted("første" in plain(mail) for mail in sink.messages) == [False, True]
    assert sorted("andre" in plain(mail) for mail in sink.messages) == [False, True]


def test_nothing_is_lost_when_a_word_comes_between_reading_and_claiming(cast, clock, sink, monkeypatch):
    say(cast.greta, "Det første.")
    open_line = delivery._Run._open

    def said_meanwhile(run):
        open_line(run)
        say(cast.greta, "Det andre.")

    monkeypatch.setattr(delivery._Run, "_open", said_meanwhile)
    assert deliver_later(clock).sent == 0
    monkeypatch.setattr(delivery._Run, "_open", open_line)
    assert deliver_later(clock).sent == 1
    assert "> Det første.\n>\n> Det andre.\n" in plain(sink.messages[0])


def test_one_word_is_kept_when_the_button_is_pressed_twice(cast, clock):
    assert say(cast.greta) == say(cast.greta)
    assert Voice.objects.count() == Message.objects.count() == History.objects.count() == 1
    clock.move(hours=1)
    say(cast.greta)
    assert Voice.objects.count() == 2


def test_the_history_holds_no_word_of_it(cast):
    say(cast.greta)
    row = History.objects.get()
    assert (row.what, row.guest, row.channel, row.facts) == ("said", cast.greta, "web", {})


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_the_word_is_told_whatever_has_become_of_link_and_event(cast, clock, sink, state):
    say(cast.greta)
    Invitation.objects.filter(guest=cast.greta).update(state="revoked")
    Contact.objects.filter(guest=cast.greta).update(unsubscribed_at=clock.now, email_fails=True)
    Event.objects.update(state=state)
    assert deliver_later(clock).sent == 1


def test_no_mail_goes_out_when_the_words_are_gone(cast, clock, sink):
    say(cast.greta)
    Voice.objects.all().delete()
    assert deliver_later(clock).stopped == 1
    assert Message.objects.get().error_code == "no_longer_true"
    assert sink.messages == []


def test_the_guests_address_stays_good_when_the_hosts_is_refused(cast, clock, sink):
    sink.at("rcpt", "550 5.1.1 Unknown")
    say(cast.greta)
    assert deliver_later(clock).failed == 1
    message = Message.objects.get()
    assert (message.to_address, message.error_code) == ("marte@vertskap.example", "address_refused")
    assert not Contact.objects.filter(email_fails=True).exists()
    Contact.objects.filter(guest=cast.greta).update(email_fails=True)
    messages.send_again(message, by=cast.otto, channel="office", now=clock.now)
    assert Contact.objects.filter(email_fails=True).count() == 1


def test_nobody_is_told_when_neither_host_nor_contact_has_an_address(cast, clock, sink, settings):
    settings.CONTACT_EMAIL = ""
    say(cast.ines)
    assert deliver_later(clock).stopped == 1
    assert Message.objects.get().error_code == "nobody_to_tell"


def test_a_mail_costs_as_many_queries_as_before_when_nobody_has_said_a_word(cast, clock, sink):
    """The batch asks for words only where a mail tells some."""
    factories.make_message(cast.greta)
    with CaptureQueriesContext(connection) as asked:
        delivery.deliver()
    assert [query["sql"] for query in asked if "events_voice" in query["sql"]] == []


def test_the_letter_can_be_looked_at_before_anybody_has_said_a_word(cast):
    seen = emails.preview(cast.event, "voice", "fi", cast.greta)
    assert seen.subject == "Terveisiä vieraalta"
    assert "{" not in seen.text


def test_another_has_the_link_is_kept_and_no_mail_is_written(cast, clock, sink):
    said = {"name": "Per Feil", "email": "per@annen.example", "text": "Jeg fikk denne videre."}
    for _press in range(2):
        voices.not_me(cast.greta, **said, by=None, channel="web", now=clock.now)
    voice = Voice.objects.get()
    assert (voice.kind, voice.name, voice.email, voice.text, voice.read_at) == ("not_me", *said.values(), None)
    row = History.objects.get()
    assert (row.what, row.facts) == ("not_me", {})
    assert deliver_later(clock).total == 0
    assert sink.messages == []


def test_who_read_it_first_stands_until_it_is_marked_as_unread(cast, clock):
    voice, read_at = say(cast.greta), clock.now
    voices.mark(voice, is_read=True, by=cast.otto, channel="office", now=read_at)
    clock.move(hours=1)
    voices.mark(voice, is_read=True, by=cast.olga, channel="office", now=clock.now)
    voice.refresh_from_db()
    assert (voice.read_at, voice.read_by) == (read_at, cast.otto)
    voices.mark(voice, is_read=False, by=cast.olga, channel="office", now=clock.now)
    voice.refresh_from_db()
    assert (voice.read_at, voice.read_by) == (None, None)
    rows = History.objects.filter(what="read").order_by("pk")
    assert [(row.by, row.facts) for row in rows] == [(cast.otto, {"is_read": True}), (cast.olga, {"is_read": False})]


def test_the_claim_writes_the_hosts_address_into_the_outbox(cast, clock, sink):
    say(cast.greta)
    deliver_later(clock)
    message = Message.objects.get()
    assert (message.guest, message.to_address, message.state) == (cast.greta, "marte@vertskap.example", "sent")
    assert message.key == f"voice#{message.pk}"


INJECTED = "Hei\r\nBcc: alle@kunde.example\r\n\r\n<h1>Ny kropp</h1>"


def test_no_header_is_made_of_a_word_or_of_the_name_of_whoever_says_it(cast, clock, sink):
    """Names come from lists and forms that refuse line breaks; here they stand in the rows all the same."""
    Contact.objects.filter(pk=cast.greta.contact_id).update(name="Greta\r\nBcc: alle@kunde.example", first_name="Greta")
    cast.greta.contact.refresh_from_db()
    say(cast.greta, INJECTED)
    voices.not_me(
        cast.greta, name="Per\r\nBcc: alle@kunde.example", email="per@kunde.example", text=INJECTED, by=None,
        channel="web", now=timezone.now(),
    )  # fmt: skip
    deliver_later(clock)
    assert set(sink.recipients) <= {"marte@vertskap.example"}
    for mail in sink.messages:
        assert (mail["Bcc"], mail["Cc"]) == (None, None)
        assert not any("alle@kunde.example" in value for name, value in mail.items() if name != "Reply-To")
        assert [address for _name, address in getaddresses([mail["Reply-To"]])] == [cast.greta.contact.email]


def test_a_word_of_markup_is_text_in_the_mail(cast, clock, sink):
    say(cast.greta, INJECTED)
    deliver_later(clock)
    (mail,) = sink.messages
    html = mail.get_body(("html",)).get_content()
    assert "<h1>Ny kropp</h1>" not in html and "&lt;h1&gt;Ny kropp&lt;/h1&gt;" in html
