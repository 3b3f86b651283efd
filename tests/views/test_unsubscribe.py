"""`/u/<token>/`: GET shows, POST does (RFC 8058)."""

import pytest

from events.actions import guests
from events.domain.links import Purpose
from events.models import Contact, History
from tests import factories


def address(guest, purpose=Purpose.UNSUBSCRIBE):
    return f"/u/{factories.token_of(guest, purpose)}/"


def unsubscribed():
    return [contact.name for contact in Contact.objects.exclude(unsubscribed_at=None)]


@pytest.mark.parametrize("method", ["get", "head", "options"])
def test_nothing_changes_when_a_scanner_opens_the_link(cast, client, method):
    response = getattr(client, method)(address(cast.greta) + "?List-Unsubscribe=One-Click")
    assert response.status_code in (200, 405)
    assert unsubscribed() == []
    assert not History.objects.exists()


def test_the_page_asks_in_the_guests_language_when_it_is_opened(cast, client):
    Contact.objects.filter(guest=cast.greta).update(language="fi")
    response = client.get(address(cast.greta))
    assert response.status_code == 200
    assert '<html lang="fi">' in response.content.decode()
    assert '<form method="post">' in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    assert response.cookies == {}


def test_the_person_is_left_in_peace_when_a_mail_program_posts(cast, client, clock):
    client.handler.enforce_csrf_checks = True
    response = client.post(address(cast.greta), {"List-Unsubscribe": "One-Click"})
    assert (response.status_code, response.cookies) == (200, {})
    assert unsubscribed() == ["Greta Åsen"]
    assert Contact.objects.get(guest=cast.greta).unsubscribed_at == clock.now
    assert cast.greta.answer_set.filter(state="coming").count() == 2


def test_the_second_press_changes_nothing(cast, client, clock):
    client.post(address(cast.greta))
    first = clock.now
    clock.move(days=1)
    assert client.post(address(cast.greta)).status_code == 200
    assert Contact.objects.get(guest=cast.greta).unsubscribed_at == first
    assert History.objects.filter(what="unsubscribed").count() == 1


@pytest.mark.parametrize("purpose", [Purpose.GUEST, Purpose.FEED])
def test_the_one_warm_404_comes_when_the_link_is_for_something_else(cast, client, purpose):
    assert client.post(address(cast.greta, purpose)).status_code == 404
    assert unsubscribed() == []


@pytest.mark.parametrize("token", ["x", "0" * 34, "æ" * 34, "a" * 4000, "%00", "a/b"])
def test_the_one_warm_404_comes_when_the_link_is_wrong(cast, client, token):
    response = client.post(f"/u/{token}/")
    assert response.status_code == 404
    assert response.templates[0].name == "events/link_unknown.html"
    assert unsubscribed() == []


def test_old_mails_can_still_be_stopped_when_the_link_is_renewed_and_then_withdrawn(cast, client, now):
    links = [address(cast.greta), address(cast.henrik)]
    guests.renew_link(cast.greta, by=None, channel="office", now=now)
    guests.revoke_link(cast.henrik, by=None, channel="office", now=now)
    assert [client.get(link).status_code for link in links] == [200, 200]
    assert [client.post(link).status_code for link in links] == [200, 200]
    assert sorted(unsubscribed()) == ["Greta Åsen", "Henrik Sørli"]
    assert address(cast.greta) == links[0]
    assert [client.get(f"/i/{link[3:]}").status_code for link in links] == [404, 404]


def test_the_one_warm_404_comes_when_the_guest_is_no_more(cast, client):
    link = address(cast.greta)
    cast.greta.delete()
    assert client.post(link).status_code == 404
