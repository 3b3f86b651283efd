"""Lines of a calendar somebody sent us, read by icalendar one at a time: a line that is broken costs only itself."""

from collections.abc import Iterator

from icalendar.parser import Contentline, Contentlines


def lines_in(text: str, wanted: frozenset[str]) -> Iterator[tuple[str, dict[str, str], str]]:
    """(name, parameters, value) of the unfolded lines whose name is wanted; names in upper case, values unescaped."""
    for line in Contentlines.from_ical(text):
        name = line.partition(":")[0].partition(";")[0].strip().upper()
        if name in wanted:
            try:
                _name, parameters, value = Contentline(line.lstrip()).parts()
            except ValueError:
                continue
            yield name, {key.upper(): _first(value) for key, value in parameters.items()}, value.strip()


def _first(value) -> str:
    return str(value[0] if isinstance(value, list) and value else value)
