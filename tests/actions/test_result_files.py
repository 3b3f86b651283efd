"""Files of results at the same time: the same bytes come in once, two files one after the other."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import result_files, result_uploads
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


def test_a_file_that_is_applied_while_it_is_put_away_is_one_or_the_other(race, monkeypatch):
    data = plain([HEAD, *[[bib, f"12:{bib:02}"] for bib in range(1, 6)]])
    file = result_uploads.receive(race.activity, data, "r.csv", by=None, now=timezone.now())
    result_uploads.choose_columns(file, result_uploads.look_at(data), mapping={}, sheet="", now=timezone.now())
    applied, threads, take_away = [], [], result_uploads.take_away

    def apply():
        try:
            how = {"by": None, "channel": "office", "now": timezone.now()}
            applied.append(result_files.apply(race.activity, data, Choices(), file=file, **how).is_new)
        except result_files.FileIsGone:
            applied.append(False)
        finally:
            connection.close()

    def slowly(row):
        threads.append(threading.Thread(target=apply))
        threads[0].start()
        threads[0].join(1)  # comes first if nothing keeps it
        take_away(row)

    monkeypatch.setattr(result_uploads, "take_away", slowly)
    assert result_uploads.put_away(file)
    threads[0].join(60)
    assert applied == [False]
    assert (ResultFile.objects.count(), TimingEvent.objects.count()) == (0, 0)
