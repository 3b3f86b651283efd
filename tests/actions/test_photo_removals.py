"""A photo somebody asks to take away: hidden at once, and then decided."""

from datetime import timedelta

import pytest

from events.actions import delivery, photo_adding, photo_removals, photos, privacy, retention
from events.domain import dates
from events.models import Contact, Event, Gallery, History, Message, Photo, RemovalRequest
from tests import photo_rows
from tests.database import whole_database

Decision = RemovalRequest.Decision


@pytest.fixture
def photo(cast):
    return photo_rows.make_photo(cast.event, has_files=False)


@pytest.fixture
def asked(cast, photo, now):
    return photo_removals.ask(cast.greta, photo.key, "Jeg blunker", channel="web", now=now)


@pytest.fixture
def way(cast, now):
    return {"by": cast.otto, "channel": "office", "now": now + timedelta(hours=1)}


def test_photo_hides_from_all_guests_under_a_new_address_when_one_asks(cast, photo, asked, now):
    for guest in (cast.greta, cast.henrik):
        assert not Photo.objects.visible_to(guest).exists()
    stored = Photo.objects.get()
    assert stored.state == Photo.State.HIDDEN
    assert stored.key != photo.key
    assert (asked.photo, asked.guest, asked.note, asked.asked_at, asked.decision) == (
        photo, cast.greta, "Jeg blunker", now, Decision.OPEN,
    )  # fmt: skip
    row = History.objects.get(what="photo_wish")
    assert (row.guest, row.by, row.facts) == (
        cast.greta,
        None,
        {"photo": photo.pk, "key": photo.key},
    )  # the old address, not the note


def test_request_is_one_when_the_button_is_pressed_twice(cast, photo, asked, now):
    before = whole_database()
    assert photo_removals.ask(cast.greta, photo.key, "Jeg blunker", channel="web", now=now) == asked
    assert whole_database() == before


def test_nobody_asks_about_what_they_do_not_see(cast, photo, asked, now):
    other = photo_rows.make_photo(cast.event, has_files=False)
    for guest, key in (cast.zoe, other.key), (cast.zoe, photo.key), (cast.henrik, "0" * 24):
        with pytest.raises(Photo.DoesNotExist):
            photo_removals.ask(guest, key, channel="web", now=now)
    assert RemovalRequest.objects.get() == asked
    assert Photo.objects.visible_to(cast.greta).get() == other


def test_second_guest_joins_in_when_two_ask_for_the_same_photo_at_once(cast, photo, asked, way, now):
    key = Photo.objects.get().key
    second = photo_removals.ask(cast.henrik, photo.key, "Jeg også", channel="web", now=now)
    assert (second.photo, second.guest, second.decision) == (photo, cast.henrik, Decision.OPEN)
    assert Photo.objects.get().key == key  # hidden already: no new address
    photo_removals.decide(second, Decision.REMOVED, **way)
    assert {row.decision for row in RemovalRequest.objects.all()} == {Decision.REMOVED}


def test_second_guest_hears_the_decision_when_the_photo_is_hidden_for_good(cast, photo, asked, way, now):
    photo_removals.decide(asked, Decision.REMOVED, **way)
    second = photo_removals.ask(cast.henrik, photo.key, channel="web", now=now + timedelta(hours=2))
    assert (second.decision, second.decided_at) == (Decision.REMOVED, way["now"])


def test_photo_hides_again_when_a_second_guest_asks_from_an_old_page_after_it_was_shown_again(
    cast, photo, asked, way, now
):
    photo_removals.decide(asked, Decision.KEPT, **way)
    assert photo_removals.ask(cast.greta, photo.key, channel="web", now=now + timedelta(hours=2)) == asked
    assert Photo.objects.visible_to(cast.henrik).exists()  # the first one's page sent again changes nothing
    second = photo_removals.ask(cast.henrik, photo.key, channel="web", now=now + timedelta(hours=2))
    assert second.decision == Decision.OPEN
    assert not Photo.objects.visible_to(cast.greta).exists()


@pytest.mark.parametrize(("decision", "state"), [(Decision.REMOVED, "hidden"), (Decision.KEPT, "shown")])
def test_request_is_decided_once(cast, photo, asked, way, decision, state):
    assert photo_removals.decide(asked, decision, **way)
    before = whole_database()
    for again in Decision.REMOVED, Decision.KEPT:
        assert not photo_removals.decide(asked, again, **way)
    assert whole_database() == before
    stored = RemovalRequest.objects.get()
    assert (stored.decision, stored.decided_at, stored.photo.state) == (decision, way["now"], state)
    row = History.objects.get(what="photo_decided")
    assert (row.guest, row.by, row.facts) == (cast.greta, cast.otto, {"photo": photo.pk, "decision": decision})


