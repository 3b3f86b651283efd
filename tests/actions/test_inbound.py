"""Mail that comes in: what becomes of replies, bounces, programs' and people's mails."""

from datetime import UTC, datetime, timedelta
from threading import Thread

import pytest
from django.core import mail as outbox
from django.db import DataError, connection, connections
from django.utils import timezone

from events import emails
from events.actions import answers, delivery, erasure, held, inbound, late, programme
from events.domain.answers import Choice
from events.models import Activity, Answer, Bounce, Contact, Event, Guest, History, Message, Received, Voice
from tests import factories
from tests.database import whole_database
from tests.mails import GRETA, OTHER_UID, OUR_MESSAGE_ID, UID, mail

ASKED_AT = datetime(2027, 8, 1, 9, 0, tzinfo=UTC)  # before any of the mails was written
pytestmark = pytest.mark.django_db


@pytest.fixture
def greta(cast):
    """Greta, asked by calendar to the dinner and silent so far, who was sent the mail that the files answer."""
    Guest.objects.filter(pk=cast.greta.pk).update(answered_at=None)
    Answer.objects.filter(guest=cast.greta).update(state="no_answer", answered_at=None, asked_sequence=0)
    Answer.objects.filter(guest=cast.greta, activity__slug="dinner").update(uid=UID)
    Answer.objects.filter(guest=cast.greta, activity__slug="race").update(uid=OTHER_UID)
    factories.make_message(cast.greta, message_id=OUR_MESSAGE_ID, state="sent", sent_at=ASKED_AT)
    return cast.greta


@pytest.fixture
def take(greta):
    """take("file", changes …): the file is read now."""

    def take(name, *changes, now=None):
        return inbound.take(mail(name, *changes), now=now or timezone.now())

    return take


def state(guest, slug="dinner"):
    return Answer.objects.get(guest=guest, activity__slug=slug).state


def came(taken):
    return taken.kind, taken.is_applied, taken.reason


# --- replies become answers -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "becomes"),
    [
        ("outlook-365-accepted", "coming"),
        ("outlook-desktop-tentative", "unsure"),
        ("exchange-declined-with-a-word", "not_coming"),
        ("google-accepted", "coming"),
        ("apple-declined", "not_coming"),
        ("thunderbird-accepted", "coming"),
        ("broken-lines-accepted", "coming"),
    ],
)
def test_reply_is_the_answer_and_is_confirmed_whichever_calendar_wrote_it(take, greta, name, becomes):
    assert came(take(name)) == ("calendar_reply", True, "")
    assert state(greta) == becomes
    row = History.objects.get(guest=greta, what="answered")
    assert (row.channel, row.by, row.activity.slug, row.facts["after"]) == ("mail", None, "dinner", becomes)
    assert Message.objects.filter(guest=greta, letter="confirmation").count() == 1
    received = Received.objects.get()
    assert (received.state, received.guest, received.sender) == ("applied", greta, "")


def test_same_mail_is_taken_once(take, greta):
    take("outlook-365-accepted")
    answers.give(greta, {"dinner": Choice.NOT_COMING}, by=None, channel="web", now=timezone.now())
    assert came(take("outlook-365-accepted")) == ("calendar_reply", False, "seen_before")
    assert (state(greta), Received.objects.count()) == ("not_coming", 1)


def test_reply_to_two_entries_answers_each(take, greta):
    assert take("two-events").is_applied
    assert (state(greta), state(greta, "race")) == ("coming", "not_coming")
    assert sorted(Received.objects.values_list("number", "activity__slug")) == [(0, "race"), (1, "dinner")]


def test_words_in_the_reply_reach_the_host(take, greta):
    take("exchange-declined-with-a-word")
    assert Voice.objects.get(guest=greta).text == "Jeg rekker ikke middagen, men løper gjerne!"
    assert Message.objects.filter(guest=greta, letter="voice").exists()


