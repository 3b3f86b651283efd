"""What guests agreed to, as the back office shows it: two lists, and the guest's page."""

import re

import pytest
from django.conf import settings
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from events.actions import consents
from events.models import Consent, Event, Guest, History
from events.reports.photographer import photo_list
from tests import factories

ALL = dict.fromkeys(factories.PROGRAMME, "coming")


def say(guest, now, *, by=None, language="nb", **said):
    for purpose, is_given in said.items():
        consents.say(guest, purpose, is_given, by=by, channel=History.Channel.WEB, language=language, now=now)


def eat(guest, now):
    """A consent that tells of health."""
    return Consent.objects.create(
        guest=guest, purpose="food", is_given=True, text_version="f00d", language="nb", channel="web", said_at=now
    )


# The photographer's list -----------------------------------------------------------


@pytest.fixture
def people(cast, now):
    """In each group somebody who comes; Ines, who said no, does not come."""
    refuses = factories.make_guest(cast.event, "Nils Nei", company=factories.make_company("Neida AS"), answers=ALL)
    agrees = factories.make_guest(cast.event, "Jan Ja", answers={"dinner": "coming"})
    say(refuses, now, photos=False, name=True)
    say(agrees, now, photos=True)
    say(cast.ines, now, photos=False)
    say(cast.greta, now, name=True, invite=True)  # and nothing about photos
    return refuses, agrees


def companion_of(guest):
    event = guest.event
    made = Guest.objects.create(
        event=event, companion_of=guest, companion_name="Kari Følge", sort_key="zz", created_at=guest.created_at
    )
    factories.make_answer(made, guest.event.activity_set.get(slug="dinner"), "coming")
    return made


def test_those_who_come_stand_in_three_groups(cast, people):
    companion_of(people[1])
    photos = photo_list(cast.event)
    assert photos.refused == [("Nils Nei", "Neida AS", "", "")]
    assert photos.silent == [("Greta Åsen", "Fjord Regnskap AS", "", ""), ("Kari Følge", "", "Jan Ja", "")]
    assert photos.agreed == [("Jan Ja", "Fjord Regnskap AS", "", "")]


def test_nobody_stands_there_who_does_not_come_or_is_forgotten(cast, people, now):
    Guest.objects.filter(pk__in=[guest.pk for guest in people]).update(forgotten_at=now)
    cast.event.activity_set.exclude(slug="race").update(cancelled_at=now)  # what Greta would come to
    photos = photo_list(cast.event)
    assert (photos.refused, photos.silent, photos.agreed) == ([], [], [])


def test_a_no_is_in_the_list_at_once_when_a_guest_withdraws(cast, people, clock):
    _refuses, agrees = people
    say(agrees, clock.move(minutes=1), photos=False)
    assert "Jan Ja" in [person.name for person in photo_list(cast.event).refused]


@pytest.mark.parametrize("who", ["otto", "pia", "root"])
def test_the_list_shows_who_is_left_out_with_company_and_counts_all(office, cast, people, who):
    companion_of(people[1])
    page = office(who).get(reverse("admin:event_photographer", args=[cast.event.pk]) + "?lang=en").content.decode()
    groups = re.findall(r'aria-labelledby="(\w+)-heading">(.*?)</section>', page, re.S)
    told = {group: re.findall(r'<strong>([^<]+)</strong><span class="soft">([^<]+)', text) for group, text in groups}
    assert told["refused"] == [("Nils Nei", "Neida AS")]
    assert [name for name, _company in told["silent"]] == ["Greta Åsen", "Kari Følge"]
    assert [name for name, _company in told["agreed"]] == ["Jan Ja"]
    assert "Ines" not in page and not factories.tells_of_zoe(page)
    assert page.count("<li><strong>") == 4


def test_the_list_leads_a_photographer_nowhere_else(office, cast, people):
    page = office("pia").get(reverse("admin:event_photographer", args=[cast.event.pk])).content.decode()
    assert f"/guest/{people[0].pk}/" not in page


# The organisers' list --------------------------------------------------------------


def listed(office, query="", who="otto"):
    response = office(who).get(f"/admin/events/consent/{query}")
    return response, [(str(row.guest), row.purpose, row.is_given) for row in response.context["cl"].result_list]


