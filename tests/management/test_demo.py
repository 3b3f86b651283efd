"""The demo: real enough to sell with."""

import pytest
from django.test import override_settings
from django.utils import timezone

from events.models import (
    Activity,
    Album,
    Answer,
    Company,
    Consent,
    EarlierTime,
    Entry,
    Event,
    Guest,
    History,
    Host,
    Message,
    Occurrence,
    Photo,
    PhotoMark,
    Race,
    RaceClass,
    Received,
    Reminder,
    RemovalRequest,
    Reply,
    Result,
    Substitute,
    Voice,
)
from events.reports.kitchen import kitchens
from events.reports.replies import replies
from tests.database import delete_all
from tests.management.test_demo_anew import run_demo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("made")]


@pytest.fixture(scope="module")
def made(django_db_setup, django_db_blocker, tmp_path_factory):
    """The demo, made once for tests that only read it; and what the command says. It sends, so it needs to commit."""
    with django_db_blocker.unblock(), override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        yield run_demo()
        delete_all()


def test_three_editions_stand_in_every_state_when_the_demo_is_made(made):
    assert "60 invented guests" in made
    assert list(Event.objects.order_by("held_on").values_list("state", flat=True)) == ["held", "held", "open"]
    event = Event.objects.get(state="open")
    ahead = (event.held_on - timezone.now().date()).days
    assert 42 <= ahead <= 49
    assert 27 <= (event.answer_by_at - timezone.now()).days <= 36
    assert (Guest.objects.filter(event=event).invited().count(), Company.objects.count(), Host.objects.count()) == (
        60,
        12,
        4,
    )
    states = set(Answer.objects.filter(activity__event=event).values_list("state", flat=True))
    assert states == set(Answer.State.values)
    fates = set(Message.objects.filter(event=event).values_list("state", flat=True))
    assert {"sent", "failed", "uncertain", "queued"} <= fates
    assert Guest.objects.filter(event=event).without_mail().exists()
    assert Host.objects.filter(email="").count() == 1


def test_a_reminder_has_gone_out_by_itself_and_others_wait_when_the_demo_is_made():
    event = Event.objects.get(state="open")
    assert Reminder.objects.filter(event=event, is_on=True).count() == 4
    occurrence = Occurrence.objects.get(reminder__event=event)
    assert occurrence.state == "sent"
    assert Message.objects.filter(campaign=occurrence.campaign, state="sent").exists()


def test_mail_has_come_in_when_the_demo_is_made():
    rows = Received.objects.filter(event__state="open").values_list("kind", "state", "reason")
    assert sorted(rows) == [("calendar_reply", "applied", ""), ("calendar_reply", "held", "other_address")]


def test_companions_stand_in_every_state_when_the_demo_is_made():
    brought = Guest.objects.filter(event__state="open").exclude(companion_of=None)
    assert brought.filter(companion_name="").count() == 1
    assert brought.exclude(companion_name="").count() >= 3
    dinner = Answer.objects.filter(activity__event__state="open", activity__slug="dinner")
    numbers = list(dinner.waiting().values_list("waiting_number", flat=True))
    assert len(numbers) > len(set(numbers)), "a party of two waits"
    assert dinner.filter(state="coming").exclude(promoted_at=None).exists(), "a place is not said yes to yet"


def test_food_stands_in_every_state_when_the_demo_is_made():
    (kitchen,) = kitchens(Event.objects.get(state="open"))
    changes = kitchen.changes
    assert (len(changes.new), len(changes.changed), len(changes.gone)) == (1, 1, 1)
    assert kitchen.special >= 4
    assert Consent.objects.filter(purpose="food", withdrawn_at__isnull=False).count() == 1


def test_colleagues_words_and_a_forwarded_link_stand_in_every_state_when_the_demo_is_made():
    event = Event.objects.get(state="open")
    assert sorted(Substitute.objects.values_list("state", flat=True)) == ["approved", "declined", "proposed"]
    colleague = Guest.objects.get(event=event, replaces__isnull=False)
    assert colleague.message_set.get(letter="invitation").state == "sent"
    voices = Voice.objects.filter(guest__event=event)
    assert sorted((voice.kind, voice.read_at is None) for voice in voices) == [
        ("not_me", True),
        ("word", False),
        ("word", False),
        ("word", True),
    ]
    assert set(voices.unread().get(kind="word").guest.answer_set.values_list("state", flat=True)) == {"not_coming"}


def test_guests_have_told_about_the_race_and_replied_when_the_demo_is_made():
    event = Event.objects.get(state="open")
    entries = Entry.objects.filter(activity__event=event)
    assert RaceClass.objects.filter(activity__event=event).count() == 4
    assert entries.exclude(ambition_seconds=None).exists() and entries.filter(ambition_seconds=None).exists()
    assert entries.exclude(race_class=None).exists() and entries.filter(has_been_before=True).exists()
    replies_given = Reply.objects.filter(question__activity__event=event).said()
    assert set(replies_given.values_list("question__kind", flat=True)) == {"choice", "text"}
    assert not History.objects.filter(what__in=["race", "replied"], guest=None).exists()


def test_two_held_races_are_final_and_shown_with_every_kind_of_outcome_when_the_demo_is_made():
    races = Race.objects.order_by("activity__starts_at")
    assert [(race.state, race.is_published) for race in races] == [("final", True), ("final", True), ("draft", False)]
    assert len(set(races.values_list("course", flat=True))) == 1
    results = Result.objects.filter(race=races[1])
    assert set(results.values_list("best", flat=True)) >= {"debut", "pers", "tangert", "not_this_time", "not_finished"}
    assert {"OK", "DNF", "DNS"} <= set(results.values_list("status", flat=True))
    assert EarlierTime.objects.filter(is_told=True).exists()


def test_a_deed_in_a_guests_name_a_late_wish_and_grace_stand_in_the_open_event():
    event, now = Event.objects.get(state="open"), timezone.now()
    rows = History.objects.filter(event=event)
    by_phone = rows.filter(what="answered", channel="phone").values_list("guest__contact__email", flat=True)
    assert "" in by_phone
    undone = rows.get(what="undone")
    assert Answer.objects.get(guest=undone.guest_id, activity=undone.activity_id).state == "coming"
    assert rows.open_wishes().count() == 1
    late = [part for part in event.activity_set.all() if part.deadline_at(event) < now]
    assert [part.closes_at(event) > now for part in late] == [True]


def test_somebody_is_moved_up_in_line_and_one_link_is_new_in_the_open_event():
    event = Event.objects.get(state="open")
    moved = History.objects.filter(event=event, what="moved").first()
    assert moved.facts["to"] == 2 < moved.facts["from"]
    renewed = History.objects.get(event=event, what="link_renewed")
    assert renewed.guest.invitation.version == 2


def test_a_moved_dinner_and_a_gathering_called_off_have_their_letters():
    letters = Message.objects.filter(key__startswith="programme", state="sent")
    moved = letters.filter(letter="change", event__state="open")
    lines = [line for row in moved for change in row.content["changes"]["rows"] for line in change["lines"]]
    assert len(lines) == len(moved) > 20
    assert all("19" in line["before"] and "19" in line["new"] for line in lines)
    off = letters.filter(letter="cancellation", event__state="held")
    assert off.count() > 20
    cancelled = Activity.objects.exclude(cancelled_at=None).values_list("slug", "event__state")
    assert set(cancelled) == {("gathering", "held")}


def test_nothing_stands_in_the_future_when_the_demo_is_made():
    now = timezone.now()
    assert not History.objects.filter(at__gt=now).exists()
    assert not Message.objects.filter(sent_at__gt=now).exists()
    for counts in replies(Event.objects.get(state="open"))["activities"]:
        brought = Guest.objects.filter(event__state="open").exclude(companion_of=None).count()
        assert sum(counts[state] for state in Answer.State.values) == counts["invited"] == 60 + brought


def test_letters_of_many_kinds_have_gone_out_when_the_demo_is_made():
    sent = Message.objects.filter(state="sent").values_list("event__state", "letter").distinct()
    assert {("open", kind) for kind in ("save_the_date", "invitation", "reminder", "confirmation")} <= set(sent)
    assert {("held", kind) for kind in ("invitation", "thanks")} <= set(sent)
    thanked = Message.objects.filter(event__state="held", letter="thanks").exclude(content={})
    thanked = thanked.values_list("content__kind", flat=True)
    assert set(thanked) == {"thanks", "thanks_declined"}
    event = Event.objects.get(state="open")
    order = [
        Message.objects.filter(event=event, letter=kind, state="sent").earliest("sent_at").sent_at
        for kind in ("save_the_date", "invitation", "reminder")
    ]
    assert order == sorted(order) and order[-1] < timezone.now()
    reminded = Message.objects.filter(event=event, letter="reminder").values("guest")
    assert not Guest.objects.filter(pk__in=reminded, answered_at__lt=order[-1]).exists()


def test_the_newest_held_edition_has_two_albums_of_photos_and_some_that_wait_when_the_demo_is_made(settings):
    event = Event.objects.filter(state="held").latest("held_on")
    photos = Photo.objects.filter(event=event)
    assert photos.made().count() == photos.count() == 24 == Photo.objects.count()
    assert [str(album) for album in Album.objects.filter(event=event)] == ["Løpet", "Middagen"]
    assert not photos.filter(album=None).exists()
    assert photos.filter(state="waiting", upload__way="guest").count() == 2
    assert RemovalRequest.objects.filter(photo__event=event, decision="open").count() == 1
    assert photos.with_refusals().filter(is_held_back=True).count() == 1
    assert PhotoMark.objects.filter(photo__event=event, said="guest").exists()
    assert photos.filter(photomark__isnull=False).distinct().count() > 6
    assert photos.exclude(caption="").count() > 10
    start = Race.objects.get(activity__event=event).starts_at
    assert {photo.ordered_at.date() for photo in photos} == {start.date()}
    shapes = {(photo.sizes["480"][0], photo.sizes["480"][1]) for photo in photos}
    assert len(shapes) >= 5
    pictures = {(settings.MEDIA_ROOT / photo.file("480.jpg")).read_bytes() for photo in photos}
    assert len(pictures) == 24
