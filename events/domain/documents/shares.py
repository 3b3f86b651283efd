"""Pictures to share, with the look of the diploma."""

from dataclasses import dataclass
from enum import StrEnum

from .typesetting import Form, Frame, typeset


class Shape(StrEnum):
    """A post, a story, a link's preview (Open Graph)."""

    SQUARE = "square"
    STORY = "story"
    OG = "og"

    @property
    def size(self) -> tuple[int, int]:
        """Width and height in pixels."""
        return {"square": (1080, 1080), "story": (1080, 1920), "og": (1200, 630)}[self.value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """time, or instead of it some words; pill is what was special, line is course and day."""

    shape: Shape
    event: str
    name: str
    time: str = ""
    instead: str = ""
    pill: str = ""
    line: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Sized:
    share: Share
    width: int
    height: int


def share(content: Share, frame: Frame) -> bytes:
    """The picture as PNG; a story has some 150 kB, the others less."""
    width, height = content.shape.size
    return typeset("share", _Sized(share=content, width=width, height=height), frame, Form.PNG)
