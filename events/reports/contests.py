"""The kind contests of a race: who came nearest to the own goal, who improved most, companies, new bests. Never the
worst of anything.

Guests read the names of winners who agreed to be named and do not hide their time, and their own; the goals and earlier
times that decided stay between runner and hosts. Children are in no statistics (friidrett.no).
"""

from collections import Counter
from dataclasses import dataclass, field

from django.db.models import Count

from ..domain import ranking
from ..domain.ranking import Best, Run, Status
from ..domain.shown_results import is_child, is_named, shows_time
from ..models import EarlierTime, Result
from .results import Line, lines


@dataclass(frozen=True, slots=True)
class Winner:
    """Who won, and by what: milliseconds off, or a share of the time cut; None where that is not to be read."""

    line: Line
    value: object = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Team:
    """A company with the place and mean of its best; mean_ms is None where it is not to be read."""

    place: int
    name: str
    mean_ms: int | None
    is_own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Contests:
    """winners who may be read; hidden says how many more there are of each, who do not want to be named."""

    nearest: list = field(default_factory=list)
    improved: list = field(default_factory=list)
    ideal: list = field(default_factory=list)
    ideal_ms: int | None = None
    bests: list = field(default_factory=list)
    companies: list = field(default_factory=list)
    company_best: int = 0
    hidden: dict = field(default_factory=dict)

    def __bool__(self):
        named = (self.nearest, self.improved, self.ideal, self.bests, self.companies)
        return any(named) or any(self.hidden.values())


def of_race(race, rows=None) -> Contests:
    """Everything, for those who organise. No query with the rows of results.lines."""
    field_ = _Field(race, lines(race) if rows is None else rows)
    mean, ideal = ranking.ideal_time(field_.runs, race.step)
    return Contests(
        nearest=field_.winners(ranking.nearest_to_ambition(field_.runs, race.step)),
        improved=field_.winners(ranking.most_improved(field_.runs, race.step)),
        ideal=field_.winners(ideal),
        ideal_ms=_whole(mean, race),
        bests=[Winner(line, line.result.best_diff_ms) for line in field_.by_name() if line.result.best == Best.PERS],
        companies=[
            Team(place, field_.company_names[company], _whole(time, race))
            for place, company, time in ranking.companies(field_.runs, race.step, best=race.company_best)
        ],
        company_best=race.company_best,
    )


def seen_by(race, guest_ids, own_company, rows) -> Contests:
    """What the guests of this party may read of them; nothing where the organiser does not show them."""
    if not (race.is_published and race.shows_contests):
        return Contests()
    whole = of_race(race, rows)
    readable = {name: _readable(getattr(whole, name), guest_ids) for name in ("nearest", "improved", "ideal", "bests")}
    hidden = {name: len(getattr(whole, name)) - len(kept) for name, kept in readable.items()}
    is_open = all(shows_time(line.outcome) for line in rows if line.outcome.status is Status.OK)
    return Contests(
        **readable,
        hidden=hidden,
        ideal_ms=whole.ideal_ms if is_open else None,
        companies=[
            Team(team.place, team.name, team.mean_ms if is_open else None, team.name == own_company)
            for team in whole.companies
        ],
        company_best=whole.company_best,
    )


def often(race, rows):
    """[(line, number)] of who runs this course for the second time or more, the most faithful first; two queries.

    Starting is what counts: who did not finish was there, too.
    """
    contacts = {line.entry.guest.contact_id: line for line in rows if line.result and line.entry.guest.contact_id}
    if not race.course_id:
        return []
    ran = Result.objects.started().filter(
        race__course=race.course_id, entry__guest__contact__in=contacts,
        race__activity__starts_at__lte=race.activity.starts_at,
    )  # fmt: skip
    counted = ran.order_by().values("entry__guest__contact").annotate(times=Count("pk"))
    times = Counter(dict(counted.values_list("entry__guest__contact", "times")))
    kept = EarlierTime.objects.filter(course=race.course_id, guest__contact__in=contacts, is_told=False)
    times.update(contact for contact, _year in set(kept.values_list("guest__contact", "year")))
    found = [(contacts[pk], number) for pk, number in times.items() if number > 1]
    started = [(line, times) for line, times in found if line.outcome.status in (Status.OK, Status.DNF, Status.NC)]
    return sorted(started, key=lambda row: (-row[1], row[0].outcome.sort_key))


def _readable(winners, guest_ids):
    """Own ones with what decided, others by name alone."""
    found = []
    for winner in winners:
        if winner.line.entry.guest_id in guest_ids:
            found.append(Winner(winner.line, winner.value, is_own=True))
        elif is_named(winner.line.outcome) and shows_time(winner.line.outcome):
            found.append(Winner(winner.line))
    return found


class _Field:
    """The runners as domain.ranking takes them."""

    def __init__(self, race, rows):
        self.rows = {line.entry.pk: line for line in rows if line.result and not is_child(line.outcome.age)}
        self.runs = [_run(line) for line in self.rows.values()]
        self.company_names = {_company(line.entry): line.outcome.company for line in self.rows.values()}

    def winners(self, found):
        rows = [Winner(self.rows[run.key], value) for run, value in found]
        return sorted(rows, key=lambda winner: winner.line.outcome.sort_key)

    def by_name(self):
        return sorted(self.rows.values(), key=lambda line: line.outcome.sort_key)


def _company(entry):
    leader = entry.guest.leader
    return leader.contact.company_id if leader.contact_id else None


def _run(line):
    """Times are rounded already; the best before is what the result was compared to."""
    entry, result = line.entry, line.result
    has_best = result.is_finished and result.best_diff_ms is not None
    return Run(
        key=entry.pk,
        name=line.name,
        status=Status(result.status),
        time_ms=result.time_ms,
        company=_company(entry),
        ambition_ms=entry.ambition_seconds * 1000 if entry.ambition_seconds else None,
        earlier_ms=(result.time_ms - result.best_diff_ms,) if has_best else (),
    )


def _whole(time, race):
    """A mean as times are shown: rounded up."""
    return None if time is None else ranking.rounded_up(-(-time.numerator // time.denominator), race.step)
