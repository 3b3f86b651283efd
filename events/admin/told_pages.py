"""What guests told about a part of the programme: the counts, and below them who told what."""

from django.core.paginator import Paginator
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from ..models import Activity, Answer, Question
from ..reports import tallies
from .guest_list import found_by
from .pages import show

ROWS = 50


def asked_about(event):
    """{activity: its questions} of the parts that are a race or have questions, in order; two queries."""
    questions = {}
    for question in Question.objects.filter(activity__event=event):
        questions.setdefault(question.activity_id, []).append(question)
    activities = Activity.objects.filter(event=event).on().in_order()
    return {
        activity: questions.get(activity.pk, [])
        for activity in activities
        if activity.kind == Activity.Kind.RACE or activity.pk in questions
    }


@require_safe
def told(request):
    """One part of the programme at a time, ?part=slug; ?q= finds guests."""
    asked = asked_about(request.event)
    wanted = request.GET.get("part", "")
    activity = next((each for each in asked if each.slug == wanted), next(iter(asked), None))
    context = _of(request, activity, asked[activity]) if activity else {}
    return show(
        request, "admin/events/told.html", _("Race and questions"), parts=list(asked), activity=activity,
        query=request.GET.get("q", ""), **context,
    )  # fmt: skip


def _of(request, activity, questions):
    rows = Answer.objects.filter(activity=activity).taking_part().select_related("guest__contact__company")
    rows = found_by("guest__search_text", rows, request.GET.get("q", "")).order_by("guest__sort_key", "guest")
    page = Paginator(rows, ROWS).get_page(request.GET.get("p"))
    return {
        "tallies": tallies.tallies(activity, questions),
        "table": tallies.table(activity, questions, list(page)),
        "page": page,
    }
