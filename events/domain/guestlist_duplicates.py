"""The same person twice in one file."""

from dataclasses import replace

from events.domain.addresses import email_key
from events.domain.guestlist_rows import Doubt, Duplicate, Notice, Question, Remark
from events.domain.names import fold_letters, name_key


class Seen:
    """Remembers the people of a file and says of each further row whether it is one of them.

    The same: address and name; without an address, name and company. One address may serve several people.
    """

    def __init__(self):
        self._by_address, self._by_company, self._by_number = {}, {}, {}

    def check(self, row):
        """The row, perhaps with a notice; a Duplicate of an earlier one; or a Question."""
        name = name_key(row.name)
        by_company = (name, fold_letters(row.company))
        first = self._first(row, name, by_company)
        if first:
            return Duplicate(row.number, row.name, first)
        if row.external_id and row.external_id.casefold() in self._by_number:
            return _question(row, Doubt.SAME_NUMBER, self._by_number[row.external_id.casefold()])
        earlier, had_address = self._by_company.get(by_company, (None, False))
        if earlier and not had_address and row.email:
            return _question(row, Doubt.SAME_PERSON_WITH_ADDRESS, earlier)
        self._remember(row, name, by_company)
        if earlier:
            notice = Notice(Remark.SAME_NAME_IN_FILE, "name", {"first_row": earlier})
            return replace(row, notices=(*row.notices, notice))
        return row

    def _first(self, row, name, by_company):
        if row.email:
            return self._by_address.get((email_key(row.email), name))
        return self._by_company.get(by_company, (None, False))[0]

    def _remember(self, row, name, by_company):
        if row.email:
            self._by_address[email_key(row.email), name] = row.number
        self._by_company.setdefault(by_company, (row.number, bool(row.email)))
        if row.external_id:
            self._by_number[row.external_id.casefold()] = row.number


def _question(row, code, first_row):
    return Question(row.number, code, row.name, row, facts={"first_row": first_row})
