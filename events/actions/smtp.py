"""The conversation with the mail server, step by step, so that we know what a broken line means."""

import smtplib
from dataclasses import dataclass

from django.utils.encoding import punycode

from ..domain.delivery import NotTaken, Step
from ..emails import as_bytes

MESSAGES_PER_CONNECTION = 100


@dataclass(frozen=True, slots=True)
class Parcel:
    """One mail as the server gets it."""

    sender: str
    recipient: str
    raw: bytes


class Line:
    """A connection to the mail server that is opened when needed and renewed after a hundred mails."""

    def __init__(self, connection):
        self.connection = connection
        self.is_fresh = False
        self.sent = 0

    def open(self):
        """Raises NotTaken at CONNECT or LOGIN."""
        if self.sent >= MESSAGES_PER_CONNECTION:
            self.close()
        try:
            if self.connection.open():
                self.is_fresh, self.sent = True, 0
        except smtplib.SMTPAuthenticationError as error:
            raise _not_taken(Step.LOGIN, error) from None
        except smtplib.SMTPResponseException as error:
            raise _not_taken(Step.CONNECT, error) from None
        except smtplib.SMTPNotSupportedError:
            raise NotTaken(Step.LOGIN, 530, "not offered") from None
        except OSError as error:
            raise NotTaken(Step.CONNECT, was_silent=isinstance(error, TimeoutError)) from None

    def parcel(self, mail, sender):
        """The mail made ready, so that what is wrong with it shows before anybody is told. Raises ValueError.

        sender is the envelope's: where the mail goes that does not arrive.
        """
        raw = as_bytes(mail)
        (recipient,) = mail.recipients()
        local_part, _at, domain = recipient.rpartition("@")
        return Parcel(sender=sender, recipient=f"{local_part}@{punycode(domain)}", raw=raw)

    def send(self, parcel):
        """Sends one mail to one recipient. Raises NotTaken. Returns "", for the server gives the mail no name.

        A reused connection that turns out to be dropped before the text is opened anew, once.
        """
        try:
            self._converse(parcel)
        except NotTaken as refusal:
            is_stale = not self.is_fresh and refusal.reply is None and not refusal.was_silent
            if not is_stale or refusal.step not in (Step.SENDER, Step.RECIPIENT):
                raise
            self.open()
            self._converse(parcel)
        return ""

    def close(self):
        try:
            self.connection.close()
        except OSError:
            self.connection.connection = None
        self.sent = 0

    def _converse(self, parcel):
        server, step = self.connection.connection, Step.SENDER
        try:
            server.ehlo_or_helo_if_needed()
            _expect(step, server.docmd("MAIL", f"FROM:<{parcel.sender}>{_size(server, parcel.raw)}"))
            step = Step.RECIPIENT
            _expect(step, server.docmd("RCPT", f"TO:<{parcel.recipient}>"))
            step = Step.TEXT
            server.putcmd("data")
            _expect(step, server.getreply(), 354)
            server.send(_with_final_dot(parcel.raw))
            step = Step.END
            _expect(step, server.getreply())
        except NotTaken:
            self._start_over()
            raise
        except OSError as error:  # smtplib's own errors are OSErrors too
            self.close()
            silent = isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError)
            raise NotTaken(step, was_silent=silent) from None
        self.is_fresh = False
        self.sent += 1

    def _start_over(self):
        """After a refusal the server must forget the mail, or the connection goes."""
        try:
            if self.connection.connection.rset()[0] == 250:
                return
        except OSError:
            pass
        self.close()


def _expect(step, reply, wanted=250):
    code, words = reply
    if code // 10 != wanted // 10:
        raise NotTaken(step, code, words.decode("ascii", "replace"))


def _not_taken(step, error):
    words = error.smtp_error
    return NotTaken(step, error.smtp_code, words.decode("ascii", "replace") if isinstance(words, bytes) else words)


def _size(server, raw):
    return f" SIZE={len(raw)}" if server.has_extn("size") else ""


def _with_final_dot(raw):
    """Lines, all of which end in CRLF, get another dot where they begin with one (RFC 5321 §4.5.2)."""
    raw = (b"." if raw.startswith(b".") else b"") + raw.replace(b"\r\n.", b"\r\n..")
    return raw + (b".\r\n" if raw.endswith(b"\r\n") else b"\r\n.\r\n")
