"""Whose lines they are: our own number, then the bib, the address, the exact name. Two that fit are asked about.

An official list may hold five thousand strangers. Of them nothing is kept but the numbers of their rows.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from .addresses import email_key
from .names import fold_letters, name_key
from .timesheet_columns import number_of
from .timesheet_lines import Line


class Rule(StrEnum):
    """By what a line was matched, strongest first."""

    CHOSEN = "chosen"  # a person said so
    GUEST_KEY = "guest_key"
    BIB = "bib"
    EMAIL = "email"
    NAME = "name"


class Fate(StrEnum):
    MATCHED = "matched"
    SEVERAL_FIT = "several_fit"  # candidates: the entrants it may be
    NOT_SURE = "not_sure"  # candidates: by bib or address somebody with another name, by name one of another age
    CONTESTED = "contested"  # candidates: the one entrant that several lines fit, with different results
    STRANGER = "stranger"  # nobody of ours, or left out by a person


ASKED = frozenset((Fate.SEVERAL_FIT, Fate.NOT_SURE, Fate.CONTESTED))


@dataclass(frozen=True, slots=True, kw_only=True)
class Entrant:
    """Somebody entered in our race; `key` is the caller's own, `guest_key` what our start list calls the guest."""

    key: Hashable
    names: tuple[str, ...] = ()
    bib: str = ""
    guest_key: str = ""
    email: str = ""
    race_class: str = ""
    birth_year: int | None = None


@dataclass(frozen=True, slots=True)
class Match:
    """What a line is to us; `key` only of who is matched, `candidates` keys to choose from."""

    line: Line
    fate: Fate
    by: Rule | None = None
    key: Hashable = None
    candidates: tuple[Hashable, ...] = ()


@dataclass(frozen=True, slots=True)
class Matches:
    """`found` by entrant; `asked` in the order of the file; of `strangers` and what is `repeated` row numbers only.

    `missing`: keys of entrants that no line is about. `are_bibs_ours` is False when the bibs of the file belong to
    people with other names, so that they were not used.
    """

    found: Mapping[Hashable, Match] = field(default_factory=dict)
    asked: tuple[Match, ...] = ()
    strangers: tuple[int, ...] = ()
    repeated: tuple[int, ...] = ()
    missing: tuple[Hashable, ...] = ()
    are_bibs_ours: bool = True


def match(
    lines: Iterable[Line], entrants: Iterable[Entrant], answers: Mapping[int, Hashable | None] | None = None
) -> Matches:
    """The lines matched to entrants; `answers` {row number: key, or None for "nobody of ours"} decide what is asked."""
    lines, entrants, answers = list(lines), list(entrants), dict(answers or {})
    finder = _Finder(entrants)
    are_bibs_ours = finder.are_bibs_ours(lines)
    keys = {entrant.key for entrant in entrants}
    matches = [
        _answered(line, answers[line.number], keys) if line.number in answers else finder.match(line) for line in lines
    ]
    return _sorted_out(matches, entrants, are_bibs_ours)


def _answered(line, key, keys):
    return Match(line, Fate.MATCHED, Rule.CHOSEN, key) if key in keys else Match(line, Fate.STRANGER)


def _sorted_out(matches, entrants, are_bibs_ours):
    claims = defaultdict(list)
    for each in matches:
        if each.fate is Fate.MATCHED:
            claims[each.key].append(each)
    found, contested, repeated, strangers = {}, [], [], []
    for key, claim in claims.items():
        chosen = [each for each in claim if each.by is Rule.CHOSEN] or claim
        strangers += [each.line.number for each in claim if each not in chosen]
        if len({_result(each.line) for each in chosen}) > 1:
            contested += [Match(each.line, Fate.CONTESTED, each.by, None, (key,)) for each in chosen]
        else:
            found[key] = chosen[0]
            repeated += [each.line.number for each in chosen[1:]]
    unsure, more = _still_asked(matches, found)
    strangers += more
    asked = sorted((*contested, *unsure), key=lambda each: each.line.number)
    named = {*found, *(key for each in asked for key in each.candidates)}
    missing = tuple(entrant.key for entrant in entrants if entrant.key not in named)
    return Matches(found, tuple(asked), tuple(sorted(strangers)), tuple(sorted(repeated)), missing, are_bibs_ours)


