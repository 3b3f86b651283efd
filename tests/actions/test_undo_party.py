"""Undoing who comes with a guest, how they stand in line, and that a colleague was let come instead."""

import pytest

from events.actions import answers, companions, substitutes, undo, waiting_by_hand, waiting_list
from events.actions.companions import Wish
from events.domain.answers import Choice
from events.domain.undoing import Verdict
from events.models import Activity, Answer, Guest, History, Invitation, Message, Substitute
from tests import factories

pytestmark = pytest.mark.django_db
COMING = Choice.COMING


def how(cast, now, channel="office"):
    return {"by": cast.otto, "channel": channel, "now": now}


def last(guest, **fields):
    return History.objects.filter(guest=guest, **fields).order_by("-at", "-pk").first()


def dinner_of(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner")


def dinner_for(cast, capacity):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=capacity)


@pytest.fixture
def greta(cast):
    """Comes to the dinner, and may bring two."""
    cast.greta.companions_allowed = 2
    cast.greta.save()
    return cast.greta


def save(guest, now, *wishes):
    companions.save(guest, wishes, by=None, channel="web", now=now)
    return last(guest, what="companions")


def mates(guest):
    rows = Guest.objects.filter(companion_of=guest).order_by("pk")
    return [(row.companion_name, dinner_of(row).state) for row in rows]


def test_a_companion_is_gone_and_the_place_is_free_when_bringing_one_is_undone(cast, clock, greta):
    dinner_for(cast, 2)
    row = save(greta, clock.now, Wish(name="Ola Berge", answers={"dinner": COMING}))
    answers.give(cast.henrik, {"dinner": COMING}, by=None, channel="web", now=clock.move(minutes=1))
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert mates(greta) == []
    assert [answer.guest for answer in undone.promoted] == [cast.henrik]
    assert (undone.row.what, undone.row.facts["removed"]) == ("undone", 1)
    assert last(greta) == undone.row


def test_another_line_of_history_stays_when_bringing_somebody_is_undone_after_it(cast, clock, greta):
    row = save(greta, clock.now, Wish(name="Ola Berge", answers={"dinner": COMING}))
    ola = Guest.objects.get(companion_of=greta)
    renamed = save(greta, clock.move(minutes=1), Wish(pk=ola.pk, name="Ola Berg"))
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert list(History.objects.filter(guest=greta, what="companions").order_by("pk")) == [row, renamed]
    assert (undone.row.facts["removed"], len(undone.row.facts["was"]["gone"])) == (1, 1)


def test_a_removed_companion_is_there_again_without_a_name_and_gone_in_turn(cast, clock, greta):
    ola = factories.make_companion(greta, "Ola Berge", answers={"dinner": "coming"})
    row = save(greta, clock.now, Wish(pk=ola.pk, is_removed=True))
    assert "Ola" not in str(list(History.objects.values_list("facts", flat=True)))
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert mates(greta) == [("", "coming")]
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    assert mates(greta) == []


def test_the_waiting_list_is_offered_when_a_companions_place_is_gone(cast, clock, greta):
    dinner_for(cast, 2)
    ola = factories.make_companion(greta, "Ola Berge", answers={"dinner": "coming"})
    row = save(greta, clock.now, Wish(pk=ola.pk, is_removed=True))
    assert not undo.outlook(row).is_place_gone
    answers.give(cast.henrik, {"dinner": COMING}, by=None, channel="web", now=clock.move(minutes=1))
    assert undo.outlook(row).is_place_gone
    with pytest.raises(undo.NoPlaceLeft):
        undo.undo(row, **how(cast, clock.now))
    assert mates(greta) == []
    undo.undo(row, **how(cast, clock.now), accepts_waiting=True)
    assert mates(greta) == [("", "waiting")]


def test_nobody_comes_back_when_the_guest_may_bring_fewer_by_now(cast, clock, greta):
    ola = factories.make_companion(greta, "Ola Berge", answers={"dinner": "coming"})
    row = save(greta, clock.now, Wish(pk=ola.pk, is_removed=True))
    Guest.objects.filter(pk=greta.pk).update(companions_allowed=0)
    row = History.objects.get(pk=row.pk)
    with pytest.raises(undo.CannotBeUndone) as refused:
        undo.undo(row, **how(cast, clock.now))
    assert refused.value.verdict is Verdict.TOO_MANY


