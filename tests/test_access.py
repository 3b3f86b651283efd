"""Every address × everybody who may type it, on GET and on POST (S4, S7). A new address without a row fails the test.

Greta is a guest, Kari one who brings her son Nils to the same event, Zoe a guest of another event, Ines one whose
invitation was withdrawn; guests use their own link. All others use Greta's with its last sign changed: Otto organises
Greta's event, Olga Zoe's; Hedda is the host of Greta and not of Kari, Ken cooks and Pia photographs at Greta's event.
"""

import re

import pytest
from django.conf import settings
from django.core import mail
from django.db import transaction
from django.test import Client
from django.utils import timezone

from events.actions import food
from events.domain.food import Plate
from events.domain.links import Purpose
from events.models import Entry, Event, Guest, Invitation, Membership
from tests import factories
from tests.database import whole_database
from tests.posts import bodies, outfit
from tests.urls import all_routes

GUESTS = ("guest", "guest with companion", "guest of another event", "revoked")
STAFF = ("organiser", "organiser of another event", "superuser", "host", "kitchen", "photographer")
VISITORS = ("anonymous", *GUESTS, *STAFF)

# What each of VISITORS meets on GET.      anonymous | guest, with companion, of another, revoked | staff
OPEN = (200, 200, 200, 200, 200, *[200] * 6)
OWN_LINK = (404, 200, 200, 200, 404, *[404] * 6)
TO_OWN_LINK = (404, 302, 302, 302, 404, *[404] * 6)
STOLTZEN = (404, 200, 200, 404, 404, *[404] * 6)  # what only Greta's and Kari's event has
NOBODY = (404, 404, 404, 404, 404, *[404] * 6)
PHOTO = "EtBildeFraKveldenIBergen"  # the address of a photo at Greta's and Kari's event
POST_ONLY = (405, 405, 405, 405, 405, *[405] * 6)

