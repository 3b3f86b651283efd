"""The privacy notice says what the settings say."""

import re

import pytest

from events.reports import privacy_notice


def read(client, language):
    return re.sub(r"\s+", " ", client.get("/privacy/", {"lang": language}).content.decode())


def version_of(text):
    return re.search(r"\b[0-9a-f]{8}\b", text)[0]


@pytest.mark.parametrize("language", ["nb", "en", "sv", "fi"])
def test_the_terms_in_force_are_named(client, settings, db, language):
    settings.FOOD_KEPT_DAYS, settings.SILENT_KEPT_DAYS, settings.GUESTS_KEPT_DAYS = 3, 81, 271
    text = read(client, language)
    for days in ("3", "81", "271"):
        assert re.search(rf"\b{days}\b", text)
    for name in ("Datatilsynet", "IMY", "tietosuojavaltuutettu", settings.COMPANY_NAME, settings.CONTACT_EMAIL):
        assert name in text


def test_who_works_for_us_is_named_when_the_operator_says(client, settings, db):
    assert "on our own machines" in read(client, "en")
    settings.MAIL_PROVIDER, settings.HOSTING_PROVIDER = "Post AS, Norway", "Skyen Ab, Finland"
    text = read(client, "en")
    assert "Post AS, Norway" in text
    assert "Skyen Ab, Finland" in text
    assert "on our own machines" not in text


def test_the_version_is_one_in_all_languages_and_changes_with_what_is_said(client, settings, db):
    versions = {version_of(read(client, language)) for language in ("nb", "en", "sv", "fi")}
    assert versions == {privacy_notice.version()}
    settings.GUESTS_KEPT_DAYS = 100
    assert privacy_notice.version() not in versions
