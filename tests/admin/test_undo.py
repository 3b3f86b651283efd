"""Undoing from the history on the guest's page: a page that says what it becomes, and one press."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.actions import (
    answers,
    companions,
    consents,
    entries,
    guests,
    programme,
    replies,
    subscriptions,
    substitutes,
)
from events.domain.answers import Choice
from events.models import Activity, Answer, Entry, Guest, History, Message, RaceClass
from tests import factories


@pytest.fixture
def otto(office):
    client = office("otto")
    client.cookies["language"] = "en"
    return client


def last(guest):
    return History.objects.filter(guest=guest).order_by("-at", "-pk").first()


def page(guest, row):
    return f"/admin/events/event/{guest.event_id}/guests/{guest.pk}/undo/{row.pk}/"


def change(clock, guest, choice, slug="dinner"):
    answers.give(guest, {slug: choice}, by=None, channel="web", now=clock.move(minutes=1))
    return last(guest)


def said(guest, slug="dinner"):
    return Answer.objects.get(guest=guest, activity__slug=slug).state


def text_of(response):
    return response.content.decode()


def told(response):
    return [str(message) for message in response.context["messages"]]


def test_the_page_says_what_it_becomes_and_changes_nothing(otto, cast, clock):
    row = change(clock, cast.greta, Choice.NOT_COMING)
    text = text_of(otto.get(page(cast.greta, row)))
    assert "Dinner (en): the answer of Greta Åsen is “not coming” now, and becomes “coming”." in text
    assert 'name="tell"' in text and "checked" in text
    assert said(cast.greta) == "not_coming"
    assert last(cast.greta) == row


def test_a_press_undoes_and_the_guests_page_offers_to_undo_that(otto, cast, clock):
    row = change(clock, cast.greta, Choice.NOT_COMING)
    response = otto.post(page(cast.greta, row), {"tell": "on"}, follow=True)
    assert told(response) == ["The change is undone."]
    assert said(cast.greta) == "coming"
    undone = last(cast.greta)
    assert (undone.what, undone.by, undone.channel) == ("undone", cast.otto, "office")
    text = text_of(response)
    assert page(cast.greta, undone) in text and page(cast.greta, row) not in text
    assert "has been undone" in text


@pytest.mark.parametrize(("posted", "letters"), [({"tell": "on"}, ["confirmation"]), ({}, [])])
def test_the_guest_is_told_as_chosen(otto, cast, clock, posted, letters):
    row = change(clock, cast.greta, Choice.NOT_COMING)
    Message.objects.all().delete()
    otto.post(page(cast.greta, row), posted)
    assert list(Message.objects.values_list("letter", flat=True)) == letters


def test_nothing_happens_at_the_second_press(otto, cast, clock):
    row = change(clock, cast.greta, Choice.NOT_COMING)
    otto.post(page(cast.greta, row), {})
    before = History.objects.count()
    assert told(otto.post(page(cast.greta, row), {}, follow=True))[-1:] == ["This was undone already."]
    assert (said(cast.greta), History.objects.count()) == ("coming", before)


def test_an_older_change_says_why_it_stays(otto, cast, clock):
    old = change(clock, cast.greta, Choice.NOT_COMING)
    change(clock, cast.greta, Choice.UNSURE)
    shown = text_of(otto.get(f"/admin/events/guest/{cast.greta.pk}/change/"))
    assert "has changed again since" in shown and page(cast.greta, old) not in shown
    assert "Has changed again since." in text_of(otto.get(page(cast.greta, old)))
    response = otto.post(page(cast.greta, old), {})
    assert response.status_code == 422
    assert said(cast.greta) == "unsure"


def test_the_waiting_list_is_offered_when_the_place_is_gone(otto, cast, clock):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    row = change(clock, cast.greta, Choice.NOT_COMING)
    before = otto.get(page(cast.greta, row))
    change(clock, cast.henrik, Choice.COMING)
    assert 'name="waiting"' not in text_of(before)
    response = otto.post(page(cast.greta, row), {})
    text = text_of(response)
    assert response.status_code == 422
    assert "The place at Dinner (en) is gone meanwhile." in text and "Put on the waiting list" in text
    assert said(cast.greta) == "not_coming"
    response = otto.post(page(cast.greta, row), {"waiting": "1"}, follow=True)
    assert told(response) == ["The change is undone: the guest is on the waiting list."]
    assert said(cast.greta) == "waiting"


def test_whoever_gets_the_place_is_named(otto, cast, clock):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    Answer.objects.filter(guest=cast.greta, activity__slug="dinner").update(state="not_coming")
    row = change(clock, cast.henrik, Choice.COMING)
    change(clock, cast.greta, Choice.COMING)
    response = otto.post(page(cast.henrik, row), {}, follow=True)
    assert any("Greta Åsen was first on the waiting list" in text for text in told(response))
    assert (said(cast.greta), said(cast.henrik)) == ("coming", "no_answer")


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("withdraw", "The guest&#x27;s link works again, the same as before."),
        ("language", "Pages and mails for Greta Åsen are in the contact&#x27;s language again."),
        ("invite", "Greta Åsen is invited to this part again: Race (en). The answer becomes “not coming”."),
    ],
)
def test_other_changes_say_in_words_what_they_become(otto, cast, clock, deed, words):
    how = {"by": cast.otto, "channel": "office", "now": clock.now}
    if deed == "withdraw":
        guests.revoke_link(cast.greta, **how)
    elif deed == "language":
        guests.choose_language(cast.greta, "fi", channel="web", now=clock.now)
    else:
        guests.invite_to(cast.greta, [cast.activity("gathering"), cast.activity("dinner")], **how)
    assert words in text_of(otto.get(page(cast.greta, last(cast.greta))))


def how(cast, now):
    return {"by": cast.otto, "channel": "office", "now": now}


def test_what_was_told_about_the_race_is_put_back_without_a_mail(otto, cast, clock):
    answer = Answer.objects.get(guest=cast.greta, activity__slug="race")
    for seconds in (750, 700):
        told_now = {answer: {"ambition_seconds": seconds}}
        entries.tell(cast.event, told_now, by=None, channel="web", now=clock.move(minutes=1))
    row = last(cast.greta)
    text = text_of(otto.get(page(cast.greta, row)))
    assert "What Greta Åsen told about the race before stands there again: Race (en)." in text
    assert "<dt>Ambition</dt><dd>12:30</dd>" in text and "<dt>Class</dt>" not in text
    assert 'name="tell"' not in text and "No mail is sent by this." in text
    otto.post(page(cast.greta, row))
    assert Entry.objects.get(guest=cast.greta).ambition_seconds == 750
    assert not Message.objects.exists()


def test_the_page_opens_when_the_class_of_before_was_taken_away_since(otto, cast, clock):
    answer = Answer.objects.get(guest=cast.greta, activity__slug="race")
    women = RaceClass.objects.create(activity=answer.activity, title=factories.texts("Kvinner"))
    for race_class in (women.pk, None):
        told_now = {answer: {"race_class_id": race_class}}
        entries.tell(cast.event, told_now, by=None, channel="web", now=clock.move(minutes=1))
    row = last(cast.greta)
    assert "<dt>Class</dt><dd>Kvinner (en)</dd>" in text_of(otto.get(page(cast.greta, row)))
    women.delete()
    assert "<dt>Class</dt><dd>–</dd>" in text_of(otto.get(page(cast.greta, row)))


def test_what_was_chosen_before_is_shown_and_words_are_not(otto, cast, clock):
    bus = factories.make_question(cast.activity("dinner"), "Buss?", kind="choice", options=("Kl. 22", "Kl. 23"))
    song = factories.make_question(cast.activity("dinner"), "Hvilken sang?")
    answer = Answer.objects.get(guest=cast.greta, activity__slug="dinner")
    for said in ({bus: "1", song: "Ja, vi elsker"}, {bus: "2", song: "Nordnes"}):
        replies.reply(cast.event, {answer: said}, by=None, channel="web", now=clock.move(minutes=1))
    text = text_of(otto.get(page(cast.greta, last(cast.greta))))
    assert "<dt>Buss? (en)</dt><dd>Kl. 22</dd>" in text and "sang" not in text


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        ("consent", "a yes or no is the guest&#x27;s own: when the guest tells you so"),
        ("mail", "only the guest can ask for mail again"),
        ("name", "names are not kept in the history"),
        ("colleague", "the guest&#x27;s own proposal: decide on it under Substitutes"),
    ],
)
def test_what_cannot_be_undone_says_so_with_what_to_do_instead(otto, cast, clock, deed, words):
    web = {"by": None, "channel": "web", "now": clock.now}
    if deed == "consent":
        consents.say(cast.greta, "photos", True, language="nb", **web)
    elif deed == "mail":
        subscriptions.unsubscribe(cast.greta, **web)
    elif deed == "name":
        companion = factories.make_companion(cast.greta, "Ola Berge")
        companions.save(cast.greta, [companions.Wish(pk=companion.pk, name="Kari Moe")], **web)
    else:
        substitutes.propose(cast.greta, name="Nina Berge", email="nina@kunde.example", word="", **web)
    row, before = last(cast.greta), History.objects.count()
    shown = text_of(otto.get(f"/admin/events/guest/{cast.greta.pk}/change/"))
    assert words in shown and page(cast.greta, row) not in shown
    response = otto.post(page(cast.greta, row))
    assert (response.status_code, History.objects.count()) == (422, before)
    assert words[:20].capitalize() in text_of(response)


def test_the_waiting_list_is_offered_when_a_companions_place_is_gone(otto, cast, clock):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=2)
    ola = factories.make_companion(cast.greta, "Ola Berge", answers={"dinner": "coming"})
    Guest.objects.filter(pk=cast.greta.pk).update(companions_allowed=1)
    companions.save(cast.greta, [companions.Wish(pk=ola.pk, is_removed=True)], by=None, channel="web", now=clock.now)
    row = last(cast.greta)
    text = text_of(otto.get(page(cast.greta, row)))
    assert "Greta Åsen brings 1 companion more again, with the same answers." in text and 'name="waiting"' not in text
    change(clock, cast.henrik, Choice.COMING)
    response = otto.post(page(cast.greta, row))
    assert response.status_code == 422
    assert "who finds none stands on the waiting list" in text_of(response)
    otto.post(page(cast.greta, row), {"waiting": "1"})
    back = Guest.objects.get(companion_of=cast.greta)
    assert (back.companion_name, said(back)) == ("", "waiting")


def test_grace_is_undone_from_the_events_history(otto, cast, clock):
    dinner = cast.activity("dinner")
    programme.give_grace([dinner], clock.now + timedelta(days=40), **how(cast, clock.now))
    row = History.objects.get(what="programme")
    address = f"/admin/events/event/{cast.event.pk}/history/{row.pk}/undo/"
    assert address in text_of(otto.get("/admin/events/history/"))
    assert "The deadline holds again: Dinner (en)." in text_of(otto.get(address))
    response = otto.post(address, follow=True)
    assert told(response) == ["The change is undone."]
    dinner.refresh_from_db()
    assert dinner.grace_until_at is None
    assert told(otto.post(address, follow=True))[-1:] == ["This was undone already."]
    again = History.objects.get(what="undone")
    assert "Answers are taken until Sunday 19\xa0September at\xa011:00: Dinner (en)." in text_of(
        otto.get(address.replace(f"history/{row.pk}/", f"history/{again.pk}/"))
    )


def test_a_guests_row_is_not_undone_as_the_events(otto, cast, clock):
    row = change(clock, cast.greta, Choice.NOT_COMING)
    assert otto.post(f"/admin/events/event/{cast.event.pk}/history/{row.pk}/undo/").status_code == 404
    assert said(cast.greta) == "not_coming"


def test_another_guests_row_is_not_found(otto, cast, clock):
    row = change(clock, cast.greta, Choice.NOT_COMING)
    zoes = change(clock, cast.zoe, Choice.NOT_COMING)
    assert otto.get(page(cast.henrik, row)).status_code == 404
    for address in (page(cast.greta, zoes), page(cast.zoe, zoes)):
        assert otto.get(address).status_code == 404
        assert otto.post(address).status_code == 404
    assert said(cast.zoe) == "not_coming"


# Answering for a guest, and telling ----------------------------------------------------


def answer_page(guest):
    return f"/admin/events/event/{guest.event_id}/guests/{guest.pk}/answer/"


@pytest.mark.parametrize(("tell", "letters"), [({"tell": "on"}, ["confirmation"]), ({}, [])])
def test_the_guest_is_told_of_an_answer_or_not_as_chosen(otto, cast, tell, letters):
    otto.post(answer_page(cast.henrik), {"answer-dinner": "coming", "channel": "met", **tell})
    assert said(cast.henrik) == "coming"
    assert list(Message.objects.values_list("letter", flat=True)) == letters


def test_telling_is_ticked_where_there_is_an_address_and_explained_where_there_is_none(otto, cast):
    form = otto.get(answer_page(cast.henrik)).context["form"]
    assert (form["tell"].value(), form.fields["tell"].disabled) == (True, False)
    silent = factories.make_guest(cast.event, "Nils Nettløs", email="")
    response = otto.get(answer_page(silent))
    assert response.context["form"].fields["tell"].disabled
    assert "There is no mail address" in text_of(response)
    otto.post(answer_page(silent), {"answer-dinner": "coming", "channel": "phone", "tell": "on"})
    assert said(silent) == "coming"
    assert not Message.objects.exists()


def test_whoever_brings_a_companion_is_told(otto, cast):
    ola = Guest.objects.create(
        event=cast.event, companion_of=cast.greta, companion_name="Ola Åsen", sort_key="asen", created_at=timezone.now()
    )
    factories.make_answer(ola, cast.activity("dinner"))
    assert "Tell Greta Åsen by mail" in text_of(otto.get(answer_page(ola)))
    otto.post(answer_page(ola), {"answer-dinner": "coming", "channel": "phone", "tell": "on"})
    assert said(ola) == "coming"
    assert Message.objects.get().guest == cast.greta
    shown = text_of(otto.get(f"/admin/events/guest/{ola.pk}/change/"))
    assert page(ola, last(ola)) in shown
    assert "None" not in shown
