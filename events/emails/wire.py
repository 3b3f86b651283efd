"""A mail as the bytes a mail server gets: built and written by the library, in seven bits, which every server takes.

The things that cost most are done in a cheaper way the library allows for; decision 8 has the figures.
"""

import binascii
import secrets
from email.charset import QP, Charset
from email.generator import BytesGenerator
from email.policy import Compat32
from io import BytesIO

_WIDTH = 78  # RFC 5322 §2.1.1


class _QuotedPrintable(Charset):
    """UTF-8 in seven bits (RFC 2045 §6.7), by binascii: the library's own way goes line by line."""

    def __init__(self):
        super().__init__("utf-8")
        self.body_encoding = QP

    def body_encode(self, string):
        return binascii.b2a_qp(string).decode("ascii")


class _ShortHeadersAsTheyAre(Compat32):
    """Only what does not fit on a line is taken apart and folded."""

    def fold_binary(self, name, value):
        if len(name) + len(value) + 2 > _WIDTH or not value.isascii() or "\n" in value:
            return super().fold_binary(name, value)
        return f"{name}: {value}{self.linesep}".encode("ascii")


class _TextsAtOnce(BytesGenerator):
    """A text is written as a whole: the library's own way writes every line twice."""

    def _write_lines(self, lines):
        self.write(lines.replace("\r\n", "\n").replace("\r", "\n").replace("\n", self._NL))


SEVEN_BITS = _QuotedPrintable()
_POLICY = _ShortHeadersAsTheyAre(linesep="\r\n", mangle_from_=False)


def as_bytes(mail):
    """The EmailMessage with CRLF. Raises BadHeaderError, a ValueError, for a line break in a header (M1)."""
    message = mail.message()
    for part in message.walk():
        if part.is_multipart():
            part.set_boundary(secrets.token_hex(16))  # else the whole text is searched for one that is free
    written = BytesIO()
    _TextsAtOnce(written, policy=_POLICY).flatten(message)
    return written.getvalue()
