"""Why a file as a whole cannot be read as results, and what to do about it."""

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from . import guestlist_refusals


def sentence(code, facts):
    """A kind sentence for the code and facts of a TableError, in the language in force."""
    own = _SENTENCES.get(code)
    return (own(facts) if own else "") or guestlist_refusals.sentence(code, facts)


def _too_big(facts):
    if facts["is_unpacked"]:
        return ""
    return _("The file is %(size)s; a file of results can be up to %(limit)s. Take out pictures, or divide it.") % {
        "size": filesizeformat(facts["size_bytes"]),
        "limit": filesizeformat(facts["limit_bytes"]),
    }


def _too_many_columns(facts):
    return _("Row %(row)s has more than %(limit)s columns. Keep bib, name, time and status.") % facts


def _not_a_table(facts):
    kinds = {
        "json": _("There is no list of runners in this JSON file. Ask the timing service for its results as CSV."),
        "xml": _("There are no results in this XML file. Ask the timing service for its results as CSV."),
        "track": _("This is a track from a watch. Write that runner's time by hand."),
        "pdf": _("This is a PDF. Ask the timing service for the results as Excel or CSV."),
    }
    return kinds.get(facts["kind"], "")


def _no_headings(facts):
    words = _("We found no headings. Say which column holds bib or name, and which the time. Row %(row)s: %(cells)s.")
    return words % {"row": facts["row"], "cells": " | ".join(filter(None, facts["cells"]))}


def _no_time(facts):
    columns = {"columns": ", ".join(facts["columns"])}
    if facts["is_start_list"]:
        return (
            _("This looks like a start list: it has no times. Say which column holds the time; there are: %(columns)s.")
            % columns
        )
    return _("No column holds times. Say which one does; there are: %(columns)s.") % columns


def _no_runner(facts):
    words = _("No column tells whose time it is. Say which one holds the bib or the name; there are: %(columns)s.")
    return words % {"columns": ", ".join(facts["columns"])}


def _only_headings(facts):
    return _("There are headings in row %(row)s, but no runners below them. Is it the right file?") % facts


_SENTENCES = {
    "file_is_too_big": _too_big,
    "too_many_columns": _too_many_columns,
    "not_a_table": _not_a_table,
    "no_time_headings": _no_headings,
    "no_time_column": _no_time,
    "no_runner_column": _no_runner,
    "only_headings": _only_headings,
}
