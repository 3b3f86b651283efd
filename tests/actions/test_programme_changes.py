"""What guests hear of a programme that changes: one mail of old and new, or none."""

import time
from datetime import UTC, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import cancelling, delivery, events, moving, privacy, programme, taking_back
from events.actions.notices import Telling
from events.models import Activity, Answer, Contact, Event, Guest, History, Invitation, Message, Texts
from tests import factories


def how(cast, now, **more):
    return {"by": cast.otto, "channel": "office", "now": now, "telling": Telling(), **more}


def moved(part, **delta):
    return {"starts_at": part.starts_at + timedelta(**delta), "ends_at": part.ends_at + timedelta(**delta)}


def fresh(part):
    return Activity.objects.get(pk=part.pk)


def waiting():
    rows = Message.objects.filter(key="programme", state="queued").order_by("guest__sort_key")
    return {row.guest.name: row.letter for row in rows.select_related("guest__contact")}


def sent(mailoutbox):
    return {mail.to[0]: mail for mail in mailoutbox}


def test_whoever_relies_on_it_hears_of_a_move(cast, now):
    dinner = cast.activity("dinner")
    said = {"coming": "Kommer", "waiting": "Venter", "unsure": "Usikker", "not_coming": "Kan Ikke"}
    for state, name in said.items():
        factories.make_guest(cast.event, f"{name} Hansen", answers={"dinner": state})
    quiet = factories.make_guest(cast.event, "Ikke Skrevet")
    Invitation.objects.filter(guest=quiet).update(state="drafted", sent_at=None)
    factories.make_guest(cast.event, "Uten Adresse", email="", answers={"dinner": "coming"})
    for name, state in (("Vil Ikke", "no_answer"), ("Vil Ikke Men Kommer", "coming")):
        guest = factories.make_guest(cast.event, name, answers={"dinner": state} if state == "coming" else None)
        Contact.objects.filter(guest=guest).update(unsubscribed_at=now)
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, now))
    assert set(waiting()) == {
        "Greta Åsen", "Henrik Sørli", "Kommer Hansen", "Venter Hansen", "Usikker Hansen", "Vil Ikke Men Kommer"
    }  # fmt: skip
    assert set(waiting().values()) == {"change"}


def test_nobody_hears_when_a_part_is_changed_without_telling(cast, now):
    dinner = cast.activity("dinner")
    before = Answer.objects.get(guest=cast.greta, activity=dinner).sequence
    row = programme.change(dinner, moved(dinner, minutes=30), **how(cast, now, telling=None))
    assert waiting() == {}
    assert "told" not in row.facts
    assert Answer.objects.get(guest=cast.greta, activity=dinner).sequence == before + 1


def test_letter_says_old_and_new_and_brings_the_file(cast, clock, mailoutbox):
    dinner = cast.activity("dinner")
    fields = {**moved(dinner, minutes=30), "place": factories.texts("Fløien"), "title": factories.texts("Festmiddag")}
    programme.change(dinner, fields, **how(cast, clock.now, telling=Telling({"nb": "Kokken trenger tid."})))
    assert delivery.deliver(clock=lambda: clock.now).total == 0
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    mails = sent(mailoutbox)
    greta = mails[cast.greta.email]
    assert greta.subject == "Endring i programmet: Dinner"
    for piece in ("Festmiddag", "kl. 19:30–23:30", "før: kl. 19:00–23:00", "Fløien", "før: Dinnerhusen", "Kokken"):
        assert piece in greta.body, piece
        assert piece in greta.alternatives[0].content.replace("kl.&nbsp;", "kl. "), piece
    (file,) = greta.attachments
    text = file.get_payload(decode=True).decode()
    answer = Answer.objects.get(guest=cast.greta, activity=dinner)
    assert f"UID:{answer.uid}" in text
    assert "SEQUENCE:1\r\n" in text
    assert "METHOD" not in text
    assert not mails[cast.henrik.email].attachments  # silent: nothing in the calendar


