"""The XML inside office files, read as a stream: no entities, no bombs, and one name for any damage."""

import re
import struct
import zipfile
import zlib
from contextlib import contextmanager
from xml.parsers import expat

from events.domain.tabular_base import FileIsTooBig, NotATable

_DEEPEST = 100  # elements within elements; Office needs about ten
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")  # ST_Xstring: characters XML cannot hold
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    expat.ExpatError,
    struct.error,
    EOFError,
    LookupError,
    NotImplementedError,
    OSError,
    OverflowError,
    ValueError,
)


class _LocalNames(dict):
    """Element names without their prefix: `x:row` is `row` to us."""

    def __missing__(self, name):
        local = self[name] = name.rpartition(":")[2]
        return local


local = _LocalNames()


@contextmanager
def damage_noticed():
    """Whatever zip, XML and numbers can complain about is one thing to a person: the file is damaged."""
    try:
        yield
    except _DAMAGE as error:
        raise NotATable("damaged") from error
    except RuntimeError as error:  # zipfile's word for a member under a password
        raise NotATable("password") from error


class Budget:
    """Counts what is really unfolded; the sizes a zip declares may lie."""

    def __init__(self, limit_bytes):
        self.limit_bytes, self.spent_bytes = limit_bytes, 0

    def spend(self, size_bytes):
        self.spent_bytes += size_bytes
        if self.spent_bytes > self.limit_bytes:
            raise FileIsTooBig(self.spent_bytes, self.limit_bytes, is_unpacked=True)


def parse(chunks, reader):
    """Feeds XML to a reader and hands on, piece by piece, what it has put in `reader.done`."""
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartElementHandler = reader.start
    parser.EndElementHandler = reader.end
    parser.CharacterDataHandler = reader.characters
    parser.StartDoctypeDeclHandler = _refuse_doctype
    for chunk in chunks:
        parser.Parse(chunk)
        done, reader.done = reader.done, []
        yield done
    parser.Parse(b"", True)
    yield reader.done


def _refuse_doctype(*_):
    # Office files have none; entities are how XML is made to explode.
    raise NotATable("damaged")


class Elements:
    def __init__(self):
        self.done, self._path = [], []

    def start(self, name, attributes):
        self._path.append(local[name])
        if len(self._path) > _DEEPEST:
            raise NotATable("damaged")
        self.done.append((tuple(self._path[-2:]), attributes))

    def end(self, _name):
        self._path.pop()

    def characters(self, text):
        """Only attributes matter in these parts."""


class Strings:
    """The shared strings, their runs joined, without the reading aid (rPh) of East Asian names."""

    def __init__(self):
        self.done, self._texts, self._is_text, self._is_aid = [], [], False, False

    def start(self, name, _attributes):
        tag = local[name]
        if tag == "rPh":
            self._is_aid = True
        self._is_text = tag == "t" and not self._is_aid

    def end(self, name):
        tag = local[name]
        self._is_text = False
        if tag == "rPh":
            self._is_aid = False
        elif tag == "si":
            self.done.append(unescape("".join(self._texts)))
            self._texts = []

    def characters(self, text):
        if self._is_text:
            self._texts.append(text)


def unescape(text):
    if "_x" not in text:
        return text
    return _ESCAPE.sub(lambda match: _character(int(match[1], 16)), text)


def _character(code):
    return "\ufffd" if 0xD800 <= code <= 0xDFFF else chr(code)
