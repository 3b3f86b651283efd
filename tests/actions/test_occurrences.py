"""The promises of the rules: each day of a rule is dealt with once, whatever goes down, moves or races."""

import threading
from datetime import UTC, date, datetime, time, timedelta

import pytest
from django.db import connection
from django.db.utils import OperationalError

from events.actions import (
    answers,
    campaigns,
    cancelling,
    delivery,
    events,
    housekeeping,
    invitations,
    moving,
    occurrences,
    programme,
    reminders,
)
from events.actions.audiences import NothingToSay
from events.domain.answers import Choice
from events.management.background import Background
from events.models import (
    Activity,
    Answer,
    Campaign,
    Contact,
    Event,
    Guest,
    History,
    Invitation,
    Message,
    Occurrence,
    Reminder,
)
from events.models.reminder import letters_of_use
from tests import factories

pytestmark = pytest.mark.django_db
OFFICE = History.Channel.OFFICE
WEB = {"by": None, "channel": History.Channel.WEB}
DUE = datetime(2027, 8, 31, 8, 0, tzinfo=UTC)  # ten in Oslo, ten days before the deadline
DAY_BEFORE = datetime(2027, 9, 23, 8, 0, tzinfo=UTC)


@pytest.fixture
def rule(cast):
    """Ten days before the deadline at ten; of the cast, Henrik has said nothing."""
    return factories.make_reminder(cast.event)


@pytest.fixture
def practical(cast):
    return factories.make_reminder(cast.event, "practical", days=1)


def run(moment):
    return occurrences.run_due(now=moment)


def written(letter="reminder"):
    """Who has a mail of this letter that went out by rule."""
    rows = Message.objects.filter(letter=letter, key__startswith=f"{letter}:").select_related("guest__contact")
    return sorted(row.guest.first_name for row in rows)


def left_out():
    """{first name: reason} as the latest sending has frozen it."""
    pairs = Campaign.objects.latest("pk").left_out
    names = {guest.pk: guest.first_name for guest in Guest.objects.select_related("contact")}
    return {names[pk]: reason for pk, reason in pairs}


# --- on time ------------------------------------------------------------------------------------


def test_the_silent_are_reminded_at_the_hour_and_not_before(cast, rule):
    assert run(DUE - timedelta(minutes=1)) == 0
    assert run(DUE) == 1
    assert written() == ["Henrik"]
    assert left_out() == {"Greta": "answered", "Ines": "answered"}
    message = Message.objects.get()
    assert (message.key, message.due_at, message.queued_by) == (f"reminder:{rule.pk}", DUE, None)


def test_it_is_a_sending_like_any_other_that_can_be_stopped(cast, rule):
    run(DUE)
    campaign, occurrence = Campaign.objects.get(), Occurrence.objects.get()
    assert occurrence.campaign == campaign
    told = (campaign.letter, campaign.criteria["to"], campaign.criteria["channel"])
    assert told == ("reminder", "unanswered", "system")
    assert History.objects.get(guest=cast.henrik, what="mail_queued").channel == "system"
    stopped = campaigns.stop(campaign, by=cast.otto, channel=OFFICE, now=DUE)
    assert stopped.kept == 1
    assert Message.objects.get().state == "stopped"
    assert run(DUE + timedelta(minutes=1)) == 0


def test_nobody_is_written_to_twice_however_often_it_is_looked(cast, rule):
    assert [run(DUE + timedelta(minutes=minute)) for minute in (0, 0, 1, 60, 24 * 60)] == [1, 0, 0, 0, 0]
    assert written() == ["Henrik"]
    assert Occurrence.objects.get().state == "sent"


def test_one_query_is_enough_when_nothing_is_due(cast, rule, practical, django_assert_num_queries):
    with django_assert_num_queries(1):
        run(DUE - timedelta(days=1))
    run(DUE)
    with django_assert_num_queries(1):
        run(DUE + timedelta(minutes=1))


def test_practical_information_goes_to_those_coming_to_what_takes_place(cast, practical, now):
    factories.make_guest(cast.event, "Wanda Lie", answers={"race": "coming", "gathering": "not_coming"})
    cancelling.cancel(cast.activity("race"), by=cast.otto, channel=OFFICE, now=now)
    run(DAY_BEFORE)
    assert written("practical") == ["Greta"]
    assert left_out() == {"Henrik": "other_answer", "Ines": "other_answer", "Wanda": "other_answer"}


