"""What is said about a guest list: a kind sentence, in the language in force, for each code and its facts."""

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext


def problem(code, facts):
    """Why a row was refused, and what to do."""
    return _PROBLEMS[code](facts)


def question(code, facts):
    """What is asked about a row, and how to answer."""
    return _QUESTIONS[code](facts)


def notice(code, facts):
    """What is worth a look about a row that was taken."""
    return _NOTICES[code](facts)


def column_rows(rows):
    """[(ColumnLook, field, why it is not read)] of the pairs a form has."""
    return [(look, field, _IGNORED.get(look.column.why_ignored, "")) for look, field in rows]


def shown(field, value):
    """A stored value as people read it."""
    if value in ("", None):
        return _("nothing")
    return dict(settings.LANGUAGES).get(value, value) if field == "language" else str(value)


def _address_wrong(facts):
    reasons = {
        "no_at": _("This is no mail address, for the @ is missing. Correct it, or leave the cell empty."),
        "space": _("There is a space inside this mail address. Take it out."),
        "dots": _("A mail address cannot have two dots in a row, nor begin or end with one. Correct it."),
        "local_part": _("What stands before the @ has a character that no mail address has. Correct it."),
        "domain": _("What stands after the @ is no domain, like company.com. Correct it."),
        "too_long": _("This mail address is longer than any can be. Correct it."),
    }
    return reasons.get(facts["reason"]) or _("This is no mail address. Write it like name@company.com.")


def _people(facts):
    return " · ".join(facts.get("people") or ())


def _several_fit(facts):
    if people := _people(facts):
        return _("This could be more than one person we know: %(people)s. Add the mail address to the row.") % {
            "people": people
        }
    return _("This could be more than one person we know. Add the mail address or the company to the row.")


def _number_of_someone_else(facts):
    if people := _people(facts):
        return _("The number in this row belongs to %(people)s. Correct the number or the name.") % {"people": people}
    return _("The number in this row belongs to somebody else. Correct the number or the name.")


def _already_matched(facts):
    return _(
        "Row %(first_row)s is this person, too, as far as we can tell. Keep one row, or tell them apart by mail."
    ) % {"first_row": facts["first_row"]}


def _same_name_elsewhere(facts):
    if people := _people(facts):
        return _("We know somebody of the same name: %(people)s. Is it the same person?") % {"people": people}
    return _("We know somebody of the same name. If it is the same person, use the same mail address.")


def _same_address_elsewhere(facts):
    if people := _people(facts):
        return _("Shares the mail address with %(people)s.") % {"people": people}
    return _("Shares the mail address with somebody we know.")


_PROBLEMS = {
    "name_missing": lambda facts: _("There is no name in this row. Write one, and import the list again."),
    "too_long": lambda facts: (
        ngettext(
            "This is longer than %(limit)s character. Shorten it.",
            "This is longer than %(limit)s characters. Shorten it.",
            facts["limit"],
        )
        % facts
    ),
    "line_break": lambda facts: _("There is a line break in this cell. Put it all on one line."),
    "control_character": lambda facts: (
        _("There is an invisible control character (%(character)s) in this cell. Type the text anew.") % facts
    ),
    "unreadable_character": lambda facts: _(
        "A character of this cell was lost before the file came here. Save the file anew as UTF-8 or .xlsx."
    ),
    "formula_without_value": lambda facts: _(
        "This is a formula whose result is not in the file. Paste it as a value, and save."
    ),
    "sum_row": lambda facts: _("This looks like a row of sums, not like a guest. It is left out."),
    "heading_again": lambda facts: _("This row repeats the headings. It is left out."),
    "above_heading": lambda facts: (
        _("This looks like a guest, but stands above the headings in row %(heading_row)s. Move it below them.") % facts
    ),
    "address_wrong": _address_wrong,
    "asked_not_to_be_invited": lambda facts: _(
        "This person has asked not to be invited again, and is left out. Take the row out of the list."
    ),
    "address_several": lambda facts: _("There are two mail addresses in this cell. Keep the one that counts."),
}
_QUESTIONS = {
    "two_people": lambda facts: _("Two people in one cell? Each guest needs a row, to answer for themselves."),
    "with_companion": lambda facts: _("A guest and a companion? Companions have a column of their own."),
    "same_person_with_address": lambda facts: (
        _("The same person as in row %(first_row)s, now with a mail address? Keep one of the rows.") % facts
    ),
    "same_number": lambda facts: (
        _("Row %(first_row)s has the same number but another name. Correct one of them.") % facts
    ),
    "several_fit": _several_fit,
    "number_of_someone_else": _number_of_someone_else,
    "already_matched": _already_matched,
}
_NOTICES = {
    "no_email": lambda facts: _("Has no mail: call, or hand over the link."),
    "language_unknown": lambda facts: (
        _("We do not write this language: %(value)s. The letter uses the house's own.") % facts
    ),
    "companions_unclear": lambda facts: (
        _("Companions as a number, please; this says %(value)s. Counted as none.") % facts
    ),
    "phone_unclear": lambda facts: _("A spreadsheet has spoilt this phone number: %(value)s.") % facts,
    "formula_without_value": lambda facts: _("A formula without a result; the cell counts as empty."),
    "note_shortened": lambda facts: (
        ngettext(
            "The note was cut after %(limit)s character.",
            "The note was cut after %(limit)s characters.",
            facts["limit"],
        )
        % facts
    ),
    "same_name_in_file": lambda facts: (
        _("Same name and company as in row %(first_row)s, with another address. Two people?") % facts
    ),
    "same_name_elsewhere": _same_name_elsewhere,
    "same_address_elsewhere": _same_address_elsewhere,
    "address_kept": lambda facts: _(
        "The address stays as it is, as this person is also a guest of an event that others work on. "
        "Ask them, or whoever runs the site, to change it."
    ),
}
_IGNORED = {
    "not_recognised": gettext_lazy("Not read: we do not know this heading."),
    "chosen": gettext_lazy("Not read, as you chose."),
    "company_number": gettext_lazy("Not read: the number belongs to the company, not to the person."),
    "running_number": gettext_lazy("Not read: it only counts the rows."),
}
