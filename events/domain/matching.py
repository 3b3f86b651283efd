"""Who in a guest list is already known, and what the file says differently.

The same person: a personal number, else address and name, else name and company; otherwise somebody new, with
a notice where the name or the address is known already. Every row of the file has exactly one fate.
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from enum import StrEnum

from events.domain.addresses import email_key, phone_key
from events.domain.guestlist_rows import Doubt, Duplicate, Notice, Question, Refused, Remark, Row
from events.domain.names import fold_letters, is_better_spelling, name_key, traces

MOST_NAMED = 5  # people named in one notice or question


class Fate(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"
    DUPLICATE = "duplicate"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody already known; `key` is the caller's own. `is_guest`: already on this event's list.

    `is_address_kept`: whoever brings the file may not change this person's address.
    """

    key: object
    name: str
    first_name: str = ""
    company: str = ""
    email: str = ""
    phone: str = ""
    host: str = ""
    language: str = ""
    companions: int | None = None
    external_id: str = ""
    note: str = ""
    is_guest: bool = True
    is_address_kept: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What becomes of one row of the file.

    `known`: the person it is, also when that person is new to this event; `changes`: {field: (old, new)};
    `line`: the Row (with the notices that matching added), Refused, Duplicate or Question.
    """

    fate: Fate
    number: int
    line: Row | Refused | Duplicate | Question
    known: Known | None = None
    changes: dict = field(default_factory=dict)


class People:
    """Everybody known, found in constant time by number, address, or name and company."""

    def __init__(self, known):
        self.everybody = tuple(known)
        self._index = {}
        for person in self.everybody:
            for trace in _traces(person):
                self._index.setdefault(trace, []).append(person)

    def by(self, kind, *values):
        """The people with a trace, e.g. by("email", key, name) or by("number", "K1")."""
        return self._index.get((kind, *values), [])


def _traces(person):
    """What a row or a known person can be found by."""
    name = name_key(person.name)
    yield "name", name
    yield "company", name, fold_letters(person.company)
    if person.email:
        yield "email", email_key(person.email), name
        yield "address", email_key(person.email)
    if person.external_id:
        yield "number", person.external_id.casefold()


class Matcher:
    """Matches the rows of one file, in order; remembers who was found, so nobody is matched twice."""

    def __init__(self, people, present=frozenset()):
        self._people, self._present, self._found = people, present, {}

    def outcome(self, line):
        """The Outcome of a Row, Refused, Duplicate or Question."""
        if isinstance(line, Refused):
            return Outcome(Fate.REFUSED, line.number, line)
        if isinstance(line, Duplicate):
            return Outcome(Fate.DUPLICATE, line.number, line)
        if isinstance(line, Row):
            line, known = self._match(line)
            if isinstance(line, Row):
                return _compared(line, known)
        return Outcome(Fate.QUESTION, line.number, line)

    def missing(self):
        """The guests of this event that the file does not have, after all its rows have been matched."""
        return [person for person in self._people.everybody if person.is_guest and not self._is_present(person)]

    def _is_present(self, person):
        return person.key in self._found or any(trace in self._present for trace in _file_traces(person))

    def _match(self, row):
        """(row with notices, known person or None), or (Question, None)."""
        candidates = self._candidates(row)
        if len(candidates) > 1:
            return _question(row, Doubt.SEVERAL_FIT, _named(candidates)), None
        if not candidates:
            return self._with_notices(row), None
        known = candidates[0]
        facts = {"key": known.key, "person": _shown(known)}
        if _is_someone_else(row, known):
            return _question(row, Doubt.NUMBER_OF_SOMEONE_ELSE, facts), None
        if known.key in self._found:
            return _question(row, Doubt.ALREADY_MATCHED, facts | {"first_row": self._found[known.key]}), None
        self._found[known.key] = row.number
        return row, known

    def _candidates(self, row):
        """Those the row may be, by the strongest rule that finds any."""
        name = name_key(row.name)
        if row.external_id and (found := self._people.by("number", row.external_id.casefold())):
            others = self._people.by("email", email_key(row.email), name) if row.email else []
            return [*found, *(person for person in others if person not in found)]
        if row.email and (found := self._people.by("email", email_key(row.email), name)):
            return _narrowed(found, row)
        found = self._people.by("company", name, fold_letters(row.company))
        return [person for person in found if self._may_be(row, person)]

    def _may_be(self, row, person):
        """Whether somebody of the same name and company is the row's person, whatever the address."""
        if row.external_id and person.external_id:
            return False  # the numbers differ, or the number had found this person
        if not row.email or not person.email:
            return True
        return bool(row.company) and _file_traces(person)[0] not in self._present

    def _with_notices(self, row):
        alike = self._people.by("name", name_key(row.name))
        notices = [Notice(Remark.SAME_NAME_ELSEWHERE, "name", _named(alike))] if alike else []
        sharing = self._people.by("address", email_key(row.email)) if row.email else []
        if sharing:
            notices.append(Notice(Remark.SAME_ADDRESS_ELSEWHERE, "email", _named(sharing)))
        return replace(row, notices=(*row.notices, *notices)) if notices else row


