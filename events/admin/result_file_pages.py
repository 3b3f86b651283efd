"""The way in of a file of results: file, columns, check, done; and the files so far, with what each said of whom.

On its way a file is found by whoever brought it, and nobody else, for it names strangers; applied, by all organisers.
"""

from django.conf import settings
from django.contrib import messages
from django.db.models import Q
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config import limits

from ..actions import result_files, result_uploads, uploads
from ..domain.tabular import TableError
from ..forms.result_files import ColumnsForm, UploadForm
from ..models import History, ResultFile
from ..reports import result_file_refusals
from ..reports import result_file_words as words
from ..reports.guestlist_words import column_rows
from . import result_file_questions as questions
from .pages import show
from .result_file_tables import Preview, said_by
from .typing_pages import no_race, races_of

State = ResultFile.State
DONE = (State.APPLIED, State.UNDONE)
both = require_http_methods(["GET", "HEAD", "POST"])


def _address(file, page="check"):
    return reverse(f"admin:event_results_{page}", args=[file.race.activity.event_id, file.pk])


def _to(file, page="check"):
    return HttpResponseRedirect(_address(file, page))


def _home(request):
    return reverse("admin:event_results_in", args=[request.event.pk])


def _files(event):
    return ResultFile.objects.filter(race__activity__event=event).select_related("race__activity__event", "by")


def _file(request, file_id):
    """A file of the event: one's own, or one that is in. Its race is read as it stands."""
    rows = _files(request.event).filter(Q(by=request.user) | Q(state__in=DONE))
    return get_object_or_404(rows.select_related("race__course", "race__activity__event", "by"), pk=file_id)


def _page(request, template, title, step, **context):
    return show(
        request, f"admin/results_in/{template}.html", title, step=step, list_url=_home(request), **context
    )  # fmt: skip


def _gone(request):
    messages.warning(request, _("That file has been put away. Choose it again."))
    return HttpResponseRedirect(_home(request))


@both
def results_in(request):
    """The files so far, and the way in for another; of each user not more than so many a minute."""
    if request.method == "POST" and limits.is_exceeded(
        "upload", request.user.pk, settings.UPLOADS_PER_USER_PER_MINUTE, seconds=60
    ):
        return render(request, "429.html", {"here": ""}, status=429)  # a file cannot be kept in a page
    races = races_of(request.event)
    if not races:
        return no_race(request, _("Results in"))
    form = UploadForm(request.POST or None, request.FILES or None, races=races)
    if request.method == "POST" and form.is_valid():
        response = _received(request, form)
        if response:
            return response
    files = _files(request.event).filter(Q(by=request.user) | Q(state__in=DONE))
    return _page(
        request, "files", _("Results in"), 1, form=form, errors=form.errors, status=422 if form.errors else 200,
        files=files[:50], races=races, done=DONE,
    )  # fmt: skip


def _received(request, form):
    """On to the columns; None when the form says what is wrong."""
    file = form.cleaned_data["file"]
    try:
        data = file.read(settings.GUEST_LIST_MAX_BYTES + 1)
        kept = result_uploads.receive(form.activity, data, file.name, by=request.user, now=timezone.now())
        return _to(kept, "columns")
    except TableError as fault:
        form.add_error("file", result_file_refusals.sentence(fault.code, fault.facts))
    except result_uploads.AppliedAlready as known:
        messages.info(request, _("This very file is applied already, so nothing changes."))
        return _to(known.file, "said")


@both
def columns(request, file_id):
    """What each column was taken for, to be corrected; nothing about runners is stored by this."""
    file = _file(request, file_id)
    if file.state in DONE:
        return _to(file, "said")
    data = uploads.content(file)
    if data is None:
        return _gone(request)
    try:
        form = _columns_form(request, file, data)
    except TableError as fault:
        return _cannot_be_read(request, file, fault)
    if request.method == "POST" and form.is_valid():
        mapping, sheet = form.cleaned_data["mapping"], form.seen.sheet
        result_uploads.choose_columns(file, form.seen, mapping=mapping, sheet=sheet, now=timezone.now())
        return _to(file)
    fault = form.seen.fault and result_file_refusals.sentence(form.seen.fault.code, form.seen.fault.facts)
    return _page(
        request, "columns", _("What do the columns hold?"), 2, upload=file, seen=form.seen, form=form,
        rows=column_rows(form.rows),
        errors=form.errors, status=422 if form.errors else 200, fault=fault,
    )  # fmt: skip