def _still_asked(matches, found):
    """(those to ask about, row numbers of strangers): who is found in another line is not asked about in this one."""
    asked, strangers = [], []
    for each in matches:
        if each.fate is Fate.STRANGER:
            strangers.append(each.line.number)
        elif each.fate in ASKED:
            left = tuple(key for key in each.candidates if key not in found)
            if left:
                asked.append(Match(each.line, each.fate, each.by, None, left))
            else:
                strangers.append(each.line.number)
    return asked, strangers


def _result(line):
    return line.status, line.time_ms


class _Finder:
    """Entrants by each of the rules, in constant time."""

    def __init__(self, entrants):
        self._entrants = entrants
        self._by, self._uses_bibs = defaultdict(list), True
        for entrant in entrants:
            for trace in dict.fromkeys(_traces(entrant)):
                self._by[trace].append(entrant)

    def are_bibs_ours(self, lines):
        """False, and bibs are of no use, when most of those that fit belong to people with other names."""
        agrees = Counter()
        for line in lines:
            found = self._by.get((Rule.BIB, line.bib)) if line.bib and line.name else None
            if found:
                agrees[any(_agree(line, entrant) for entrant in found)] += 1
        self._uses_bibs = agrees[False] < 3 or agrees[True] >= agrees[False]
        return self._uses_bibs

    def match(self, line):
        """The line matched, asked about, or a stranger's, by the first rule that finds somebody of that name."""
        unsure = None
        for rule, value in _looked_for(line):
            if rule is Rule.BIB and line.name and not self._uses_bibs:
                continue
            candidates = self._by.get((rule, value), [])
            agreeing = candidates if rule is Rule.GUEST_KEY else [each for each in candidates if _agree(line, each)]
            if not agreeing and candidates:
                unsure = unsure or Match(line, Fate.NOT_SURE, rule, None, tuple(each.key for each in candidates))
            narrowed = _narrowed(agreeing, line)
            if len(narrowed) == 1:
                return Match(line, Fate.MATCHED, rule, narrowed[0].key)
            if narrowed:
                return Match(line, Fate.SEVERAL_FIT, rule, None, tuple(each.key for each in narrowed))
        return unsure or Match(line, Fate.STRANGER)


def _looked_for(line):
    if line.guest_key:
        yield Rule.GUEST_KEY, line.guest_key
    if line.bib:
        yield Rule.BIB, line.bib
    if line.email:
        yield Rule.EMAIL, email_key(line.email)
    if line.name:
        yield Rule.NAME, _words(line.name)


def _traces(entrant):
    if entrant.guest_key:
        yield Rule.GUEST_KEY, entrant.guest_key.strip().casefold()
    if entrant.bib:
        yield Rule.BIB, number_of(entrant.bib)
    if entrant.email:
        yield Rule.EMAIL, email_key(entrant.email)
    yield from ((Rule.NAME, _words(name)) for name in entrant.names if name.strip())


def _words(name):
    """A name in whichever order its parts are written."""
    return tuple(sorted(name_key(name).split()))


def _agree(line, entrant):
    """Whether name and age may be the same person's; what one side does not know speaks against nothing."""
    if line.birth_year and entrant.birth_year and abs(line.birth_year - entrant.birth_year) > 1:
        return False
    return not line.name or not entrant.names or any(_alike(line.name, name) for name in entrant.names)


def _alike(one, other):
    """Each word of the shorter name is in the longer, or its beginning is: "Kari N" and "Kari Marie Nordås"."""
    short, long = sorted((name_key(one).split(), name_key(other).split()), key=len)
    return all(any(a.startswith(b) or b.startswith(a) for b in long) for a in short)


def _narrowed(candidates, line):
    """Several of one name: the year or the class may tell."""
    for tells in (lambda each: each.birth_year and each.birth_year == line.birth_year, _has_class_of(line)):
        if len(candidates) > 1 and len(told := [each for each in candidates if tells(each)]) == 1:
            return told
    return candidates


def _has_class_of(line):
    wanted = fold_letters(line.race_class)
    return lambda each: bool(wanted) and fold_letters(each.race_class) == wanted
