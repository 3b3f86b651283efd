"""A mail provider's own interface, through django-anymail: what it answers, as the outbox's fates. Needs the extra."""

from email.header import decode_header, make_header
from email.utils import parseaddr, quote

import requests
from anymail.exceptions import (
    AnymailConfigurationError,
    AnymailError,
    AnymailRecipientsRefused,
)
from urllib3.exceptions import MaxRetryError, NewConnectionError

from ..domain.delivery import NotTaken, Step
from ..domain.provider_words import OUR_ID, refused_recipient, refused_request
from ..emails import as_bytes

NEVER_SENT = (requests.exceptions.ConnectTimeout, requests.exceptions.SSLError, requests.exceptions.ProxyError)


class ProviderLine:
    """Each mail is one request; connections are kept by the session."""

    def __init__(self, connection):
        self.connection = connection

    def open(self):
        self.connection.open()

    def close(self):
        self.connection.close()

    def parcel(self, mail, sender):
        """The mail with its names in plain letters, and our own name of it for what the provider will tell. Raises
        ValueError. Bounces come to the provider, so it chooses the envelope's sender.
        """
        as_bytes(mail)
        mail.from_email = _plain(mail.from_email)
        mail.reply_to = [_plain(address) for address in mail.reply_to]
        mail.metadata = {OUR_ID: mail.extra_headers["Message-ID"].strip("<>")}
        return mail

    def send(self, mail):
        """Returns the provider's name of the mail. Raises NotTaken."""
        try:
            self.connection.send_messages([mail])
        except requests.RequestException as error:
            raise self._by_request(error) from None
        except AnymailRecipientsRefused:
            raise refused_recipient(mail.anymail_status.status) from None
        except AnymailConfigurationError:
            raise NotTaken(Step.LOGIN, 535) from None
        except (AnymailError, ValueError):  # it does not take such a mail
            raise NotTaken(Step.TEXT, 550) from None
        if mail.anymail_status.status == {"failed"}:
            raise NotTaken(Step.TEXT, 550)
        return str(mail.anymail_status.message_id or "")

    def _by_request(self, error):
        """Without an answer: later if the request cannot have been read, else nobody knows."""
        status = getattr(error, "status_code", None)
        if status is not None:
            return refused_request(status, error.response.text if error.response is not None else "")
        is_silent = isinstance(error, requests.Timeout)
        if isinstance(error, NEVER_SENT) or _found_nobody(error):
            self.close()
            return NotTaken(Step.CONNECT, was_silent=is_silent)
        return NotTaken(Step.END, was_silent=is_silent)


def _found_nobody(error):
    """Whether there was no connection to begin with (requests says so in its cause only)."""
    causes = [error, error.__cause__, *getattr(error.__cause__, "args", ())]
    reasons = [getattr(cause, "reason", None) for cause in causes if isinstance(cause, MaxRetryError)]
    return any(isinstance(reason, NewConnectionError) for reason in reasons)


def _plain(address):
    """Name <address> without RFC 2047, which is for mail headers only."""
    name, spec = parseaddr(address)
    return f'"{quote(str(make_header(decode_header(name))))}" <{spec}>' if name else address
