"""What an organiser does with the guests ticked in the list: write to them, or mark who was there."""

from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..actions import arrivals
from ..domain.ranges import Ranges
from ..models import History

LONGEST = 3000  # characters of an address; servers refuse longer ones


@admin.action(description=_("Write to these"))
def write_to(model_admin, request, queryset):
    return _choose_letter(request, "only", queryset)


@admin.action(description=_("Write to all but these"))
def write_to_others(model_admin, request, queryset):
    return _choose_letter(request, "without", queryset)


@admin.action(description=_("Mark: was there"))
def was_there(model_admin, request, queryset):
    _mark(request, queryset, True)


@admin.action(description=_("Mark: was not there"))
def was_not_there(model_admin, request, queryset):
    _mark(request, queryset, False)


@admin.action(description=_("Take the mark back"))
def unmark(model_admin, request, queryset):
    _mark(request, queryset, None)


ACTIONS = [write_to, write_to_others, was_there, was_not_there, unmark]


def _choose_letter(request, name, queryset):
    """To the choice of a letter, with those who are ticked; for companions whoever brings them gets it."""
    ids = {leader or pk for pk, leader in queryset.values_list("pk", "companion_of")}
    ticked = str(Ranges.of(ids))
    if len(ticked) > LONGEST:
        text = gettext("So many are chosen more easily on the letter's page: by answer, company, host or language.")
        messages.info(request, text)
        ticked = ""
    url = reverse("admin:event_send_choose", args=[request.event.pk])
    return HttpResponseRedirect(f"{url}?{urlencode({name: ticked})}" if ticked else url)


def _mark(request, queryset, has_come):
    ids = list(queryset.values_list("pk", flat=True))
    how = {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}
    count = arrivals.mark(request.event, ids, has_come, **how)
    if not count:
        messages.info(request, gettext("They were marked so already; nothing was changed."))
        return
    words = {
        True: ngettext("%(n)s guest is marked: was there.", "%(n)s guests are marked: were there.", count),
        False: ngettext("%(n)s guest is marked: was not there.", "%(n)s guests are marked: were not there.", count),
        None: ngettext("%(n)s guest is no longer marked.", "%(n)s guests are no longer marked.", count),
    }
    messages.success(request, words[has_come] % {"n": count})
