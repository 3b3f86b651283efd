"""The race day at a glance: who is in, on the way, missing, unclear; and what is to be decided."""

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from ..domain.ranking import Status
from ..domain.timing import Flag
from ..models import Race, Result, TimingEvent
from .results import Line, lines

GROUPS = (  # key, what it is called, in the order of the bar
    ("in", _("in goal")),
    ("unclear", _("unclear")),
    ("out", pgettext_lazy("runners", "on the way")),
    ("dnf", _("did not finish")),
    ("dsq", _("disqualified")),
    ("nc", _("outside the competition")),
    ("dns", _("did not start")),
)
ENTERED = pgettext_lazy("runners", "entered")
_OF_STATUS = {
    Status.OK: "in", Status.UNCLEAR: "unclear", Status.DNF: "dnf", Status.DSQ: "dsq", Status.NC: "nc",
    Status.DNS: "dns", None: "out",
}  # fmt: skip
FLAGS = {
    Flag.DISAGREES: _("Two timers disagree; the time shown is our proposal."),
    Flag.BEFORE_START: _("In goal before the start: one of the two is wrong."),
    Flag.NO_START: _("In goal, and we know of no start."),
    Flag.UNCLEAR: _("The file does not say whether this one finished."),
}


@dataclass(frozen=True, slots=True)
class Count:
    key: str
    title: str
    number: int


@dataclass(frozen=True, slots=True)
class ToDecide:
    line: Line
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One race on the day. out are those on the way, or before the start everybody; loose finishes are of nobody."""

    race: Race
    lines: list
    counts: list
    to_decide: list
    out: list = field(default_factory=list)
    loose: int = 0
    readers: int = 0

    @property
    def total(self):
        return len(self.lines)

    @property
    def results(self):
        return len(self.lines) - len(self.out)

    @property
    def shares(self):
        """[(Count, left edge, width)] in thousandths, for a bar."""
        found, left = [], 0
        for count in self.counts:
            width = 1000 * count.number / self.total
            found.append((count, f"{left:.1f}", f"{width:.1f}"))
            left += width
        return found

    @property
    def leader(self):
        """The line of the quickest; None as long as nobody is in."""
        return next((line for line in self.lines if line.outcome.status is Status.OK), None)


def day_of(race, readers=0):
    """The Day of a race; two queries at any size. readers: how many guests have a link to see results by."""
    rows = lines(race)
    numbers = {}
    for line in rows:
        key = _OF_STATUS[line.outcome.status]
        numbers[key] = numbers.get(key, 0) + 1
    return Day(
        race=race,
        lines=rows,
        counts=[Count(key, _called(race, key, title), numbers[key]) for key, title in GROUPS if numbers.get(key)],
        to_decide=[ToDecide(line, why) for line in rows if (why := _why(line.result))],
        out=[line for line in rows if line.outcome.status is None],
        loose=_loose(race),
        readers=readers,
    )


def _called(race, key, title):
    """Before the first start nobody is on the way."""
    return str(ENTERED if key == "out" and race.state == Race.State.DRAFT else title)


def _why(result):
    if result is None:
        return ""
    flag = next((flag for flag in FLAGS if flag.value in result.flags), None)
    if flag is not None:
        return str(FLAGS[flag])
    return str(FLAGS[Flag.UNCLEAR]) if result.status == Result.Status.UNCLEAR else ""


def _loose(race):
    """Marks at the finish that nobody has given to a runner."""
    if race.pk is None:
        return 0
    marks = TimingEvent.objects.filter(race=race, kind=TimingEvent.Kind.FINISH, entry=None)
    given = TimingEvent.objects.filter(race=race, kind__in=["assign", "void"]).values("ref")
    return marks.exclude(uuid__in=[ref for ref in given.values_list("ref", flat=True) if ref]).count()
