"""By which way mails leave: SMTP step by step, a provider's interface, or a backend that is handed the whole mail."""

import logging

from django.core.exceptions import ImproperlyConfigured
from django.core.mail import get_connection

from ..domain.delivery import NotTaken, Step
from ..emails import as_bytes

log = logging.getLogger("vertskap.delivery")


def line_to(connection=None):
    """A line to the mail server of the settings, or over this backend."""
    from django.core.mail.backends.smtp import EmailBackend

    from .smtp import Line

    try:
        connection = connection or get_connection()
    except ImproperlyConfigured as error:  # as anymail's, which name the missing key
        log.error("The settings of the mail provider are not whole: %s", error)
        return NoLine()
    if isinstance(connection, EmailBackend):
        return Line(connection)
    if type(connection).__module__.startswith("anymail."):
        from .provider import ProviderLine

        return ProviderLine(connection)
    return HandOver(connection)


class NoLine:
    """Where the settings do not even make a line: nothing is sent, and the alarm tells of it."""

    def open(self):
        raise NotTaken(Step.LOGIN, 535)

    def close(self):
        pass

    def parcel(self, mail, sender):
        return mail


class HandOver:
    """A backend of another kind (files): whether it broke before or after the mail left, nobody knows."""

    def __init__(self, connection):
        self.connection = connection

    def open(self):
        self.connection.open()

    def close(self):
        self.connection.close()

    def parcel(self, mail, sender):
        """The mail, once it is known that it can be written. Raises ValueError."""
        as_bytes(mail)
        return mail

    def send(self, mail):
        """Raises NotTaken."""
        try:
            self.connection.send_messages([mail])
        except OSError:
            raise NotTaken(Step.END) from None
        return ""
