"""The speaker's sheet: each runner's story in a line of short whole phrases, to be read aloud as they stand.

For those who organise. What a runner does not want to be told of is not in the phrases; what must not be said stands
beside the name. Nobody is ever told of as slow, late or last.
"""

from collections import Counter
from dataclasses import dataclass

from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from ..domain.racetime import printed
from ..domain.ranking import Best, Status
from ..domain.shown_results import is_child, place_is_shown
from ..models import EarlierTime, Entry, Result
from . import contests
from .results import lines

TIMES = {
    2: _("here for the second time"),
    3: _("here for the third time"),
    4: _("here for the fourth time"),
    5: _("here for the fifth time"),
    6: _("here for the sixth time"),
    7: _("here for the seventh time"),
    8: _("here for the eighth time"),
    9: _("here for the ninth time"),
    10: _("here for the tenth time"),
}
PODIUM = {1: _("fastest of all today"), 2: _("second fastest today"), 3: _("third fastest today")}


@dataclass(frozen=True, slots=True, kw_only=True)
class Runner:
    """What a story is made of. starts counts this race, too, and is 0 where we cannot know; place is None where
    none is shown.
    """

    name: str
    bib: int | None = None
    company: str = ""
    host: str = ""
    comes_with: str = ""
    status: Status | None = None
    time_ms: int | None = None
    place: int | None = None
    starts: int = 0
    best: str = ""
    best_diff_ms: int | None = None
    is_nearest: bool = False
    is_most_improved: bool = False
    agrees_to_name: bool = True
    hides_time: bool = False
    is_child: bool = False


@dataclass(frozen=True, slots=True)
class Story:
    """One line of the sheet; time is "" where there is none to be read."""

    runner: Runner
    time: str
    phrases: list
    cautions: list


def story(runner: Runner) -> Story:
    """The runner's line, in the language in force."""
    is_timed = runner.status is Status.OK and not (runner.hides_time or runner.is_child)
    time = printed(runner.time_ms, get_language()) if is_timed and runner.time_ms else ""
    phrases = [*_how_often(runner), *_how_it_went(runner, is_timed)]
    if not phrases and runner.status is Status.OK:
        phrases = [gettext("made it to the top")]
    return Story(runner, time, [str(phrase) for phrase in phrases], list(_cautions(runner)))


def _how_often(runner):
    if runner.starts > max(TIMES):
        yield gettext("here for the %(n)sth time") % {"n": runner.starts}
    elif runner.starts in TIMES:
        yield TIMES[runner.starts]
    elif runner.starts == 1 and runner.status is not Status.DNS:
        yield gettext("here for the first time")


def _how_it_went(runner, is_timed):
    if runner.status in (Status.DNF, Status.DSQ):
        yield gettext("stood on the start line, and that takes courage")
    elif runner.status is Status.DNS:
        yield gettext("could not start today, and is here all the same")
    elif runner.status in (None, Status.UNCLEAR):
        return
    elif is_timed:
        yield from _with_a_time(runner)
    else:
        yield gettext("made it to the top")


def _with_a_time(runner):
    if runner.place in PODIUM:
        yield PODIUM[runner.place]
    if runner.best == Best.PERS:
        yield gettext("new personal best by %(time)s") % {"time": printed(-runner.best_diff_ms, get_language())}
    elif runner.best == Best.EQUAL:
        yield gettext("exactly the personal best")
    if runner.is_most_improved:
        yield gettext("improved most of all")
    if runner.is_nearest:
        yield gettext("came nearest to the own goal")


def _cautions(runner):
    if not runner.agrees_to_name or runner.is_child:
        yield gettext("do not read out the name")
    if runner.hides_time and not runner.is_child:
        yield gettext("do not read out the time")


def sheet(race) -> list[Story]:
    """The stories of a race by name; as many queries at any size."""
    rows = sorted(lines(race), key=lambda line: (line.outcome.sort_key, line.entry.pk))
    hosts = _hosts(race)
    starts = _earlier_starts(race, rows)
    winners = contests.of_race(race, rows)
    nearest, improved = ({each.line.entry.pk for each in found} for found in (winners.nearest, winners.improved))
    return [
        story(_runner(race, line, hosts, starts, nearest=nearest, improved=improved))
        for line in rows
        if line.entry.guest.forgotten_at is None
    ]


def _runner(race, line, hosts, starts, *, nearest, improved):
    entry, result, outcome = line.entry, line.result, line.outcome
    shows = place_is_shown(entry.shows_place, race.shows_places)
    return Runner(
        name=entry.guest.name, bib=entry.bib, company=outcome.company, host=hosts.get(entry.pk, ""),
        comes_with=entry.guest.comes_with, status=outcome.status, time_ms=outcome.time_ms,
        place=outcome.place if shows else None, starts=_starts(entry, starts),
        best=result.best if result else "", best_diff_ms=result.best_diff_ms if result else None,
        is_nearest=entry.pk in nearest, is_most_improved=entry.pk in improved,
        agrees_to_name=outcome.agrees_to_name, hides_time=entry.hides_time, is_child=is_child(outcome.age),
    )  # fmt: skip


def _starts(entry, earlier):
    """This one included; 0 of a companion, and of who was here before without our knowing how often."""
    contact = entry.guest.contact_id
    is_unknown = not contact or (entry.has_been_before and not earlier[contact])
    return 0 if is_unknown else earlier[contact] + 1


def _hosts(race):
    """{entry id: name of the host in charge}."""
    rows = Entry.objects.filter(activity=race.activity_id).select_related(
        "guest__host", "guest__contact__host", "guest__companion_of__host", "guest__companion_of__contact__host"
    )
    return {entry.pk: _host_of(entry.guest) for entry in rows}


def _host_of(guest):
    known = [guest, guest.contact, guest.companion_of, guest.companion_of and guest.companion_of.contact]
    return next((each.host.name for each in known if each is not None and each.host_id), "")


def _earlier_starts(race, rows):
    """Counter {contact id: races before this one}: those we timed, and the years of which the guest told a time."""
    contacts = {line.entry.guest.contact_id for line in rows} - {None}
    before = Result.objects.filter(
        race__activity__starts_at__lt=race.activity.starts_at, entry__guest__contact__in=contacts
    ).exclude(status__in=[Status.DNS.value, Status.UNCLEAR.value])
    timed = before.values_list("entry__guest__contact", "race__activity__event__held_on__year")
    told = EarlierTime.objects.filter(
        course=race.course_id, guest__contact__in=contacts, year__lt=race.activity.event.held_on.year
    ).values_list("guest__contact", "year")
    return Counter(contact for contact, _year in {*timed, *(told if race.counts_told_times else ())})


def table(race):
    """(headings, rows of text) to take along."""
    headings = [
        gettext("name"), gettext("bib"), gettext("company"), gettext("host"), gettext("time"), gettext("story"),
        gettext("mind"),
    ]  # fmt: skip
    return headings, [
        [
            each.runner.name, "" if each.runner.bib is None else str(each.runner.bib), each.runner.company,
            each.runner.host, each.time, "; ".join(each.phrases), "; ".join(each.cautions),
        ]
        for each in sheet(race)
    ]  # fmt: skip