def test_the_list_tells_who_said_what_when_and_to_which_wording(office, cast, clock):
    say(cast.greta, clock.now, photos=True, language="fi")
    say(cast.greta, clock.move(days=1), photos=False)
    response, rows = listed(office)
    assert rows == [("Greta Åsen", "photos", False), ("Greta Åsen", "photos", True)]
    page = response.content.decode()
    assert '<span lang="fi">Suomi</span>' in page and page.count('<td class="field-text_version">1</td>') == 2
    assert "11.08.2027 11:00" in page and "10.08.2027 11:00" in page


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?purpose=photos", {("Greta Åsen", "photos", True), ("Henrik Sørli", "photos", False)}),
        ("?answer=False", {("Henrik Sørli", "photos", False), ("Greta Åsen", "name", False)}),
        ("?standing=before", {("Greta Åsen", "name", True)}),
        ("?standing=now&answer=True", {("Greta Åsen", "photos", True)}),
        ("?q=sorli", {("Henrik Sørli", "photos", False)}),
        ("?purpose=food", set()),
        ("?standing=x", set()),
        ("?event=999999", set()),
    ],
)
def test_the_list_is_found_by(office, cast, clock, query, found):
    say(cast.greta, clock.now, photos=True, name=True)
    say(cast.greta, clock.move(days=1), name=False)
    say(cast.henrik, clock.now, photos=False)
    eat(cast.henrik, clock.now)
    assert set(listed(office, query)[1]) == found


@pytest.mark.parametrize("who", ["otto", "root"])
def test_food_is_nowhere_in_it_for_nobody(office, cast, now, who):
    row = eat(cast.greta, now)
    assert listed(office, who=who)[1] == []
    assert office(who).get(f"/admin/events/consent/{row.pk}/change/").status_code == 404
    assert office(who).get(f"/admin/events/consent/{row.pk}/history/").status_code == 404
    assert "f00d" not in office(who).get(f"/admin/events/guest/{cast.greta.pk}/change/").content.decode()


def test_the_list_spans_own_events_only(office, cast, now):
    say(cast.zoe, now, photos=True)
    assert listed(office)[1] == []
    assert listed(office, f"?event={cast.other_event.pk}")[1] == []
    assert listed(office, f"?event={cast.other_event.pk}", who="root")[1] == [("Zoe Zetterlund", "photos", True)]


@pytest.mark.parametrize("size", [1, 30])
def test_the_lists_are_read_in_few_queries_at_any_size(office, cast, now, size):
    for _number in range(size):
        guest = factories.make_guest(cast.event, answers=ALL)
        say(guest, now, photos=True, name=True)
        companion_of(guest)
    client = office("otto")
    for url, most in (("/admin/events/consent/", 8), (reverse("admin:event_photographer", args=[cast.event.pk]), 6)):
        with CaptureQueriesContext(connection) as asked:
            assert client.get(url).status_code == 200
        assert len(asked) <= most


# Elsewhere ----------------------------------------------------------------------------


def test_the_guests_page_shows_what_is_in_force(office, cast, clock):
    say(cast.greta, clock.now, photos=True, name=True)
    say(cast.greta, clock.move(days=1), name=False)
    eat(cast.greta, clock.now)
    page = office().get(f"/admin/events/guest/{cast.greta.pk}/change/?lang=en").content.decode()
    card = page.partition('aria-labelledby="consents-heading"')[2].partition("</section>")[0]
    assert re.findall(r"chip chip-(\w+)", card) == ["coming", "not_coming", "no_answer"]


def test_the_history_tells_it_in_words(office, cast, now):
    say(cast.greta, now, photos=False)
    page = office().get("/admin/events/history/").content.decode()
    label = str(Consent.Purpose.PHOTOS.label)
    assert re.search(rf"{label}: \w+", page)


def test_the_settings_say_what_showing_guests_means_and_whom_it_would_show(office, cast, now):
    say(cast.greta, now, name=True)
    factories.make_guest(cast.event, "Nils Nei", answers=ALL)
    url = f"/admin/events/event/{cast.event.pk}/change/"
    client = office()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "1 of those who are coming has said yes so far." in client.get(url).content.decode()


def test_the_switch_is_saved_and_stands_in_the_history(office, cast):
    typed = {"title_nb": "Stoltzen", "held_on": "2027-09-24", "time_zone": "Europe/Oslo", "scene": "mountain"}
    response = office().post(f"/admin/events/event/{cast.event.pk}/change/", {**typed, "shows_guests": "on"})
    assert response.status_code == 302
    assert Event.objects.get(pk=cast.event.pk).shows_guests is True
    assert "shows_guests" in History.objects.get(event=cast.event, what="programme").facts["fields"]
