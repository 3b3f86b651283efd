"""Cheers in the back office: said by hosts, shown and hidden by organisers, and by what rule they come in."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from ..actions import cheers as deeds
from ..actions import races
from ..forms.cheers import CheerForm
from ..models import Activity, Cheer, Guest, History, Race
from ..reports import cheers as reports
from .access import access_of
from .pages import show

CHANNEL = History.Channel.OFFICE
DEEDS = {"show": deeds.show, "hide": deeds.hide}


def context_of(request):
    """What stands around the list: what was just done and its way back, each race's rule, a host's way in."""
    event, access = request.event, access_of(request)
    context = {"may_say": _host(request) is not None}
    if access.organises(event.pk):
        context |= {"rules": _rules(event), "choices": Race.Cheering.choices}
        context["done"] = _done(event, getattr(request, "done", ""))
    return context


def _rules(event):
    """[(race part, its rule)]"""
    found = dict(Race.objects.filter(activity__event=event).values_list("activity", "cheering"))
    usual = Race._meta.get_field("cheering").default
    activities = Activity.objects.filter(event=event, kind=Activity.Kind.RACE).on().in_order()
    return [(activity, found.get(activity.pk, usual)) for activity in activities]


def _done(event, typed):
    """The cheer that was just shown or hidden, with the deed that takes it back; None where there is none."""
    if not (typed.isascii() and typed.isdigit() and len(typed) < 19):
        return None
    rows = Cheer.objects.filter(runner__event=event, runner__forgotten_at=None, is_hidden_by_runner=False)
    cheer = rows.exclude(state=Cheer.State.WAITING).filter(pk=int(typed)).first()
    return cheer and {"cheer": cheer, "back": "hide" if cheer.state == Cheer.State.SHOWN else "show"}


@require_POST
def decide(request, cheer_id, deed):
    """Shows or hides one; back to the list, where one more press takes it back."""
    if deed not in DEEDS:
        raise Http404
    rows = Cheer.objects.filter(runner__event=request.event).select_related("runner__event", "activity")
    cheer = get_object_or_404(rows, pk=cheer_id)
    DEEDS[deed](cheer, by=request.user, channel=CHANNEL, now=timezone.now())
    query = QueryDict(request.POST.get("back", ""), mutable=True)
    query["done"] = str(cheer.pk)
    return HttpResponseRedirect(f"{_list_url(request)}?{query.urlencode()}")


@require_POST
def rule(request, activity_id):
    """Whether cheers are shown at once, read first, or not taken at this race."""
    activities = Activity.objects.filter(event=request.event, kind=Activity.Kind.RACE).select_related("event")
    activity, chosen = get_object_or_404(activities, pk=activity_id), request.POST.get("cheering", "")
    if chosen not in Race.Cheering.values:
        raise Http404
    races.set_up(activity, {"cheering": chosen}, by=request.user, channel=CHANNEL, now=timezone.now())
    messages.success(request, _("Saved. Thank you!"))
    return HttpResponseRedirect(_list_url(request))


@require_http_methods(["GET", "HEAD", "POST"])
def say(request):
    """A host's line to one of the own guests."""
    host = _host(request)
    if host is None:
        raise Http404
    own = Guest.objects.filter(event=request.event).looked_after_by(host)
    runners = reports.runners_of(request.event, own)
    form = CheerForm(
        request.POST if request.method == "POST" else None, runners=runners,
        called=lambda runner: runner.guest.name_in_lists,
    )  # fmt: skip
    if request.method == "POST" and runners and form.is_valid() and _said(request, form, host):
        messages.success(request, _("Sent. Thank you!"))
        return HttpResponseRedirect(_list_url(request))
    return show(
        request, "admin/race/cheer_say.html", _("Cheer for your guests"), status=422 if form.errors else 200,
        form=form if runners else None, errors=form.errors, list_url=_list_url(request),
    )  # fmt: skip


def _said(request, form, host):
    to = form.runner
    way = {"by": request.user, "channel": CHANNEL, "now": timezone.now()}
    try:
        deeds.say(to.guest, to.activity, form.cleaned_data["text"], host=host, **way)
    except (deeds.NoCheers, deeds.TooManyCheers) as refusal:
        form.refuse(reports.why_not(is_of_runner=getattr(refusal, "is_of_runner", None)))
        return False
    return True


def _host(request):
    return access_of(request).host


def _list_url(request):
    return reverse("admin:event_cheers", args=[request.event.pk])
