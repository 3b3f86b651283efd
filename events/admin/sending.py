"""Sending a letter to many: who gets it and who does not, when, and the press."""

import secrets

from django.contrib import messages
from django.db.models import Count
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ..actions import audiences, campaigns
from ..domain import dates, hours
from ..domain.ranges import Ranges
from ..forms.audiences import AudienceForm, PressForm
from ..models import Campaign, Event, History, Letter, Message
from ..reports.sending_words import REASONS, why_gone
from .guest_list import programme_of
from .letter_words import FROM_THE_PROGRAMME, TO_SEND
from .pages import show
from .sending_look import look

SHOWN = 200  # names of a list; the count says the rest
NAMED = 8  # of those who joined or left a list since it was looked at
both = require_http_methods(["GET", "HEAD", "POST"])


def page_of(event, letter, **query):
    url = reverse("admin:event_send", args=[event.pk, letter])
    return f"{url}?{urlencode(query)}" if query else url


def kind_of(letter):
    """The kind of letter in the address, else 404."""
    if letter not in Letter.Kind.values:
        raise Http404
    return Letter.Kind(letter)


@require_safe
def choose_letter(request):
    """The letters that are sent by hand, by their time, with how many have gone out; ticked guests come along. What
    tells of a change begins in the programme.
    """
    sent = Message.objects.filter(event=request.event, state=Message.State.SENT).order_by()
    counts = dict(sent.values_list("letter").annotate(n=Count("pk")))
    along = {name: request.GET[name] for name in ("only", "without") if request.GET.get(name)}
    programme = reverse("admin:event_programme", args=[request.event.pk])
    groups = [
        (heading, about, [
            (kind, programme if kind in FROM_THE_PROGRAMME else page_of(request.event, kind, **along), counts.get(kind))
            for kind in kinds
        ])
        for heading, about, kinds in TO_SEND
    ]  # fmt: skip
    ticked = len(Ranges(along.get("only", "")))
    return show(request, "admin/events/send_choose.html", _("Send a letter"), groups=groups, ticked=ticked)


def _refusal(request, letter, error):
    """(why it cannot be sent, (what to press, where that leads) or None)."""
    event = request.event
    if isinstance(error, audiences.EventIsNotOpen):
        text = _("Guests could not answer yet: the event is not open for answers.")
        press = (_("Open for answers"), reverse("admin:event_state", args=[event.pk, Event.State.OPEN]))
        return text, press if event.state in ("draft", "closed", "cancelled") else None
    if isinstance(error, audiences.NothingToSay):
        text = _("There is no text for this letter yet.")
        return text, (_("Write it"), reverse("admin:event_letters_add", args=[event.pk]) + f"?kind={letter}")
    if isinstance(error, audiences.NobodyIsCounted):
        text = _(
            "It is not known yet who was missed. Tick those who were there, or were not, in the guest list, and mark "
            "them."
        )
        return text, (_("To the guest list"), reverse("admin:event_guests", args=[event.pk]))
    if isinstance(error, audiences.GoesWithThanks):
        text = _("These words go along with the thanks, to whom they fit.")
        return text, (_("To the thanks"), page_of(event, Letter.Kind.THANKS))
    if isinstance(error, audiences.ResultsAreNotShown):
        text = _("The letter leads to results that guests do not see yet. Show them first.")
        return text, (_("To the race day"), reverse("admin:event_race_day", args=[event.pk]))
    return _("This letter goes out by itself when it is time; nobody has to send it."), None


REFUSALS = (
    audiences.EventIsNotOpen, audiences.NothingToSay, audiences.NobodyIsCounted, audiences.GoesByItself,
    audiences.ResultsAreNotShown,
)  # fmt: skip


@both
def send(request, letter):
    """Says "This goes to 43 people", who, and why not the others; the POST sends to just these, or asks anew."""
    letter, posted = kind_of(letter), request.POST if request.method == "POST" else None
    press = PressForm(posted, initial={"when": "now", "at": morning_after(timezone.now(), request.event)})
    changed = None
    if press.is_valid():
        try:
            return _press(request, letter, _form(request, posted, letter, None), press)
        except campaigns.ListHasChanged as change:
            changed = change.difference
        except REFUSALS:
            pass  # the page says so
    return _page(request, letter, press, changed)


