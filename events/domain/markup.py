r"""The small markup of organisers' texts and letters: one reading, shown as safe HTML or as plain text.

    an empty line   a new paragraph; a single line break stays a line break
    ## Heading      - a list item      **bold**
    [text](https://…) and bare https://… links; also http: and mailto:
    \               before one of \ * [ ] { } # - : takes the sign as it is

Everything else is text. Nothing a person types can become another tag or attribute.
"""

import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from html import escape as html_escape

MAIL_WIDTH = 76

_LINE_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_UNPRINTABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufeff\ufffe\uffff]")
_ESCAPE = r"\\[\\*\[\]{}#:-]"
_WEB = r"https?://(?=[^\s/?#@:.,;!'’”»()<>\"\\*\[\]])"  # a host has to follow
_ADDRESS = rf"(?:{_WEB}|mailto:(?=[^\s@?()]+@[^\s@?()]))(?:[^\s()<>\"\\]|\([^\s()<>\"\\]*\))++"
# The possessive repeats (++) keep the time linear, whatever is typed.
_INLINE = re.compile(
    rf"(?P<escape>{_ESCAPE})"
    rf"|\*\*(?![\s*])(?P<bold>(?:{_ESCAPE}|[^*]|\*(?!\*))++)\*\*"
    rf"|\[(?P<text>(?:{_ESCAPE}|[^\[\]])++)\]\((?P<address>{_ADDRESS})\)"
    rf"|(?P<bare>\b{_WEB}[^\s<>\"\\*\[\]]++)",
    re.IGNORECASE,
)
_ENDS_A_SENTENCE = ".,;:!?'’”»)"
_HEADING, _ITEM = "## ", "- "


def to_html(text: str, *, links: bool = True) -> str:
    """Safe HTML of p, br, h3, ul, li, strong and a[href]. Without links the addresses stand as text."""
    look = _HTML if links else _HTML_WITHOUT_LINKS
    return "\n".join(_html_block(block, look) for block in _blocks(text))


def to_text(text: str, *, width: int | None = None) -> str:
    """Plain text: "text (https://…)" for links, "–" for lists; wrapped at so many columns if asked."""
    return "\n\n".join(_text_block(block, width) for block in _blocks(text))


def escaped(text: str) -> str:
    """The markup that shows this text exactly as it is, whatever signs are in it, wherever it is put."""
    text = re.sub(r"([\\*\[\]{}])", r"\\\1", clean(text))
    text = re.sub(r":(?=//)", r"\:", text)
    return re.sub(r"^([^\S\n]*)([#-])", r"\1\\\2", text, flags=re.MULTILINE)


@dataclass(frozen=True, slots=True)
class _Look:
    """How the three kinds of inline text are written."""

    plain: Callable[[str], str]
    bold: Callable[[str], str]
    link: Callable[[str, str], str]


@dataclass(slots=True)
class _Block:
    """A heading, paragraph or list, as the lines typed."""

    kind: str
    lines: list[str] = field(default_factory=list)


def clean(text: str) -> str:
    """The text with one kind of line break and nothing unprintable."""
    return _UNPRINTABLE.sub("", _LINE_BREAK.sub("\n", text))


def _blocks(text: str) -> Iterator[_Block]:
    """Lines gathered into blocks. List items stay one list across empty lines between them."""
    block: _Block | None = None
    is_after_gap = False
    for line in map(str.strip, clean(text).split("\n")):
        if not line:
            is_after_gap = True
            continue
        kind, content = _kind(line)
        is_long_kind = kind == "list" or (kind == "paragraph" and not is_after_gap)
        if block is None or block.kind != kind or not is_long_kind:
            if block:
                yield block
            block = _Block(kind)
        block.lines.append(content)
        is_after_gap = False
    if block:
        yield block


def _kind(line: str) -> tuple[str, str]:
    if line.startswith(_HEADING):
        return "heading", line.removeprefix(_HEADING).strip()
    if line.startswith(_ITEM):
        return "list", line.removeprefix(_ITEM).strip()
    return "paragraph", line


def _inline(line: str, look: _Look) -> str:
    """One line in the look asked for. Bold may hold links; nothing else nests."""
    shown, at = [], 0
    for match in _INLINE.finditer(line):
        shown.append(look.plain(line[at : match.start()]))
        at = match.end()
        if match["escape"]:
            shown.append(look.plain(match["escape"][1]))
        elif match["bold"]:
            shown.append(look.bold(_inline(match["bold"], look)))
        elif match["text"]:
            shown.append(look.link(_unescaped(match["text"]), match["address"]))
        else:
            address = _without_sentence_end(match["bare"])
            at = match.start() + len(address)
            shown.append(look.link(address, address))
    return "".join(shown) + look.plain(line[at:])


def _unescaped(text: str) -> str:
    return re.sub(_ESCAPE, lambda match: match[0][1], text)


def _without_sentence_end(address: str) -> str:
    """A bare address without the punctuation of the sentence around it; a bracket it opened stays."""
    end, unopened = len(address), address.count(")") - address.count("(")
    while address[end - 1] in _ENDS_A_SENTENCE:
        if address[end - 1] == ")":
            if unopened <= 0:
                break
            unopened -= 1
        end -= 1
    return address[:end]


def _html_block(block: _Block, look: _Look) -> str:
    lines = [_inline(line, look) for line in block.lines]
    if block.kind == "list":
        return "\n".join(["<ul>", *(f"<li>{line}</li>" for line in lines), "</ul>"])
    if block.kind == "heading":
        return f"<h3>{lines[0]}</h3>"
    return "<p>" + "<br>\n".join(lines) + "</p>"


def _html_link(text: str, address: str) -> str:
    return f'<a href="{html_escape(address)}">{html_escape(text)}</a>'


def _text_block(block: _Block, width: int | None) -> str:
    sign = "– " if block.kind == "list" else ""
    lines = (sign + _inline(line, _TEXT) for line in block.lines)
    return "\n".join(_wrapped(line, width, " " * len(sign)) for line in lines)


def _text_link(text: str, address: str) -> str:
    return text if text == address else f"{text} ({address.removeprefix('mailto:')})"


def _wrapped(line: str, width: int | None, indent: str) -> str:
    """Lines of at most so many columns; a longer address is left whole."""
    if width is None or len(line) <= width:
        return line
    wrapper = textwrap.TextWrapper(width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)
    return wrapper.fill(line)


_HTML = _Look(plain=html_escape, bold="<strong>{}</strong>".format, link=_html_link)
_HTML_WITHOUT_LINKS = _Look(
    plain=html_escape, bold=_HTML.bold, link=lambda text, address: html_escape(_text_link(text, address))
)
_TEXT = _Look(plain=str, bold=str, link=_text_link)