def test_practical_information_goes_out_when_answers_are_closed(cast, practical, rule):
    Event.objects.filter(pk=cast.event.pk).update(state="closed")
    run(DUE)
    run(DAY_BEFORE)
    assert (written("practical"), written()) == (["Greta"], [])


def test_zoes_event_is_not_touched_by_the_rules_of_another(cast, rule, practical):
    run(DUE)
    run(DAY_BEFORE)
    assert not Message.objects.filter(guest=cast.zoe).exists()


# --- who is left alone --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda guest: Invitation.objects.filter(guest=guest).update(state="drafted", sent_at=None), "not_sent"),
        (lambda guest: Invitation.objects.filter(guest=guest).update(state="revoked"), "revoked"),
        (lambda guest: Contact.objects.filter(guest=guest).update(email_fails=True), "bounced"),
        (lambda guest: Contact.objects.filter(guest=guest).update(unsubscribed_at=guest.created_at), "unsubscribed"),
        (lambda guest: Contact.objects.filter(guest=guest).update(email=""), "no_email"),
        (lambda guest: guest.event.activity_set.exclude(slug="mingling").update(cancelled_at=DUE), "not_invited"),
    ],
)
def test_henrik_is_left_alone(cast, rule, change, reason):
    factories.make_guest(cast.event, "Per Vik", invited_to=[])
    factories.make_answer(Guest.objects.get(contact__name="Per Vik"), factories.make_activity(cast.event, "mingling"))
    change(cast.henrik)
    run(DUE)
    assert written() == ["Per"]
    assert left_out()["Henrik"] == reason


def test_two_reminders_are_the_most_and_those_by_hand_count(cast, rule, now):
    factories.make_message(cast.henrik, "reminder", key="reminder", state="sent", sent_at=now)
    later = factories.make_reminder(cast.event, days=6)
    last = factories.make_reminder(cast.event, days=2)
    for day in (0, 4, 8):
        run(DUE + timedelta(days=day))
        Message.objects.filter(state="queued").update(state="sent", sent_at=DUE + timedelta(days=day))
    assert Message.objects.filter(guest=cast.henrik, letter="reminder").count() == 2
    assert {row.reminder for row in Occurrence.objects.all()} == {rule, later, last}
    assert [bool(row.campaign) for row in Occurrence.objects.order_by("day")] == [True, False, False]


@pytest.mark.parametrize(("hours", "is_reminded"), [(71, False), (72, True)])
def test_three_days_lie_between_a_reminder_and_any_other_letter(cast, rule, hours, is_reminded):
    factories.make_message(cast.henrik, "free", state="sent", sent_at=DUE - timedelta(hours=hours))
    run(DUE)
    assert bool(written()) is is_reminded


def test_what_the_guest_asked_for_keeps_nobody_from_being_reminded(cast, rule):
    factories.make_message(cast.henrik, "link", state="sent", sent_at=DUE - timedelta(hours=1))
    run(DUE)
    assert written() == ["Henrik"]


def test_a_letter_that_waits_for_its_hour_counts_too(cast, rule):
    factories.make_message(cast.henrik, "free", due_at=DUE + timedelta(days=2))
    run(DUE)
    assert written() == []


# --- answered a minute ago ----------------------------------------------------------------------


def test_whoever_has_just_answered_is_not_reminded(cast, rule):
    answers.give(cast.henrik, {"dinner": Choice.UNSURE}, **WEB, now=DUE - timedelta(seconds=1))
    run(DUE)
    assert written() == []
    assert Occurrence.objects.get().campaign is None


def test_whoever_answers_before_the_mail_leaves_does_not_get_it(cast, rule, clock, mailoutbox):
    run(DUE)
    answers.give(cast.henrik, {"dinner": Choice.UNSURE}, **WEB, now=DUE + timedelta(seconds=1), tell=False)
    clock.now = DUE + timedelta(seconds=30)
    delivery.deliver()
    message = Message.objects.get(letter="reminder")
    assert (message.state, message.error_code) == ("stopped", "answered")
    assert mailoutbox == []


