"""A change of the programme in words for the office: what it is, what it leaves, and why somebody is not written to."""

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from .. import emails
from ..domain import differences
from ..models import Event, History

WHY_NOT = {
    "declined": _("have said no already, and made other plans"),
    "not_written": _("are not invited yet; their invitation will say it as it is then"),
    "no_email": _("have no mail address: please call them"),
    "bounced": _("mail does not arrive at their address: please call them"),
    "revoked": _("their invitation is withdrawn"),
    "unsubscribed": _("want no more mail, and have not answered"),
    "over": _("the event is over"),
    "reads_the_same": _("read the same as before in their language"),
}


def question(event, plan, part):
    """The heading of the page on which the change is decided."""
    patterns = {
        "change": gettext("Change %(part)s?"),
        "cancel": gettext("Cancel %(part)s?"),
        "restore": gettext("Put %(part)s back on the programme?"),
        "move": gettext("Move the whole event?"),
        "state": gettext("Cancel the event?") if _cancels(plan) else gettext("Is the event on again?"),
    }
    return patterns[plan["deed"]] % {"part": part}


def press(plan, told):
    """(what the main button says, what the other one says)"""
    both = {
        "change": (gettext("Change it and write to them"), gettext("Change it without telling")),
        "cancel": (gettext("Cancel it and write to them"), gettext("Cancel it without telling")),
        "restore": (gettext("Put it back and write to them"), gettext("Put it back without telling")),
        "move": (gettext("Move it and write to them"), gettext("Move it without telling")),
        "state": (gettext("Cancel it and write to them"), gettext("Cancel it without telling"))
        if _cancels(plan)
        else (gettext("Open it and write to them"), gettext("Open it without telling")),
    }[plan["deed"]]
    return both if told else (_alone(plan), "")


def _alone(plan):
    return {
        "change": gettext("Change it"),
        "cancel": gettext("Cancel this part"),
        "restore": gettext("Put it back"),
        "move": gettext("Move it"),
        "state": gettext("Cancel the event") if _cancels(plan) else gettext("Open for answers"),
    }[plan["deed"]]


def _cancels(plan):
    return plan.get("state") == Event.State.CANCELLED


def is_grave(plan):
    return plan["deed"] == "cancel" or _cancels(plan)


def done(row):
    """What a line of history has done, in a sentence; "" for lines of other things."""
    words = {"part": row.activity}
    if row.what == History.What.STATE:
        is_off = row.facts["after"] == Event.State.CANCELLED
        return gettext("The event is cancelled.") if is_off else gettext("The event is on again.")
    patterns = {
        "changed": gettext("%(part)s is changed."),
        "cancelled": gettext("%(part)s is cancelled."),
        "restored": gettext("%(part)s is back on the programme."),
        "moved": gettext("The event is moved."),
    }
    return patterns.get(row.facts.get("change"), "") % words


def rows(facts, edition):
    """What is different, old and new, in the reader's language: the block of a letter about all of it."""
    event, parts = edition.event, {pk: differences.of_part(part) for pk, part in edition.activities.items()}
    left = differences.remaining(facts, differences.of_event(event), parts)
    return emails.changed_block(left, facts, edition, get_language())