def test_second_change_goes_into_the_same_mail(cast, clock, mailoutbox):
    dinner, race = cast.activity("dinner"), cast.activity("race")
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now))
    programme.change(dinner, moved(dinner, minutes=60), **how(cast, clock.move(minutes=1)))
    programme.change(race, {"place": factories.texts("Fløien")}, **how(cast, clock.move(minutes=1)))
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    assert sorted(mail.to[0] for mail in mailoutbox) == sorted([cast.greta.email, cast.henrik.email])
    greta, henrik = (sent(mailoutbox)[guest.email].body for guest in (cast.greta, cast.henrik))
    assert "kl. 20:00–00:00 (før: kl. 19:00–23:00)" in greta
    assert "19:30" not in greta
    assert "Fløien" in henrik
    assert "Fløien" not in greta  # she said no to the race


def test_mail_is_taken_back_when_all_is_as_before(cast, clock, mailoutbox):
    dinner = cast.activity("dinner")
    before = {"starts_at": dinner.starts_at, "ends_at": dinner.ends_at}
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now))
    row = programme.change(dinner, before, **how(cast, clock.move(minutes=1)))
    assert row.facts["taken_back"] == 2
    assert waiting() == {}
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    assert mailoutbox == []
    assert set(Message.objects.values_list("state", "error_code")) == {("stopped", "taken_back")}


def test_mail_is_not_sent_when_nothing_is_left_to_tell_at_that_moment(cast, clock, mailoutbox):
    dinner = cast.activity("dinner")
    before = {"starts_at": dinner.starts_at, "ends_at": dinner.ends_at}
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now))
    programme.change(dinner, before, **how(cast, clock.now, telling=None))
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    assert mailoutbox == []
    assert set(Message.objects.values_list("error_code", flat=True)) == {"no_longer_true"}


def test_next_change_makes_a_new_mail_when_the_first_has_left(cast, clock, mailoutbox):
    dinner = cast.activity("dinner")
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now))
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    programme.change(dinner, moved(dinner, minutes=60), **how(cast, clock.now))
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    bodies = [mail.body for mail in mailoutbox if mail.to == [cast.greta.email]]
    assert len(bodies) == 2
    assert "kl. 20:00–00:00 (før: kl. 19:30–23:30)" in bodies[1]


def test_change_goes_into_a_mail_that_waits_for_another_try(cast, clock):
    dinner = cast.activity("dinner")
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now))
    first = Message.objects.get(guest=cast.greta)
    Message.objects.filter(pk=first.pk).update(key=f"programme#{first.pk}", attempts=1, error_code="later_451")
    programme.change(dinner, moved(dinner, minutes=60), **how(cast, clock.move(minutes=1)))
    old, new = Message.objects.filter(guest=cast.greta).order_by("pk")
    assert (old.state, old.error_code) == ("stopped", "superseded")
    assert new.facts["parts"] == first.facts["parts"]


def test_cancelled_part_is_told_with_the_file_of_the_old_times(cast, clock, mailoutbox):
    dinner = cast.activity("dinner")
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now))  # has not left
    cancelling.cancel(dinner, **how(cast, clock.now))
    assert set(waiting().values()) == {"cancellation"}
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    greta = sent(mailoutbox)[cast.greta.email]
    assert greta.subject == "Avlyst: Dinner"
    assert "Skulle vært kl. 19:00–23:00" in greta.body
    text = greta.attachments[0].get_payload(decode=True).decode()
    assert "STATUS:CANCELLED" in text
    assert f"DTSTART:{dinner.starts_at.astimezone(UTC):%Y%m%dT%H%M%SZ}" in text
    assert "SEQUENCE:2\r\n" in text


def test_restored_part_is_told_when_the_cancellation_has_left(cast, clock, mailoutbox):
    dinner = cast.activity("dinner")
    cancelling.cancel(dinner, **how(cast, clock.now))
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    mailoutbox.clear()
    cancelling.restore(dinner, **how(cast, clock.now))
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    greta = sent(mailoutbox)[cast.greta.email]
    assert "Blir likevel noe av" in greta.body
    assert "kl. 19:00–23:00" in greta.body
    assert "STATUS:CONFIRMED" in greta.attachments[0].get_payload(decode=True).decode()


def test_cancelled_event_is_one_mail_with_a_file_for_each_part(cast, clock, mailoutbox):
    row = events.change_state(cast.event, Event.State.CANCELLED, **how(cast, clock.now))
    assert row.facts["told"] == 2
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    assert set(sent(mailoutbox)) == {cast.greta.email, cast.henrik.email}  # Ines said no to everything
    assert len(mailoutbox) == 2
    greta = sent(mailoutbox)[cast.greta.email]
    assert greta.subject == "Avlyst: Stoltzen"
    names = [file.get_filename() for file in greta.attachments]
    assert names == ["gathering.ics", "dinner.ics"]
    assert all(b"STATUS:CANCELLED" in file.get_payload(decode=True) for file in greta.attachments)


