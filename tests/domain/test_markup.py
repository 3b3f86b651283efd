import random
import time
from html.parser import HTMLParser

import pytest

from events.domain.markup import escaped, to_html, to_text

ALLOWED = {"p": [], "br": [], "h3": [], "ul": [], "li": [], "strong": [], "a": ["href"]}
NASTY = [
    *(
        "**",
        "*",
        "[",
        "]",
        "(",
        ")",
        "](",
        "\\",
        "<",
        ">",
        '"',
        "'",
        "&",
        "`",
        "# ",
        "## ",
        "- ",
        "{",
        "}",
        "_",
    ),
    *(
        "https://",
        "http://",
        "mailto:",
        "javascript:",
        "data:text/html,",
        "HTTPS://",
        "//",
        "://",
        "x.example",
    ),
    *(
        "<script>",
        "</p>",
        "<a href=",
        ' onclick="x"',
        "&lt;",
        "&#60;",
        "<!--",
        "]]>",
        "a@b.example",
        "ola",
        "Å",
    ),
    *(
        "\n",
        "\n\n",
        "\r",
        "\r\n",
        "\u2028",
        "\x00",
        "\t",
        " ",
        "\u202e",
        "\ufdd0",
        "\ud800",
        "😀",
        "\\*",
        "\\[",
    ),
]


class Reader(HTMLParser):
    """Tags, attributes and text of a piece of HTML, and whether every tag is closed in order."""

    def __init__(self, html):
        super().__init__(convert_charrefs=True)
        self.seen, self.open, self.links, self.text, self.strange = [], [], [], "", []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attrs):
        self.seen.append((tag, [name for name, _ in attrs]))
        self.links += [value for name, value in attrs if name == "href"]
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.text += data

    def handle_comment(self, data):
        self.strange.append(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def noise(seed):
    chance = random.Random(seed)
    return "".join(chance.choice(NASTY) for _ in range(chance.randrange(1, 60)))


@pytest.mark.parametrize("links", [True, False])
def test_html_holds_only_the_allowed_tags_when_the_text_is_noise(links):
    for seed in range(4000):
        read = Reader(to_html(noise(seed), links=links))
        assert all(ALLOWED.get(tag) == names for tag, names in read.seen if tag != "a"), seed
        assert all(names == ["href"] for tag, names in read.seen if tag == "a"), seed
        assert all(link.lower().startswith(("http://", "https://", "mailto:")) for link in read.links), seed
        assert (read.open, read.strange) == ([], []), seed
        assert links or not read.links, seed


def test_escaped_text_is_shown_as_it_is_when_it_is_noise():
    for seed in range(4000):
        text = noise(seed)
        shown = Reader(to_html(f"Kjære {escaped(text)} – velkommen"))
        visible = "".join(sign for sign in text if sign not in "\x00\ufdd0\ud800")
        assert "".join(shown.text.split()) == "".join(f"Kjære{visible}–velkommen".split()), seed
        assert {tag for tag, _ in shown.seen} <= {"p", "br"}, seed


def test_escaped_text_stays_text_when_it_stands_inside_other_markup():
    value = escaped("x**](https://evil.example)[a")
    assert to_html(f"**{value}**") == "<p><strong>x**](https://evil.example)[a</strong></p>"
    assert to_html(f"[{value}](https://vertskap.example/)") == (
        '<p><a href="https://vertskap.example/">x**](https://evil.example)[a</a></p>'
    )


@pytest.mark.parametrize("text", ["- a", "## a", "  - a", "# 1", "https://evil.example", "a\\", "{host}", "a\n\n- b"])
def test_escaped_text_makes_no_list_heading_or_link(text):
    assert {tag for tag, _ in Reader(to_html(escaped(text))).seen} == {"p"}


def test_paragraphs_and_line_breaks_are_kept():
    assert to_html("Hei\ndu\n\n\nog du") == "<p>Hei<br>\ndu</p>\n<p>og du</p>"
    assert to_text("Hei\ndu\n\n\nog du") == "Hei\ndu\n\nog du"


@pytest.mark.parametrize("line_break", ["\r\n", "\r", "\n", "\u2028", "\x85"])
def test_every_kind_of_line_break_counts(line_break):
    assert to_html(f"a{line_break}b") == "<p>a<br>\nb</p>"


def test_list_stays_one_list_when_lines_are_empty_between():
    assert to_html("Ta med\n- sko\n\n- **jakke**\nVel møtt") == (
        "<p>Ta med</p>\n<ul>\n<li>sko</li>\n<li><strong>jakke</strong></li>\n</ul>\n<p>Vel møtt</p>"
    )
    assert to_text("Ta med\n- sko\n\n- **jakke**\nVel møtt") == "Ta med\n\n– sko\n– jakke\n\nVel møtt"


def test_heading_is_small():
    assert to_html("## Slik finner du **fram**\nBuss 4") == (
        "<h3>Slik finner du <strong>fram</strong></h3>\n<p>Buss 4</p>"
    )
    assert to_text("## Antrekk\nSko") == "Antrekk\n\nSko"


@pytest.mark.parametrize("text", ["", " ", "\n\n", "\x00"])
def test_nothing_is_shown_when_nothing_is_written(text):
    assert (to_html(text), to_text(text)) == ("", "")


@pytest.mark.parametrize(
    ("text", "html", "plain"),
    [
        (
            "[kart](https://a.example/?x=1&y=2)",
            '<a href="https://a.example/?x=1&amp;y=2">kart</a>',
            "kart (https://a.example/?x=1&y=2)",
        ),
        ("[ring](mailto:a@b.example)", '<a href="mailto:a@b.example">ring</a>', "ring (a@b.example)"),
        (
            "Se https://a.example/b.",
            'Se <a href="https://a.example/b">https://a.example/b</a>.',
            "Se https://a.example/b.",
        ),
        (
            "(https://a.example/b_(c))!",
            '(<a href="https://a.example/b_(c)">https://a.example/b_(c)</a>)!',
            "(https://a.example/b_(c))!",
        ),
        (
            "**[a](https://a.example) b**",
            '<strong><a href="https://a.example">a</a> b</strong>',
            "a (https://a.example) b",
        ),
        ("**https://a.example**", '<strong><a href="https://a.example">https://a.example</a></strong>', None),
    ],
)
def test_link_is_made_and_told(text, html, plain):
    assert to_html(text) == f"<p>{html}</p>"
    if plain:
        assert to_text(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "[x](javascript:alert(1))",
        "[x](javascript:a@b.example)",
        "[x](https:a@b.example)",
        "[x](data:text/html,hei)",
        "[x](//evil.example)",
        "[x](/admin/)",
        "[x](ftp://a.example)",
        "[x](https://)",
        "[x](mailto:)",
        "javascript:alert(1)",
        "https://",
        "a@b.example",
        "www.a.example",
    ],
)
def test_no_link_is_made_when_the_address_is_of_another_kind(text):
    assert Reader(to_html(text)).links == []
    assert Reader(to_html(text)).text == text
    assert to_text(text) == text