def test_photo_may_be_asked_about_again_when_it_was_shown_again(cast, photo, asked, way, now):
    photo_removals.decide(asked, Decision.KEPT, **way)
    key = Photo.objects.get().key
    photo_removals.ask(cast.greta, key, channel="web", now=now + timedelta(days=1))
    assert [row.decision for row in RemovalRequest.objects.order_by("pk")] == [Decision.KEPT, Decision.OPEN]
    assert not Photo.objects.visible_to(cast.greta).exists()


# What is told by mail (M6) ------------------------------------------------------------------------------------------


def mails(sink, now, after=timedelta(hours=2)):
    """{address: [(subject, text)]} of what leaves when the time has come."""
    before = len(sink.messages)
    delivery.deliver(clock=lambda: now + after)
    found = {}
    for mail in sink.messages[before:]:
        text = " ".join(mail.get_body(("plain",)).get_content().split())
        found.setdefault(mail["To"], []).append((mail["Subject"], text))
    return found


@pytest.mark.django_db(transaction=True)
def test_guest_hears_that_the_photo_is_away_and_by_when_we_decide(cast, photo, asked, sink, now):
    assert not mails(sink, now, after=timedelta(seconds=30))
    told = mails(sink, now)[cast.greta.email]
    ((subject, text),) = told
    by = dates.by_day((now + timedelta(days=7)).astimezone(cast.event.zone), "nb").replace("\xa0", " ")
    assert subject == "Om bildet du ba oss ta bort"
    assert f"Innen {by} avgjør" in text and "/photos/" in text
    assert photo.key not in text and photo.file_name not in text and "blunker" not in text
    assert not mails(sink, now)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("decision", "words"),
    [(Decision.REMOVED, "Bildet blir borte for godt"), (Decision.KEPT, "Bildet vises for gjestene")],
)
def test_guest_hears_what_was_decided(cast, asked, sink, way, now, decision, words):
    mails(sink, now)
    photo_removals.decide(asked, decision, reason="Ingen kjennes igjen", **way)
    photo_removals.decide(asked, decision, reason="Ingen kjennes igjen", **way)
    ((_subject, text),) = mails(sink, way["now"])[cast.greta.email]
    assert words in text
    is_no = decision == Decision.KEPT
    assert ("Grunnen: Ingen kjennes igjen" in text, f"noen ord til {cast.event.contact[1]}" in text) == (is_no, is_no)
    assert sink.messages[-1]["Reply-To"].endswith(f"<{cast.event.contact[1]}>")


@pytest.mark.django_db(transaction=True)
def test_what_is_asked_and_decided_in_one_go_shares_a_mail_of_how_it_stands(cast, asked, sink, way, now):
    others = [photo_rows.make_photo(cast.event, has_files=False) for _number in range(3)]
    rows = [photo_removals.ask(cast.greta, other.key, channel="web", now=now) for other in others]
    soon = {**way, "now": now + timedelta(seconds=60)}
    photo_removals.decide(asked, Decision.REMOVED, **soon)
    photo_removals.decide(rows[0], Decision.KEPT, reason="Du er ikke på det", **soon)
    ((_subject, text),) = mails(sink, now)[cast.greta.email]
    for words in ("de 2 bildene inntil videre", "Bildet blir borte", "Bildet vises for gjestene", "Du er ikke på det"):
        assert words in text, words


@pytest.mark.django_db(transaction=True)
def test_event_contact_hears_of_it_and_the_host_does_not(cast, photo, asked, sink, now):
    Event.objects.filter(pk=cast.event.pk).update(contact_email="bilder@vertskap.example")
    cast.event.refresh_from_db()
    other = photo_rows.make_photo(cast.event, has_files=False)
    photo_removals.ask(cast.greta, other.key, channel="web", now=now)
    told = mails(sink, now)
    assert set(told) == {cast.greta.email, "bilder@vertskap.example"}
    assert sink.messages[0]["Reply-To"].endswith("<bilder@vertskap.example>")
    ((_subject, text),) = told[cast.event.contact[1]]
    assert "skjult for alle gjester" in text
    for secret in ("Greta", "Åsen", "blunker", cast.greta.email, "/i/"):
        assert secret not in text, secret


