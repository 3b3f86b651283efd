"""A guest list on its way in through the back office: received, columns chosen, read, applied, put away.

Its file and its report are personal data: the file goes when the list is applied or put away, all of it after
a day. Every step asks for the state it comes from, so that pressing twice, a second tab or a worker that was
killed and runs again do no harm.
"""

from datetime import timedelta

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.db.models import Q

from ..domain.headings import heading_key
from ..domain.tabular import Limits, TableError
from ..models import GuestListUpload, HeadingSet, History
from .uploads import content, delete_file, delete_strays, keep, shown_name, take_away

State = GuestListUpload.State
SILENCE = timedelta(seconds=60)  # of the work behind a list, after which it may be started again
PROGRESS_KEPT_SECONDS = 3600


def receive(event, data, name, *, by, now):
    """Keeps the bytes of a file under a name of our own; raises a TableError when nothing can be made of it."""
    look_at(data)
    upload = GuestListUpload(event=event, by=by, file_name=shown_name(name), uploaded_at=now, fields={"turn": 0})
    keep(upload, data)
    return upload


def look_at(data, *, sheet=None, mapping=None):
    """A Look at a file, its columns as an organiser chose them for such headings before, unless `mapping` says."""
    from ..domain.guestlist_look import look

    limits = Limits(max_bytes=settings.GUEST_LIST_MAX_BYTES, max_rows=settings.GUEST_LIST_MAX_ROWS)
    if mapping is not None:
        return look(data, sheet=sheet or None, mapping=mapping, limits=limits)
    first = look(data, sheet=sheet or None, limits=limits)
    remembered = _remembered(first)
    return look(data, sheet=sheet or None, mapping=remembered, limits=limits) if remembered else first


def _remembered(seen):
    known = HeadingSet.objects.filter(fingerprint=seen.fingerprint).first() if seen.fingerprint else None
    fields = known.fields if known else {}
    return {heading: fields[key] for key, heading in seen.keys.items() if key in fields}


@transaction.atomic
def choose_columns(upload, seen, *, mapping, sheet, now):
    """Notes what the columns hold, for this list and for the next one with such headings. Read it again then.

    `seen` is the Look the choice was made on. False when the list is being applied already, or gone.
    """
    if seen.fingerprint:
        fields = {heading_key(heading): field for heading, field in mapping.items()}
        HeadingSet.objects.update_or_create(
            fingerprint=seen.fingerprint, defaults={"fields": fields, "used_at": now}
        )  # fmt: skip
    return _read_again(upload, {"mapping": mapping, "answers": {}}, now=now, sheet=sheet)


def answer(upload, answers, *, now):
    """Notes answers {row: PROPOSAL, AS_WRITTEN or "" for not yet} to the list's questions. Read it again then."""
    given = {**upload.fields.get("answers", {}), **{str(row): said for row, said in answers.items()}}
    given = {row: said for row, said in given.items() if said}
    return _read_again(upload, {**upload.fields, "answers": given}, now=now)


def _read_again(upload, fields, *, now, **others):
    fields["turn"] = upload.fields.get("turn", 0) + 1
    open_states = [State.READING, State.READY, State.REFUSED]
    rows = GuestListUpload.objects.filter(pk=upload.pk, state__in=open_states).exclude(file="")
    is_ours = rows.update(fields=fields, state=State.READING, report={}, **others)
    if is_ours:
        upload.refresh_from_db()
        note_progress(upload.pk, 0, 0, now=now)
    return bool(is_ours)


def start(upload, *, turn, now):
    """Decides that the list is to be applied as it was previewed in this turn; False when it is another by now."""
    rows = GuestListUpload.objects.filter(pk=upload.pk, state=State.READY, fields__turn=turn)
    is_ours = rows.update(state=State.APPLYING)
    if is_ours:
        note_progress(upload.pk, 0, 0, now=now)
    return bool(is_ours)


def carry_on(upload_id, *, now, clock):
    """Does what the list waits for, to read it or to apply it; `clock()` dates the progress that is shown."""
    upload = GuestListUpload.objects.select_related("event", "by").filter(pk=upload_id).first()
    deeds = {State.READING: _read, State.APPLYING: _apply}
    if upload is None or upload.state not in deeds:
        return
    data = content(upload)
    if data is None:  # the file is gone, whoever took it: the page asks for it again
        _same_turn(upload).update(file="")
        return

    def progress(done, total):
        note_progress(upload.pk, done, total, now=clock())

    chosen = {key: upload.fields.get(key) for key in ("mapping", "answers")} | {"sheet": upload.sheet}
    try:
        deeds[upload.state](upload, data, chosen, progress, now=now)
    except TableError as error:
        fault = {"code": error.code, "facts": error.facts}
        _same_turn(upload).update(state=State.REFUSED, report={"fault": fault})
    cache.delete(_key(upload.pk))


def _read(upload, data, chosen, progress, *, now):
    from . import guestlists

    report = guestlists.preview(upload.event, data, by=upload.by, progress=progress, **chosen)
    _same_turn(upload).update(state=State.READY, report=report.as_json())


def _apply(upload, data, chosen, progress, *, now):
    """All or nothing, once: whoever has the row's lock finds whether it is still to be done."""
    from . import guestlists

    with transaction.atomic():
        if _same_turn(upload).select_for_update().first() is None:
            return
        report = guestlists.apply(
            upload.event, data, by=upload.by, channel=History.Channel.OFFICE, now=now, progress=progress, **chosen
        )
        _same_turn(upload).update(state=State.APPLIED, report=report.as_json())
    delete_file(upload)


def _same_turn(upload):
    """The row, as long as it is as it was read."""
    return GuestListUpload.objects.filter(pk=upload.pk, state=upload.state, fields__turn=upload.fields.get("turn"))


@transaction.atomic
def put_away(upload):
    """Forgets the list and its file; nothing that was applied is undone. False while it is being applied."""
    row = GuestListUpload.objects.select_for_update().filter(pk=upload.pk).exclude(state=State.APPLYING).first()
    if row is None:
        return False
    take_away(row)
    cache.delete(_key(upload.pk))
    return True


def put_away_old(*, now):
    """Lists older than a day lose file, name and what was said about people. Returns how many."""
    kept_since = now - timedelta(hours=settings.UPLOADED_LIST_KEPT_HOURS)
    old = GuestListUpload.objects.filter(uploaded_at__lte=kept_since)
    count = 0
    for upload in old.filter(~Q(file="") | ~Q(file_name="")):
        counts = upload.report.get("counts") if upload.state == State.APPLIED else None
        delete_file(upload)
        count += old.filter(pk=upload.pk).update(file_name="", report={"counts": counts} if counts else {})
    delete_strays(GuestListUpload, kept_since)
    return count


def _key(upload_id):
    return f"guest-list-{upload_id}"


def note_progress(upload_id, done, total, *, now):
    """Kept in the cache, for the work itself is one transaction that nobody can look into."""
    cache.set(_key(upload_id), {"done": done, "total": total, "at": now}, PROGRESS_KEPT_SECONDS)


def progress_of(upload, *, now):
    """{"done", "total", "is_silent"}: how far the work is, and whether it may have died."""
    noted = cache.get(_key(upload.pk)) or {"done": 0, "total": 0, "at": None}
    return {**noted, "is_silent": noted["at"] is None or now - noted["at"] > SILENCE}
