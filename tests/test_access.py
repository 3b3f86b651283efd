"""Every address × everybody who may type it (S4, S7). A new address without a row here fails the test.

Guest 1 is Greta, guest 2 is Zoe of another event, organiser A is Otto of Greta's event, organiser B Olga of
Zoe's. Where an address carries a token, guests use their own and all others one that is mutilated.
"""

import re
from dataclasses import dataclass

import pytest
from django.conf import settings

from events.domain.links import Purpose
from events.models import Event, Invitation
from tests import factories
from tests.urls import all_routes

VISITORS = ("anonymous", "guest 1", "guest 2", "organiser A", "organiser B", "superuser")
OPEN = (200, 200, 200, 200, 200, 200)
OWN_LINK = (404, 200, 200, 404, 404, 404)
NOBODY = (404, 404, 404, 404, 404, 404)
POST_ONLY = (405, 405, 405, 405, 405, 405)


@dataclass(frozen=True)
class Row:
    """An address (with {token} or {unsubscribe}) and the status each of VISITORS meets on GET."""

    address: str
    statuses: tuple


GUESTS_SITE = {
    "healthz": Row("/healthz", OPEN),
    "": Row("/", OPEN),
    "link-sent/": Row("/link-sent/", OPEN),
    "privacy/": Row("/privacy/", OPEN),
    "accessibility/": Row("/accessibility/", OPEN),
    "i18n/setlang/": Row("/i18n/setlang/", POST_ONLY),
    "i/<str:token>/": Row("/i/{token}/", OWN_LINK),
    "i/<str:token>/answered/": Row("/i/{token}/answered/", OWN_LINK),
    "i/<str:token>/food/": Row("/i/{token}/food/", OWN_LINK),
    "i/<str:token>/consents/": Row("/i/{token}/consents/", OWN_LINK),
    # Only Greta's event shows who else is coming.
    "i/<str:token>/who/": Row("/i/{token}/who/", (404, 200, 404, 404, 404, 404)),
    # Both may bring a companion.
    "i/<str:token>/companions/": Row("/i/{token}/companions/", OWN_LINK),
    # An activity that only Greta's event has: Zoe's own link does not open it.
    "i/<str:token>/place/<str:activity>/": Row("/i/{token}/place/hike/", (404, 200, 404, 404, 404, 404)),
    "i/<str:token>/calendar/<str:activity>.ics": Row("/i/{token}/calendar/hike.ics", (404, 200, 404, 404, 404, 404)),
    "i/<str:token>/substitute/": Row("/i/{token}/substitute/", OWN_LINK),
    "i/<str:token>/not-me/": Row("/i/{token}/not-me/", OWN_LINK),
    "i/<str:token>/not-me/thanks/": Row("/i/{token}/not-me/thanks/", OWN_LINK),
    "i/<str:token>/word/": Row("/i/{token}/word/", OWN_LINK),
    "i/<str:token>/race/": Row("/i/{token}/race/", OWN_LINK),
    # Only Greta's event has questions.
    "i/<str:token>/questions/": Row("/i/{token}/questions/", (404, 200, 404, 404, 404, 404)),
    "i/<str:token>/data/": Row("/i/{token}/data/", OWN_LINK),
    "i/<str:token>/data/download.html": Row("/i/{token}/data/download.html", OWN_LINK),
    "i/<str:token>/data/download.json": Row("/i/{token}/data/download.json", OWN_LINK),
    "i/<str:token>/data/correct/": Row("/i/{token}/data/correct/", OWN_LINK),
    "i/<str:token>/data/no-more/": Row("/i/{token}/data/no-more/", OWN_LINK),
    "i/<str:token>/data/forget/": Row("/i/{token}/data/forget/", OWN_LINK),
    "forgotten/": Row("/forgotten/", OPEN),
    "u/<str:token>/": Row("/u/{unsubscribe}/", OWN_LINK),
    "^[iu]/(?P<rest>(?s:.+))$": Row("/i/{token}/elsewhere/", NOBODY),
}
SECRETS = {  # what only those named may ever read
    "greta": (("Greta", "greta.asen@kunde.example"), {"guest 1", "organiser A", "superuser"}),
    "zoe": (("Zoe", "Zetterlund", "Zeta Zink", "zoe.zetterlund@"), {"guest 2", "organiser B", "superuser"}),
}


@pytest.fixture
def people(cast, client):
    """visit(visitor, address) → response, with the visitor's own token in the address."""
    Event.objects.filter(pk=cast.event.pk).update(shows_guests=True)
    for guest in (cast.greta, cast.zoe):
        factories.make_companion(guest, f"Følget til {guest.first_name}")
    hike = factories.make_activity(cast.event, "hike")
    factories.make_answer(cast.greta, hike, "coming")
    factories.make_question(hike)
    logins = {"organiser A": cast.otto, "organiser B": cast.olga, "superuser": factories.make_superuser()}
    guests = {"guest 1": cast.greta, "guest 2": cast.zoe}

    def tokens_of(visitor):
        """The guest's own, or Greta's with another sign at the end."""
        tokens = factories.tokens_of(guests.get(visitor, cast.greta))
        return tokens if visitor in guests else {name: mutilated(token) for name, token in tokens.items()}

    def visit(visitor, address):
        client.logout()
        if visitor in logins:
            client.force_login(logins[visitor], backend="django.contrib.auth.backends.ModelBackend")
        return client.get(address.format(**tokens_of(visitor)))

    return visit


def mutilated(token):
    return token[:-1] + ("a" if token[-1] != "a" else "b")


def text_of(response):
    return b"".join(response).decode() if response.streaming else response.content.decode()


def test_every_address_of_the_guests_site_has_a_row():
    routes = {route for route in all_routes() if not route.startswith(settings.ADMIN_PATH)}
    assert routes == set(GUESTS_SITE)


@pytest.mark.parametrize("route", GUESTS_SITE)
def test_address_answers_everybody_as_it_should(people, route):
    row = GUESTS_SITE[route]
    met = {visitor: people(visitor, row.address).status_code for visitor in VISITORS}
    assert met == dict(zip(VISITORS, row.statuses, strict=True))


@pytest.mark.parametrize("route", GUESTS_SITE)
def test_address_tells_nobody_about_a_stranger(people, route):
    for visitor in VISITORS:
        text = text_of(people(visitor, GUESTS_SITE[route].address))
        for words, may_read in SECRETS.values():
            if visitor not in may_read:
                assert [word for word in words if word in text] == [], f"{visitor} reads it"


BEHIND_A_LINK = [
    "/i/{}/", "/i/{}/answered/", "/i/{}/race/", "/i/{}/questions/", "/i/{}/calendar/dinner.ics", "/i/{}/no-such-page/",
    "/i/{}/data/",
    "/i/{}/data/download.json", "/u/{}/", "/u/{}/x/",
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
def test_wrong_link_ends_in_the_one_warm_404(cast, client, page, token):
    purpose = Purpose.UNSUBSCRIBE if page.startswith("/u/") else Purpose.GUEST
    other_purpose = Purpose.GUEST if page.startswith("/u/") else Purpose.UNSUBSCRIBE
    genuine, revoked, older = (factories.token_of(guest, purpose) for guest in (cast.greta, cast.ines, cast.henrik))
    Invitation.objects.filter(guest=cast.ines).update(state=Invitation.State.REVOKED)
    Invitation.objects.filter(guest=cast.henrik).update(version=2)
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
