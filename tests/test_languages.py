"""Norwegian, Swedish and Finnish are complete and fit the sentences (I1); English is the source."""

import ast
import gettext
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import pytest

from tests import ground

ROOT = Path(__file__).resolve().parent.parent
LANGUAGES = ("nb", "sv", "fi")
PLURAL_FORMS = "nplurals=2; plural=(n != 1);"
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}|</?\w+|&\w+;|\\n")
SAME_IN = {  # spelt alike, and meant
    "nb": {"%s GB", "%s MB", "Album", "Enter", "Pause", "Start", "Status", "album", "start %(clock)s"},
    "sv": {
        "%(n)s portion", "%s GB", "%s MB", "Administration", "Album", "Cell", "Man", "Start", "Status", "Text", "album",
        "person", "portion", "start %(clock)s", "text", "vegan", "vegetarian",
    },
    "fi": {"Enter"},
}  # fmt: skip
each_language = pytest.mark.parametrize("language", LANGUAGES)


@dataclass
class Entry:
    """One sentence of a .po file; `said` has one text, or one per plural form."""

    context: str = ""
    source: str = ""
    plural: str = ""
    said: list = field(default_factory=list)
    flags: set = field(default_factory=set)

    @property
    def key(self):
        return (self.context, self.source, self.plural)


def po_file(language, folder=ROOT / "locale"):
    return folder / language / "LC_MESSAGES" / "django.po"


@cache
def read(path):
    """(header, entries) of a .po file; obsolete entries are left out."""
    entries = [entry for block in path.read_text(encoding="utf-8").split("\n\n") if (entry := read_entry(block))]
    return entries[0], entries[1:]


def read_entry(block):
    entry, texts = Entry(), []
    for line in block.splitlines():
        if line.startswith("#,"):
            entry.flags |= {flag.strip() for flag in line[2:].split(",")}
        elif line.startswith("msg"):
            name, text = line.split(" ", 1)
            texts.append([name, ast.literal_eval(text)])
        elif line.startswith('"'):
            texts[-1][1] += ast.literal_eval(line)
    for name, text in texts:
        if name.startswith("msgstr"):
            entry.said.append(text)
        else:
            setattr(entry, {"msgctxt": "context", "msgid": "source", "msgid_plural": "plural"}[name], text)
    return entry if texts else None


def tool(name):
    return shutil.which(name) or (pytest.fail if ground.in_ci() else pytest.skip)(
        f"{name} was not found, so the translations are not looked through. Install gettext."
    )


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder with .po files as they would be if the sentences were collected now."""
    tool("xgettext")
    copy = tmp_path_factory.mktemp("collected")
    for name in ("events", "config", "templates", "locale"):
        shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "manage.py", copy)
    languages = [f"--locale={language}" for language in LANGUAGES]
    command = [sys.executable, "manage.py", "makemessages", "--no-obsolete", "--no-wrap", "--add-location", "file"]
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings", "VAR_DIR": str(copy / "var")}
    subprocess.run([*command, *languages], cwd=copy, env=environment, check=True, capture_output=True)
    return copy / "locale"


@each_language
def test_every_sentence_is_translated_and_none_is_a_guess(language):
    header, entries = read(po_file(language))
    empty = [entry.source for entry in entries if not all(entry.said) or not entry.said]
    fuzzy = [entry.source for entry in [header, *entries] if "fuzzy" in entry.flags]
    assert (empty, fuzzy) == ([], [])


@each_language
def test_collecting_the_sentences_finds_nothing_new_and_nothing_gone(language, collected):
    now = {entry.key for entry in read(po_file(language, collected))[1]}
    kept = {entry.key for entry in read(po_file(language))[1]}
    assert (sorted(now - kept), sorted(kept - now)) == ([], [])


@each_language
def test_placeholders_are_those_of_the_sentence(language):
    wrong = []
    for entry in read(po_file(language))[1]:
        most = sorted(PLACEHOLDER.findall(entry.plural or entry.source))
        least = sorted(PLACEHOLDER.findall(entry.source))
        for text in filter(None, entry.said):
            found = sorted(PLACEHOLDER.findall(text))
            if found not in (most, least):
                wrong.append((entry.source, text))
    assert wrong == []


@each_language
def test_header_names_language_and_plurals(language):
    header, entries = read(po_file(language))
    facts = dict(line.split(": ", 1) for line in header.said[0].strip().splitlines() if ": " in line)
    assert (facts["Language"], facts["Plural-Forms"]) == (language, PLURAL_FORMS)
    assert [entry.source for entry in entries if len(entry.said) != (2 if entry.plural else 1)] == []


@each_language
def test_no_sentence_is_left_in_english(language):
    left = {
        entry.source
        for entry in read(po_file(language))[1]
        if entry.source in entry.said and re.search(r"[^\W\d_]{2}", PLACEHOLDER.sub("", entry.source))
    }
    assert sorted(left - SAME_IN[language]) == []


@each_language
def test_edges_and_line_breaks_are_those_of_the_sentence(language):
    wrong = [
        (entry.source, text)
        for entry in read(po_file(language))[1]
        for text in filter(None, entry.said)
        if edges(text) != edges(entry.source)
    ]
    assert wrong == []


def edges(text):
    return (text[:1].isspace(), text[-1:].isspace(), text.startswith("\n"), text.endswith("\n"))


@each_language
def test_compiled_file_is_that_of_the_written_one(language, tmp_path):
    """Machines without gettext use the compiled file as it is in the repository."""
    compiled = tmp_path / "django.mo"
    command = [tool("msgfmt"), "--check", "-o", compiled, po_file(language)]
    subprocess.run(command, check=True, capture_output=True)
    kept = po_file(language).with_suffix(".mo")
    assert catalogue(kept) == catalogue(compiled)


def catalogue(path):
    """{sentence: what is said for it}."""
    with path.open("rb") as file:
        return gettext.GNUTranslations(file)._catalog


def filled_at_import(tree):
    """The lines outside functions that fill a sentence in: that happens once, in whatever language is on then."""
    if isinstance(tree, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda):
        return
    if isinstance(tree, ast.BinOp) and isinstance(tree.op, ast.Mod) and isinstance(tree.left, ast.Call):
        name = getattr(tree.left.func, "id", "")
        if name == "_" or "gettext" in name:
            yield tree.lineno
    for child in ast.iter_child_nodes(tree):
        yield from filled_at_import(child)


def test_no_sentence_is_filled_in_before_the_language_is_known():
    found = {
        f"{path.relative_to(ROOT)}:{line}"
        for path in ROOT.glob("events/**/*.py")
        for line in filled_at_import(ast.parse(path.read_text()))
    }
    assert found == set()
