"""Calendar entries follow the answer: whoever stops coming, and comes again, has a new revision each time."""

import pytest

from events.actions import answers, calendars, guests, undo
from events.domain.answers import Choice
from events.domain.links import Purpose
from events.models import Activity, Answer, History, Invitation, links
from tests import factories

pytestmark = pytest.mark.django_db
WEB = {"by": None, "channel": History.Channel.WEB}


def say(guest, choice, now, slug="dinner"):
    answers.give(guest, {slug: choice}, **WEB, now=now)
    return entry(guest, slug)


def entry(guest, slug="dinner"):
    row = Answer.objects.get(guest=guest, activity__slug=slug)
    return row.sequence, row.left_at, row.stamped_at


def test_a_first_yes_changes_no_revision(cast, clock, now):
    assert say(cast.henrik, Choice.COMING, clock.move(hours=1)) == (0, None, now)


def test_nothing_is_told_to_calendars_when_somebody_who_never_came_says_no(cast, clock, now):
    assert say(cast.henrik, Choice.UNSURE, clock.move(hours=1)) == (0, None, now)
    assert say(cast.henrik, Choice.NOT_COMING, clock.move(hours=1)) == (0, None, now)


@pytest.mark.parametrize("choice", [Choice.NOT_COMING, Choice.UNSURE])
def test_the_number_rises_when_a_guest_leaves_and_when_the_guest_is_back(cast, clock, choice):
    left = clock.move(hours=1)
    assert say(cast.greta, choice, left) == (1, left, left)
    assert say(cast.greta, Choice.NOT_COMING, clock.move(hours=1)) == (1, left, left)
    back = clock.move(hours=1)
    assert say(cast.greta, Choice.COMING, back) == (2, None, back)


def test_the_number_rises_when_the_guest_gets_a_place_from_the_waiting_list_after_having_left(cast, clock):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    left = clock.move(hours=1)
    say(cast.greta, Choice.NOT_COMING, left)
    say(cast.henrik, Choice.COMING, clock.move(hours=1))
    assert say(cast.greta, Choice.COMING, clock.move(hours=1)) == (1, left, left)  # waits
    back = clock.move(hours=1)
    say(cast.henrik, Choice.NOT_COMING, back)
    assert entry(cast.greta) == (2, None, back)


def test_the_number_rises_when_a_place_is_taken_back_and_given_again_by_undoing(cast, clock):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    say(cast.henrik, Choice.COMING, clock.move(hours=1))
    say(cast.greta, Choice.NOT_COMING, clock.move(hours=1))
    assert entry(cast.henrik)[:2] == (0, None)
    promoted = History.objects.get(guest=cast.henrik, what="promoted")
    taken = clock.move(hours=1)
    done = undo.undo(promoted, by=cast.otto, channel=History.Channel.OFFICE, now=taken, tell=False)
    assert entry(cast.henrik) == (1, taken, taken)
    again = clock.move(hours=1)
    undo.undo(done.row, by=cast.otto, channel=History.Channel.OFFICE, now=again, tell=False)
    assert entry(cast.henrik) == (2, None, again)


def test_the_address_ends_and_the_link_stays_when_the_subscription_is_ended(cast, now):
    before = {purpose: factories.token_of(cast.greta, purpose) for purpose in (Purpose.GUEST, Purpose.FEED)}
    calendars.end_subscription(cast.greta, **WEB, now=now)
    assert links.find(before[Purpose.FEED], Purpose.FEED) is None
    assert links.find(before[Purpose.GUEST]).guest == cast.greta
    fresh = Invitation.objects.get(guest=cast.greta)
    assert links.find(links.token(fresh, Purpose.FEED), Purpose.FEED) == fresh
    assert History.objects.get(guest=cast.greta, what="feed_ended").channel == "web"


@pytest.mark.parametrize("ends_feed", [False, True])
def test_a_new_link_ends_the_subscription_only_when_asked_to(cast, now, ends_feed):
    feed = factories.token_of(cast.greta, Purpose.FEED)
    guests.renew_link(cast.greta, by=cast.otto, channel=History.Channel.OFFICE, now=now, ends_feed=ends_feed)
    assert (links.find(feed, Purpose.FEED) is None) is ends_feed


def test_the_number_stays_where_a_calendar_invitation_went_out_so_that_replies_to_it_are_taken(cast, clock):
    Answer.objects.filter(guest=cast.greta).update(asked_sequence=0)
    left = clock.move(hours=1)
    assert say(cast.greta, Choice.NOT_COMING, left) == (0, left, left)
    back = clock.move(hours=1)
    assert say(cast.greta, Choice.COMING, back) == (0, None, back)
