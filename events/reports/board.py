"""The board of a race: built of what others may see of its runners, and of nothing else; kept in the cache that all
processes share, so that asking for it again costs no query.

A board stands as long as its mark (models/boards.py). After 15 seconds at most one query asks whether the event's
history or the race has gone on, and after a minute it is built anew in any case; mostly it comes out the same, under
the same version. So a process that was killed between its commit and the mark is waited for no longer.
"""

import gzip
import time
from dataclasses import dataclass, replace
from operator import attrgetter

from django.core.cache import cache
from django.db.models import OuterRef, Subquery

from ..domain import boards as domain
from ..domain import links as tokens
from ..domain import shown_results
from ..domain.boards import Row
from ..domain.shown_results import Order
from ..models import Activity, Cheer, Entry, History, Race, Wave, boards, links
from .cheers import sender_of
from .results import lines

FRESH_SECONDS, KEPT_SECONDS, OLDEST_SECONDS = 10, 15, 60  # asked after again, at the latest; built anew
BUILDING_SECONDS = 3  # whoever builds has so long, while the others give what they have
MOST_CHEERS = 12
_at_hand = {}  # {board id: Board}, so that a known board needs only its mark
MOST_AT_HAND = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """All that the page and the polling need. link_version is None for a board that is not there (any more)."""

    link_version: int | None = None
    event_id: int = 0
    mark: str = ""
    stamp: tuple = ()
    built_at: float = 0
    asked_at: float = 0
    title: dict | None = None
    part: dict | None = None
    contact: tuple = ("", "", "")
    is_off: bool = False
    is_final: bool = False
    shows_times: bool = False
    starts_at: object = None
    rows: tuple = ()
    classes: dict | None = None
    cheers: tuple = ()
    version: str = ""
    body: bytes = b""
    packed: bytes = b""


def find(token):
    """The Board a genuine link opens, else None. No query where it is at hand; one that is unknown costs one (S4)."""
    parts = tokens.split(token)
    board = _current(parts[0] if parts else links.FORGED)
    return board if links.is_board(token, board.link_version) else None


def _current(board_id):
    board = _at_hand.get(board_id)
    if board is None or not _holds(board):
        board = cache.get(_key(board_id))
    if board is None or not _holds(board):
        return _asked_after(board_id, board)
    if time.time() - board.asked_at > FRESH_SECONDS and cache.add(f"{_key(board_id)}:building", 1, BUILDING_SECONDS):
        return _asked_after(board_id, board)
    _keep(board_id, board)
    return board


def _holds(board):
    return time.time() - board.asked_at < KEPT_SECONDS and boards.mark_of(board.event_id) == board.mark


def _asked_after(board_id, known):
    """The board as it is now, built anew only where something may have changed; one query where nothing has."""
    race = _with_stamps().filter(board_id=board_id).first()
    if race is None:
        return Board()
    is_same = known and (known.stamp, known.mark) == (_stamp(race), boards.mark_of(known.event_id))
    if is_same and time.time() - known.built_at < OLDEST_SECONDS:
        board = replace(known, asked_at=time.time())
    else:
        board = build(race)
    cache.set(_key(board_id), board, OLDEST_SECONDS)
    _keep(board_id, board)
    return board


def _with_stamps():
    """Races with what tells in one query that something has happened to them."""
    last = History.objects.filter(event=OuterRef("activity__event")).order_by("-pk").values("pk")[:1]
    return Race.objects.select_related("activity__event").annotate(last_deed=Subquery(last))


def _stamp(race):
    return race.revision, race.board_version, race.state, getattr(race, "last_deed", None)


def _keep(board_id, board):
    if len(_at_hand) >= MOST_AT_HAND:
        _at_hand.clear()
    _at_hand[board_id] = board


def _key(board_id):
    return f"board:{board_id}"


def build(race):
    """The Board of a race as it is now; as many queries at any size."""
    mark = boards.mark_of(race.activity.event_id)  # before the rows are read
    activity, event = race.activity, race.activity.event
    is_off = event.is_cancelled or activity.is_cancelled or activity.kind != Activity.Kind.RACE
    rows, classes = ((), {}) if is_off else _rows(race)
    cheers = () if is_off else _cheers(race, rows)
    content = {
        "final": race.is_final and race.is_published,
        "shows_times": race.shows_times,
        "off": is_off,
        "classes": {str(pk): dict(title) for pk, title in classes.items()},
    }
    version, body = domain.written(content, rows, cheers)
    return Board(
        link_version=race.board_version, event_id=event.pk, mark=mark, stamp=_stamp(race),
        built_at=time.time(), asked_at=time.time(), title=dict(event.title),
        part=dict(activity.title), contact=event.contact, is_off=is_off, is_final=content["final"],
        shows_times=race.shows_times, starts_at=race.starts_at.astimezone(event.zone), rows=tuple(rows),
        classes=classes, cheers=tuple(cheers), version=version, body=body, packed=gzip.compress(body, mtime=0),
    )  # fmt: skip


def _rows(race):
    """([Row], {class id: title}): finishers in the order of the race, who did not finish, then the others by start.

    Where times are not shown yet it is the start list.
    """
    found = {line.entry.pk: line for line in lines(race)}
    outcomes = [_as_shown(line.outcome, race) for line in found.values()]
    shown = shown_results.shown(
        outcomes, Order(race.order), places=race.shows_places, with_those_on_the_way=True
    )  # fmt: skip
    start_of = _starts(race)
    rows, classes = [], {}
    for each in shown:
        entry = found[each.key].entry
        if each.race_class:
            classes[entry.race_class_id] = entry.race_class.title
        rows.append(
            Row(
                number=each.key, bib=each.bib, name=each.name, company=each.company,
                race_class=entry.race_class_id if each.race_class else None, start=start_of(entry),
                status=each.status or "", time_ms=each.time_ms, place=each.place,
            )
        )  # fmt: skip
    there = [row for row in rows if row.status]
    waiting = sorted((row for row in rows if not row.status), key=lambda row: (not row.start, row.start))
    return [*there, *waiting], classes


def _as_shown(outcome, race):
    """Without anything the race has brought, as long as times are not shown."""
    if race.shows_times:
        return outcome
    return replace(
        outcome, status=None, time_ms=None, place=None, place_of=None, class_place=None, class_place_of=None
    )  # fmt: skip


def _starts(race):
    """start_of(entry): the clock of the own start, "16:00:10"; "" where all start at once. One query where in waves."""
    zone, waves = race.activity.event.zone, {}
    if race.start == Race.Start.WAVES:
        waves = dict(Wave.objects.filter(race=race).values_list("pk", "starts_at"))

    def start_of(entry):
        at = entry.slot_at if race.start == Race.Start.INTERVAL else waves.get(entry.wave_id)
        return f"{at.astimezone(zone):%H:%M:%S}" if at else ""

    return start_of


def _cheers(race, rows):
    """The newest that are shown, to runners who are named here."""
    named = {row.number: row for row in rows if row.name}
    if not race.takes_cheers or not named:
        return []
    entries = {entry.guest_id: entry.pk for entry in Entry.objects.filter(pk__in=named).only("guest_id")}
    found = Cheer.objects.for_all().with_senders().filter(activity=race.activity_id, runner__in=entries)
    return [
        domain.Line(number=entries[cheer.runner_id], text=cheer.text, sender=sender_of(cheer))
        for cheer in sorted(found[:MOST_CHEERS], key=attrgetter("said_at"), reverse=True)
    ]
