"""Text files as spreadsheet programs write them: which encoding, which delimiter, which cells."""

import codecs
import re
from collections import Counter
from itertools import islice

from events.domain.tabular_base import LAST_COLUMN, LONGEST_CELL

DELIMITERS = (";", "\t", ",", "|")
SAMPLE_CHARACTERS = 64 * 1024
SAMPLE_RECORDS = 60

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NORDIC = frozenset("æøåäöéüÆØÅÄÖÉÜ")
# How the Nordic letters of "CSV (MS-DOS)" and "CSV (Macintosh)" look when they are read as cp1252.
_SUSPICIOUS = frozenset("›†‘„”¿¾Œ\x81\x8f\x9d")
_HOLES = frozenset(bytes([byte]) for byte in (0x81, 0x8D, 0x8F, 0x90, 0x9D))  # that cp1252 leaves out
_NEWLINE = re.compile(r"\r\n|\n|\r")
_SEP_LINE = re.compile(r"\s*\"?sep=(.)\"?[ \t]*(?:\r\n|\n|\r|\Z)", re.IGNORECASE)
# A well-formed quoted cell, closed before a delimiter or the end of a line (RFC 4180 section 2).
_QUOTED = {mark: re.compile(rf' *+"([^"]*+(?:""[^"]*+)*+)" *+(?={re.escape(mark)}|[\r\n]|\Z)') for mark in DELIMITERS}
# Below four columns a sentence inside a cell has as many delimiters as a row.
_ROWLIKE_WIDTH = 4


def decode(data):
    """(text, encoding) of any bytes, never failing; what could not be read becomes U+FFFD."""
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, "replace"), encoding
    if encoding := _utf16_without_bom(data):
        return data.decode(encoding, "replace"), encoding
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        return _decode_without_unicode(data)


def _utf16_without_bom(data):
    """Every second byte of Latin text in UTF-16 is zero."""
    sample = data[:4096]
    half = len(sample) // 2
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    if half >= 4 and odd > half * 0.4 and even < half * 0.1:
        return "utf-16-le"
    if half >= 4 and even > half * 0.4 and odd < half * 0.1:
        return "utf-16-be"
    return ""


def _decode_without_unicode(data):
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    if sum(character > "\x7f" for character in text) - broken > 4 * broken:
        return text, "utf-8"  # UTF-8 with a scratch: one cut letter must not spoil all the others
    text = _windows(data)
    if sum(map(_SUSPICIOUS.__contains__, text)) > sum(map(_NORDIC.__contains__, text)):
        others = {name: data.decode(name) for name in ("cp850", "mac_roman")}
        name = max(others, key=lambda name: sum(map(_NORDIC.__contains__, others[name])))
        return others[name], name
    return text, "cp1252"


def _windows(data):
    """cp1252 as browsers read it: the five bytes it leaves out are control characters (WHATWG Encoding)."""
    return "".join(
        part.decode("latin-1") if part in _HOLES else part.decode("cp1252")
        for part in re.split(rb"([\x81\x8d\x8f\x90\x9d])", data)
    )


def read_separator_line(text):
    """(delimiter, where the table starts) from Excel's own first line `sep=;`; ("", 0) without one."""
    match = _SEP_LINE.match(text)
    if match and match[1] in DELIMITERS:
        return match[1], match.end()
    return "", 0


def sniff(text, start=0):
    """(delimiter, usual width): the one that cuts most lines into equally many cells; ("", 1) for none."""
    sample = text[start : start + SAMPLE_CHARACTERS]
    found = [(_score(sample, mark), mark) for mark in DELIMITERS]
    (weight, width), mark = max(found, key=lambda item: item[0][0])
    return (mark, width) if weight else ("", 1)


def _score(sample, mark):
    rows = [row for row in islice(split(sample, mark), SAMPLE_RECORDS) if any(map(str.strip, row))]
    widths = Counter(map(len, rows))
    if mark == "," and rows and _is_prose(rows):
        return 0, 1
    return max(((count * (width - 1), width) for width, count in widths.items()), default=(0, 1))


def _is_prose(rows):
    """One column of "Berge, Ragnhild": each comma has a space after it and the heading has none."""
    return len(rows[0]) == 1 and all(cell[:1] in ("", " ") for row in rows for cell in row[1:])


def split(text, mark, start=0, width=0):
    """The records of a text, a list of cells each; a blank line is `[""]`.

    A quote that is never closed properly is a character like any other, so it costs no other row;
    `width` (cells in an ordinary row) helps to see that a quoted cell has swallowed whole rows.
    """
    position, end = start, len(text)
    while position < end:
        newline = _NEWLINE.search(text, position)
        stop, after = newline.span() if newline else (end, end)
        line = text[position:stop]
        if not mark:
            yield [_unquoted(line)]
        elif '"' not in line:
            yield line.split(mark, LAST_COLUMN)
        else:
            cells, after = _split_quoted(text, mark, position, width)
            yield cells
        position = after


def _split_quoted(text, mark, position, width):
    cells = []
    plain = re.compile(rf"[^{re.escape(mark)}\r\n]*+")
    while True:
        horizon = position + 2 * LONGEST_CELL
        match = _QUOTED[mark].match(text, position, horizon)
        if match and match.end() < horizon and not _has_swallowed_rows(match[1], mark, width):
            cells.append(match[1].replace('""', '"'))
        else:
            match = plain.match(text, position)
            cells.append(match[0])
        position = match.end()
        if not text.startswith(mark, position):
            newline = _NEWLINE.match(text, position)
            return cells, newline.end() if newline else position
        position += 1


def _has_swallowed_rows(cell, mark, width):
    if width < _ROWLIKE_WIDTH or ("\n" not in cell and "\r" not in cell):
        return False
    return any(line.count(mark) == width - 1 for line in _NEWLINE.split(cell)[1:-1])


def _unquoted(line):
    if len(line) > 1 and line[0] == line[-1] == '"':
        return line[1:-1].replace('""', '"')
    return line
