"""Undoing what guests told and what was decided about it: codes come back, words and a guest's consent do not."""

from datetime import timedelta

import pytest

from events.actions import answers, consents, entries, late, programme, replies, substitutes, undo
from events.domain.answers import Choice
from events.domain.undoing import Verdict
from events.models import Answer, Consent, Entry, History, Message, RaceClass, Reply, Substitute
from tests import factories

pytestmark = pytest.mark.django_db


def how(cast, now, channel="office"):
    return {"by": cast.otto, "channel": channel, "now": now}


def last(guest, **fields):
    return History.objects.filter(guest=guest, **fields).order_by("-at", "-pk").first()


def refusal(row, cast, now):
    before = History.objects.count()
    with pytest.raises(undo.CannotBeUndone) as refused:
        undo.undo(row, **how(cast, now))
    assert History.objects.count() == before
    return refused.value.verdict


# The race ------------------------------------------------------------------------------


@pytest.fixture
def runner(cast):
    return factories.make_guest(cast.event, "Rita Rask", answers={"race": "coming"})


def tell(guest, now, **facts):
    answer = Answer.objects.get(guest=guest, activity__slug="race")
    entries.tell(guest.event, {answer: facts}, by=None, channel="web", now=now)
    return last(guest, what="race")


def told(guest):
    names = ("race_class_id", "has_been_before", "ambition_seconds", "shirt_size")
    return Entry.objects.filter(guest=guest).values_list(*names).first()


def test_what_was_told_about_the_race_before_holds_again_and_is_made_new_in_turn(cast, clock, runner):
    women = RaceClass.objects.create(activity=cast.activity("race"), title=factories.texts("Kvinner"))
    tell(runner, clock.now, race_class_id=women.pk, ambition_seconds=750)
    row = tell(runner, clock.move(minutes=1), race_class_id=None, ambition_seconds=700, shirt_size="M")
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert told(runner) == (women.pk, None, 750, "")
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    assert told(runner) == (None, None, 700, "M")


def test_nothing_is_told_about_the_race_when_the_first_of_it_is_undone(cast, clock, runner):
    row = tell(runner, clock.now, has_been_before=True, ambition_seconds=None)
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert told(runner) is None
    assert Answer.objects.to_races().without_entry().filter(guest=runner).exists()
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    assert told(runner) == (None, True, None, "")


def test_a_class_that_is_there_no_more_is_left_out_when_the_race_is_put_back(cast, clock, runner):
    gone = RaceClass.objects.create(activity=cast.activity("race"), title=factories.texts("Kvinner"))
    tell(runner, clock.now, race_class_id=gone.pk, shirt_size="S")
    row = tell(runner, clock.move(minutes=1), race_class_id=None, shirt_size="M")
    gone.delete()
    undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert told(runner) == (None, None, None, "S")


def test_ambition_stands_once_the_first_has_started_though_the_rest_is_put_back(cast, clock, runner):
    tell(runner, clock.now, ambition_seconds=750, shirt_size="S")
    row = tell(runner, clock.move(minutes=1), ambition_seconds=700, shirt_size="M")
    undone = undo.undo(row, **how(cast, cast.activity("race").starts_at))
    assert told(runner) == (None, None, 700, "S")
    assert undone.row.facts["was"] == {"shirt": "M"}


def test_ambition_is_put_back_by_nobody_once_the_first_has_started(cast, clock, runner):
    tell(runner, clock.now, ambition_seconds=750)
    row = tell(runner, clock.move(minutes=1), ambition_seconds=700)
    assert refusal(row, cast, cast.activity("race").starts_at) is Verdict.HAS_BEGUN
    assert told(runner) == (None, None, 700, "")


def test_ambition_stands_when_the_first_that_was_told_is_undone_too_late(cast, clock, runner):
    row = tell(runner, clock.now, ambition_seconds=750, shirt_size="S")
    undo.undo(row, **how(cast, cast.activity("race").starts_at))
    assert told(runner) == (None, None, 750, "")


# Replies -------------------------------------------------------------------------------


def reply(guest, said, now):
    answer = Answer.objects.get(guest=guest, activity__slug="dinner")
    replies.reply(guest.event, {answer: said}, by=None, channel="web", now=now)
    return last(guest, what="replied")


