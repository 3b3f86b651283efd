"""Cheers: said once, within limits, shown as the race says, hidden for good by their runner, gone with their people."""

from datetime import timedelta
from threading import Barrier, Thread

import pytest
from django.db import connections
from django.utils import timezone

from events.actions import cheers, privacy
from events.models import Cheer, Entry, History, Race
from events.reports import cheers as reports
from tests import racing

WEB = {"by": None, "channel": History.Channel.WEB}
TEXT = "Heia, Kari! Du klarer dette."


@pytest.fixture
def race(cast):
    return racing.make_race(cast.event)


@pytest.fixture
def kari(race):
    return racing.make_runner(race, "Kari Åsen").guest


def say(kari, race, guest=None, text=TEXT, **sender):
    return cheers.say(kari, race.activity, text, guest=guest, now=timezone.now(), **WEB, **sender)


def deeds():
    return list(History.objects.filter(what__startswith="cheer").order_by("pk").values_list("what", flat=True))


def test_a_cheer_is_kept_and_shown_and_the_history_has_no_word_of_it(cast, race, kari):
    cheer = say(kari, race, cast.greta)
    assert (cheer.runner, cheer.guest, cheer.text, cheer.state) == (kari, cast.greta, TEXT, "shown")
    (row,) = History.objects.filter(what="cheered")
    assert (row.guest, row.activity, row.facts) == (kari, race.activity, {})


def test_a_host_cheers_by_name(cast, race, kari):
    assert reports.sender_of(say(kari, race, host=cast.host)) == "Marte Lie"


@pytest.mark.parametrize(("rule", "state"), [("at_once", "shown"), ("first_read", "waiting")])
def test_it_is_shown_as_the_race_says(cast, race, kari, rule, state):
    Race.objects.update(cheering=rule)
    assert say(kari, race, cast.greta).state == state


def test_nobody_cheers_where_the_race_or_the_runner_takes_none(cast, race, kari):
    Race.objects.update(cheering="off")
    with pytest.raises(cheers.NoCheers):
        say(kari, race, cast.greta)
    Race.objects.update(cheering="at_once")
    assert cheers.want(kari, race.activity, False, now=timezone.now(), **WEB)
    with pytest.raises(cheers.NoCheers):
        say(kari, race, cast.greta)
    assert not Cheer.objects.exists()
    assert cheers.want(kari, race.activity, True, now=timezone.now(), **WEB)
    say(kari, race, cast.greta)


def test_pressing_twice_says_it_once_and_saying_it_again_later_says_it_twice(cast, race, kari, clock):
    assert say(kari, race, cast.greta) == say(kari, race, cast.greta)
    assert (Cheer.objects.count(), deeds()) == (1, ["cheered"])
    say(kari, race, cast.henrik)
    clock.move(minutes=11)
    say(kari, race, cast.greta)
    assert Cheer.objects.count() == 3


def test_one_sender_may_say_so_much_within_the_hour(cast, race, kari, clock, settings):
    settings.CHEERS_PER_SENDER_PER_HOUR = 2
    say(kari, race, cast.greta, "En")
    say(kari, race, cast.greta, "To")
    with pytest.raises(cheers.TooManyCheers) as refusal:
        say(kari, race, cast.greta, "Tre")
    assert not refusal.value.is_of_runner
    say(kari, race, cast.henrik, "Tre")
    clock.move(hours=1, minutes=1)
    say(kari, race, cast.greta, "Fire")


def test_one_runner_gets_so_many_within_the_hour(cast, race, kari, settings):
    settings.CHEERS_PER_RUNNER_PER_HOUR = 2
    say(kari, race, cast.greta)
    say(kari, race, cast.henrik)
    with pytest.raises(cheers.TooManyCheers) as refusal:
        say(kari, race, host=cast.host)
    assert refusal.value.is_of_runner


def test_showing_and_hiding_is_told_once_and_can_be_taken_back(cast, race, kari):
    Race.objects.update(cheering="first_read")
    cheer = say(kari, race, cast.greta)
    way = {"by": cast.otto, "channel": History.Channel.OFFICE, "now": timezone.now()}
    assert [cheers.show(cheer, **way), cheers.show(cheer, **way)] == [True, False]
    assert [cheers.hide(cheer, **way), cheers.hide(cheer, **way)] == [True, False]
    assert cheers.show(cheer, **way)
    assert deeds() == ["cheered", "cheer_shown", "cheer_hidden", "cheer_shown"]


def test_what_the_runner_put_away_nobody_else_shows_again(cast, race, kari):
    cheer = say(kari, race, cast.greta)
    now = timezone.now()
    assert [cheers.put_away(cheer, now=now, **WEB), cheers.put_away(cheer, now=now, **WEB)] == [True, False]
    assert not cheers.show(cheer, now=now, by=cast.otto, channel="office")
    assert Cheer.objects.get().state == "hidden"
    assert cheers.take_out(cheer, now=now, **WEB)
    assert Cheer.objects.get().state == "shown"
    cheers.hide(cheer, now=now, by=cast.otto, channel="office")
    assert not cheers.take_out(cheer, now=now, **WEB)  # what an organiser hid, a runner does not bring back


@pytest.mark.parametrize("who", ["sender", "runner"])
def test_a_cheer_goes_when_its_sender_or_its_runner_is_forgotten(cast, race, kari, who):
    say(kari, race, cast.greta)
    privacy.forget_guest({"sender": cast.greta, "runner": kari}[who], now=timezone.now(), **WEB)
    assert not Cheer.objects.exists()
    assert deeds()[:1] == ["cheered"]


def test_wanting_none_makes_the_entry_that_says_so(cast, race):
    assert cheers.want(cast.greta, race.activity, False, now=timezone.now(), **WEB)
    assert not cheers.want(cast.greta, race.activity, False, now=timezone.now(), **WEB)
    assert Entry.objects.get(guest=cast.greta).wants_no_cheers


@pytest.mark.django_db(transaction=True)
def test_two_presses_at_the_same_moment_say_it_once(cast, race, kari):
    barrier, failed = Barrier(2), []

    def press():
        barrier.wait()
        try:
            say(kari, race, cast.greta)
        except Exception as error:
            failed.append(error)
        finally:
            connections.close_all()

    threads = [Thread(target=press) for _each in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert Cheer.objects.count() == 1


def test_a_moment_of_another_clock_is_still_the_same_press(cast, race, kari, clock):
    say(kari, race, cast.greta)
    clock.now -= timedelta(seconds=2)
    say(kari, race, cast.greta)
    assert Cheer.objects.count() == 1
