"""A guest's own results: of each of the party in one race, with what they compare to, and the years."""

from dataclasses import dataclass, field

from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from ..domain.race_lines import Mood
from ..domain.ranking import Status
from ..domain.shown_results import place_is_shown
from ..domain.year_chart import Chart, chart
from ..models import EarlierTime, Entry, Result
from ..models.entry import Gender
from ..models.result_words import against_best, clock, line, mood_of, sign, signed
from .results import facts_of

AMONG = {
    Gender.WOMAN: gettext_lazy("among the women"),
    Gender.MAN: gettext_lazy("among the men"),
    Gender.OTHER: gettext_lazy("in the group of your gender"),
}


@dataclass(frozen=True, slots=True)
class Year:
    """One year's time; is_told when the runner told of it."""

    year: int
    time_ms: int
    is_told: bool = False
    is_best: bool = False

    @property
    def time(self):
        return clock(self.time_ms)


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """What one of the party reads of the own race, in words. time is "" without one; facts are (figure, words)."""

    entry: Entry
    result: Result | None
    name: str
    is_companion: bool
    mood: Mood | None = None
    sign: str = ""
    time: str = ""
    against: str = ""
    line: str = ""
    facts: list = field(default_factory=list)
    years: list = field(default_factory=list)
    chart: Chart | None = None

    @property
    def number(self):
        """The how-manieth time it is that we know of; 0 where it did not come to a start."""
        return len(self.years) if self.time else 0


def party_entries(guest, activity_ids):
    """Entries of the guest and of those the guest brings in these races, the guest's own first; one query."""
    found = Entry.objects.filter(activity__in=activity_ids, guest__in=type(guest).objects.party_of(guest.pk).order_by())
    rows = list(found.select_related("result", "race_class").for_results())
    return sorted(rows, key=lambda entry: (entry.guest_id != guest.pk, entry.guest_id))


def of_party(race, entries):
    """[Own] of these entries in the race, the guest's own first; two queries more at most, however many they are."""
    years = earlier_years(race, {entry.guest.contact_id for entry in entries} - {None})
    return [_own(race, entry, years.get(entry.guest.contact_id, [])) for entry in entries]


def of_years(race, guest):
    """{"years": [Year], "chart": Chart or None} of a guest before this race; two queries."""
    return _years(earlier_years(race, {guest.contact_id}).get(guest.contact_id, []))


def earlier_years(race, contacts):
    """{contact id: [Year]} before this race on its course: what guests have been shown, and what they told of."""
    if not contacts or not race.course_id:
        return {}
    found = {}
    told = EarlierTime.objects.filter(course=race.course_id, guest__contact__in=contacts)
    for contact, year, time_ms, is_told in told.values_list("guest__contact", "year", "time_ms", "is_told"):
        known = found.setdefault(contact, {}).get(year)
        if known is None or known.is_told:
            found[contact][year] = Year(year, time_ms, is_told=is_told)
    ran = Result.objects.finished().filter(
        race__course=race.course_id, race__published_at__isnull=False, entry__guest__contact__in=contacts,
        race__activity__starts_at__lt=race.activity.starts_at,
    )  # fmt: skip
    facts = ("entry__guest__contact", "race__activity__event__held_on", "time_ms")
    for contact, held_on, time_ms in ran.values_list(*facts):
        known = found.setdefault(contact, {}).get(held_on.year)
        if known is None or known.is_told or time_ms < known.time_ms:
            found[contact][held_on.year] = Year(held_on.year, time_ms)
    this_year = race.activity.event.held_on.year
    return {contact: [years[year] for year in sorted(years) if year < this_year] for contact, years in found.items()}


def _own(race, entry, years):
    result, guest = getattr(entry, "result", None), entry.guest
    who = {"entry": entry, "result": result, "name": guest.name, "is_companion": bool(guest.companion_of_id)}
    if result is None:
        return Own(**who, **_years(years))
    this_year, how = race.activity.event.held_on.year, mood_of(entry, result)
    before = [year for year in years if not year.is_told or race.counts_told_times]
    best_before = min(before, key=lambda year: year.time_ms, default=None)
    all_years = [*years, Year(this_year, result.time_ms)] if result.is_finished else years
    return Own(
        **who,
        mood=how,
        sign=sign(how),
        time=clock(result.time_ms),
        against=against_best(result, year=this_year, best_year=_year_of(best_before, result)),
        line=line(race, how),
        facts=_facts(race, entry, result),
        **_years(all_years),
    )


def _year_of(best_before, result):
    """The year of the best before, when it is the time the result was compared to."""
    if best_before is None or result.best_diff_ms is None:
        return None
    return best_before.year if result.time_ms - result.best_diff_ms == best_before.time_ms else None


def _years(years):
    best = min((year.time_ms for year in years), default=None)
    marked = [Year(year.year, year.time_ms, year.is_told, year.time_ms == best) for year in years]
    return {"years": marked, "chart": chart([(year.year, year.time_ms, year.is_told) for year in years])}


def _facts(race, entry, result):
    """[(figure, what it is)]: places where they are wanted, and how far from the own goal."""
    shown, facts = facts_of(result), []
    if result.is_finished and place_is_shown(entry.shows_place, race.shows_places):
        if shown["place"]:
            of = _("of %(count)s") % {"count": shown["place_of"]} if shown["place_of"] else _("place in the race")
            facts.append((ordinal(shown["place"]), of))
        if result.class_place:
            facts.append((ordinal(result.class_place), _("in the class")))
        if result.gender_place:
            facts.append((ordinal(result.gender_place), str(AMONG[entry.gender])))
        if result.company_place:
            facts.append((ordinal(result.company_place), _("in the company")))
    if result.ambition_diff_ms is not None and result.status == Status.OK:
        facts.append((signed(result.ambition_diff_ms), _("from your goal")))
    return facts


def ordinal(place):
    """ "8." as a table of results has it; in English the number alone."""
    return str(place) if get_language() == "en" else f"{place}."
