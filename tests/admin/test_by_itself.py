"""What goes out by itself: seen, switched, moved, and decided about when it was missed."""

from datetime import timedelta

import pytest
from django.utils.html import escape

from events.actions import occurrences
from events.models import Campaign, Event, Letter, Message, Occurrence, Reminder
from tests import factories
from tests.actions.test_occurrences import DUE

pytestmark = pytest.mark.django_db


@pytest.fixture
def rule(cast):
    return factories.make_reminder(cast.event)


@pytest.fixture
def missed(cast, rule, clock):
    clock.now = DUE + timedelta(days=1)
    occurrences.run_due(now=clock.now)
    return Occurrence.objects.get(state="missed")


def page_of(cast, path=""):
    return f"/admin/events/event/{cast.event.pk}/by-itself/{path}"


def read(client, cast, path=""):
    response = client.get(page_of(cast, path))
    assert response.status_code == 200
    return response.content.decode()


def text(html):
    return " ".join(html.split())


def test_each_letter_stands_with_its_day_hour_and_how_many_it_reaches_now(office, cast, rule):
    shown = text(read(office("otto"), cast))
    assert "Tirsdag 31. august" in shown
    assert "kl. 10:00" in shown
    assert "10 dager før svarfristen" in shown
    assert "<strong>1</strong> gjest slik det er nå" in shown
    assert "2 har svart" in shown
    assert "Zetterlund" not in shown


def test_the_days_are_in_order_with_today_the_deadline_and_the_event_between(office, cast, rule):
    factories.make_reminder(cast.event, "practical", days=1)
    factories.make_reminder(cast.event, days=3)
    shown = read(office("otto"), cast)
    order = ["I dag", "31.\xa0august", "7.\xa0september", "10.\xa0september", "23.\xa0september", "24.\xa0september"]
    places = [shown.index(f">{words}") if words == "I dag" else shown.index(words) for words in order]
    assert places == sorted(places)


def test_an_event_without_rules_says_what_is_usual_and_begins_with_it(office, cast):
    client = office("otto")
    assert "Ingenting går ut av seg selv" in read(client, cast)
    for _press in range(2):
        client.post(page_of(cast, "begin/"))
    assert Reminder.objects.filter(event=cast.event).count() == 3


def test_a_letter_is_switched_off_and_on(office, cast, rule):
    client = office("otto")
    for on, words in (("0", "slått av"), ("1", "venter på sin tid")):
        response = client.post(page_of(cast, f"{rule.pk}/switch/"), {"on": on}, follow=True)
        rule.refresh_from_db()
        assert rule.is_on is (on == "1")
        assert words in response.content.decode()


def test_a_letter_gets_another_day_and_hour(office, cast, rule):
    response = office("otto").post(page_of(cast, f"{rule.pk}/"), {"days": "5", "hour": "14"}, follow=True)
    rule.refresh_from_db()
    assert (rule.days_before, rule.hour) == (5, 14)
    assert "kl.\xa014:00" in response.content.decode()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"days": "0", "hour": "10"}, "fra 1 til 90"),
        ({"days": "91", "hour": "10"}, "fra 1 til 90"),
        ({"days": "snart", "hour": "10"}, "fra 1 til 90"),
        ({"days": "", "hour": "10"}, "fra 1 til 90"),
        ({"days": "5", "hour": "3"}, "Velg et av klokkeslettene"),
        ({"days": "3", "hour": "10"}, "allerede ut den dagen"),
    ],
)
def test_what_cannot_be_is_told_kindly_and_nothing_is_saved(office, cast, rule, typed, words):
    factories.make_reminder(cast.event, days=3)
    response = office("otto").post(page_of(cast, f"{rule.pk}/"), typed)
    assert response.status_code == 422
    assert words in response.content.decode()
    rule.refresh_from_db()
    assert (rule.days_before, rule.hour) == (10, 10)


def test_the_letter_is_seen_as_a_guest_gets_it(office, cast, rule):
    shown = read(office("otto"), cast, f"{rule.pk}/")
    assert "Husk oss" in shown
    assert f"send/reminder/as/{cast.henrik.pk}/" in shown
    assert "Slik det er nå, går det til 1 person" in shown


def test_a_letter_without_a_text_says_so(office, cast, rule, monkeypatch):
    monkeypatch.setattr("events.emails.has_text", lambda event, kind: False)
    assert "har ingen tekst ennå" in read(office("otto"), cast)


