"""What becomes of rows when their person is forgotten: what each model's inner `Privacy` says.

A row is emptied, so that it goes on counting, or it goes (`row_goes`); some only where `erased_where` fits. Values that
must be unlike all others are made anew. Everything in the caller's transaction.
"""

from collections import Counter

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.db.models import CharField, Exists, Q, TextField, Value
from django.db.models.functions import Cast, Concat

from ..domain.links import new_public_id
from ..models import (
    Answer,
    Contact,
    Event,
    Food,
    Guest,
    History,
    Invitation,
    KitchenList,
    Message,
    Photo,
    Race,
    Result,
    Substitute,
    Voice,
    boards,
    needs,
)
from . import history, photo_files, photo_forgetting, timing

FORGOTTEN = "forgotten"  # why a mail did not leave


def _numbered(before, after=""):
    """A value made of the row's own number, which stays anyway."""
    return Concat(Value(before), Cast("pk", CharField()), Value(after), output_field=CharField())


ANEW = {
    (Answer, "uid"): _numbered("forgotten-", "@vertskap"),
    (Message, "key"): _numbered("forgotten-"),
    (Message, "message_id"): _numbered("<forgotten-", "@vertskap>"),
}


def rows_about(guest_ids):
    """[QuerySet] of everything that hangs on these guests, whatever tables there are by now."""
    relations = [
        relation
        for relation in Guest._meta.related_objects
        if relation.related_model is not Guest and hasattr(relation.related_model, "Privacy")
    ]
    return [
        relation.related_model._base_manager.filter(**{f"{relation.field.name}__in": guest_ids})
        for relation in relations
    ]


def _not_empty(tables):
    """Of these QuerySets those that have a row; one query for all of them."""
    asked = {f"table_{at}": Exists(rows.order_by()) for at, rows in enumerate(tables)}
    found = Event.objects.order_by("pk").values(**asked)[:1].get()
    return [rows for at, rows in enumerate(tables) if found[f"table_{at}"]]


def erase(rows, **also):
    """Empties the rows, or deletes them, as their model says; `also` is set besides. Returns how many."""
    clean_office_log(rows)
    return _empty(rows, **also)


def _empty(rows, **also):
    privacy = rows.model.Privacy
    if getattr(privacy, "row_goes", False):
        if rows.model is Photo:
            photo_files.delete_all(rows)
        return rows.delete()[0]
    rows = rows.filter(**getattr(privacy, "erased_where", {}))
    values = {name: ANEW.get((rows.model, name), value) for name, value in getattr(privacy, "erased", {}).items()}
    if rows.model is Invitation:
        del values["public_id"]
        _renew_public_ids(rows)
    return rows.update(**values, **also) if values or also else 0


def _renew_public_ids(rows):
    found = list(rows.only("pk"))
    for row in found:
        row.public_id = new_public_id()
    Invitation.objects.bulk_update(found, ["public_id"])


def clean_office_log(*tables):
    """What the back office's own log says of these rows of each table: names as they were, and what was typed."""
    told = Q(pk__in=[])
    for rows in tables:
        kind = ContentType.objects.get_for_model(rows.model)
        theirs = rows.order_by().annotate(as_text=Cast("pk", TextField())).values("as_text")
        told |= Q(content_type=kind, object_id__in=theirs)
    LogEntry.objects.filter(told).update(object_repr="–", change_message="")


def erase_food(rows):
    """Deletes what people need at the table; of those who were at an event that is under way or over, the numbers stay.

    The kitchens' lists go with it. Returns how many rows went.
    """
    at = set(rows.values_list("guest__event", flat=True))
    if not at:
        return 0
    for event in Event.objects.select_for_update(no_key=True).filter(pk__in=at).order_by("pk"):
        theirs = rows.filter(guest__event=event)
        event.food_counts = dict(Counter(event.food_counts) + needs.counted(theirs))
        event.save(update_fields=["food_counts"])
    count = rows.count()
    erase(rows)
    return count


def take_off_kitchen_lists(guest_ids):
    """Nobody who is forgotten stands on what the kitchen was handed last."""
    gone = {str(pk) for pk in guest_ids}
    invited_to = Answer.objects.filter(guest__in=guest_ids).values("activity")
    for handed in KitchenList.objects.select_for_update().filter(activity__in=invited_to).order_by("pk"):
        left = {pk: plate for pk, plate in handed.plates.items() if pk not in gone}
        if left != handed.plates:
            KitchenList.objects.filter(pk=handed.pk).update(plates=left)


def close(proposals, voices, *, now):
    """Nobody is to deal any more with what is erased."""
    proposals.filter(state=Substitute.State.PROPOSED).update(state=Substitute.State.DECLINED, decided_at=now)
    voices.unread().update(read_at=now)


def erase_guests(guests, *, by, channel, now):
    """Empties these guests and their companions with all that hangs on them; the numbers stay, and the fact.

    guests: Guest rows with their event, none of them a companion. Mails that wait do not leave.
    """
    ids = [guest.pk for guest in guests]
    everybody = [*ids, *Guest.objects.filter(companion_of__in=ids).values_list("pk", flat=True)]
    Message.objects.filter(guest__in=everybody, state=Message.State.QUEUED).update(
        state=Message.State.STOPPED, error_code=FORGOTTEN
    )
    close(Substitute.objects.filter(guest__in=everybody), Voice.objects.filter(guest__in=everybody), now=now)
    take_off_kitchen_lists(everybody)
    erase_food(Food.objects.filter(guest__in=everybody))
    photo_forgetting.forget_guests(everybody, by=by, channel=channel, now=now)
    ran = list(Race.objects.with_results_of(everybody).values_list("pk", flat=True))
    about, themselves = _not_empty(rows_about(everybody)), Guest.objects.filter(pk__in=everybody, forgotten_at=None)
    clean_office_log(*about, themselves)  # in one go, before some of them are gone
    for rows in about:
        _empty(rows)
    _empty(themselves, forgotten_at=now)
    _forget_bests(everybody, ran)
    History.objects.bulk_create(
        history.note(guest.event, History.What.FORGOTTEN, by=by, channel=channel, now=now, guest=guest)
        for guest in guests
    )
    for event_id in {guest.event_id for guest in guests}:
        boards.changed(event_id)
    return len(everybody) - len(ids)


def _forget_bests(guest_ids, ran):
    """What compared their times over the years goes; the times themselves are numbers, and stay."""
    Result.objects.filter(entry__guest__in=guest_ids).update(best="", best_diff_ms=None)
    for race in Race.objects.filter(pk__in=ran).order_by("activity__starts_at", "pk"):
        timing.rebuild(race)


def erase_contacts(contact_ids):
    """Deletes these people, whom no guest refers to any more. Returns how many."""
    return erase(Contact.objects.filter(pk__in=contact_ids, guest=None))
