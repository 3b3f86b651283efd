"""What a browser that is logged in to the back office sees through a guest's link: all but food (P3, decision 10)."""

import json

import pytest

from events.actions import food
from events.domain.food import Plate
from events.models import Consent, Food, Membership
from tests import factories
from tests.factories import page_of

BACKEND = "django.contrib.auth.backends.ModelBackend"
SECRETS = ("kumquat", "vegan", "Vegan")


@pytest.fixture
def greta(cast, now):
    """Greta and her companion have told what they eat."""
    cast.event.activity_set.filter(slug="dinner").update(serves_food=True)
    ola = factories.make_companion(cast.greta, "Ola Berge", answers={"dinner": "coming"})
    plates = {cast.greta.pk: Plate(("vegan",)), ola.pk: Plate((), "ingen kumquat")}
    food.store(cast.greta, plates, is_agreed=True, language="nb", channel="web", now=now)
    return cast.greta


def users(cast):
    host = factories.make_host_login(cast.event, cast.host)
    kitchen = factories.make_organiser(cast.event, "ken", role=Membership.Role.KITCHEN)
    return [cast.otto, cast.olga, host, kitchen, factories.make_superuser("root")]


def text(response):
    return response.content.decode()


@pytest.mark.parametrize("page", ["food/", "data/", "data/download.html", "data/download.json", "answered/", ""])
def test_no_page_of_the_guest_tells_of_food_to_whoever_is_logged_in(client, cast, greta, page):
    shown = text(client.get(page_of(greta) + page + "?lang=en"))
    if page.startswith(("food", "data")):
        assert any(secret in shown for secret in SECRETS)  # as the guest sees it
    for user in users(cast):
        client.force_login(user, backend=BACKEND)
        response = client.get(page_of(greta) + page + "?lang=en")
        assert response.status_code == 200
        assert [secret for secret in SECRETS if secret in text(response)] == []
        assert "Food and adjustments: yes" not in text(response)


def test_the_page_says_why_it_is_closed_and_what_to_do_when_it_is_ones_own(client, cast, greta):
    client.force_login(cast.otto, backend=BACKEND)
    shown = text(client.get(page_of(greta) + "food/?lang=en"))
    assert "You are logged in to the back office in this browser." in shown
    assert "Log out of the back office first." in shown
    assert "checkbox" not in shown and 'name="withdraw"' not in shown
    assert "is left out here" in text(client.get(page_of(greta) + "data/?lang=en"))


@pytest.mark.parametrize("posted", [{"withdraw": "1"}, {"consent": "on"}])
def test_nothing_is_told_or_taken_back_in_the_guests_name(client, cast, greta, posted):
    client.force_login(cast.otto, backend=BACKEND)
    posted = posted | {f"needs-{greta.pk}": "nuts"}
    assert client.post(page_of(greta) + "food/", posted).status_code == 403
    assert Food.objects.get(guest=greta).needs == ["vegan"]
    assert Consent.objects.in_force().filter(guest=greta, purpose="food").exists()


def test_all_else_is_shown_as_the_guest_sees_it(client, cast, greta):
    client.force_login(cast.otto, backend=BACKEND)
    told = json.loads(client.get(page_of(greta) + "data/download.json").content)
    assert "Greta Åsen" in json.dumps(told, ensure_ascii=False)
    assert client.post(page_of(greta), {"answer-race": "coming"}).status_code == 303


def test_the_guest_sees_it_again_when_nobody_is_logged_in(client, cast, greta):
    client.force_login(cast.otto, backend=BACKEND)
    client.logout()
    assert "kumquat" in text(client.get(page_of(greta) + "food/"))


def test_the_food_page_asks_nothing_more_where_there_is_no_login(client, greta, django_assert_num_queries):
    client.get(page_of(greta) + "food/")
    with django_assert_num_queries(7):
        client.get(page_of(greta) + "food/")
