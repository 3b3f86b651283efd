import pytest

from events.domain.letters import (
    PLACEHOLDERS,
    HasLineBreak,
    Trusted,
    UnknownPlaceholder,
    fill,
    one_line,
    subject,
    unknown_placeholders,
    without_urls,
)
from events.domain.markup import to_html, to_text

LINK = Trusted("https://vertskap.example/i/abc123/")


def shown(letter, **values):
    return to_text(fill(letter, values))


def test_letter_is_filled_with_every_value():
    assert fill("Hei {first_name}, hilsen {host}. {host}", {"first_name": "Anna", "host": "Per"}) == (
        "Hei Anna, hilsen Per. Per"
    )


def test_every_known_placeholder_can_be_filled():
    letter = " ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
    assert unknown_placeholders(letter) == []
    assert fill(letter, dict.fromkeys(PLACEHOLDERS, "x")) == " ".join(["x"] * len(PLACEHOLDERS))


@pytest.mark.parametrize(
    "name",
    [
        "**x**",
        "[a](javascript:x)",
        "## Anna",
        "- Anna",
        "<b>Anna</b>",
        "{host}",
        "{link}",
        "\\{host\\}",
        "a\\",
        "`a`",
    ],
)
def test_name_is_shown_as_it_is_when_it_looks_like_markup(name):
    assert shown("{first_name} kommer", first_name=name, host="Per", link=LINK) == f"{name} kommer"
    assert "<strong>" not in to_html(fill("{first_name}", {"first_name": name}))


def test_name_loses_its_link_when_a_guest_wrote_one():
    html = to_html(fill("Hei {first_name}!", {"first_name": "[Anna](https://evil.example/x) Li"}))
    assert html == "<p>Hei Li!</p>"


def test_company_stays_whole_when_it_is_called_like_a_domain():
    assert shown("{company}", company="Fjord.example") == "Fjord.example"


def test_value_is_not_filled_again_in_a_later_pass():
    once = fill("{first_name}: {link}", {"first_name": "{link}"}, later={"link"})
    assert to_text(fill(once, {"link": LINK})) == f"{{link}}: {LINK}"


def test_link_waits_for_the_second_pass_and_becomes_a_button():
    once = fill("[Svar til {host}]({link})", {"host": "Per"}, later={"link"})
    assert once == "[Svar til Per]({link})"
    assert to_html(fill(once, {"link": LINK})) == f'<p><a href="{LINK}">Svar til Per</a></p>'


def test_trusted_markup_is_put_in_as_it_stands():
    programme = Trusted("- Løpet\n- **Middagen**")
    assert to_html(fill("Program:\n{programme}", {"programme": programme})) == (
        "<p>Program:</p>\n<ul>\n<li>Løpet</li>\n<li><strong>Middagen</strong></li>\n</ul>"
    )


def test_personal_line_keeps_its_paragraphs():
    assert to_html(fill("{personal_line}", {"personal_line": "Hei!\r\n\r\n# Per"})) == "<p>Hei!</p>\n<p># Per</p>"


def test_brace_means_itself_after_a_backslash():
    assert shown(r"\{first_name\} er {first_name}", first_name="Anna") == "{first_name} er Anna"


@pytest.mark.parametrize("name", ["first_name.__class__", "first_name!r", "first_name:>99", "0", "", " host ", "Host"])
def test_nothing_but_a_plain_name_is_filled(name):
    with pytest.raises(UnknownPlaceholder) as refusal:
        fill(f"Hei\n  {{{name}}}", {"first_name": "Anna", "host": "Per"})
    assert (refusal.value.name, refusal.value.line, refusal.value.column) == (name, 2, 3)


def test_unknown_placeholders_are_told_with_their_places():
    letter = "Hei {fornavn}\r\n{first_name} :{ {host)\n\\{fri\\} {} {link}{Link}"
    assert unknown_placeholders(letter) == [("fornavn", 1, 5), ("host", 2, 17), ("", 3, 9), ("Link", 3, 18)]
    assert unknown_placeholders("{a} {b}", known={"a"}) == [("b", 1, 5)]


def test_unclosed_placeholder_stops_the_letter():
    with pytest.raises(UnknownPlaceholder):
        fill("Hei {first_name)", {"first_name": "Anna"}, later={"first_name"})


def test_subject_is_plain_text_and_squeezed():
    values = {"first_name": "**Anna**", "event": "Løpet & {host}"}
    assert subject("  {first_name},  velkommen til {event} ", values) == "**Anna**, velkommen til Løpet & {host}"
    assert subject(r"\{event\} \n {event}", {"event": r"\{x\}"}) == r"{event} \n \{x\}"


@pytest.mark.parametrize("line_break", ["\n", "\r", "\r\n", "\x0b", "\x0c", "\x85", "\u2028", "\u2029"])
def test_line_break_is_refused_in_a_header(line_break):
    with pytest.raises(HasLineBreak) as in_template:
        subject(f"Hei{line_break}Bcc: x@evil.example", {})
    with pytest.raises(HasLineBreak) as in_value:
        subject("Hei {first_name}", {"first_name": f"Anna{line_break}Bcc: x@evil.example"})
    with pytest.raises(HasLineBreak):
        one_line(f"Anna{line_break}")
    assert (in_template.value.placeholder, in_value.value.placeholder) == ("", "first_name")


def test_subject_stops_when_a_placeholder_is_unknown():
    with pytest.raises(UnknownPlaceholder) as refusal:
        subject("Hei {link}", {"first_name": "Anna"})
    assert (refusal.value.name, refusal.value.column) == ("link", 5)


def test_control_characters_leave_a_header():
    assert one_line(" Anna\x00 \t\x07Li ") == "Anna Li"


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Anna https://evil.example/x", "Anna"),
        ("HTTP://evil.example Anna", "Anna"),
        ("Anna (www.evil.example)", "Anna"),
        ("Anna evil.example/login", "Anna"),
        ("Anna evil.example?a=1 Li", "Anna Li"),
        ("evil.example", "evil. example"),
        ("evil。example", "evil. example"),
        ("x@evil.example", "x@evil. example"),
        ("https://evil.example", ""),
        ("J.R.Tolkien", "J.R. Tolkien"),
    ],
)
def test_name_is_cut_of_web_addresses(name, told):
    assert without_urls(name) == told


@pytest.mark.parametrize(
    "name",
    [
        "J.R.R. Tolkien",
        "Ole-Åge O'Brien",
        "Møller A/S",
        "A.S",
        "Dr. Ek",
        "Li",
        "Ø",
        "Nr. 7: Bø",
        "Ærlig Ödmann",
    ],
)
def test_name_stays_as_it_is_when_it_holds_no_address(name):
    assert without_urls(name) == name
