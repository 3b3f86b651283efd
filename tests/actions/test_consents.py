"""What guests agree to: apart, in force at once, one at a time, and told in codes."""

import threading
from datetime import timedelta

import pytest
from django.db import connection

from events.actions import consents
from events.models import Consent, Guest, History
from tests import factories

pytestmark = pytest.mark.django_db
PHOTOS, NAME, INVITE = Consent.Purpose.PHOTOS, Consent.Purpose.NAME, Consent.Purpose.INVITE


def say(guest, purpose, is_given, now, **kwargs):
    way = {"by": None, "channel": History.Channel.WEB, "language": "nb", **kwargs}
    return consents.say(guest, purpose, is_given, now=now, **way)


def rows(guest):
    fields = ("purpose", "is_given", "said_at", "withdrawn_at")
    return list(Consent.objects.filter(guest=guest).order_by("pk").values_list(*fields))


def test_wording_language_time_and_way_are_kept_when_a_guest_says_yes(cast, now):
    said = say(cast.greta, PHOTOS, True, now, channel=History.Channel.PHONE, language="fi", by=cast.otto)
    said.refresh_from_db()
    kept = (said.purpose, said.is_given, said.text_version, said.language, said.channel, said.said_at)
    assert kept == ("photos", True, "1", "fi", "phone", now)
    assert said.withdrawn_at is None


def test_the_former_one_is_withdrawn_at_the_same_moment_when_the_guest_changes_mind(cast, clock):
    first = clock.now
    say(cast.greta, NAME, True, first)
    second = clock.move(days=1)
    say(cast.greta, NAME, False, second)
    assert rows(cast.greta) == [("name", True, first, second), ("name", False, second, None)]


def test_nothing_is_written_when_the_same_is_said_again(cast, clock):
    say(cast.greta, PHOTOS, False, clock.now)
    say(cast.greta, PHOTOS, False, clock.move(days=1), language="sv")
    assert len(rows(cast.greta)) == 1
    assert History.objects.filter(what="consent").count() == 1


def test_a_yes_to_another_wording_is_a_yes_of_its_own(cast, clock):
    say(cast.greta, PHOTOS, True, clock.now)
    Consent.objects.update(text_version="0")
    say(cast.greta, PHOTOS, True, clock.move(days=1))
    assert list(Consent.objects.order_by("pk").values_list("text_version", "withdrawn_at")) == [
        ("0", clock.now),
        ("1", None),
    ]


def test_purposes_stand_apart_when_one_is_withdrawn(cast, now):
    for purpose in (PHOTOS, NAME, INVITE):
        say(cast.greta, purpose, True, now)
    say(cast.greta, NAME, False, now)
    in_force = {purpose: said.is_given for purpose, said in Consent.objects.said_by(cast.greta).items()}
    assert in_force == {"photos": True, "name": False, "invite": True}


def test_the_history_holds_codes_when_something_is_said(cast, now):
    say(cast.greta, INVITE, False, now, by=cast.otto, channel=History.Channel.MET)
    row = History.objects.get(what="consent")
    assert (row.guest, row.event, row.by, row.channel, row.at) == (cast.greta, cast.event, cast.otto, "met", now)
    assert row.facts == {"purpose": "invite", "after": "no", "before": ""}


def test_a_clock_that_is_behind_is_no_failure_when_the_mind_is_changed(cast, now):
    say(cast.greta, PHOTOS, True, now)
    say(cast.greta, PHOTOS, False, now - timedelta(seconds=2))
    assert rows(cast.greta) == [("photos", True, now, now), ("photos", False, now, None)]


def test_who_agreed_is_asked_in_one_query_when_others_said_no_withdrew_or_were_silent(
    cast, clock, django_assert_num_queries
):
    say(cast.greta, PHOTOS, True, clock.now)
    say(cast.greta, NAME, False, clock.now)
    say(cast.henrik, PHOTOS, False, clock.now)
    say(cast.ines, PHOTOS, True, clock.now)
    say(cast.ines, PHOTOS, False, clock.move(hours=1))
    say(cast.zoe, PHOTOS, True, clock.now)
    with django_assert_num_queries(1):
        assert set(Guest.objects.filter(event=cast.event).who_agreed(PHOTOS)) == {cast.greta}
    with django_assert_num_queries(1):
        told = Guest.objects.filter(event=cast.event).with_consent(PHOTOS)
        assert {guest.pk: guest.agrees for guest in told} == {
            cast.greta.pk: True,
            cast.henrik.pk: False,
            cast.ines.pk: False,
        }
    silent = factories.make_guest(cast.event)
    assert Guest.objects.with_consent(PHOTOS).get(pk=silent.pk).agrees is None
    agreed = [Consent.objects.agreed(guest, PHOTOS) for guest in (cast.greta, cast.henrik, cast.ines, silent)]
    assert agreed == [True, False, False, False]


@pytest.mark.django_db(transaction=True)
def test_one_is_in_force_when_two_posts_race(cast, now):
    """The first to come writes, the second finds it; none fails."""
    failures, start = [], threading.Barrier(4)

    def post(number):
        start.wait()
        try:
            say(Guest.objects.get(pk=cast.greta.pk), PHOTOS, number % 2 == 0, now)
        except Exception as failure:
            failures.append(failure)
        finally:
            connection.close()

    threads = [threading.Thread(target=post, args=(number,)) for number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert Consent.objects.in_force().filter(guest=cast.greta, purpose=PHOTOS).count() == 1
    assert History.objects.filter(what="consent").count() == Consent.objects.count()
