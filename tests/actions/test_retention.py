"""What is forgotten by itself, on its day, and what stays."""

import json
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone

from events.actions import erasure, food, photo_tidying, retention
from events.management.background import Background
from events.management.base import Refused
from events.models import (
    Activity,
    Answer,
    Consent,
    Contact,
    DoNotInvite,
    Entry,
    Event,
    Food,
    Guest,
    History,
    KitchenList,
    Message,
    Question,
    Reply,
)
from events.reports.overview import overview
from events.reports.replies import replies
from events.reports.tallies import tallies
from tests import factories

NOTHING = dict.fromkeys(retention.KINDS, 0)


@pytest.fixture
def held(cast, now):
    """The cast after the event; Greta, who ate, brought somebody."""
    Event.objects.update(state=Event.State.HELD)
    Activity.objects.filter(slug="dinner").update(serves_food=True)
    friend = Guest.objects.create(event=cast.event, companion_of=cast.greta, companion_name="Frida", created_at=now)
    dinner = cast.activity("dinner")
    factories.make_answer(friend, dinner, "coming")
    for guest in (cast.greta, friend, cast.ines):
        Food.objects.create(guest=guest, needs=["vegan"], other="uten løk", changed_at=now)
    KitchenList.objects.create(activity=dinner, handed_at=now, plates={str(cast.greta.pk): [["vegan"], "uten løk"]})
    return cast


def forget(event, days, now, **options):
    """Forgets as of so many days after the event."""
    return retention.forget_due(event.held_on + timedelta(days=days), now=now, **options)


def left(event):
    """The names on the guest list."""
    return {guest.name for guest in Guest.objects.filter(event=event, forgotten_at=None).select_related("contact")}


EVERYBODY = {"Greta Åsen", "Frida", "Henrik Sørli", "Ines Öberg"}


@pytest.mark.parametrize(
    ("days", "erased", "names"),
    [
        (-30, {}, EVERYBODY),
        (6, {}, EVERYBODY),
        (7, {"food": 3}, EVERYBODY),
        (91, {"food": 3}, EVERYBODY),
        (92, {"food": 3, "silent": 1, "contacts": 1}, EVERYBODY - {"Henrik Sørli"}),
        (364, {"food": 3, "silent": 1, "contacts": 1}, EVERYBODY - {"Henrik Sørli"}),
        # Zoe's event is held on the same day.
        (365, {"food": 3, "silent": 1, "guests": 3, "companions": 1, "contacts": 4}, set()),
    ],
)
def test_each_goes_on_its_day_and_is_counted(held, now, days, erased, names):
    assert forget(held.event, days, now, dry_run=True) == {**NOTHING, **erased}
    assert left(held.event) == EVERYBODY
    assert Food.objects.count() == 3
    assert forget(held.event, days, now) == {**NOTHING, **erased}
    assert left(held.event) == names
    assert forget(held.event, days, now) == NOTHING


@pytest.mark.parametrize("days", [7, 92, 365])
def test_the_reports_are_the_same_before_and_after(held, now, days):
    def counts():
        event = Event.objects.get(pk=held.event.pk)
        seen = overview(event, now=now)
        guests = {name: seen.guests[name] for name in ("all", "invited", "answered", "silent")}
        asked = [tallies(part.activity, list(part.activity.question_set.all())) for part in seen.parts]
        return replies(event), asked, {part.activity.pk: part.heads for part in seen.parts}, guests, seen.trend

    told(held, now)
    before = counts()
    assert before[0]["food"] == {"vegan": 2, "other": 2}  # Ines declined
    assert before[0]["companions"] == 1
    forget(held.event, days, now)
    assert counts() == before


def told(held, now):
    """About the race, and to two questions of the organiser's own."""
    race, dinner = held.activity("race"), held.activity("dinner")
    answer = held.greta.answer_set.get(activity=race)
    Answer.objects.filter(pk=answer.pk).update(state="coming")
    Entry.objects.create(guest=held.greta, activity=race, ambition_seconds=741, has_been_before=True, changed_at=now)
    options = [{"key": "bus", "texts": {"nb": "Buss"}}, {"key": "car", "texts": {"nb": "Bil"}}]
    choice = Question.objects.create(activity=dinner, kind="choice", title=factories.texts("Hjem?"), options=options)
    text = Question.objects.create(activity=dinner, kind="text", title=factories.texts("Et ord?"))
    for question, value in ((choice, "bus"), (text, "jeg heter Greta")):
        Reply.objects.create(guest=held.greta, question=question, value=value, said_at=now)


def test_no_words_are_kept_of_what_was_replied(held, now):
    told(held, now)
    forget(held.event, 365, now)
    assert sorted(Reply.objects.values_list("value", flat=True)) == ["bus", "–"]


def test_the_kitchens_list_goes_with_the_food(held, now):
    forget(held.event, 7, now)
    assert [each.plates for each in KitchenList.objects.all()] == [{}]