def test_no_frees_the_companions_place_for_the_first_in_line(take, greta, cast):
    friend = factories.make_companion(greta, "Frida Vik", answers={"dinner": "coming"})
    Answer.objects.filter(guest=greta, activity__slug="dinner").update(
        state="coming", answered_at=datetime(2027, 8, 1, tzinfo=UTC)
    )
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=2)
    answers.give(cast.henrik, {"dinner": Choice.COMING}, by=None, channel="web", now=timezone.now())
    assert state(cast.henrik) == "waiting"
    take("apple-declined")
    assert (state(greta), state(friend), state(cast.henrik)) == ("not_coming", "not_coming", "coming")


def test_reply_waits_in_line_when_the_dinner_is_full(take, greta, cast):
    answers.give(cast.henrik, {"dinner": Choice.COMING}, by=None, channel="web", now=timezone.now())
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    assert take("google-accepted").is_applied
    assert state(greta) == "waiting"


def test_newer_reply_counts_though_the_older_was_read_later(take, greta):
    assert take("thunderbird-accepted").is_applied  # 13:14
    assert came(take("apple-declined")) == ("calendar_reply", False, "out_of_order")  # 11:22
    assert state(greta) == "coming"


def test_newer_reply_replaces_the_older(take, greta):
    take("google-accepted")  # 10:15, read on the 10th
    assert take("apple-declined").is_applied  # 11:22, which is before the reading
    assert state(greta) == "not_coming"


def test_answer_on_the_page_wins_when_it_is_later(take, greta):
    answers.give(greta, {"dinner": Choice.NOT_COMING}, by=None, channel="web", now=timezone.now())
    assert came(take("google-accepted")) == ("calendar_reply", False, "answered_later")
    assert state(greta) == "not_coming"


def test_reply_wins_when_it_is_later_than_the_page(take, greta):
    answers.give(greta, {"dinner": Choice.NOT_COMING}, by=None, channel="web", now=ASKED_AT)
    assert take("google-accepted").is_applied
    assert state(greta) == "coming"


def test_answer_an_organiser_gave_wins_when_it_is_later(take, greta, cast):
    take("google-accepted")
    answers.give(greta, {"dinner": Choice.NOT_COMING}, by=cast.otto, channel="mail", now=timezone.now())
    assert came(take("apple-declined"))[2] == "answered_later"


def test_clock_that_runs_ahead_outdoes_no_later_reply(take, greta, clock):
    take("google-accepted", ("DTSTAMP:20270809T101500Z", "DTSTAMP:20990809T101500Z"))
    late_stamp = ("DTSTAMP:20270809T112233Z", "DTSTAMP:20270810T100000Z")
    assert take("apple-declined", late_stamp, now=clock.move(hours=2)).is_applied


def test_reply_to_an_older_revision_is_held(take, greta, cast, now):
    where = {"address": "Nygata 2, Bergen"}
    programme.change(cast.activity("dinner"), where, by=cast.otto, channel="office", now=ASKED_AT)
    assert came(take("google-accepted")) == ("calendar_reply", False, "older_revision")
    assert state(greta) == "no_answer"
    assert take("apple-declined", ("SEQUENCE:0", "SEQUENCE:1")).is_applied


def test_guest_changes_mind_in_the_calendar_as_often_as_they_like(take, greta):
    """The revision stays ours: one that the guest's calendar does not know of would make the next reply look old."""
    for number, becomes in enumerate(["coming", "not_coming"] * 2):
        said = ("PARTSTAT=ACCEPTED", "PARTSTAT=" + ("ACCEPTED" if becomes == "coming" else "DECLINED"))
        changes = [said, ("<c0ffee12", f"<c0ffee{number}"), ("T131415Z", f"T13141{number}Z")]
        assert take("thunderbird-accepted", *changes).is_applied
        assert state(greta) == becomes
    answer = Answer.objects.get(uid=UID)
    assert answer.sequence == answer.asked_sequence


@pytest.mark.parametrize("event_state", ["open", "closed"])
def test_reply_after_the_deadline_is_kept_as_a_wish(take, greta, event_state):
    Event.objects.update(answer_by_at=ASKED_AT, state=event_state)
    assert came(take("google-accepted")) == ("calendar_reply", False, "after_deadline")
    assert state(greta) == "no_answer"
    wishes = History.objects.filter(guest=greta).open_wishes()
    assert [(row.activity.slug, row.facts["wish"], row.channel) for row in wishes] == [("dinner", "coming", "mail")]


