"""What a diploma and a picture to share say of a result, and whose they are."""

import textwrap

from django.db.models import F, OuterRef, Q, Subquery
from django.db.models.functions import ExtractYear
from django.utils import timezone, translation
from django.utils.translation import get_language, pgettext
from django.utils.translation import gettext as _

from ..domain import dates
from ..domain.documents.diplomas import Diploma, Diplomas
from ..domain.documents.shares import Share
from ..domain.race_lines import Mood
from ..domain.ranking import FEWEST_IN_A_CLASS, Status
from ..domain.shown_results import is_child, place_is_shown
from ..models import EarlierTime, Result
from ..models.result_words import clock, line, mood_of, sign
from .results import facts_of

TOOK_PART = (Status.OK, Status.NC, Status.DNF, Status.DSQ)  # who did not start gets none
NEAR_MS = 60_000  # an ambition missed by more is not spoken of
MOST_FACTS = 240  # letters about the course that a diploma has room for


def results_of(race):
    """The results of all who get a diploma, in the order of names; one query."""
    return list(_to_print().filter(race__activity=race.activity_id).order_by("entry__guest__sort_key", "entry__guest"))


def own_result(guest, entry_id=""):
    """The published result of the guest, or of a companion whose entry this is; None where there is none to show.

    Without entry_id the guest's own, else the first companion's, of the latest race. One query.
    """
    party = Q(entry__guest=guest.pk) | Q(entry__guest__companion_of=guest.pk)
    found = _to_print().filter(party, race__published_at__isnull=False, race__activity__event=guest.event_id)
    if entry_id:
        found = found.filter(entry=entry_id) if entry_id.isdecimal() and len(entry_id) < 19 else found.none()
    own_first = (F("entry__guest__companion_of").asc(nulls_first=True), "-race__activity__starts_at", "entry")
    return found.order_by(*own_first).first()


def _to_print():
    """With all that is written, and the year and time of the best before, ours and as told."""
    ours = (
        Result.objects.finished()
        .filter(
            race__course=OuterRef("race__course"),
            race__published_at__isnull=False,
            race__activity__starts_at__lt=OuterRef("race__activity__starts_at"),
            entry__guest__contact=OuterRef("entry__guest__contact"),
        )
        .order_by("time_ms", "pk")
    )
    told = EarlierTime.objects.filter(
        course=OuterRef("race__course"),
        year__lt=ExtractYear(OuterRef("race__activity__event__held_on")),
        guest__contact=OuterRef("entry__guest__contact"),
    ).order_by("time_ms", "pk")
    return (
        Result.objects.filter(status__in=TOOK_PART, entry__guest__forgotten_at=None)
        .select_related(
            "race__activity__event", "race__course", "entry__race_class", "entry__guest__contact__company",
            "entry__guest__companion_of__contact__company",
        )
        .annotate(
            our_ms=Subquery(ours.values("time_ms")[:1]),
            our_day=Subquery(ours.values("race__activity__event__held_on")[:1]),
            told_ms=Subquery(told.values("time_ms")[:1]),
            told_year=Subquery(told.values("year")[:1]),
        )
    )  # fmt: skip


def all_diplomas(results):
    """Diplomas to hand out, each in its guest's language.

    Others may see them: whoever hides the time, or is a child, has finished, and no more.
    """
    return Diplomas(diplomas=tuple(_for_others(result) for result in results))


def _for_others(result):
    entry = result.entry
    age = result.race.activity.event.held_on.year - entry.birth_year if entry.birth_year else None
    with translation.override(entry.guest.leader.mail_language):
        return diploma(result, hides_time=entry.hides_time or is_child(age))


