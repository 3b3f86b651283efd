"""What every template must keep: the strict content policy, the weight, drawings that say nothing."""

import gzip
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = ROOT / "templates"
STATIC = ROOT / "events" / "static" / "events"

# Mail programs read style attributes only, so letters follow other rules.
PAGES = sorted(p for p in TEMPLATES.rglob("*.*") if p.relative_to(TEMPLATES).parts[0] != "mail")
SCENES = sorted((TEMPLATES / "events" / "scenes").glob("*.svg"))

FORBIDDEN = {
    "a style attribute": re.compile(r"""\sstyle\s*=""", re.I),
    "a style element": re.compile(r"<style\b", re.I),
    "an inline script": re.compile(r"<script\b(?![^>]*\bsrc=)", re.I),
    "an event handler": re.compile(r"""<[a-z][^>]*\son[a-z]+\s*=""", re.I),
    "a javascript: address": re.compile(r"javascript:", re.I),
    "a load from elsewhere": re.compile(
        r"""<(?!a\b)[a-z]+\b[^>]*\s(?:src|srcset|href|action|data|poster)\s*=\s*["']?(?:https?:)?//""", re.I
    ),
}
NOT_ON_GUEST_PAGES = re.compile(r"<script\b", re.I)


def weight(*paths):
    """Bytes after gzip, all files together."""
    return sum(len(gzip.compress(path.read_bytes(), 9)) for path in paths)


def faults(text):
    """The names of the forbidden things found in `text`."""
    return [name for name, pattern in FORBIDDEN.items() if pattern.search(text)]


@pytest.mark.parametrize(
    ("markup", "fault"),
    [
        ('<p class="a" style="color:red">', "a style attribute"),
        ("<style>p{}</style>", "a style element"),
        ("<script>go()</script>", "an inline script"),
        ('<a href="/" onclick="go()">', "an event handler"),
        ('<a href="javascript:go()">', "a javascript: address"),
        ('<img alt="" src="//cdn.example/a.png">', "a load from elsewhere"),
        ('<link rel="stylesheet" href="https://cdn.example/a.css">', "a load from elsewhere"),
    ],
)
def test_fault_is_found_when_markup_would_break_the_policy(markup, fault):
    assert faults(markup) == [fault]


def test_nothing_is_found_when_a_plain_link_leads_elsewhere():
    assert faults('<a href="https://map.example/?q=1" rel="noreferrer">Map</a>') == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_template_obeys_the_policy_when_served(path):
    assert faults(path.read_text(encoding="utf-8")) == []


WITH_A_SCRIPT = {
    "live.html", "live_screen.html",  # the board looks again by itself; without scripts a link does
    "photo_add.html", "table_photos.html",  # photos are sent one by one; without scripts all at once
    "photo.html", "photos.html",  # each photo has a page of its own besides the dialog
}  # fmt: skip


def test_guest_pages_hold_no_script_when_read_through():
    guests = [p for p in PAGES if p.relative_to(TEMPLATES).parts[0] != "admin" and p.name not in WITH_A_SCRIPT]
    assert [p.name for p in guests if NOT_ON_GUEST_PAGES.search(p.read_text(encoding="utf-8"))] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda p: str(p.relative_to(TEMPLATES)))
def test_drawing_is_hidden_or_titled_when_inline(path):
    text = path.read_text(encoding="utf-8")
    drawings = re.findall(r"<svg\b[^>]*>\s*(?:<title>)?", text)
    assert [
        d for d in drawings if not any(sign in d for sign in ('aria-hidden="true"', "<title>", "aria-label="))
    ] == []


def test_scene_stays_under_two_kilobytes_when_drawn():
    assert [p.stem for p in SCENES] == ["dinner", "gathering", "mountain"]
    assert [p.stem for p in SCENES if p.stat().st_size >= 2048] == []


def test_ids_in_scenes_are_unique_when_all_are_on_one_page():
    ids = [i for p in SCENES for i in re.findall(r'\sid="([^"]+)"', p.read_text(encoding="utf-8"))]
    assert len(ids) == len(set(ids))


def test_stylesheet_stays_light_when_compressed():
    assert weight(STATIC / "guest.css") <= 4500
    assert weight(STATIC / "icon.svg") <= 500


def test_stylesheet_loads_nothing_when_read_by_a_browser():
    css = (STATIC / "guest.css").read_text(encoding="utf-8")
    assert re.findall(r"@import|url\(|@font-face", css) == []


@pytest.mark.parametrize("page", ["500.html", "500_office.html"])
def test_page_for_our_own_failure_needs_nothing_when_all_else_is_broken(page):
    text = (TEMPLATES / page).read_text(encoding="utf-8")
    assert re.findall(r"\{[%{]", text) == []
    assert re.findall(r'lang="(\w+)"', text) == ["nb", "en", "sv", "fi"]
