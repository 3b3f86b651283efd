"""What kind of mail has come in: every shape there is a file of, and whatever else may come."""

import random
import time
from datetime import UTC, datetime

import pytest

from events.domain import inbound, raw_mail
from events.domain.answers import Choice
from events.domain.inbound import Kind
from tests.mails import GRETA, OTHER_UID, OUR_MESSAGE_ID, UID, all_mails, mail

RETURN_ADDRESS = "b+abc@bounces.vertskap.example"
HOUSE = inbound.House(
    came_back_to=lambda address: 17 if address == RETURN_ADDRESS else None,
    addresses=frozenset({"events@vertskap.example"}),
)
PATIENCE_SECONDS = 5  # for any 256 kB on a busy machine; a fraction of a second as a rule


def sort(name, *changes, house=HOUSE):
    return inbound.sort(mail(name, *changes), house)


REPLIES = {
    "outlook-365-accepted": (Choice.COMING, datetime(2027, 8, 9, 8, 15, 12, tzinfo=UTC)),
    "outlook-desktop-tentative": (Choice.UNSURE, datetime(2027, 8, 9, 7, 45, 1, tzinfo=UTC)),
    "exchange-declined-with-a-word": (Choice.NOT_COMING, datetime(2027, 8, 9, 10, 2, 40, tzinfo=UTC)),
    "google-accepted": (Choice.COMING, datetime(2027, 8, 9, 10, 15, tzinfo=UTC)),
    "apple-declined": (Choice.NOT_COMING, datetime(2027, 8, 9, 11, 22, 33, tzinfo=UTC)),
    "thunderbird-accepted": (Choice.COMING, datetime(2027, 8, 9, 13, 14, 15, tzinfo=UTC)),
    "broken-lines-accepted": (Choice.COMING, datetime(2027, 8, 9, 10, 0, tzinfo=UTC)),
}


@pytest.mark.parametrize("name", REPLIES)
def test_reply_says_who_what_and_when_whichever_calendar_wrote_it(name):
    found = sort(name)
    (said,) = found.calendar.said
    (attendee,) = said.attendees
    choice, stamped_at = REPLIES[name]
    assert (found.kind, found.calendar.method) == (Kind.CALENDAR_REPLY, "REPLY")
    assert (said.uid, attendee.address, attendee.choice) == (UID, GRETA, choice)
    assert (said.sequence, said.stamped_at) == (0, stamped_at)
    assert found.mail.sender.casefold() == GRETA


def test_reply_keeps_the_words_the_guest_put_in():
    (said,) = sort("exchange-declined-with-a-word").calendar.said
    assert said.comment == "Jeg rekker ikke middagen, men løper gjerne!"
    assert [said.comment for said in sort("outlook-365-accepted").calendar.said] == [""]


def test_reply_to_two_entries_says_something_to_each():
    said = sort("two-events").calendar.said
    assert {each.uid: each.attendees[0].choice for each in said} == {UID: Choice.COMING, OTHER_UID: Choice.NOT_COMING}


def test_delegation_names_the_other_and_chooses_nothing():
    (said,) = sort("delegated").calendar.said
    assert [(each.partstat, each.choice, each.delegated_to) for each in said.attendees] == [
        ("DELEGATED", None, "kollega@kunde.example"),
        ("NEEDS-ACTION", None, ""),
    ]


@pytest.mark.parametrize(
    ("partstat", "choice"),
    [
        ("ACCEPTED", Choice.COMING),
        ("Tentative", Choice.UNSURE),
        ("NEEDS-ACTION", None),
        ("X-PERHAPS", None),
        ("", None),
    ],
)
def test_partstat_means_what_the_standard_says(partstat, choice):
    (said,) = sort("thunderbird-accepted", ("ACCEPTED", partstat)).calendar.said
    assert said.attendees[0].choice is choice