def said_by(guest):
    return dict(Reply.objects.filter(guest=guest).values_list("question__kind", "value"))


@pytest.fixture
def asked(cast):
    dinner = cast.activity("dinner")
    return {
        "text": factories.make_question(dinner, "Hvem vil du treffe?"),
        "choice": factories.make_question(dinner, "Buss hjem?", kind="choice", options=("Kl. 22", "Kl. 23")),
        "number": factories.make_question(dinner, "Skonummer?", kind="number"),
    }


def test_what_was_chosen_before_holds_again_and_words_stay_as_they_are(cast, clock, asked):
    reply(cast.greta, {asked["choice"]: "1"}, clock.now)
    news = {asked["text"]: "Naboen", asked["choice"]: "2", asked["number"]: 42}
    row = reply(cast.greta, news, clock.move(minutes=1))
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert said_by(cast.greta) == {"text": "Naboen", "choice": "1"}
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    assert said_by(cast.greta) == {"text": "Naboen", "choice": "2", "number": 42}


def test_words_are_not_kept_so_they_stay_and_the_history_says_so(cast, clock, asked):
    row = reply(cast.greta, {asked["text"]: "Naboen"}, clock.now)
    assert "Naboen" not in str(list(History.objects.values_list("facts", flat=True)))
    assert refusal(row, cast, clock.now) is Verdict.WORDS_NOT_KEPT
    assert said_by(cast.greta) == {"text": "Naboen"}


def test_a_question_that_was_taken_away_is_left_out(cast, clock, asked):
    row = reply(cast.greta, {asked["choice"]: "1"}, clock.now)
    asked["choice"].delete()
    assert refusal(row, cast, clock.now) is Verdict.CHANGED_SINCE


# Consents ------------------------------------------------------------------------------


def agree(cast, is_given, now, by=None):
    consents.say(cast.greta, "photos", is_given, by=by, channel="phone", language="nb", now=now)
    return last(cast.greta, what="consent")


def in_force(guest):
    return list(Consent.objects.in_force().filter(guest=guest).values_list("is_given", flat=True))


def test_a_yes_that_the_house_wrote_down_is_taken_away_and_never_comes_back(cast, clock):
    row = agree(cast, True, clock.now, by=cast.otto)
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert in_force(cast.greta) == []
    assert (undone.row.facts["purpose"], undone.row.facts["after"]) == ("photos", "")
    assert refusal(undone.row, cast, clock.now) is Verdict.GUEST_AGREES
    assert in_force(cast.greta) == []


def test_the_no_before_holds_again_when_a_yes_was_written_down_by_mistake(cast, clock):
    agree(cast, False, clock.now)
    row = agree(cast, True, clock.move(minutes=1), by=cast.otto)
    undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert in_force(cast.greta) == [False]


@pytest.mark.parametrize("by_house", [True, False])
def test_a_consent_that_was_withdrawn_is_not_brought_back_by_the_house(cast, clock, by_house):
    agree(cast, True, clock.now)
    row = agree(cast, False, clock.move(minutes=1), by=cast.otto if by_house else None)
    assert refusal(row, cast, clock.now) is Verdict.GUEST_AGREES
    assert in_force(cast.greta) == [False]


def test_a_yes_of_the_guests_own_is_not_undone(cast, clock):
    row = agree(cast, True, clock.now)
    assert refusal(row, cast, clock.now) is Verdict.GUEST_AGREES
    assert in_force(cast.greta) == [True]


# Late wishes, grace, a declined colleague ----------------------------------------------


def open_wishes(guest):
    return [row.facts["wish"] for row in History.objects.filter(guest=guest).open_wishes()]


def test_a_late_wish_waits_again_when_setting_it_aside_is_undone(cast, clock):
    [wish] = late.remember(cast.greta, {"dinner": Choice.NOT_COMING}, channel="web", now=clock.now)
    late.set_aside(wish, **how(cast, clock.move(minutes=1)))
    assert open_wishes(cast.greta) == []
    undone = undo.undo(last(cast.greta), **how(cast, clock.move(minutes=1)))
    assert open_wishes(cast.greta) == ["not_coming"]
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    assert open_wishes(cast.greta) == []
    undo.undo(last(cast.greta, what="undone"), **how(cast, clock.move(minutes=1)))
    [again] = History.objects.filter(guest=cast.greta).open_wishes()
    assert late.grant(again, **how(cast, clock.move(minutes=1))).is_changed
    assert Answer.objects.get(guest=cast.greta, activity__slug="dinner").state == "not_coming"


