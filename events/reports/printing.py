"""All that is printed of a race, by name: the words are gathered, and the press makes the file."""

from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from ..domain.documents.bibs import Bib
from ..domain.documents.bibs import bibs as bibs_printed
from ..domain.documents.diplomas import diplomas as diplomas_printed
from ..domain.documents.lists import printed_list
from ..domain.documents.typesetting import Form
from . import diplomas, documents, result_sheets

START_LISTS = ("start-list", "starters-list")
PRINTED = ("bibs", *START_LISTS, "results", "results-guests", "diplomas")
ROWS_SEEN = 30  # of a list whose first page is shown
MOST_DIPLOMAS = 500  # in one file: three seconds, and some 200 MB while it is made


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How bibs are wanted; `numbers` are the lowest and the highest, where only some are. Which part of the diplomas,
    where they need several files.
    """

    order: str = "bib"
    two_on_a4: bool = False
    blanks: range = range(0)
    numbers: tuple[int, int] | None = None
    part: int = 1

    def takes(self, bib):
        return self.numbers is None or (bib is not None and self.numbers[0] <= bib <= self.numbers[1])


def printed(what, race, *, now, wish=None) -> bytes:
    """The PDF of this name (one of PRINTED), in the language in force."""
    return _made(what, race, now, wish or Wish(), Form.PDF)


def parts_of(count):
    """[(number, first, last)] of the files that so many diplomas need."""
    begins = range(0, count, MOST_DIPLOMAS)
    return [(at, begin + 1, min(begin + MOST_DIPLOMAS, count)) for at, begin in enumerate(begins, start=1)]


def first_page(what, race, *, now) -> bytes | None:
    """A PNG of how it begins; None where there is nothing to see."""
    return _made(what, race, now, Wish(), Form.PNG)


def _made(what, race, now, wish, form):
    makers = {"bibs": _bibs, "diplomas": _diplomas}
    return makers.get(what, _list)(what, race, now, wish, form)


def _bibs(what, race, now, wish, form):
    found = [one for one in documents.starters(race) if wish.takes(one.bib)]
    content = documents.bibs(race, found, order=wish.order, two_on_a4=wish.two_on_a4, blanks=wish.blanks)
    if form is Form.PNG:
        content = replace(content, bibs=content.bibs[:1] or (Bib(number=1),))
    return bibs_printed(content, _frame(_("Bibs"), race), form)


def _diplomas(what, race, now, wish, form):
    begin = max(wish.part - 1, 0) * MOST_DIPLOMAS
    found = diplomas.results_of(race)[begin : begin + MOST_DIPLOMAS]
    if not found:
        return None
    content = diplomas.all_diplomas(found[:1] if form is Form.PNG else found)
    return diplomas_printed(content, _frame(_("Diplomas"), race), form)


def _list(what, race, now, wish, form):
    content = _content_of(what, race, now)
    if form is Form.PNG:
        groups = tuple(replace(group, rows=group.rows[:ROWS_SEEN]) for group in content.groups[:ROWS_SEEN])
        content = replace(content, groups=groups)
    return printed_list(content, _frame(content.heading, race), form)


def _content_of(what, race, now):
    if what in START_LISTS:
        is_starters = what == "starters-list"
        return documents.start_list(race, documents.starters(race), now=now, for_starters=is_starters)
    makers = {"results": result_sheets.in_full, "results-guests": result_sheets.as_guests_see}
    return makers[what](race, now=now)


def _frame(title, race):
    return documents.frame(f"{title} · {race.activity.event}")
