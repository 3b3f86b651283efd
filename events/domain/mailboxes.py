"""The address of a mailbox, as INBOUND_URL writes it: imap+ssl://user:password@mail.company.example/INBOX."""

from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

_PORTS = {"imap+ssl": 993, "imaps": 993, "imap+tls": 143, "imap": 143}
_OURSELVES = {"localhost", "127.0.0.1", "::1"}


class NotAMailbox(ValueError):
    """The address cannot be used. `reason`: scheme, host, user, password, folder, port. It carries no secret."""

    def __init__(self, reason: str):
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where the mailbox is, and who reads it."""

    scheme: str
    host: str
    port: int
    user: str
    password: str = field(repr=False)
    folder: str

    @property
    def is_private(self) -> bool:
        """Whether nobody on the way can read along."""
        return self.scheme != "imap" or self.host in _OURSELVES


def read_address(url: str) -> Address:
    """The parts of INBOUND_URL; user, password and folder may be percent-encoded. Raises NotAMailbox."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise NotAMailbox("port") from None
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    folder = unquote(parts.path.strip("/")) or "INBOX"
    found = {"scheme": parts.scheme in _PORTS, "host": parts.hostname, "user": user, "password": password}
    found["folder"] = folder.isascii() and folder.isprintable()
    for reason, is_there in found.items():
        if not is_there:
            raise NotAMailbox(reason)
    return Address(
        scheme=parts.scheme, host=parts.hostname, port=port or _PORTS[parts.scheme], user=user, password=password,
        folder=folder,
    )  # fmt: skip
