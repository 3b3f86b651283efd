"""What a guest's page shows: the event, and a card per activity, with every moment in the event's own zone.

Both are dicts: a template looks for an item before it looks for an attribute.
"""

from functools import lru_cache

from django.db.models import Exists, F, OuterRef, Subquery
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, gettext

from ..domain import dates, markup
from ..domain.answers import Choice, State, Window, may_answer
from ..models import Answer, Event, Guest, Question, Result
from ..models.own_start import start_words
from ..models.photo import photo_facts
from ..models.prepared import Prepared
from ..models.result_words import clock
from .doors import contact_of
from .parties import called, companion_sentences


def _results_of_answer():
    """Of the outer answer's guest in the outer answer's race."""
    return Result.objects.filter(entry__guest=OuterRef("guest"), entry__activity=OuterRef("activity"))


_answers_of = Prepared(
    lambda guest_id: (
        Answer.objects.filter(guest__in=Guest.objects.party_of(guest_id).order_by())
        .annotate(
            companion_name=F("guest__companion_name"),
            has_questions=Exists(Question.objects.filter(activity=OuterRef("activity"))),
            **photo_facts(OuterRef("activity__event"), OuterRef("guest")),
            results_since=F("activity__race__published_at"),
            result_ms=Subquery(_results_of_answer().values("time_ms")[:1]),
        )
        .select_related("activity")
        .with_start()
        .order_by()
    ),
    example=-1,
    times=2,
)


def answers_of(guest):
    """The guest's answers with their activities, in the order of the programme; one query.

    Each has the companions' answers to the same as `companions`, these their `companion_name`, and tells whether the
    organiser has questions about the activity, whether the event has photos, since when results are shown, and the
    guest's own time.
    """
    rows = sorted(_answers_of(guest.pk), key=lambda row: (row.activity.starts_at, row.activity_id, row.guest_id))
    own = {row.activity_id: row for row in rows if row.guest_id == guest.pk}
    for row in own.values():
        row.companions = []
    for row in rows:
        if row.guest_id != guest.pk and row.activity_id in own:
            own[row.activity_id].companions.append(row)
    return list(own.values())


def result_card(answers, token):
    """{"url", "time"} of the results where some are shown, the time being the guest's own or ""; else None."""
    shown = [answer for answer in answers if answer.results_since and not answer.activity.is_cancelled]
    if not shown:
        return None
    first = next((answer for answer in shown if answer.result_ms), shown[0])
    return {"url": f"{reverse('results', args=[token])}?race={first.activity.slug}", "time": clock(first.result_ms)}


@lru_cache(maxsize=256)
def html(text):
    """An organiser's text, the same for all guests, as safe HTML (markup.to_html escapes what it does not write)."""
    return mark_safe(markup.to_html(text)) if text else ""  # noqa: S308


def state_for(guest):
    """The event's state as the guest finds it: once the day and all the guest's parts are over, nobody is asked any
    more, also before an organiser has marked it as held.
    """
    return Event.State.HELD if guest.event.is_over(_ends(guest), timezone.now()) else guest.event.state


def _ends(guest):
    """When each of the guest's parts ends; read only where somebody asks for the first."""
    for row in answers_of(guest):
        yield row.activity.ends_at


def around(guest):
    """What stands around each of a guest's pages: the event, and whom to call."""
    return {"event": event_view(guest.event), "guest": guest, "contact": contact_of(guest.event)}


def event_view(event):
    language = get_language()
    return {
        "title": str(event.title),
        "intro_html": html(str(event.intro)),
        "bring_html": html(str(event.bring)),
        "day_text": dates.capitalised(dates.long_day(event.held_on, language)),
        "town": event.town,
        "scene": event.scene,
        "picture_url": "",
        "state": event.state,
        "reply_by_text": day_and_clock(event.answer_by_at, event.zone, language),
    }


def day_and_clock(moment, zone, language):
    """ "Thursday 10 September" for the end of a day, with the clock for any other moment."""
    if moment is None:
        return ""
    local = moment.astimezone(zone)
    day = dates.by_day(local, language)
    return day if (local.hour, local.minute) == (23, 59) else f"{day} {dates.at_clock(local, language)}"


