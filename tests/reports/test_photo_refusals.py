"""Every reason has a sentence, in every language, and the sentence says what to do."""

import ast
from pathlib import Path

import pytest
from django.conf import settings
from django.utils import translation

from events.domain import photo_gate
from events.reports import photo_refusals

EVENTS = Path(photo_gate.__file__).parent.parent
FACTS = {
    "limit_bytes": 40 * 1024**2, "limit_megapixels": 120, "width": 15, "height": 2000, "limit": 2000,
}  # fmt: skip
NAMING = {"PhotoRefused", "refuse", "NOT_MADE"}


def named_codes():
    """Every code that stands in the code: of what is raised, noted, or told by a file's first bytes."""
    codes = {code for _start, code in photo_gate._OTHERS} | {"svg", "web_page", "not_a_picture", "film", "raw"}
    for file in [
        *EVENTS.glob("domain/photo_*.py"),
        *EVENTS.glob("actions/photo_*.py"),
        *EVENTS.glob("*/*/import_photos.py"),
    ]:
        for node in ast.walk(ast.parse(file.read_text())):
            if isinstance(node, ast.Call) and getattr(node.func, "id", getattr(node.func, "attr", "")) in NAMING:
                codes |= {each.value for each in node.args if isinstance(each, ast.Constant)}
            if isinstance(node, ast.Dict):
                codes |= {
                    v.value
                    for k, v in zip(node.keys, node.values, strict=True)
                    if isinstance(k, ast.Constant) and k.value == "refused" and isinstance(v, ast.Constant)
                }
    return codes | {"not_made"}


def test_every_code_has_a_sentence_and_every_sentence_a_code():
    assert named_codes() == {*photo_refusals._PLAIN, *photo_refusals._WITH_NUMBERS}


@pytest.mark.parametrize("code", sorted({*photo_refusals._PLAIN, *photo_refusals._WITH_NUMBERS}))
def test_a_sentence_is_said_in_every_language(code):
    said = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            said.add(photo_refusals.sentence(code, FACTS))
    assert len(said) == len(settings.LANGUAGES)
    assert all(sentence.endswith(".") and "%" not in sentence for sentence in said)
    assert all("  " not in sentence and "None" not in sentence for sentence in said)


@pytest.mark.parametrize(
    ("language", "limit"), [("nb", "40,0 MB"), ("sv", "40,0 MB"), ("fi", "40,0 Mt"), ("en", "40.0 MB")]
)
def test_sizes_are_written_in_the_units_of_the_language(language, limit):
    with translation.override(language):
        assert limit in photo_refusals.sentence("file_is_too_big", FACTS).replace("\N{NO-BREAK SPACE}", " ")
