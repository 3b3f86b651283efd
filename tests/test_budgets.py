"""What a guest's visit may weigh and ask for: bytes, requests and queries, counted exactly."""

import gzip
import re

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.staticfiles import finders
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.models import Activity, Entry, Guest, History
from events.views.steps import STEPS
from tests import factories
from tests.database import count_again
from tests.factories import page_of
from tests.posts import bodies, outfit
from tests.test_access import GUESTS_SITE, text_of

FIRST_VISIT_BYTES = 15_000
FIRST_VISIT_REQUESTS = 3  # the page, its stylesheet, its icon
PAGE_QUERIES, SUMMARY_QUERIES, ANSWER_QUERIES = 3, 10, 8  # the summary asks once for each further page
AROUND = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")
ASKED_FOR = re.compile(r"<(?:link|script|img|iframe|source)\b[^>]*?\b(?:href|src)=\"([^\"]+)\"")
LANGUAGES = [code for code, _name in settings.LANGUAGES]


def weight(address):
    """Bytes of a static file as it is sent: compressed as well as gzip can."""
    with open(finders.find(address.removeprefix(settings.STATIC_URL)), "rb") as file:
        return len(gzip.compress(file.read()))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_first_visit_is_light_when_a_guest_opens_the_link(client, invited, language):
    response = client.get(page_of(invited) + f"?lang={language}", headers={"accept-encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    page = gzip.decompress(response.content).decode()
    assert f'<html lang="{language}">' in page
    asked = ASKED_FOR.findall(page)
    assert 1 + len(asked) <= FIRST_VISIT_REQUESTS
    assert len(response.content) + sum(map(weight, asked)) <= FIRST_VISIT_BYTES


def statements(do):
    """How many queries `do` runs besides those that begin and end a transaction."""
    with CaptureQueriesContext(connection) as captured:
        do()
    return len([query for query in captured if not query["sql"].startswith(AROUND)])


def crowd(event, size):
    """As many others come to everything, and where places are few some of them wait."""
    Activity.objects.filter(event=event, slug="dinner").update(capacity=1)
    for number in range(size):
        last = "coming" if number == 0 else "waiting"
        factories.make_guest(event, answers={"gathering": "coming", "race": "coming", "dinner": last})


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize("answers", [None, dict.fromkeys(factories.PROGRAMME, "coming"), {"dinner": "waiting"}])
def test_a_page_is_read_in_few_queries_at_any_size(client, cast, size, answers):
    crowd(cast.event, size)
    address = page_of(factories.make_guest(cast.event, answers=answers))
    for path, most in ((address, PAGE_QUERIES), (address + "answered/", SUMMARY_QUERIES)):
        assert statements(lambda path=path: client.get(path)) <= most


@pytest.mark.parametrize("size", [1, 30])
@pytest.mark.parametrize("posted", [{"all": "1"}, {"none": "1"}, {"answer-dinner": "unsure"}])
def test_an_answer_is_stored_in_eight_queries_when_it_waits_declines_or_makes_room(client, cast, size, posted):
    crowd(cast.event, size)
    silent = factories.make_guest(cast.event)
    coming = factories.make_guest(cast.event, answers=dict.fromkeys(factories.PROGRAMME, "coming"))
    for guest in (silent, coming):
        assert statements(lambda guest=guest: client.post(page_of(guest), posted)) <= ANSWER_QUERIES


NAMES = [f"Følge {number}" for number in range(10)]


def bringing(event, count, **answers):
    """A guest who may bring ten and brings so many, each with the same answers as the guest."""
    guest = factories.make_guest(event, answers=answers, companions_allowed=10)
    for name in NAMES[:count]:
        factories.make_companion(guest, name, answers=answers)
    return guest


@pytest.fixture(scope="module")
def small_and_large(django_db_setup, django_db_blocker):
    """A guest who brings one among three others, and one who brings ten among five hundred; each test starts from them.

    Without anybody to bring, other pages are done and asked about.
    """
    with django_db_blocker.unblock(), transaction.atomic():
        ContentType.objects.get_for_models(*apps.get_models())  # else whoever is first asks for them
        made = []
        for slug, count, size in (("liten", 1, 3), ("stor", 10, 500)):
            event = factories.make_event(slug)
            outfit(event)
            crowd_, race = factories.make_crowd(event, size), event.activity_set.get(slug="race")
            guest = bringing(event, count, **dict.fromkeys(factories.PROGRAMME, "coming"))
            Guest.objects.filter(pk=guest.pk).update(companions_allowed=count + 1)
            guest.answer_set.filter(activity__slug="dinner").update(promoted_at=timezone.now())
            entries = [Entry(guest=each, activity=race, changed_at=timezone.now()) for each in crowd_]
            Entry.objects.bulk_create([*entries, Entry(guest=guest, activity=race, changed_at=timezone.now())])
            made.append(guest)
        count_again()
        yield made
        transaction.set_rollback(True)


# route: the most queries on GET, on POST; no number where the method is not taken. A POST writes each thing told in
# one query, its history and its messages in one each, however many there are.
MOST = {
    "": (0, 8),
    r"^pictures/(?P<key>[0-9A-Za-z]{24})\.jpg$": (None, None),  # 0: tests/views/test_pictures.py
    "^logo/(?P<key>[0-9a-f]{16})$": (None, None),
    r"^colours/(?P<key>[0-9a-f]{16})\.css$": (None, None),
    "i18n/setlang/": (None, 8),
    "privacy/": (10, None),
    "accessibility/": (0, None),
    "link-sent/": (0, None),
    "forgotten/": (0, None),
    "i/<str:token>/": (PAGE_QUERIES, ANSWER_QUERIES),
    "i/<str:token>": (1, None),
    "i/<str:token>/answered/": (PAGE_QUERIES + len(STEPS), None),
    "i/<str:token>/food/": (10, 18),
    "i/<str:token>/companions/": (10, 20),
    "i/<str:token>/place/<str:activity>/": (10, 12),
    "i/<str:token>/consents/": (10, 18),
    "i/<str:token>/who/": (10, None),
    "i/<str:token>/calendar/": (PAGE_QUERIES, 8),
    "i/<str:token>/calendar/<str:activity>.ics": (10, None),
    "c/<str:token>.ics": (2, None),
    "i/<str:token>/substitute/": (10, 12),
    "i/<str:token>/not-me/": (10, 12),
    "i/<str:token>/not-me/thanks/": (10, None),
    "i/<str:token>/word/": (10, 15),
    "i/<str:token>/race/": (10, 18),
    "i/<str:token>/photos/add/": (2, 15),
    "p/<str:token>/": (1, None),
    "i/<str:token>/questions/": (10, 18),
    "i/<str:token>/results/": (10, 18),
    "i/<str:token>/results/diploma.pdf": (2, None),
    "i/<str:token>/results/share/<str:shape>.png": (2, None),
    "i/<str:token>/earlier/": (10, 18),
    "i/<str:token>/photos/": (7, None),
    "i/<str:token>/photos/take/": (None, 8),
    "i/<str:token>/photos/all.zip": (3, None),
    "i/<str:token>/photos/<photo:key>/": (5, None),
    "i/<str:token>/photos/<photo:key>/me/": (None, 10),
    "i/<str:token>/photos/<photo:key>/remove/": (None, 10),
    "i/<str:token>/photos/<photo:key>/<str:name>": (2, None),
    "i/<str:token>/data/": (25, None),
    "i/<str:token>/data/download.html": (25, None),
    "i/<str:token>/data/download.json": (25, None),
    "i/<str:token>/data/photos/<slug:key>.jpg": (3, None),
    "i/<str:token>/data/correct/": (10, 15),
    "i/<str:token>/data/no-more/": (10, 15),
    "i/<str:token>/data/forget/": (10, 55),
    "i/<str:token>/cheers/": (10, 15),
    "live/<str:token>/": (2, None),
    "live/<str:token>/board.json": (2, None),
    "u/<str:token>/": (10, 10),
}
ELSEWHERE = {"healthz", ".well-known/security.txt", "^[icpu]/(?P<rest>(?s:.+))$", "^live/(?P<rest>(?s:.+))$"}


def address_of(route, guest):
    tokens = factories.tokens_of(guest)
    token = tokens[{"u": "unsubscribe", "c": "feed"}.get(route[:1], "token")]
    filled = {"token": token, "activity": "dinner", "shape": "og", "name": "480.jpg"}
    if "key>" in route:
        filled["key"] = guest.event.photo_set.filter(state="shown").values_list("key", flat=True)[0]
    return "/" + re.sub(r"<\w+:(\w+)>", lambda found: filled[found[1]], route)


def test_every_page_of_a_guest_has_its_budget():
    assert set(MOST) == set(GUESTS_SITE) - ELSEWHERE


@pytest.mark.parametrize("route", [route for route, (get, _post) in MOST.items() if get is not None])
def test_reading_costs_the_same_with_ten_companions_among_five_hundred_guests(db, client, small_and_large, route):
    addresses = [address_of(route, guest) for guest in small_and_large]
    found = [statements(lambda at=at: text_of(client.get(at))) for at in addresses]
    assert found[0] == found[1] <= MOST[route][0]


@pytest.mark.parametrize("route", [route for route, (_get, post) in MOST.items() if post is not None])
def test_sending_costs_the_same_with_ten_companions_among_five_hundred_guests(db, client, small_and_large, route):
    found = []
    for guest in small_and_large:
        at, typed = address_of(route, guest), bodies(guest)[route]
        found.append(statements(lambda at=at, typed=typed: client.post(at, typed)))
    assert found[0] == found[1] <= MOST[route][1]


@pytest.mark.parametrize("count", [0, 1, 10])
@pytest.mark.parametrize("posted", [{"all": "1"}, {"none": "1"}, {"answer-dinner": "unsure"}])
def test_an_answer_is_stored_in_eight_queries_whatever_the_number_of_companions(client, cast, count, posted):
    """Nobody waits, all have places; they wait; and their no lets others in."""
    crowd(cast.event, 30)
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=14)
    coming = bringing(cast.event, count, gathering="coming", race="coming", dinner="coming")
    waiting = bringing(cast.event, count, gathering="coming", race="coming", dinner="waiting")
    for guest in (coming, waiting):
        assert statements(lambda guest=guest: client.post(page_of(guest), posted)) <= ANSWER_QUERIES
    if posted.get("none"):
        assert History.objects.filter(what="promoted").exists()


def test_companions_are_saved_in_as_many_queries_whether_one_or_ten(client, cast):
    """One more name each, and all of them change their mind; a place given up lets somebody in."""
    counts = []
    for count in (2, 9):
        event = factories.make_event(f"med-{count}")
        guest = bringing(event, count, gathering="coming", dinner="coming")
        crowd(event, 12)
        posted = {"new1-name": "Ny", "new1-answer-dinner": "coming"}
        for companion in guest.companions.all():
            posted |= {f"c{companion.pk}-name": "Nytt Navn", f"c{companion.pk}-answer-dinner": "not_coming"}
        at = page_of(guest) + "companions/"
        counts.append(statements(lambda at=at, posted=posted: client.post(at, posted)))
        assert guest.companions.filter(companion_name="Nytt Navn").count() == count
    assert counts[0] == counts[1] <= 20
