"""One sending: how far it has come, stop, and go on."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from ..actions import campaigns
from ..models import Activity, Campaign, Guest, History, Host
from ..reports import sending_words
from ..reports.sendings import progress_of

SHOWN = 200
OFFICE = History.Channel.OFFICE


def page_of(campaign):
    return reverse("admin:events_campaign_change", args=[campaign.pk])


def page_context(campaign):
    """What stands on the page of a sending, read in a handful of queries."""
    left_out, texts = Campaign.objects.values_list("left_out", "texts").get(pk=campaign.pk)
    return {
        "campaign": campaign,
        "asked_for": _asked_for(campaign),
        "groups": _left_out(left_out),
        "texts": texts,
        **_progress(campaign),
    }


def _progress(campaign):
    now = timezone.now()
    progress = progress_of([campaign])[campaign.pk]
    return {"progress": progress, "is_later": campaign.due_at > now, "is_stopped": bool(campaign.stopped_at)}


def _asked_for(campaign):
    activities = {activity.pk: activity for activity in Activity.objects.filter(event=campaign.event_id)}
    ids = {each.get("host") for each in (campaign.criteria, campaign.criteria.get("unwanted", {}))} - {None, 0}
    hosts = dict(Host.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}
    return sending_words.asked_for(campaign.criteria, activities=activities, hosts=hosts)


def _left_out(left_out):
    """(reason in words, how many, the first guests) as it was frozen; who is forgotten since has no name."""
    ids = {}
    for pk, reason in left_out:
        ids.setdefault(reason, []).append(pk)
    wanted = [pk for each in ids.values() for pk in each[:SHOWN]]
    guests = Guest.objects.filter(pk__in=wanted, forgotten_at=None).with_whom().select_related("contact__company")
    named = {guest.pk: guest for guest in guests}
    return [
        (sending_words.REASONS.get(reason, reason), count, [named[pk] for pk in ids[reason][:SHOWN] if pk in named])
        for reason, count in Counter(reason for _pk, reason in left_out).most_common()
    ]


def _campaign(request, campaign_id):
    """The event's own sending, else 404 (S7)."""
    return get_object_or_404(Campaign.objects.light(), pk=campaign_id, event=request.event)


@require_safe
def progress(request, campaign_id):
    """The part of the page that changes, for a script that looks again now and then."""
    campaign = _campaign(request, campaign_id)
    return render(request, "admin/events/sending_progress.html", {"campaign": campaign, **_progress(campaign)})


@require_POST
def stop(request, campaign_id):
    """At once: whoever wants to stop a letter has no time for a question. Going on takes it back."""
    campaign = _campaign(request, campaign_id)
    stopped = campaigns.stop(campaign, by=request.user, channel=OFFICE, now=timezone.now())
    told = [_("There was nothing left to stop.")]
    if stopped.kept:
        kept = ngettext("Stopped: %(n)s mail does not leave.", "Stopped: %(n)s mails do not leave.", stopped.kept)
        told = [kept % {"n": stopped.kept}]
    if stopped.gone:
        gone = ngettext("%(n)s had gone already.", "%(n)s had gone already.", stopped.gone)
        told.append(gone % {"n": stopped.gone})
    messages.success(request, " ".join(told))
    return HttpResponseRedirect(page_of(campaign))


@require_POST
def resume(request, campaign_id):
    campaign = _campaign(request, campaign_id)
    count = campaigns.resume(campaign, by=request.user, channel=OFFICE, now=timezone.now())
    if count:
        text = ngettext("%(n)s mail is on its way again.", "%(n)s mails are on their way again.", count)
        messages.success(request, text % {"n": count})
    else:
        messages.info(request, _("There was nothing left to send."))
    return HttpResponseRedirect(page_of(campaign))