def _columns_form(request, file, data):
    """The columns as they recognise themselves, and as they were chosen here, or earlier for such headings."""
    sheet = (request.POST if request.method == "POST" else request.GET).get("sheet", file.sheet)
    mapping = file.choices.get("mapping") if sheet == file.sheet else None
    seen = result_uploads.look_at(data, sheet=sheet, mapping={})
    chosen = result_uploads.look_at(data, sheet=sheet, mapping=mapping)
    fields = {look.column.heading or look.column.letter: look.column.field for look in chosen.columns}
    return ColumnsForm(request.POST or None, seen=seen, names=words.FIELD_NAMES, chosen=fields)


def _cannot_be_read(request, file, fault):
    sentence = result_file_refusals.sentence(fault.code, fault.facts)
    return _page(request, "refused", _("This file cannot be read"), 2, upload=file, sentence=sentence)


def _plan(file, data):
    """What applying the file would do now."""
    choices = result_uploads.choices_of(file)
    return result_files.planned(file.race, result_files.read(file.race, data, choices), choices)


@require_safe
def check(request, file_id):
    """What would become of each line; read anew each time, against what stands now."""
    file = _file(request, file_id)
    if file.state in DONE:
        return _to(file, "said")
    if file.state != State.READY:
        return _to(file, "columns")
    data = uploads.content(file)
    if data is None:
        return _gone(request)
    try:
        preview = Preview(_plan(file, data), request.GET.get("show", ""), request.GET.get("page", ""))
    except TableError as fault:
        return _cannot_be_read(request, file, fault)
    answered = sum(len(file.choices.get(kind, {})) for kind in ("answers", "matches", "decided"))
    return _page(
        request, "check", _("This is what will happen"), 3, upload=file, preview=preview, form=preview.form(),
        readings=questions.readings_form(preview.plan), answered=answered, plan=preview.plan,
    )  # fmt: skip


@require_POST
def answer(request, file_id):
    """Takes the answers on the page, or all back, and shows again what will happen."""
    file = _file(request, file_id)
    data = uploads.content(file) if file.state == State.READY else None
    if data is None:
        return _to(file)
    if "reset" in request.POST:
        result_uploads.ask_again(file)
        return _to(file)
    asked = request.POST.get("show", "")
    preview = Preview(_plan(file, data), asked, request.POST.get("page", ""))
    result_uploads.note(file, **_said(request.POST, preview, asked))
    return HttpResponseRedirect(f"{_address(file)}?show={asked}" if asked in preview.lists else _address(file))


def _said(post, preview, asked):
    """What was said on the page, as result_uploads.note takes it; nothing of what was not on it."""
    is_readings = asked == "readings"
    form = questions.readings_form(preview.plan, post) if is_readings else preview.form(post)
    if form is None or not form.is_valid() or not (is_readings or asked == preview.shown):
        return {}
    if is_readings:
        return {"answers": form.answers}
    if asked == "question":
        return {"matches": questions.matches_said(form)}
    return {"decided": questions.decided(form, preview.lists["unclear"])}


@require_POST
def apply(request, file_id):
    """Makes it so, as it was shown; pressing twice does it once."""
    file = _file(request, file_id)
    data = uploads.content(file) if file.state == State.READY else None
    if data is None or _plan(file, data).timesheet.asked:
        return _to(file)
    how = {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}
    try:
        done = result_uploads.apply(file, data, seen=request.POST.get("seen", ""), **how)
    except result_files.SomethingChanged:
        messages.warning(request, _("Something has changed meanwhile. Look once more, then apply the file."))
        return _to(file)
    except result_files.FileIsGone:
        return _to(file)
    if not done.is_new:
        messages.info(request, _("This very file is applied already, so nothing changes."))
    return _to(done.file, "said")


@require_POST
def put_away(request, file_id):
    """Forgets a file on its way in."""
    file = _file(request, file_id)
    if not result_uploads.put_away(file):
        return _to(file)
    messages.success(request, _("The file is put away and deleted here."))
    return HttpResponseRedirect(_home(request))


@require_safe
def said(request, file_id):
    """An applied file: when, by whom, and what it said of each of our runners."""
    file = _file(request, file_id)
    if file.state not in DONE:
        return _to(file)
    return _page(
        request, "said", _("The results are in") if file.state == State.APPLIED else _("This file was taken back"), 4,
        upload=file, rows=said_by(file), counts=words.counted(file.report.get("counts", {})),
        missing=file.report.get("missing", 0), is_applied=file.state == State.APPLIED,
    )  # fmt: skip


@require_POST
def undo(request, file_id):
    """Takes an applied file back; twice is harmless."""
    file = _file(request, file_id)
    how = {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}
    if result_files.undo(file, **how):
        messages.success(request, _("The file is taken back. What stood before it stands again."))
    return _to(file, "said")
