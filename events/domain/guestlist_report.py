"""What becomes of each row of a guest list, as plain values that JSON can carry."""

from events.domain.guestlist_decisions import ANSWERABLE
from events.domain.guestlist_rows import Remark, Row
from events.domain.matching import Fate, Tally

# What the file changes about the person; the rest is about the guest at one event.
CONTACT_FIELDS = ("name", "first_name", "company", "email", "phone", "language", "external_id")


class Report:
    """Counts rows and keeps an entry for each of the fates in `keeps`.

    `may_see(key)` says whether the reader may see what is stored about a known person. About anybody else
    an entry tells no more than the file does, and that something changes.
    """

    def __init__(self, *, may_see, keeps=frozenset(Fate)):
        self._may_see, self._keeps = may_see, keeps
        self._tally = Tally()
        self.entries = {fate: [] for fate in Fate}
        self.without_mail, self.address_kept, self.missing = [], [], []

    def add(self, outcome):
        self._tally.add(outcome)
        notices = self._notices(outcome)
        codes = {notice["code"] for notice in notices}
        if Remark.NO_EMAIL in codes:
            self.without_mail.append(_person(outcome.line))
        if Remark.ADDRESS_KEPT in codes:
            self.address_kept.append(_person(outcome.line))
        if outcome.fate in self._keeps:
            self.entries[outcome.fate].append(self._entry(outcome, notices))

    def add_missing(self, people):
        """The guests of this event who are not in the file."""
        self.missing = [_of_person(person) for person in people]

    @property
    def counts(self):
        """rows = new + changed + unchanged + refused + duplicate + question; missing and without_mail beside."""
        fates = {str(fate): self._tally[fate] for fate in Fate}
        beside = {"missing": len(self.missing), "without_mail": len(self.without_mail)}
        return {"rows": self._tally.rows, **fates, **beside}

    def as_json(self):
        entries = {str(fate): entries for fate, entries in self.entries.items()}
        beside = {name: getattr(self, name) for name in ("missing", "without_mail", "address_kept")}
        return {"counts": self.counts, **entries, **beside}

    def _entry(self, outcome, notices):
        line, known = outcome.line, outcome.known
        if outcome.fate is Fate.REFUSED:
            return {"row": line.number, "problems": [_problem(problem) for problem in line.problems]}
        if outcome.fate is Fate.DUPLICATE:
            return {"row": line.number, "name": line.name, "first_row": line.first_row}
        if outcome.fate is Fate.QUESTION:
            return self._question(line)
        entry = _person(line) | {"notices": notices}
        if known:
            is_seen = known.is_guest or self._may_see(known.key)
            changes = {
                field: list(change)
                for field, change in outcome.changes.items()
                if known.is_guest or field in CONTACT_FIELDS
            }
            entry |= {"is_known": True, "changes": changes if is_seen else {}, "is_updated": bool(changes)}
        return entry

    def _question(self, question):
        return _person(question.as_written) | {
            "code": question.code,
            "facts": self._seen(question.facts),
            "proposal": [row.name for row in question.proposal],
            "is_answerable": question.code in ANSWERABLE,
        }

    def _notices(self, outcome):
        """The row's notices; who has an address with us is not marked as having none."""
        if not isinstance(outcome.line, Row):
            return []
        has_mail = bool(outcome.known and outcome.known.email)
        return [
            {"code": notice.code, "field": notice.field, "facts": self._seen(notice.facts)}
            for notice in outcome.line.notices
            if not (has_mail and notice.code is Remark.NO_EMAIL)
        ]

    def _seen(self, facts):
        """The facts without our keys, and without the people the reader may not see."""
        shown = {name: value for name, value in facts.items() if name not in ("key", "keys", "person", "people")}
        people = zip(facts.get("keys", ()), facts.get("people", ()), strict=True)
        if "keys" in facts:
            shown["people"] = [person for key, person in people if self._may_see(key)]
        if "key" in facts:
            shown["people"] = [facts["person"]] if self._may_see(facts["key"]) else []
        return shown


def _person(row):
    return {"row": row.number, "name": row.name, "company": row.company, "email": row.email}


def _of_person(person):
    return {"name": person.name, "company": person.company, "email": person.email}


def _problem(problem):
    return {
        "row": problem.row,
        "field": problem.field,
        "value": problem.value,
        "code": problem.code,
        "facts": problem.facts,
    }
