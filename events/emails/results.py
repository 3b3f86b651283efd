"""What a letter says of a guest's race: the own time, a kind line, and the times of those the guest brought."""

from django.utils import translation
from django.utils.translation import gettext

from ..domain import dates
from ..domain.ranking import Best, Status
from ..models import EarlierTime, Entry, Event, Guest, Result
from ..models.result_words import against_best, clock, line, mood_of, sign

NAMES = ("result", "result_line", "result_party")


def told(guest, event, language, *, asked):
    """{placeholder: words}; "" where there is nothing to say, or guests do not see the results yet.

    In the formal tone nobody is addressed but in the organiser's own words. Three queries at most, and none where the
    text does not ask.
    """
    nothing = dict.fromkeys(NAMES, "")
    if not any(f"{{{name}}}" in asked for name in NAMES):
        return nothing
    with translation.override(language):
        results = _results(guest, event)
        own = next((result for result in results if result.entry.guest_id == guest.pk), None)
        mates = [f"{each.entry.guest.name}: {clock(each.time_ms)}" for each in results if each != own and each.time_ms]
        said = {} if own is None else _said(own, is_formal=event.tone == Event.Tone.FORMAL)
        return {**nothing, **said, "result_party": ", ".join(mates)}


def _results(guest, event):
    """What guests may see of the party's results at the event, the first race first."""
    party = Entry.objects.filter(guest__in=Guest.objects.party_of(guest.pk).order_by())
    found = Result.objects.filter(entry__in=party, race__activity__event=event, race__published_at__isnull=False)
    return list(
        found.select_related("race__activity__event", "entry__guest__contact", "entry__guest__companion_of__contact")
        .order_by("race__activity__starts_at", "entry__guest")
    )  # fmt: skip


def _said(result, *, is_formal):
    how = mood_of(result.entry, result)
    is_left_out = is_formal and not (result.race.words or {}).get(how)
    return {"result": _time(result, how, is_formal), "result_line": "" if is_left_out else line(result.race, how)}


def _time(result, how, is_formal):
    """ "Your time: 12:34. New personal best! 24 seconds faster than last year." """
    if result.status != Status.OK:
        return ""
    time = gettext("Time: %(time)s") if is_formal else gettext("Your time: %(time)s")
    sentences = [time % {"time": clock(result.time_ms)}]
    if result.best == Best.PERS:
        sentences += [] if is_formal else [sign(how)]
        year = result.race.activity.event.held_on.year
        sentences.append(dates.capitalised(against_best(result, year=year, best_year=_best_year(result))))
    return " ".join(each if each.endswith("!") else f"{each}." for each in sentences)


def _best_year(result):
    """The year of the time that was beaten, where we know it."""
    race, contact = result.race, result.entry.guest.contact_id
    if result.best != Best.PERS or not race.course_id:
        return None
    before = result.time_ms - result.best_diff_ms
    ran = Result.objects.filter(
        entry__guest__contact=contact, race__course=race.course_id, time_ms=before, race__published_at__isnull=False
    ).values_list("race__activity__event__held_on__year", flat=True)
    kept = EarlierTime.objects.filter(guest__contact=contact, course=race.course_id, time_ms=before)
    return next(iter(ran), None) or next(iter(kept.values_list("year", flat=True)), None)