def test_a_name_is_not_brought_back_and_the_history_says_so(cast, clock, greta):
    ola = factories.make_companion(greta, "Ola Berge")
    row = save(greta, clock.now, Wish(pk=ola.pk, name="Kari Moe"))
    with pytest.raises(undo.CannotBeUndone) as refused:
        undo.undo(row, **how(cast, clock.now))
    assert refused.value.verdict is Verdict.NAME_NOT_KEPT
    assert mates(greta) == [("Kari Moe", "no_answer")]


@pytest.mark.parametrize("tell", [True, False])
def test_the_guest_is_told_of_the_companions_or_not_as_chosen(cast, clock, greta, tell):
    row = save(greta, clock.now, Wish(name="Ola Berge", answers={"dinner": COMING}))
    Message.objects.all().delete()
    undo.undo(row, **how(cast, clock.move(minutes=1)), tell=tell)
    assert list(Message.objects.values_list("letter", flat=True)) == (["confirmation"] if tell else [])


# Together or apart in line -------------------------------------------------------------


def waiting_party(cast, clock, greta):
    """Greta and Ola wait together, Henrik behind them; the dinner is full."""
    dinner_for(cast, 1)
    Answer.objects.filter(guest=greta, activity__slug="dinner").update(state="no_answer", answered_at=None)
    answers.give(cast.ines, {"dinner": COMING}, **how(cast, clock.now))
    answers.give(greta, {"dinner": COMING}, **how(cast, clock.now))
    save(greta, clock.now, Wish(name="Ola Berge", answers={"dinner": COMING}))
    answers.give(cast.henrik, {"dinner": COMING}, by=None, channel="web", now=clock.move(minutes=1))
    return Guest.objects.get(companion_of=greta)


def numbers(*guests):
    return [dinner_of(guest).waiting_number for guest in guests]


def test_a_party_stands_together_again_when_it_says_so_and_apart_when_that_is_undone(cast, clock, greta):
    ola = waiting_party(cast, clock, greta)
    people = (greta, ola, cast.henrik)
    assert numbers(*people) == [1, 1, 2]
    waiting_list.split(greta, by=None, channel="web", now=clock.move(minutes=1))
    assert len(set(numbers(*people))) == 3
    assert waiting_list.join(greta, by=None, channel="web", now=clock.move(minutes=1)) is True
    first, second, third = numbers(*people)
    assert first == second < third
    assert not Guest.objects.get(pk=greta.pk).splits_party
    joined = last(greta, what="companions")
    undo.undo(joined, **how(cast, clock.move(minutes=1)))
    first, second, third = numbers(*people)
    assert first < second < third
    assert Guest.objects.get(pk=greta.pk).splits_party


def test_a_party_stands_together_again_when_parting_is_undone(cast, clock, greta):
    ola = waiting_party(cast, clock, greta)
    waiting_list.split(greta, by=None, channel="web", now=clock.move(minutes=1))
    undone = undo.undo(last(greta, what="companions"), **how(cast, clock.move(minutes=1)))
    assert len(set(numbers(greta, ola))) == 1
    assert (undone.row.facts["thing"], undone.row.facts["after"]) == ("party", "together")
    assert not History.objects.filter(guest=greta, what="companions", facts__splits=False).exists()


def test_nothing_is_written_when_a_party_is_together_already(cast, clock, greta):
    waiting_party(cast, clock, greta)
    before = History.objects.count()
    assert waiting_list.join(greta, by=None, channel="web", now=clock.now) is False
    assert History.objects.count() == before


# A place by hand -----------------------------------------------------------------------


@pytest.mark.parametrize("beyond", [True, False])
def test_the_place_in_line_comes_back_when_a_place_by_hand_is_undone(cast, clock, beyond):
    dinner_for(cast, 1)
    answers.give(cast.henrik, {"dinner": COMING}, by=None, channel="web", now=clock.move(minutes=1))
    ida = factories.make_guest(cast.event, "Ida Venter")
    answers.give(ida, {"dinner": COMING}, by=None, channel="web", now=clock.move(minutes=1))
    dinner_for(cast, 1 if beyond else 2)
    waiting_by_hand.give_place(dinner_of(ida), **how(cast, clock.move(minutes=1)), beyond=beyond)
    row = last(ida, what="given_place")
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert [answer.guest for answer in dinner_of(ida).activity.answer_set.waiting()] == [cast.henrik, ida]
    if beyond:
        with pytest.raises(undo.CannotBeUndone) as refused:
            undo.undo(undone.row, **how(cast, clock.now))
        assert refused.value.verdict is Verdict.NO_PLACE
    else:
        undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
        assert dinner_of(ida).state == "coming"


# A colleague instead -------------------------------------------------------------------


