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
from django.core.mail.message import SafeMIMEMultipart, sanitize_address

from ..domain import differences, letter_texts, letters
from ..domain.answers import State
from ..domain.calendars import calendar_file
from ..models.entries import entry
from . import changes
from .look import WITH_FILES
from .photo_row import Seen
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


def envelope(
    content, rendered, *, to, message_id, unsubscribe_url="", files=(), invite=None, inside=(), connection=None
):  # fmt: skip
    """The mail, ready to be sent. With unsubscribe_url, mail programs offer one click to be rid of such mails; with an
    Invite, calendars offer to answer it, and replies go to the mailbox that is read; `inside` are the photos that the
    HTML shows, rendered with the addresses that in_mail gives them.

    Raises letters.HasLineBreak for text that would break a header (M1)."""
    reply_to = (content["from_name"], our_address()) if invite else content["reply_to"]
    mail = _Mail(
        subject=_for_its_line(letters.one_line(rendered.subject)),
        body=rendered.text,
        from_email=_named(letters.one_line(content["from_name"]), our_address()),
        to=[letters.one_line(to)],
        reply_to=[_named(*reply_to)],
        headers=_headers(content, message_id, unsubscribe_url),
        connection=connection,
    )
    mail.encoding = SEVEN_BITS  # Django's own choice is 8bit
    mail.attach_alternative(rendered.html, "text/html")
    if invite:
        mail.attach_alternative(invite.body.decode(), f"text/calendar; method={invite.method}")
        mail.attach(_attached("application", "ics", "invite.ics", invite.body, name="invite.ics"))
    for number, photo in enumerate(inside, start=1):
        mail.attach(_shown(photo, number, message_id))
    for name, body in files:
        mail.attach(_attached("text", "calendar", name, body, charset="utf-8"))
    return mail


class _Mail(EmailMultiAlternatives):
    """With its calendar part, the last of the alternatives, in base64 as well: nobody may touch its line ends. Photos
    stand beside the HTML that shows them (RFC 2387), where no program takes them for files to keep.
    """

    def _create_mime_attachment(self, content, mimetype):
        if mimetype.startswith("text/calendar"):
            method = mimetype.partition("method=")[2]
            return _in_base64("text", "calendar", content.encode(), method=method, charset="UTF-8")
        part = super()._create_mime_attachment(content, mimetype)
        photos = [each for each in self.attachments if _is_shown(each)]
        if mimetype != "text/html" or not photos:
            return part
        related = SafeMIMEMultipart(_subtype="related", encoding=self.encoding, type="text/html")
        for each in (part, *photos):
            related.attach(each)
        return related

    def _create_attachments(self, msg):
        attached = self.attachments
        self.attachments = [each for each in attached if not _is_shown(each)]
        try:
            return super()._create_attachments(msg)
        finally:
            self.attachments = attached


def in_mail(inside, message_id):
    """{photo: Seen} for render, of photos that go out in the mail of this Message-ID (RFC 2392)."""
    numbered = enumerate(inside, start=1)
    return {photo.photo: Seen(f"cid:{_cid(number, message_id)}", photo.caption) for number, photo in numbered}


def _cid(number, message_id):
    return f"{number}.{message_id.strip('<>')}"


def _shown(photo, number, message_id):
    part = _in_base64("image", "jpeg", photo.body)
    part.add_header("Content-ID", f"<{_cid(number, message_id)}>")
    part.add_header("Content-Disposition", "inline", filename=f"{number}.jpg")
    return part


def _is_shown(attachment):
    return "Content-ID" in attachment


def _attached(maintype, subtype, filename, body, **parameters):
    part = _in_base64(maintype, subtype, body, **parameters)
    part.add_header("Content-Disposition", "attachment", filename=filename)
    return part


def _in_base64(maintype, subtype, body, **parameters):
    """So that the bytes, CRLF and all, arrive as they are (RFC 6047 §2.5)."""
    part = MIMEBase(maintype, subtype, **parameters)
    part.set_payload(body)
    encode_base64(part)
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


def calendar_files(kind, guest, edition, answers, language, *, activity_id=None, facts=None):
    """[(name, bytes)] of the activities the guest comes to, or of those of them that changed: one file each, with
    the stored identity.

    Without METHOD, for nobody reads replies to it (RFC 5546 §3.2.1).
    """
    if differences.is_kept(facts):
        changed = changes.files_of(changes.news(facts, edition, answers, language), facts, edition, answers)
        return [_file(answer, edition.event, language) for answer in changed]
    if kind not in WITH_FILES:
        return []
    files = []
    for answer in answers:
        activity = edition.activities[answer.activity_id]
        is_on = answer.state == State.COMING and not activity.is_cancelled
        if is_on and answer.asked_sequence is None and activity_id in (None, activity.pk):
            answer.activity = activity
            files.append(_file(answer, edition.event, language))
    return files


def _file(answer, event, language):
    return f"{answer.activity.slug}.ics", calendar_file(entry(answer, event=event, language=language))
