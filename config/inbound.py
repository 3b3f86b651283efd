"""The mailbox that is read, checked when the program starts."""

from django.core.exceptions import ImproperlyConfigured

from events.domain import mailboxes


def checked(url: str, *, is_production: bool) -> str:
    """The address as it is, or "". Raises ImproperlyConfigured, with a sentence that holds no password."""
    if not url:
        return ""
    try:
        address = mailboxes.read_address(url)
    except mailboxes.NotAMailbox as error:
        raise ImproperlyConfigured(
            f"INBOUND_URL cannot be used: look at its {error.reason}. It is written like "
            "imap+ssl://user:password@mail.company.example/INBOX, with signs like @ and / as %40 and %2F."
        ) from None
    if is_production and not address.is_private:
        raise ImproperlyConfigured("INBOUND_URL would send its password readable for all. Use imap+ssl or imap+tls.")
    return url
