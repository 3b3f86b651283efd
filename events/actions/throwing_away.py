"""A draft made by mistake is thrown away, with all that was prepared for it; the people on its list stay contacts."""

import json
from datetime import timedelta
from functools import partial

from django.contrib.admin.models import DELETION, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.files.storage import default_storage
from django.db import transaction

from ..models import Activity, Answer, Contact, Event, Guest, GuestListUpload, History, Membership
from ..models.keeping import days_of, terms_of
from ..models.unused import Goes, why_it_stays
from . import earlier_times, erasure
from .uploads import delete_file


class HasALife(ValueError):
    """The event has left the house in some way; carries the codes of how (models.unused)."""

    def __init__(self, reasons):
        super().__init__(reasons)
        self.reasons = reasons


class LooksDifferent(ValueError):
    """Something else would go with it than whoever pressed has seen."""


@transaction.atomic
def throw_away(event, *, seen, by, now):
    """The event is gone, with guests, programme, letters and history. Contacts stay, with their times from before; who
    is a guest nowhere else as long as somebody who never answered. The back office's own log keeps that it happened.

    seen: the mark of the Goes that was looked at. Raises HasALife and LooksDifferent. Twice is harmless: then it
    returns None, else what went.
    """
    stored = Event.objects.select_for_update().filter(pk=event.pk).first()
    if stored is None:
        return None
    list(Activity.objects.select_for_update().filter(event=stored).order_by("pk").values_list("pk"))
    if reasons := why_it_stays(stored):
        raise HasALife(reasons)
    goes = Goes.of(stored)
    if goes.mark != seen:
        raise LooksDifferent(goes.mark)
    _keep_people(stored, now=now)
    _log(stored, goes, by=by, now=now)
    _delete(stored)
    return goes


def _keep_people(event, *, now):
    """Times go along to another event; who is a guest nowhere else is forgotten when the silent would have been, and
    not before as many days from now.
    """
    earlier_times.carry_over(list(Guest.objects.filter(event=event)), now=now)
    here = Guest.objects.filter(event=event, contact__isnull=False)
    elsewhere = Guest.objects.exclude(event=event).filter(contact__isnull=False)
    left = Contact.objects.filter(pk__in=here.values("contact"), kept_until_on=None)
    today = now.astimezone(event.zone).date()
    until = max(days_of([event])[event.pk].silent_on, today + timedelta(days=terms_of(event).silent_days))
    left.exclude(pk__in=elsewhere.values("contact")).update(kept_until_on=until)


def _log(event, goes, *, by, now):
    """Numbers, the short name, and whose it was; what the log says of guests is emptied."""
    guests = Guest.objects.filter(event=event)
    erasure.clean_office_log(*erasure.rows_about(guests.order_by().values("pk")), guests)
    organisers = Membership.objects.filter(event=event, role=Membership.Role.ORGANISER).order_by("pk")
    told = {"guests": goes.guests, "letters": goes.letters, "parts": goes.parts}
    told["organisers"] = list(organisers.values_list("user", flat=True))
    LogEntry.objects.create(
        user=by, action_time=now, content_type=ContentType.objects.get_for_model(Event), object_id=str(event.pk),
        object_repr=event.slug, action_flag=DELETION, change_message=json.dumps(told),
    )  # fmt: skip


def _delete(event):
    for upload in GuestListUpload.objects.filter(event=event):
        delete_file(upload)
    History.objects.filter(event=event).delete()
    Answer.objects.filter(activity__event=event).delete()
    Guest.objects.filter(event=event).exclude(companion_of=None).delete()
    Guest.objects.filter(event=event).delete()
    Activity.objects.filter(event=event).delete()
    picture = event.letter_picture.name
    event.delete()
    if picture and not Event.objects.filter(letter_picture=picture).exists():
        transaction.on_commit(partial(default_storage.delete, picture))
