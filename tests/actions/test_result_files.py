"""Files of results at the same time: the same bytes come in once, two files one after the other."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import result_files
from events.actions.result_files import Choices
from events.models import Result, ResultFile, TimingEvent
from tests import factories, racing
from tests.result_files import plain

pytestmark = pytest.mark.django_db(transaction=True)
HEAD = ["Startnr", "Tid"]


@pytest.fixture
def race():
    race = racing.make_race(factories.make_event())
    for bib in range(1, 6):
        racing.make_runner(race, f"Løper {bib}", bib=bib)
    return race


def apply_at_once(race, *files):
    """What became of the files when they were pressed at one moment."""
    gate, done = threading.Barrier(len(files)), []

    def apply(data):
        try:
            gate.wait(10)
            how = {"by": None, "channel": "office", "now": timezone.now()}
            done.append(result_files.apply(race.activity, data, Choices(), **how).is_new)
        except BaseException as fault:
            done.append(fault)
        finally:
            connection.close()

    threads = [threading.Thread(target=apply, args=(data,)) for data in files]
    [thread.start() for thread in threads]
    [thread.join(60) for thread in threads]
    return done


def test_the_same_file_pressed_twice_at_one_moment_comes_in_once(race):
    data = plain([HEAD, *[[bib, f"12:{bib:02}"] for bib in range(1, 6)]])
    assert sorted(apply_at_once(race, data, data)) == [False, True]
    assert (ResultFile.objects.count(), TimingEvent.objects.count(), Result.objects.count()) == (1, 5, 5)


def test_two_files_at_one_moment_lose_nothing_of_each_other(race):
    one = plain([HEAD, *[[bib, f"12:{bib:02}"] for bib in (1, 2, 3)]])
    other = plain([HEAD, *[[bib, f"12:{bib:02}"] for bib in (4, 5)]])
    assert apply_at_once(race, one, other) == [True, True]
    assert dict(Result.objects.values_list("entry__bib", "time_ms")) == {n: (720 + n) * 1000 for n in range(1, 6)}
    assert sorted(Result.objects.values_list("place", flat=True)) == [1, 2, 3, 4, 5]