def _form(request, asked, letter, people):
    return AudienceForm(asked, event=request.event, letter=letter, activities=programme_of(request), people=people)


def _page(request, letter, press, changed):
    event, now = request.event, timezone.now()
    asked = request.POST if request.method == "POST" else request.GET
    form = _form(request, asked, letter, audiences.read(event, letter))
    audience, refusal = None, None
    try:
        audience = audiences.choose(event, form.wish, letter=letter, now=now, people=form.people)
    except REFUSALS as error:
        refusal = _refusal(request, letter, error)
    form.count(now=now)
    named = _people(audience, changed)
    return show(
        request, "admin/events/send.html", _("Send: %(letter)s") % {"letter": letter.label},
        status=422 if press.errors else 200, letter=letter, form=form, press=press, errors=press.errors,
        audience=audience, refusal=refusal, back=urlencode(form.hidden), shown=SHOWN,
        token=request.POST.get("press") or secrets.token_urlsafe(12), **named, **_moments(event, now),
        **_seen_before(event, letter), **look(request, letter, named["recipients"]),
    )  # fmt: skip


def _press(request, letter, form, press):
    """Sends to whom the presser looked at; the page of the sending tells how far it has come."""
    said = press.cleaned_data
    campaign = campaigns.press(
        request.event, form.wish, letter=letter, by=request.user, channel=History.Channel.OFFICE, now=timezone.now(),
        at=press.moment, seen=Ranges(said["seen"]), token=said["press"],
    )  # fmt: skip
    if campaign is None:
        messages.info(request, _("Nobody is left who should get it."))
        return HttpResponseRedirect(page_of(request.event, letter))
    return redirect("admin:events_campaign_change", campaign.pk)


def _people(audience, changed):
    """Those whose names are shown: who gets it, who does not by reason, who joined or left the list just now."""
    if audience is None:
        return {"recipients": [], "groups": []}
    by_reason = {}
    for pk, reason in audience.left_out:
        by_reason.setdefault(reason, []).append(pk)
    wanted = [*audience.ids[:SHOWN], *(pk for ids in by_reason.values() for pk in ids[:SHOWN])]
    named = {guest.pk: guest for guest in audiences.guests_in_order(wanted)}
    groups = [
        (REASONS.get(reason, reason), count, [named[pk] for pk in by_reason[reason][:SHOWN] if pk in named])
        for reason, count in audience.reasons.items()
    ]
    recipients = [named[pk] for pk in audience.ids[:SHOWN] if pk in named]
    return {
        "recipients": recipients,
        "groups": groups,
        "seen": str(Ranges.of(audience.ids)),
        "changed": _change_in_words(changed) if changed else None,
    }


def _change_in_words(changed):
    """{gone: [(guest, why)], new: [guest], more: how many are not named}"""
    gone, new = changed.gone[:NAMED], changed.new[:NAMED]
    named = {guest.pk: guest for guest in audiences.guests_in_order([*(pk for pk, _why in gone), *new])}
    return {
        "gone": [(named[pk], why_gone(reason)) for pk, reason in gone if pk in named],
        "new": [named[pk] for pk in new if pk in named],
        "more": len(changed.gone) - len(gone) + len(changed.new) - len(new),
        "vanished": changed.vanished,
    }


def morning_after(now, event):
    """The next morning when people like a letter, by the event's clock."""
    return hours.next_morning(now.astimezone(event.zone))


def _moments(event, now):
    """What is said of the hour: nobody likes a letter in the middle of the night."""
    local, language = now.astimezone(event.zone), get_language()
    morning = morning_after(now, event)
    return {
        "is_civil": hours.is_civil(local),
        "local_in_words": dates.at_clock(local, language),
        "morning_in_words": f"{dates.on_day(morning, language)} {dates.at_clock(morning, language)}",
    }


def _seen_before(event, letter):
    """Of a free letter whose text has gone out as it stands: the sending in which it did."""
    if letter != Letter.Kind.FREE:
        return {}
    gone = Campaign.objects.filter(event=event, letter=letter).exclude(state=Campaign.State.STOPPED)
    last = gone.defer("recipients", "left_out").first()
    return {"same_text": last if last and last.texts == campaigns.own_texts(event) else None}