OTHERS = {
    "counter": (Kind.PERSON, "counter"),
    "refresh": (Kind.CALENDAR_REPLY, ""),
    "somebody-invites-us": (Kind.UNKNOWN, "calendar_method"),
    "delivered": (Kind.AUTO, "delivered"),
    "out-of-office-nb": (Kind.AUTO, "auto_submitted"),
    "out-of-office-fi": (Kind.AUTO, "subject"),
    "ticket-system": (Kind.AUTO, "bulk"),
    "mailing-list": (Kind.AUTO, "bulk"),
    "read-receipt": (Kind.AUTO, "report"),
    "complaint": (Kind.AUTO, "complaint"),
    "person": (Kind.PERSON, ""),
    "stranger": (Kind.PERSON, ""),
    "forwarded-bounce": (Kind.PERSON, ""),
    "spam": (Kind.UNKNOWN, "spam"),
    "winmail": (Kind.UNKNOWN, "winmail"),
    "empty": (Kind.UNKNOWN, "no_sender"),
    "garbage": (Kind.UNKNOWN, "no_sender"),
}


@pytest.mark.parametrize("name", OTHERS)
def test_other_mails_are_told_apart(name):
    found = sort(name)
    assert (found.kind, found.reason) == OTHERS[name]


BOUNCES = {
    "postfix-user-unknown": ("address_wrong", "5.1.1"),
    "exchange-ndr": ("address_wrong", "5.1.10"),
    "gmail-bounce": ("address_wrong", "5.1.1"),
    "exim-user-unknown": ("address_wrong", ""),
    "qmail-no-mailbox": ("address_wrong", "5.1.1"),
    "mailbox-full": ("mailbox_full", "5.2.2"),
    "refused-by-policy": ("policy", "5.7.1"),
    "delayed": ("delayed", "4.4.1"),
}


@pytest.mark.parametrize("name", BOUNCES)
def test_bounce_names_our_mail_and_whether_the_address_is_to_blame(name):
    found = sort(name)
    assert found.kind == Kind.BOUNCE
    assert (found.bounce.kind, found.bounce.status) == BOUNCES[name]
    assert OUR_MESSAGE_ID in found.bounce.ids
    assert found.bounce.recipients == (GRETA,)


def test_bounce_is_known_by_the_address_it_came_back_to_when_it_says_nothing():
    found = sort("only-its-own-address", ("RETURN-ADDRESS", RETURN_ADDRESS))
    assert (found.kind, found.bounce.number, found.bounce.kind) == (Kind.BOUNCE, 17, "other")
    assert sort("only-its-own-address", ("RETURN-ADDRESS", "b+xyz@bounces.vertskap.example")).kind == Kind.AUTO


def test_complaint_names_our_mail_by_its_own_address_and_by_its_message_id():
    complaint = sort("complaint", ("RETURN-ADDRESS", RETURN_ADDRESS)).complaint
    assert (complaint.number, complaint.ids) == (17, (OUR_MESSAGE_ID,))
    assert sort("complaint").complaint.number is None


@pytest.mark.parametrize("said", ["not-spam", "auth-failure", "virus", ""])
def test_report_is_no_complaint_when_nobody_wants_fewer_mails(said):
    assert sort("complaint", ("Feedback-Type: abuse", f"Feedback-Type: {said}")).reason == "report"


@pytest.mark.parametrize("broken", ["message/feedback-report", "Feedback-Type", "--part1_13d.2e68ed54_boundary\r\n"])
def test_report_is_no_complaint_when_it_cannot_be_read(broken):
    assert sort("complaint", (broken, "text/plain")).complaint is None


@pytest.mark.parametrize("name", ["out-of-office-nb", "out-of-office-fi", "ticket-system"])
def test_auto_reply_is_no_bounce_though_it_came_to_a_mails_own_address(name):
    assert sort(name, ("events@vertskap.example", RETURN_ADDRESS)).kind == Kind.AUTO