def test_a_wish_stays_set_aside_when_the_guest_has_an_answer_by_now(cast, clock):
    [wish] = late.remember(cast.greta, {"dinner": Choice.NOT_COMING}, channel="web", now=clock.now)
    late.set_aside(wish, **how(cast, clock.move(minutes=1)))
    row = last(cast.greta)
    answers.give(cast.greta, {"dinner": Choice.UNSURE}, **how(cast, clock.move(minutes=1)))
    assert refusal(row, cast, clock.now) is Verdict.CHANGED_SINCE


def test_a_late_wish_is_not_settled_by_undoing_what_was_told_of_the_same_part(cast, clock, asked):
    row = reply(cast.greta, {asked["choice"]: "1"}, clock.now)
    late.remember(cast.greta, {"dinner": Choice.NOT_COMING}, channel="web", now=clock.move(minutes=1))
    undo.undo(row, **how(cast, clock.move(minutes=1)))
    assert open_wishes(cast.greta) == ["not_coming"]


def test_answers_are_taken_as_long_as_before_when_grace_is_undone(cast, clock):
    dinner = cast.activity("dinner")
    first, second = (clock.now + timedelta(days=40 + more) for more in (0, 1))
    programme.give_grace([dinner], first, **how(cast, clock.now))
    programme.give_grace([dinner], second, **how(cast, clock.move(minutes=1)))
    newest, oldest = History.objects.filter(what="programme").order_by("-pk")
    assert refusal(oldest, cast, clock.now) is Verdict.CHANGED_SINCE
    undone = undo.undo(newest, **how(cast, clock.move(minutes=1)))
    dinner.refresh_from_db()
    assert dinner.grace_until_at == first
    assert undo.undo(newest, **how(cast, clock.now)) is None
    undo.undo(undone.row, **how(cast, clock.move(minutes=1)))
    dinner.refresh_from_db()
    assert dinner.grace_until_at == second


def test_the_deadline_holds_again_when_the_only_grace_is_undone(cast, clock):
    dinner = cast.activity("dinner")
    programme.give_grace([dinner], clock.now + timedelta(days=40), **how(cast, clock.now))
    undo.undo(History.objects.get(what="programme"), **how(cast, clock.move(minutes=1)))
    dinner.refresh_from_db()
    assert dinner.grace_until_at is None


def test_another_change_of_the_programme_is_not_undone_here(cast, clock):
    programme.change(cast.activity("dinner"), {"capacity": 5}, **how(cast, clock.now))
    assert refusal(History.objects.get(what="programme"), cast, clock.now) is Verdict.NO_CHANGE


def declined(cast, now):
    said = {"name": "Nina Berge", "email": "nina.berge@kunde.example", "word": ""}
    proposed = substitutes.propose(cast.greta, **said, by=None, channel="web", now=now)
    substitutes.decline(proposed, **how(cast, now))
    return proposed, last(cast.greta, what="not_taken")


def test_a_colleague_who_was_declined_is_proposed_again_and_decided_on_anew(cast, clock):
    proposed, row = declined(cast, clock.now)
    Message.objects.all().delete()
    undone = undo.undo(row, **how(cast, clock.move(minutes=1)))
    proposed.refresh_from_db()
    assert (proposed.state, proposed.decided_at, proposed.decided_by) == ("proposed", None, None)
    assert not Message.objects.exists()
    assert refusal(undone.row, cast, clock.now) is Verdict.DECIDE_ANEW


def test_a_declined_colleague_stays_so_when_the_guest_has_proposed_another(cast, clock):
    _proposed, row = declined(cast, clock.now)
    said = {"name": "Per Moe", "email": "per.moe@kunde.example", "word": ""}
    substitutes.propose(cast.greta, **said, by=None, channel="web", now=clock.move(minutes=1))
    assert refusal(row, cast, clock.now) is Verdict.CHANGED_SINCE
    assert Substitute.objects.get(state="proposed").name == "Per Moe"
