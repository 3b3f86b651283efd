"""The companions on a guest's pages: what is said of each, and what the party is asked."""

from django.urls import reverse
from django.utils.translation import gettext, ngettext

from ..domain import dates
from ..domain.answers import HOLDING, State, Window, free_places, may_answer
from ..domain.waiting import cut_off_at, may_take_some
from ..models import Guest
from ..reports.list_words import listed


def may_bring(guest, answers):
    """Whether the guest comes to something companions are welcome at, and may bring somebody or does already."""
    brings = any(answer.companions for answer in answers)
    return bool(brings or guest.companions_allowed) and any(
        answer.state in HOLDING
        and not answer.activity.is_cancelled
        and (answer.activity.welcomes_companions or answer.companions)
        for answer in answers
    )


def brings_somebody(guest):
    return Guest.objects.filter(companion_of=guest).exists()


def name_of(person):
    """The name as it stands on the guest's own pages, where a companion may still be without one."""
    return person.name if person.contact_id or person.companion_name else gettext("Your companion")


def everyone(answers):
    """The guest's answers and those of the companions."""
    return [row for answer in answers for row in (answer, *answer.companions)]


def called(answer):
    """What a companion is called on the guest's own pages."""
    return answer.companion_name or gettext("your companion")


def companion_sentences(answer, line):
    """[{"sentence", "sign"}] of the companions at one activity, as far as there is something to say."""
    return [
        {"sentence": _sentence(words, row, line.place_of(row)), "sign": row.state}
        for row in answer.companions
        if (words := _words(answer, row))
    ]


def _sentence(words, row, place):
    sentence = words % {"name": called(row), "number": place}
    return sentence if row.companion_name else dates.capitalised(sentence)


def _words(answer, row):
    is_there = answer.state in HOLDING
    if row.state == State.COMING:
        return gettext("%(name)s is coming with you.") if is_there else gettext("%(name)s is coming.")
    if row.state == State.WAITING:
        return gettext("%(name)s is number %(number)s on the waiting list, and we write the moment there is a place.")
    if row.state == State.NOT_COMING and answer.state != State.NO_ANSWER:
        return gettext("%(name)s is not coming.") if is_there else gettext("%(name)s is not coming either.")
    if row.state == State.NO_ANSWER and is_there:
        return gettext("Is %(name)s coming, too? You have not told us yet.")
    return ""


def promoted(answer):
    """The party's answers to this activity that got a place from the waiting list and have not been said yes to."""
    return [row for row in (answer, *answer.companions) if row.promoted_at and row.state == State.COMING]


def place_question(guest, answer, token, *, now):
    """{"title", "yes", "no", "url" …} of a place that has come free for somebody of the party, else None.

    It can be answered until the activity starts, whatever the deadline.
    """
    rows = promoted(answer)
    window = may_answer(guest.event.state, answer.activity.starts_at, now)
    if not rows or answer.activity.is_cancelled or window is not Window.OPEN:
        return None
    names = listed([called(row) for row in rows if row.guest_id != guest.pk])
    if rows[0].guest_id != guest.pk:
        words = gettext("Good news – there is a place for %(names)s!"), gettext("Yes, gladly"), gettext("No, thank you")
    elif names:
        words = (
            gettext("Good news – there is a place for you and %(names)s!"),
            gettext("We are coming"),
            gettext("We can't after all"),
        )
    else:
        words = (
            gettext("Good news – there is a place for you!"),
            gettext("I'm coming"),
            gettext("I can't after all"),
        )
    title, yes, no = words
    return {
        "title": title % {"names": names},
        "yes": yes,
        "no": no,
        "url": reverse("place", args=[token, answer.activity.slug]),
        "slug": answer.activity.slug,
        "activity": str(answer.activity.title),
    }


def may_join(guest, answers):
    """Whether the party stands apart in some line, and may stand together again."""
    return guest.splits_party and any(
        sum(row.state == State.WAITING for row in (answer, *answer.companions)) > 1 for answer in answers
    )


def split_question(guest, answer, line, token, *, now):
    """{"slug", "sentence", "first", "by_hand", "url"} when the party is first in line and only some of it would fit,
    else None. After the cut-off it is asked, too, but the place is given by hand.
    """
    activity = answer.activity
    together = [row for row in (answer, *answer.companions) if row.state == State.WAITING]
    if guest.splits_party or len(together) < 2 or activity.is_cancelled or guest.event.state != Window.OPEN:
        return None
    if now >= activity.starts_at:
        return None
    is_by_hand = now >= cut_off_at(activity.starts_at, activity.promotes_until_hours)
    free = free_places(activity.capacity, line.coming)
    places = may_take_some(free, len(together), ahead=line.place_of(together[0]) - 1)
    if not places:
        return None
    first = together[0]
    return {
        "slug": activity.slug,
        "url": reverse("companions", args=[token]),
        "sentence": ngettext(
            "%(activity)s: there is one place now. Shall one of you take it?",
            "%(activity)s: there are %(n)s places now. Shall some of you take them?",
            places,
        )
        % {"activity": activity.title, "n": places},
        "first": gettext("You get it first.")
        if first.guest_id == guest.pk
        else gettext("%(name)s gets it first.") % {"name": called(first)},
        "by_hand": gettext("So shortly before the start we give places by hand: we see what you say, and write to you.")
        if is_by_hand
        else "",
    }


def questions(guest, answers, lines, token, *, now):
    """(places to say yes or no to, parties asked whether they may be split), in the order of the programme."""
    places = [place_question(guest, answer, token, now=now) for answer in answers]
    splits = [split_question(guest, answer, lines[answer.activity_id], token, now=now) for answer in answers]
    return list(filter(None, places)), list(filter(None, splits))
