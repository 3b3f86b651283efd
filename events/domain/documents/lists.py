"""Lists on A4: start lists and result lists, with the head of the table on every page."""

from dataclasses import dataclass
from enum import StrEnum

from .typesetting import Form, Frame, typeset


class Side(StrEnum):
    LEFT = "left"
    RIGHT = "right"
    CENTER = "center"


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """share of the width that is left; 0 takes what its cells need. ticks draws a box to tick instead of a cell."""

    title: str
    share: int = 0
    side: Side = Side.LEFT
    strong: bool = False
    ticks: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Rows under a heading, which may be ""; each has a cell per column."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ListWords:
    """page is like "page {page} of {pages}"; empty stands there when there are no rows."""

    page: str
    empty: str


@dataclass(frozen=True, slots=True, kw_only=True)
class List:
    """under stands below the heading, note in a box above the table, foot on every page; roomy rows are for a pen."""

    heading: str
    under: str
    foot: str
    columns: tuple[Column, ...]
    groups: tuple[Group, ...]
    words: ListWords
    note: str = ""
    roomy: bool = False
    landscape: bool = False


def printed_list(content: List, frame: Frame, form: Form = Form.PDF) -> bytes:
    return typeset("list", content, frame, form)
