"""What guests are asked about one part of the programme: the race's classes and the organiser's own questions."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from ..actions import questions
from ..forms.asking import ClassesForm, QuestionForm, lines_of
from ..models import Activity, History, Question, RaceClass, Reply
from .pages import show

both = require_http_methods(["GET", "HEAD", "POST"])
STEPS = {"up": -1, "down": 1}


def page_of(activity):
    return reverse("admin:event_asked", args=[activity.event_id, activity.pk])


def _activity(request, activity_id):
    """The event's own activity, else 404 (S7)."""
    return get_object_or_404(Activity, pk=activity_id, event=request.event)


def _question(request, activity_id, question_id):
    rows = Question.objects.select_related("activity__event")
    return get_object_or_404(rows, pk=question_id, activity=activity_id, activity__event=request.event)


def _how(request):
    return {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}


def _saved(request, activity):
    messages.success(request, _("Saved. Thank you!"))
    return HttpResponseRedirect(page_of(activity))


@require_safe
def asked(request, activity_id):
    """Classes and questions of the part, in order, each with how many have said something to it."""
    activity = _activity(request, activity_id)
    said = Count("reply", filter=~Q(reply__value="") & ~Q(reply__value=[]))
    return show(
        request,
        "admin/events/asked.html",
        _("What guests are asked"),
        activity=activity,
        is_race=activity.kind == Activity.Kind.RACE,
        classes=_classes(activity),
        questions=Question.objects.filter(activity=activity).annotate(said=said).order_by("position", "pk"),
        list_url=reverse("admin:events_activity_change", args=[activity.pk]),
    )


def _classes(activity):
    """In order, each with how many have chosen it; a query that counts forgets the order of its model."""
    return RaceClass.objects.filter(activity=activity).annotate(chosen=Count("entry")).order_by("position", "pk")


@both
def classes(request, activity_id):
    """All classes at once, one a line; before one goes that somebody has chosen, it asks."""
    activity = _activity(request, activity_id)
    known = list(_classes(activity))
    form = ClassesForm(
        request.POST if request.method == "POST" else None,
        initial={"titles": lines_of(dict(each.title) for each in known)},
    )
    losing = []
    if request.method == "POST" and form.is_valid():
        rows = form.cleaned_data["titles"]
        kept = {row.key for row in questions.match_classes(rows, known)}
        losing = [each for each in known if each.chosen and each.pk not in kept]
        if not losing or "sure" in request.POST:
            questions.set_classes(activity, rows, **_how(request))
            return _saved(request, activity)
    return show(
        request, "admin/events/asked_classes.html", _("Classes"), status=422 if form.errors or losing else 200,
        form=form, errors=form.errors, losing=losing, activity=activity, list_url=page_of(activity),
    )  # fmt: skip


@both
def add_question(request, activity_id):
    activity = _activity(request, activity_id)
    form = QuestionForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        questions.add(activity, **_fields(form), **_how(request))
        return _saved(request, activity)
    return _question_page(request, activity, form, _("Ask a question"))


@both
def change_question(request, activity_id, question_id):
    question = _question(request, activity_id, question_id)
    has_replies = Reply.objects.filter(question=question).said().exists()
    form = QuestionForm(request.POST or None, question=question, has_replies=has_replies)
    if request.method == "POST" and form.is_valid():
        try:
            questions.change(question, **_fields(form), **_how(request))
        except Question.DoesNotExist:  # removed by somebody else meanwhile
            raise Http404 from None
        return _saved(request, question.activity)
    return _question_page(request, question.activity, form, _("Change the question"), question=question)


def _fields(form):
    said = dict(form.cleaned_data)
    return {"rows": said.pop("options"), **said}


def _question_page(request, activity, form, title, question=None):
    return show(
        request, "admin/events/asked_question.html", title, status=422 if form.errors else 200, form=form,
        errors=form.errors, activity=activity, question=question, list_url=page_of(activity),
    )  # fmt: skip


@both
def remove_question(request, activity_id, question_id):
    """Says how many replies go with the question, and asks once."""
    question = _question(request, activity_id, question_id)
    if request.method == "POST":
        questions.remove(question, **_how(request))
        messages.success(request, _("The question is removed."))
        return HttpResponseRedirect(page_of(question.activity))
    replies = Reply.objects.filter(question=question).said().count()
    going = ngettext(
        "%(n)s guest has replied to it. The reply goes, too, and cannot be brought back.",
        "%(n)s guests have replied to it. The replies go, too, and cannot be brought back.",
        replies,
    ) % {"n": replies}
    return show(
        request, "admin/events/confirm.html", _("Remove “%(question)s”?") % {"question": question},
        text=going if replies else _("Nobody has replied to it yet."), press=_("Remove the question"),
        back=page_of(question.activity), is_grave=True,
    )  # fmt: skip


@require_POST
def move_question(request, activity_id, question_id):
    """One place up or down."""
    question = _question(request, activity_id, question_id)
    questions.move(question, STEPS.get(request.POST.get("to"), 0), **_how(request))
    return HttpResponseRedirect(page_of(question.activity))
