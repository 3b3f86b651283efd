"""The race day: who is in and who is missing, showing the results, contests, and the organiser's own words."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from ..actions import races as setting_up
from ..actions import results as deeds
from ..forms.result_words import WordsForm
from ..models import Activity, Guest, History, Invitation, Race
from ..reports import contests as reports
from ..reports.race_day import day_of
from ..reports.results import lines
from .pages import show

OFFICE = History.Channel.OFFICE
both = require_http_methods(["GET", "HEAD", "POST"])
DEEDS = {
    "publish": deeds.publish,
    "unpublish": deeds.unpublish,
    "finalise": deeds.finalise,
    "reopen": deeds.reopen,
}


@require_safe
def race_day(request):
    """Each race of the event at a glance."""
    readers = _readers(request.event)
    days = [day_of(race, readers) for race in _races(request.event)]
    return show(
        request, "admin/race/day.html", _("Race day"), days=days, times_url=_address(request, "event_times"),
        file_url=_address(request, "event_results_in"), setup_url=_address(request, "event_race_setup"),
        letter_url=reverse("admin:event_send", args=[request.event.pk, "results"]),
    )  # fmt: skip


@both
def race_deed(request, activity_id, deed):
    """Says what will happen and asks once; then does it."""
    if deed not in DEEDS:
        raise Http404
    activity = _activity(request, activity_id)
    back = reverse("admin:event_race_day", args=[request.event.pk])
    if request.method != "POST":
        return _ask(request, Race.objects.of(activity), deed, back)
    try:
        DEEDS[deed](activity, by=request.user, channel=OFFICE, now=timezone.now())
    except deeds.NothingToShow:
        messages.error(request, _("The race has not begun, so there is nothing to show yet."))
    except deeds.StillOpen as still:
        text = ngettext(
            "%(count)s result is still to be decided. See what stands below, and finish afterwards.",
            "%(count)s results are still to be decided. See what stands below, and finish afterwards.",
            still.count,
        )
        messages.error(request, text % {"count": still.count})
    else:
        messages.success(request, _done(deed))
    return HttpResponseRedirect(back)


@both
def contests(request, activity_id):
    """Who came nearest to the own goal and the like; and whether guests see it."""
    activity = _activity(request, activity_id)
    if request.method == "POST":
        fields = {"shows_contests": request.POST.get("shows") == "1"}
        setting_up.set_up(activity, fields, by=request.user, channel=OFFICE, now=timezone.now())
        messages.success(request, _("Saved. Thank you!"))
        return HttpResponseRedirect(request.path)
    race = _race_of(activity)
    rows = lines(race)
    return show(
        request, "admin/race/contests.html", _("Contests: %(race)s") % {"race": activity}, race=race,
        contests=reports.of_race(race, rows), often=reports.often(race, rows),
    )  # fmt: skip


@both
def words(request, activity_id):
    """The organiser's own lines to the runners, with ours beside them."""
    activity = _activity(request, activity_id)
    race = _race_of(activity)
    form = WordsForm(request.POST if request.method == "POST" else None, words=race.words or {})
    if request.method == "POST" and form.is_valid():
        setting_up.set_up(activity, {"words": form.words}, by=request.user, channel=OFFICE, now=timezone.now())
        messages.success(request, _("Saved. Thank you!"))
        return HttpResponseRedirect(reverse("admin:event_race_day", args=[request.event.pk]))
    return show(
        request, "admin/race/words.html", _("Words to the runners: %(race)s") % {"race": activity},
        status=422 if form.errors else 200, form=form, errors=form.errors,
    )  # fmt: skip


def _activities(event):
    return Activity.objects.filter(event=event, kind=Activity.Kind.RACE).select_related("event")


def _activity(request, activity_id):
    """The event's own race, else 404 (S7)."""
    return get_object_or_404(_activities(request.event), pk=activity_id)


def _race_of(activity):
    """With the event it is of, and never written."""
    race = Race.objects.of(activity)
    race.activity = activity
    return race


def _races(event):
    """In the order of the programme; one that nobody has set up yet has the usual rules. Two queries."""
    known = {race.activity_id: race for race in Race.objects.at(event)}
    activities = _activities(event).filter(cancelled_at=None).order_by("starts_at", "pk")
    return [known.get(activity.pk) or Race(activity=activity) for activity in activities]


def _readers(event):
    """How many guests have a link that opens."""
    return Guest.objects.filter(event=event, forgotten_at=None, invitation__state=Invitation.State.SENT).count()


def _address(request, name):
    try:
        return reverse(f"admin:{name}", args=[request.event.pk])
    except NoReverseMatch:
        return ""


def _done(deed):
    return {
        "publish": _("The results are shown to the guests now."),
        "unpublish": _("The guests do not see the results any more."),
        "finalise": _("The results are final."),
        "reopen": _("The results are provisional again."),
    }[deed]


def _ask(request, race, deed, back):
    title, text, press = {
        "publish": lambda: (_("Show the results"), _of_showing(request, race), _("Show them")),
        "unpublish": lambda: (
            _("Take the results back"),
            _("The guests see nothing of them any more, on their pages and on the board. You can show them again."),
            _("Take them back"),
        ),
        "finalise": lambda: (
            _("Finish the results"),
            _of_finishing(race),
            _("Finish them"),
        ),
        "reopen": lambda: (
            _("Open the results again"),
            _("They are called provisional again, and follow each change of class or year of birth."),
            _("Open them again"),
        ),
    }[deed]()
    return show(
        request, "admin/events/confirm.html", f"{title}: {race}", text=text, press=press, back=back,
        is_grave=deed == "unpublish",
    )  # fmt: skip


def _of_showing(request, race):
    """Who sees it, what, and what is kept back."""
    results, readers = day_of(_race_of(race.activity)).results, _readers(request.event)
    guests = ngettext(
        "%(count)s guest sees the results by the personal link from then on.",
        "%(count)s guests see the results by their personal links from then on.",
        readers,
    )  # fmt: skip
    so_far = ngettext("There is %(count)s result so far.", "There are %(count)s results so far.", results)
    kept = _("Names are shown of those who agreed, and no times of those who hide theirs. No mail goes out.")
    return " ".join([guests % {"count": readers}, so_far % {"count": results}, kept])


def _of_finishing(race):
    """What finishing does, and how many nothing is known of."""
    goes = _("The word “provisional” goes. Should a time come or change later, it is back by itself.")
    out = len(day_of(_race_of(race.activity)).out)
    missing = ngettext(
        "%(count)s of those entered has no result, and stands in no list.",
        "%(count)s of those entered have no result, and stand in no list.",
        out,
    )  # fmt: skip
    return f"{missing % {'count': out}} {goes}" if out else goes