GUESTS_SITE = {  # route: (address, statuses)
    "healthz": ("/healthz", OPEN),
    ".well-known/security.txt": ("/.well-known/security.txt", OPEN),
    "": ("/", OPEN),
    "link-sent/": ("/link-sent/", OPEN),
    "privacy/": ("/privacy/", OPEN),
    "accessibility/": ("/accessibility/", OPEN),
    r"^pictures/(?P<key>[0-9A-Za-z]{24})\.jpg$": (f"/pictures/{'a' * 24}.jpg", NOBODY),  # there is none
    "^logo/(?P<key>[0-9a-f]{16})$": (f"/logo/{'0' * 16}", NOBODY),  # no logo is set
    r"^colours/(?P<key>[0-9a-f]{16})\.css$": (f"/colours/{'0' * 16}.css", OPEN),
    "i18n/setlang/": ("/i18n/setlang/", POST_ONLY),
    "i/<str:token>/": ("/i/{token}/", OWN_LINK),
    "i/<str:token>": ("/i/{token}", TO_OWN_LINK),
    "i/<str:token>/answered/": ("/i/{token}/answered/", OWN_LINK),
    "i/<str:token>/food/": ("/i/{token}/food/", OWN_LINK),
    "i/<str:token>/consents/": ("/i/{token}/consents/", OWN_LINK),
    "i/<str:token>/who/": ("/i/{token}/who/", STOLTZEN),
    "i/<str:token>/companions/": ("/i/{token}/companions/", OWN_LINK),
    "i/<str:token>/place/<str:activity>/": ("/i/{token}/place/hike/", STOLTZEN),
    "i/<str:token>/calendar/": ("/i/{token}/calendar/", OWN_LINK),
    "c/<str:token>.ics": ("/c/{feed}.ics", OWN_LINK),
    "i/<str:token>/calendar/<str:activity>.ics": ("/i/{token}/calendar/hike.ics", STOLTZEN),
    "i/<str:token>/substitute/": ("/i/{token}/substitute/", OWN_LINK),
    "i/<str:token>/not-me/": ("/i/{token}/not-me/", OWN_LINK),
    "i/<str:token>/not-me/thanks/": ("/i/{token}/not-me/thanks/", OWN_LINK),
    "i/<str:token>/word/": ("/i/{token}/word/", OWN_LINK),
    "i/<str:token>/race/": ("/i/{token}/race/", OWN_LINK),
    "i/<str:token>/results/diploma.pdf": ("/i/{token}/results/diploma.pdf", NOBODY),  # nothing is published
    "i/<str:token>/results/share/<str:shape>.png": ("/i/{token}/results/share/og.png", NOBODY),
    "i/<str:token>/cheers/": ("/i/{token}/cheers/", OWN_LINK),
    "i/<str:token>/questions/": ("/i/{token}/questions/", STOLTZEN),
    "i/<str:token>/results/": ("/i/{token}/results/", OWN_LINK),
    "i/<str:token>/earlier/": ("/i/{token}/earlier/", STOLTZEN),
    "i/<str:token>/photos/": ("/i/{token}/photos/", OWN_LINK),
    "i/<str:token>/photos/take/": ("/i/{token}/photos/take/", POST_ONLY),
    "i/<str:token>/photos/all.zip": ("/i/{token}/photos/all.zip", STOLTZEN),
    "i/<str:token>/photos/<photo:key>/": (f"/i/{{token}}/photos/{PHOTO}/", STOLTZEN),
    "i/<str:token>/photos/<photo:key>/me/": (f"/i/{{token}}/photos/{PHOTO}/me/", POST_ONLY),
    "i/<str:token>/photos/<photo:key>/remove/": (f"/i/{{token}}/photos/{PHOTO}/remove/", POST_ONLY),
    "i/<str:token>/photos/<photo:key>/<str:name>": (f"/i/{{token}}/photos/{PHOTO}/480.jpg", STOLTZEN),
    "i/<str:token>/data/": ("/i/{token}/data/", OWN_LINK),
    "i/<str:token>/data/download.html": ("/i/{token}/data/download.html", OWN_LINK),
    "i/<str:token>/data/download.json": ("/i/{token}/data/download.json", OWN_LINK),
    # Own photos only: see tests/views/test_my_data.py.
    "i/<str:token>/data/photos/<slug:key>.jpg": (f"/i/{{token}}/data/photos/{PHOTO}.jpg", NOBODY),
    "i/<str:token>/data/correct/": ("/i/{token}/data/correct/", OWN_LINK),
    "i/<str:token>/data/no-more/": ("/i/{token}/data/no-more/", OWN_LINK),
    "i/<str:token>/data/forget/": ("/i/{token}/data/forget/", OWN_LINK),
    "forgotten/": ("/forgotten/", OPEN),
    # Mails can always be stopped, also those of an invitation that was withdrawn.
    "u/<str:token>/": ("/u/{unsubscribe}/", (404, 200, 200, 200, 200, *[404] * 6)),
    # What opens a board opens nothing else, and the other way round; see tests/views/test_live.py.
    "live/<str:token>/": ("/live/{token}/", NOBODY),
    "live/<str:token>/board.json": ("/live/{token}/board.json", NOBODY),
    "^live/(?P<rest>(?s:.+))$": ("/live/{token}/elsewhere/", NOBODY),
    "i/<str:token>/photos/add/": ("/i/{token}/photos/add/", OWN_LINK),
    # What opens a guest's page opens no table's; see tests/views/test_photo_adding.py.
    "p/<str:token>/": ("/p/{token}/", NOBODY),
    "^[icpu]/(?P<rest>(?s:.+))$": ("/i/{token}/elsewhere/", NOBODY),
}
# Whose words they are: the only one who may ever read them on the guests' site. None is so short that a form's
# secret may hold it by chance.
SECRETS = {
    "guest": ("Greta", "greta.asen@kunde.example", "kumquatallergi"),
    "guest with companion": ("Nordås", "Nils Følge", "pomeloallergi"),
    "guest of another event": ("Zetterlund", "Zeta Zink", "Zita Følge"),
    "revoked": ("Öberg",),
}
TAKES_POSTS = {  # with a link in the address
    "i/<str:token>/", "i/<str:token>/food/", "i/<str:token>/companions/", "i/<str:token>/place/<str:activity>/",
    "i/<str:token>/consents/", "i/<str:token>/substitute/", "i/<str:token>/not-me/", "i/<str:token>/word/",
    "i/<str:token>/race/", "i/<str:token>/cheers/", "i/<str:token>/questions/", "i/<str:token>/data/correct/",
    "i/<str:token>/data/no-more/", "i/<str:token>/data/forget/", "i/<str:token>/results/", "i/<str:token>/earlier/",
    "i/<str:token>/calendar/", "u/<str:token>/", "i/<str:token>/photos/take/", "i/<str:token>/photos/add/",
    "i/<str:token>/photos/<photo:key>/me/", "i/<str:token>/photos/<photo:key>/remove/",
}  # fmt: skip
COUNTS_APART = {"i/<str:token>/photos/add/"}  # one go is many requests: see tests/views/test_photo_adding.py
POSTS_WITHOUT_LINK = {"", "i18n/setlang/"}


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """The cast and all of VISITORS, made once; each test starts from it, for what a test does is rolled back."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(factories.make_cast())
        transaction.set_rollback(True)


class World:
    """visit(visitor, address) and post(visitor, address, typed) → response, with the visitor's own link."""

    def __init__(self, cast):
        self.cast, now = cast, timezone.now()
        outfit(cast.event)
        cast.event.photo_set.update(key=PHOTO)
        hike = factories.make_activity(cast.event, "hike")
        everything = dict.fromkeys((*factories.PROGRAMME, "hike"), "coming")
        cast.greta.answer_set.update(state="coming")
        Guest.objects.filter(pk=cast.greta.pk).update(companions_allowed=1)
        factories.make_answer(cast.greta, hike, "coming")
        kari = factories.make_guest(cast.event, "Kari Nordås", answers=everything, companions_allowed=3)
        self.nils = factories.make_companion(kari, "Nils Følge", answers=everything)
        factories.make_companion(cast.zoe, "Zita Følge")
        said = {"is_agreed": True, "language": "nb", "channel": "web", "now": now}
        food.store(cast.greta, {cast.greta.pk: Plate((), "kumquatallergi")}, **said)
        for guest in (cast.greta, kari):
            Entry.objects.create(guest=guest, activity=cast.activity("race"), changed_at=now)
        food.store(kari, {kari.pk: Plate((), "pomeloallergi")}, **said)
        Invitation.objects.filter(guest=cast.ines).update(state=Invitation.State.REVOKED)
        self.guests = dict(zip(GUESTS, (cast.greta, kari, cast.zoe, cast.ines), strict=True))
        roles = Membership.Role
        self.logins = {
            "organiser": cast.otto,
            "organiser of another event": cast.olga,
            "superuser": factories.make_superuser(),
            "host": factories.make_host_login(cast.event, cast.host, "hedda"),
            "kitchen": factories.make_organiser(cast.event, "ken", role=roles.KITCHEN),
            "photographer": factories.make_organiser(cast.event, "pia", role=roles.PHOTOGRAPHER),
        }
        self.clients = {visitor: self._client(visitor) for visitor in VISITORS}

    def _client(self, visitor):
        client = Client()
        if visitor in self.logins:
            client.force_login(self.logins[visitor], backend="django.contrib.auth.backends.ModelBackend")
        return client

    def links_of(self, visitor):
        """The guest's own, or Greta's with another sign at the end."""
        tokens = factories.tokens_of(self.guests.get(visitor, self.cast.greta))
        return tokens if visitor in GUESTS else {name: mutilated(token) for name, token in tokens.items()}

    def visit(self, visitor, address):
        return self.clients[visitor].get(address.format(**self.links_of(visitor)))

    def post(self, visitor, address, typed):
        return self.clients[visitor].post(address.format(**self.links_of(visitor)), typed)


