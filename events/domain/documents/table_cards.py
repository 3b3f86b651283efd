"""Cards for the tables: a code that takes guests' photos in, and what it is for."""

from dataclasses import dataclass
from enum import StrEnum

import segno

from .typesetting import Form, Frame, typeset


class Size(StrEnum):
    A6 = "a6"  # four on a sheet
    A5 = "a5"  # two


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What the card says in one language: what for, and how."""

    heading: str
    how: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TableCards:
    """One sheet of A4 with equal cards to cut; `code` is of qr_rows(address)."""

    event: str
    day: str
    tongues: tuple[Tongue, ...]
    address: str
    code: tuple[str, ...]
    size: Size = Size.A6


def qr_rows(address: str) -> tuple[str, ...]:
    """The QR code of an address, a row of "1" (dark) and "0" each, without the quiet zone. Mends 15 % of damage."""
    code = segno.make_qr(address, error="m")
    return tuple("".join("1" if dark else "0" for dark in row) for row in code.matrix)


def table_cards(content: TableCards, frame: Frame, form: Form = Form.PDF) -> bytes:
    return typeset("table_card", content, frame, form)
