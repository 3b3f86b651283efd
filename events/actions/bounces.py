"""A mail did not arrive: kept with the message, the address marked if it is wrong, and the host told once.

However it reached us: a reply of our own mail server, a mail that came back, or the provider's word.
"""

import hashlib

from django.conf import settings
from django.db import transaction

from ..domain.addresses import email_key
from ..emails import TO_THE_HOUSE, new_message_id
from ..models import Bounce, Contact, Letter, Message

Kind = Bounce.Kind
CODES = {  # of Message.error_code; what was only delayed is no error
    Kind.ADDRESS_WRONG: "address_refused",
    Kind.MAILBOX_FULL: "mailbox_full",
    Kind.POLICY: "policy_refused",
    Kind.OTHER: "came_back",
}
KINDS = {code: kind for kind, code in CODES.items()} | {"suppressed": Kind.POLICY}


@transaction.atomic
def came_back(message, *, kind, source, now, status=""):
    """A mail that the server had taken, or may have, did not arrive: it counts as not delivered, and is noted.

    What was only delayed is noted and changes nothing else. Told twice is harmless. Returns whether it was news.
    """
    lock(message)
    if kind != Kind.DELAYED:
        left = (Message.State.SENT, Message.State.UNCERTAIN)
        rows = Message.objects.filter(pk=message.pk, state__in=left)
        rows.update(state=Message.State.FAILED, error_code=CODES[kind], sent_at=None)
    return note(message, kind=kind, source=source, now=now, status=status)


def lock(message):
    """The guest's contact for us alone, or None: of somebody forgotten. Whoever forgets locks it first, too."""
    return Contact.objects.select_for_update(of=["self"]).filter(guest=message.guest_id).first()


@transaction.atomic
def note(message, *, kind, source, now, status=""):
    """Keeps what a server said of the message. Returns whether it was news: told twice is harmless.

    Only a wrong address is marked, so that nothing more goes there; a host's never is. The host hears of each guest
    and address once.
    """
    person = lock(message)
    told = {"guest_id": message.guest_id, "status": status[:12], "at": now}
    _bounce, is_news = Bounce.objects.get_or_create(message=message, kind=kind, source=source, defaults=told)
    if not is_news:
        Bounce.objects.filter(message=message, kind=kind, source=source).update(at=now, status=status[:12])
    if person is None or message.letter in TO_THE_HOUSE or kind == Kind.DELAYED:
        return is_news
    if kind == Kind.ADDRESS_WRONG and person.email == message.to_address:
        Contact.objects.filter(pk=person.pk).update(email_fails=True)
    _tell_the_host(message, kind, now)
    return is_news


def _tell_the_host(message, kind, now):
    """One letter to the house per guest and address: the key stays closed for ever."""
    letter = Message(
        guest_id=message.guest_id, event_id=message.event_id, letter=Letter.Kind.BOUNCED,
        key=f"{Letter.Kind.BOUNCED}:{_digest(message.to_address)}", facts={"message": message.pk, "trouble": kind},
        language=settings.LANGUAGE_CODE, created_at=now, due_at=now, message_id=new_message_id(),
    )  # fmt: skip
    Message.objects.bulk_create([letter], ignore_conflicts=True)


def _digest(address):
    return hashlib.sha256(email_key(address).encode()).hexdigest()[:16]
