"""Undoing: back to the state before, once, by the house, and in turn."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import answers, guests, parties, settling, subscriptions, undo, waiting_by_hand, waiting_list
from events.domain.answers import Choice
from events.domain.undoing import Verdict
from events.models import Activity, Answer, Guest, History, Invitation, Message
from tests import factories

pytestmark = pytest.mark.django_db


def how(cast, now, channel="office"):
    return {"by": cast.otto, "channel": channel, "now": now}


def last(guest, **fields):
    return History.objects.filter(guest=guest, **fields).order_by("-at", "-pk").first()


def said(guest, slug="dinner"):
    return Answer.objects.get(guest=guest, activity__slug=slug).state


def full_dinner(cast, capacity=1):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=capacity)


def change(cast, clock, guest, choice, slug="dinner"):
    """The guest says so on the web; returns the row."""
    answers.give(guest, {slug: choice}, by=None, channel="web", now=clock.move(minutes=1))
    return last(guest, what="answered")


def test_the_answer_before_holds_again_and_history_tells_both_when_a_change_is_undone(cast, clock):
    row = change(cast, clock, cast.greta, Choice.NOT_COMING)
    now = clock.move(hours=1)
    undone = undo.undo(row, **how(cast, now))
    assert said(cast.greta) == "coming"
    assert (undone.row.what, undone.row.by, undone.row.at, undone.row.activity.slug) == (
        "undone",
        cast.otto,
        now,
        "dinner",
    )
    assert undone.row.facts == {"undoes": row.pk, "thing": "answer", "before": "not_coming", "after": "coming"}
    whats = list(History.objects.filter(guest=cast.greta).order_by("pk").values_list("what", flat=True))
    assert whats == ["answered", "undone"]


def test_an_undoing_is_undone_in_turn(cast, clock):
    row = change(cast, clock, cast.greta, Choice.UNSURE)
    first = undo.undo(row, **how(cast, clock.move(minutes=1)))
    undo.undo(first.row, **how(cast, clock.move(minutes=1)))
    assert said(cast.greta) == "unsure"


def test_nothing_happens_when_a_change_is_undone_twice(cast, clock):
    row = change(cast, clock, cast.greta, Choice.UNSURE)
    assert undo.undo(row, **how(cast, clock.now)) is not None
    before = (History.objects.count(), Message.objects.count())
    assert undo.undo(row, **how(cast, clock.move(minutes=1))) is None
    assert said(cast.greta) == "coming"
    assert (History.objects.count(), Message.objects.count()) == before


def test_only_the_latest_change_of_a_part_is_undone(cast, clock):
    old = change(cast, clock, cast.greta, Choice.UNSURE)
    other = change(cast, clock, cast.greta, Choice.COMING, slug="race")
    new = change(cast, clock, cast.greta, Choice.NOT_COMING)
    found = undo.may_be_undone(cast.greta)
    assert found == {old.pk: Verdict.CHANGED_SINCE, other.pk: Verdict.MAY, new.pk: Verdict.MAY}
    with pytest.raises(undo.CannotBeUndone) as refused:
        undo.undo(old, **how(cast, clock.now))
    assert refused.value.verdict is Verdict.CHANGED_SINCE
    assert said(cast.greta) == "not_coming"


def test_the_guest_is_silent_again_when_the_only_answer_is_undone(cast, clock):
    full_dinner(cast)
    Answer.objects.filter(guest=cast.greta, activity__slug="dinner").update(state="not_coming")
    row = change(cast, clock, cast.henrik, Choice.COMING)
    ida = factories.make_guest(cast.event, "Ida Venter")
    change(cast, clock, ida, Choice.COMING)
    assert said(ida) == "waiting"
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert said(cast.henrik) == "no_answer"
    assert Guest.objects.silent().filter(pk=cast.henrik.pk).exists()
    assert [answer.guest for answer in undone.promoted] == [ida]
    assert said(ida) == "coming"
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)), accepts_waiting=True)
    assert said(cast.henrik) == "waiting"


def test_the_waiting_list_is_offered_when_the_place_is_gone(cast, clock):
    full_dinner(cast)
    row = change(cast, clock, cast.greta, Choice.NOT_COMING)
    assert undo.outlook(row).becomes == "coming"
    change(cast, clock, cast.henrik, Choice.COMING)
    assert undo.outlook(row).is_place_gone
    with pytest.raises(undo.NoPlaceLeft):
        undo.undo(row, **how(cast, clock.now))
    assert said(cast.greta) == "not_coming"
    assert last(cast.greta) == row
    undone = undo.undo(row, **how(cast, clock.now), accepts_waiting=True)
    assert said(cast.greta) == "waiting"
    assert undone.row.facts["after"] == "waiting"


def test_the_place_in_line_comes_back_when_a_promotion_is_undone(cast, clock):
    full_dinner(cast)
    change(cast, clock, cast.henrik, Choice.COMING)
    ida = factories.make_guest(cast.event, "Ida Venter")
    change(cast, clock, ida, Choice.COMING)
    full_dinner(cast, 2)
    waiting_list.fill(cast.event, now=clock.move(minutes=1))
    row = last(cast.henrik)
    assert (row.what, said(cast.henrik), said(ida)) == ("promoted", "coming", "waiting")
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    line = Answer.objects.filter(activity__slug="dinner", activity__event=cast.event).waiting()
    assert [answer.guest for answer in line] == [cast.henrik, ida]
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    assert said(cast.henrik) == "coming"


def test_two_parties_never_share_a_number_when_a_promotion_is_undone(cast, clock):
    full_dinner(cast)
    change(cast, clock, cast.henrik, Choice.COMING)
    change(cast, clock, cast.greta, Choice.NOT_COMING)
    promoted = last(cast.henrik, what="promoted")
    change(cast, clock, cast.ines, Choice.COMING)
    undo.undo(promoted, **how(cast, clock.move(minutes=1)))
    line = Answer.objects.filter(activity=promoted.activity).waiting()
    assert list(line.values_list("guest", "waiting_number")) == [(cast.henrik.pk, 1), (cast.ines.pk, 2)]


def test_a_promotion_is_not_redone_when_the_place_is_gone(cast, clock):
    full_dinner(cast)
    change(cast, clock, cast.henrik, Choice.COMING)
    full_dinner(cast, 2)
    waiting_list.fill(cast.event, now=clock.move(minutes=1))
    undone = undo.undo(last(cast.henrik), **how(cast, clock.move(minutes=1)))
    full_dinner(cast, 1)
    with pytest.raises(undo.CannotBeUndone) as refused:
        undo.undo(undone.row, **how(cast, clock.now))
    assert refused.value.verdict is Verdict.NO_PLACE


def test_the_same_link_opens_again_when_its_withdrawal_is_undone(cast, clock, client):
    page = factories.page_of(cast.greta)
    guests.revoke_link(cast.greta, **how(cast, clock.now))
    assert client.get(page).status_code == 404
    undone = undo.undo(last(cast.greta), **how(cast, clock.move(minutes=1)))
    assert client.get(page).status_code == 200
    assert Invitation.objects.get(guest=cast.greta).state == "sent"
    assert Message.objects.get(guest=cast.greta).letter == "link"
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    assert client.get(page).status_code == 404


def test_a_link_that_was_renewed_stays_ended(cast, clock):
    guests.revoke_link(cast.greta, **how(cast, clock.now))
    withdrawn = last(cast.greta)
    guests.renew_link(cast.greta, **how(cast, clock.move(minutes=1)))
    assert undo.may_be_undone(cast.greta) == {
        withdrawn.pk: Verdict.CHANGED_SINCE, last(cast.greta).pk: Verdict.LINK_ENDED,
    }  # fmt: skip


def test_the_guest_is_invited_again_with_the_answer_given_when_leaving_out_is_undone(cast, clock):
    parts = [cast.activity("gathering"), cast.activity("dinner")]
    guests.invite_to(cast.ines, parts, **how(cast, clock.now))
    undone = undo.undo(last(cast.ines), **how(cast, clock.move(minutes=1)))
    assert said(cast.ines, "race") == "not_coming"
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    assert not Answer.objects.filter(guest=cast.ines, activity__slug="race").exists()


def test_an_invitation_to_one_more_part_stays_when_the_guest_has_answered_it(cast, clock):
    guest = factories.make_guest(cast.event, "Rita Rask", invited_to=["race"])
    guests.invite_to(guest, [cast.activity("race"), cast.activity("dinner")], **how(cast, clock.now))
    invited = last(guest)
    change(cast, clock, guest, Choice.COMING)
    assert undo.may_be_undone(guest)[invited.pk] is Verdict.CHANGED_SINCE
    other = factories.make_guest(cast.event, "Rune Rask", invited_to=["race"])
    guests.invite_to(other, [cast.activity("race"), cast.activity("dinner")], **how(cast, clock.now))
    undo.undo(last(other), **how(cast, clock.move(minutes=1)))
    assert list(Answer.objects.filter(guest=other).values_list("activity__slug", flat=True)) == ["race"]


def test_the_language_before_holds_again(cast, clock):
    guests.choose_language(cast.greta, "fi", channel="web", now=clock.now)
    undo.undo(last(cast.greta), **how(cast, clock.move(minutes=1)))
    cast.greta.refresh_from_db()
    assert cast.greta.language == ""


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ("unsubscribed", Verdict.NO_MORE_MAIL),
        ("consent", Verdict.GUEST_AGREES),
        ("confirmed", Verdict.GUESTS_OWN),
    ],
)
def test_what_is_the_guests_alone_is_not_undone(cast, clock, what, why):
    if what == "unsubscribed":
        subscriptions.unsubscribe(cast.greta, by=None, channel="mail", now=clock.now)
    else:
        History.objects.create(
            event=cast.event, guest=cast.greta, activity=cast.activity("dinner"), at=clock.now, channel="web",
            what=what, facts={"purpose": "photos"},
        )  # fmt: skip
    row = last(cast.greta)
    with pytest.raises(undo.CannotBeUndone) as refused:
        undo.undo(row, **how(cast, clock.now))
    assert refused.value.verdict is why
    cast.greta.contact.refresh_from_db()
    assert (cast.greta.contact.unsubscribed_at is not None) == (what == "unsubscribed")


def test_nothing_is_undone_when_the_part_is_cancelled(cast, clock):
    row = change(cast, clock, cast.greta, Choice.UNSURE)
    Activity.objects.filter(pk=row.activity_id).update(cancelled_at=clock.now)
    with pytest.raises(undo.CannotBeUndone) as refused:
        undo.undo(last(cast.greta), **how(cast, clock.now))
    assert refused.value.verdict is Verdict.CANCELLED


@pytest.mark.parametrize("tell", [True, False])
def test_the_guest_is_told_or_not_as_chosen(cast, clock, tell):
    row = change(cast, clock, cast.greta, Choice.UNSURE)
    Message.objects.all().delete()
    undo.undo(row, **how(cast, clock.move(minutes=1)), tell=tell)
    letters = list(Message.objects.values_list("guest__contact__name", "letter"))
    assert letters == ([("Greta Åsen", "confirmation")] if tell else [])


def companion_of(guest, name="Ola Åsen"):
    companion = Guest.objects.create(
        event=guest.event, companion_of=guest, companion_name=name, sort_key=name, created_at=timezone.now()
    )
    for activity in guest.event.activity_set.all():
        factories.make_answer(companion, activity)
    return companion


@pytest.mark.parametrize("tell", [True, False])
def test_whoever_brings_a_companion_is_told_of_the_companions_answer(cast, clock, tell):
    ola = companion_of(cast.greta)
    answers.give(ola, {"dinner": Choice.COMING}, by=cast.otto, channel="phone", now=clock.now, tell=tell)
    assert said(ola) == "coming"
    told = list(Message.objects.values_list("guest__contact__name", "letter"))
    assert told == ([("Greta Åsen", "confirmation")] if tell else [])


def both_say(cast, now, choice):
    """Greta says no, and so the companion does not come either; returns the companion and Greta's row."""
    ola = companion_of(cast.greta)
    Answer.objects.filter(guest=ola, activity__slug="dinner").update(state="coming", answered_at=now)
    answers.give(cast.greta, {"dinner": choice}, by=None, channel="web", now=now)
    assert said(ola) == "not_coming"
    return ola, History.objects.get(guest=cast.greta, what="answered")