def test_what_has_gone_out_shows_what_became_of_it(office, cast, rule, clock):
    clock.now = DUE
    occurrences.run_due(now=DUE)
    shown = read(office("otto"), cast)
    campaign = Campaign.objects.get()
    assert f"/admin/events/campaign/{campaign.pk}/change/" in shown
    assert "1 på vei" in shown
    assert f"{rule.pk}/switch/" not in shown


def test_a_sending_by_rule_stands_among_the_sendings_with_those_left_out(office, cast, rule, clock):
    clock.now = DUE
    occurrences.run_due(now=DUE)
    client = office("otto")
    campaign = Campaign.objects.get()
    shown = client.get(f"/admin/events/campaign/{campaign.pk}/change/").content.decode()
    assert "har svart" in shown
    client.post(f"/admin/events/event/{cast.event.pk}/sendings/{campaign.pk}/stop/")
    assert Message.objects.get(letter="reminder").state == "stopped"


def test_days_of_a_rule_that_has_another_day_by_now_stand_under_earlier(office, cast, rule, clock):
    clock.now = DUE
    occurrences.run_due(now=DUE)
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=cast.event.answer_by_at + timedelta(days=7))
    shown = text(read(office("otto"), cast))
    assert "Tidligere" in shown
    assert "Tirsdag 7. september" in shown


def test_a_held_event_shows_that_nothing_goes_out(office, cast, rule):
    Event.objects.filter(pk=cast.event.pk).update(state="held")
    shown = read(office("otto"), cast)
    assert "går ikke ut" in shown
    assert "switch/" not in shown


def test_a_rule_without_a_deadline_says_what_it_waits_for(office, cast, rule):
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=None)
    assert "Sett en under Innstillinger" in read(office("otto"), cast)


def test_the_overview_and_the_navigation_tell_of_what_was_missed(office, cast, missed):
    overview = text(office("otto").get(f"/admin/events/event/{cast.event.pk}/overview/").content.decode())
    assert "brev gikk ikke ut av seg selv" in overview
    assert f'href="{page_of(cast)}"' in overview


def test_what_was_missed_is_sent_after_a_look_at_the_count(office, cast, missed):
    client = office("otto")
    assert "Send det nå" in read(client, cast)
    shown = read(client, cast, f"missed/{missed.pk}/send/")
    assert "Send til 1 person" in shown
    assert "Henrik" in shown
    assert not Message.objects.filter(letter="reminder").exists()
    response = client.post(page_of(cast, f"missed/{missed.pk}/send/"), follow=True)
    assert "1 e-post er på vei" in response.content.decode()
    assert Message.objects.get(letter="reminder").guest == cast.henrik
    again = client.post(page_of(cast, f"missed/{missed.pk}/send/"), follow=True)
    assert "allerede bestemt" in again.content.decode()
    assert Message.objects.filter(letter="reminder").count() == 1


def test_what_was_missed_is_left_and_not_asked_about_again(office, cast, missed):
    client = office("otto")
    client.post(page_of(cast, f"missed/{missed.pk}/leave/"))
    assert "latt ligge" in read(client, cast)
    assert "brev gikk ikke ut" not in client.get(f"/admin/events/event/{cast.event.pk}/overview/").content.decode()


def test_what_is_of_no_use_any_more_is_not_sent(office, cast, missed):
    client = office("otto")
    Event.objects.filter(pk=cast.event.pk).update(state="closed")
    assert escape("ikke lenger til nytte") in read(client, cast)
    assert client.get(page_of(cast, f"missed/{missed.pk}/send/")).status_code == 302
    response = client.post(page_of(cast, f"missed/{missed.pk}/send/"), follow=True)
    assert "Det ble ikke sendt" in response.content.decode()
    assert not Message.objects.filter(letter="reminder").exists()


def test_what_has_no_text_is_not_sent(office, cast, missed, monkeypatch):
    Letter.objects.all().delete()
    monkeypatch.setattr("events.emails.has_text", lambda event, kind: False)
    response = office("otto").post(page_of(cast, f"missed/{missed.pk}/send/"), follow=True)
    assert "har ingen tekst ennå" in response.content.decode()


def test_what_was_missed_can_be_decided_about_when_its_rule_has_another_day_by_now(office, cast, missed):
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=cast.event.answer_by_at + timedelta(days=7))
    shown = read(office("otto"), cast)
    assert "Tidligere" in shown
    assert page_of(cast, f"missed/{missed.pk}/send/") in shown
    assert page_of(cast, f"missed/{missed.pk}/leave/") in shown