def test_moved_event_takes_its_parts_along(cast, clock, mailoutbox):
    race = cast.activity("race")
    held_on = cast.event.held_on + timedelta(days=42)  # past the night the clocks go back
    moving.move(cast.event, held_on, **how(cast, clock.now))
    zone = cast.event.zone
    was, now_so = race.starts_at.astimezone(zone), fresh(race).starts_at.astimezone(zone)
    assert (now_so.date(), now_so.time()) == (held_on, was.time())
    assert was.utcoffset() != now_so.utcoffset()
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    greta = sent(mailoutbox)[cast.greta.email]
    assert "Fredag 5. november 2027 (før: fredag 24. september 2027)" in greta.body
    assert "Hele programmet flyttes" in greta.body
    assert "Dinner:" not in greta.body
    assert [file.get_filename() for file in greta.attachments] == ["gathering.ics", "dinner.ics"]


def test_change_of_a_cancelled_or_held_event_is_told_to_nobody(cast, now):
    dinner = cast.activity("dinner")
    for state in ("cancelled", "held"):
        Event.objects.filter(pk=cast.event.pk).update(state=state)
        programme.change(dinner, moved(fresh(dinner), minutes=30), **how(cast, now))
        assert waiting() == {}, state


def test_zoe_hears_nothing(cast, now):
    dinner = cast.activity("dinner")
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, now))
    events.change_state(cast.event, Event.State.CANCELLED, **how(cast, now))
    assert not Message.objects.filter(guest=cast.zoe).exists()
    assert not Message.objects.exclude(event=cast.event).exists()


def test_whoever_brings_a_companion_hears_for_the_companion(cast, now):
    companion = factories.make_companion(cast.ines, "Ola Berge", answers={"dinner": "coming"})
    dinner = cast.activity("dinner")
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, now))
    assert "Ines Öberg" in waiting()
    assert not Message.objects.filter(guest=companion).exists()


@pytest.mark.parametrize("deed", ["move", "cancel", "cancel_event", "move_event"])
def test_undo_puts_the_programme_back_and_the_mails_do_not_leave(cast, clock, mailoutbox, deed):
    dinner, event = cast.activity("dinner"), cast.event
    before = (dinner.starts_at, dinner.cancelled_at, event.state, event.held_on)
    row = {
        "move": lambda: programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now)),
        "cancel": lambda: cancelling.cancel(dinner, **how(cast, clock.now)),
        "cancel_event": lambda: events.change_state(event, Event.State.CANCELLED, **how(cast, clock.now)),
        "move_event": lambda: moving.move(event, event.held_on + timedelta(days=7), **how(cast, clock.now)),
    }[deed]()
    assert len(waiting()) == 2
    undone = taking_back.take_back(row, by=cast.otto, channel="office", now=clock.move(minutes=1))
    assert undone.facts["taken_back"] == 2
    stored = fresh(dinner)
    event = Event.objects.get(pk=event.pk)
    assert (stored.starts_at, stored.cancelled_at, event.state, event.held_on) == before
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    assert mailoutbox == []
    assert Answer.objects.get(guest=cast.greta, activity=dinner).sequence == 2  # calendars may have seen the change
    again = taking_back.take_back(row, by=cast.otto, channel="office", now=clock.now)
    assert again is None


def test_undo_tells_those_whose_mail_has_left(cast, clock, mailoutbox):
    dinner = cast.activity("dinner")
    row = programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now))
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    mailoutbox.clear()
    taking_back.take_back(row, by=cast.otto, channel="office", now=clock.now)
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    assert "kl. 19:00–23:00 (før: kl. 19:30–23:30)" in sent(mailoutbox)[cast.greta.email].body


def test_undo_of_a_change_nobody_was_told_tells_nobody(cast, clock):
    dinner = cast.activity("dinner")
    row = programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now, telling=None))
    taking_back.take_back(row, by=cast.otto, channel="office", now=clock.now)
    assert fresh(dinner).starts_at == dinner.starts_at
    assert not Message.objects.exists()


