"""Guests and answers as tables to take along: CSV as Nordic spreadsheets read it, and XLSX with text cells."""

import csv
from io import StringIO
from itertools import chain, islice

from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from ..domain.cells import defused
from ..models import Guest, Invitation
from . import result_exports, starts
from .answers import answers
from .line_words import called

BOM = "\ufeff"
BATCH = 200
PERSON = (
    "contact__name", "contact__first_name", "companion_name", "contact__company__name", "contact__email",
    "contact__phone", "contact__language", "host__name", "companions_allowed", "contact__external_id", "note",
    "invitation__state", "companion_of__contact__name",
)  # fmt: skip


def guests(event):
    """(headings, rows of text): who is on the guest list. One query, rows as they come."""
    headings = [
        _("name"), _("first name"), _("company"), _("mail"), _("phone"), _("language"), _("host"), _("companions"),
        pgettext("in another register", "number"), _("note"), _("invitation"), _("comes with"),
    ]  # fmt: skip
    states = {value: str(label) for value, label in Invitation.State.choices}
    found = Guest.objects.filter(event=event, forgotten_at=None).order_by("sort_key", "pk").values_list(*PERSON)
    rows = (
        [name or called(companion, leader), first or "", company or "", email or "", phone or "", language or "",
         host or "", str(companions), number or "", note, states.get(state, ""), leader or ""]
        for name, first, companion, company, email, phone, language, host, companions, number, note, state, leader
        in found.iterator(chunk_size=2000)
    )  # fmt: skip
    return headings, rows


REPORTS = {
    "guests": guests,
    "answers": answers,
    "start-list": starts.table,
    "results": result_exports.table,
}


def parts(headings, rows, title, form):
    """The file as bytes in parts; form is "csv" or "xlsx"."""
    return csv_parts(headings, rows) if form == "csv" else [xlsx(headings, rows, title)]


def csv_parts(headings, rows):
    """The file in parts of some two hundred rows: UTF-8 with BOM, semicolons, no cell that runs as a formula."""
    yield BOM.encode()
    rows = chain([headings], rows)
    while batch := list(islice(rows, BATCH)):
        text = StringIO()
        csv.writer(text, delimiter=";").writerows([[defused(cell) for cell in row] for row in batch])
        yield text.getvalue().encode()


def xlsx(headings, rows, title):
    """The whole file as bytes, see workbooks.filled."""
    # openpyxl takes a sixth of a second and 15 MB to load, which few processes ever need.
    from .workbooks import filled

    return filled(headings, rows, title)
