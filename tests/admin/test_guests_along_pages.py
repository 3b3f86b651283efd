"""An organiser brings the guests of an earlier event along: counts and reasons first, one press, and no mail."""

import pytest
from django.contrib.auth.models import Permission

from events.models import Event, Guest, Membership, Message
from tests import factories


@pytest.fixture
def new(cast):
    event = factories.make_event("neste", state="draft")
    Membership.objects.create(user=cast.otto, event=event, role=Membership.Role.ORGANISER)
    return event


@pytest.fixture
def address(new):
    return f"/admin/events/event/{new.pk}/guests/along/"


def test_counts_and_reasons_are_told_for_each_choice_and_looking_changes_nothing(office, cast, new, address):
    factories.make_companion(cast.greta, "Med Følge")
    page = office("otto").get(f"{address}?from={cast.event.pk}")
    counts = [(whom, n) for whom, _text, n, _behind in page.context["choices"]]
    assert counts == [("all", 3), ("invited", 3), ("came", 1)]
    assert [n for n, _why in page.context["choices"][0][3]] == [1]
    assert not Guest.objects.filter(event=new).exists()


def test_who_came_comes_along_by_one_press_and_nobody_is_written_to(office, cast, new, address):
    client, page = office("otto"), f"{address}?from={cast.event.pk}"
    done = client.post(page, {"whom": "came"}, follow=True)
    assert done.redirect_chain[-1][0] == f"/admin/events/event/{new.pk}/guests/"
    assert [guest.name for guest in Guest.objects.filter(event=new)] == ["Greta Åsen"]
    client.post(page, {"whom": "came"})
    assert Guest.objects.filter(event=new).count() == 1
    assert not Message.objects.exists()


@pytest.mark.parametrize("posted", [{}, {"whom": "nobody"}])
def test_nothing_is_done_before_somebody_has_chosen(office, cast, new, address, posted):
    answer = office("otto").post(f"{address}?from={cast.event.pk}", posted)
    assert answer.status_code == 422
    assert answer.context["errors"]
    assert not Guest.objects.filter(event=new).exists()


@pytest.mark.parametrize("source", ["other", "self", "nonsense", "9" * 30])
def test_only_from_another_event_that_one_organises(office, cast, new, address, source):
    source = {"other": cast.other_event.pk, "self": new.pk}.get(source, source)
    for answer in (office("otto").get(f"{address}?from={source}"), office("otto").post(f"{address}?from={source}")):
        assert answer.status_code == 404
    assert not Guest.objects.filter(event=new).exists()


def test_the_events_to_choose_from_are_ones_own(office, cast, new, address):
    rows = office("otto").get(address).context["rows"]
    assert [(row.slug, row.guests) for row in rows] == [("stoltzen", 3)]
    assert office("otto").get(f"/admin/events/event/{cast.event.pk}/guests/along/").context["rows"].count() == 0


def test_whoever_makes_the_next_event_is_led_on_to_its_guests_when_that_is_ticked(office, cast):
    cast.otto.user_permissions.add(Permission.objects.get(codename="add_event"))
    page = f"/admin/events/event/add/?like={cast.event.pk}"
    assert office("otto").get(page).context["form"]["with_guests"].value() is True
    posted = {"title_nb": "Neste", "held_on": "2028-09-22", "programme": f"like-{cast.event.pk}", "slug": "neste"}
    led = office("otto").post(page, {**posted, "with_guests": "on"})
    made = Event.objects.get(slug="neste")
    assert led.url == f"/admin/events/event/{made.pk}/guests/along/?from={cast.event.pk}"
    without = office("otto").post(page, {**posted, "slug": "neste-b"})
    assert without.url.endswith("/overview/")


def test_an_empty_programme_asks_for_no_guests(office, cast):
    office("root")
    Event.objects.exclude(pk=cast.event.pk).update(state="held")
    posted = {"title_nb": "Ny", "held_on": "2028-09-22", "programme": "empty", "slug": "ny", "with_guests": "on"}
    assert office("root").post("/admin/events/event/add/", posted).url.endswith("/overview/")


def test_history_and_own_data_say_where_somebody_comes_from(office, cast, new, address):
    client = office("otto")
    client.post(f"{address}?from={cast.event.pk}", {"whom": "came"})
    greta = Guest.objects.get(event=new)
    assert "fra stoltzen" in client.get(f"/admin/events/guest/{greta.pk}/change/").content.decode()
    client.logout()
    page = client.get(f"{factories.page_of(greta)}data/").content.decode()
    assert "Du var gjest på et tidligere arrangement" in page