def mutilated(token):
    return token[:-1] + ("a" if token[-1] != "a" else "b")


def text_of(response):
    """What is read in it; pictures have no words, but would be told by them all the same."""
    content = b"".join(response) if response.streaming else response.content
    return content.decode(errors="replace")


def test_every_address_of_the_guests_site_has_a_row():
    routes = {route for route in all_routes() if not route.startswith(settings.ADMIN_PATH)}
    assert routes == set(GUESTS_SITE)


@pytest.mark.parametrize("route", GUESTS_SITE)
def test_address_answers_everybody_as_it_should_and_tells_nobody_about_a_stranger(db, world, route):
    address, statuses = GUESTS_SITE[route]
    met = {visitor: world.visit(visitor, address) for visitor in VISITORS}
    assert {visitor: met[visitor].status_code for visitor in VISITORS} == dict(zip(VISITORS, statuses, strict=True))
    read = {
        (visitor, word)
        for visitor, response in met.items()
        for whose, words in SECRETS.items()
        for word in words
        if visitor != whose and word in text_of(response)
    }
    assert read == set()


def test_addresses_that_take_posts_are_known(db, world, settings):
    settings.ANSWERS_PER_LINK_PER_MINUTE = settings.PHOTOS_PER_LINK_PER_MINUTE = (
        0  # whoever would take something refuses it before it is read
    )
    found = {
        route
        for route, (address, _statuses) in GUESTS_SITE.items()
        if world.post("guest", address, {}).status_code == 429
    }
    assert found == TAKES_POSTS | {"i18n/setlang/"}
    settings.ANSWERS_PER_ADDRESS_PER_MINUTE = 0
    assert world.post("anonymous", "/", {}).status_code == 429
    assert set(bodies(world.cast.greta)) == TAKES_POSTS | POSTS_WITHOUT_LINK