def test_the_mail_reaches_the_guest(cast, rule, clock, mailoutbox):
    run(DUE)
    clock.now = DUE + timedelta(seconds=30)
    assert delivery.deliver().sent == 1
    assert mailoutbox[0].to == [cast.henrik.email]


@pytest.mark.parametrize(
    ("hours", "change", "code"),
    [
        (10, {}, "too_late"),  # the mail server was away until the evening
        (1, {"state": "closed"}, "event_not_open"),
        (1, {"state": "cancelled"}, "event_not_open"),
    ],
)
def test_a_mail_that_makes_no_sense_any_more_does_not_leave(cast, rule, clock, mailoutbox, hours, change, code):
    run(DUE)
    Event.objects.filter(pk=cast.event.pk).update(**change)
    clock.now = DUE + timedelta(hours=hours)
    delivery.deliver()
    assert (Message.objects.get().error_code, mailoutbox) == (code, [])


def test_practical_information_does_not_leave_when_all_of_it_is_cancelled(cast, practical, clock, mailoutbox):
    run(DAY_BEFORE)
    Activity.objects.filter(event=cast.event).update(cancelled_at=DAY_BEFORE)
    clock.now = DAY_BEFORE + timedelta(minutes=1)
    delivery.deliver()
    assert (Message.objects.get().state, mailoutbox) == ("stopped", [])


# --- down, moved, switched ----------------------------------------------------------------------


def test_a_worker_that_was_down_sends_on_the_same_day(cast, rule):
    assert run(DUE + timedelta(hours=8)) == 1  # six in the evening
    assert written() == ["Henrik"]


def test_a_worker_that_was_down_too_long_says_so_and_sends_nothing(cast, rule):
    assert run(DUE + timedelta(hours=9)) == 1  # seven in the evening
    assert written() == []
    assert Occurrence.objects.get().state == "missed"
    assert run(DUE + timedelta(days=1)) == 0


def test_what_nobody_would_have_got_was_not_missed(cast, rule):
    Answer.objects.filter(guest=cast.henrik).update(state="unsure", answered_at=DUE)
    run(DUE + timedelta(days=1))
    assert Occurrence.objects.get().state == "sent"


def test_a_clock_that_jumps_back_sends_nothing_again(cast, rule):
    assert [run(DUE), run(DUE - timedelta(days=2)), run(DUE), run(DUE + timedelta(hours=1))] == [1, 0, 0, 0]
    assert written() == ["Henrik"]


def test_the_promise_follows_a_deadline_that_moves_on(cast, rule, now):
    move_deadline(cast.event, timedelta(days=7), now=now)
    assert run(DUE) == 0
    assert run(DUE + timedelta(days=7)) == 1
    assert written() == ["Henrik"]


def test_nobody_is_reminded_by_the_same_rule_again_when_the_deadline_moves_after_it(cast, rule):
    run(DUE)
    Message.objects.update(state="sent", sent_at=DUE)
    late = factories.make_guest(cast.event, "Nina Ny")
    move_deadline(cast.event, timedelta(days=7), now=DUE + timedelta(days=1))
    assert run(DUE + timedelta(days=7)) == 1
    assert written() == ["Henrik", "Nina"]
    assert Message.objects.get(guest=late).key == f"reminder:{rule.pk}"


def test_what_is_past_by_a_deadline_that_moves_nearer_is_not_made_up_for(cast, rule):
    move_deadline(cast.event, timedelta(days=-5), now=DUE - timedelta(days=2))  # was due three days ago
    assert run(DUE - timedelta(days=2)) == 0
    assert not Occurrence.objects.exists()


def move_deadline(event, delta, *, now):
    event.refresh_from_db()
    event.answer_by_at += delta
    programme.change_event(event, ["answer_by_at"], by=None, channel=OFFICE, now=now)


def test_what_is_past_by_a_day_that_moves_nearer_is_neither_made_up_for_nor_missed(cast):
    factories.make_reminder(cast.event, "practical", days=3)
    moved_at = datetime(2027, 9, 8, 8, 0, tzinfo=UTC)
    moving.move(cast.event, date(2027, 9, 10), by=cast.otto, channel=OFFICE, now=moved_at)
    assert run(moved_at + timedelta(minutes=1)) == 0
    assert not Occurrence.objects.exists()