@pytest.mark.django_db(transaction=True)
def test_late_reply_is_answered_by_a_mail_that_says_so_once(take, greta, sink):
    Event.objects.update(answer_by_at=ASKED_AT)
    Message.objects.exclude(message_id=OUR_MESSAGE_ID).delete()
    take("google-accepted")
    take("thunderbird-accepted")  # the same wish once more
    delivery.deliver(clock=lambda: timezone.now() + timedelta(hours=1))
    (told,) = sink.messages
    assert str(told["Subject"]) == "Svaret ditt til Stoltzen"
    assert [part.get_content_type() for part in told.walk() if "calendar" in part.get_content_type()] == []
    for part in ("plain", "html"):
        words = " ".join(told.get_body([part]).get_content().split())
        assert "Du har ikke svart ennå" in words
        assert words.count("Du svarte etter fristen at du kommer. Vi har notert det, og sier fra.") == 1


@pytest.mark.django_db(transaction=True)
def test_late_reply_is_told_no_more_when_it_was_set_aside(take, greta, cast, sink):
    Event.objects.update(answer_by_at=ASKED_AT)
    take("google-accepted")
    (wish,) = History.objects.filter(guest=greta).open_wishes()
    late.set_aside(wish, by=cast.otto, channel="office", now=timezone.now())
    delivery.deliver(clock=lambda: timezone.now() + timedelta(hours=1))
    assert sink.messages == []


@pytest.mark.parametrize("event_state", ["draft", "held", "archived", "cancelled"])
def test_reply_changes_nothing_when_the_event_takes_no_answers(take, greta, event_state):
    Event.objects.update(state=event_state)
    assert came(take("google-accepted")) == ("calendar_reply", False, event_state)
    assert state(greta) == "no_answer"


def test_reply_changes_nothing_when_the_part_is_cancelled(take, greta, now):
    Activity.objects.filter(slug="dinner").update(cancelled_at=now)
    assert came(take("google-accepted")) == ("calendar_reply", False, "cancelled")


def test_reply_to_an_unknown_entry_changes_nothing(take, greta):
    Answer.objects.filter(uid=UID).update(uid="another@vertskap.example")
    assert came(take("google-accepted")) == ("calendar_reply", False, "unknown_uid")
    assert Received.objects.get().guest is None


def test_reply_that_says_nothing_changes_nothing(take, greta):
    assert came(take("thunderbird-accepted", ("ACCEPTED", "NEEDS-ACTION"))) == ("calendar_reply", False, "no_answer")


def test_lost_invitation_is_sent_again_to_the_guest_only(take, greta):
    assert came(take("refresh")) == ("calendar_reply", True, "sent_again")
    assert Message.objects.get(guest=greta, state="queued").letter == "calendar"
    from_another = (f"<{GRETA}>\r\nTo", "<svindler@fremmed.example>\r\nTo")
    assert not take("refresh", from_another, ("<refresh-1", "<refresh-2")).is_applied


# --- what a person decides ------------------------------------------------------------------------

HELD = {
    "icloud-alias-accepted": ("other_address", "greta@icloud.example", {"attendee": "greta@icloud.example"}),
    "party-crasher": ("other_address", "svindler@fremmed.example", {"attendee": "svindler@fremmed.example"}),
    "sent-by-assistant": ("other_address", "anne@kunde.example", {}),
    "delegated": ("delegated", GRETA, {"partstat": "DELEGATED", "delegated_to": "kollega@kunde.example"}),
}


@pytest.mark.parametrize("name", HELD)
def test_reply_is_held_when_it_is_not_plainly_the_guests_own(take, greta, name):
    reason, sender, facts = HELD[name]
    assert came(take(name)) == ("calendar_reply", False, reason)
    assert state(greta) == "no_answer"
    row = Received.objects.held().get()
    assert (row.guest, row.activity.slug, row.sender, row.event) == (greta, "dinner", sender, greta.event)
    said = {} if name == "delegated" else {"choice": "coming"}
    assert {key: row.facts.get(key) for key in {**said, **facts}} == {**said, **facts}
    assert not Message.objects.filter(state="queued").exists()
    note = History.objects.get(guest=greta, what="reply_held")
    assert "@" not in str(note.facts)


