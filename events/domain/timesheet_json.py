"""Results as JSON, of whichever service, as headings and rows; field names change, so it is their words that count."""

import json
import re

from .headings import meaning, meanings_of
from .tabular import NotATable, TooManyColumns
from .tabular_text import decode
from .timesheet_words import WORDS

_MEANINGS = meanings_of(WORDS)
_SURROGATES = re.compile("[\ud800-\udfff]")
_DEEPEST = 12
_SPLITS = re.compile(r"split|mellomtid|passering|leg|lap|checkpoint", re.IGNORECASE)
_GROUP_NUMBER = re.compile(r"^#\d+_")


def rows_of_json(data: bytes, most_columns: int = 400) -> list[list[str]]:
    """A row of headings and the rows below it. Raises NotATable("json") when no list of runners is in it."""
    try:
        content = json.loads(decode(data)[0].lstrip("\ufeff"))
    except (ValueError, RecursionError) as error:
        raise NotATable("json") from error
    columns, records = _raceresult(content) or _webscorer(content) or _records(content) or ([], [])
    if not records:
        raise NotATable("json")
    if len(columns) > most_columns:
        raise TooManyColumns(most_columns, 1)
    rows = ([record.get(key, "") for key, _path in columns] for record in records)
    return [[_heading(path) for _key, path in columns], *rows]


def _text(value):
    if value is None or isinstance(value, dict | list):
        return ""
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return _SURROGATES.sub("\ufffd", text).strip()


def _raceresult(content):
    """`list.Fields` names the columns, `data` holds rows of cells in groups that are races; None for other JSON."""
    listing = content.get("list") if isinstance(content, dict) else None
    fields = listing.get("Fields") if isinstance(listing, dict) else None
    if not isinstance(fields, list) or "data" not in content:
        return None
    labels = [_label(field) for field in fields]
    expressions = [_text(field.get("Expression")) if isinstance(field, dict) else "" for field in fields]
    if isinstance(content.get("DataFields"), list):
        known = dict(zip(expressions, labels, strict=True))
        labels = [known.get(_text(field)) or _text(field) for field in content["DataFields"]]
    rows = [(race, list(map(_text, cells))) for race, cells in _leaves(content["data"], ())]
    extra = max((len(cells) for _race, cells in rows), default=0) - len(labels)
    labels = [*("Bib", "ID", *[""] * extra)[: max(extra, 0)], *labels]
    body = [[race, *cells] for race, cells in rows if [cell.casefold() for cell in cells] != _folded(labels)]
    return list(enumerate((label,) for label in ("Race", *labels))), [dict(enumerate(cells)) for cells in body]


def _folded(labels):
    return [label.casefold() for label in labels]


def _label(field):
    if not isinstance(field, dict):
        return _text(field)
    return _text(field.get("Label")) or _text(field.get("Expression"))


def _leaves(value, groups):
    """(race, cells) of each row; a race is the names of the groups it is in, without their numbers."""
    if len(groups) > _DEEPEST:
        return
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(inner, (*groups, _GROUP_NUMBER.sub("", name)))
    elif isinstance(value, list):
        for row in value:
            if isinstance(row, list):
                yield " / ".join(filter(None, groups)), row


def _webscorer(content):
    """Racers in groupings; who is in an overall list and in a class's is one runner."""
    groups = content.get("Results") if isinstance(content, dict) else None
    groups = [group for group in groups if isinstance(group, dict)] if isinstance(groups, list) else []
    groups = [group for group in groups if isinstance(group.get("Racers"), list)]
    groups.sort(key=lambda group: not _grouping(group).get("Overall"))
    seen, records = set(), []
    for group in groups:
        race = _text(_grouping(group).get("Distance"))
        for racer in filter(lambda racer: isinstance(racer, dict), group["Racers"]):
            key = race, _text(racer.get("Bib")), _text(racer.get("Name"))
            if key not in seen:
                seen.add(key)
                records.append({"Race": race, **racer})
    return _table(records) if records else None


def _grouping(group):
    return group["Grouping"] if isinstance(group.get("Grouping"), dict) else {}


def _records(content):
    """The longest list of objects anywhere, be it a list or a dictionary by id."""
    lists = list(_lists(content, 0))
    return _table(max(lists, key=len)) if lists else None


def _lists(value, depth):
    if depth > _DEEPEST or not isinstance(value, dict | list):
        return
    inner = list(value.values() if isinstance(value, dict) else value)
    if inner and all(isinstance(each, dict) for each in inner) and (len(inner) > 1 or isinstance(value, list)):
        yield inner
    for each in inner:
        yield from _lists(each, depth + 1)


def _table(records):
    """([(key, path to name the column by)], [{key: cell}]); what stands nearest to the runner comes first."""
    flat = [dict(_flat(record, ())) for record in records]
    paths = sorted(dict.fromkeys(path for record in flat for path in record), key=len)
    return [(path, path) for path in paths], flat


def _flat(value, path):
    for name, inner in value.items():
        if isinstance(inner, dict) and len(path) < _DEEPEST:
            yield from _flat(inner, (*path, name))
        elif not isinstance(inner, dict | list):
            yield (*path, name), _text(inner)


def _heading(path):
    """The shortest end of a path that is known, longest first: "Klasse Navn" before "Navn"."""
    if any(map(_SPLITS.search, path[:-1])):
        return " ".join(path)
    ends = (" ".join(path[-length:]) for length in range(min(len(path), 3), 0, -1))
    return next((end for end in ends if meaning(end, _MEANINGS)), " ".join(path))