def test_companions_go_back_with_the_guest_when_one_deed_was_for_both(cast, clock):
    ola, row = both_say(cast, clock.now, Choice.NOT_COMING)
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert (said(cast.greta), said(ola)) == ("coming", "coming")
    assert History.objects.filter(what="undone").count() == 2
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    assert (said(cast.greta), said(ola)) == ("not_coming", "not_coming")


def test_a_party_waits_together_when_one_place_of_two_is_gone(cast, clock):
    full_dinner(cast, 2)
    ola, row = both_say(cast, clock.now, Choice.NOT_COMING)
    assert undo.outlook(row).becomes == "coming"
    change(cast, clock, cast.henrik, Choice.COMING)
    assert undo.outlook(row).is_place_gone
    with pytest.raises(undo.NoPlaceLeft):
        undo.undo(row, **how(cast, clock.now))
    assert (said(cast.greta), said(ola)) == ("not_coming", "not_coming")
    undo.undo(row, **how(cast, clock.move(minutes=1)), accepts_waiting=True)
    assert (said(cast.greta), said(ola)) == ("waiting", "waiting")


def test_a_party_that_was_let_in_together_waits_together_again(cast, clock):
    full_dinner(cast)
    ola = companion_of(cast.henrik, "Ola Sørli")
    party = parties.gather(cast.henrik)
    both = {"dinner": {cast.henrik.pk: Choice.COMING, ola.pk: Choice.COMING}}
    settling.settle(party, both, by=None, channel="web", now=clock.now)
    full_dinner(cast, 3)
    waiting_list.fill(cast.event, now=clock.move(minutes=1))
    assert (said(cast.henrik), said(ola)) == ("coming", "coming")
    undo.undo(last(ola), **how(cast, clock.move(minutes=1)))
    assert in_line(cast) == [cast.henrik, ola]
    assert len(set(Answer.objects.waiting().values_list("waiting_number", flat=True))) == 1