@pytest.mark.django_db(transaction=True)
def test_event_contact_is_not_told_of_what_is_decided_already(cast, asked, sink, way, now):
    photo_removals.decide(asked, Decision.REMOVED, **{**way, "now": now})
    assert set(mails(sink, now)) == {cast.greta.email}


@pytest.mark.django_db(transaction=True)
def test_the_answer_reaches_who_wants_no_more_invitations_after_the_day(cast, asked, sink, now):
    Contact.objects.filter(pk=cast.greta.contact_id).update(unsubscribed_at=now)
    Event.objects.filter(pk=cast.event.pk).update(state=Event.State.HELD)
    assert cast.greta.email in mails(sink, now)


def test_nothing_waits_for_a_guest_without_an_address(cast, photo, now):
    Contact.objects.filter(pk=cast.greta.contact_id).update(email="")
    cast.greta.contact.refresh_from_db()
    photo_removals.ask(cast.greta, photo.key, channel="web", now=now)
    assert [row.letter for row in Message.objects.filter(guest=cast.greta)] == ["photo_asked"]


@pytest.mark.django_db(transaction=True)
def test_guest_hears_of_it_when_the_photo_is_deleted_elsewhere(cast, photo, asked, sink, way, now):
    mails(sink, now)
    photos.delete(cast.event, Photo.objects.filter(pk=photo.pk), **way)
    ((_subject, text),) = mails(sink, way["now"])[cast.greta.email]
    assert "Bildet er slettet" in text and "En arrangør har sett" not in text
    assert History.objects.get(what="photo_decided").facts["decision"] == "gone"


@pytest.mark.django_db(transaction=True)
def test_guest_hears_of_it_when_whoever_sent_the_photo_takes_it_back_or_is_forgotten(cast, sink, way, now):
    rows = [photo_rows.make_photo(cast.event, has_files=False, sent_by=cast.henrik) for _number in range(2)]
    for photo in rows:
        photo_removals.ask(cast.greta, photo.key, channel="web", now=now)
    photo_adding.take_back(Photo.objects.get(pk=rows[0].pk), by=None, channel="web", now=now)
    privacy.forget_guest(cast.henrik, by=None, channel="web", now=now)
    ((_subject, text),) = mails(sink, now)[cast.greta.email]
    assert "De 2 bildene er slettet" in text


@pytest.mark.django_db(transaction=True)
def test_whoever_waits_for_a_decision_hears_of_it_when_the_galleries_last_day_comes_first(cast, asked, sink, now):
    Event.objects.filter(pk=cast.event.pk).update(state=Event.State.HELD)
    Gallery.objects.create(event=cast.event, kept_days=3)
    decided = photo_rows.make_photo(cast.event, has_files=False)
    last_day = cast.event.held_on + timedelta(days=3)
    mails(sink, now)
    assert retention.forget_due(last_day, now=now + timedelta(days=3))["photos"] == 2
    ((_subject, text),) = mails(sink, now, after=timedelta(days=4))[cast.greta.email]
    assert "Bildet er slettet" in text and "En arrangør har sett" not in text
    assert not Photo.objects.filter(pk__in=[asked.photo_id, decided.pk]).exists()
    assert retention.forget_due(last_day, now=now + timedelta(days=5))["photos"] == 0
    assert not mails(sink, now, after=timedelta(days=6))


@pytest.mark.django_db(transaction=True)
def test_no_mail_waits_for_who_is_forgotten(cast, asked, sink, now):
    Photo.objects.update(sent_by=cast.greta)
    privacy.forget_guest(cast.greta, by=None, channel="web", now=now)
    assert not Message.objects.filter(guest=cast.greta, letter="photo_wish", state="queued").exists()
    assert not mails(sink, now)


@pytest.mark.django_db(transaction=True)
def test_whoever_asks_too_late_for_a_photo_that_stays_away_is_told_so_at_once(cast, photo, asked, sink, way, now):
    mails(sink, now)
    photo_removals.decide(asked, Decision.REMOVED, **way)
    mails(sink, way["now"])
    photo_removals.ask(cast.henrik, photo.key, channel="web", now=way["now"])
    told = mails(sink, way["now"])
    assert set(told) == {cast.henrik.email}
    assert "Bildet blir borte for godt" in told[cast.henrik.email][0][1]