WRONG = [visitor for visitor in VISITORS if visitor not in GUESTS or visitor == "revoked"]


@pytest.mark.parametrize("route", sorted(TAKES_POSTS))
def test_posts_change_something_for_the_guest_and_nothing_for_anybody_else(db, world, route):
    address, typed = GUESTS_SITE[route][0], bodies(world.cast.greta)[route]
    before = whole_database()
    for visitor in WRONG if not route.startswith("u/") else [who for who in WRONG if who != "revoked"]:
        assert world.post(visitor, address, typed).status_code == 404, visitor
    assert whole_database() == before
    assert mail.outbox == []
    if "place/" in route:
        world.cast.greta.answer_set.filter(activity__slug="hike").update(promoted_at=timezone.now())
    assert world.post("guest", address, typed).status_code in (200, 303)
    assert whole_database() != before


@pytest.mark.parametrize("visitor", ["guest", "guest of another event"])
def test_companion_of_another_guest_is_out_of_reach_whatever_is_posted(db, world, visitor):
    """Every form that speaks of companions, with the number of Kari's Nils in it."""
    nils, (answer, *_others) = world.nils, world.nils.answer_set.order_by("pk")
    Event.objects.filter(pk=world.cast.event.pk).update(shows_guests=False)
    typed = {
        f"c{nils.pk}-name": "Nils Ny", f"c{nils.pk}-answer-dinner": "not_coming", f"c{nils.pk}-remove": "1",
        f"needs-{nils.pk}": ["nuts"], f"other-{nils.pk}": "x", "consent": "on",
        f"race-{answer.pk}-ambition": "12:30", "agree-photos": "yes", f"agree-photos-{nils.pk}": "yes",
    }  # fmt: skip
    about = rows_about(nils)
    for route in sorted(TAKES_POSTS - {"i/<str:token>/data/forget/", "u/<str:token>/"}):
        world.post(visitor, GUESTS_SITE[route][0], typed)
    assert rows_about(nils) == about


def rows_about(companion):
    """All that is stored of somebody who comes with a guest."""
    stored = [
        companion.answer_set,
        companion.entry_set,
        companion.reply_set,
        companion.consent_set,
        companion.history_set,
    ]
    rows = [list(each.order_by("pk").values()) for each in stored]
    return [type(companion).objects.filter(pk=companion.pk).values().get(), *rows]


