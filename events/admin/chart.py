"""A line over days as numbers for an SVG: drawn by the template, read as a table."""

from dataclasses import dataclass

WIDTH, HEIGHT, TOP, BOTTOM = 440, 120, 22, 8


@dataclass(frozen=True)
class Chart:
    """Points in a WIDTH × HEIGHT picture; marks are (x, y, text); rows are (day, value)."""

    rows: list
    line: str
    area: str
    marks: list
    levels: list
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def is_flat(self):
        """Nothing has happened: there is nothing to draw."""
        return not self.rows or self.rows[-1][1] == 0


def chart(rows, marks=()):
    """rows: (day, value) in order; marks: (day, text) put above the line."""
    highest = max((value for _day, value in rows), default=0) or 1
    step = WIDTH / max(len(rows) - 1, 1)
    points = [(round(step * number, 1), _height(value, highest)) for number, (_day, value) in enumerate(rows)]
    line = " ".join(f"{x},{y}" for x, y in points)
    area = f"0,{HEIGHT} {line} {WIDTH},{HEIGHT}"
    where = dict(zip((day for day, _value in rows), points, strict=True))
    placed = [(_inside(where[day][0]), max(where[day][1] - 8, 10), text) for day, text in marks if day in where]
    return Chart(rows, line, area, placed, [TOP, (TOP + HEIGHT - BOTTOM) / 2, HEIGHT - BOTTOM])


def _height(value, highest):
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / highest, 1)


def _inside(x):
    """Where the words end: left of the rise they are about, so that the line does not run through them."""
    return max(x, 80)
