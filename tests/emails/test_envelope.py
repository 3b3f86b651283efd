"""What the mail server gets: headers, one recipient, and calendar files that other programs can read."""

import os
import subprocess
import sys
from email import message_from_bytes
from email.header import decode_header, make_header
from email.utils import getaddresses, parseaddr, parsedate_to_datetime
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.mail import BadHeaderError
from django.utils.http import parse_header_parameters

from events import emails
from events.actions import delivery, messages
from events.models import links
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.usefixtures("sink")


def sent(guest, sink, letter="invitation", **fields):
    factories.make_message(guest, letter, key=letter, **fields)
    delivery.deliver()
    return sink.messages[-1]


def sender(sink):
    """(name, address) of the last From by RFC 2047 §6.2; newer parsers of the library put spaces between words."""
    name, address = parseaddr(message_from_bytes(sink.envelopes[-1].original_content)["From"].replace("\r\n", ""))
    return str(make_header(decode_header(name))), address


@pytest.mark.parametrize("letter", ["invitation", "reminder"])
def test_the_headers_are_honest_when_a_letter_to_many_is_sent(cast, sink, settings, letter):
    settings.FROM_EMAIL = "Vertskap <invitasjon@vertskap.example>"
    settings.SITE_URL = "https://vertskap.example"
    mail = sent(cast.greta, sink, letter)
    (row,) = cast.greta.message_set.all()
    assert getaddresses([mail["From"]]) == [("Marte Lie – Vertskap", "invitasjon@vertskap.example")]
    assert getaddresses([mail["Reply-To"]]) == [("Marte Lie", "marte@vertskap.example")]
    assert getaddresses(mail.get_all("To")) == [("", cast.greta.contact.email)]
    assert (mail["Cc"], mail["Bcc"], mail["Precedence"]) == (None, None, None)
    assert mail["Message-ID"] == row.message_id
    assert row.message_id.endswith("@vertskap.example>")
    assert mail["Auto-Submitted"] == "auto-generated"
    assert mail["Content-Language"] == "nb"
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    page, address = mail["List-Unsubscribe"].strip().split(", ")
    assert page == f"<{links.unsubscribe_url(cast.greta.invitation)}>"
    assert unquote(address) == "<mailto:marte@vertskap.example?subject=Ikke send meg flere invitasjoner>"
    assert parsedate_to_datetime(mail["Date"]).year > 2000
    assert links.token(cast.greta.invitation) not in mail["Subject"]
    assert sink.envelopes[-1].mail_from == "invitasjon@vertskap.example"


def test_answers_go_to_the_events_contact_when_the_host_has_no_address(cast, sink):
    cast.host.email = ""
    cast.host.save()
    mail = sent(cast.greta, sink)
    assert getaddresses([mail["From"]])[0][0] == "Marte Lie – Vertskap"
    assert getaddresses([mail["Reply-To"]]) == [("Marte Lie", "marte@vertskap.example")]
    assert getaddresses([sent(cast.ines, sink)["From"]])[0][0] == "Vertskap"


@pytest.mark.parametrize(
    "name", ['Marte "Bcc: a@b.example" Lie', "Mar\\te", 'Må"rte', "Marte, <x@y.example>", "Mårte 🎉 Løvås", "a" * 150]
)
def test_a_strange_name_is_only_a_name_when_it_stands_in_a_header(cast, sink, name):
    cast.host.name = name
    cast.host.save()
    mail = sent(cast.greta, sink)
    assert mail["To"] == cast.greta.contact.email
    assert sender(sink) == (f"{name} – Vertskap", "invitasjon@vertskap.example")
    assert sink.envelopes[-1].rcpt_tos == [cast.greta.contact.email]


def test_no_click_ends_what_the_guest_asked_for_when_an_answer_is_confirmed(cast, sink):
    mail = sent(cast.greta, sink, "confirmation")
    assert (mail["List-Unsubscribe"], mail["List-Unsubscribe-Post"]) == (None, None)
    assert links.unsubscribe_url(cast.greta.invitation) in mail.get_body(("plain",)).get_content()


def test_plain_text_comes_before_html_when_a_program_chooses(cast, sink):
    mail = sent(cast.greta, sink)
    assert [part.get_content_type() for part in mail.walk()] == ["multipart/alternative", "text/plain", "text/html"]


def test_every_line_can_pass_when_names_and_texts_are_long(cast, sink):
    cast.host.name = "Å" * 140
    cast.host.save()
    cast.greta.invitation.personal_line = "ø" * 500
    cast.greta.invitation.save()
    mail = sent(cast.greta, sink)
    raw = sink.envelopes[-1].original_content
    head, _empty, _body = raw.partition(b"\r\n\r\n")
    assert head.isascii()
    assert max(map(len, head.split(b"\r\n"))) <= 150
    assert all(line.strip() for line in head.split(b"\r\n"))
    assert max(map(len, raw.split(b"\r\n"))) <= 150
    assert sender(sink)[0] == "Å" * 140 + " – Vertskap"
    assert "ø" * 500 in mail.get_body(("html",)).get_content()


