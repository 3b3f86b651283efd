"""A guest list's way in: file, columns, check, done. Each list is found by whoever brought it, and nobody else.

What a list would do is told with what its organiser may know, so another organiser of the event must not read it.
"""

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from config import limits

from ..actions import guestlist_uploads as uploads
from ..domain.tabular import TableError
from ..forms.guestlists import AnswersForm, ColumnsForm, UploadForm
from ..models import GuestListUpload
from ..reports import guestlist_refusals
from ..reports.guestlist_words import column_rows
from ..tasks import carry_on_guest_list
from .guestlist_tables import Preview, Result
from .pages import show

State = GuestListUpload.State
both = require_http_methods(["GET", "HEAD", "POST"])
REFRESH_SECONDS = 3


def _address(upload, page):
    return reverse(f"admin:event_guest_list_{page}", args=[upload.event_id, upload.pk])


def _to(upload, page="check"):
    return HttpResponseRedirect(_address(upload, page))


def _upload(request, upload_id):
    rows = GuestListUpload.objects.filter(event=request.event, by=request.user)
    return get_object_or_404(rows, pk=upload_id)


def _page(request, template, title, step, **context):
    return show(
        request,
        f"admin/guestlists/{template}.html",
        title,
        step=step,
        list_url=reverse("admin:event_guests", args=[request.event.pk]),
        **context,
    )


def _gone(request):
    messages.warning(request, _("That list has been put away. Choose the file again."))
    return HttpResponseRedirect(reverse("admin:event_guest_list_import", args=[request.event.pk]))


@both
def choose_file(request):
    """Takes the file, or says why it cannot be a guest list; of each user not more than so many a minute."""
    if request.method == "POST" and limits.is_exceeded(
        "upload", request.user.pk, settings.UPLOADS_PER_USER_PER_MINUTE, seconds=60
    ):
        return render(request, "429.html", {"here": ""}, status=429)  # a file cannot be kept in a page
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            data = file.read(settings.GUEST_LIST_MAX_BYTES + 1)
            upload = uploads.receive(request.event, data, file.name, by=request.user, now=timezone.now())
            return _to(upload, "columns")
        except TableError as fault:
            form.add_error("file", guestlist_refusals.sentence(fault.code, fault.facts))
    earlier = GuestListUpload.objects.filter(event=request.event, by=request.user).exclude(file_name="")
    return _page(
        request, "file", _("Bring in a guest list"), 1, form=form, errors=form.errors,
        status=422 if form.errors else 200, earlier=earlier.defer("report")[:10],
    )  # fmt: skip


@both
def columns(request, upload_id):
    """What each column was taken for, to be corrected; nothing about guests is stored by this."""
    upload = _upload(request, upload_id)
    if upload.state in (State.APPLYING, State.APPLIED):
        return _to(upload)
    data = uploads.content(upload)
    if data is None:
        return _gone(request)
    try:
        form = _columns_form(request, upload, data)
    except TableError as fault:
        return _cannot_be_read(request, upload, fault.code, fault.facts)
    seen = form.seen
    if request.method == "POST" and form.is_valid():
        uploads.choose_columns(upload, seen, mapping=form.cleaned_data["mapping"], sheet=seen.sheet, now=timezone.now())
        _carry_on(upload, seen.count)
        return _to(upload)
    fault = seen.fault and guestlist_refusals.sentence(seen.fault.code, seen.fault.facts)
    return _page(
        request, "columns", _("What do the columns hold?"), 2, upload=upload, seen=seen, form=form,
        rows=column_rows(form.rows),
        errors=form.errors, status=422 if form.errors else 200, fault=fault,
    )  # fmt: skip


def _columns_form(request, upload, data):
    """The columns as they recognise themselves, and as they were chosen here, or earlier for such headings."""
    sheet = (request.POST if request.method == "POST" else request.GET).get("sheet", upload.sheet)
    mapping = upload.fields.get("mapping") if sheet == upload.sheet else None
    seen, chosen = uploads.look_at(data, sheet=sheet, mapping={}), uploads.look_at(data, sheet=sheet, mapping=mapping)
    fields = {look.column.heading: look.column.field for look in chosen.columns}
    return ColumnsForm(request.POST or None, seen=seen, chosen=fields)


