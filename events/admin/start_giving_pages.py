"""Bibs, start times and waves for all: looked at with counts, then given out, and taken back again."""

import secrets

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from ..actions import starts, waves
from ..domain.starts import MOST_SEED, TooFewBibs
from ..forms.starts import BibsForm, SlotsForm, WaveForm, WavesForm
from ..models import Entry, History, Race, Wave
from .pages import show
from .race_setup_pages import both, how, race_of
from .start_pages import list_url

SHOWN = 400


@both
def bibs(request, activity_id):
    """Bibs for all, or for those who have none."""
    race = race_of(request, activity_id, "starts")
    given = Entry.objects.filter(activity=race.activity, bib__isnull=False).values_list("bib", flat=True)
    initial = {"first": max(given, default=0) + 1}
    return _give(request, race, BibsForm, initial, lambda form: starts.BibWish(**form.cleaned_data), "bibs")


@both
def times(request, activity_id):
    """Start times every so many seconds, or the waves filled, as the race starts."""
    race = race_of(request, activity_id, "starts")
    seed = {"seed": secrets.randbelow(MOST_SEED) + 1}
    if race.start == Race.Start.WAVES:
        return _give(request, race, WavesForm, seed, lambda form: starts.WaveWish(**form.cleaned_data), "waves")
    initial = {"first_at": timezone.localtime(race.starts_at), "seconds": race.interval_seconds, **seed}
    return _give(request, race, SlotsForm, initial, _slots, "slots")


def _slots(form):
    said = form.cleaned_data
    return starts.SlotWish(pace=form.pace, order=said["order"], seed=said["seed"], only_without=said["only_without"])


def _give(request, race, form_class, initial, wish_of, what):
    """The form; what it comes to when it is sent by GET; and the deed, when what was seen is pressed."""
    data = request.POST if request.method == "POST" else request.GET if "look" in request.GET else None
    if data is not None and data.get("draw"):  # "draw again": another seed, shown in the address
        data = data.copy()
        data["seed"] = str(initial["seed"])
    form = form_class(data, initial=initial)
    plan, has_changed = None, False
    if data is not None and form.is_valid():
        wish = wish_of(form)
        try:
            plan = starts.plan(race, wish)
            if request.method == "POST":
                given = starts.give(race.activity, wish, seen=request.POST.get("seen", ""), **how(request))
                messages.success(request, _given(given))
                return HttpResponseRedirect(list_url(race))
        except starts.ChangedSince:
            plan, has_changed = starts.plan(race, wish), True
        except TooFewBibs:
            form.add_error("first", _("The numbers run out. Begin lower, or keep fewer free."))
    title = {"bibs": _("Give out bibs"), "waves": _("Fill the waves"), "slots": _("Give out start times")}[what]
    return show(
        request, "admin/race/give.html", title, status=409 if has_changed else 422 if form.errors else 200, form=form,
        errors=form.errors, race=race, plan=plan, has_changed=has_changed, what=what, list_url=list_url(race),
        rows=sorted(plan.rows, key=_in_the_order_given)[:SHOWN] if plan else (), drawn=_seed(form),
        hidden=[(name, value) for name, values in data.lists() for value in values if name not in _OWN] if plan else (),
        waves={wave.pk: wave for wave in Wave.objects.filter(race=race.pk)} if what == "waves" else {},
    )  # fmt: skip


_OWN = {"csrfmiddlewaretoken", "seen", "look", "draw"}


def _in_the_order_given(row):
    starter, got, _is_new = row
    return str(got.get("slot_at") or ""), got.get("wave_id") or 0, got.get("bib") or 0, starter.guest.sort_key


def _seed(form):
    """The number of the draw in hand, None where nothing is drawn."""
    said = getattr(form, "cleaned_data", {})
    return said.get("seed") if str(said.get("order", "")) == "drawn" else None