@pytest.mark.parametrize(
    ("status", "words", "kind"),
    [
        ("5.1.0", "", "address_wrong"),
        ("5.1.8", "sender's domain does not exist", "policy"),
        ("5.2.1", "", "address_wrong"),
        ("5.2.2", "user unknown", "mailbox_full"),
        ("5.2.3", "", "policy"),
        ("5.4.310", "DNS domain does not exist", "address_wrong"),
        ("5.7.1", "", "policy"),
        ("5.7.1", "550 5.7.1 Recipient address rejected: user unknown", "address_wrong"),
        ("5.7.26", "message does not have DMARC; rejected by policy", "policy"),
        ("5.0.0", "550 No such user here", "address_wrong"),
        ("5.0.0", "552 quota exceeded for user", "mailbox_full"),
        ("5.0.0", "554 spam, go away", "policy"),
        ("4.4.7", "message expired", "other"),
        ("", "", "other"),
    ],
)
def test_refusals_are_judged_by_code_and_then_by_words(status, words, kind):
    assert inbound.bounces.judge(status, words) == kind


def test_what_the_refusing_server_said_counts_when_the_report_says_nothing():
    found = sort("postfix-user-unknown", ("Status: 5.1.1", "Status: 5.0.0"))
    assert (found.bounce.status, found.bounce.kind) == ("5.1.1", "address_wrong")


VOUCHER = "dmarc=pass (p=quarantine dis=none) header.from=kunde.example"


@pytest.mark.parametrize(
    ("change", "is_vouched_for"),
    [
        (None, True),
        ((VOUCHER, "dmarc=fail header.from=kunde.example"), False),
        ((VOUCHER, "dmarc=none header.from=kunde.example"), False),
        ((VOUCHER, "dmarc=pass header.from=fremmed.example"), False),
        (("Authentication-Results: mx.vertskap.example;", "Authentication-Results: mx.fremmed.example;"), False),
        (("Authentication-Results: mx", "X-Results: mx"), False),
        (("From: =?iso", "Authentication-Results: mx.vertskap.example; dmarc=pass\r\nFrom: =?iso"), True),
        ((VOUCHER, "dmarc=fail\r\nAuthentication-Results: mx.vertskap.example; dmarc=pass"), False),
    ],
)
def test_our_own_servers_word_counts_when_it_is_named(change, is_vouched_for):
    house = inbound.House(authserv="mx.vertskap.example")
    assert sort("outlook-365-accepted", *filter(None, [change]), house=house).is_vouched_for == is_vouched_for


def test_nobody_vouches_when_no_server_is_named():
    assert sort("icloud-alias-accepted").is_vouched_for


def test_sender_is_nobody_when_the_mail_names_two():
    assert sort("person", ("Subject:", "From: Nils <nils@fremmed.example>\r\nSubject:")).mail.sender == ""
    assert sort("person", (f"<{GRETA}>\r\nTo", f"<{GRETA}>, nils@fremmed.example\r\nTo")).mail.sender == ""


def test_mail_of_our_own_goes_round_no_further():
    ours = ("greta.asen@kunde.example>\r\nTo", "events@vertskap.example>\r\nAuto-Submitted: auto-forwarded\r\nTo")
    sent_on_by_a_host = ("Subject:", "X-Vertskap-Forwarded: yes\r\nSubject:")
    for change in (ours, sent_on_by_a_host):
        assert (sort("person", change).kind, sort("person", change).reason) == (Kind.AUTO, "our_own")


def test_long_mail_is_read_as_far_as_256_kb():
    picture = ("Hilsen Greta", "Hilsen Greta\r\n" + "A" * 300_000)
    found = sort("person", picture)
    assert (found.kind, len(found.mail.raw)) == (Kind.PERSON, 256 * 1024)
    assert found.mail.key == sort("person").mail.key


def test_key_is_of_the_bytes_when_there_is_no_message_id():
    nameless = [sort("person", ("Message-ID: <sporsmal-1@kunde.example>\r\n", ""), ("Hilsen", word)) for word in "AAB"]
    first, again, other = (found.mail.key for found in nameless)
    assert first == again != other


# --- whatever comes -------------------------------------------------------------------------------


PIECES = [b"\r\n", b"\n\n", b"--", b"=?utf-8?B?", b"\x00", b";boundary=x", b"BEGIN:VEVENT\r\n", b"(((", b'"']


