"""A colleague instead of a guest: proposed, looked at, approved or declined; nobody is written to before that (M3)."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import delivery, guests, invitations, privacy, substitutes
from events.models import Answer, Contact, Event, Guest, History, Message, Substitute
from tests import factories

NINA = {"name": "Nina Berge", "email": "nina.berge@kunde.example", "word": "Hun løper fort."}


def how(by=None):
    return {"by": by, "channel": "office" if by else "web", "now": timezone.now()}


def propose(guest, **said):
    return substitutes.propose(guest, **{**NINA, **said}, **how())


def approve(substitute, by, **said):
    typed = {"name": substitute.name, "email": substitute.email, "company": "Fjord Regnskap AS", "language": "nb"}
    return substitutes.approve(substitute, **{**typed, "host": None, "keeps_place": False, **said}, **how(by))


def letters(guest):
    return sorted(Message.objects.filter(guest=guest).values_list("letter", flat=True))


def states(guest):
    return dict(Answer.objects.filter(guest=guest).values_list("activity__slug", "state"))


def happened(guest):
    return sorted(History.objects.filter(guest=guest).exclude(what="mail_queued").values_list("what", flat=True))


def test_nothing_is_sent_to_the_colleague_before_an_organiser_has_approved(cast, sink, clock):
    proposed = propose(cast.greta)
    clock.move(days=2)
    assert delivery.deliver().total == 0
    assert sink.recipients == []
    assert not Contact.objects.filter(email_key=NINA["email"]).exists()
    approve(proposed, cast.otto)
    delivery.deliver()
    assert sorted(sink.recipients) == [cast.greta.contact.email, NINA["email"]]


def test_the_history_tells_neither_name_nor_address_when_a_colleague_is_proposed(cast):
    propose(cast.greta)
    row = History.objects.get(guest=cast.greta)
    assert (row.what, row.by, row.channel, row.facts) == ("proposed", None, "web", {"change": "proposed"})


def test_one_proposal_stands_when_the_button_is_pressed_twice(cast):
    assert propose(cast.greta) == propose(cast.greta)
    assert Substitute.objects.count() == History.objects.count() == 1


def test_the_newer_proposal_replaces_the_one_that_waits(cast):
    old, new = propose(cast.greta), propose(cast.greta, email="nina@kunde.example")
    assert list(Substitute.objects.all()) == [new]
    with pytest.raises(substitutes.IsGone):
        approve(old, cast.otto)
    assert Guest.objects.filter(event=cast.event).count() == 3
    assert not Message.objects.exists()


def test_nothing_is_left_when_the_proposal_is_withdrawn(cast):
    propose(cast.greta)
    for _press in range(2):
        substitutes.withdraw(cast.greta, **how())
    assert not Substitute.objects.exists()
    changes = [row.facts["change"] for row in History.objects.filter(what="proposed").order_by("pk")]
    assert changes == ["proposed", "withdrawn"]


def test_the_colleague_is_invited_and_the_first_is_released_when_it_is_approved(cast):
    done = approve(propose(cast.greta), cast.otto, host=cast.host)
    nina, contact = done.guest, done.guest.contact
    assert (contact.name, contact.email, contact.company.name) == ("Nina Berge", NINA["email"], "Fjord Regnskap AS")
    assert (nina.event, nina.host, nina.replaces) == (cast.event, cast.host, cast.greta)
    assert states(nina) == dict.fromkeys(factories.PROGRAMME, "no_answer")
    assert states(cast.greta) == dict.fromkeys(factories.PROGRAMME, "not_coming")
    assert (letters(nina), letters(cast.greta)) == (["invitation"], ["released"])
    assert happened(cast.greta) == ["answered", "answered", "proposed", "substituted"]
    row = Substitute.objects.get()
    assert (row.state, row.decided_by, row.decided_at) == ("approved", cast.otto, timezone.now())


def test_the_colleague_is_invited_to_what_the_first_was_invited_to(cast):
    guest = factories.make_guest(cast.event, invited_to=["race"])
    assert states(approve(propose(guest), cast.otto).guest) == {"race": "no_answer"}


def test_the_place_goes_to_the_first_in_line_when_it_is_not_kept(cast):
    cast.event.activity_set.filter(slug="dinner").update(capacity=1)
    waiting = factories.make_guest(cast.event, answers={"dinner": "waiting"})
    done = approve(propose(cast.greta), cast.otto)
    assert [answer.guest for answer in done.promoted] == [waiting]
    assert states(waiting)["dinner"] == "coming"
    assert states(done.guest)["dinner"] == "no_answer"
    assert letters(waiting) == ["promoted"]


def test_the_colleague_comes_instead_when_the_place_is_kept(cast):
    cast.event.activity_set.filter(slug="dinner").update(capacity=1)
    waiting = factories.make_guest(cast.event, answers={"dinner": "waiting"})
    done = approve(propose(cast.greta), cast.otto, keeps_place=True)
    assert done.promoted == []
    assert states(done.guest) == {"gathering": "coming", "race": "no_answer", "dinner": "coming"}
    assert states(cast.greta) == dict.fromkeys(factories.PROGRAMME, "not_coming")
    assert states(waiting)["dinner"] == "waiting"
    assert letters(done.guest) == ["confirmation", "invitation"]
    said = History.objects.filter(guest=done.guest, what="answered")
    assert {(row.by, row.facts["after"]) for row in said} == {(cast.otto, "coming")}


def test_nothing_is_given_back_when_the_first_had_declined_before(cast):
    done = approve(propose(cast.ines), cast.otto, keeps_place=True)
    assert set(states(done.guest).values()) == {"no_answer"}
    assert (letters(done.guest), letters(cast.ines)) == (["invitation"], ["released"])


def test_a_part_that_is_cancelled_is_left_as_it_is(cast, now):
    cast.event.activity_set.filter(slug="dinner").update(cancelled_at=now)
    done = approve(propose(cast.greta), cast.otto, keeps_place=True)
    assert states(cast.greta)["dinner"] == "coming"
    assert sorted(states(done.guest)) == ["gathering", "race"]


def test_the_deadline_binds_nobody_when_an_organiser_approves(cast, now):
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=now - timedelta(days=1))
    done = approve(propose(cast.greta), cast.otto, keeps_place=True)
    assert states(done.guest)["dinner"] == "coming"
    assert states(cast.greta)["dinner"] == "not_coming"


def test_the_person_we_know_is_taken_when_address_and_name_are_the_same(cast):
    known = factories.make_contact("Berge Nina", email="Nina.Berge@kunde.example")
    done = approve(propose(cast.greta), cast.otto)
    assert done.guest.contact == known
    assert Contact.objects.filter(email_key=NINA["email"]).count() == 1


def test_another_person_is_made_when_only_the_address_is_the_same(cast):
    factories.make_contact("Ola Berge", email=NINA["email"])
    assert approve(propose(cast.greta), cast.otto).guest.name == "Nina Berge"


def test_nothing_is_done_when_the_colleague_is_a_guest_already(cast):
    contact = cast.henrik.contact
    proposed = propose(cast.greta, name=contact.name, email=contact.email)
    with pytest.raises(substitutes.IsAGuest) as found:
        approve(proposed, cast.otto)
    assert found.value.guest == cast.henrik
    assert Substitute.objects.get().state == "proposed"
    assert states(cast.greta)["dinner"] == "coming"
    assert not Message.objects.exists()


def test_nothing_is_done_when_the_colleague_has_asked_not_to_be_invited(cast, now):
    person = factories.make_contact(NINA["name"], email=NINA["email"])
    privacy.keep_mark(person, now=now)
    with pytest.raises(guests.AskedNotToBeInvited):
        approve(propose(cast.greta), cast.otto)
    assert Substitute.objects.get().state == "proposed"
    assert not Message.objects.exists()


def test_nothing_is_done_when_the_event_is_not_open(cast):
    proposed = propose(cast.greta)
    Event.objects.update(state=Event.State.CLOSED)
    with pytest.raises(invitations.EventIsNotOpen):
        approve(proposed, cast.otto)
    assert Substitute.objects.get().state == "proposed"
    assert Guest.objects.filter(event=cast.event).count() == 3


def test_the_guest_gets_a_kind_no_and_the_colleague_nothing_when_it_is_declined(cast, sink):
    substitutes.decline(propose(cast.greta), **how(cast.otto))
    delivery.deliver()
    assert sink.recipients == [cast.greta.contact.email]
    text = sink.messages[0].get_body(("plain",)).get_content()
    assert "Takk for at du foreslo en kollega" in text
    assert "Nina" not in sink.messages[0].as_string()
    assert states(cast.greta)["dinner"] == "coming"
    assert happened(cast.greta) == ["not_taken", "proposed"]


def test_the_second_decision_is_refused_with_the_first(cast):
    proposed = propose(cast.greta)
    substitutes.decline(proposed, **how(cast.otto))
    for decide in (lambda: approve(proposed, cast.otto), lambda: substitutes.decline(proposed, **how(cast.otto))):
        with pytest.raises(substitutes.DecidedAlready) as refused:
            decide()
        assert (refused.value.substitute.state, refused.value.substitute.decided_by) == ("declined", cast.otto)
    assert letters(cast.greta) == ["no_substitute"]


def test_no_mail_is_written_to_the_first_when_there_is_no_address(cast):
    guest = factories.make_guest(cast.event, "Nils Nettløs", email="")
    approve(propose(guest), cast.otto)
    assert letters(guest) == []


def test_a_web_address_in_the_name_reaches_no_mail(cast, sink):
    proposed = propose(cast.greta, name="Nina https://evil.example/win Berge www.evil.example")
    approve(proposed, cast.otto)
    delivery.deliver()
    assert len(sink.messages) == 2
    for mail in sink.messages:
        assert "evil.example" not in mail.as_string()
        assert "evil" not in mail.get_body(("plain",)).get_content()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_one_decision_stands_when_two_organisers_decide_at_once():
    event = factories.make_event()
    greta = factories.make_guest(event, answers={"dinner": "coming"})
    users = [factories.make_organiser(event, name) for name in ("otto", "olga")]
    proposed = propose(greta)
    start, outcomes = threading.Barrier(2), []

    def run(deed, user):
        try:
            start.wait(timeout=20)
            deed(user)
            outcomes.append(("done", user))
        except substitutes.DecidedAlready as refused:
            outcomes.append(("refused", refused.substitute.decided_by))
        finally:
            connection.close()

    deeds = [lambda user: approve(proposed, user), lambda user: substitutes.decline(proposed, **how(user))]
    threads = [threading.Thread(target=run, args=pair) for pair in zip(deeds, users, strict=True)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    assert sorted(outcome for outcome, _user in outcomes) == ["done", "refused"]
    assert len({user for _outcome, user in outcomes}) == 1  # the one who was told who had been faster
    decided = Substitute.objects.get()
    assert Guest.objects.filter(event=event).count() == (2 if decided.state == "approved" else 1)
    assert letters(greta) == (["released"] if decided.state == "approved" else ["no_substitute"])
