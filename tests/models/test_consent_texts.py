"""A consent is to a wording: what guests read does not change under the version they agreed to."""

import hashlib

from django.utils import translation

from events.models import Consent
from events.models.consent_texts import TEXTS

# {(purpose, version): digest of the wording}. A changed wording gets a new version and a new line; lines stay.
WORDINGS = {
    ("photos", "1"): "1ed74f7a804f676b",
    ("name", "1"): "6e78cabba372d958",
    ("invite", "1"): "62f8d1dbc1e01a7b",
}


def digest(text):
    with translation.override(None):
        return hashlib.sha256("\n".join(map(str, text.wording)).encode()).hexdigest()[:16]


def test_each_purpose_but_food_has_a_wording():
    assert set(TEXTS) == set(Consent.Purpose.values) - {"food"}


def test_a_wording_has_its_own_version():
    assert {(purpose, text.version): digest(text) for purpose, text in TEXTS.items()}.items() <= WORDINGS.items()


def test_another_sentence_makes_another_digest():
    """Else the test above could not fail."""
    photos, name = TEXTS["photos"], TEXTS["name"]
    assert digest(photos) != digest(name)