def diploma(result, *, hides_time=False):
    """The Diploma in the language in force."""
    race, entry = result.race, result.entry
    event = race.activity.event
    is_timed = result.is_finished and not hides_time
    day = timezone.localtime(race.starts_at, event.zone).date()
    has_finished = result.status in (Status.OK, Status.NC)
    return Diploma(
        language=get_language(),
        heading=_("Diploma") if has_finished else _("Diploma for taking part"),
        event=str(event),
        name=entry.guest.name,
        company=entry.guest.company_name,
        did=_("finished %(course)s in") % {"course": course_name(race)} if is_timed else course_name(race),
        time=clock(result.time_ms) if is_timed else "",
        instead="" if is_timed else instead_of_time(result),
        pill=pill_words(result) if is_timed else "",
        lines=tuple(_lines(result) if is_timed else _kind_lines(result)),
        where=", ".join(filter(None, (event.town, dates.long_day(day, get_language())))),
        facts=textwrap.shorten(str(race.course.facts), MOST_FACTS, placeholder=" …") if race.course_id else "",
        signed_by=str(race.signed_by),
    )


def share(result, shape):
    """The Share in the language in force. A place is not on it: it goes out to people who were not there."""
    race, event = result.race, result.race.activity.event
    day = timezone.localtime(race.starts_at, event.zone).date()
    return Share(
        shape=shape,
        event=str(event),
        name=result.entry.guest.name,
        time=clock(result.time_ms),
        instead="" if result.is_finished else instead_of_time(result),
        pill=pill_words(result),
        line=f"{course_name(race)} · {dates.short_day(day, get_language())}",
    )


def course_name(race):
    return race.course.name if race.course_id else str(race.activity)


def instead_of_time(result):
    """Finished without a time to show, or on the way and not up: warm either way."""
    return _("Finished!") if result.status in (Status.OK, Status.NC) else _("Well fought!")


def pill_words(result):
    """What was special about it, most of all a personal best with its seconds; "" when nothing was."""
    how = mood_of(result.entry, result)
    if how is not Mood.PERS:
        return sign(how)
    facts = {"time": clock(-result.best_diff_ms), "year": _year_before(result)}
    if facts["year"] is None:
        return _("New personal best! %(time)s faster") % facts
    return _("New personal best! %(time)s faster than in %(year)s") % facts


def _year_before(result):
    """The year of the best before; None where it is not the one that counted, or nobody was shown it."""
    years = []
    if result.our_ms:
        years.append((result.our_ms, result.our_day.year))
    if result.told_ms and result.race.counts_told_times:
        years.append((result.told_ms, result.told_year))
    best_ms, year = min(years, default=(None, None))
    return year if best_ms == result.time_ms - result.best_diff_ms else None


def _lines(result):
    """Ambition, place and class: what there is to be glad of."""
    yield from filter(None, (_ambition_words(result), _place_words(result), _class_words(result)))


def _kind_lines(result):
    """To whom the mountain was too much today."""
    if result.status == Status.DNF:
        yield line(result.race, Mood.DNF)


def _ambition_words(result):
    difference = result.ambition_diff_ms
    if difference is None or difference > NEAR_MS:
        return ""
    goal = clock(result.entry.ambition_seconds * 1000)
    facts = {"goal": goal, "time": clock(abs(difference))}
    if difference == 0:
        return _("Goal %(goal)s – to the second!") % facts
    words = _("Goal %(goal)s – beaten by %(time)s") if difference < 0 else _("Goal %(goal)s – only %(time)s away")
    return words % facts


def _place_words(result):
    facts = facts_of(result)
    if facts["place"] is None or not _shows_place(result):
        return ""
    if facts["place_of"] is None:
        words = pgettext("on a diploma", "Place %(place)s") % facts
    else:
        words = pgettext("on a diploma", "Place %(place)s of %(place_of)s") % facts
    return words if result.race.is_final else _("%(place)s (provisional)") % {"place": words}


def _class_words(result):
    race_class = result.entry.race_class
    if race_class is None:
        return ""
    facts = {"class": str(race_class), "place": result.class_place, "of": result.class_place_of}
    if _shows_place(result) and result.class_place and result.class_place_of >= FEWEST_IN_A_CLASS:
        return _("Place %(place)s of %(of)s in %(class)s") % facts
    return _("Class: %(class)s") % facts


def _shows_place(result):
    return place_is_shown(result.entry.shows_place, result.race.shows_places)
