"""Static files: each that is named is there, and hashing them in production works."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders

NAMED = sorted(
    {
        name
        for file in Path(settings.BASE_DIR, "templates").rglob("*.html")
        for name in re.findall(r"""{%\s*static\s+["']([^"']+)["']""", file.read_text())
    }
)


@pytest.mark.parametrize("name", NAMED)
def test_static_file_is_there_when_a_template_names_it(name):
    """In production one that is missing breaks the page."""
    assert finders.find(name)


def test_stylesheets_ask_nobody_else():
    """No font, picture or style from elsewhere (P14)."""
    for file in Path(settings.BASE_DIR, "events", "static").rglob("*.css"):
        assert re.findall(r"""url\(\s*["']?(?:https?:)?//[^)]*|@import[^;]*""", file.read_text()) == [], file.name
