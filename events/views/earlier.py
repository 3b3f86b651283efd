"""Times from before: what a guest ran on the course in years in which we timed nobody."""

from django.http import HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from ..actions import earlier_times as telling
from ..forms.results import EarlierTimeForm
from ..models import History, Race
from ..reports import own_results
from .doors import guest_only, token_of, unknown_link
from .steps import show_step


@guest_only("GET", "HEAD", "POST")
def earlier_times(request, guest):
    """`/i/<token>/earlier/`: GET shows the years, POST adds one or takes one away (`away`), until the first start."""
    race = next((race for race in Race.objects.at(guest.event_id) if race.course_id), None)
    if race is None or guest.contact_id is None:
        return unknown_link(request)
    form = EarlierTimeForm(before=race.activity.event.held_on.year)
    if request.method == "POST":
        form = EarlierTimeForm(request.POST, before=race.activity.event.held_on.year)
        if _is_kept(request, guest, race, form):
            address = reverse("earlier_times", args=[token_of(request)])
            return HttpResponse(status=303, headers={"Location": address})
    is_open = telling.is_open(race, now=timezone.now())
    return show_step(
        request, guest, "events/earlier_times.html", status=422 if form.errors else 200,
        step_title=_("Times from before"), form=form, race=race, is_open=is_open,
        years=own_results.of_years(race, guest),
    )  # fmt: skip


def _is_kept(request, guest, race, form):
    """Whether it is done; what stands in the way is in the form then."""
    how = {"by": None, "channel": History.Channel.WEB, "now": timezone.now()}
    try:
        if "away" in request.POST:
            telling.take_back(guest, race, _year(request.POST["away"]), **how)
            return True
        if not form.is_valid():
            return False
        telling.tell(guest, race, form.cleaned_data["year"], form.cleaned_data["time_ms"], **how)
    except telling.TooLate:
        form.add_error(None, _("The race has begun: what you told us before the first start stands."))
    except telling.TooMany as most:
        form.add_error(None, _("That is a lot of years! There is room for %(count)s.") % {"count": most.args[0]})
    return not form.errors


def _year(text):
    """The year of a button; 0, of which nobody told, for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) == 4 else 0
