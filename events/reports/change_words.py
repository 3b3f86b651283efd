"""What undoing a change comes to, and why some changes stay, in words."""

from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..domain.answers import State
from ..domain.undoing import NOT_THERE, OPEN, THERE, UNINVITED, Thing, Verdict
from ..models import Answer

WHY_NOT = {
    Verdict.UNDONE: _("has been undone"),
    Verdict.CHANGED_SINCE: _("has changed again since"),
    Verdict.GUESTS_OWN: _("only the guest can change this"),
    Verdict.LINK_ENDED: _("a link that has ended stays ended"),
    Verdict.CANCELLED: _("this part is cancelled"),
    Verdict.NO_PLACE: _("there is no place left"),
    Verdict.NO_CHANGE: _("there is nothing to undo"),
}


def state_words(state):
    """Where a guest stands with one part."""
    return str(Answer.State(state).label) if state in Answer.State.values else gettext("not invited")


def what_it_becomes(row, change, becomes):
    """One or two sentences about what holds when the row is undone; becomes is where that leads."""
    names = {"name": row.guest.name, "part": row.activity, "was": "", "then": ""}
    if change.thing is Thing.ANSWER:
        names |= {"was": state_words(change.after), "then": state_words(becomes)}
        return _of_answer(change, becomes) % names
    if change.thing is Thing.LINE:
        return gettext("%(name)s goes back to place %(place)s in line: %(part)s.") % (names | {"place": becomes})
    if change.thing is Thing.LINK:
        return _of_link(becomes)
    if change.thing is Thing.PRESENCE:
        return _of_presence(becomes) % names
    language = dict(settings.LANGUAGES).get(becomes)
    if language:
        return gettext("Pages and mails for %(name)s are in %(then)s again.") % (names | {"then": language})
    return gettext("Pages and mails for %(name)s are in the contact's language again.") % names


def _of_presence(becomes):
    return {
        THERE: gettext("%(name)s is marked as having been there again."),
        NOT_THERE: gettext("%(name)s is marked as not having been there again."),
    }.get(becomes) or gettext("%(name)s is no longer marked: whoever was coming counts as having been there.")


def _of_answer(change, becomes):
    if becomes == State.WAITING and change.before == State.COMING:
        return gettext(
            "The place at %(part)s is gone meanwhile. Undone, %(name)s stands on the waiting list, behind those who "
            "wait already."
        )
    if becomes == State.WAITING and change.after == State.COMING:
        return gettext(
            "%(name)s stands on the waiting list again, in the same place as before: %(part)s. The place that "
            "comes free by this is not given away by itself now."
        )
    if becomes == UNINVITED:
        return gettext("%(name)s is no longer invited to this part: %(part)s.")
    if change.after == UNINVITED:
        return gettext("%(name)s is invited to this part again: %(part)s. The answer becomes “%(then)s”.")
    return gettext("%(part)s: the answer of %(name)s is “%(was)s” now, and becomes “%(then)s”.")


def _of_link(becomes):
    if becomes == OPEN:
        return gettext("The guest's link works again, the same as before.")
    return gettext("The guest's link stops working again.")
