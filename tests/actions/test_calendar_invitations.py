"""Calendar invitations: one mail per guest and activity, its updates and its end, as calendars take them."""

import email
import os
import subprocess
import sys
from datetime import timedelta

import pytest
from icalendar import Calendar

from events.actions import (
    answers,
    calendar_invitations,
    cancelling,
    delivery,
    events,
    guests,
    invitations,
    moving,
    programme,
    taking_back,
)
from events.actions.notices import Telling
from events.domain.answers import Choice
from events.emails import as_bytes
from events.models import Activity, Answer, Contact, Event, Invitation, Message
from tests import factories
from tests.domain.test_calendars import CHECKER

US = "invitasjon@vertskap.example"


@pytest.fixture(autouse=True)
def mailbox(settings):
    """A mailbox that is read."""
    settings.INBOUND_URL = "imap+ssl://user:secret@mail.vertskap.example"
    settings.SITE_URL = "https://vertskap.example"


def how(cast, now, **more):
    return {"by": cast.otto, "channel": "office", "now": now, **more}


def told(cast, now):
    return how(cast, now, telling=Telling())


def moved(part, minutes=30):
    by = timedelta(minutes=minutes)
    return {"starts_at": part.starts_at + by, "ends_at": part.ends_at + by}


@pytest.fixture
def by_calendar(cast, clock, mailoutbox):
    """by_calendar("dinner") sends everybody the invitation to these parts, and forgets the mails."""

    def ask(*slugs):
        for slug in slugs:
            part = cast.activity(slug)
            Activity.objects.filter(pk=part.pk).update(invites_by_calendar=True)
            calendar_invitations.send(part, **how(cast, clock.now))
        sent = deliver(clock, mailoutbox)
        clock.move(minutes=1)
        return sent

    return ask


def deliver(clock, mailoutbox):
    """{address: [mails]} of what has been sent now."""
    mailoutbox.clear()
    delivery.deliver(clock=lambda: clock.now)
    found = {}
    for mail in mailoutbox:
        found.setdefault(mail.to[0], []).append(mail)
    return found


def parts_of(mail):
    return list(email.message_from_bytes(as_bytes(mail)).walk())


def invite_in(mail):
    """The VCALENDAR of the alternative; None without."""
    for part in parts_of(mail):
        if part.get_content_type() == "text/calendar" and part.get_param("method"):
            return Calendar.from_ical(part.get_payload(decode=True))
    return None


def event_in(mail):
    return invite_in(mail).walk("VEVENT")[0]


def answer_of(guest, slug):
    return Answer.objects.get(guest=guest, activity__slug=slug)