def card(answer, line, event, token, *, now, posted=None, wish=""):
    """One activity as the guest sees it. posted: the choice just made and not saved, if any; wish: what came late."""
    activity, language = answer.activity, get_language()
    starts_at, ends_at = activity.starts_at.astimezone(event.zone), activity.ends_at.astimezone(event.zone)
    window = may_answer(event.state, activity.closes_at(event), now)
    places_left = None if activity.capacity is None else max(0, activity.capacity - line.coming)
    is_full = places_left is not None and (places_left == 0 or line.waiting > 0)
    return {
        "slug": activity.slug,
        "title": str(activity.title),
        "time_text": dates.clock(starts_at, language),
        "span_text": _when(event, starts_at, ends_at, language),
        "place": str(activity.place),
        "address": activity.address,
        "map_url": activity.map_url,
        "dress": str(activity.dress),
        "description_html": html(str(activity.description)),
        "state": answer.state,
        "choice": posted or ("coming" if answer.state == State.WAITING else answer.state),
        "waiting_number": line.place_of(answer),
        "places_left": None if is_full else places_left,
        "is_full": is_full,
        "would_be_number": line.waiting + 1,
        "is_cancelled": activity.is_cancelled,
        "can_answer": window is Window.OPEN and not activity.is_cancelled,
        "reason": _reason(window, event),
        "is_past_deadline": window is Window.DEADLINE_PASSED,
        "is_in_grace": window is Window.OPEN and now > activity.deadline_at(event),
        "wish_text": wish_words(wish or posted) if window in (Window.DEADLINE_PASSED, Window.CLOSED) else "",
        "reply_by_text": day_and_clock(activity.answer_by_at, event.zone, language),
        "ics_url": ics_url(answer, token),
        "starts": _starts(answer, event, language),
        "sentence": _sentence(answer, line, starts_at, language),
        "companions": companion_sentences(answer, line) if answer.companions and not activity.is_cancelled else (),
        "error": "",
        "sign": "not_coming" if activity.is_cancelled else answer.state,
    }


def _starts(answer, event, language):
    """The guest's own start in the race and those of the companions, in words."""
    if answer.activity.is_cancelled:
        return ()
    party = [(answer, "")] + [(row, dates.capitalised(called(row))) for row in answer.companions]
    said = (start_words(row, event, language, name=name) for row, name in party)
    return [words for words in said if words]


def _when(event, starts_at, ends_at, language):
    span = dates.span(starts_at, ends_at, language)
    return dates.capitalised(span if starts_at.date() == event.held_on else f"{dates.day(starts_at, language)} {span}")


def _reason(window, event):
    if window is Window.DEADLINE_PASSED:
        return gettext("The reply date has passed, but do get in touch with %(name)s.") % {"name": event.contact[0]}
    return ""


def wish_words(choice):
    """A choice in the words of its button."""
    return {
        Choice.COMING: gettext("I'm coming"),
        Choice.NOT_COMING: gettext("I can't"),
        Choice.UNSURE: gettext("Don't know yet"),
    }.get(choice, "")


def ics_url(answer, token):
    """The calendar file's address for whoever is coming (or was, when the activity is called off), else ""."""
    if answer.state != State.COMING:
        return ""
    return reverse("calendar", args=[token, answer.activity.slug])


def _sentence(answer, line, starts_at, language):
    """What we understood, in words (F8)."""
    if answer.activity.is_cancelled:
        words = gettext("%(activity)s is cancelled.")
    else:
        words = {
            State.COMING: gettext("%(activity)s: you are coming, %(day)s %(clock)s."),
            State.NOT_COMING: gettext("%(activity)s: you can't come."),
            State.UNSURE: gettext("%(activity)s: you don't know yet. Tell us when you do."),
            State.WAITING: gettext(
                "%(activity)s is full. You are number %(number)s on the waiting list, and we write the moment "
                "there is a place for you."
            ),
            State.NO_ANSWER: gettext("%(activity)s: you have not replied yet."),
        }[answer.state]
    return words % {
        "activity": answer.activity.title,
        "day": dates.on_day(starts_at, language),
        "clock": dates.at_clock(starts_at, language),
        "number": line.place_of(answer),
    }
