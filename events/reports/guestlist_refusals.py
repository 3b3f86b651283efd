"""Why a file as a whole cannot be read as a guest list, and what to do about it."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


def sentence(code, facts):
    """A kind sentence for the code and facts of a TableError, in the language in force."""
    return _SENTENCES[code](facts)


def _empty(facts):
    if facts["other_sheets"]:
        return _("The sheet %(sheet)s is empty. There is more in: %(others)s.") % {
            "sheet": facts["sheet"],
            "others": ", ".join(facts["other_sheets"]),
        }
    return _("The file is empty. Save the list again, and choose that file.")


def _too_big(facts):
    if facts["is_unpacked"]:
        return _("This file is small but unfolds into something huge. Save the list as CSV, and choose that file.")
    return _("The file is %(size)s; a guest list can be up to %(limit)s. Take out pictures, or divide it.") % {
        "size": filesizeformat(facts["size_bytes"]),
        "limit": filesizeformat(facts["limit_bytes"]),
    }


def _too_many_rows(facts):
    return (
        ngettext(
            "There is more than %(limit)s row. Divide the list, and import the parts one by one.",
            "There are more than %(limit)s rows. Divide the list, and import the parts one by one.",
            facts["limit"],
        )
        % facts
    )


def _too_many_columns(facts):
    return _("Row %(row)s has more than %(limit)s columns. Keep the columns about the guests.") % facts


def _not_a_table(facts):
    kinds = {
        "xls": _("This is an old Excel file (.xls). Open it, and save it as .xlsx or CSV."),
        "xlsb": _("This is a binary Excel file (.xlsb). Open it, and save it as .xlsx or CSV."),
        "ods": _("This is a LibreOffice file. Open it, and save it as .xlsx or CSV."),
        "numbers": _("This is a Numbers file. Open it, and export it as Excel or CSV."),
        "password": _("This file is locked with a password. Save it without one, and choose that file."),
        "pdf": _("This is a PDF. Ask for the list as Excel or CSV."),
        "html": _("This is a web page, even if it is called something else. Open it in Excel, and save it as .xlsx."),
        "word": _("This is a Word file. Copy the table into a spreadsheet, and save it as .xlsx."),
        "rtf": _("This is a text document. Copy the table into a spreadsheet, and save it as .xlsx."),
        "vcard": _("These are address cards. Import them in Outlook or Gmail, and export them as CSV."),
        "picture": _("This is a picture. Ask for the list as Excel or CSV."),
        "archive": _("This is an archive. Unpack it, and choose the list in it."),
        "damaged": _("The file is damaged, or was not sent whole. Save the list again, and choose that file."),
    }
    return kinds.get(facts["kind"]) or _("This is no list that we can read. Save it as .xlsx or CSV.")


def _no_such_sheet(facts):
    if not facts["sheets"]:
        return _("This file has no sheets; leave the sheet out.")
    return _("There is no sheet %(name)s. There are: %(sheets)s.") % {
        "name": facts["name"],
        "sheets": ", ".join(facts["sheets"]),
    }


def _no_headings(facts):
    return _(
        "We found no row of headings. Write headings above the columns, at least Name; row %(row)s is: %(cells)s."
    ) % {"row": facts["row"], "cells": " | ".join(filter(None, facts["cells"]))}


def _no_name_column(facts):
    return _("No column holds names. Say which one does; there are: %(columns)s.") % {
        "columns": ", ".join(facts["columns"])
    }


def _only_headings(facts):
    return _("There are headings in row %(row)s, but no guests below them. Is it the right file?") % facts


def _unknown_column(facts):
    return _("There is no column %(column)s. There are: %(columns)s.") % {
        "column": facts["column"],
        "columns": ", ".join(facts["columns"]),
    }


def _unknown_field(facts):
    return _("There is no field %(field)s. There are: %(fields)s.") % {
        "field": facts["field"],
        "fields": ", ".join(facts["fields"]),
    }


_SENTENCES = {
    "file_is_empty": _empty,
    "file_is_too_big": _too_big,
    "too_many_rows": _too_many_rows,
    "too_many_columns": _too_many_columns,
    "not_a_table": _not_a_table,
    "no_such_sheet": _no_such_sheet,
    "no_headings": _no_headings,
    "no_name_column": _no_name_column,
    "only_headings": _only_headings,
    "unknown_column": _unknown_column,
    "unknown_field": _unknown_field,
}