def check(tmp_path, *mails, previous=None):
    """The house's own checker says of these mails: exit status and report."""
    paths = []
    for number, mail in enumerate([*mails, *([previous] if previous else [])]):
        paths.append(tmp_path / f"{number}.eml")
        paths[-1].write_bytes(as_bytes(mail))
    command = [sys.executable, CHECKER]
    if previous:
        last = paths.pop()
        part = next(part for part in parts_of(previous) if part.get_content_type() == "text/calendar")
        last.with_suffix(".ics").write_bytes(part.get_payload(decode=True))
        command += ["--previous", last.with_suffix(".ics")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run([*map(str, command), *map(str, paths)], capture_output=True, text=True, env=environment)
    return done.returncode, done.stdout


def test_mail_has_the_shape_that_clients_show_buttons_for(cast, by_calendar, tmp_path):
    (mail,) = by_calendar("dinner")[cast.henrik.email]
    kinds = [part.get_content_type() for part in parts_of(mail)]
    assert kinds == [
        "multipart/mixed", "multipart/alternative", "text/plain", "text/html", "text/calendar", "application/ics"
    ]  # fmt: skip
    calendar, attached = parts_of(mail)[4:]
    assert (calendar.get_param("method"), calendar.get_param("charset")) == ("REQUEST", "UTF-8")
    assert {part["Content-Transfer-Encoding"] for part in (calendar, attached)} == {"base64"}
    assert attached.get_filename() == "invite.ics"
    assert calendar.get_payload(decode=True) == attached.get_payload(decode=True)
    event, answer = event_in(mail), answer_of(cast.henrik, "dinner")
    assert (str(event["UID"]), int(event["SEQUENCE"])) == (answer.uid, 0)
    assert str(event["ORGANIZER"]) == f"mailto:{US}"
    assert str(event["ATTENDEE"]) == f"mailto:{cast.henrik.email}"
    assert event["ATTENDEE"].params["PARTSTAT"] == "NEEDS-ACTION"
    assert US in mail.from_email and US in mail.reply_to[0]
    assert answer.asked_sequence == 0
    status, report = check(tmp_path, mail)
    assert status == 0, report


def test_those_who_said_no_or_have_no_mail_are_not_asked(cast, now):
    dinner = cast.activity("dinner")
    factories.make_guest(cast.event, "Uten Adresse", email="", answers={"dinner": "coming"})
    drafted = factories.make_guest(cast.event, "Ikke Skrevet")
    Invitation.objects.filter(guest=drafted).update(state="drafted", sent_at=None)
    quiet = factories.make_guest(cast.event, "Vil Ikke")
    Contact.objects.filter(guest=quiet).update(unsubscribed_at=now)
    asked = calendar_invitations.audience(dinner)
    assert sorted(map(str, asked.guests)) == ["Greta Åsen", "Henrik Sørli"]
    assert {str(guest): reason for guest, reason in asked.left_out} == {
        "Ines Öberg": "declined", "Uten Adresse": "no_email", "Ikke Skrevet": "not_written", "Vil Ikke": "unsubscribed",
    }  # fmt: skip


def test_pressing_twice_asks_once(cast, clock, by_calendar, mailoutbox):
    dinner = cast.activity("dinner")
    assert calendar_invitations.send(dinner, **how(cast, clock.now)) == 2
    assert calendar_invitations.send(dinner, **how(cast, clock.now)) == 0
    assert len(deliver(clock, mailoutbox)) == 2
    assert calendar_invitations.send(dinner, **how(cast, clock.now)) == 0
    assert Message.objects.filter(letter="calendar").count() == 2


def test_nobody_is_asked_when_no_mailbox_is_read(cast, now, settings):
    settings.INBOUND_URL = ""
    Activity.objects.filter(event=cast.event).update(invites_by_calendar=True)
    assert calendar_invitations.send(cast.activity("dinner"), **how(cast, now)) == 0
    invitations.send(cast.event, **how(cast, now))
    assert not Message.objects.filter(letter="calendar").exists()


def test_invitation_takes_the_calendar_invitations_along(cast, clock, mailoutbox):
    Activity.objects.filter(event=cast.event, slug__in=["race", "dinner"]).update(invites_by_calendar=True)
    invitations.send(cast.event, **how(cast, clock.now))
    mails = deliver(clock, mailoutbox)[cast.henrik.email]
    methods = [invite_in(mail) and str(invite_in(mail)["METHOD"]) for mail in mails]
    assert methods == [None, "REQUEST", "REQUEST"]
    assert len({str(event_in(mail)["UID"]) for mail in mails[1:]}) == 2
    assert [len(invite_in(mail).walk("VEVENT")) for mail in mails[1:]] == [1, 1]


def test_nobody_is_asked_whose_invitation_was_stopped(cast, clock, mailoutbox):
    Activity.objects.filter(event=cast.event, slug="dinner").update(invites_by_calendar=True)
    Invitation.objects.filter(guest=cast.henrik).update(state="drafted", sent_at=None)
    invitations.send(cast.event, **how(cast, clock.now))
    Message.objects.filter(guest=cast.henrik, letter="invitation").update(state="stopped")
    assert cast.henrik.email not in deliver(clock, mailoutbox)
    assert Message.objects.get(guest=cast.henrik, letter="calendar").error_code == "invitation_stopped"


def test_move_updates_the_entry_in_the_one_mail_that_tells_of_it(cast, clock, by_calendar, mailoutbox, tmp_path):
    first = by_calendar("dinner")[cast.greta.email][0]
    dinner = cast.activity("dinner")
    programme.change(dinner, moved(dinner), **told(cast, clock.now))
    clock.move(minutes=6)
    (mail,) = deliver(clock, mailoutbox)[cast.greta.email]
    assert mail.subject.endswith("Dinner")
    assert "kl. 19:30–23:30" in mail.body and "Kalenderinvitasjonen blir oppdatert" in mail.body
    event = event_in(mail)
    assert (int(event["SEQUENCE"]), event["ATTENDEE"].params["PARTSTAT"]) == (1, "NEEDS-ACTION")
    assert event["DTSTART"].dt == dinner.starts_at + timedelta(minutes=30)
    names = [part.get_filename() for part in parts_of(mail) if part.get_filename()]
    assert names == ["invite.ics"]  # not the file as well
    assert answer_of(cast.greta, "dinner").asked_sequence == 1
    status, report = check(tmp_path, mail, previous=first)
    assert status == 0, report


def test_new_place_leaves_the_answer_as_it_is(cast, clock, by_calendar, mailoutbox):
    by_calendar("dinner")
    programme.change(cast.activity("dinner"), {"address": "Bryggen 1"}, **told(cast, clock.now))
    clock.move(minutes=6)
    mails = deliver(clock, mailoutbox)
    said = {to: event_in(mail)["ATTENDEE"].params["PARTSTAT"] for to, (mail,) in mails.items()}
    assert said == {cast.greta.email: "ACCEPTED", cast.henrik.email: "NEEDS-ACTION"}


def test_cancelled_part_is_taken_out_with_its_old_times(cast, clock, by_calendar, mailoutbox, tmp_path):
    first = by_calendar("dinner")[cast.greta.email][0]
    dinner = cast.activity("dinner")
    programme.change(dinner, moved(dinner), **told(cast, clock.now))  # has not left
    cancelling.cancel(dinner, **told(cast, clock.now))
    clock.move(minutes=6)
    (mail,) = deliver(clock, mailoutbox)[cast.greta.email]
    assert str(invite_in(mail)["METHOD"]) == "CANCEL"
    event = event_in(mail)
    assert (str(event["STATUS"]), event["DTSTART"].dt, int(event["SEQUENCE"])) == ("CANCELLED", dinner.starts_at, 2)
    assert event.walk("VALARM") == []
    status, report = check(tmp_path, mail, previous=first)
    assert status == 0, report
    cancelling.restore(dinner, **told(cast, clock.now))
    clock.move(minutes=6)
    (back,) = deliver(clock, mailoutbox)[cast.greta.email]
    assert (str(invite_in(back)["METHOD"]), int(event_in(back)["SEQUENCE"])) == ("REQUEST", 3)


def test_cancelled_event_takes_every_entry_out_one_a_mail(cast, clock, by_calendar, mailoutbox, tmp_path):
    by_calendar("gathering", "race", "dinner")
    row = events.change_state(cast.event, Event.State.CANCELLED, **told(cast, clock.now))
    clock.move(minutes=6)
    mails = deliver(clock, mailoutbox)
    assert row.facts["told"] == sum(map(len, mails.values())) == 5
    henrik = mails[cast.henrik.email]
    assert {str(invite_in(mail)["METHOD"]) for mail in henrik} == {"CANCEL"}
    assert len({str(event_in(mail)["UID"]) for mail in henrik}) == len(henrik) == 3
    assert len(mails[cast.greta.email]) == 2  # she said no to the race
    assert all(
        [part.get_filename() for part in parts_of(mail) if part.get_filename()] == ["invite.ics"] for mail in henrik
    )
    status, report = check(tmp_path, *henrik)
    assert status == 0, report


def test_moved_event_moves_every_entry(cast, clock, by_calendar, mailoutbox):
    by_calendar("race", "dinner")
    moving.move(cast.event, cast.event.held_on + timedelta(days=7), **told(cast, clock.now))
    clock.move(minutes=6)
    mails = deliver(clock, mailoutbox)
    race = cast.activity("race")
    henrik = {str(event_in(mail)["UID"]): event_in(mail) for mail in mails[cast.henrik.email]}
    assert set(henrik) == {answer_of(cast.henrik, slug).uid for slug in ("race", "dinner")}
    assert henrik[answer_of(cast.henrik, "race").uid]["DTSTART"].dt == race.starts_at
    greta = mails[cast.greta.email]
    assert len(greta) == 1  # the file of the gathering and the invitation of the dinner in one
    names = [part.get_filename() for part in parts_of(greta[0]) if part.get_filename()]
    assert sorted(names) == ["gathering.ics", "invite.ics"]


def test_undo_takes_the_updates_back_too(cast, clock, by_calendar, mailoutbox):
    by_calendar("race", "dinner")
    row = moving.move(cast.event, cast.event.held_on + timedelta(days=7), **told(cast, clock.now))
    taking_back.take_back(row, **how(cast, clock.now))
    assert not Message.objects.filter(state="queued").exists()
    clock.move(minutes=6)
    assert deliver(clock, mailoutbox) == {}


def test_answer_on_the_page_is_shown_in_the_calendar_by_the_same_mail(cast, clock, by_calendar, mailoutbox, tmp_path):
    first = by_calendar("dinner")[cast.henrik.email][0]
    answers.give(cast.henrik, {"dinner": Choice.COMING}, by=None, channel="web", now=clock.now)
    clock.move(minutes=6)
    (mail,) = deliver(clock, mailoutbox)[cast.henrik.email]
    event = event_in(mail)
    assert (int(event["SEQUENCE"]), event["ATTENDEE"].params["PARTSTAT"]) == (0, "ACCEPTED")
    assert event["DTSTAMP"].dt > event_in(first)["DTSTAMP"].dt
    assert [part.get_filename() for part in parts_of(mail) if part.get_filename()] == ["invite.ics"]
    status, report = check(tmp_path, mail, previous=first)
    assert status == 0, report


def test_one_answer_to_several_invitations_is_one_mail_without_them(cast, clock, by_calendar, mailoutbox):
    by_calendar("race", "dinner")
    answers.give(
        cast.henrik, {"dinner": Choice.COMING, "gathering": Choice.COMING}, by=None, channel="web", now=clock.now
    )
    clock.move(minutes=6)
    (mail,) = deliver(clock, mailoutbox)[cast.henrik.email]
    assert invite_in(mail) is None
    assert [part.get_filename() for part in parts_of(mail) if part.get_filename()] == ["gathering.ics"]


def test_withdrawn_invitation_leaves_the_calendar(cast, clock, by_calendar, mailoutbox, tmp_path):
    first = by_calendar("dinner")[cast.henrik.email][0]
    guests.revoke_link(cast.henrik, **how(cast, clock.now))
    (mail,) = deliver(clock, mailoutbox)[cast.henrik.email]
    assert (str(invite_in(mail)["METHOD"]), int(event_in(mail)["SEQUENCE"])) == ("CANCEL", 1)
    assert "/i/" not in mail.body
    assert answer_of(cast.henrik, "dinner").asked_sequence is None
    status, report = check(tmp_path, mail, previous=first)
    assert status == 0, report
    guests.revoke_link(cast.henrik, **how(cast, clock.now))
    assert deliver(clock, mailoutbox) == {}


def test_part_a_guest_is_no_longer_invited_to_leaves_the_calendar(cast, clock, by_calendar, mailoutbox):
    by_calendar("dinner")
    uid = answer_of(cast.henrik, "dinner").uid
    rest = [cast.activity("gathering"), cast.activity("race")]
    guests.invite_to(cast.henrik, rest, **how(cast, clock.now))
    (mail,) = deliver(clock, mailoutbox)[cast.henrik.email]
    assert (str(event_in(mail)["UID"]), str(invite_in(mail)["METHOD"])) == (uid, "CANCEL")
    guests.invite_to(cast.henrik, [*rest, cast.activity("dinner")], **how(cast, clock.now))
    assert calendar_invitations.send(cast.activity("dinner"), **how(cast, clock.now)) == 1


def test_question_that_has_not_left_is_not_asked_when_the_part_is_cancelled(cast, clock, mailoutbox):
    dinner = cast.activity("dinner")
    calendar_invitations.send(dinner, **how(cast, clock.now))
    cancelling.cancel(dinner, **how(cast, clock.now))
    assert deliver(clock, mailoutbox) == {}
    assert set(Message.objects.values_list("error_code", flat=True)) == {"no_longer_true"}


@pytest.mark.parametrize(
    "name", ['Per "Pelle" Berg', "Åse; Øst: nord", "=CMD|' /C'!A0", "Å" * 80, "www.evil.example Kari"]
)
def test_mail_stays_sound_whatever_the_guest_is_called(cast, clock, mailoutbox, tmp_path, name):
    contact = factories.make_contact(name, email="gjest@kunde.example")
    factories.make_guest(cast.event, contact=contact)
    calendar_invitations.send(cast.activity("dinner"), **how(cast, clock.now))
    (mail,) = deliver(clock, mailoutbox)["gjest@kunde.example"]
    assert "evil.example" not in str(event_in(mail)["ATTENDEE"].params["CN"])
    status, report = check(tmp_path, mail)
    assert status == 0, report


def test_five_hundred_are_asked_and_moved_in_as_many_queries_as_twenty(cast, clock, django_assert_max_num_queries):
    counts = []
    for size in (20, 500):
        event = factories.make_event(f"event-{size}")
        factories.make_crowd(event, size)
        dinner = event.activity_set.get(slug="dinner")
        with django_assert_max_num_queries(80) as asked:
            assert calendar_invitations.send(dinner, **how(cast, clock.now)) == size
        Answer.objects.filter(activity=dinner).update(asked_sequence=0)
        with django_assert_max_num_queries(80) as followed:
            assert programme.change(dinner, moved(dinner), **told(cast, clock.now)).facts["told"] == size
        counts.append([sum(not query["sql"].startswith("INSERT") for query in run) for run in (asked, followed)])
    assert counts[0] == counts[1]
