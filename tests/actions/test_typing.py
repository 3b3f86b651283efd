"""Times and statuses by hand: one deed each, undone as a whole, and never lost by another's."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import timing, typing
from events.actions.timing import Mark
from events.actions.typing import Outcome, Wish
from events.domain.by_hand import Said
from events.domain.ranking import Status
from events.domain.timing import Kind
from events.models import History, Race, Result, TimingEvent
from tests import factories, racing
from tests.database import whole_database

pytestmark = pytest.mark.django_db
M = 60_000


@pytest.fixture
def field(cast):
    """(race, the entries of Kari and Ola), with Otto to write of them."""
    race = racing.make_race(cast.event)
    return race, [racing.make_runner(race, name, bib=n) for n, name in enumerate(("Kari Nordås", "Ola Berge"), 1)]


def write(cast, race, *wishes, **fields):
    how = {"by": cast.otto, "channel": History.Channel.OFFICE, "now": timezone.now(), **fields}
    return typing.write(race.activity, wishes, **how)


def wish(race, entry, said):
    """As somebody types who sees what stands now."""
    stands = typing.standing(race).get(entry.pk)
    return Wish(entry.guest_id, said, stands.seen if stands else "")


def stands(entry):
    result = Result.objects.filter(entry=entry).first()
    return (result.status, result.time_ms, result.source) if result else None


def test_a_time_is_a_result_and_stands_in_the_history(cast, field):
    race, (kari, _ola) = field
    assert write(cast, race, wish(race, kari, Said(None, 12 * M))) == {kari.guest_id: Outcome.WRITTEN}
    assert stands(kari) == ("OK", 12 * M, "typed")
    row = History.objects.get(what="timed")
    assert (row.guest, row.by, row.facts) == (kari.guest, cast.otto, {"status": "", "time_ms": 12 * M})
    assert Race.objects.get(pk=race.pk).state == Race.State.PROVISIONAL


def test_the_same_again_writes_nothing(cast, field):
    race, (kari, _ola) = field
    write(cast, race, wish(race, kari, Said(None, 12 * M)))
    before = whole_database()
    assert write(cast, race, Wish(kari.guest_id, Said(None, 12 * M))) == {kari.guest_id: Outcome.AS_BEFORE}
    assert whole_database() == before


def test_a_status_comes_before_the_time_and_a_time_takes_it_back(cast, field):
    race, (kari, _ola) = field
    for said, result in [
        (Said(None, 12 * M), ("OK", 12 * M, "typed")),
        (Said(Status.DNF), ("DNF", None, "")),
        (Said(None, 13 * M), ("OK", 13 * M, "typed")),
        (Said(Status.DSQ), ("DSQ", None, "")),
        (Said(), None),
    ]:
        write(cast, race, wish(race, kari, said))
        assert stands(kari) == result


def test_what_is_taken_back_leaves_what_a_file_said(cast, field):
    race, (kari, _ola) = field
    mark = Mark(kind=Kind.IMPORTED, entry=kari, status=Status.OK, time_ms=14 * M)
    timing.record(race, [mark], by=None, channel="system", now=timezone.now())
    write(cast, race, wish(race, kari, Said(None, 12 * M)), reason="misread")
    assert stands(kari) == ("OK", 12 * M, "typed")
    assert TimingEvent.objects.get(kind="typed").facts["reason"] == "misread"
    write(cast, race, wish(race, kari, Said()))
    assert stands(kari) == ("OK", 14 * M, "imported")


def test_undo_takes_back_the_last_deed_of_that_person_alone(cast, field):
    race, (kari, ola) = field
    olga = factories.make_organiser(cast.event, "oda")
    how = {"channel": History.Channel.OFFICE, "now": timezone.now()}
    write(cast, race, wish(race, kari, Said(Status.DNF)))
    write(cast, race, wish(race, kari, Said(None, 12 * M)))  # two marks, one deed
    write(cast, race, wish(race, ola, Said(None, 15 * M)), by=olga)
    assert typing.undo_last(race.activity, by=cast.otto, **how) == kari
    assert (stands(kari), stands(ola)) == (("DNF", None, ""), ("OK", 15 * M, "typed"))
    assert typing.undo_last(race.activity, by=cast.otto, **how) == kari
    assert stands(kari) is None
    assert typing.undo_last(race.activity, by=cast.otto, **how) is None
    assert stands(ola) == ("OK", 15 * M, "typed")


def test_who_wrote_meanwhile_is_not_written_over(cast, field):
    race, (kari, _ola) = field
    mine = wish(race, kari, Said(None, 12 * M))
    write(cast, race, wish(race, kari, Said(None, 13 * M)))
    assert write(cast, race, mine) == {kari.guest_id: Outcome.CHANGED_MEANWHILE}
    assert stands(kari) == ("OK", 13 * M, "typed")


def test_of_who_does_not_take_part_nothing_is_written(cast, field):
    race, _entries = field
    for guest in (cast.greta, cast.zoe):
        assert write(cast, race, Wish(guest.pk, Said(None, 12 * M))) == {guest.pk: Outcome.NOT_THERE}
    assert not TimingEvent.objects.exists()


def test_whoever_comes_and_has_no_entry_gets_one_with_the_time(cast, field):
    race, _entries = field
    guest = factories.make_guest(cast.event, "Åse Øvrebø", answers={"race": "coming"})
    assert write(cast, race, Wish(guest.pk, Said(None, 12 * M))) == {guest.pk: Outcome.WRITTEN}
    assert stands(guest.entry_set.get()) == ("OK", 12 * M, "typed")


def test_final_results_are_provisional_again_with_a_new_time(cast, field):
    race, (kari, _ola) = field
    Race.objects.filter(pk=race.pk).update(state=Race.State.FINAL)
    write(cast, race, wish(race, kari, Said(None, 12 * M)))
    assert Race.objects.get(pk=race.pk).state == Race.State.PROVISIONAL
    assert stands(kari) == ("OK", 12 * M, "typed")


@pytest.mark.django_db(transaction=True)
def test_two_who_type_other_lines_at_the_same_time_lose_nothing():
    event = factories.make_event()
    otto = factories.make_organiser(event)
    race = racing.make_race(event)
    entries = [racing.make_runner(race, f"Løper {n}", bib=n) for n in range(16)]
    faults, gate = [], threading.Barrier(2)

    def type_all(mine):
        try:
            gate.wait(10)
            for entry in mine:
                said = Said(None, (10 + entry.bib) * M)
                typing.write(
                    race.activity, [Wish(entry.guest_id, said)], by=otto, channel="office", now=timezone.now()
                )  # fmt: skip
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=type_all, args=(entries[at::2],)) for at in (0, 1)]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    assert faults == []
    assert {result.entry.bib: result.time_ms for result in Result.objects.select_related("entry")} == {
        n: (10 + n) * M for n in range(16)
    }
    assert sorted(Result.objects.values_list("place", flat=True)) == list(range(1, 17))
