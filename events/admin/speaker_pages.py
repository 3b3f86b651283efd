"""The speaker's sheet of each race, on the screen, on paper and as a file."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..actions import history
from ..models import History, Race
from ..reports import exports
from ..reports.speaker import sheet, table
from .export_pages import TYPES
from .pages import show


@require_safe
def speaker(request):
    """The stories of every race of the event that is set up."""
    sheets = [(race, sheet(race)) for race in _races(request.event)]
    return show(request, "admin/race/speaker.html", _("Speaker's sheet"), sheets=sheets)


@require_POST
def export(request, activity_id, form):
    """The same as CSV or XLSX; it stands in the history."""
    if form not in TYPES:
        raise Http404
    race, event = get_object_or_404(_races(request.event), activity=activity_id), request.event
    headings, rows = table(race)
    history.record(
        event, History.What.EXPORTED, by=request.user, channel=History.Channel.OFFICE, now=timezone.now(),
        activity=race.activity, list="speaker", form=form,
    )  # fmt: skip
    name = f"{event.slug}-{race.activity.slug}-speaker.{form}"
    return HttpResponse(
        b"".join(exports.parts(headings, rows, "speaker", form)), content_type=TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )  # fmt: skip


def _races(event):
    rows = Race.objects.filter(activity__event=event).select_related("activity__event", "course")
    return rows.order_by("activity__starts_at", "pk")
