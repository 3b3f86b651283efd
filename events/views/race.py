"""The race: what a runner may tell, for oneself and for those one brings."""

from functools import partial

from django.utils import timezone
from django.utils.translation import gettext

from ..actions import entries
from ..actions.earlier_times import is_open
from ..forms.race import entry_forms
from ..models import Answer, Race
from .doors import guest_only
from .telling import tell_page


@guest_only("GET", "HEAD", "POST")
def race(request, guest):
    """`/i/<token>/race/`: class, been up before, target time and shirt; all of it optional."""
    return tell_page(
        request, guest, Answer.objects.to_races(),
        template="events/race.html",
        make_forms=entry_forms,
        save=entries.tell,
        step_title=gettext("The race"),
        may_tell_times=guest.contact_id is not None and partial(_may_tell_times, guest),
    )  # fmt: skip


def _may_tell_times(guest):
    """Whether times from before may be told of; one query, and only where the page asks."""
    return any(is_open(race, now=timezone.now()) for race in Race.objects.at(guest.event_id))