def _cannot_be_read(request, upload, code, facts):
    sentence = guestlist_refusals.sentence(code, facts)
    return _page(request, "refused", _("This list cannot be read"), 2, upload=upload, sentence=sentence)


def _carry_on(upload, rows):
    """A small list at once, a large one in the background."""
    if rows > settings.GUEST_LIST_ROWS_AT_ONCE:
        carry_on_guest_list.enqueue(upload.pk)
    else:
        uploads.carry_on(upload.pk, now=timezone.now(), clock=timezone.now)


@require_safe
def check(request, upload_id):
    """What would become of each row; or how far the work is; or why it cannot be."""
    upload = _upload(request, upload_id)
    if upload.state == State.APPLIED:
        return _to(upload, "result")
    if not upload.file:
        return _gone(request)
    if upload.state == State.READING and "mapping" not in upload.fields:
        return _to(upload, "columns")
    if upload.state in (State.READING, State.APPLYING):
        return _waiting(request, upload)
    if upload.state == State.REFUSED:
        return _cannot_be_read(request, upload, **upload.report["fault"])
    preview = Preview(upload, request.GET.get("show", ""), request.GET.get("page", ""))
    form = AnswersForm(questions=preview.rows) if preview.shown == "question" else None
    title = _("This is what will happen")
    return _page(request, "check", title, 3, upload=upload, preview=preview, form=form)


def _waiting(request, upload):
    progress = uploads.progress_of(upload, now=timezone.now())
    is_applying = upload.state == State.APPLYING
    title = _("The guests are being written") if is_applying else _("The list is being read")
    response = _page(
        request, "waiting", title, 4 if is_applying else 3, upload=upload, progress=progress, is_applying=is_applying
    )
    response["Refresh"] = str(REFRESH_SECONDS)
    return response


@require_POST
def answer(request, upload_id):
    """Takes the answers to the questions shown, or takes all back, and reads the list again with them."""
    upload = _upload(request, upload_id)
    if upload.state != State.READY:
        return _to(upload)
    if "reset" in request.POST:
        answers = dict.fromkeys(upload.fields.get("answers", {}), "")
    else:
        answers = _said(request, Preview(upload, "question", request.POST.get("page", "")))
    rows = upload.report["counts"]["rows"]
    if answers and uploads.answer(upload, answers, now=timezone.now()):
        _carry_on(upload, rows)
    return _to(upload)


def _said(request, preview):
    """{row: answer} to the questions of this page; nothing for what was not on it."""
    if preview.shown != "question":
        return {}
    form = AnswersForm(request.POST, questions=preview.rows)
    return form.answers if form.is_valid() else {}


@require_POST
def apply(request, upload_id):
    """Makes it so, as it was shown; pressing twice does it once."""
    upload = _upload(request, upload_id)
    turn, rows = request.POST.get("turn", ""), upload.report.get("counts", {}).get("rows", 0)
    if turn.isdecimal() and uploads.start(upload, turn=int(turn), now=timezone.now()):
        _carry_on(upload, rows)
    elif upload.state == State.READY:
        messages.warning(request, _("The list was read again meanwhile. Look at it once more, then apply it."))
    return _to(upload)


@require_POST
def again(request, upload_id):
    """Starts work again that has fallen silent; harmless when it was only slow."""
    upload = _upload(request, upload_id)
    now = timezone.now()
    if upload.state in (State.READING, State.APPLYING) and uploads.progress_of(upload, now=now)["is_silent"]:
        uploads.note_progress(upload.pk, 0, 0, now=now)
        carry_on_guest_list.enqueue(upload.pk)
    return _to(upload)


@require_POST
def put_away(request, upload_id):
    """Forgets the list; what was applied stays."""
    upload = _upload(request, upload_id)
    if not uploads.put_away(upload):
        return _to(upload)
    messages.success(request, _("The list is put away, and its file deleted."))
    return HttpResponseRedirect(reverse("admin:event_guests", args=[request.event.pk]))


@require_safe
def result(request, upload_id):
    """What became of it, and what to do next."""
    upload = _upload(request, upload_id)
    if upload.state != State.APPLIED:
        return _to(upload)
    return _page(request, "result", _("The guests are in"), 4, upload=upload, result=Result(upload))
