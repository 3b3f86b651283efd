"""What goes out by itself: the timetable, each rule with its letter, and what to do about what was missed."""

from datetime import datetime, time

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import emails
from ..actions import occurrences, reminders
from ..actions.audiences import NothingToSay, guests_in_order
from ..forms.reminders import ReminderForm
from ..models import History, Letter, Occurrence, Reminder
from ..reports.by_itself import reasons_of, timetable
from .pages import show
from .sending_look import CHOICES, look

OFFICE = History.Channel.OFFICE
both = require_http_methods(["GET", "HEAD", "POST"])


def _page(event):
    return reverse("admin:event_by_itself", args=[event.pk])


def _back(request):
    return HttpResponseRedirect(_page(request.event))


def _how(request):
    return {"by": request.user, "channel": OFFICE, "now": timezone.now()}


def _rule(request, reminder_id):
    """The event's own rule, else 404 (S7)."""
    rows = Reminder.objects.with_occasion()
    return get_object_or_404(rows, pk=reminder_id, event=request.event)


@require_safe
def by_itself(request):
    """When what goes out to how many, counted now, and what has gone out."""
    now = timezone.now()
    found = timetable(request.event, now=now)
    letters = {line.reminder.letter for line in found.lines}
    return show(
        request, "admin/events/by_itself.html", _("What goes out by itself"), timetable=found,
        entries=_entries(found, now), unwritten={kind for kind in letters if not emails.has_text(request.event, kind)},
    )  # fmt: skip


def _entries(found, now):
    """The lines, and between them today, the deadline and the day they count from, in order of time."""
    rules = [("rule", line.due_at, line) for line in found.lines]
    if not found.lines:
        return rules
    event = found.lines[0].reminder.event
    marks = [("deadline", event.answer_by_at)] if event.answer_by_at else []
    marks.append(("today", now))
    marks.append(("day", found.lines[0].reminder.starts_at or _noon(event)))
    entries = [*rules, *((kind, moment, None) for kind, moment in marks)]
    return sorted(entries, key=lambda entry: (entry[1] is None, entry[1] and entry[1].timestamp()))


def _noon(event):
    return datetime.combine(event.held_on, time(12), event.zone)


@both
def rule(request, reminder_id):
    """Another day or hour; beside it who gets the letter, and how it looks."""
    reminder = _rule(request, reminder_id)
    form = ReminderForm(request.POST if request.method == "POST" else None, reminder=reminder)
    if request.method == "POST" and form.is_valid():
        try:
            reminders.change(reminder, **form.cleaned_data, **_how(request))
        except reminders.OnThatDayAlready:  # a colleague, in this very second
            messages.error(request, _("This letter goes out on that day already."))
        else:
            messages.success(request, _("Saved. Thank you!"))
        return _back(request)
    line = next(each for each in timetable(request.event, now=timezone.now()).lines if each.reminder.pk == reminder.pk)
    recipients = guests_in_order(line.chosen.ids)[:CHOICES] if line.chosen else []
    letter = Letter.Kind(reminder.letter)
    return show(
        request, "admin/events/by_itself_rule.html", capfirst(letter.label), status=422 if form.errors else 200,
        form=form, errors=form.errors, line=line, reminder=reminder, letter=letter, recipients=recipients,
        list_url=_page(request.event), **look(request, letter, recipients),
    )  # fmt: skip


@require_POST
def switch(request, reminder_id):
    """On or off, at one press; the other press takes it back."""
    reminder, is_on = _rule(request, reminder_id), request.POST.get("on") == "1"
    if reminders.switch(reminder, is_on, **_how(request)):
        messages.success(request, _("It goes out by itself.") if is_on else _("Switched off: it does not go out."))
    return _back(request)


@require_POST
def begin(request):
    """The usual rules, for an event that has none."""
    reminders.make_usual_where_none(request.event, **_how(request))
    return _back(request)


def _missed(request, occurrence_id):
    rows = Occurrence.objects.select_related("reminder__event")
    return get_object_or_404(rows, pk=occurrence_id, reminder__event=request.event)


@both
def send_missed(request, occurrence_id):
    """What was missed, to whom it concerns now: the count first, then the press."""
    occurrence = _missed(request, occurrence_id)
    if request.method == "POST":
        _send_missed(request, occurrence)
        return _back(request)
    lines = timetable(request.event, now=timezone.now())
    days = [line.day for line in lines.lines if line.day] + lines.earlier
    day = next(each for each in days if each.occurrence.pk == occurrence.pk)
    if day.chosen is None:
        messages.info(request, _("There is nothing to send any more."))
        return _back(request)
    count = len(day.chosen.ids)
    return show(
        request, "admin/events/by_itself_missed.html",
        _("Send now: %(letter)s") % {"letter": capfirst(occurrence.reminder.get_letter_display())},
        day=day, count=count, reasons=reasons_of(day.chosen), recipients=guests_in_order(day.chosen.ids)[:CHOICES],
        list_url=_page(request.event),
    )  # fmt: skip


def _send_missed(request, occurrence):
    try:
        sent = occurrences.send_now(occurrence, **_how(request))
    except occurrences.OfNoUseAnyMore:
        messages.error(request, _("It was not sent: the deadline or the event is over by now."))
    except NothingToSay:
        messages.error(request, _("It was not sent: there is no text for this letter yet. Write it under Letters."))
    else:
        if sent is None:
            messages.info(request, _("Somebody has decided about it already."))
        elif sent.count:
            text = ngettext("%(n)s mail is on its way.", "%(n)s mails are on their way.", sent.count)
            messages.success(request, text % {"n": sent.count})
        else:
            messages.info(request, _("Nobody is left who should get it."))


@require_POST
def leave_missed(request, occurrence_id):
    """Not sent, and not asked about any more."""
    if occurrences.leave(_missed(request, occurrence_id), **_how(request)):
        messages.success(request, _("Left alone: it is not sent."))
    return _back(request)