def test_undo_is_refused_when_it_has_changed_again_since(cast, clock):
    dinner = cast.activity("dinner")
    row = programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now))
    programme.change(dinner, moved(dinner, minutes=60), **how(cast, clock.now))
    with pytest.raises(taking_back.ChangedSince):
        taking_back.take_back(row, by=cast.otto, channel="office", now=clock.now)


def test_history_keeps_what_was_so_and_who_is_told(cast, now):
    dinner = cast.activity("dinner")
    row = programme.change(dinner, {**moved(dinner, minutes=30), "capacity": 9}, **how(cast, now))
    assert row.facts["fields"] == ["capacity", "ends_at", "starts_at"]
    assert sorted(row.facts["was"]) == ["ends_at", "starts_at"]
    assert row.facts["told"] == 2
    assert History.objects.filter(what="mail_queued", facts__letter="change").count() == 2


def test_nobody_hears_of_a_name_that_reads_the_same_in_the_own_language(cast, clock, mailoutbox):
    Contact.objects.filter(guest=cast.henrik).update(language="en")
    dinner = cast.activity("dinner")
    title = {**dinner.title, "nb": "Festmiddag"}
    row = programme.change(dinner, {"title": Texts(title)}, **how(cast, clock.now))
    assert (row.facts["told"], set(waiting())) == (1, {"Greta Åsen"})
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now))
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    henrik = sent(mailoutbox)[cast.henrik.email]
    assert "19:30" in henrik.body and "Name:" not in henrik.body
    assert "Navn: Festmiddag (før: Dinner)" in sent(mailoutbox)[cast.greta.email].body


def test_doing_it_twice_is_harmless(cast, now):
    dinner = cast.activity("dinner")
    fields = moved(dinner, minutes=30)
    programme.change(dinner, fields, **how(cast, now))
    assert programme.change(dinner, fields, **how(cast, now)) is None
    cancelling.cancel(dinner, **how(cast, now))
    assert cancelling.cancel(dinner, **how(cast, now)) is None
    assert Message.objects.count() == 2


def test_who_declines_meanwhile_gets_no_mail(cast, clock, mailoutbox):
    dinner = cast.activity("dinner")
    programme.change(dinner, moved(dinner, minutes=30), **how(cast, clock.now))
    Answer.objects.filter(guest=cast.greta, activity=dinner).update(state="not_coming")
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    assert set(sent(mailoutbox)) == {cast.henrik.email}


def test_moving_five_hundred_guests_costs_no_query_more_but_for_the_rows_themselves(cast, now):
    counts = {}
    for size in (20, 500):
        event = factories.make_event(f"event-{size}")
        factories.make_crowd(event, size)
        dinner = event.activity_set.get(slug="dinner")
        with CaptureQueriesContext(connection) as asked:
            started = time.process_time()
            row = programme.change(dinner, moved(dinner, minutes=30), **how(cast, now))
            took = time.process_time() - started
        assert row.facts["told"] == size
        counts[size] = len([query for query in asked if not query["sql"].startswith("INSERT")])
    assert counts[20] == counts[500] <= 16
    assert took < 2  # seconds of our own work; a quarter on a quiet core


def test_whoever_is_forgotten_is_not_invited_to_a_new_part_nor_to_one_that_welcomes_companions_now(cast, now):
    gone = factories.make_guest(cast.event, "Tore Lie", answers={"dinner": "coming"})
    brought = factories.make_companion(gone, "Ola Lie", answers={"dinner": "coming"})
    privacy.forget_guest(Guest.objects.get(pk=gone.pk), by=cast.otto, channel="office", now=now)
    fields = {"title": factories.texts("Frokost"), "kind": Activity.Kind.OTHER, "welcomes_companions": False}
    fields |= {name: getattr(cast.activity("dinner"), name) for name in ("starts_at", "ends_at")}
    part = programme.add(cast.event, by=cast.otto, channel="office", now=now, **fields)
    assert set(Answer.objects.filter(activity=part).values_list("guest__forgotten_at", flat=True)) == {None}
    assert Answer.objects.filter(activity=part, guest=cast.greta).exists()
    assert not Answer.objects.filter(activity=part, guest__in=[gone.pk, brought.pk]).exists()
