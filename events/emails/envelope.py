"""What the mail server gets: one recipient, honest headers (RFC 3834, 8058), text, HTML, and calendar files."""

import secrets
from email.encoders import encode_base64
from email.header import Header
from email.mime.base import MIMEBase
from email.utils import parseaddr
from functools import lru_cache
from urllib.parse import quote

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.core.mail.message import sanitize_address

from ..domain import letter_texts, letters
from ..domain.answers import State
from ..domain.calendars import calendar_file
from ..models.entries import entry
from .look import WITH_FILES
from .wire import SEVEN_BITS


def our_address():
    """The sender's address, always on our own domain (DMARC)."""
    return _bare(settings.FROM_EMAIL)


@lru_cache(maxsize=4)
def _bare(address):
    return parseaddr(address)[1]


def new_message_id():
    """A Message-ID of our domain; a message keeps its own whatever happens to it (M5)."""
    return f"<{secrets.token_hex(16)}@{our_address().rpartition('@')[2]}>"


def envelope(content, rendered, *, to, message_id, unsubscribe_url="", files=(), connection=None):
    """The mail, ready to be sent. With unsubscribe_url, mail programs offer one click to be rid of such mails.

    Raises letters.HasLineBreak for text that would break a header (M1)."""
    mail = EmailMultiAlternatives(
        subject=_for_its_line(letters.one_line(rendered.subject)),
        body=rendered.text,
        from_email=_named(letters.one_line(content["from_name"]), our_address()),
        to=[letters.one_line(to)],
        reply_to=[_named(*content["reply_to"])],
        headers=_headers(content, message_id, unsubscribe_url),
        connection=connection,
    )
    mail.encoding = SEVEN_BITS  # Django's own choice is 8bit
    mail.attach_alternative(rendered.html, "text/html")
    for name, body in files:
        mail.attach(_calendar_part(name, body))
    return mail


def _calendar_part(name, body):
    """In base64, so that its bytes, CRLF and all, arrive as they are (RFC 6047 §2.5)."""
    part = MIMEBase("text", "calendar", charset="utf-8")
    part.set_payload(body)
    encode_base64(part)
    part.add_header("Content-Disposition", "attachment", filename=name)
    return part


@lru_cache(maxsize=512)
def _for_its_line(subject):
    """As RFC 2047 has it, with room for "Subject:" on the first line: else that is left empty, and a program that
    unfolds by the letter of RFC 5322 §2.2.3 reads a space before the first word.
    """
    return subject if subject.isascii() else Header(subject, "utf-8", header_name="Subject").encode().replace("\n", "")


@lru_cache(maxsize=512)
def _named(name, address):
    """Name <address> as RFC 2047 has it, made once: a few hosts write to everybody."""
    return sanitize_address((name, address), "utf-8").replace("\n", "") if name else address


def _headers(content, message_id, unsubscribe_url):
    headers = {
        "Message-ID": message_id,
        "Auto-Submitted": "auto-generated",
        "Content-Language": content["language"],
    }
    if unsubscribe_url:
        subject = letter_texts.words(content["language"]).unsubscribe_subject
        address = content["contact"][1]
        headers["List-Unsubscribe"] = f"<{unsubscribe_url}>, <mailto:{address}?subject={quote(subject)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def calendar_files(kind, guest, edition, answers, language, *, activity_id=None):
    """[(name, bytes)] of the activities the guest comes to: one file each, with the stored identity.

    Without METHOD, for nobody reads replies to it (RFC 5546 §3.2.1).
    """
    if kind not in WITH_FILES:
        return []
    files = []
    for answer in answers:
        activity = edition.activities[answer.activity_id]
        if answer.state == State.COMING and not activity.is_cancelled and activity_id in (None, activity.pk):
            answer.activity = activity
            files.append((f"{activity.slug}.ics", calendar_file(entry(answer, event=edition.event, language=language))))
    return files