def test_address_is_shown_and_not_pressed_when_links_are_off():
    assert to_html("[kart](https://a.example/?x&y)", links=False) == "<p>kart (https://a.example/?x&amp;y)</p>"


@pytest.mark.parametrize(
    "text",
    [
        "2 ** 3 ** 4",
        "****",
        "*a*",
        "¯\\_(ツ)_/¯",
        "C:\\temp",
        "a < b && c",
        "#a",
        "-a",
        "-",
        "`x`",
        "_x_",
        "~x",
    ],
)
def test_text_stays_text_when_it_only_looks_like_markup(text):
    assert Reader(to_html(text)).text == text
    assert {tag for tag, _ in Reader(to_html(text)).seen} == {"p"}
    assert to_text(text) == text


def test_backslash_takes_a_sign_as_it_is():
    assert to_html(r"\*\*ikke fet\*\* \{x\}") == "<p>**ikke fet** {x}</p>"
    assert to_text(r"\- ikke liste") == "- ikke liste"


def test_plain_text_is_wrapped_and_addresses_left_whole_when_a_width_is_given():
    address = "https://vertskap.example/" + "a" * 90
    told = to_text(f"{'ord ' * 40}[her]({address})\n\n- {'punkt ' * 20}", width=76)
    lines = told.split("\n")
    assert [line for line in lines if len(line) > 76] == [f"({address})"]
    assert [line for line in lines if "punkt" in line and not line.startswith(("– ", "  "))] == []
    assert told.split() == [*["ord"] * 40, "her", f"({address})", "–", *["punkt"] * 20]


@pytest.mark.parametrize(
    "piece",
    [
        "**a ",
        "\\*",
        "[",
        "[a",
        "[x](https://a",
        "[x](https://(",
        "https://a)",
        ")",
        "- ",
        "\n",
        "** ",
        "*",
        "{",
    ],
)
def test_time_grows_with_the_length_when_the_text_is_evil(piece):
    text, began = piece * (60_000 // len(piece)), time.process_time()
    to_html(f"https://a.example/{text}")
    to_text(f"**{text}", width=76)
    escaped(text)
    assert time.process_time() - began < 3  # measured: 0.1; squared time would take minutes