@pytest.mark.parametrize("limited", ["ANSWERS_PER_LINK_PER_MINUTE", "ANSWERS_PER_ADDRESS_PER_MINUTE"])
@pytest.mark.parametrize("route", sorted((TAKES_POSTS | POSTS_WITHOUT_LINK) - COUNTS_APART))
def test_one_post_too_many_is_met_kindly_keeps_the_text_and_stores_nothing(db, world, settings, route, limited):
    if route == "" and "LINK" in limited:
        limited = "ANSWERS_PER_ADDRESS_PER_MINUTE"  # nobody's link is in the address
    setattr(settings, limited, 2)
    address, typed = GUESTS_SITE[route][0], bodies(world.cast.greta)[route]
    spent = dict.fromkeys(typed, "") if route != "i/<str:token>/data/forget/" else {}
    others = GUESTS_SITE["i/<str:token>/consents/"][0]
    for _try in range(2):  # nothing sent by these is stored, yet they count: of one link, or of one address
        who = "guest with companion" if "ADDRESS" in limited else "guest"
        where = "/u/{unsubscribe}/" if route.startswith("u/") else others
        world.post(who, where if route else "/", spent)
    before = whole_database()
    response = world.post("guest", address, typed)
    assert response.status_code == 429
    assert whole_database() == before
    kept = re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', text_of(response))
    sent = [(name, value) for name, said in typed.items() for value in ([said] if isinstance(said, str) else said)]
    assert [pair for pair in kept if pair[0] not in ("csrfmiddlewaretoken",)] == sent
    assert f'action="{address.format(**world.links_of("guest"))}"' in text_of(response)
    assert world.post("guest of another event", others, {}).status_code == (429 if "ADDRESS" in limited else 422)


BEHIND_A_LINK = [
    "/i/{}/", "/i/{}/answered/", "/i/{}/race/", "/i/{}/questions/", "/i/{}/calendar/dinner.ics", "/i/{}/no-such-page/",
    "/i/{}/data/", "/i/{}/photos/add/", "/p/{}/", "/p/{}", "/p/{}/x/",
    "/i/{}/data/download.json", "/i/{}/calendar/", "/u/{}/", "/u/{}/x/", "/c/{}.ics", "/c/{}", "/c/{}.ics/x/",
]  # fmt: skip
WRONG_LINKS = {
    "short": "x",
    "of the right length": 34 * "0",
    "very long": 4000 * "a",
    "not ASCII": 34 * "å",
    "zero bytes": 34 * "%00",
    "not UTF-8": "%E5%F8%00",
    "a way up": "..%2F..%2Fadmin",
    "a header": "%0d%0aSet-Cookie:x=y",
    "in other case": "{other_case}",
    "cut": "{cut}",
    "too long": "{longer}",
    "of another purpose": "{of_other}",
    "revoked": "{revoked}",
    "renewed since": "{older}",
}


ENDED = {"revoked", "renewed since"}  # what these opened stays closed, but mails can always be stopped
CASES = [
    pytest.param(page, token, id=f"{page}-{name}")
    for page in BEHIND_A_LINK
    for name, token in WRONG_LINKS.items()
    if not (page == "/u/{}/" and name in ENDED)
]


@pytest.mark.parametrize(("page", "token"), CASES)
def test_wrong_link_ends_in_the_one_warm_404(db, world, client, page, token):
    cast = world.cast
    purpose = {"u": Purpose.UNSUBSCRIBE, "c": Purpose.FEED}.get(page[1], Purpose.GUEST)
    other_purpose = Purpose.UNSUBSCRIBE if purpose is Purpose.GUEST else Purpose.GUEST
    genuine, revoked, older = (factories.token_of(guest, purpose) for guest in (cast.greta, cast.ines, cast.henrik))
    Invitation.objects.filter(guest=cast.henrik).update(version=2, feed_version=2)
    filled = token.format(
        other_case=genuine.swapcase(),
        cut=genuine[:-1],
        longer=genuine + "A",
        of_other=factories.token_of(cast.greta, other_purpose),
        revoked=revoked,
        older=older,
    )
    warm, response = client.get(f"/i/{34 * '1'}/"), client.get(page.format(filled))
    assert response.status_code == 404
    assert without_form_secret(response) == without_form_secret(warm)
    assert response["Cache-Control"] == "private, no-store"
    assert response["X-Robots-Tag"].startswith("noindex")
    assert not set(response.cookies) - {"csrf"}


def without_form_secret(response):
    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", response.content.decode())
