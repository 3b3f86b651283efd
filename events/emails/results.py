"""What a letter says of a guest's race: the own time, a kind line, and the times of those the guest brought."""

from collections import defaultdict
from functools import cached_property

from django.db.models import Q
from django.utils import translation
from django.utils.translation import gettext

from ..domain import dates
from ..domain.ranking import Best, Status
from ..models import EarlierTime, Event, Result
from ..models.result_words import against_best, clock, line, mood_of, sign

NAMES = ("result", "result_line", "result_party")


class Ran:
    """How the parties of these guests ran, read for all of them at once when the first letter asks: three queries."""

    def __init__(self, guest_ids):
        self._ids = list(guest_ids)

    def of_party(self, guest):
        """What guests may see of the results of the guest and companions, the first race first."""
        return self._results.get(guest.pk, [])

    def best_year(self, result):
        """The year of the time that was beaten, where we know it."""
        race, contact = result.race, result.entry.guest.contact_id
        before = result.time_ms - result.best_diff_ms
        years = self._years[contact, race.course_id, before]
        return min((year for year in years if year < race.activity.event.held_on.year), default=None)

    @cached_property
    def _results(self):
        found = defaultdict(list)
        party = Q(entry__guest__in=self._ids) | Q(entry__guest__companion_of__in=self._ids)
        rows = Result.objects.filter(party, race__published_at__isnull=False)
        for row in rows.select_related(
            "race__activity__event", "entry__guest__contact", "entry__guest__companion_of__contact"
        ).order_by("race__activity__starts_at", "entry__guest"):
            found[row.entry.guest.companion_of_id or row.entry.guest_id].append(row)
        return found

    @cached_property
    def _years(self):
        """{(contact id, course id, milliseconds): {year}} of who beat the own best."""
        faster = [row for rows in self._results.values() for row in rows if row.best == Best.PERS]
        contacts, courses = {row.entry.guest.contact_id for row in faster}, {row.race.course_id for row in faster}
        ran = Result.objects.filter(
            entry__guest__contact__in=contacts, race__course__in=courses, race__published_at__isnull=False
        ).values_list("entry__guest__contact", "race__course", "time_ms", "race__activity__event__held_on__year")
        kept = EarlierTime.objects.filter(guest__contact__in=contacts, course__in=courses)
        found = defaultdict(set)
        for *what, year in (*ran, *kept.values_list("guest__contact", "course", "time_ms", "year")):
            found[tuple(what)].add(year)
        return found


def told(guest, event, language, *, asked, ran=None):
    """{placeholder: words}; "" where there is nothing to say, or guests do not see the results yet.

    In the formal tone nobody is addressed but in the organiser's own words. No query where the text does not ask, or
    where ran has been read for others already.
    """
    nothing = dict.fromkeys(NAMES, "")
    if not any(f"{{{name}}}" in asked for name in NAMES):
        return nothing
    ran = ran or Ran([guest.pk])
    with translation.override(language):
        results = ran.of_party(guest)
        own = next((result for result in results if result.entry.guest_id == guest.pk), None)
        mates = [f"{each.entry.guest.name}: {clock(each.time_ms)}" for each in results if each != own and each.time_ms]
        said = {} if own is None else _said(own, ran, is_formal=event.tone == Event.Tone.FORMAL)
        return {**nothing, **said, "result_party": ", ".join(mates)}


def _said(result, ran, *, is_formal):
    how = mood_of(result.entry, result)
    is_left_out = is_formal and not (result.race.words or {}).get(how)
    return {"result": _time(result, how, ran, is_formal), "result_line": "" if is_left_out else line(result.race, how)}


def _time(result, how, ran, is_formal):
    """ "Your time: 12:34. New personal best! 24 seconds faster than last year." """
    if result.status != Status.OK:
        return ""
    time = gettext("Time: %(time)s") if is_formal else gettext("Your time: %(time)s")
    sentences = [time % {"time": clock(result.time_ms)}]
    if result.best == Best.PERS:
        sentences += [] if is_formal else [sign(how)]
        year = result.race.activity.event.held_on.year
        sentences.append(dates.capitalised(against_best(result, year=year, best_year=ran.best_year(result))))
    return " ".join(each if each.endswith("!") else f"{each}." for each in sentences)