def test_an_event_lets_go_earlier_when_it_says_so(held, now):
    Event.objects.filter(pk=held.event.pk).update(food_kept_days=1, silent_kept_days=2, guests_kept_days=3)
    assert forget(held.event, 1, now) == {**NOTHING, "food": 3}
    assert forget(held.event, 2, now) == {**NOTHING, "silent": 1, "contacts": 1}
    assert forget(held.event, 3, now) == {**NOTHING, "guests": 2, "companions": 1, "contacts": 2}
    assert left(held.other_event) == {"Zoe Zetterlund"}


def test_an_event_lets_go_no_later_when_it_says_so(held, now):
    Event.objects.filter(pk=held.event.pk).update(food_kept_days=900, silent_kept_days=900, guests_kept_days=900)
    forget(held.event, 365, now)
    assert left(held.event) == set()


def test_the_terms_are_those_of_the_settings(held, now, settings):
    settings.FOOD_KEPT_DAYS, settings.SILENT_KEPT_DAYS, settings.GUESTS_KEPT_DAYS = 1, 1, 2
    assert forget(held.event, 1, now) == {**NOTHING, "food": 3, "silent": 1, "contacts": 1}


def test_a_person_stays_when_another_event_still_knows_them(held, now):
    later = factories.make_event("neste", held_on=held.event.held_on + timedelta(days=300))
    again = factories.make_guest(later, contact=held.greta.contact)
    forget(held.event, 365, now)
    again.refresh_from_db()
    assert (again.name, again.forgotten_at) == ("Greta Åsen", None)
    held.greta.refresh_from_db()
    assert (held.greta.contact, held.greta.forgotten_at) == (None, now)


def test_name_and_address_stay_another_term_when_the_person_agreed_to_be_invited_again(held, now):
    agree(held.greta, now)
    assert forget(held.event, 365, now)["contacts"] == 3
    kept = Contact.objects.get()
    assert (kept.name, kept.kept_until_on) == ("Greta Åsen", held.event.held_on + timedelta(days=730))
    assert not Guest.objects.filter(forgotten_at=None).exists()
    assert forget(held.event, 729, now) == NOTHING
    assert forget(held.event, 730, now) == {**NOTHING, "contacts": 1}
    assert not Contact.objects.exists()


def test_a_consent_that_was_withdrawn_keeps_nobody(held, now):
    agree(held.greta, now, withdrawn_at=now)
    agree(held.ines, now, is_given=False)
    forget(held.event, 365, now)
    assert not Contact.objects.exists()


def agree(guest, now, **fields):
    values = {"is_given": True, "text_version": "1", "language": "nb", "channel": "web", "said_at": now, **fields}
    Consent.objects.create(guest=guest, purpose="invite", **values)


def test_who_wanted_no_more_mail_is_not_invited_again(held, now):
    Contact.objects.filter(pk=held.henrik.contact_id).update(unsubscribed_at=now)
    forget(held.event, 365, now)
    assert DoNotInvite.objects.of("henrik.sorli@kunde.example").count() == DoNotInvite.objects.count() == 1


