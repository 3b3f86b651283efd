"""Why a mail did not leave or arrive, in words, by the code the outbox keeps."""

from django.utils import formats, timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

WORDS = {
    "address_refused": _("The address does not exist. Ask the guest for the right one, and put it on the contact."),
    "mailbox_full": _("The guest's mailbox is full. Try again later, or call."),
    "policy_refused": _("The guest's mail server does not take mail from us. Call, or give the guest the link."),
    "came_back": _("The guest's mail server did not take it. Call the guest, or ask for another address."),
    "delayed": _("The guest's mail server is slow; the mail is still being tried. If it is urgent, call."),
    "suppressed": _(
        "Our mail provider sends nothing more to this address: earlier mails came back, or were called unwanted. "
        "Call the guest, or ask for another address."
    ),
    "provider_busy": _("The mail provider asked us to wait. It is tried again by itself."),
    "letter_refused": _("The mail server did not take this letter as it is. A shorter text may help."),
    "login_refused": _("Our mail server refuses our login. Tell whoever runs this site."),
    "sender_refused": _("Our mail server does not let us send from our address. Tell whoever runs this site."),
    "relay_refused": _("Our mail server does not send to others for us. Tell whoever runs this site."),
    "no_reply_after_sending": _("The mail server fell silent at the last moment. The guest may have the mail."),
    "no_connection": _("The mail server could not be reached. It is tried again by itself."),
    "no_reply": _("The mail server did not answer. It is tried again by itself."),
    "interrupted": _("Sending was interrupted. The guest may have the mail."),
    "gave_up": _("It was tried for two days. Ask the guest for another address, or call."),
    "no_text": _("There is no text for this letter."),
    "unknown_placeholder": _("The letter asks for something that is not known about this guest. Look at its text."),
    "line_break_in_header": _("There is a line break in the subject. Look at the letter and the guest's name."),
    "unwritable": _("It could not be written. Tell whoever runs this site."),
    "revoked": _("The invitation was withdrawn before it left."),
    "unsubscribed": _("The guest wants no more mail."),
    "forgotten": _("The guest was forgotten before it left."),
    "no_email": _("The guest has no mail address."),
    "nobody_to_tell": _("Neither the host nor the event's contact person has a mail address."),
    "bounced": _("Mail does not arrive at the guest's address."),
    "superseded": _("A newer mail says the same."),
    "invitation_stopped": _("The invitation it goes along with did not leave."),
    "taken_back": _("The change of programme was taken back before it left."),
    "event_not_open": _("The event was not open for answers."),
    "event_over": _("The event was over."),
    "too_late": _("The hour at which it was to go out had passed."),
    "stopped_by_hand": _("The sending was stopped before it left."),
    "answered": _("The guest had answered before it left."),
    "other_answer": _("The guest had given another answer before it left."),
    "no_longer_true": _("What it says was no longer true."),
}


def fate_in_words(message, *, now):
    """What became of one mail, and what happens next and when, in a sentence or two."""
    return _FATES[message.state](message, now)


def _at(moment):
    return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


def _waits(message, now):
    at = {"at": _at(message.due_at)}
    if message.error_code:
        tried = gettext("It has been tried, and will be again %(at)s.") if message.attempts else ""
        return " ".join(filter(None, (what_went_wrong(message.error_code), tried % at)))
    if message.due_at > now:
        return gettext("It leaves by itself %(at)s.") % at
    return gettext("It is next in line and leaves within a minute or so.")


def _is_stopped(message, now):
    return what_went_wrong(message.error_code) if message.error_code else gettext("It does not leave.")


_FATES = {
    "queued": _waits,
    "sending": lambda message, now: gettext("It is being sent at this very moment."),
    "sent": lambda message, now: gettext("Our mail server took it %(at)s.") % {"at": _at(message.sent_at)},
    "failed": lambda message, now: what_went_wrong(message.error_code),
    "uncertain": lambda message, now: what_went_wrong(message.error_code),
    "stopped": _is_stopped,
}


def what_went_wrong(code):
    """A sentence for the organiser; a code without one is shown as it is, for whoever is asked for help."""
    if code.startswith("later_"):
        return gettext("The guest's mail server asked us to wait. It is tried again by itself.")
    return str(WORDS.get(code, code))


def what_to_do(bounce):
    """A sentence on what is wrong with a guest's address, and what helps."""
    codes = {
        bounce.Kind.ADDRESS_WRONG: "address_refused",
        bounce.Kind.MAILBOX_FULL: "mailbox_full",
        bounce.Kind.POLICY: "policy_refused",
        bounce.Kind.OTHER: "came_back",
        bounce.Kind.DELAYED: "delayed",
    }
    return what_went_wrong(codes[bounce.kind])


def told_of(bounce):
    """Like "The mailbox is full (5.2.2), says a mail that came back"."""
    facts = {"what": capfirst(bounce.get_kind_display()), "status": bounce.status}
    patterns = {
        bounce.Source.SERVER: (
            gettext("%(what)s, says our mail server"),
            gettext("%(what)s (%(status)s), says our mail server"),
        ),
        bounce.Source.MAIL: (
            gettext("%(what)s, says a mail that came back"),
            gettext("%(what)s (%(status)s), says a mail that came back"),
        ),
        bounce.Source.PROVIDER: (
            gettext("%(what)s, says the mail provider"),
            gettext("%(what)s (%(status)s), says the mail provider"),
        ),
    }
    return patterns[bounce.source][bool(bounce.status)] % facts
