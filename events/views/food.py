"""Food and adjustments: asked only where something is served, kept only while the guest agrees (P1, P2)."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext

from ..actions import food as deeds
from ..domain import dates
from ..domain.food import Plate
from ..forms.food import FoodForm
from ..models import Event, Food, History, food_words, plates
from . import parties
from .doors import guest_only, is_from_office, token_of
from .steps import show_step, too_late, url_after

VIEW = "food"
NOT_ASKED = "not_asked"
BEGUN = "begun"
OFFICE = "office"
LATE = {Event.State.CLOSED, BEGUN}
PAGE = "events/food.html"


@guest_only("GET", "HEAD", "POST")
def food(request, guest):
    """`/i/<token>/food/`: GET shows, POST keeps what was told, or takes the consent back.

    To whoever is logged in to the back office it shows nothing, and takes nothing from them.
    """
    if is_from_office(request):
        status = 403 if request.method == "POST" else 200
        return show_step(request, guest, PAGE, status=status, shut=OFFICE, step_title=gettext("Food and adjustments"))
    if request.method == "POST" and "withdraw" in request.POST:
        deeds.withdraw(guest, now=timezone.now())
        return _go(reverse(VIEW, args=[token_of(request)]))
    table, told, consent = plates.table_of(guest), plates.told_by(guest), plates.last_consent(guest)
    known = {row.guest_id: Plate(tuple(row.needs), row.other) for row in told}
    posted = request.POST if request.method == "POST" else None
    form = FoodForm(posted, people=table.people, told=known, asks_consent=not _is_agreed(consent), me=guest)
    shut = _shut(guest.event, table, timezone.now())
    if form.is_bound and not shut and form.is_valid():
        if _is_stored(guest, form):
            return _go(url_after(request, guest, VIEW))
        form = FoodForm(posted, people=table.people, told=known, asks_consent=True, me=guest)
    return _show(request, guest, form, told, consent, shut)


def _go(url):
    return HttpResponse(status=303, headers={"Location": url})


def _is_agreed(consent):
    """Whether the words of today are agreed to."""
    return bool(consent and consent.withdrawn_at is None and consent.text_version == food_words.VERSION)


def _is_stored(guest, form):
    """False when the consent was taken back in another tab a moment ago."""
    how = {"language": get_language(), "channel": History.Channel.WEB, "now": timezone.now()}
    try:
        deeds.store(guest, form.plates, is_agreed=form.is_agreed, **how)
    except deeds.NotAgreed:
        return False
    return True


def _shut(event, table, now):
    """Why nothing can be told, or "". Not for the date to answer by: an allergy told late is better than none."""
    if not table.people:
        return NOT_ASKED
    if event.state != Event.State.OPEN:
        return event.state
    return BEGUN if now > table.last_start_at else ""


def _show(request, guest, form, told, consent, shut):
    """The page; 422 where something sent was not kept, with all of it."""
    rows = [(row.guest, row.needs, row.other) for row in told]
    day = dates.by_long_day(plates.deleted_on(guest.event), get_language())
    context = {
        "step_title": gettext("Food and adjustments"),
        "shut": shut,
        "is_taken_back": bool(consent and consent.withdrawn_at and not told),
        "is_agreed": _is_agreed(consent),
        "can_withdraw": bool(consent and consent.withdrawn_at is None) or any(row.needs or row.other for row in told),
        "told": [_in_words(*row) for row in rows],
        "unsaved": _unsaved(form) if shut else [],
        "purpose": gettext(food_words.PURPOSE),
        "who_sees": gettext(food_words.WHO_SEES),
        "deleted": gettext(food_words.DELETED) % {"day": day},
        "has_companions": any(person != guest for person in form.people),
    }
    if form.is_bound and shut in LATE:
        return too_late(request, guest, PAGE, None, **context)
    status = 422 if form.is_bound else 200
    return show_step(request, guest, PAGE, status=status, form=None if shut else form, **context)


def _unsaved(form):
    """What was being written when it was too late, to be read out on the phone."""
    if not form.is_bound:
        return []
    form.is_valid()
    rows = ((person, form.plates[person.pk]) for person in form.people)
    return [_in_words(person, plate.needs, plate.other) for person, plate in rows if plate.is_special]


def _in_words(person, needs, other):
    words = [str(Food.Need(code).label) for code in needs] + [other] * bool(other)
    return {"name": parties.name_of(person), "words": words}
