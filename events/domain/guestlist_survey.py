"""The first look at a guest list: what only whole columns can tell."""

from dataclasses import replace

from events.domain.addresses import NotAnAddress, clean_email, email_key
from events.domain.cells import unwrap
from events.domain.heading_words import CUSTOMER_NUMBER
from events.domain.headings import NAME_FIELDS
from events.domain.names import NameOrder, fold_letters, name_key, traces

LONGEST_LOOK = 300  # characters of a cell; what is longer will be refused


class Survey:
    """Counts rows and gathers, per column, how names are written and whose numbers they are."""

    def __init__(self, columns):
        self.count = 0
        self._columns = columns
        self._orders = {c.index: NameOrder() for c in columns if c.field in ("name", "host")}
        self._numbers = {c.index: _Numbers() for c in columns if c.number_kind and c.field}
        self._present = set()

    def add(self, line):
        self.count += 1
        for index, order in self._orders.items():
            order.add(_cell(line, index))
        name = " ".join(filter(None, self._texts(line, NAME_FIELDS)))
        company = " ".join(self._texts(line, ("company",)))
        for index, numbers in self._numbers.items():
            numbers.add(_cell(line, index), name_key(name), fold_letters(company))
        if name:
            self._present.update(traces(name, _key(self._texts(line, ("email",))), company))

    def present(self):
        return frozenset(self._present)

    def last_name_first(self):
        """The indexes of the columns written "Last, First"."""
        return frozenset(index for index, order in self._orders.items() if order.is_last_name_first)

    def decided_columns(self):
        """The columns, a number that is not personal now ignored."""
        return tuple(map(self._decided, self._columns))

    def _decided(self, column):
        numbers = self._numbers.get(column.index)
        if numbers is None or numbers.are_personal(is_company_by_name=column.number_kind == CUSTOMER_NUMBER):
            return column
        return replace(column, field="", why_ignored="company_number" if numbers.are_shared else "running_number")

    def _texts(self, line, fields):
        return [_cell(line, column.index) for column in self._columns if column.field in fields]


def _cell(line, index):
    return unwrap(line.cells[index][:LONGEST_LOOK]) if index < len(line.cells) else ""


def _key(texts):
    try:
        return email_key(clean_email(next(filter(None, texts), "")))
    except NotAnAddress:
        return ""


class _Numbers:
    """Whether a column of numbers tells people apart, or companies, or just counts rows."""

    def __init__(self):
        self.are_shared = False
        self._people, self._companies = {}, {}
        self._differ_in_company, self._values = False, []

    def add(self, number, person, company):
        if not number or not person:
            return
        if self._people.setdefault(number, person) != person:
            self.are_shared = True
        if company and self._companies.setdefault(company, number) != number:
            self._differ_in_company = True
        self._values.append(number)

    def are_personal(self, *, is_company_by_name):
        """A company's number by its heading is personal only if two people of one company differ in it."""
        if self.are_shared or self._is_running():
            return False
        return self._differ_in_company or not is_company_by_name

    def _is_running(self):
        """1, 2, 3 … is where a row stands, and another tomorrow."""
        return len(self._values) > 1 and self._values == [str(n) for n in range(1, len(self._values) + 1)]
