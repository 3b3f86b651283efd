"""Adding photos, one file of a go after the other: how many one may add, and a count that equals what was chosen."""

from django.conf import settings
from django.db import transaction

from ..domain import photo_ledger, photo_zips
from ..domain.photo_ledger import REFUSED, ZIP, Line
from ..models import History, Photo, PhotoUpload
from . import history, photo_files, photo_receiving, photo_removals
from .uploads import shown_name

MOST_LINES = 5000  # noted of a go that guests began: as many as a guest may ever send, and no endless row
Way = PhotoUpload.Way


def add(upload, file, *, ident="", chosen=0, channel, now):
    """Takes one file in, or all that lies in a zip, and notes it; returns [photo_ledger.Line].

    `ident` names the file in its go: sent again, because an answer was lost, it counts once. `chosen` is how many the
    sender has chosen by now, where somebody counts.
    """
    ident = photo_ledger.ident_of(ident, file.name, file.size)
    if upload.way == Way.OFFICE and _is_zip(file):
        lines = _unpacked(upload, file, ident, channel=channel, now=now)
    else:
        got = photo_receiving.receive(upload, file, file.name, channel=channel, now=now, may_repeat=False)
        lines = [_line(upload, ident, got)]
    return [line for line in _note(upload, lines, chosen) if line.outcome != ZIP]


def refuse_unsent(upload, *, ident, name, size, chosen=0):
    """Notes a file that is too large to be sent at all; returns [photo_ledger.Line], empty where it is not."""
    is_zip = upload.way == Way.OFFICE and name.casefold().endswith(".zip")
    limit = settings.PHOTO_ZIP_MAX_BYTES if is_zip else settings.PHOTO_MAX_BYTES
    if size <= limit:
        return []
    code, facts = "zip_too_big" if is_zip else "file_is_too_big", {"size_bytes": size, "limit_bytes": limit}
    lines = [Line(ident=photo_ledger.ident_of(ident, name, size), name=name, outcome=REFUSED, code=code, facts=facts)]
    return _note(upload, lines, chosen)


@transaction.atomic
def take_back(photo, *, by, channel, now):
    """Whoever added a photo takes it away again, with all its files. Twice is harmless."""
    photo_removals.lock_askers(Photo.objects.filter(pk=photo.pk))
    stored = Photo.objects.select_for_update(of=["self"]).filter(pk=photo.pk).select_related("event").first()
    if stored is None:
        return
    photo_removals.gone([stored], by=by, channel=channel, now=now)
    photo_files.delete_all([stored])
    facts = {"count": 1, "upload": stored.upload_id, "taken_back": True}
    guest = stored.sent_by
    stored.delete()
    history.record(stored.event, History.What.PHOTO_GONE, by=by, guest=guest, channel=channel, now=now, **facts)


def _is_zip(file):
    file.seek(0)
    start = file.read(4)
    file.seek(0)
    return photo_zips.is_zip(start)


def _unpacked(upload, file, ident, *, channel, now):
    """A line for each entry, and one for the zip; that of the zip alone where it was not taken."""
    found = list(photo_receiving.receive_zip(upload, file, file.name, channel=channel, now=now))
    if len(found) == 1 and found[0].outcome == REFUSED and found[0].name == shown_name(file.name):
        return [_line(upload, ident, found[0])]
    lines = [_line(upload, f"{ident[:200]}/{number}", got) for number, got in enumerate(found)]
    return [*lines, Line(ident=ident, name=file.name, outcome=ZIP)]


def _line(upload, ident, got):
    is_of_this_go = got.photo is not None and got.photo.upload_id == upload.pk
    facts = {"photo": got.photo.pk} if is_of_this_go else got.facts
    return Line(ident=ident, name=got.name, outcome=got.outcome, code=got.code, facts=facts)


@transaction.atomic
def _note(upload, lines, chosen):
    """Returns the lines as they count. The ledger is the truth; the counts of the row follow it."""
    row = PhotoUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
    lines = photo_ledger.settled(row.files, lines)
    if row.way in (Way.GUEST, Way.TABLE) and len(row.files) >= MOST_LINES:
        return lines
    row.files = photo_ledger.noted(row.files, lines)
    tally = photo_ledger.tally(row.files, max(row.chosen, chosen))
    row.chosen, row.added, row.duplicates = tally.chosen, tally.added, tally.duplicates
    row.refused = [
        {"file": line.name, "code": line.code, "facts": line.facts}
        for line in photo_ledger.lines_of(row.files)
        if line.outcome == REFUSED
    ]
    row.save(update_fields=["files", "chosen", "added", "duplicates", "refused"])
    return lines