def test_the_rest_follows_when_it_was_ended_in_the_middle(held, now, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    first = forget(held.event, 365, now, should_stop=iter([False, False, True, True, True]).__next__)
    assert first["silent"] + first["guests"] == 2
    second = forget(held.event, 365, now)
    total = {kind: first[kind] + second[kind] for kind in retention.KINDS}
    assert total == {**NOTHING, "food": 3, "silent": 1, "guests": 3, "companions": 1, "contacts": 4}


def test_what_was_written_at_the_very_moment_is_erased_the_next_time(held, now):
    forget(held.event, 365, now)
    Food.objects.create(guest=held.greta, other="for sent", changed_at=now)
    message = factories.make_message(held.greta, to_address="sent@kunde.example")
    forget(held.event, 366, now + timedelta(days=1))
    message.refresh_from_db()
    assert (Food.objects.count(), message.to_address) == (0, "")


def test_the_history_says_that_the_program_did_it(held, now):
    forget(held.event, 92, now)
    (row,) = History.objects.filter(what="forgotten")
    assert (row.guest, row.by, row.channel, row.at, row.facts) == (held.henrik, None, "system", now, {})


def test_the_worker_forgets_when_the_day_has_come(held, clock):
    worker = Background("tests")
    worker.turn()
    assert left(held.event) == EVERYBODY
    clock.now = timezone.make_aware(timezone.datetime.combine(held.event.held_on, timezone.datetime.min.time()))
    clock.move(days=92, hours=1)
    worker.turn()
    assert left(held.event) == EVERYBODY - {"Henrik Sørli"}
    assert not Message.objects.exclude(state="stopped").exists()


def run(*arguments):
    out = StringIO()
    call_command("forget", *arguments, stdout=out)
    return out.getvalue()


def test_the_command_says_what_it_would_erase_and_what_it_erased(held):
    day = str(held.event.held_on + timedelta(days=92))
    expected = {"erased": {**NOTHING, "food": 3, "silent": 1, "contacts": 1}}
    assert json.loads(run("--on", day, "--dry-run", "--json")) == expected
    assert json.loads(run("--on", day, "--json")) == expected
    assert json.loads(run("--on", day, "--json")) == {"erased": NOTHING}
    assert run("--on", day).startswith("Forgotten: food needs of 0 people")


def test_many_are_forgotten_in_few_queries(held, now, django_assert_max_num_queries):
    for _ in range(120):
        factories.make_guest(held.event, answers={"dinner": "coming"})
    with django_assert_max_num_queries(220):  # two portions
        assert forget(held.event, 365, now)["guests"] == 123


# One that fails ------------------------------------------------------------------------


def fails_for(guest, monkeypatch, error="Greta Åsen cannot be erased"):
    real = erasure.erase_guests

    def erase(guests, **how):
        if guest in guests:
            raise RuntimeError(error)
        return real(guests, **how)

    monkeypatch.setattr(erasure, "erase_guests", erase)


def test_only_whom_it_concerns_stays_when_a_portion_fails(held, now, monkeypatch, caplog):
    fails_for(held.greta, monkeypatch)
    with pytest.raises(retention.NotAllForgotten) as rest:
        forget(held.event, 365, now)
    assert left(held.event) == {"Greta Åsen", "Frida"}
    assert (rest.value.failed, rest.value.done["silent"], rest.value.done["guests"]) == (1, 1, 2)
    said = [record.getMessage() for record in caplog.records]
    assert "Not forgotten, and tried" not in said and "Greta" not in " ".join(said)
    assert any("RuntimeError in _forget" in line for line in said)
    monkeypatch.undo()
    assert forget(held.event, 366, now)["guests"] == 1
    assert left(held.event) == set()


def test_the_later_portions_go_on_when_one_fails(held, now, monkeypatch):
    monkeypatch.setattr(retention, "BATCH", 1)
    fails_for(held.greta, monkeypatch)
    with pytest.raises(retention.NotAllForgotten):
        forget(held.event, 365, now)
    assert left(held.event) == {"Greta Åsen", "Frida"}


def test_people_are_forgotten_when_the_food_of_one_event_fails(held, now, monkeypatch):
    def fail(rows):
        raise RuntimeError

    monkeypatch.setattr(retention.erasure, "erase_food", fail)
    with pytest.raises(retention.NotAllForgotten):
        forget(held.event, 91, now)  # the food's day, and not yet that of the silent
    monkeypatch.undo()
    assert forget(held.event, 91, now)["food"] == 3


def test_the_worker_forgets_in_time_when_the_file_store_is_away(held, clock, monkeypatch):
    def away(*, now):
        raise OSError("no such place")

    monkeypatch.setattr(photo_tidying, "delete_strays", away)
    clock.now = timezone.make_aware(timezone.datetime.combine(held.event.held_on, timezone.datetime.min.time()))
    clock.move(days=92, hours=1)
    Background("tests").turn()
    assert "Henrik Sørli" not in left(held.event)


def test_mails_go_out_all_the_same_when_somebody_cannot_be_forgotten(held, clock, monkeypatch):
    fails_for(held.henrik, monkeypatch)
    clock.now = timezone.make_aware(timezone.datetime.combine(held.event.held_on, timezone.datetime.min.time()))
    clock.move(days=92, hours=1)
    worker = Background("tests")
    asked = []
    monkeypatch.setattr(worker, "_deliver", lambda: asked.append(1))
    worker.turn()
    assert (asked, "Henrik Sørli" in left(held.event)) == ([1], True)


def test_the_command_exits_with_what_was_done_and_what_was_not(held, monkeypatch):
    fails_for(held.greta, monkeypatch)
    out = StringIO()
    with pytest.raises(Refused) as refused:
        call_command("forget", "--on", str(held.event.held_on + timedelta(days=365)), "--json", stdout=out)
    assert refused.value.returncode == 1
    assert json.loads(out.getvalue())["erased"]["guests"] == 2


def test_the_needs_of_other_events_are_let_go_when_one_event_fails(held, now, monkeypatch):
    Event.objects.update(state=Event.State.OPEN)
    other = held.other_event
    Activity.objects.filter(event=other, slug="dinner").update(serves_food=True)
    Food.objects.create(guest=held.zoe, needs=["vegan"], changed_at=now)
    Answer.objects.update(state="not_coming", answered_at=now)
    real = food._let_go_at

    def fail(event):
        if event == held.event:
            raise RuntimeError
        return real(event)

    fail.__name__ = "_let_go_at"
    monkeypatch.setattr(food, "_let_go_at", fail)
    assert food.let_go() == 1
    assert set(Food.objects.values_list("guest__event", flat=True)) == {held.event.pk}
