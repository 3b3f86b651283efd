"""Setting up a race: course, start, times, lists; and for whom its classes are."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ..actions import courses, races, timing
from ..forms.race_setup import CourseForm, RaceForm, RuleForm
from ..models import Activity, Course, History, Race, RaceClass
from ..reports.starts import races_of
from .access import access_of
from .pages import show

both = require_http_methods(["GET", "HEAD", "POST"])


def how(request):
    return {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}


def chosen_race(request):
    """(all races of the event, the one that ?race= names or the first); None where there is none."""
    found = races_of(request.event)
    wanted = request.GET.get("race", "")
    return found, next((race for race in found if race.activity.slug == wanted), next(iter(found), None))


def race_of(request, activity_id, section="race_setup"):
    """The event's own race, else 404 (S7). The page stands behind the section's link."""
    request.section = section
    rows = Activity.objects.filter(event=request.event, kind=Activity.Kind.RACE).on()
    activity = get_object_or_404(rows, pk=activity_id)
    activity.event = request.event
    race = Race.objects.of(activity)
    race.activity = activity
    return race


def setup_url(race):
    return f"{reverse('admin:event_race_setup', args=[race.activity.event_id])}?race={race.activity.slug}"


@both
def set_up(request):
    """How the race is run. What a change does to starts given out, and to results, is said before it is done."""
    found, race = chosen_race(request)
    if race is None:
        return show(request, "admin/race/setup.html", _("Set up the race"), race=None)
    has_begun = timezone.now() >= race.starts_at
    form = RaceForm(request.POST if request.method == "POST" else None, instance=race)
    effect = {}
    if request.method == "POST" and form.is_valid():
        effect = _effect(form.instance, has_begun)
        if not any(effect.values()) or "sure" in request.POST:
            races.set_up(race.activity, form.cleaned_data, **how(request))
            messages.success(request, _("Saved. Thank you!"))
            return HttpResponseRedirect(setup_url(race))
    return show(
        request, "admin/race/setup.html", _("Set up the race"),
        status=422 if form.errors or any(effect.values()) else 200, races=found, race=race, form=form,
        errors=form.errors, effect=_in_words(effect), changes_results=effect.get("results"), has_begun=has_begun,
        classes=RaceClass.objects.filter(activity=race.activity),
    )  # fmt: skip


def _effect(race, has_begun):
    """{what: how many} of the race as it is in hand, not stored."""
    if not race.pk:
        return {}
    return {"starts": races.would_lose_starts(race), **(timing.would_change(race) if has_begun else {})}


def _in_words(effect):
    """[sentence] on what a change does to starts and results."""
    counted = {
        "starts": lambda n: ngettext(
            "%(n)s runner loses the start given out.", "%(n)s runners lose the starts given out.", n
        ),
        "results": lambda n: ngettext("%(n)s result will be another.", "%(n)s results will be another.", n),
        "times": lambda n: ngettext("%(n)s time changes.", "%(n)s times change.", n),
        "places": lambda n: ngettext("%(n)s place changes.", "%(n)s places change.", n),
    }
    return [words(effect[name]) % {"n": effect[name]} for name, words in counted.items() if effect.get(name)]


@both
def course(request, activity_id):
    """Changes the race's course, or with ?new makes another: a course of its own, or a new version of this one.

    A course on which races of others are run is theirs, too: of that only a new version is made.
    """
    race = race_of(request, activity_id)
    is_new = "new" in request.GET or race.course is None
    may_change = not is_new and _is_own(request, race.course)
    instance = Course() if is_new else race.course
    initial = {"name": race.course.name, "facts": race.course.facts} if is_new and race.course else {}
    form = CourseForm(request.POST if request.method == "POST" else None, instance=instance, initial=initial)
    if request.method == "POST":
        if not (is_new or may_change):
            raise Http404
        if form.is_valid():
            if is_new:
                courses.make(race.activity, form.cleaned_data, **how(request))
            else:
                stored = Course.objects.get(pk=race.course_id)
                courses.change(race.activity, stored, form.cleaned_data, **how(request))
            messages.success(request, _("Saved. Thank you!"))
            return HttpResponseRedirect(setup_url(race))
    title = _("A new course") if is_new else _("The course")
    return show(
        request, "admin/race/course.html", title, status=422 if form.errors else 200, race=race, form=form,
        errors=form.errors, may_change=is_new or may_change, is_new=is_new, list_url=setup_url(race),
    )  # fmt: skip


def _is_own(request, course):
    """Whether all races on the course are at events this user organises."""
    if request.user.is_superuser:
        return True
    return not Race.objects.filter(course=course).exclude(activity__event__in=access_of(request).events).exists()


@dataclass(frozen=True)
class Rule:
    """The fields of one class."""

    of: RaceClass
    form: RuleForm


@both
def rules(request, activity_id):
    """For whom each class is; needed only where a class is to be proposed by age and gender."""
    race = race_of(request, activity_id)
    data = request.POST if request.method == "POST" else None
    known = RaceClass.objects.filter(activity=race.activity)
    rows = [Rule(each, RuleForm(data, instance=each, prefix=f"c{each.pk}")) for each in known]
    valid = [row.form.is_valid() for row in rows]  # each of them, for what is said beside it
    if data is not None and all(valid):
        stored = {each.pk: each for each in RaceClass.objects.filter(activity=race.activity)}
        wanted = {stored[row.of.pk]: row.form.cleaned_data for row in rows}
        courses.set_rules(race.activity, wanted, **how(request))
        messages.success(request, _("Saved. Thank you!"))
        return HttpResponseRedirect(setup_url(race))
    wrong = any(row.form.errors for row in rows)
    return show(
        request, "admin/race/rules.html", _("For whom the classes are"), status=422 if wrong else 200, race=race,
        rows=rows, errors=wrong, list_url=setup_url(race),
    )  # fmt: skip
