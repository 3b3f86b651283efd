"""Photos on their way in, by whatever way: one look at each file, one row for each photo, an answer for each file.

What a file is, is told by its first bytes; what it shows is found out by the worker (actions/photo_work).
"""

import hashlib
from dataclasses import dataclass, field

from django.conf import settings
from django.core.files import File
from django.db import transaction
from django.db.models import F

from ..domain import photo_zips
from ..domain.photo_gate import HEAD_BYTES, PhotoRefused, sniff
from ..domain.photo_zips import ZipLimits
from ..models import Gallery, History, Membership, Photo, PhotoUpload
from ..models.keeping import keeps_photos
from . import history, photo_files, photo_limits, photo_thanks
from .uploads import shown_name

ADDED, DUPLICATE, REFUSED = "added", "duplicate", "refused"
_CHUNK_BYTES = 64 * 1024
Way, State, Approval = PhotoUpload.Way, Photo.State, Gallery.Approval


@dataclass(frozen=True, slots=True)
class Received:
    """What became of one file: `outcome` is added, duplicate (`photo` is the one that was here) or refused, by `code`
    and `facts` (reports/photo_refusals has the sentence). `name` is the file's name as it may be shown.
    """

    outcome: str
    photo: Photo | None = None
    code: str = ""
    facts: dict = field(default_factory=dict)
    name: str = ""


def open_upload(event, *, way, by, guest=None, sender_name="", album=None, chosen=0, now):
    """A go of adding photos, into which files are received; its `key` lets a browser come back to it."""
    return PhotoUpload.objects.create(
        event=event, way=way, by=by, guest=guest, sender_name=sender_name[:120], album=album, chosen=chosen,
        started_at=now,
    )  # fmt: skip


def receive(upload, file, name, *, channel, now, may_repeat=True):
    """Takes one file in: the bytes first, then the row. A file that comes again in the same go is counted once, unless
    it is known not to be one.

    `file` is anything with read and seek. Two of the same bytes at the same moment give one added, one duplicate.
    """
    return _receive(upload, file, shown_name(name), may_repeat=may_repeat, channel=channel, now=now)


def refuse(upload, name, code, **facts):
    """Notes a file that did not even get here; for whoever hands files in."""
    return _refuse(upload, shown_name(name), PhotoRefused(code, **facts))


def receive_zip(upload, file, name, *, channel, now):
    """Takes in what lies in a zip, and tells of each file; of the zip itself where it is not taken as a whole."""
    limits = ZipLimits(
        zip_bytes=settings.PHOTO_ZIP_MAX_BYTES, entries=settings.PHOTO_ZIP_MAX_ENTRIES,
        entry_bytes=settings.PHOTO_MAX_BYTES,
    )  # fmt: skip
    try:
        for entry in photo_zips.entries(file, limits):
            shown = shown_name(entry.name)
            if entry.refused:
                yield _refuse(upload, shown, entry.refused)
            else:
                yield _receive(upload, entry.file, shown, may_repeat=False, channel=channel, now=now)
    except PhotoRefused as refusal:
        yield _refuse(upload, shown_name(name), refusal)


def _receive(upload, file, name, *, may_repeat, channel, now):
    if not keeps_photos(upload.event, now=now):
        return refuse(upload, name, "not_kept")
    try:
        form, sha256 = _looked_at(file)
    except PhotoRefused as refusal:
        return _refuse(upload, name, refusal)
    if known := Photo.objects.filter(event=upload.event_id, sha256=sha256).first():
        return _known(upload, known, name, may_repeat=may_repeat)
    gallery = Gallery.objects.of(upload.event)
    photo = Photo(
        event_id=upload.event_id, album_id=upload.album_id, upload=upload, sent_by_id=upload.guest_id, sha256=sha256,
        file_name=name, format=form, state=_first_state(upload, gallery), received_at=now,
    )  # fmt: skip
    return _kept(photo, file, gallery, may_repeat=may_repeat, channel=channel, now=now)


