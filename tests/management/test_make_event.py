"""make_event as people and scripts call it."""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from events.models import Event

ROOT = Path(__file__).resolve().parents[2]
USUAL = ["--title", "Stoltzen", "--on", "2027-09-24"]
pytestmark = pytest.mark.django_db


def make(slug, *arguments):
    """The exit code and what was said, to whomever."""
    out = StringIO()
    try:
        call_command("make_event", slug, *arguments, stdout=out)
    except CommandError as error:
        is_argparse = str(error).startswith("Error: argument")  # which ends with 2 at a terminal only
        return 2 if is_argparse else error.returncode, str(error)
    return 0, out.getvalue()


def test_the_same_again_changes_nothing_and_different_is_refused():
    assert make("a", *USUAL, "--deadline", "2027-09-10") == (0, "a is made and open, on 2027-09-24.\n")
    assert make("a", *USUAL, "--deadline", "2027-09-10") == (0, "a is there already, just like that.\n")
    assert make("a", *USUAL)[0] == 1
    assert Event.objects.get().answer_by_at.isoformat() == "2027-09-10T21:59:59+00:00"


@pytest.mark.parametrize("slug", ["has space", "", "a/b", "æø", "x" * 61])
def test_a_short_name_that_fits_no_address_is_bad_use_in_words(slug):
    code, said = make(slug, *USUAL)
    assert (code, Event.objects.count()) == (2, 0)
    assert "like stoltzen-2027" in said


@pytest.mark.parametrize(
    ("changed", "word"),
    [
        (("--on", "2027-13-24"), "like 2027-09-24"),
        (("--on", "0027-09-24"), "like 2027-09-24"),
        (("--on", "9999-12-31"), "like 2027-09-24"),
        (("--deadline", "0001-01-01"), "like 2027-09-24"),
        (("--deadline", "2027-09-25"), "before it"),
        (("--race-capacity", "0"), "from 1"),
        (("--dinner-capacity", "3000000000"), "to 100000"),
        (("--race-capacity", "9" * 20), "to 100000"),
        (("--title", " \n "), "title"),
    ],
)
def test_what_no_event_can_have_is_bad_use_in_words(changed, word):
    code, said = make("a", *USUAL, *changed)
    assert (code, Event.objects.count()) == (2, 0)
    assert word in said


def test_a_title_of_several_lines_stands_on_one():
    assert make("a", "--title", " Stoltzen \r\nBcc: x@y.example", "--on", "2027-09-24")[0] == 0
    assert str(Event.objects.get().title) == "Stoltzen Bcc: x@y.example"
    assert make("a", "--title", "Stoltzen Bcc: x@y.example", "--on", "2027-09-24")[1].endswith("just like that.\n")


@pytest.mark.django_db(transaction=True)
def test_one_makes_it_and_the_others_find_it_when_several_begin_at_once(child_environment):
    command = [sys.executable, "manage.py", "make_event", "a", *USUAL]
    children = [
        subprocess.Popen(command, cwd=ROOT, env=child_environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for _ in range(3)
    ]
    said = [child.communicate() for child in children]
    assert [child.returncode for child in children] == [0, 0, 0], said
    assert Event.objects.count() == 1