def mutated(raw, chance):
    """The mail with a few pieces cut, doubled, swapped or written over."""
    raw = bytearray(raw)
    for _time in range(chance.randint(1, 8)):
        at, length = chance.randrange(len(raw) + 1), chance.randint(0, 60)
        what = chance.randrange(5)
        if what == 0:
            del raw[at : at + length]
        elif what == 1:
            raw[at:at] = raw[at : at + length] * chance.randint(1, 3)
        elif what == 2:
            raw[at : at + length] = bytes(chance.randrange(256) for _byte in range(length))
        elif what == 3:
            raw[at:at] = chance.choice(
                [b"\r\n", b"\n\n", b"--", b"=?utf-8?B?", b"\x00", b";boundary=x", b"BEGIN:VEVENT\r\n"]
            )
        else:
            del raw[at:]
    return bytes(raw)


def test_any_mutation_of_any_mail_is_sorted():
    """4,000 mails, every one taken apart as far as an action does it."""
    chance = random.Random(2027)
    mails = [raw for raw in all_mails().values() if raw]
    for number in range(4000):
        raw = mutated(chance.choice(mails), chance)
        try:
            look_at(inbound._sort(raw_mail.read(raw), HOUSE))  # not the one that catches all
        except Exception as error:
            raise AssertionError(f"mail {number}: {raw!r}") from error


def look_at(found):
    mail = found.mail
    assert isinstance(found.kind, Kind) and len(found.reason) <= 30 and len(mail.key) == 64
    mail.answered_ids, mail.enclosed_ids, mail.text, mail.dated_at, mail.sender  # noqa: B018  nothing raises
    for said in found.calendar.said if found.calendar else ():
        assert said.sequence < 2**31 and all(each.partstat for each in said.attendees)


CALENDAR = b"Content-Type: text/calendar\n\nMETHOD:REPLY\n"
FROM_A_SERVER = b"From: MAILER-DAEMON@a.example\n"
NASTY = {
    "parts in parts": b"".join(
        b"Content-Type: multipart/mixed; boundary=b%d\n\n--b%d\n" % (number, number) for number in range(5000)
    ),
    "mails in mails": b"Content-Type: message/rfc822\n\n" * 8000,
    "encoded words": b"From: " + b"=?a?q?" * 40_000 + b"\n\nHei",
    "headers": b"".join(b"X-%d: a\n" % number for number in range(30_000)),
    "one header": b"Subject: " + b"a\n " * 80_000,
    "addresses": b"From: " + b"<a@b.example>," * 18_000 + b"\n\nHei",
    "brackets": b"From: " + b"(" * 250_000 + b"\n\nHei",
    "identifiers": b"References: " + b"<a@b> " * 40_000 + b"\nFrom: a@b.example\n\nHei",
    "calendar of one line": CALENDAR + b"ATTENDEE" + b";X=a" * 60_000,
    "calendar of quotes": CALENDAR + b'ATTENDEE;CN="' + b'"' * 250_000,
    "calendar of entries": CALENDAR + b"BEGIN:VEVENT\nUID:a\n" * 12_000,
    "calendar of people": CALENDAR + b"BEGIN:VEVENT\n" + b"ATTENDEE:mailto:a@b.example\n" * 9000,
    "comments": b"Authentication-Results: " + b"(" * 100_000 + b")" * 100_000 + b"\nFrom: a@b.example\n\nHei",
    "report": FROM_A_SERVER + b"Content-Type: message/delivery-status\n\n" + b"Action: failed\n\n" * 16_000,
    "server's words": FROM_A_SERVER + b"\n" + b"domain no mailbox unknown <a@b.example>: " * 6000,
    "lines": FROM_A_SERVER + b"\n" + b"<a@b.example>:\n" * 17_000,
    "copies": b"From: a@b.example\n\n" + b"Message-ID:\n <a@b.example>\n" * 9000,
    "spaces": FROM_A_SERVER + b"\n" + b" " * 250_000,
}  # fmt: skip


@pytest.mark.parametrize("name", NASTY)
def test_nasty_mail_is_sorted_in_time(name):
    house = inbound.House(came_back_to=HOUSE.came_back_to, authserv="mx.vertskap.example")
    began = time.process_time()
    look_at(inbound.sort(NASTY[name], house))
    assert time.process_time() - began < PATIENCE_SECONDS
