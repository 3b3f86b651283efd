"""The guest's page, answer and calendar file, written as shortly as Django lets one."""

from datetime import UTC, timedelta

import icalendar
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import transaction
from django.db.models import Count
from django.http import FileResponse, Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import condition, conditional_page

from events.domain import links
from events.models import Answer, Guest, History, Invitation, Message, Photo

KEYS = links.signing_keys([settings.SECRET_KEY])
CHOICES = {"coming", "not_coming", "unsure"}
WAITS = timedelta(minutes=2)


def health(request):
    return HttpResponse("ok")


def guest_page(request, token):
    """The token is checked, guest and answers are read; GET shows the form, POST stores what it says."""
    guest = guest_of(token)
    if request.method == "POST":
        save(guest, request.POST)
        return HttpResponseRedirect(request.path)
    answers, heads = list(answers_of(guest)), coming(guest.event)
    for answer in answers:
        answer.is_full = is_full(answer.activity, heads)
    return render(request, "guest_page.html", {"guest": guest, "event": guest.event, "answers": answers})


def calendar(request, token, activity):
    """The calendar file of an activity the guest comes to: built as the library's own guide shows."""
    guest = guest_of(token)
    answer = get_object_or_404(
        Answer.objects.select_related("activity"), guest=guest, activity__slug=activity, state="coming"
    )
    content = written([answer], guest.event)
    return HttpResponse(
        content, content_type="text/calendar; charset=utf-8", headers={"Content-Disposition": "attachment"}
    )


@conditional_page
def feed(request, token):
    """The private calendar, written as the library's own guide shows; Django hashes it and answers 304."""
    guest = guest_of(token, links.Purpose.FEED)
    answers = Answer.objects.select_related("activity").filter(guest=guest, state="coming")
    return HttpResponse(written(answers, guest.event), content_type="text/calendar; charset=utf-8")


@condition(etag_func=lambda request, token: '"constant"')
def board(request, token):
    """A board that knows its answer by heart."""
    return HttpResponse("{}", content_type="application/json")


def photo_file(request, token, key):
    """One of the event's photos that are shown, sent as Django's own documentation shows."""
    photo = get_object_or_404(Photo, event=guest_of(token).event, key=key, state="shown")
    return FileResponse(default_storage.open(photo.file("480.jpg")))


def written(answers, event):
    calendar = icalendar.Calendar()
    calendar.add("version", "2.0")
    calendar.add("prodid", "-//Limit//EN")
    for answer in answers:
        about = icalendar.Event()
        about.add("uid", answer.uid)
        about.add("sequence", answer.sequence)
        about.add("dtstamp", answer.stamped_at)
        about.add("dtstart", answer.activity.starts_at.astimezone(UTC))
        about.add("dtend", answer.activity.ends_at.astimezone(UTC))
        about.add("summary", f"{answer.activity.title} – {event.title}")
        about.add("location", f"{answer.activity.place}, {answer.activity.address}")
        about.add("description", str(answer.activity.description))
        calendar.add_component(about)
    return calendar.to_ical()


def guest_of(token, purpose=links.Purpose.GUEST):
    parts = links.split(token)
    if parts is None:
        raise Http404
    row = Invitation.objects.select_related("guest__event", "guest__contact", "guest__host")
    invitation = get_object_or_404(row, public_id=parts[0])
    if not links.is_genuine(token, purpose=purpose, version=invitation.version, keys=KEYS):
        raise Http404
    return invitation.guest


def answers_of(guest):
    return Answer.objects.filter(guest=guest).select_related("activity").order_by("activity__starts_at")


def coming(event):
    """{activity id: heads} where places are few."""
    limited = Answer.objects.filter(activity__event=event, activity__capacity__isnull=False, state="coming")
    return dict(limited.order_by().values_list("activity_id").annotate(Count("pk")))


def is_full(activity, heads):
    return activity.capacity is not None and heads.get(activity.pk, 0) >= activity.capacity


@transaction.atomic
def save(guest, posted):
    """Answers within the capacities, history and a confirmation to be sent: seven statements in all."""
    now, changed, rows, heads = timezone.now(), [], [], coming(guest.event)
    for answer in answers_of(guest).select_for_update(of=("self",)):
        said, before = posted.get(f"answer-{answer.activity.slug}"), answer.state
        if said not in CHOICES or said == before:
            continue
        if said == "coming" and is_full(answer.activity, heads):
            continue
        answer.state, answer.answered_at = said, now
        changed.append(answer)
        facts = {"before": before, "after": answer.state}
        rows.append(
            History(
                event=guest.event, guest=guest, activity=answer.activity, at=now, channel="web", what="answered",
                facts=facts,
            )
        )  # fmt: skip
    if not changed:
        return
    Answer.objects.bulk_update(changed, ["state", "answered_at"])
    Guest.objects.filter(pk=guest.pk, answered_at=None).update(answered_at=now)
    History.objects.bulk_create(rows)
    Message.objects.bulk_create(
        [
            Message(
                guest=guest, event=guest.event, letter="confirmation", key="confirmation", language="nb",
                created_at=now, due_at=now + WAITS, message_id=f"<{links.new_public_id()}@limit.example>",
            )
        ],
        update_conflicts=True, unique_fields=["guest", "key"], update_fields=["due_at", "message_id"],
    )  # fmt: skip
