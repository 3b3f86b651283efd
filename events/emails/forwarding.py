"""A person's mail on its way to whoever looks after that person: from our own address, the mail itself enclosed."""

from email import message_from_bytes
from email.encoders import encode_base64
from email.mime.base import MIMEBase
from email.policy import compat32

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.message import sanitize_address
from django.utils import translation
from django.utils.translation import gettext as _

from ..domain import letters
from ..domain.inbound import OUR_MARK
from ..domain.raw_mail import is_maze
from .envelope import our_address
from .wire import SEVEN_BITS

LINE_BYTES = 998  # RFC 5322 §2.1.1


def forwarded(raw, *, to, sender, key, guest=None, event=None):
    """The mail to one of us, in the language of the house; an answer to it goes to the person.

    guest is whom the mail is from, or about where somebody else wrote. key makes the Message-ID, so that a second
    copy is seen to be one. No content of the person's stands outside the enclosed mail. raw None: it was too large.
    """
    with translation.override(settings.LANGUAGE_CODE):
        subject, body = _words(sender, guest, event, is_enclosed=raw is not None)
    mail = EmailMessage(
        subject=letters.one_line(subject),
        body=body,
        from_email=sanitize_address((letters.one_line(settings.COMPANY_NAME), our_address()), "utf-8"),
        to=[letters.one_line(to)],
        reply_to=[letters.one_line(sender)] if sender else None,
        headers={
            "Message-ID": f"<forwarded.{key[:32]}@{our_address().rpartition('@')[2]}>",
            "Auto-Submitted": "auto-forwarded",
            OUR_MARK: "yes",
            "Content-Language": settings.LANGUAGE_CODE,
        },
    )
    mail.encoding = SEVEN_BITS
    if raw is not None:
        mail.attach(_enclosed(raw))
    return mail


def _words(sender, guest, event, *, is_enclosed):
    if guest is None:
        subject = _("A mail from somebody who is on no guest list")
        about = _("%(address)s has written to the mailbox of our events.") % {"address": sender}
    elif guest.email.casefold() == sender.casefold():
        subject = _("A mail from %(name)s") % {"name": letters.without_urls(guest.name)}
        about = _("%(name)s, a guest of %(event)s, has written to us.") % {
            "name": letters.without_urls(guest.name), "event": event,
        }  # fmt: skip
    else:
        subject = _("A mail about %(name)s") % {"name": letters.without_urls(guest.name)}
        about = _("%(address)s has answered a mail to %(name)s, a guest of %(event)s.") % {
            "address": sender, "name": letters.without_urls(guest.name), "event": event,
        }  # fmt: skip
    if is_enclosed:
        rest = _("The mail is enclosed as it came. Answer this one, and your answer goes to %(address)s.")
    else:
        rest = _("It is too large to be passed on and lies in the mailbox. Your answer to this goes to %(address)s.")
    return subject, f"{about}\n\n{rest % {'address': sender}}\n"


def _enclosed(raw):
    """As message/rfc822 in seven bits, which is never encoded (RFC 2046 §5.2.1); as a file where it cannot be."""
    text = raw if _fits(raw) else _in_seven_bits(raw)
    if text is None:
        part = MIMEBase("application", "octet-stream")
        part.set_payload(raw)
        encode_base64(part)
        part.add_header("Content-Disposition", "attachment", filename="mail.eml")
        return part
    part = MIMEBase("message", "rfc822")
    part.set_payload(text.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n").decode("ascii"))  # written as it is
    part.add_header("Content-Disposition", "attachment", filename="mail.eml")
    return part


def _fits(raw):
    lines = raw.replace(b"\r\n", b"\n")
    is_text = lines.isascii() and b"\0" not in lines and b"\r" not in lines
    return is_text and all(len(line) <= LINE_BYTES for line in lines.split(b"\n"))


def _in_seven_bits(raw):
    """The same mail written anew, its texts encoded; None where the library cannot."""
    if is_maze(raw):
        return None
    try:
        written = message_from_bytes(raw, policy=compat32).as_bytes(policy=compat32.clone(cte_type="7bit"))
    except Exception:  # whatever a stranger's bytes do to the library
        return None
    return written if _fits(written) else None