def _file_traces(person):
    return traces(person.name, email_key(person.email) if person.email else "", person.company)


def _narrowed(found, row):
    """Several with one address and one name: the company may tell."""
    same = [person for person in found if fold_letters(person.company) == fold_letters(row.company)]
    return same if len(same) == 1 else found


def _is_someone_else(row, known):
    """Found by number, yet neither name nor address agrees."""
    has_same_address = bool(row.email and known.email) and email_key(row.email) == email_key(known.email)
    return name_key(row.name) != name_key(known.name) and not has_same_address


def _question(row, code, facts):
    return Question(row.number, code, row.name, row, facts=facts)


def _named(people):
    return {
        "keys": tuple(person.key for person in people[:MOST_NAMED]),
        "people": tuple(map(_shown, people[:MOST_NAMED])),
    }


def _shown(person):
    return ", ".join(filter(None, (person.name, person.company)))


def _compared(row, known):
    if known is None:
        return Outcome(Fate.NEW, row.number, row)
    differences = changes(row, known)
    if known.is_address_kept and differences.pop("email", None):
        row = _with_address_kept(row, known)
    if not known.is_guest:
        return Outcome(Fate.NEW, row.number, row, known, differences)
    fate = Fate.CHANGED if differences else Fate.UNCHANGED
    return Outcome(fate, row.number, row, known, differences)


def _with_address_kept(row, known):
    """The row with a notice that its address is not written, and one more when there is none without it."""
    codes = (Remark.ADDRESS_KEPT,) if known.email else (Remark.ADDRESS_KEPT, Remark.NO_EMAIL)
    return replace(row, notices=(*row.notices, *(Notice(code, "email") for code in codes)))


def changes(row, known):
    """{field: (old, new)} of what the file says differently; an empty cell never blanks what is stored."""
    found = {}
    for name, differs in _DIFFERS.items():
        old, new = getattr(known, name), getattr(row, name)
        if new not in ("", None) and differs(old, new):
            found[name] = (old, new)
    if _is_other_first_name(row, known, has_new_name="name" in found):
        found["first_name"] = (known.first_name, row.first_name)
    return found


def _is_other_first_name(row, known, *, has_new_name):
    """Where both sides tell how the name divides, and any difference when the whole name is new."""
    old, new = known.first_name, row.first_name
    if has_new_name:
        return bool(new) and old != new
    return bool(old and new) and fold_letters(old) != fold_letters(new)


def _is_other_text(old, new):
    return " ".join(old.split()) != " ".join(new.split())


_DIFFERS = {
    "name": is_better_spelling,
    "company": is_better_spelling,
    "email": lambda old, new: email_key(old) != email_key(new),
    "phone": lambda old, new: not old or phone_key(old) != phone_key(new),
    "host": is_better_spelling,
    "language": lambda old, new: old != new,
    "companions": lambda old, new: (old or 0) != new,
    "external_id": lambda old, new: old.casefold() != new.casefold(),
    "note": _is_other_text,
}


class Tally:
    """Counts outcomes; by construction rows are the sum of the fates."""

    def __init__(self):
        self._counts = Counter()

    def add(self, outcome):
        self._counts[outcome.fate] += 1

    def __getitem__(self, fate):
        return self._counts[fate]

    @property
    def rows(self):
        return self._counts.total()
