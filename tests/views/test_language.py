"""The language switch: what it keeps, and where it leads."""

import pytest
from django.conf import settings
from django.urls import reverse

from events.models import History
from tests.factories import page_of


def switch(client, language, where):
    return client.post(reverse("set_language"), {"language": language, "next": where})


def languages_chosen(guest):
    return [row.facts["language"] for row in History.objects.filter(guest=guest, what="language").order_by("pk")]


def test_language_is_kept_in_the_browser_and_on_the_guest_whose_page_it_was(client, cast):
    response = switch(client, "fi", page_of(cast.greta))
    assert (response.status_code, response["Location"]) == (303, page_of(cast.greta))
    assert client.cookies[settings.LANGUAGE_COOKIE_NAME].value == "fi"
    cast.greta.refresh_from_db()
    cast.henrik.refresh_from_db()
    assert (cast.greta.language, cast.henrik.language) == ("fi", "")
    assert languages_chosen(cast.greta) == ["fi"]


def test_language_we_do_not_speak_changes_nothing(client, cast):
    assert switch(client, "xx", page_of(cast.greta)).status_code == 303
    assert settings.LANGUAGE_COOKIE_NAME not in client.cookies
    assert languages_chosen(cast.greta) == []


@pytest.mark.parametrize(
    ("where", "location"),
    [
        ("/privacy/\r\nSet-Cookie: a=b", "/privacy/%0D%0ASet-Cookie:%20a=b"),
        ("/\x00", "/%00"),
        ("/sløyfe/", "/sl%C3%B8yfe/"),
        ("", "/"),
    ],
)
def test_whatever_is_typed_as_the_way_back_is_one_address(client, db, where, location):
    response = switch(client, "fi", where)
    assert (response.status_code, response["Location"]) == (303, location)


def test_switching_to_and_fro_ends_in_a_kind_refusal(client, cast, settings):
    settings.ANSWERS_PER_LINK_PER_MINUTE = 2
    said = [switch(client, language, page_of(cast.greta)).status_code for language in ("fi", "sv", "en")]
    assert said == [303, 303, 429]
    assert languages_chosen(cast.greta) == ["fi", "sv"]


def test_switching_elsewhere_is_counted_too(client, db, settings):
    settings.ANSWERS_PER_LINK_PER_MINUTE = 2
    said = [switch(client, language, "/privacy/").status_code for language in ("fi", "sv", "en")]
    assert said == [303, 303, 429]