def test_an_event_that_opens_late_does_not_make_up_for_it(cast, rule):
    Event.objects.filter(pk=cast.event.pk).update(state="draft")
    cast.event.refresh_from_db()
    assert run(DUE) == 0
    events.change_state(cast.event, Event.State.OPEN, by=cast.otto, channel=OFFICE, now=DUE + timedelta(minutes=5))
    assert run(DUE + timedelta(minutes=6)) == 0
    assert not Occurrence.objects.exists()


def test_what_is_switched_off_in_between_does_not_go_out(cast, rule):
    reminders.switch(rule, False, by=cast.otto, channel=OFFICE, now=DUE - timedelta(minutes=1))
    assert run(DUE) == 0
    reminders.switch(rule, True, by=cast.otto, channel=OFFICE, now=DUE + timedelta(minutes=1))
    assert run(DUE + timedelta(minutes=2)) == 0
    assert written() == []


def test_a_letter_without_a_text_waits_for_one_until_the_evening(cast, rule, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr("events.emails.has_text", lambda event, kind: False)
        assert run(DUE) == 0
        assert not Occurrence.objects.exists()
    assert run(DUE + timedelta(hours=1)) == 1
    assert written() == ["Henrik"]


def test_one_rule_that_fails_keeps_neither_the_others_nor_the_worker(cast, rule, monkeypatch):
    other = factories.make_reminder(cast.other_event)
    factories.make_guest(cast.other_event, "Olav Ness")
    real = occurrences.settle

    def settle(pk, *, now):
        if pk == rule.pk:
            raise OperationalError
        return real(pk, now=now)

    monkeypatch.setattr(occurrences, "settle", settle)
    assert run(DUE) == 1
    assert Occurrence.objects.get().reminder == other


def test_the_worker_looks_every_minute(cast, rule, clock):
    clock.now = DUE
    Background("test")._each_minute(DUE)
    assert written() == ["Henrik"]


def test_the_worker_reminds_when_the_file_store_is_away(cast, rule, clock, monkeypatch):
    def away(*, now):
        raise OSError("no such place")

    monkeypatch.setattr(housekeeping, "put_away_lists", away)
    clock.now = DUE
    Background("test").turn()
    assert Message.objects.filter(letter="reminder").exists()


# --- a person decides about what was missed -----------------------------------------------------


@pytest.fixture
def missed(cast, rule):
    run(DUE + timedelta(days=1))
    return Occurrence.objects.get(state="missed")


def test_a_missed_letter_is_sent_at_a_press_whatever_the_hour(cast, missed):
    night = DUE + timedelta(days=1, hours=13)
    sent = occurrences.send_now(missed, by=cast.otto, channel=OFFICE, now=night)
    assert sent.count == 1
    assert written() == ["Henrik"]
    missed.refresh_from_db()
    assert (missed.state, missed.campaign, missed.campaign.created_by) == ("sent", sent.campaign, cast.otto)
    assert History.objects.get(what="rules").facts == {"letter": "reminder", "change": "sent_after_all"}
    assert occurrences.send_now(missed, by=cast.otto, channel=OFFICE, now=night) is None
    assert Message.objects.count() == 1


def test_a_missed_letter_goes_to_whom_it_concerns_now(cast, missed):
    answers.give(cast.henrik, {"dinner": Choice.COMING}, **WEB, now=DUE + timedelta(days=1), tell=False)
    sent = occurrences.send_now(missed, by=cast.otto, channel=OFFICE, now=DUE + timedelta(days=2))
    assert (sent.count, sent.campaign, written()) == (0, None, [])


def test_a_missed_letter_that_is_left_stays_unsent(cast, missed):
    assert occurrences.leave(missed, by=cast.otto, channel=OFFICE, now=DUE + timedelta(days=1))
    assert not occurrences.leave(missed, by=cast.otto, channel=OFFICE, now=DUE + timedelta(days=1))
    assert occurrences.send_now(missed, by=cast.otto, channel=OFFICE, now=DUE + timedelta(days=1)) is None
    assert written() == []


@pytest.mark.parametrize(("days", "state"), [(11, "open"), (2, "closed"), (2, "cancelled")])
def test_a_missed_letter_is_of_no_use_when_the_deadline_or_the_event_is_over(cast, missed, days, state):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    with pytest.raises(occurrences.OfNoUseAnyMore):
        occurrences.send_now(missed, by=cast.otto, channel=OFFICE, now=DUE + timedelta(days=days))
    cast.event.refresh_from_db()
    assert missed.reminder.letter not in letters_of_use(cast.event, now=DUE + timedelta(days=days))


def test_a_missed_letter_without_a_text_is_not_sent(cast, missed, monkeypatch):
    monkeypatch.setattr("events.emails.has_text", lambda event, kind: False)
    with pytest.raises(NothingToSay):
        occurrences.send_now(missed, by=cast.otto, channel=OFFICE, now=DUE + timedelta(days=1))
    assert Occurrence.objects.missed().get() == missed
    assert missed.reminder.letter in letters_of_use(cast.event, now=DUE + timedelta(days=1))


def test_the_day_of_the_event_ends_by_its_own_clock(cast):
    """Helsinki has gone to bed two hours before the day is over in UTC."""
    cast.event.time_zone = "Europe/Helsinki"
    evening = datetime.combine(cast.event.held_on, time(23, 30), tzinfo=cast.event.zone)
    assert "practical" in letters_of_use(cast.event, now=evening.astimezone(UTC))
    assert "practical" not in letters_of_use(cast.event, now=(evening + timedelta(hours=1)).astimezone(UTC))


# --- rules --------------------------------------------------------------------------------------


def test_an_event_begins_with_the_usual_rules(db, now):
    event = events.make("ny", title="Ny", held_on=now.date(), **WEB, now=now)
    rules = Reminder.objects.filter(event=event).values_list("letter", "days_before", "hour", "is_on")
    assert set(rules) == {("reminder", 10, 10, True), ("reminder", 3, 10, True), ("practical", 1, 10, True)}


def test_a_rule_is_changed_once_and_not_onto_another(cast, rule, now):
    factories.make_reminder(cast.event, days=3)
    how = {"by": cast.otto, "channel": OFFICE, "now": now}
    assert reminders.change(rule, days=5, hour=14, **how)
    assert not reminders.change(rule, days=5, hour=14, **how)
    with pytest.raises(reminders.OnThatDayAlready):
        reminders.change(rule, days=3, hour=14, **how)
    rule.refresh_from_db()
    assert (rule.days_before, rule.hour, rule.since_at) == (5, 14, now)
    assert [row.facts for row in History.objects.filter(what="rules")] == [
        {"letter": "reminder", "days": 5, "hour": 14}
    ]


def test_the_invitation_counts_as_a_letter_so_that_nobody_is_pressed(cast, rule):
    guest = factories.make_guest(cast.event, "Sent Etter")
    invitations.send_to(guest, by=cast.otto, channel=OFFICE, now=DUE - timedelta(days=1))
    run(DUE)
    assert written() == ["Henrik"]
    assert left_out()["Sent"] == "just_wrote"


# --- two at once --------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_schedulers_write_each_mail_once(clock):
    event = factories.make_event()
    factories.make_crowd(event, 40, state="coming")
    for _number in range(20):
        factories.make_guest(event)
    for days in (9, 10):
        factories.make_reminder(event, days=days)
    factories.make_reminder(event, "practical", days=24)  # on the same day
    done, failures = [], []
    start = threading.Barrier(4)

    def look():
        try:
            start.wait(timeout=60)
            done.append(occurrences.run_due(now=DUE))
        except Exception as error:
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=look) for _number in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=120)
    assert failures == []
    assert sum(done) == 2
    assert Occurrence.objects.count() == 2
    assert Message.objects.filter(letter="reminder").count() == 20
    assert Message.objects.filter(letter="practical").count() == 40


@pytest.mark.django_db(transaction=True)
def test_nothing_has_happened_when_the_power_goes_before_the_end(clock, monkeypatch):
    event = factories.make_event()
    factories.make_guest(event)
    factories.make_reminder(event)

    def power_cut(*given, **more):
        raise SystemExit  # whatever it is: no error that is looked at

    with monkeypatch.context() as patched:
        patched.setattr(occurrences, "_write", power_cut)
        with pytest.raises(SystemExit):
            occurrences.run_due(now=DUE)
    assert (Message.objects.count(), Campaign.objects.count(), Occurrence.objects.count()) == (0, 0, 0)
    assert occurrences.run_due(now=DUE + timedelta(minutes=1)) == 1
    assert Message.objects.count() == 1