def _given(count):
    if not count:
        return _("Everybody had that already.")
    return ngettext(
        "%(n)s runner has another bib or start now. You can take it back here.",
        "%(n)s runners have another bib or start now. You can take it back here.", count,
    ) % {"n": count}  # fmt: skip


@require_POST
def undo(request, activity_id, row_id):
    """Puts back what stood there before the last giving out."""
    race = race_of(request, activity_id, "starts")
    row = get_object_or_404(
        History, pk=row_id, activity=race.activity, event=request.event, what=History.What.STARTS
    )  # fmt: skip
    put, stay = starts.take_back(race.activity, row, **how(request)) if row.facts.get("was") else (0, 0)
    words = ngettext("%(n)s runner has what was there before.", "%(n)s runners have what was there before.", put)
    messages.success(request, words % {"n": put})
    if stay:
        words = ngettext(
            "%(n)s has been changed since and stays.", "%(n)s have been changed since and stay.", stay
        )  # fmt: skip
        messages.info(request, words % {"n": stay})
    return HttpResponseRedirect(list_url(race))


def _waves_url(race):
    return reverse("admin:event_starts_waves", args=[race.activity.event_id, race.activity.pk])


@both
def all_waves(request, activity_id):
    """The waves in order of their starts, and one more."""
    race = race_of(request, activity_id, "starts")
    return _wave_page(request, race, None)


@both
def one_wave(request, activity_id, wave_id):
    """Changes one wave."""
    race = race_of(request, activity_id, "starts")
    return _wave_page(request, race, get_object_or_404(Wave, pk=wave_id, race=race.pk))


def _warn_of_more_than_fit(request, wave):
    """Nobody is moved by that; who has given a wave fewer places than runners may not have seen it."""
    heads = Entry.objects.filter(wave=wave).count()
    if wave.capacity is None or heads <= wave.capacity:
        return
    said = ngettext(
        "%(n)s runner is in this wave already, and stays there. Fill the waves anew, or move some, so that all have "
        "room.",
        "%(n)s runners are in this wave already, and stay there. Fill the waves anew, or move some, so that all have "
        "room.",
        heads,
    )
    messages.warning(request, said % {"n": heads})


def _wave_page(request, race, wave):
    known = list(Wave.objects.filter(race=race.pk)) if race.pk else []
    last = max((each.starts_at for each in known), default=race.starts_at)
    initial = {"starts_at": timezone.localtime(last)}
    if wave:
        initial = {"title": wave.title, "starts_at": timezone.localtime(wave.starts_at), "capacity": wave.capacity}
    form = WaveForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        saved = waves.save_wave(race.activity, form.cleaned_data, wave=wave, **how(request))
        messages.success(request, _("Saved. Thank you!"))
        _warn_of_more_than_fit(request, saved)
        return HttpResponseRedirect(_waves_url(race))
    heads = list(Entry.objects.filter(wave__in=known).values_list("wave", flat=True))
    for each in known:
        each.heads = heads.count(each.pk)
        each.is_overfull = each.capacity is not None and each.heads > each.capacity
    return show(
        request, "admin/race/waves.html", _("Waves") if wave is None else _("Change the wave"),
        status=422 if form.errors else 200, form=form, errors=form.errors, race=race, waves=known, wave=wave,
        list_url=list_url(race) if wave is None else _waves_url(race),
    )  # fmt: skip


@require_POST
def remove_wave(request, activity_id, wave_id):
    """Removes a wave that nobody is in."""
    race = race_of(request, activity_id, "starts")
    wave = get_object_or_404(Wave, pk=wave_id, race=race.pk)
    try:
        waves.remove_wave(race.activity, wave, **how(request))
    except waves.WaveInUse as used:
        words = ngettext(
            "%(n)s runner is in this wave. Fill the waves anew or move the runner first.",
            "%(n)s runners are in this wave. Fill the waves anew or move them first.", used.heads,
        )  # fmt: skip
        messages.error(request, words % {"n": used.heads})
    else:
        messages.success(request, _("The wave is removed."))
    return HttpResponseRedirect(_waves_url(race))
