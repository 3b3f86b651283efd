"""Photos side by side in a letter, in one height however wide the screen: a table, which every mail program can lay."""

from typing import NamedTuple

from django.utils.html import format_html, format_html_join

WIDEST, GAP = 530, 10  # what the card holds, and what is between two, in pixels
TALLEST = 360

_ROW = (
    '<table role="presentation" cellpadding="0" cellspacing="0" border="0" width="{}" '
    'style="width:100%;max-width:{}px;margin:4px 0 14px"><tr>{}</tr></table>'
)
_CELL = (
    '<td width="{}" valign="top" style="width:{}%;padding:{}"><a href="{}"><img src="{}" width="{}" height="{}" '
    'alt="{}" style="display:block;width:100%;height:auto;border:0;border-radius:10px"></a></td>'
)


class Seen(NamedTuple):
    """Where a photo of the row is found, and its caption: no mail that is kept says it, for it may name somebody."""

    address: str
    caption: str = ""


def photo_row(shown, inside, *, leads_to):
    """The row as HTML; "" without any {photo: Seen}. `shown` is what emails.photos told, each leads to `leads_to`.

    Widths in pixels are for Outlook, which knows no other; the rest follows the screen.
    """
    seen = [photo for photo in shown if photo["photo"] in inside]
    if not seen:
        return ""
    sizes = _side_by_side([(photo["width"], photo["height"]) for photo in seen])
    edge = GAP // 2 if len(seen) > 1 else 0
    total = sum(width for width, _height in sizes) + GAP * (len(seen) - 1)
    cells = []
    for number, (photo, (width, height)) in enumerate(zip(seen, sizes, strict=True)):
        left, right = (edge if number else 0), (edge if number < len(seen) - 1 else 0)
        whole = width + left + right
        share = f"{100 * whole / total:.2f}"
        padding, (address, caption) = f"0 {right}px 0 {left}px", inside[photo["photo"]]
        cells.append((whole, share, padding, leads_to, address, width, height, caption or photo["alt"]))
    return format_html(_ROW, total, total, format_html_join("", _CELL, cells))


def _side_by_side(sizes):
    """[(width, height)] of one height that fill the row, none larger than it is."""
    room = WIDEST - GAP * (len(sizes) - 1)
    height = min(room / sum(width / height for width, height in sizes), TALLEST, *(height for _width, height in sizes))
    return [(round(height * width / tall), round(height)) for width, tall in sizes]