def test_reply_is_held_when_our_mail_server_does_not_vouch_for_it(take, greta, settings):
    settings.INBOUND_AUTHSERV = "mx.vertskap.example"
    assert take("outlook-365-accepted").is_applied
    assert came(take("thunderbird-accepted"))[2] == "not_vouched_for"


def test_reply_is_held_when_it_is_to_a_companions_entry(take, greta):
    ola = factories.make_companion(greta, "Ola Berge", answers={"dinner": "coming"})
    entry = Answer.objects.get(guest=ola, activity__slug="dinner").uid
    assert came(take("thunderbird-accepted", (UID, entry)))[2] == "other_address"


def test_reply_is_held_when_the_invitation_was_withdrawn(take, greta):
    greta.invitation.state = "revoked"
    greta.invitation.save()
    assert came(take("google-accepted"))[2] == "withdrawn"


def test_newer_reply_takes_the_place_of_one_that_waits(take, greta):
    take("sent-by-assistant")
    take("sent-by-assistant", ("<assistant-1", "<assistant-2"))
    assert Received.objects.held().count() == 1
    assert Received.objects.get(state="ignored").sender == ""


def test_held_reply_becomes_the_answer_when_an_organiser_takes_it(take, greta, cast):
    take("icloud-alias-accepted")
    row, how = Received.objects.get(), {"by": cast.otto, "channel": "office", "now": timezone.now()}
    assert held.take(row, **how).is_changed
    assert state(greta) == "coming"
    assert History.objects.get(guest=greta, what="answered").by == cast.otto
    assert Message.objects.filter(guest=greta, letter="confirmation").exists()
    row.refresh_from_db()
    assert (row.state, row.sender, row.facts) == ("applied", "", {})
    assert held.take(row, **how) is None
    assert held.set_aside(row, **how) is False


def test_held_reply_changes_nothing_when_it_is_set_aside(take, greta, cast):
    take("party-crasher")
    row, how = Received.objects.get(), {"by": cast.otto, "channel": "office", "now": timezone.now()}
    assert [held.set_aside(row, **how), held.set_aside(row, **how)] == [True, False]
    assert state(greta) == "no_answer"
    assert History.objects.get(guest=greta, what="reply_aside").by == cast.otto
    row.refresh_from_db()
    assert (row.state, row.sender, row.facts) == ("set_aside", "", {})


def test_delegation_cannot_be_taken_as_an_answer(take, greta, cast):
    take("delegated")
    assert held.take(Received.objects.get(), by=cast.otto, channel="office", now=timezone.now()) is None
    assert Received.objects.held().exists()


# --- bounces --------------------------------------------------------------------------------------

BOUNCES = {
    "postfix-user-unknown": ("address_wrong", True),
    "exchange-ndr": ("address_wrong", True),
    "gmail-bounce": ("address_wrong", True),
    "exim-user-unknown": ("address_wrong", True),
    "qmail-no-mailbox": ("address_wrong", True),
    "mailbox-full": ("mailbox_full", False),
    "refused-by-policy": ("policy", False),
    "delayed": ("delayed", False),
}


@pytest.mark.parametrize("name", BOUNCES)
def test_bounce_is_noted_and_only_a_wrong_address_marks_the_guest(take, greta, name):
    kind, is_wrong = BOUNCES[name]
    assert came(take(name)) == ("bounce", True, kind)
    bounce = Bounce.objects.get()
    assert (bounce.kind, bounce.source, bounce.guest) == (kind, "mail", greta)
    assert Contact.objects.get(pk=greta.contact_id).email_fails is is_wrong
    assert Message.objects.get(message_id=OUR_MESSAGE_ID).state == ("sent" if kind == "delayed" else "failed")
    assert Message.objects.filter(letter="bounced").count() == (0 if kind == "delayed" else 1)


def test_bounce_says_nothing_but_came_back_to_the_mails_own_address(take, greta, settings):
    settings.BOUNCE_ADDRESS = "b+{id}@bounces.vertskap.example"
    sent = factories.make_message(greta, state="sent", sent_at=ASKED_AT)
    take("only-its-own-address", ("RETURN-ADDRESS", emails.return_path(sent.pk)))
    assert Bounce.objects.get().message == sent
    assert not Contact.objects.get(pk=greta.contact_id).email_fails


