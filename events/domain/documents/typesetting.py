"""From words to a document: what every document is given, and the way to the press."""

import hashlib
import json
import subprocess
import sys
import unicodedata
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from threading import BoundedSemaphore

PRESS = Path(__file__).with_name("press.py")
MOST_SECONDS = 60
AT_ONCE = BoundedSemaphore(2)  # presses of one process: each takes 40 to 200 MB while it works
BESIDE_TEXT = ("Cc", "Cf", "Cs", "Co", "Cn")  # control signs, private and unknown letters: no name needs them


class Form(StrEnum):
    PDF = "pdf"
    PNG = "png"  # the first page


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """How the house looks: "#rrggbb" colours of domain.colours.Palette, and the logo as "png" or "svg"."""

    company: str
    accent: str
    on_accent: str
    tint: str
    logo: bytes = b""
    logo_format: str = "png"


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What every document has: its title for programs that show it, its language, the look of the house."""

    title: str
    language: str
    look: Look


class NotTypeset(RuntimeError):
    """The press did not deliver; names the template and says why, in typst's words."""

    def __init__(self, template: str, why: str):
        super().__init__(f"{template}: {why}")
        self.template = template


def typeset(template: str, content: object, frame: Frame, form: Form = Form.PDF) -> bytes:
    """The document made of a template and a dataclass of words. Raises NotTypeset.

    A logo that typst cannot read is left out: the company's name stands there instead.
    """
    try:
        return _pressed(template, job_data(content, frame), form)
    except NotTypeset:
        if not frame.look.logo:
            raise
        return _pressed(template, job_data(content, frame, has_logo=False), form)


def _pressed(template, data, form):
    job = json.dumps({"template": template, "data": data, "form": form}).encode()
    try:
        with AT_ONCE:
            done = subprocess.run(  # noqa: S603 - our own file, and nothing of anybody's on the command line
                [sys.executable, "-I", str(PRESS)], input=job, capture_output=True, timeout=MOST_SECONDS, check=False
            )
    except subprocess.TimeoutExpired:
        raise NotTypeset(template, f"not done after {MOST_SECONDS} s") from None
    if done.returncode:
        raise NotTypeset(template, done.stderr.decode(errors="replace").strip().rpartition("\n")[2])
    return done.stdout


def job_data(content: object, frame: Frame, *, has_logo: bool = True) -> str:
    """The JSON that a template reads: the fields of the content, with title, language and look."""
    look = asdict(frame.look)
    look["logo"] = list(frame.look.logo) if has_logo else []
    whole = {**asdict(content), "title": frame.title, "language": frame.language}
    return json.dumps({**_plain(whole), "look": {**_plain(look), "logo": look["logo"]}})


def fingerprint(template: str, content: object, frame: Frame) -> str:
    """The same for the same document: of its words, its look and the templates as they are."""
    said = f"{template}\n{job_data(content, frame)}\n{_templates()}"
    return hashlib.sha256(said.encode()).hexdigest()[:32]


@cache
def _templates():
    folder = PRESS.with_name("templates")
    return hashlib.sha256(b"".join(file.read_bytes() for file in sorted(folder.iterdir()))).hexdigest()


def _plain(value):
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    return value


def plain(text: str) -> str:
    """The text as it can be set: letters joined with their marks, one line, no control signs, no emoji.

    The typeface has Latin, Greek and Cyrillic letters; an emoji would be an empty box.
    """
    joined = unicodedata.normalize("NFC", text.encode(errors="replace").decode())
    return " ".join("".join(sign for sign in joined if sign.isspace() or _is_set(sign)).split())


def _is_set(sign):
    kind = unicodedata.category(sign)
    return kind not in BESIDE_TEXT and not (kind in ("So", "Sk") and ord(sign) > 0xFFFF)