def test_a_companion_who_changed_since_stays_when_the_guest_goes_back(cast, clock):
    ola, row = both_say(cast, clock.now, Choice.NOT_COMING)
    change(cast, clock, ola, Choice.UNSURE)
    undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert (said(cast.greta), said(ola)) == ("coming", "unsure")


def three_in_line(cast, clock):
    """Greta has the only place; Henrik, Ida and Jo wait in this order."""
    full_dinner(cast)
    others = [
        cast.henrik,
        factories.make_guest(cast.event, "Ida Venter"),
        factories.make_guest(cast.event, "Jo Venter"),
    ]
    for guest in others:
        change(cast, clock, guest, Choice.COMING)
    return others


def in_line(cast):
    line = Answer.objects.filter(activity__slug="dinner", activity__event=cast.event).waiting()
    return [answer.guest for answer in line]


@pytest.mark.parametrize(("who", "place"), [(2, 1), (0, 3), (1, 3)])
def test_a_move_in_line_is_put_back_and_made_again(cast, clock, who, place):
    others = three_in_line(cast, clock)
    guest, before = others[who], in_line(cast)
    answer = Answer.objects.get(guest=guest, activity__slug="dinner")
    waiting_by_hand.move(answer, place, reason="promised", **how(cast, clock.move(minutes=1)))
    moved = in_line(cast)
    assert moved != before
    undone = undo.undo(last(guest), **how(cast, clock.move(minutes=1)))
    assert in_line(cast) == before
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    assert in_line(cast) == moved
    assert last(guest).what == "undone"