@pytest.mark.parametrize(("days", "is_ours"), [(1, True), (20, False)])
def test_bounce_that_names_the_recipient_only_is_of_a_mail_sent_lately(take, greta, now, days, is_ours):
    sent = Message.objects.get(message_id=OUR_MESSAGE_ID)
    Message.objects.filter(pk=sent.pk).update(sent_at=now - timedelta(days=days))
    taken = take("exchange-ndr", (OUR_MESSAGE_ID, "<unknown@vertskap.example>"))
    assert (taken.is_applied, taken.reason) == ((True, "address_wrong") if is_ours else (False, "not_ours"))
    assert list(Bounce.objects.values_list("message", flat=True)) == ([sent.pk] if is_ours else [])


def test_bounce_for_people_names_nobody_by_the_recipient_alone(take, greta, now):
    """Anybody can write such words."""
    factories.make_message(greta, state="sent", sent_at=now)
    assert came(take("qmail-no-mailbox", (OUR_MESSAGE_ID, "<unknown@x.example>"))) == ("bounce", False, "not_ours")


def test_bounce_of_a_mail_to_a_host_marks_no_guest(take, greta):
    Message.objects.filter(message_id=OUR_MESSAGE_ID).update(letter="voice", to_address="marte@vertskap.example")
    assert take("postfix-user-unknown").guest is None
    assert not Contact.objects.filter(email_fails=True).exists()


@pytest.mark.parametrize(
    "spoils", [("RETURN-ADDRESS", "b+none@vertskap.example"), (OUR_MESSAGE_ID, "<other@x.example>")]
)
def test_complaint_ends_invitations_and_no_answer_whichever_way_it_names_the_mail(take, greta, settings, spoils):
    settings.BOUNCE_ADDRESS = "b+{id}@bounces.vertskap.example"
    sent = Message.objects.get(message_id=OUR_MESSAGE_ID)
    returns = ("RETURN-ADDRESS", emails.return_path(sent.pk))
    taken = take("complaint", *([spoils] if spoils[0] == "RETURN-ADDRESS" else [returns, spoils]))
    assert came(taken) == ("auto", True, "complaint")
    assert Contact.objects.get(pk=greta.contact_id).unsubscribed_at
    assert [row.what for row in History.objects.filter(guest=greta)] == ["unsubscribed"]
    assert Received.objects.get().guest == greta


def test_complaint_of_a_mail_to_a_host_or_of_none_of_ours_ends_nobodys_invitations(take, greta):
    assert came(take("complaint", (OUR_MESSAGE_ID, "<other@x.example>"))) == ("auto", False, "not_ours")
    Message.objects.filter(message_id=OUR_MESSAGE_ID).update(letter="voice")
    assert came(take("complaint", ("arf-", "arf2-"))) == ("auto", False, "not_ours")
    assert not Contact.objects.exclude(unsubscribed_at=None).exists()


# --- programs and people --------------------------------------------------------------------------


