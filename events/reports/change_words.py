"""What undoing a change comes to, and why some changes stay, in words."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language, gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..domain import dates
from ..domain.answers import State
from ..domain.undoing import NOT_THERE, OPEN, THERE, TOGETHER, UNINVITED, WISHED, Thing, Verdict
from ..models import Answer, Consent

WHY_NOT = {
    Verdict.UNDONE: _("has been undone"),
    Verdict.CHANGED_SINCE: _("has changed again since"),
    Verdict.GUESTS_OWN: _("only the guest can change this"),
    Verdict.LINK_ENDED: _("a link that has ended stays ended"),
    Verdict.CANCELLED: _("this part is cancelled"),
    Verdict.NO_PLACE: _("there is no place left"),
    Verdict.NO_CHANGE: _("there is nothing to undo"),
    Verdict.NAME_NOT_KEPT: _("names are not kept in the history: write it anew on the companion's page"),
    Verdict.WORDS_NOT_KEPT: _("written words are not kept in the history: ask the guest, and write them down anew"),
    Verdict.DATA_NOT_KEPT: _("what stood there before is not kept in the history: change it on the contact"),
    Verdict.GUEST_AGREES: _(
        "a yes or no is the guest's own: when the guest tells you so, write it down under Consents"
    ),
    Verdict.NO_MORE_MAIL: _("only the guest can ask for mail again, under “Your data” on the guest's page"),
    Verdict.GUEST_PROPOSES: _("the guest's own proposal: decide on it under Substitutes"),
    Verdict.DECIDE_ANEW: _("the proposal waits again: decide on it under Substitutes"),
    Verdict.COLLEAGUE_ANSWERED: _(
        "the colleague has answered already: talk with both, then answer for each of them on their pages"
    ),
    Verdict.COLLEAGUE_RELEASED: _(
        "if the colleague is to come after all, make a new link on the colleague's page and answer for both"
    ),
    Verdict.TOO_MANY: _("the guest may not bring so many any more: raise “may bring” first"),
    Verdict.HAS_BEGUN: _("the race has begun, and an ambition stands from then on"),
}


def state_words(state):
    """Where a guest stands with one part."""
    return str(Answer.State(state).label) if state in Answer.State.values else gettext("not invited")


def places_are_gone():
    """What is said besides where places that somebody had are gone by now."""
    return gettext("There are not places enough any more: who finds none stands on the waiting list.")


def what_it_becomes(row, change, becomes):
    """One or two sentences about what holds when the row is undone; becomes is where that leads."""
    if change.thing is Thing.GRACE:
        return _of_grace(row, becomes)
    names = {"name": row.guest.name, "part": row.activity, "was": "", "then": ""}
    if change.thing in _SENTENCES:
        return _SENTENCES[change.thing](change, becomes, names)
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


def _of_companions(change, becomes, names):
    """How many go, and how many are there again: without names, for those were not kept."""
    made, gone = len(change.was["made"]), len(change.was["gone"])
    words = []
    if made:
        text = ngettext(
            "%(name)s brings %(n)s companion less, and the places are given back.",
            "%(name)s brings %(n)s companions less, and the places are given back.",
            made,
        )
        words.append(text % (names | {"n": made}))
    if gone:
        text = ngettext(
            "%(name)s brings %(n)s companion more again, with the same answers. The name was not kept: write it anew.",
            "%(name)s brings %(n)s companions more again, with the same answers. The names were not kept: write them "
            "anew.",
            gone,
        )
        words.append(text % (names | {"n": gone}))
    return " ".join(words)


def _of_party(change, becomes, names):
    if becomes == TOGETHER:
        return gettext("%(name)s and those who come along take places together again, or none.") % names
    return gettext("%(name)s and those who come along also take places one at a time again.") % names


def _of_race(change, becomes, names):
    if change.was:
        return gettext("What %(name)s told about the race before stands there again: %(part)s.") % names
    return gettext("What %(name)s told about the race is taken away, and the page asks again: %(part)s.") % names


def _of_replies(change, becomes, names):
    return (
        gettext("What %(name)s chose before stands there again: %(part)s. What was written in words stays as it is.")
        % names
    )


def _of_colleague(change, becomes, names):
    text = gettext(
        "%(name)s stands as before, with the places the colleague took over. The colleague's link stops working: "
        "%(colleague)s. Nobody writes to the colleague about it: a call is kindest."
    )
    return text % (names | {"colleague": becomes})


def _of_proposal(change, becomes, names):
    return (
        gettext(
            "The colleague whom %(name)s proposed waits for a decision again. The guest has had our letter: a call is "
            "kindest."
        )
        % names
    )


def _of_consent(change, becomes, names):
    purpose = dict(Consent.Purpose.choices)[change.was["purpose"]]
    text = gettext("The yes is taken away at once: %(purpose)s. %(name)s can say yes again on the guest's page.")
    return text % (names | {"purpose": purpose})


def _of_wish(change, becomes, names):
    if becomes == WISHED:
        return gettext("What %(name)s wanted to say after the deadline waits for a decision again: %(part)s.") % names
    return gettext("What %(name)s wanted to say after the deadline is set aside again: %(part)s.") % names


def _of_grace(row, becomes):
    if not becomes:
        text = gettext("The deadline holds again: %(part)s. Who wants to answer later is asked to get in touch.")
        return text % {"part": row.activity}
    moment, language = timezone.localtime(datetime.fromisoformat(becomes), row.event.zone), get_language()
    words = {"day": dates.by_day(moment, language), "clock": dates.at_clock(moment, language), "part": row.activity}
    return gettext("Answers are taken until %(day)s %(clock)s: %(part)s.") % words


_SENTENCES = {
    Thing.COMPANIONS: _of_companions,
    Thing.PARTY: _of_party,
    Thing.RACE: _of_race,
    Thing.REPLIES: _of_replies,
    Thing.COLLEAGUE: _of_colleague,
    Thing.PROPOSAL: _of_proposal,
    Thing.CONSENT: _of_consent,
    Thing.WISH: _of_wish,
}
