"""What the race page and the questions page share: a section for each person and activity, with a form while it is
open and with what was told when it is not.
"""

from dataclasses import dataclass, field
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from ..domain.answers import Window, may_answer
from ..models import Answer, History
from ..reports.told import of_people
from . import parties
from .doors import unknown_link
from .steps import show_step, url_after

TOO_LATE = {Window.DEADLINE_PASSED, Window.CLOSED}


@dataclass
class Section:
    """One person at one activity. heading is "" where nobody else and nothing else stands on the page."""

    answer: Answer
    window: Window
    form: Any = None
    facts: list = field(default_factory=list)
    is_first: bool = True
    heading: str = ""

    @property
    def is_open(self):
        return self.window is Window.OPEN

    @property
    def errors(self):
        """(id, "question what to do") of each wrong field, with whose it is where several people stand here."""
        if self.form.is_valid():  # which may ask one thing more
            return []
        who = f"{self.heading}: " if self.heading else ""
        return [
            (bound.id_for_label or f"{bound.auto_id}_0", f"{who}{asks(bound.label)} {error}")
            for bound in self.form
            for error in bound.errors
        ]


def asks(label):
    """The label as the beginning of a line about it."""
    return label if label.endswith(("?", "!", ".", ":")) else f"{label}:"


def sections_of(guest, answers):
    """Sections for the party's answers, in the order of the programme and the guest before whom the guest brings."""
    now = timezone.now()
    in_order = sorted(
        answers, key=lambda row: (row.activity.starts_at, row.activity_id, row.guest_id != guest.pk, row.guest_id)
    )
    has_company = len({row.guest_id for row in in_order}) > 1
    sections, before = [], None
    for row in in_order:
        window = may_answer(guest.event.state, row.activity.closes_at(guest.event), now)
        row.guest = guest if row.guest_id == guest.pk else row.guest
        heading = parties.name_of(row.guest) if has_company else ""
        sections.append(Section(row, window, is_first=row.activity_id != before, heading=heading))
        before = row.activity_id
    return sections


def tell_page(request, guest, answers, *, template, make_forms, save, **context):
    """Shows a section for each of the party's answers among these, or takes what was typed: 303 when it is saved, 422
    when something must be done again; the warm 404 where nobody of the party is invited to any of it.

    make_forms(answers, data) gives {answer id: form}; save(event, {answer: said}, …) stores. What reaches us after the
    deadline is not stored, but stays to be read (A14).
    """
    rows = answers.of_party(guest).filter(activity__cancelled_at=None)
    invited = list(rows.select_related("activity", "guest__contact"))
    if not invited:
        return unknown_link(request)
    sections = sections_of(guest, [row for row in invited if row.is_taking_part])
    posted = request.POST if request.method == "POST" else None
    _fill(sections, posted, make_forms)
    errors, late = [], []
    if posted is not None:
        open_ones = [section for section in sections if section.is_open and _was_shown(section, posted)]
        errors = [error for section in open_ones for error in section.errors]
        if open_ones and not errors:
            said = {section.answer: section.form.said for section in open_ones}
            save(guest.event, said, by=None, channel=History.Channel.WEB, now=timezone.now())
        late = [] if errors else _too_late(sections)
        errors = errors or [("", why_shut(guest.event, section.window)) for section in late]
        if not errors:
            to = url_after(request, guest, request.resolver_match.url_name)
            return HttpResponse(status=303, headers={"Location": to})
    may_save = any(section.is_open for section in sections)
    return show_step(
        request, guest, template, status=422 if errors else 200, sections=sections, errors=errors, may_save=may_save,
        why_shut="" if may_save or not sections else why_shut(guest.event, sections[0].window),
        is_too_late=any(section.window in TOO_LATE for section in late),
        several=len({section.answer.activity_id for section in sections}) > 1, **context,
    )  # fmt: skip


def _fill(sections, posted, make_forms):
    """A form where it is open, or was when somebody began to type; else what was told."""
    forms = make_forms([section.answer for section in sections], posted)
    for section in sections:
        form = forms[section.answer.pk]
        is_typed = posted is not None and any(name.startswith(f"{form.prefix}-") for name in posted)
        section.form = form if section.is_open or is_typed else None
    shut = [section.answer for section in sections if section.form is None]
    told = of_people(shut) if shut else {}
    for section in sections:
        section.facts = told.get(section.answer.pk, [])


def _was_shown(section, posted):
    """Of somebody who came in after the page was loaded it says nothing, not even that nothing was chosen."""
    shown = posted.getlist("shown")
    return not shown or section.form.prefix in shown


def _too_late(sections):
    """The first section of what was typed and could not be stored, in a list."""
    typed = [section for section in sections if section.form and not section.is_open]
    shut = typed or [section for section in sections if not any(each.is_open for each in sections)]
    return shut[:1]


def why_shut(event, window):
    """One sentence for a page that takes nothing any more."""
    if window is Window.CANCELLED:
        return gettext("We are sorry – this event is cancelled")
    if window in (Window.HELD, Window.ARCHIVED):
        return gettext("This event is over")
    if window is Window.DRAFT:
        return gettext("We are still setting the table")
    return gettext("The reply date has passed, but do get in touch with %(name)s.") % {"name": event.contact[0]}
