"""Guest lists in: what a file would do, and doing it. Reading and matching are the domain's."""

from itertools import islice

from django.conf import settings
from django.db import IntegrityError, transaction

from ..domain.guestlist import open_guest_list
from ..domain.guestlist_decisions import decided
from ..domain.guestlist_report import Report
from ..domain.guestlist_wishes import respected
from ..domain.matching import Fate, Matcher
from ..domain.tabular import Limits
from ..models import Event
from ..models.do_not_invite import has_asked
from .guestlist_people import known_people, sees
from .guestlist_writing import Writer

BATCH = 1000
# After the deed only what somebody must still look at is worth its memory.
KEPT = frozenset((Fate.REFUSED, Fate.DUPLICATE, Fate.QUESTION))


def open_list(data, *, mapping=None, sheet=None):
    """The guest list in a file's bytes, within the site's limits; raises a TableError."""
    limits = Limits(max_bytes=settings.GUEST_LIST_MAX_BYTES, max_rows=settings.GUEST_LIST_MAX_ROWS)
    return open_guest_list(data, sheet=sheet or None, mapping=mapping, limits=limits)


def preview(event, data, *, by, mapping=None, sheet=None, answers=None, progress=None):
    """The Report of what `apply` would do; writes nothing.

    `mapping` {heading: field or ""} corrects columns; `answers` {row: PROPOSAL or AS_WRITTEN} decides questions;
    `progress(done, total)` is called now and then. Raises a TableError when the file cannot be read.
    """
    guest_list = open_list(data, mapping=mapping, sheet=sheet)
    return _carry_out(event, guest_list, answers, Report(may_see=sees(by)), lambda outcomes: None, progress, by=by)


def apply(event, data, *, by, channel, now, mapping=None, sheet=None, answers=None, progress=None):
    """Makes the people of a file guests of the event and stores what it says differently; all or nothing.

    Empty cells blank nothing, missing rows delete nobody, and the same file again changes nothing. Rows refused
    or in question are left out. Two at once: one waits for the other and finds its people there.
    """
    guest_list = open_list(data, mapping=mapping, sheet=sheet)

    @transaction.atomic
    def in_one_go():
        # Not FOR UPDATE: guests who answer meanwhile refer to the event's row and must not wait.
        Event.objects.select_for_update(no_key=True).get(pk=event.pk)
        report = Report(may_see=sees(by), keeps=KEPT)
        writer = Writer(event, by=by, channel=channel, now=now)
        return _carry_out(event, guest_list, answers, report, writer.write, progress, by=by)

    try:
        return in_one_go()
    except IntegrityError:
        # Somebody made one of these people at this very moment, at another event; now they are found.
        return in_one_go()


def _carry_out(event, guest_list, answers, report, write, progress, *, by):
    """Decides row by row, in batches; answers as JSON has them, their row numbers perhaps as text."""
    answers = {int(row): answer for row, answer in (answers or {}).items()}
    people = known_people(event, guest_list, by=by, is_everybody=bool(answers))
    matcher = Matcher(people, guest_list.present)
    outcomes = respected(map(matcher.outcome, decided(guest_list.outcomes(), answers)), has_asked())
    done = 0
    while batch := list(islice(outcomes, BATCH)):
        for outcome in batch:
            report.add(outcome)
        write(batch)
        done += len(batch)
        if progress:
            progress(min(done, guest_list.count), guest_list.count)
    report.add_missing(matcher.missing())
    return report
