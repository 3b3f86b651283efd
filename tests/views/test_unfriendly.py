"""Every page that takes something is sent what nobody types: kept, refused in words, or not found; never a 500."""

import re
from urllib.parse import quote

import pytest
from django.core.cache import cache

from events.models import Activity, Answer, Event, Guest, RaceClass
from tests import factories

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
PAGES = (
    "", "food/", "companions/", "place/dinner/", "place/nothing/", "consents/", "substitute/", "not-me/", "word/",
    "race/", "questions/", "data/correct/", "data/no-more/",
)  # fmt: skip
VALUES = (
    "", "a\x00b\ud7ff\ufffe\u2028\x0b\x85", "x" * 20_000, "😀" * 400, "-1", "٣", "1e309", "NaN", "9" * 400, "99:99:99",
    "12.3", '{"a": [1]}', "1", "coming", "waiting", "vegan", "a@b.example\r\nBcc: c@d.example", "ﷺ" * 150,
)  # fmt: skip


@pytest.fixture
def guest(settings, clock):
    """Somebody who is asked everything, and brings two."""
    settings.ANSWERS_PER_LINK_PER_MINUTE = settings.ANSWERS_PER_ADDRESS_PER_MINUTE = 10**6
    event = factories.make_event(shows_guests=True, companions_allowed=9)
    Activity.objects.filter(event=event).update(welcomes_companions=True, serves_food=True, asks_shirt_size=True)
    guest = factories.make_guest(
        event, "Kari Nes", companions_allowed=9, answers=dict.fromkeys(factories.PROGRAMME, "coming")
    )
    for name in ("Ola Nes", ""):
        factories.make_companion(guest, name, answers=dict.fromkeys(factories.PROGRAMME, "coming"))
    race = event.activity_set.get(slug="race")
    RaceClass.objects.create(activity=race, title=factories.texts("Herrer"), position=1)
    for kind in ("text", "choice", "several", "yes_no", "number"):
        factories.make_question(race, kind=kind, options=["Buss", "Bil"] if kind in ("choice", "several") else ())
    return guest


def names_on(client, address):
    page = client.get(address).content.decode()
    return sorted(set(re.findall(r'name="([^"]+)"', page)) - {"csrfmiddlewaretoken", "viewport"})


def kindly(response):
    assert response.status_code in {200, 303, 404, 405, 422}, response.status_code
    cache.clear()


@pytest.mark.parametrize("page", PAGES)
def test_no_page_breaks_when_its_fields_hold_what_nobody_types(client, guest, page):
    address = factories.page_of(guest) + page
    names = names_on(client, address)
    new = ["new1-name", "new20-name", "c-1-name", "c99999999999999999999-remove", "needs-0", "other--1", "race-1-meant"]
    names = [*names, *new, "answer", "answer-dinner", "answer-race", "all", "none", "lang", "more"]
    names = [name for name in names if name not in {"withdraw", "split"}]
    kindly(client.post(address, {}))
    kindly(client.post(address, {"unknown": "x", "answer-unknown": "coming", "": ""}))
    for value in VALUES:
        kindly(client.post(address, dict.fromkeys(names, value)))
    for button in ("withdraw", "split", "again", "more"):
        kindly(client.post(address, {button: ["1", "\x00"]}))
    kindly(client.post(address, dict.fromkeys(names, VALUES)))
    kindly(client.post(address, b"\xff\xfe=\xc3\x28&%zz=%00", content_type="application/x-www-form-urlencoded"))
    kindly(client.post(address, b'{"answer": 1}', content_type="application/json"))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("state", [state for state in Event.State.values if state in {"closed", "held", "cancelled"}])
def test_no_page_breaks_when_the_event_is_not_open(client, guest, page, state):
    address = factories.page_of(guest) + page
    names = names_on(client, address)
    Event.objects.update(state=state)
    for value in ("", "coming", "yes"):
        kindly(client.post(address, dict.fromkeys(names, value)))


@pytest.mark.parametrize("page", PAGES)
def test_nobody_is_reached_by_typing_the_number_of_another(client, guest, page):
    other = factories.make_guest(
        guest.event, "Per Vik", companions_allowed=3, answers=dict.fromkeys(factories.PROGRAMME, "coming")
    )
    theirs = factories.make_companion(other, "Mia Vik", answers=dict.fromkeys(factories.PROGRAMME, "coming"))
    before = rows_of(other, theirs)
    posted = {}
    for name in names_on(client, factories.page_of(other) + page):
        for value in ("not_coming", "no", "on", "vegan", "12:30", "S", "Bqrand"):
            posted.setdefault(name, []).append(value)
    for row in Answer.objects.filter(guest__in=[other, theirs]):
        posted |= {f"race-{row.pk}-ambition": "12:30", f"about-{row.pk}-q1": "Bqrand"}
    posted |= {
        f"c{theirs.pk}-name": "Bqrand",
        f"c{theirs.pk}-remove": "on",
        f"c{theirs.pk}-answer-dinner": "not_coming",
    }
    posted |= {
        f"needs-{theirs.pk}": "vegan",
        f"other-{theirs.pk}": "Bqrand",
        f"needs-{other.pk}": "vegan",
        "consent": "on",
    }
    for way in (page, ""):
        kindly(client.post(factories.page_of(guest) + way, posted))
    assert rows_of(other, theirs) == before


def rows_of(*guests):
    """All that hangs on these guests."""
    found = {}
    for relation in Guest._meta.related_objects:
        model, name = relation.related_model, relation.field.name
        found[model, name] = list(model._base_manager.filter(**{f"{name}__in": guests}).order_by("pk").values())
    return [found, list(Guest.objects.filter(pk__in=[guest.pk for guest in guests]).order_by("pk").values())]


@pytest.mark.parametrize("page", PAGES)
def test_a_link_that_is_none_is_the_warm_404(client, page):
    for token in ("x" * 4000, "\x00", "😀", "-1", "\u202e", "%", "a.b.c", " "):
        for send in (client.get, client.post):
            assert send(f"/i/{quote(token, safe='')}/{page}").status_code == 404
