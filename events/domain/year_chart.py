"""A small chart of somebody's times over the years, as places on paper: quicker is higher."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 340, 168
LEFT, RIGHT, TOP, BOTTOM = 34, 306, 34, 112  # where points may lie
YEARS_Y = 156
MOST_LABELS = 6
LINES = 3
LABEL_ABOVE, LABEL_BELOW = -14, 24


@dataclass(frozen=True, slots=True)
class Point:
    """One year. label_y is where its time is written, None where there is no room for it."""

    year: int
    time_ms: int
    x: int
    y: int
    is_best: bool
    is_told: bool
    label_y: int | None


@dataclass(frozen=True, slots=True)
class Chart:
    points: tuple[Point, ...]
    path: str  # the points as those of an SVG polyline
    lines: tuple[int, ...]  # where the pale lines lie
    width: int = WIDTH
    height: int = HEIGHT
    years_y: int = YEARS_Y

    @property
    def has_told(self) -> bool:
        return any(point.is_told for point in self.points)


def chart(times: Sequence[tuple[int, int, bool]]) -> Chart | None:
    """The chart of (year, milliseconds, whether the runner told of it), one a year; None below two years.

    The quickest stands at the top. Years lie apart as they do in time; with many of them only the first, the best and
    the last are labelled.
    """
    if len(times) < 2:
        return None
    ordered = sorted(times)
    best = min(time for _year, time, _told in ordered)
    labelled = _labelled([time for _year, time, _told in ordered], best)
    xs, ys = _xs([year for year, *_rest in ordered]), _ys([time for _year, time, _told in ordered])
    points = tuple(
        Point(year, time, x, y, time == best, told, _label(ys, number) if number in labelled else None)
        for number, ((year, time, told), x, y) in enumerate(zip(ordered, xs, ys, strict=True))
    )
    gap = (BOTTOM - TOP) // (LINES - 1)
    lines = tuple(TOP + gap * number for number in range(LINES))
    return Chart(points, " ".join(f"{point.x},{point.y}" for point in points), lines)


def _labelled(times, best):
    if len(times) <= MOST_LABELS:
        return set(range(len(times)))
    return {0, times.index(best), len(times) - 1}


def _xs(years):
    first, span = years[0], years[-1] - years[0]
    return [LEFT + round((RIGHT - LEFT) * (year - first) / span) for year in years]


def _ys(times):
    low, span = min(times), max(times) - min(times)
    return [(TOP + BOTTOM) // 2 if not span else TOP + round((BOTTOM - TOP) * (time - low) / span) for time in times]


def _label(ys, number):
    """Above the point, unless the line only goes up from it: there it would strike the time out."""
    beside = [ys[at] for at in (number - 1, number + 1) if 0 <= at < len(ys)]
    is_valley = min(beside) < ys[number] >= max(beside)
    return ys[number] + (LABEL_BELOW if is_valley else LABEL_ABOVE)