def _looked_at(file):
    """(format, SHA-256) of a file, read once from its beginning. Raises PhotoRefused."""
    limit, size, digest, form = settings.PHOTO_MAX_BYTES, 0, hashlib.sha256(), ""
    file.seek(0)
    while chunk := file.read(_CHUNK_BYTES):
        form = form or sniff(chunk[:HEAD_BYTES])
        size += len(chunk)
        if size > limit:
            raise PhotoRefused("file_is_too_big", limit_bytes=limit)
        digest.update(chunk)
    if not size:
        raise PhotoRefused("empty")
    if not photo_files.has_room(size):
        raise PhotoRefused("disk_full")
    return form, digest.hexdigest()


def _first_state(upload, gallery):
    """Whether guests see it at once, by the gallery's rule; what comes from the tables always waits."""
    waits = {
        Way.TABLE: True,
        Way.GUEST: gallery.approval != Approval.NONE,
        Way.OFFICE: gallery.approval == Approval.ALL and not _is_organiser(upload),
        Way.COMMAND: False,
    }[upload.way]
    return State.WAITING if waits else State.SHOWN


def _is_organiser(upload):
    user = upload.by
    rows = Membership.objects.filter(user=user, event=upload.event_id, role=Membership.Role.ORGANISER)
    return user is not None and (user.is_superuser or rows.exists())


def _kept(photo, file, gallery, *, may_repeat, channel, now):
    """Stores the file, then the row; the file goes again where another was quicker, or nothing came of it."""
    file.seek(0)
    photo_files.put(photo.place, photo_files.ORIGINAL, File(file))
    is_ours = False
    try:
        received = _written(photo, gallery, may_repeat=may_repeat, channel=channel, now=now)
        is_ours = received.outcome == ADDED and received.photo.place == photo.place
        return received
    finally:
        if not is_ours:
            photo_files.delete(photo.place, [photo_files.ORIGINAL])


@transaction.atomic
def _written(photo, gallery, *, may_repeat, channel, now):
    photo_limits.lock(photo.upload)
    same = Photo.objects.filter(event=photo.event_id, sha256=photo.sha256)
    if (limit := photo_limits.reached(photo.upload, gallery, now=now)) and not same.exists():
        return _refuse(photo.upload, photo.file_name, PhotoRefused("enough_today", limit=limit))
    goes = PhotoUpload.objects.select_for_update(no_key=True, of=("self",))
    upload = goes.select_related("event", "by", "guest__contact", "guest__event").get(pk=photo.upload_id)
    stored = _stored(photo)
    if stored.place != photo.place:
        return _known(upload, stored, photo.file_name, may_repeat=may_repeat)
    PhotoUpload.objects.filter(pk=upload.pk).update(added=F("added") + 1)
    if not upload.added:  # once for the whole go: how many came of it stands in the upload
        facts = {"upload": upload.pk, "way": upload.way}
        history.record(
            upload.event, History.What.PHOTOS, by=upload.by, guest=upload.guest, channel=channel, now=now, **facts
        )
    if upload.way == Way.GUEST and upload.guest_id:
        photo_thanks.later(upload, now=now)
    return Received(ADDED, stored, name=photo.file_name)


def _stored(photo):
    """The row of these bytes: this one, or that which was here; perhaps that is deleted at this very moment."""
    stored = None
    while stored is None:
        Photo.objects.bulk_create([photo], ignore_conflicts=True)
        stored = Photo.objects.filter(event=photo.event_id, sha256=photo.sha256).first()
    return stored


def _known(upload, photo, name, *, may_repeat):
    """Of bytes that are here: one that could not be read is refused again; the same file come again is counted once."""
    if photo.work == Photo.Work.REFUSED:
        return _refuse(
            upload, name, PhotoRefused(photo.refusal.get("code", "damaged"), **photo.refusal.get("facts", {}))
        )
    if may_repeat and photo.upload_id == upload.pk and photo.file_name == name:
        return Received(ADDED, photo, name=name)
    PhotoUpload.objects.filter(pk=upload.pk).update(duplicates=F("duplicates") + 1)
    return Received(DUPLICATE, photo, name=name)


@transaction.atomic
def _refuse(upload, name, refusal):
    """Noted once, however often the file comes in the same go."""
    row = PhotoUpload.objects.select_for_update(no_key=True).get(pk=upload.pk)
    refused = {"file": name, "code": refusal.code, "facts": refusal.facts}
    if refused not in row.refused:
        row.refused.append(refused)
        row.save(update_fields=["refused"])
    return Received(REFUSED, None, refusal.code, refusal.facts, name)
