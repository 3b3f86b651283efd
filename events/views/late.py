"""What a guest sends after the deadline, or while the event is being closed: nothing typed is lost (A14)."""

from dataclasses import dataclass, field

from django.utils import timezone

from ..actions import late
from ..domain.answers import Choice, NothingChosen, UnknownChoice, Window, read_answers
from ..models import Event, History
from .cards import answers_of


@dataclass(frozen=True)
class TooLate:
    """wishes: {slug: Choice} of what came after the deadline; whether the rest of the same reply was in time."""

    wishes: dict = field(default_factory=dict)
    is_rest_saved: bool = False


def kept_of(request, guest, given):
    """The TooLate of an answer just given, kept for the organisers; None where all of it was in time."""
    if Window.DEADLINE_PASSED not in given.shut.values():
        return None
    chosen = read_answers(request.POST, list(given.decisions))
    wishes = {slug: chosen[slug] for slug, window in given.shut.items() if window is Window.DEADLINE_PASSED}
    _remember(guest, wishes)
    return TooLate(wishes, is_rest_saved=not given.is_shut)


def kept_while_closed(request, guest):
    """{slug: Choice} of what was typed while an organiser closed the event, kept; None when there is nothing."""
    if request.method != "POST" or guest.event.state != Event.State.CLOSED:
        return None
    slugs = [answer.activity.slug for answer in answers_of(guest) if not answer.activity.is_cancelled]
    try:
        wishes = read_answers(request.POST, slugs)
    except (NothingChosen, UnknownChoice):
        return None
    _remember(guest, wishes)
    return wishes


def open_wishes(guest, answers, now):
    """{slug: Choice} of what the guest has wanted since the deadline; no query while nothing is shut."""
    event = guest.event
    is_closed = event.state == Event.State.CLOSED
    shut = {row.activity_id: row.activity.slug for row in answers if is_closed or now > row.activity.closes_at(event)}
    if not shut:
        return {}
    rows = History.objects.filter(guest=guest, activity__in=shut).open_wishes().order_by()
    wishes = dict(rows.values_list("activity_id", "facts__wish"))
    return {shut[pk]: Choice(wish) for pk, wish in wishes.items() if wish in list(Choice)}


def _remember(guest, wishes):
    late.remember(guest, wishes, channel=History.Channel.WEB, now=timezone.now())
