"""The rows' side of making photos: each function is one conditional update, so that of two workers only one wins.

A row that is claimed again has another moment of claiming; whoever still holds the earlier one writes nothing.
"""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import F

from ..models import History, Photo, PhotoUpload
from ..models.updates import update_row
from . import history

MOST_ATTEMPTS = 2  # a photo that killed whoever made it twice is not made (rules/photos.md §3, 6)
LEASE = timedelta(minutes=5)  # longer than a photo may take, with a slow storage on both sides
NOT_MADE = "not_made"
YEARS = range(1900, 2200)  # in which a photo may have been taken, whatever its notes say
_LOOKED_AT = 10
Work = Photo.Work


def claim(photos, *, now):
    """The next of these photos that waits, now ours; None when none does."""
    for pk in list(photos.filter(work=Work.WAITING).order_by("pk").values_list("pk", flat=True)[:_LOOKED_AT]):
        ours = Photo.objects.filter(pk=pk, work=Work.WAITING)
        if ours.update(work=Work.MAKING, claimed_at=now, attempts=F("attempts") + 1):
            return Photo.objects.select_related("event", "upload").filter(pk=pk, work=Work.MAKING).first()
    return None


def _ours(photo):
    return {"id": photo.pk, "work": Work.MAKING, "attempts": photo.attempts, "claimed_at": photo.claimed_at}


@transaction.atomic
def record(photo, made, place):
    """The files lie at `place`: guests may see them. False when the photo is gone, or no longer ours."""
    uploads = PhotoUpload.objects.select_for_update(no_key=True).filter(pk=photo.upload_id)
    shift = next((upload.shift_minutes for upload in uploads), 0)  # its clock may just be set
    taken_at = _taken_at(made, photo.event.zone) or photo.taken_at
    return bool(
        update_row(
            Photo,
            where=_ours(photo),
            work=Work.MADE,
            attempts=0,
            claimed_at=None,
            refusal={},
            place=place,
            sizes=made.sizes,
            colour=made.colour,
            made_turned=photo.turned,
            taken_at=taken_at,
            **_ordered_at(photo, taken_at, shift),
        )
    )  # fmt: skip


def _ordered_at(photo, taken_at, shift):
    """{"ordered_at": when it counts as taken}; empty for one that is only made anew: it stays as somebody set it."""
    stays = bool(photo.sizes) and taken_at == photo.taken_at
    return {} if stays else {"ordered_at": photo.moved(taken_at, shift)}


def _taken_at(made, zone):
    """The camera's wall clock in the event's zone; an offset it noted only brings it there. None where it is none."""
    return _read(made.taken + made.offset, zone) or _read(made.taken, zone)


def _read(written, zone):
    """Anybody may write anything there: a year at the end of the calendar would let nobody read the row any more."""
    try:
        at = datetime.fromisoformat(written)
    except ValueError:
        return None
    return (at if at.tzinfo else at.replace(tzinfo=zone)).astimezone(zone) if at.year in YEARS else None


def refuse(photo, code, facts):
    """It does not become a photo; its file stays for a week, for who wants to try again. What is a photo and was only
    turned stands as before.
    """
    refusal = {"code": code, "facts": facts}
    now_is = {"work": Work.MADE, "turned": photo.made_turned} if photo.sizes else {"work": Work.REFUSED}
    return update_row(Photo, where=_ours(photo), claimed_at=None, refusal=refusal, **now_is)


def give_back(photo):
    """Whoever made it was killed: once more, or never again."""
    if photo.attempts >= MOST_ATTEMPTS:
        return refuse(photo, NOT_MADE, {})
    return update_row(Photo, where=_ours(photo), work=Work.WAITING, claimed_at=None)


def put_off(photo):
    """The storage is away, which is not the photo's fault: it is tried again when its time is over."""
    return update_row(Photo, where=_ours(photo), attempts=photo.attempts - 1)


def reap(*, now):
    """Photos whose maker has not been heard of: once more, or never again. Returns how many."""
    lost = Photo.objects.filter(work=Work.MAKING, claimed_at__lte=now - LEASE)
    return sum(give_back(photo) for photo in lost)


@transaction.atomic
def try_again(event, photos, *, by, channel, now):
    """Refused photos of an event wait to be made once more. Returns how many; doing it twice is harmless."""
    refused = photos.filter(event=event, work=Work.REFUSED).select_for_update(of=["self"]).order_by("pk")
    again = Photo.objects.filter(pk__in=[photo.pk for photo in refused])
    count = again.update(work=Work.WAITING, attempts=0, refusal={})
    if count:
        facts = {"change": "again", "count": count}
        history.record(event, History.What.PHOTO_CHANGED, by=by, channel=channel, now=now, **facts)
    return count