@pytest.mark.parametrize(
    "name",
    ["out-of-office-nb", "out-of-office-fi", "ticket-system", "mailing-list", "read-receipt", "delivered", "spam",
     "empty", "garbage", "somebody-invites-us"],
)  # fmt: skip
def test_nothing_happens_when_no_person_wrote(take, greta, name):
    before = whole_database()
    taken = take(name)
    assert (taken.is_applied, taken.is_handled) == (False, True)
    changed = {table for table, rows in whole_database().items() if rows != before[table]}
    assert changed - {"sqlite_sequence"} == {"events_received"}
    assert (Received.objects.get().state, outbox.outbox) == ("ignored", [])


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["person", "forwarded-bounce", "counter", "winmail"])
def test_persons_mail_goes_to_the_host_whole_and_nowhere_else(take, greta, cast, sink, name):
    taken = take(name)
    assert (taken.is_applied, taken.guest) == (True, greta)
    assert sink.recipients == [cast.host.email]
    (passed_on,) = sink.messages
    assert passed_on["From"].addresses[0].addr_spec == emails.our_address()
    assert (str(passed_on["Reply-To"]), passed_on["Auto-Submitted"]) == (GRETA, "auto-forwarded")
    assert "Greta Åsen" in passed_on["Subject"]
    _text, enclosed = passed_on.iter_parts()
    assert enclosed.get_content_type() == "message/rfc822"
    assert enclosed.get_content()["Message-ID"] in mail(name).decode()
    assert Received.objects.get().state == "forwarded"
    assert not came(take(name))[1]
    assert len(sink.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_persons_words_arrive_as_they_were_written(take, sink):
    take("person")
    _text, enclosed = sink.messages[0].iter_parts()
    assert "Kan jeg parkere ved Stoltzekleiven, og må jeg ha med håndkle?" in enclosed.get_content().get_content()
    assert "parkere" not in sink.messages[0].get_body().get_content() + sink.messages[0]["Subject"]


@pytest.mark.django_db(transaction=True)
def test_strangers_mail_goes_to_the_houses_contact(take, sink, settings):
    assert take("stranger").guest is None
    assert sink.recipients == [settings.CONTACT_EMAIL]
    assert str(sink.messages[0]["Reply-To"]) == "nils@fremmed.example"


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("host", ["", "events@vertskap.example", GRETA])
def test_mail_goes_to_the_events_contact_when_it_cannot_go_to_the_host(take, greta, cast, sink, settings, host):
    settings.INBOUND_URL = "imap+ssl://events%40vertskap.example:secret@mail.vertskap.example/INBOX"
    cast.host.email = host
    cast.host.save()
    Event.objects.update(contact_email="kontakt@vertskap.example")
    take("person")
    assert sink.recipients == ["kontakt@vertskap.example"]


@pytest.mark.django_db(transaction=True)
def test_mail_stays_in_the_mailbox_when_everybodys_address_is_that_mailbox(take, cast, sink, settings):
    settings.FROM_EMAIL = settings.CONTACT_EMAIL = cast.host.email
    taken = take("person")
    assert (taken.is_applied, taken.reason, taken.is_left) == (False, "nobody_to_tell", True)
    assert sink.messages == []


@pytest.mark.django_db(transaction=True)
def test_mail_is_passed_on_later_when_the_server_is_away(take, sink, clock):
    sink.at("rcpt", "451 4.3.0 Later")
    taken = take("person")
    assert (taken.is_applied, taken.is_handled, taken.reason) == (False, False, "later")
    sink.behave()
    assert take("person", now=clock.move(minutes=1)).reason == "in_hand"
    assert take("person", now=clock.move(minutes=10)).is_applied
    assert len(sink.messages) == 1


@pytest.mark.django_db(transaction=True)
def test_mail_passed_on_twice_after_a_crash_is_seen_to_be_one(take, sink, clock):
    sink.at("stored", "421 4.3.0 Power cut")
    take("person")
    sink.behave()
    take("person", now=clock.move(minutes=11))
    assert len({message["Message-ID"] for message in sink.messages}) == 1


@pytest.mark.django_db(transaction=True)
def test_mail_is_left_when_it_is_refused(take, sink):
    sink.at("rcpt", "550 5.1.1 Unknown")
    taken = take("person")
    assert (taken.is_handled, taken.is_left, taken.reason) == (True, True, "forward_refused")


@pytest.mark.django_db(transaction=True)
def test_nobody_floods_our_people(take, sink, settings):
    settings.FORWARDED_MAILS_PER_HOUR = 2
    taken = [take("stranger", ("<fremmed-1", f"<fremmed-{number}")) for number in range(4)]
    assert [(each.is_applied, each.is_left) for each in taken] == [(True, False)] * 2 + [(False, True)] * 2
    assert len(sink.messages) == 2


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("body", [b"H\xe5\xff\x00i" * 50, b"a" * 3000, b"line\rline"])
def test_mail_arrives_whatever_its_bytes(take, greta, sink, body):
    raw = mail("person").partition(b"\r\n\r\n")[0] + b"\r\n\r\n" + body
    assert inbound.take(raw, now=timezone.now()).is_applied
    (passed_on,) = sink.messages
    assert passed_on.as_bytes().isascii()
    assert all(len(line) <= 998 for line in passed_on.as_bytes().splitlines())


@pytest.mark.django_db(transaction=True)
def test_host_is_told_of_a_mail_too_large_to_pass_on(take, greta, cast, sink):
    taken = inbound.take(mail("person"), now=timezone.now(), whole=lambda: None)
    assert taken.is_applied
    assert sink.recipients == [cast.host.email]
    assert not sink.messages[0].is_multipart()


def test_our_own_mail_is_not_passed_on(take, settings):
    settings.FROM_EMAIL = "events@vertskap.example"
    ours = "<events@vertskap.example>\r\nAuto-Submitted: auto-forwarded\r\nTo"
    assert came(take("person", (f"<{GRETA}>\r\nTo", ours))) == ("auto", False, "our_own")


# --- two at once, and what is remembered ----------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_two_readers_at_once_take_a_mail_once(greta):
    results, faults = [], []

    def read(name):
        try:
            results.append(inbound.take(mail(name), now=factories.NOW))
        except Exception as error:
            faults.append(error)
        finally:
            connections.close_all()

    readers = [Thread(target=read, args=("google-accepted",)) for _number in range(4)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join()
    assert faults == []
    assert sorted(taken.is_applied for taken in results) == [False, False, False, True]
    assert History.objects.filter(guest=greta, what="answered").count() == 1
    assert Received.objects.count() == 1


def test_nothing_of_a_mail_is_kept_but_what_somebody_has_to_decide(take, greta):
    for name in ("outlook-365-accepted", "person", "stranger", "out-of-office-nb", "postfix-user-unknown", "spam"):
        take(name)
    kept = " ".join(map(str, Received.objects.values_list()))
    assert "@" not in kept and "parkere" not in kept


def test_nothing_of_a_held_reply_is_left_when_the_guest_is_forgotten(take, greta, cast):
    take("icloud-alias-accepted")
    erasure.erase_guests([greta], by=cast.otto, channel="office", now=timezone.now())
    assert not Received.objects.held().exists()
    row = Received.objects.get()
    assert (row.sender, row.facts) == ("", {})
    assert came(take("google-accepted")) == ("calendar_reply", False, "unknown_uid")


def test_fault_of_ours_stops_nothing_and_tells_nothing(take, greta, monkeypatch, caplog):
    def broken(*args, **kwargs):
        raise ValueError(GRETA)

    monkeypatch.setattr(inbound.calendar_replies, "take", broken)
    taken = take("google-accepted")
    assert (taken.reason, taken.is_handled) == ("fault", False)
    assert not Received.objects.exists()
    assert GRETA not in caplog.text and "ValueError" in caplog.text
    assert connection.is_usable()


@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@kunde.example\r\nMessage-ID: <n1@kunde.example>\r\nIn-Reply-To: <y\0z@kunde.example>\r\n\r\nHei\r\n",
        b"From: a@kunde.example\r\nMessage-ID: <n2@kunde.example>\r\n"
        b"In-Reply-To: =?utf-8?q?<y=00z@kunde.example>?=\r\n\r\nHei\r\n",
        b"From: a@kunde.example\r\nMessage-ID: <n3@kunde.example>\r\nMIME-Version: 1.0\r\n"
        b"Content-Type: text/calendar; method=REPLY\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nBEGIN:VEVENT\r\nUID:a=00b\r\nEND:VEVENT\r\nEND:VCALENDAR\r\n",
        b"From: mailer-daemon@kunde.example\r\nMessage-ID: <n4@kunde.example>\r\n"
        b"X-Failed-Recipients: q@kunde.example\r\n\r\n"
        b"550 5.1.1 no such user\r\n\r\nMessage-ID: <a\0b@kunde.example>\r\n",
    ],
)
def test_reading_goes_on_when_a_mail_holds_what_the_database_does_not_take(raw, greta, sink):
    assert inbound.take(raw, now=timezone.now()).is_handled


def test_mail_is_left_and_the_others_are_read_when_the_database_refuses_a_value(take, greta, monkeypatch):
    def refused(*args, **kwargs):
        raise DataError("PostgreSQL text fields cannot contain NUL (0x00) bytes")

    monkeypatch.setattr(inbound.calendar_replies, "take", refused)
    assert came(take("outlook-365-accepted")) == ("calendar_reply", False, "fault")
