"""The live board when nothing is new: 304, against a view that knows its answer by heart."""

from datetime import timedelta

from django.utils import timezone

from events.actions import races, timing
from events.actions.timing import Mark
from events.domain.timing import Kind
from events.models import Activity, Answer, Entry, Race, links

from .guest_pages import mark_of
from .pages import compare

RUNNERS = 300


def rows(play):
    """One row; the race has 300 runners, of whom two in three are in."""
    path = f"/live/{links.board_token(race_of(play.few))}/board.json"
    limit, ours = (
        play.target(server, path, f"|expect=304|header=If-None-Match: {mark_of(server, path)}")
        for server in (play.limit, play.ours)
    )
    yield compare("board, nothing new (304)", budget=1.2, is_quick=play.is_quick, limit=limit, ours=ours)


def race_of(event):
    """The race of the event with its runners and times, shown as they come in."""
    now = timezone.now()
    race = races.of(Activity.objects.get(event=event, slug="race"))
    Race.objects.filter(pk=race.pk).update(is_live=True)
    coming = Answer.objects.filter(activity=race.activity, state=Answer.State.COMING).order_by("pk")[:RUNNERS]
    entries = Entry.objects.bulk_create(
        Entry(
            guest_id=answer.guest_id, activity=race.activity, changed_at=now, bib=number + 1,
            slot_at=race.starts_at + timedelta(seconds=10 * number),
        )
        for number, answer in enumerate(coming)
    )  # fmt: skip
    done = entries[: len(entries) * 2 // 3]
    marks = [Mark(kind=Kind.TYPED, entry=entry, time_ms=700_000 + 7_000 * n) for n, entry in enumerate(done)]
    timing.record(race, marks, by=None, channel="system", now=now)
    return race