def approved(cast, now, **said):
    typed = {"name": "Nina Berge", "email": "nina.berge@kunde.example"}
    proposed = substitutes.propose(cast.greta, **typed, word="", by=None, channel="web", now=now)
    more = {"company": "", "language": "nb", "host": None, "keeps_place": True, **said}
    colleague = substitutes.approve(proposed, **typed, **more, **how(cast, now)).guest
    return colleague, last(cast.greta, what="substituted")


def states(guest):
    return dict(Answer.objects.filter(guest=guest).values_list("activity__slug", "state"))


WAS = {"gathering": "coming", "race": "not_coming", "dinner": "coming"}


def test_the_first_guest_stands_as_before_and_the_colleagues_link_ends(cast, clock, client):
    dinner_for(cast, 1)
    colleague, row = approved(cast, clock.now)
    answers.give(cast.henrik, {"dinner": COMING}, by=None, channel="web", now=clock.move(minutes=1))
    page = factories.page_of(colleague)
    assert (states(cast.greta)["dinner"], states(colleague)["dinner"]) == ("not_coming", "coming")
    assert not undo.outlook(row).is_place_gone
    Message.objects.all().delete()
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert states(cast.greta) == WAS
    assert set(states(colleague).values()) <= {"not_coming", "no_answer"}
    assert dinner_of(cast.henrik).state == "waiting"
    assert client.get(page).status_code == 404
    assert Invitation.objects.get(guest=colleague).state == "revoked"
    assert Substitute.objects.get().state == "declined"
    assert list(Message.objects.values_list("guest", "letter")) == [(cast.greta.pk, "confirmation")]
    with pytest.raises(undo.CannotBeUndone) as refused:
        undo.undo(undone.row, **how(cast, clock.now))
    assert refused.value.verdict is Verdict.COLLEAGUE_RELEASED
    assert undo.undo(row, **how(cast, clock.now)) is None


def test_calendars_follow_when_the_places_go_back(cast, clock):
    colleague, row = approved(cast, clock.now)
    gone = dinner_of(cast.greta)
    assert gone.left_at == clock.now
    undo.undo(row, **how(cast, clock.move(minutes=1)))
    back, left = dinner_of(cast.greta), dinner_of(colleague)
    assert (back.left_at, back.sequence, back.stamped_at) == (None, gone.sequence + 1, clock.now)
    assert (left.left_at, left.sequence) == (clock.now, 1)


def test_companions_come_along_again_when_letting_a_colleague_come_is_undone(cast, clock):
    ola = factories.make_companion(cast.greta, "Ola Berge", answers={"dinner": "coming"})
    _colleague, row = approved(cast, clock.now)
    assert dinner_of(ola).state == "not_coming"
    undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert (dinner_of(cast.greta).state, dinner_of(ola).state) == ("coming", "coming")


def test_the_waiting_list_is_offered_when_the_places_were_given_back_and_are_gone(cast, clock):
    dinner_for(cast, 1)
    _colleague, row = approved(cast, clock.now, keeps_place=False)
    answers.give(cast.henrik, {"dinner": COMING}, by=None, channel="web", now=clock.move(minutes=1))
    assert undo.outlook(row).is_place_gone
    with pytest.raises(undo.NoPlaceLeft):
        undo.undo(row, **how(cast, clock.now))
    assert Invitation.objects.get(guest__replaces=cast.greta).state != "revoked"
    undo.undo(row, **how(cast, clock.now), accepts_waiting=True)
    assert states(cast.greta) == {**WAS, "dinner": "waiting"}


def test_a_colleague_who_has_answered_is_not_sent_away(cast, clock):
    colleague, row = approved(cast, clock.now)
    answers.give(colleague, {"race": COMING}, by=None, channel="web", now=clock.move(minutes=1))
    for deed in (undo.outlook, lambda each: undo.undo(each, **how(cast, clock.now))):
        with pytest.raises(undo.CannotBeUndone) as refused:
            deed(row)
        assert refused.value.verdict is Verdict.COLLEAGUE_ANSWERED
    assert states(colleague)["dinner"] == "coming"


def test_what_was_answered_since_stays_when_letting_a_colleague_come_is_undone(cast, clock):
    colleague, row = approved(cast, clock.now)
    dinner_for(cast, 2)
    answers.give(cast.greta, {"dinner": Choice.UNSURE}, **how(cast, clock.move(minutes=1)))
    undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert states(cast.greta) == {**WAS, "dinner": "unsure"}
    assert states(colleague)["dinner"] == "not_coming"
