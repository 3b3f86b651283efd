"""Why a mail that came in became what it did, in words, by the code that is kept."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Bounce, Event

_NOT_OPEN = _("The event was not open for answers.")
_IN_THE_MAILBOX = _("It lies in the mailbox, marked, for somebody to read.")
WORDS = {
    "other_address": _(
        "It does not come from the guest's own address. It may be another address of the guest's, an assistant, or "
        "somebody else: ask if you are not sure."
    ),
    "not_vouched_for": _("Our mail server is not sure that it comes from the guest's address. Ask the guest."),
    "delegated": _("The guest would like somebody else to come. Ask the guest, and put whoever comes on the list."),
    "withdrawn": _("The guest's invitation had been withdrawn."),
    "older_revision": _("It answers an older version: the programme has changed since."),
    "answered_later": _("Something newer was said since, on the page or to one of you."),
    "out_of_order": _("A newer reply has come."),
    "no_answer": _("It says neither yes nor no."),
    "cancelled": _("This part of the programme is cancelled."),
    "after_deadline": _("It came after the deadline, and stands among the late wishes."),
    "sent_again": _("The guest's calendar had lost the entry; the guest got it again by mail."),
    "complaint": _("The guest called one of our mails spam, and gets no more invitations."),
    "counter": _("The guest proposes another time."),
    "winmail": _("Only Outlook can read it."),
    **dict.fromkeys((Event.State.DRAFT, Event.State.CLOSED, Event.State.HELD, Event.State.ARCHIVED), _NOT_OPEN),
    **dict(Bounce.Kind.choices),
    **dict.fromkeys(("nobody_to_tell", "forward_refused", "too_many"), _IN_THE_MAILBOX),
}  # fmt: skip


def why(received):
    """A sentence for the organiser; "" where the state says all."""
    if received.facts.get("delegated_to"):
        words = gettext("The guest would like %(address)s to come instead. Ask the guest, and put them on the list.")
        return words % {"address": received.facts["delegated_to"]}
    return str(WORDS.get(received.reason, received.reason))
