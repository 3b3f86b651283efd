r"""Letters: placeholders like {first_name}, filled by plain replacement in one pass; nothing is evaluated.

A letter's text is markup (see markup), so values are escaped for it: a guest called "**x**" stays text, and a
value that holds {host} is not filled again, neither now nor in a later pass. \{ is a brace that means itself.
"""

import re
from collections.abc import Callable, Collection, Mapping

from events.domain import markup

PLACEHOLDERS = frozenset(
    {
        *("first_name", "name", "company", "personal_line", "link"),
        *("event", "day", "on_day", "time", "place", "town", "deadline", "programme", "organiser"),
        *("activity", "what", "rest", "answers", "reaction", "who", "changes", "practical", "bring"),
        *("result", "result_line", "result_party", "photos", "photos_added", "photo_wishes"),
        *("said", "trouble", "guest_email", "guest_phone"),
        *("host", "host_email", "host_phone", "contact", "contact_email", "contact_phone"),
    }
)
WRITTEN_BY_GUESTS = frozenset({"first_name", "name"})

_BRACES = re.compile(r"\\(?P<sign>[\\{}])|\{(?P<name>[^{}\n]*)\}|\{(?P<unclosed>[a-z_]+)", re.IGNORECASE)
_LINE_BREAK = re.compile("[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1b\x1f\x7f-\x9f\ud800-\udfff]")
_ADDRESS = re.compile(r"://|\bwww\.|\.[^\W\d_]{2,}(?:/|[?#:]\w)", re.IGNORECASE)
_DOT_OF_A_DOMAIN = re.compile(r"(?<=\w)[.\u3002\uff0e\uff61](?=[^\W\d_]{2})")


class UnknownPlaceholder(ValueError):
    """A letter asks for something there is no value for; line and column count from 1."""

    def __init__(self, name: str, *, line: int, column: int):
        super().__init__(name, line, column)
        self.name, self.line, self.column = name, line, column


class HasLineBreak(ValueError):
    """A text for a mail header holds a line break (M1). placeholder says which value brought it."""

    def __init__(self, placeholder: str = ""):
        super().__init__(placeholder)
        self.placeholder = placeholder


class Trusted(str):
    """Markup the program made itself (a link, the programme as a list): fill puts it in as it stands."""

    __slots__ = ()


def verbatim(text: str) -> Trusted:
    """An organiser's markup as a value: no pass fills what stands in its braces."""
    return Trusted(re.sub(r"\\.|[{}]", lambda match: match[0] if len(match[0]) > 1 else f"\\{match[0]}", text))


def unknown_placeholders(text: str, known: Collection[str] = PLACEHOLDERS) -> list[tuple[str, int, int]]:
    """(name, line, column) of whatever stands in braces and is not known, or is never closed; from 1."""
    return [
        (_name(match), *_place(text, match.start()))
        for match in _BRACES.finditer(text)
        if not match["sign"] and (match["unclosed"] or match["name"] not in known)
    ]


def fill(text: str, values: Mapping[str, str], *, later: Collection[str] = ()) -> str:
    """The letter's markup with the values in it. Names in later stay placeholders for another pass.

    Guests' names lose their web addresses. Raises UnknownPlaceholder.
    """

    def written(name: str, value: str) -> str:
        if isinstance(value, Trusted):
            return value
        return markup.escaped(without_urls(value) if name in WRITTEN_BY_GUESTS else value)

    return _replaced(text, values, written, later=later, keeps_escapes=True)


def subject(text: str, values: Mapping[str, str]) -> str:
    """The subject line, plain text on one line. Raises UnknownPlaceholder and HasLineBreak."""

    def written(name: str, value: str) -> str:
        if _LINE_BREAK.search(value):
            raise HasLineBreak(name)
        return without_urls(value) if name in WRITTEN_BY_GUESTS else value

    return one_line(_replaced(one_line(text), values, written, keeps_escapes=False))


def one_line(text: str) -> str:
    """A text fit for a mail header: spaces squeezed, control characters gone. Raises HasLineBreak."""
    if _LINE_BREAK.search(text):
        raise HasLineBreak
    return " ".join(_CONTROL.sub("", text).split())


def without_urls(name: str) -> str:
    """A person's name without web addresses (M3), and with no domain left that a mail program would link."""
    words = (word for word in name.split() if not _ADDRESS.search(word))
    return _DOT_OF_A_DOMAIN.sub(". ", " ".join(words))


def _replaced(
    text: str,
    values: Mapping[str, str],
    written: Callable[[str, str], str],
    *,
    keeps_escapes: bool,
    later: Collection[str] = (),
) -> str:
    def put(match: re.Match[str]) -> str:
        name = _name(match)
        if match["sign"]:
            return match[0] if keeps_escapes else match["sign"]
        if name in later and not match["unclosed"]:
            return match[0]
        if match["unclosed"] or name not in values:
            line, column = _place(text, match.start())
            raise UnknownPlaceholder(name, line=line, column=column)
        return written(name, values[name])

    return _BRACES.sub(put, text)


def _name(match: re.Match[str]) -> str:
    return match["unclosed"] or match["name"] or ""


def _place(text: str, at: int) -> tuple[int, int]:
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
