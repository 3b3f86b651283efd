"""The race: what a runner may tell, for oneself and for those one brings."""

from functools import partial

from django.utils import timezone
from django.utils.translation import gettext

from ..actions import entries
from ..forms.race import EntryForm
from ..models import Answer, Entry, History, RaceClass
from ..reports.told import of_people
from .doors import guest_only, unknown_link
from .telling import sections_of, tell_page


@guest_only("GET", "HEAD", "POST")
def race(request, guest):
    """`/i/<token>/race/`: class, been up before, target time and shirt; all of it optional."""
    invited = list(
        Answer.objects.of_party(guest).to_races().filter(activity__cancelled_at=None)
        .select_related("activity", "guest__contact")
    )  # fmt: skip
    if not invited:
        return unknown_link(request)
    sections = sections_of(guest, [row for row in invited if row.is_taking_part])
    return tell_page(
        request, guest, sections,
        template="events/race.html",
        make_form=partial(_form, _classes(sections), _entries(sections)),
        facts_of=of_people,
        save=partial(_save, guest),
        step_title=gettext("The race"),
        several=len({section.answer.activity_id for section in sections}) > 1,
    )  # fmt: skip


def _form(classes, entries, data, answer):
    return EntryForm(
        data,
        answer=answer,
        classes=classes.get(answer.activity_id, []),
        entry=entries.get((answer.guest_id, answer.activity_id)),
    )


def _classes(sections):
    """{activity id: its classes in order}; one query."""
    classes = {}
    for each in RaceClass.objects.filter(activity__in={section.answer.activity_id for section in sections}):
        classes.setdefault(each.activity_id, []).append(each)
    return classes


def _entries(sections):
    """{(guest id, activity id): entry}; one query."""
    found = Entry.objects.filter(guest__in={section.answer.guest_id for section in sections})
    return {(entry.guest_id, entry.activity_id): entry for entry in found}


def _save(guest, sections):
    told = {section.answer: section.form.facts for section in sections}
    entries.tell(guest.event, told, by=None, channel=History.Channel.WEB, now=timezone.now())
