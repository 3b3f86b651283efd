"""Lists to download. By POST, for each download stands in the history."""

from django.http import Http404, StreamingHttpResponse
from django.utils import timezone
from django.views.decorators.http import require_POST

from ..actions import history
from ..models import History
from ..reports import exports

TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


@require_POST
def export(request, what, form):
    """The event's guests or answers, streamed as CSV or XLSX."""
    if what not in exports.REPORTS or form not in TYPES:
        raise Http404
    event = request.event
    headings, rows = exports.REPORTS[what](event)
    history.record(
        event,
        History.What.EXPORTED,
        by=request.user,
        channel=History.Channel.OFFICE,
        now=timezone.now(),
        list=what,
        form=form,
    )
    response = StreamingHttpResponse(exports.parts(headings, rows, what, form), content_type=TYPES[form])
    response.headers["Content-Disposition"] = f'attachment; filename="{event.slug}-{what}.{form}"'
    return response