def test_the_place_in_line_comes_back_when_a_no_is_undone(cast, clock):
    others = three_in_line(cast, clock)
    row = change(cast, clock, others[0], Choice.NOT_COMING)
    undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert in_line(cast) == others


def test_a_stranger_who_has_the_number_by_now_stands_behind(cast, clock):
    full_dinner(cast)
    change(cast, clock, cast.henrik, Choice.COMING)
    full_dinner(cast, 2)
    waiting_list.fill(cast.event, now=clock.move(minutes=1))
    ida = factories.make_guest(cast.event, "Ida Venter")
    change(cast, clock, ida, Choice.COMING)
    undo.undo(History.objects.get(what="promoted"), **how(cast, clock.move(minutes=1)))
    assert in_line(cast) == [cast.henrik, ida]
    numbers = Answer.objects.waiting().values_list("waiting_number", flat=True)
    assert len(set(numbers)) == 2


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_row_is_written_when_two_press_undo_at_once():
    event = factories.make_event()
    guest = factories.make_guest(event, "Greta Åsen", answers={"dinner": "coming"})
    answers.give(guest, {"dinner": Choice.NOT_COMING}, by=None, channel="web", now=timezone.now())
    row, start, found = last(guest), threading.Barrier(2), []

    def press():
        try:
            start.wait(timeout=20)
            mine = History.objects.select_related("guest__event", "guest__contact", "activity").get(pk=row.pk)
            found.append(undo.undo(mine, by=None, channel="office", now=timezone.now()))
        except Exception as error:
            found.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=press) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(type(each).__name__ for each in found) == ["NoneType", "Undone"]
    assert History.objects.filter(guest=guest, what="undone").count() == 1
    assert said(guest) == "coming"


def test_everybody_has_an_own_number_when_a_party_was_split_after_it_got_in_and_that_is_undone(cast, clock):
    """Seen with everybody doing everything at once: two who stand apart shared a number in line."""
    full_dinner(cast, capacity=1)
    mate = factories.make_companion(cast.henrik, "Ola Berge")
    for guest in (cast.henrik, mate):
        Answer.objects.filter(guest=guest, activity__slug="dinner").update(
            state="waiting", waiting_number=1, answered_at=clock.now
        )
    stranger = factories.make_guest(cast.event, "Siv Moe", answers={"dinner": "waiting"})
    assert Answer.objects.get(guest=stranger, activity__slug="dinner").waiting_number == 2
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=3)
    waiting_list.fill(cast.event, now=clock.move(minutes=1))
    row = last(cast.henrik, what="promoted")
    waiting_list.split(cast.henrik, by=None, channel="web", now=clock.move(minutes=1))
    undo.undo(row, **how(cast, clock.move(minutes=1)))
    line = Answer.objects.filter(activity__slug="dinner", activity__event=cast.event).waiting()
    assert [(row.guest, row.waiting_number) for row in line] == [(cast.henrik, 1), (mate, 2), (stranger, 4)]