AWKWARD = "Kjære Åse 🎉 = 100 %\n.\n..punkt  \n \nFrom oss\t\n" + "ø" * 600 + "\x85\u2028slutt=\n"


def mail_of(text="Hei", html="<p>Hei</p>", **fields):
    content = {
        "from_name": "Marte Lie – Vertskap",
        "reply_to": ["Marte Lie", "marte@vertskap.example"],
        "contact": ["Marte Lie", "marte@vertskap.example", ""],
        "language": "nb",
    }
    fields = {"to": "greta@kunde.example", "message_id": "<a@vertskap.example>", **fields}
    rendered = emails.Rendered(
        subject="Velkommen til Stoltzen, Åse", preheader="", text=text, html=html, from_name="", reply_to=""
    )
    return emails.envelope(content, rendered, **fields)


def test_every_sign_arrives_when_only_seven_bits_can_pass():
    raw = emails.as_bytes(mail_of(AWKWARD, f"<pre>{AWKWARD}</pre>", files=[("dinner.ics", b"ME\xc3\x85\r\n" * 99)]))
    assert raw.isascii()
    _mixed, _alternative, text, html, file = message_from_bytes(raw).walk()
    assert text.get_payload(decode=True) == AWKWARD.replace("\n", "\r\n").encode()
    assert html.get_payload(decode=True) == f"<pre>{AWKWARD}</pre>".replace("\n", "\r\n").encode()
    assert file.get_payload(decode=True) == b"ME\xc3\x85\r\n" * 99
    assert [part["Content-Transfer-Encoding"] for part in (text, html, file)] == [
        "quoted-printable", "quoted-printable", "base64",
    ]  # fmt: skip


def test_the_headers_are_those_of_the_library_when_the_mail_is_written_our_way():
    mail = mail_of(unsubscribe_url="https://vertskap.example/u/abc/", files=[("dinner.ics", b"")])
    ours, librarys = map(message_from_bytes, (emails.as_bytes(mail), mail.message().as_bytes(linesep="\r\n")))
    assert [headers(part) for part in ours.walk()] == [headers(part) for part in librarys.walk()]


def headers(part):
    """All but the boundary, which is drawn anew each time."""
    return [(name, value) for name, value in part.items() if "boundary" not in value and name != "Date"]


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n"])
def test_no_mail_is_written_when_a_header_holds_a_line_break(line_break):
    with pytest.raises(BadHeaderError):
        emails.as_bytes(mail_of(message_id=f"<a@vertskap.example>{line_break}Bcc: x@y.example"))


def test_each_accepted_part_brings_one_calendar_file_when_an_answer_is_confirmed(cast, now, clock, sink, client):
    messages.queue([messages.confirmation(cast.greta, now=now)], by=None, now=now)
    clock.move(minutes=2)
    delivery.deliver()
    files = list(sink.messages[-1].iter_attachments())
    assert [part.get_filename() for part in files] == ["gathering.ics", "dinner.ics"]
    assert {part["Content-Transfer-Encoding"] for part in files} == {"base64"}
    assert [parse_header_parameters(part["Content-Type"]) for part in files] == [
        ("text/calendar", {"charset": "utf-8"})
    ] * 2
    dinner = cast.greta.answer_set.get(activity__slug="dinner")
    content = files[1].get_payload(decode=True)
    assert f"UID:{dinner.uid}\r\n".encode() in content.replace(b"\r\n ", b"")
    assert b"METHOD" not in content
    assert links.token(cast.greta.invitation).encode() not in content
    page = client.get(f"/i/{factories.token_of(cast.greta)}/calendar/dinner.ics")
    assert content == page.content


@pytest.mark.parametrize("site_url", ["http://127.0.0.1:8000", "https://vertskap.example"])
def test_other_programs_read_the_calendar_files_when_mails_are_kept(cast, now, clock, settings, tmp_path, site_url):
    settings.SITE_URL = site_url
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH = "config.eml.EmailBackend", tmp_path
    for guest in (cast.greta, cast.ines, cast.zoe):
        messages.queue([messages.confirmation(guest, now=now)], by=None, now=now)
    clock.move(minutes=2)
    assert delivery.deliver().sent == 3
    kept = sorted(tmp_path.glob("*.eml"))
    assert len(kept) == 3
    with_files = [file for file in kept if b"text/calendar" in file.read_bytes()]
    assert len(with_files) == 2
    checked = subprocess.run(
        [sys.executable, ROOT / "tests/tools/check_ics.py", "--min-parsers", "1", *with_files],
        capture_output=True, text=True, env=os.environ,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr
