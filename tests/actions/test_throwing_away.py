"""A draft made by mistake goes with all that was prepared for it; what left the house in any way stays."""

import json
import time
from contextlib import suppress
from datetime import timedelta
from uuid import uuid4

import pytest
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from events.actions import events, retention, throwing_away
from events.models import (
    Album,
    Answer,
    Campaign,
    Consent,
    Contact,
    Course,
    EarlierTime,
    Entry,
    Event,
    Gallery,
    Guest,
    GuestListUpload,
    History,
    KitchenList,
    Letter,
    Race,
    RaceClass,
    Reminder,
    TimingEvent,
    Wave,
)
from events.models.unused import Goes, why_it_stays
from tests import factories, photo_rows


@pytest.fixture
def draft(cast, now):
    """Made by Otto, with three guests; one of them, Greta, is a guest of another event, too."""
    how = {"by": cast.otto, "channel": History.Channel.OFFICE, "now": now}
    day = cast.event.held_on + timedelta(days=365)
    event = events.make("feil", title="Feil", held_on=day, **how)
    factories.make_guest(event, contact=cast.greta.contact)
    pia = factories.make_guest(event, "Pia Bare Her")
    factories.make_companion(pia, "Med Pia")
    return event


def throw(event, cast, now):
    return throwing_away.throw_away(event, seen=Goes.of(event).mark, by=cast.otto, now=now)


def rows_of(event):
    """{model: how many rows} of all that leads to the event by foreign keys."""
    found = {}
    for model in apps.get_app_config("events").get_models():
        for path in ("event", "guest__event", "activity__event", "race__activity__event", "reminder__event"):
            with suppress(FieldError, ValueError):  # there is no such path from this model
                found[model.__name__, path] = model.objects.filter(**{path: event.pk}).count()
    return found


def test_everything_prepared_goes_and_contacts_stay(cast, draft, now):
    race = draft.activity_set.get(slug="race")
    Race.objects.create(activity=race)
    RaceClass.objects.create(activity=race, title={"nb": "Alle"}, position=1)
    wave = Wave.objects.create(race=race.race, starts_at=race.starts_at)
    runner = Guest.objects.filter(event=draft).first()
    Entry.objects.create(guest=runner, activity=race, bib=7, wave=wave, changed_at=now)
    factories.make_question(race)
    KitchenList.objects.create(activity=draft.activity_set.get(slug="dinner"), handed_at=now, plates={})
    Letter.objects.create(event=draft, kind="invitation", language="nb", subject="Kom!", body="Hei")
    Gallery.objects.create(event=draft)
    Album.objects.create(event=draft, title={"nb": "Kveld"}, position=1)
    assert Reminder.objects.filter(event=draft).exists()
    people, others = Contact.objects.count(), rows_of(cast.event)
    gone = throw(draft, cast, now)
    assert (gone.guests, gone.letters, gone.parts) == (3, 1, 3)
    assert set(rows_of(draft).values()) == {0}
    assert not Event.objects.filter(pk=draft.pk).exists()
    assert Contact.objects.count() == people
    assert rows_of(cast.event) == others


def test_the_offices_log_says_so_in_numbers_and_nothing_of_guests(cast, draft, now):
    pia = Guest.objects.get(event=draft, contact__name="Pia Bare Her")
    kind = ContentType.objects.get_for_model(Guest)
    LogEntry.objects.create(
        user=cast.otto, content_type=kind, object_id=str(pia.pk), object_repr="Pia Bare Her", action_flag=2
    )
    pk = draft.pk
    throw(draft, cast, now)
    row = LogEntry.objects.get(action_flag=3)
    assert (row.user, row.object_id, row.object_repr) == (cast.otto, str(pk), "feil")
    assert json.loads(row.change_message) == {"guests": 3, "letters": 0, "parts": 3, "organisers": [cast.otto.pk]}
    assert not LogEntry.objects.filter(object_repr__contains="Pia").exists()


def test_who_is_a_guest_nowhere_else_is_forgotten_as_who_never_answered(cast, draft, now, settings):
    throw(draft, cast, now)
    pia, greta = Contact.objects.get(name="Pia Bare Her"), cast.greta.contact
    greta.refresh_from_db()
    day = draft.held_on + timedelta(days=settings.SILENT_KEPT_DAYS)
    assert day <= pia.kept_until_on <= day + timedelta(days=1)
    assert greta.kept_until_on is None
    retention.forget_due(pia.kept_until_on - timedelta(days=1), now=now)
    assert Contact.objects.filter(pk=pia.pk).exists()
    retention.forget_due(pia.kept_until_on, now=now)
    assert not Contact.objects.filter(pk=pia.pk).exists()


def test_nobody_is_forgotten_at_once_when_the_day_was_a_slip_of_the_hand(cast, draft, now, settings):
    long_ago = now - timedelta(days=700)
    Event.objects.filter(pk=draft.pk).update(held_on=long_ago.date())
    draft.activity_set.update(starts_at=long_ago, ends_at=long_ago + timedelta(hours=1))
    throw(draft, cast, now)
    kept = Contact.objects.get(name="Pia Bare Her").kept_until_on
    assert kept >= now.date() + timedelta(days=settings.SILENT_KEPT_DAYS)


def test_times_from_before_go_along_to_another_event(cast, draft, now):
    course = Course.objects.create(name="Stoltzen", version="1", created_at=now)
    greta = Guest.objects.get(event=draft, contact=cast.greta.contact)
    EarlierTime.objects.create(guest=greta, course=course, year=2020, time_ms=700_000, is_told=False, told_at=now)
    throw(draft, cast, now)
    assert list(EarlierTime.objects.values_list("guest", "year", "time_ms")) == [(cast.greta.pk, 2020, 700_000)]


def test_files_go_too(cast, draft, now, own_media, django_capture_on_commit_callbacks):
    picture = default_storage.save("letters/x.jpg", ContentFile(b"x"))
    Event.objects.filter(pk=draft.pk).update(letter_picture=picture)
    upload = GuestListUpload.objects.create(
        event=draft, by=cast.otto, file_name="Pia.csv", uploaded_at=now, file=ContentFile(b"x", name="y")
    )
    with django_capture_on_commit_callbacks(execute=True):
        throw(draft, cast, now)
    assert not default_storage.exists(picture)
    assert not upload.file.storage.exists(upload.file.name)


def _message(event, guest, now):
    factories.make_message(guest)


def _campaign(event, guest, now):
    Campaign.objects.create(event=event, letter="invitation", created_at=now, due_at=now)


def _answer(event, guest, now):
    guest.answer_set.filter(activity__slug="race").update(state="unsure", answered_at=now)


def _consent(event, guest, now):
    Consent.objects.create(
        guest=guest, purpose="photos", is_given=False, text_version="1", language="nb", channel="phone", said_at=now
    )


def _time(event, guest, now):
    race = Race.objects.create(activity=event.activity_set.get(slug="race"))
    TimingEvent.objects.create(race=race, uuid=uuid4(), kind="start", recorded_ms=1)


def _photo(event, guest, now):
    photo_rows.make_photo(event)


def _forgotten(event, guest, now):
    Guest.objects.filter(pk=guest.pk).update(forgotten_at=now)


def _open(event, guest, now):
    Event.objects.filter(pk=event.pk).update(state="open")


@pytest.mark.parametrize(
    ("life", "reason"),
    [
        (_message, "mail"), (_campaign, "mail"), (_time, "results"), (_answer, "answers"), (_consent, "answers"),
        (_photo, "photos"), (_forgotten, "forgotten"), (_open, "state"),
    ],
)  # fmt: skip
def test_what_left_the_house_stays(cast, draft, now, life, reason):
    life(draft, Guest.objects.get(event=draft, contact__name="Pia Bare Her"), now)
    assert why_it_stays(Event.objects.get(pk=draft.pk)) == [reason]
    before = rows_of(draft)
    with pytest.raises(throwing_away.HasALife) as refused:
        throw(draft, cast, now)
    assert refused.value.reasons == [reason]
    assert rows_of(draft) == before


def test_nothing_goes_when_there_is_more_than_was_seen(cast, draft, now):
    seen = Goes.of(draft).mark
    factories.make_guest(draft, "Ny Gjest")
    with pytest.raises(throwing_away.LooksDifferent):
        throwing_away.throw_away(draft, seen=seen, by=cast.otto, now=now)
    assert Guest.objects.filter(event=draft).count() == 4


def test_nothing_happens_when_it_is_done_twice(cast, draft, now):
    seen, again = Goes.of(draft).mark, Event.objects.get(pk=draft.pk)
    throw(draft, cast, now)
    assert throwing_away.throw_away(again, seen=seen, by=cast.otto, now=now) is None
    assert LogEntry.objects.filter(action_flag=3).count() == 1


@pytest.mark.slow
def test_ten_thousand_guests_go_in_a_requests_time(cast, draft, now):
    factories.make_crowd(draft, 10_000)
    Answer.objects.filter(activity__event=draft).update(state="no_answer", answered_at=None)
    Guest.objects.filter(event=draft).update(answered_at=None)
    begun = time.process_time()
    assert throw(draft, cast, now).guests == 10_003
    assert time.process_time() - begun < 15
