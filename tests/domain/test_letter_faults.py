"""What cannot be filled: found, shown among its words, and set aside so that the rest can be."""

import pytest

from events.domain import letters
from events.domain.letter_faults import as_text, faults


def test_a_fault_says_where_it_stands_and_what_was_meant():
    text = "Hei {first_name}!\n\nVi vil gjerne ha deg med, {firstname}, på festen vår ved fjorden"
    (fault,) = faults(text)
    assert (fault.line, fault.column, fault.written, fault.meant) == (3, 27, "{firstname}", "{first_name}")
    assert text[fault.start : fault.end] == "{firstname}"
    assert (fault.before, fault.after) == ("… vil gjerne ha deg med, ", ", på festen vår ved …")


@pytest.mark.parametrize(
    ("text", "written", "meant"),
    [
        ("{host", "{host", "{host}"),
        ("{First Name}", "{First Name}", "{first_name}"),
        ("{}", "{}", ""),
        ("{0.__class__}", "{0.__class__}", ""),
        ("{host.__class__.__init__}", "{host.__class__.__init__}", ""),
    ],
)
def test_odd_placeholders_are_named_as_they_were_written(text, written, meant):
    assert [(fault.written, fault.meant) for fault in faults(text)] == [(written, meant)]


def test_only_an_open_brace_is_said_to_be_open():
    assert [fault.is_unclosed for fault in faults("{host {hosst}")] == [True, False]


@pytest.mark.parametrize(
    "text", ["Hei {firstname} og {host", "{a}{b}{first_name}{c}", "{0}\n{1}\n\\{ {2}", "{host.x} {{{x}}}", "", "{\n}"]
)
def test_the_rest_can_be_filled_when_the_faults_stand_as_text(text):
    assert faults(as_text(text)) == []
    values = dict.fromkeys(letters.PLACEHOLDERS, "x")
    shown = letters.subject(as_text(text.replace("\n", " ")), values)
    for fault in faults(text.replace("\n", " ")):
        assert fault.written.strip() in shown or not fault.written.strip()
