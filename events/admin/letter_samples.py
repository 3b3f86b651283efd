"""What a letter would be about one day, so that it can be looked at before there is anything to write."""

from copy import copy
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from .. import emails
from ..domain import differences
from ..domain.answers import State
from ..models import Letter

Kind = Letter.Kind
ABOUT_A_PART = (Kind.PROMOTED, Kind.CALENDAR)
ABOUT_THE_PROGRAMME = (*ABOUT_A_PART, Kind.CHANGE, Kind.CANCELLATION)
EARLIER = timedelta(minutes=30)


def sample(kind, guest, edition):
    """{activity, said, facts} for a preview, as far as this kind of letter has them.

    For a cancellation the first part of the edition becomes one that is called off.
    """
    if kind in emails.TO_THE_HOUSE:
        return {"said": [_("Thank you for the invitation. Is there room for a bicycle?")]}
    part = _first_part(guest, edition) if kind in ABOUT_THE_PROGRAMME else None
    if part is None:
        return {}
    if kind in ABOUT_A_PART:
        return {"activity": part}
    if kind == Kind.CHANGE:
        moved = {name: differences.plain(getattr(part, name) - EARLIER) for name in ("starts_at", "ends_at")}
        return {"facts": differences.facts(parts={part.pk: moved})}
    if kind == Kind.CANCELLATION:
        edition.activities[part.pk] = off = copy(part)
        off.cancelled_at = timezone.now()
        return {"facts": differences.facts(parts={part.pk: {"is_cancelled": False}})}
    return {}


def _first_part(guest, edition):
    """The first part that takes place and to which the guest has not said no."""
    asked = {answer.activity_id for answer in guest.answer_set.all() if answer.state != State.NOT_COMING}
    return next((part for pk, part in edition.activities.items() if pk in asked and not part.is_cancelled), None)
