"""The waiting list: parties whole, the order kept, the cut-off, places said yes to, and what organisers do by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions import answers, cancelling, companions, events, places, programme, waiting_by_hand, waiting_list
from events.actions.companions import Wish
from events.domain.answers import Choice, Window
from events.domain.waiting import Why
from events.models import Activity, Answer, Event, Guest, History, Message
from tests import factories
from tests.meanwhile import at_once

COMING, NOT_COMING, UNSURE = Choice.COMING, Choice.NOT_COMING, Choice.UNSURE


def give(guest, now, choice=COMING, **how):
    return answers.give(guest, {"dinner": choice}, **{"by": None, "channel": "web", "now": now, **how})


def bring(guest, now, *names):
    """The guest brings so many to the dinner, told in one go."""
    Guest.objects.filter(pk=guest.pk).update(companions_allowed=9)
    guest.refresh_from_db()
    wishes = [Wish(name=name, answers={"dinner": COMING}) for name in names]
    companions.save(guest, wishes, by=None, channel="web", now=now)
    return list(Guest.objects.filter(companion_of=guest).order_by("pk"))


def places_of(event_or_activity, **changes):
    Activity.objects.filter(event=event_or_activity, slug="dinner").update(**changes)
    return Activity.objects.get(event=event_or_activity, slug="dinner")


def state(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner").state


def answer_of(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner")


def line(activity):
    """[names of those who stand together] in order."""
    units = {}
    for answer in Answer.objects.filter(activity=activity).waiting().select_related("guest__contact"):
        units.setdefault(answer.waiting_number, []).append(answer.guest.name)
    return list(units.values())


def by_hand(cast, now):
    return {"by": cast.otto, "channel": "office", "now": now}


@pytest.fixture
def full(cast, now):
    """A dinner for one, which Greta has; Henrik and Kai wait together, then Ines."""
    places_of(cast.event, capacity=1)
    give(cast.henrik, now)
    bring(cast.henrik, now, "Kai Moe")
    give(cast.ines, now)
    return cast


def dinner(cast):
    return cast.activity("dinner")


def test_the_companion_waits_alone_when_the_guest_has_the_last_place(cast, now):
    places_of(cast.event, capacity=2)
    give(cast.henrik, now)
    kai, eli = bring(cast.henrik, now, "Kai Moe", "Eli Moe")
    assert [state(guest) for guest in (cast.henrik, kai, eli)] == ["coming", "waiting", "waiting"]
    assert line(dinner(cast)) == [["Kai Moe", "Eli Moe"]]


def test_two_who_ask_together_both_wait_when_there_is_one_place(cast, now):
    places_of(cast.event, capacity=3)
    give(cast.henrik, now)
    bring(cast.henrik, now, "Kai Moe", "Eli Moe")
    assert line(dinner(cast)) == [["Kai Moe", "Eli Moe"]]


def test_a_companion_stands_with_the_guest_who_waits_already(full):
    assert line(dinner(full)) == [["Henrik Sørli", "Kai Moe"], ["Ines Öberg"]]


def test_a_party_gets_in_together_or_not_at_all_and_nobody_is_let_past_it(full, now):
    give(full.greta, now, NOT_COMING)
    assert line(dinner(full)) == [["Henrik Sørli", "Kai Moe"], ["Ines Öberg"]]
    programme.change(dinner(full), {"capacity": 2}, **by_hand(full, now))
    assert line(dinner(full)) == [["Ines Öberg"]]
    assert {row.guest.name for row in dinner(full).answer_set.filter(state="coming")} == {"Henrik Sørli", "Kai Moe"}


def test_whoever_is_left_gets_in_when_the_other_leaves_the_line(full, now):
    """One place is free, two stand first; one of them says no."""
    give(full.greta, now, NOT_COMING)
    (kai,) = full.henrik.companions.all()
    companions.save(full.henrik, [Wish(pk=kai.pk, is_removed=True)], by=None, channel="web", now=now)
    assert (state(full.henrik), state(full.ines)) == ("coming", "waiting")


def test_the_next_get_in_when_a_party_in_front_leaves_the_line(full, now):
    give(full.greta, now, NOT_COMING)
    give(full.henrik, now, NOT_COMING)
    assert (state(full.ines), line(dinner(full))) == ("coming", [])


def test_the_party_is_told_in_one_letter_to_the_guest(full, now):
    programme.change(dinner(full), {"capacity": 3}, **by_hand(full, now))
    letters = Message.objects.filter(letter="promoted")
    assert [(letter.guest, letter.activity.slug) for letter in letters] == [(full.henrik, "dinner")]
    assert {row.guest.name for row in History.objects.filter(what="promoted")} == {"Henrik Sørli", "Kai Moe"}
    assert {row.promoted_at for row in dinner(full).answer_set.exclude(promoted_at=None)} == {now}
    assert dinner(full).answer_set.exclude(promoted_at=None).count() == 2


def test_one_takes_the_place_when_the_party_lets_itself_be_split(full, now):
    give(full.greta, now, NOT_COMING)
    promoted = waiting_list.split(full.henrik, by=None, channel="web", now=now)
    assert [answer.guest for answer in promoted] == [full.henrik]
    assert line(dinner(full)) == [["Kai Moe"], ["Ines Öberg"]]
    assert waiting_list.split(full.henrik, by=None, channel="web", now=now) == []
    assert History.objects.filter(what="companions", facts={"splits": True}).count() == 1


def test_those_who_wait_behind_keep_their_order_when_a_party_is_split(cast, now):
    places_of(cast.event, capacity=1)
    give(cast.henrik, now)
    bring(cast.henrik, now, "Kai Moe", "Eli Moe")
    others = [factories.make_guest(cast.event, f"Gjest {number}") for number in "ABC"]
    for guest in others:
        give(guest, now)
    waiting_list.split(cast.henrik, by=None, channel="web", now=now)
    assert line(dinner(cast)) == [["Henrik Sørli"], ["Kai Moe"], ["Eli Moe"], ["Gjest A"], ["Gjest B"], ["Gjest C"]]


def test_a_split_party_takes_what_there_is_when_it_asks(cast, now):
    places_of(cast.event, capacity=3)
    give(cast.henrik, now)
    Guest.objects.filter(pk=cast.henrik.pk).update(splits_party=True)
    kai, eli = bring(cast.henrik, now, "Kai Moe", "Eli Moe")
    assert (state(kai), state(eli)) == ("coming", "waiting")


def test_a_new_guest_waits_behind_a_party_although_a_place_is_free(full, now):
    give(full.greta, now, NOT_COMING)
    guest = factories.make_guest(full.event, "Nils Ny")
    give(guest, now)
    assert line(dinner(full))[-1] == ["Nils Ny"]


# --- the cut-off


@pytest.mark.parametrize(("hours_before", "is_let_in"), [(25, True), (24, False), (1, False)])
def test_nobody_is_let_in_by_itself_from_the_cut_off_on(full, clock, hours_before, is_let_in):
    clock.now = dinner(full).starts_at - timedelta(hours=hours_before)
    give(full.ines, clock.now, NOT_COMING, by=full.otto, channel="phone")
    give(full.greta, clock.now, NOT_COMING, by=full.otto, channel="phone")
    programme.change(dinner(full), {"capacity": 2}, **by_hand(full, clock.now))
    assert (state(full.henrik) == "coming") is is_let_in


def test_places_are_given_when_the_cut_off_is_moved(full, clock):
    now = clock.now = dinner(full).starts_at - timedelta(hours=3)
    give(full.henrik, now, NOT_COMING, by=full.otto, channel="phone")
    give(full.greta, now, NOT_COMING, by=full.otto, channel="phone")
    assert state(full.ines) == "waiting"
    programme.change(dinner(full), {"promotes_until_hours": 2}, **by_hand(full, now))
    assert state(full.ines) == "coming"


@pytest.mark.parametrize("off", ["activity", "event"])
def test_nobody_is_let_in_while_it_is_cancelled_and_they_are_when_it_comes_back(full, now, off):
    if off == "activity":
        cancelling.cancel(dinner(full), **by_hand(full, now))
    else:
        events.change_state(full.event, Event.State.CANCELLED, **by_hand(full, now))
    programme.change(dinner(full), {"capacity": 3}, **by_hand(full, now))
    assert state(full.henrik) == "waiting"
    if off == "activity":
        cancelling.restore(dinner(full), **by_hand(full, now))
    else:
        events.change_state(full.event, Event.State.OPEN, **by_hand(full, now))
    assert state(full.henrik) == "coming"


# --- a place is said yes to, or given back


@pytest.fixture
def promoted(full, now):
    """Henrik and Kai have got places; the deadline is past."""
    programme.change(dinner(full), {"capacity": 3}, **by_hand(full, now))
    Event.objects.filter(pk=full.event.pk).update(answer_by_at=now - timedelta(days=1))
    full.henrik.event.refresh_from_db()
    return full


def say(guest, choice, now, slug="dinner"):
    return places.answer(guest, slug, choice, by=None, channel="web", now=now)


def test_a_place_is_kept_when_the_guest_says_yes_also_after_the_deadline(promoted, clock):
    now = clock.move(hours=1)
    say(promoted.henrik, COMING, now)
    assert not dinner(promoted).answer_set.exclude(promoted_at=None).exists()
    assert {row.guest.name for row in History.objects.filter(what="confirmed")} == {"Henrik Sørli", "Kai Moe"}
    assert state(promoted.henrik) == "coming"
    written = History.objects.count()
    say(promoted.henrik, COMING, now)
    assert History.objects.count() == written


def test_places_go_to_the_next_when_the_guest_says_no_also_after_the_deadline(promoted, clock):
    settled = say(promoted.henrik, NOT_COMING, clock.move(hours=1))
    assert {state(guest) for guest in (promoted.henrik, *promoted.henrik.companions.all())} == {"not_coming"}
    assert [answer.guest for answer in settled.promoted] == [promoted.ines]


def test_it_is_too_late_when_the_activity_has_begun(promoted, clock):
    clock.now = dinner(promoted).starts_at + timedelta(seconds=1)
    settled = say(promoted.henrik, NOT_COMING, clock.now)
    assert {decision.window for decision in settled.decisions["dinner"].values()} == {Window.DEADLINE_PASSED}
    assert state(promoted.henrik) == "coming"


def test_only_the_companion_gives_the_place_back_when_only_the_companion_got_it(cast, now):
    places_of(cast.event, capacity=2)
    give(cast.henrik, now)
    (kai,) = bring(cast.henrik, now, "Kai Moe")
    programme.change(dinner(cast), {"capacity": 3}, **by_hand(cast, now))
    assert state(kai) == "coming"
    say(cast.henrik, NOT_COMING, now)
    assert (state(cast.henrik), state(kai)) == ("coming", "not_coming")


def test_a_yes_on_the_guests_page_confirms_the_guests_own_place(promoted, clock):
    Event.objects.filter(pk=promoted.event.pk).update(answer_by_at=None)
    promoted.henrik.event.refresh_from_db()
    given = give(promoted.henrik, clock.now, COMING)
    assert given.is_changed
    assert answer_of(promoted.henrik).promoted_at is None
    assert History.objects.get(what="confirmed").guest == promoted.henrik


def test_nothing_happens_when_one_says_yes_to_a_place_one_has_not_got(full, now):
    say(full.ines, COMING, now)
    assert state(full.ines) == "waiting"
    say(full.ines, COMING, now, slug="elsewhere")


# --- by hand


def test_the_order_changes_with_a_reason_that_stands_in_the_history(full, now):
    waiting_by_hand.move(answer_of(full.ines), 1, reason="Skal holde tale", **by_hand(full, now))
    assert line(dinner(full)) == [["Ines Öberg"], ["Henrik Sørli", "Kai Moe"]]
    row = History.objects.get(what="moved")
    assert (row.guest, row.by, row.facts) == (full.ines, full.otto, {"from": 3, "to": 1, "reason": "Skal holde tale"})


def test_a_party_is_moved_together(full, now):
    (kai,) = full.henrik.companions.all()
    waiting_by_hand.move(answer_of(kai), 99, reason="Spurte selv", **by_hand(full, now))
    assert line(dinner(full)) == [["Ines Öberg"], ["Henrik Sørli", "Kai Moe"]]
    assert History.objects.filter(what="moved").count() == 2


def test_whoever_is_moved_to_the_front_gets_a_place_that_is_free(full, now):
    give(full.greta, now, NOT_COMING)  # one place, two in front
    promoted = waiting_by_hand.move(answer_of(full.ines), 1, reason="Alene", **by_hand(full, now))
    assert [answer.guest for answer in promoted] == [full.ines]
    assert state(full.ines) == "coming"


def test_nothing_is_written_when_somebody_is_moved_to_where_one_stands(full, now):
    assert waiting_by_hand.move(answer_of(full.henrik), 2, reason="x", **by_hand(full, now)) == []
    assert not History.objects.filter(what="moved").exists()


def test_who_no_longer_waits_is_neither_moved_nor_given_a_place(full, now):
    answer = answer_of(full.ines)
    give(full.ines, now, NOT_COMING)
    with pytest.raises(waiting_by_hand.NoLongerWaits):
        waiting_by_hand.move(answer, 1, reason="x", **by_hand(full, now))
    with pytest.raises(waiting_by_hand.NoLongerWaits):
        waiting_by_hand.give_place(answer, **by_hand(full, now))


def test_a_place_is_given_by_hand_after_the_cut_off(full, clock):
    now = clock.now = dinner(full).starts_at - timedelta(hours=3)
    give(full.greta, now, NOT_COMING, by=full.otto)
    given = waiting_by_hand.give_place(answer_of(full.ines), **by_hand(full, now))
    assert [answer.guest for answer in given] == [full.ines]
    assert (state(full.ines), answer_of(full.ines).promoted_at) == ("coming", now)
    assert History.objects.get(what="given_place").by == full.otto
    assert Message.objects.get(letter="promoted").guest == full.ines


def test_more_than_there_is_room_for_is_given_only_when_it_is_said(full, now):
    with pytest.raises(waiting_by_hand.NoRoom) as full_up:
        waiting_by_hand.give_place(answer_of(full.henrik), **by_hand(full, now))
    assert (full_up.value.free, full_up.value.heads) == (0, 2)
    waiting_by_hand.give_place(answer_of(full.henrik), beyond=True, **by_hand(full, now))
    assert dinner(full).answer_set.filter(state="coming").count() == 3
    assert set(History.objects.filter(what="given_place").values_list("facts__beyond", flat=True)) == {True}


def test_no_place_is_given_of_what_is_cancelled(full, now):
    cancelling.cancel(dinner(full), **by_hand(full, now))
    with pytest.raises(waiting_by_hand.NothingToGive) as refused:
        waiting_by_hand.give_place(answer_of(full.ines), **by_hand(full, now))
    assert refused.value.why is Why.CANCELLED


# --- all at once


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_no_place_is_oversold_and_no_party_split_when_twenty_parties_ask_at_once():
    event = factories.make_event()
    places_of(event, capacity=27)  # 20 guests and 7 more, for parties of up to three more
    guests = [factories.make_guest(event, answers={"dinner": "coming"}, companions_allowed=3) for _ in range(20)]
    sizes = {guest.pk: 1 + number % 3 for number, guest in enumerate(guests)}

    def ask(guest):
        wishes = [Wish(name=f"Følge {n}", answers={"dinner": COMING}) for n in range(sizes[guest.pk])]
        return lambda: companions.save(guest, wishes, by=None, channel="web", now=timezone.now())

    assert at_once([ask(guest) for guest in guests]) == []
    activity = event.activity_set.get(slug="dinner")
    coming = activity.answer_set.filter(state="coming").count()
    assert coming <= 27
    for guest in guests:
        states = {row.state for row in Answer.objects.filter(guest__companion_of=guest, activity=activity)}
        assert len(states) == 1, "together or not at all"
    units = Answer.objects.filter(activity=activity).waiting().values_list("waiting_number", "guest__companion_of")
    numbers = sorted({number for number, _of in units})
    assert numbers == list(range(1, len(numbers) + 1))
    assert len(set(units)) == len(numbers), "each number is one party's"
    first = [leader for number, leader in units if number == 1]
    assert coming + len(first) > 27, "who stands first found no room"
    saved = History.objects.filter(activity=activity, facts__after="waiting").order_by("pk")
    order = list(dict.fromkeys(saved.values_list("guest__companion_of", flat=True)))
    assert order == list(dict.fromkeys(leader for _number, leader in units))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_the_line_stays_whole_when_organisers_move_and_guests_leave_at_once():
    event = factories.make_event()
    activity = places_of(event, capacity=2)
    for _ in range(2):
        factories.make_guest(event, answers={"dinner": "coming"})
    guests = [factories.make_guest(event, f"Gjest {number}", answers={"dinner": "waiting"}) for number in range(12)]
    for guest in guests[::3]:
        factories.make_companion(guest, "Følge", answers={"dinner": "waiting"})
    otto, now = factories.make_organiser(event), timezone.now()
    how = {"by": otto, "channel": "office", "now": now}
    moves = [
        lambda guest=guest, to=to: waiting_by_hand.move(answer_of(guest), to, reason="Etter avtale", **how)
        for guest, to in ((guests[9], 1), (guests[5], 2), (guests[0], 99), (guests[3], 1), (guests[7], 5))
    ]
    leave = [lambda guest=guest: give(guest, now, NOT_COMING) for guest in (guests[1], guests[6])]
    more = [lambda: programme.change(Activity.objects.get(pk=activity.pk), {"capacity": 5}, **how)]
    failures = at_once([*moves, *leave, *more])
    assert [error for error in failures if not isinstance(error, waiting_by_hand.NoLongerWaits)] == []
    units = list(
        Answer.objects.filter(activity=activity).waiting().values_list("waiting_number", "guest", "guest__companion_of")
    )
    parties = {}
    for number, guest, leader in units:
        parties.setdefault(number, set()).add(leader or guest)
    assert {len(leaders) for leaders in parties.values()} == {1}
    assert len(parties) == len({leader for leaders in parties.values() for leader in leaders})
    coming = activity.answer_set.filter(state="coming").count()
    first = [row for row in units if row[0] == units[0][0]]
    assert coming <= 5
    assert coming + len(first) > 5
    for guest in guests[::3]:
        assert len({row.state for row in activity.answer_set.filter(guest__in=Guest.objects.party_of(guest.pk))}) == 1
