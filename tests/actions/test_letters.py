"""Organisers' own texts, and the test mail to oneself."""

import pytest
from django.db import connection

from events.actions import delivery, invitations, letters, links, messages
from events.domain import letters as domain_letters
from events.domain.links import Purpose
from events.models import Letter, Message
from events.models import links as personal
from tests import factories


def write(cast, now, **texts):
    texts = {"subject": "Hei {first_name}", "preheader": "", "body": "Kom!", **texts}
    return letters.write(cast.event, "invitation", "nb", by=cast.otto, now=now, **texts)


def test_the_newest_text_stands_when_it_is_written_twice(cast, now):
    write(cast, now)
    write(cast, now, body="Kom, da!")
    assert [letter.body for letter in Letter.objects.all()] == ["Kom, da!"]
    letters.forget(cast.event, "invitation", "nb", by=cast.otto, now=now)
    letters.forget(cast.event, "invitation", "nb", by=cast.otto, now=now)
    assert not Letter.objects.exists()


@pytest.mark.parametrize("field", ["subject", "preheader", "body"])
def test_the_text_is_refused_when_a_placeholder_is_unknown(cast, now, field):
    with pytest.raises(domain_letters.UnknownPlaceholder) as refusal:
        write(cast, now, **{field: "Hei {fornavn}"})
    assert (refusal.value.name, refusal.value.line, refusal.value.column) == ("fornavn", 1, 5)
    assert not Letter.objects.exists()


def test_the_subject_is_refused_when_it_has_two_lines(cast, now):
    with pytest.raises(domain_letters.HasLineBreak):
        write(cast, now, subject="Hei\nBcc: a@b.example")


def test_the_test_mail_opens_nothing_of_the_guests_when_an_organiser_sends_it(cast, now, sink, settings):
    letters.send_test(cast.event, "confirmation", "sv", as_guest=cast.greta, to_user=cast.otto, now=now)
    (mail,) = sink.messages
    assert sink.recipients == [cast.otto.email]
    assert mail["Subject"] == "[Prov] Ditt svar till Stoltzen (sv)"
    assert (mail["List-Unsubscribe"], mail["To"]) == (None, cast.otto.email)
    for part in ("plain", "html"):
        text = mail.get_body((part,)).get_content()
        assert "Det här är ett prov." in text
        assert f"{settings.SITE_URL}/" in text
        for purpose in (Purpose.GUEST, Purpose.UNSUBSCRIBE):
            assert personal.token(cast.greta.invitation, purpose) not in text
    assert [part.get_filename() for part in mail.iter_attachments()] == ["gathering.ics", "dinner.ics"]
    assert not Message.objects.exists()


def test_the_organiser_is_told_why_when_the_test_mail_is_not_taken(cast, now, sink):
    sink.at("data", "554 5.7.0 No")
    with pytest.raises(letters.TestNotSent) as refusal:
        letters.send_test(cast.event, "invitation", "nb", as_guest=cast.greta, to_user=cast.otto, now=now)
    assert refusal.value.code == "letter_refused"
    cast.otto.email = ""
    with pytest.raises(letters.NoAddress):
        letters.send_test(cast.event, "invitation", "nb", as_guest=cast.greta, to_user=cast.otto, now=now)


def everything_in(connection):
    """Every row of every table as text."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from (str(row) for row in cursor.fetchall())


def test_no_working_link_is_in_the_database_when_all_kinds_of_letters_are_sent(cast, now, clock, sink):
    cast.greta.answer_set.filter(activity__slug="dinner").update(promoted_at=now)
    dinner = cast.greta.answer_set.get(activity__slug="dinner")
    invitations.send(cast.event, by=cast.otto, channel="office", now=now)
    messages.queue([messages.confirmation(cast.greta, now=now), messages.promotion(dinner, now=now)], by=None, now=now)
    links.send_again(cast.greta.contact.email, now=now)
    clock.move(minutes=3)
    assert delivery.deliver().sent == 6
    stored = "\n".join(everything_in(connection))
    assert "Hei Greta!" in stored
    for guest in (cast.greta, cast.henrik, cast.ines):
        for purpose in Purpose:
            token = personal.token(guest.invitation, purpose)
            assert token not in stored
            assert token[:22] not in stored
    texts = [mail.get_body(("plain",)).get_content() for mail in sink.messages]
    assert sum(factories.token_of(cast.greta) in text for text in texts) == 4
