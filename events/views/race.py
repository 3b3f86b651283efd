"""The race: what a runner may tell, for oneself and for those one brings."""

from django.utils.translation import gettext

from ..actions import entries
from ..forms.race import entry_forms
from ..models import Answer
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
    )  # fmt: skip
