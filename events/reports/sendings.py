"""How far a sending has come, counted from its mails."""

from dataclasses import dataclass

from django.db.models import Count, Q

from ..models import MAY_GO_ON, Campaign, Message

FATES = ("sent", "waiting", "uncertain", "failed", "stopped", "dropped")
_FATE_OF = {
    Message.State.SENT: "sent",
    Message.State.SENDING: "waiting",
    Message.State.QUEUED: "waiting",
    Message.State.UNCERTAIN: "uncertain",
    Message.State.FAILED: "failed",
    Message.State.STOPPED: "dropped",
}


@dataclass(frozen=True)
class Progress:
    """Of so many recipients how many mails are sent, waiting, uncertain, failed, stopped, dropped (not to be sent any
    more); unwritten: still without a mail; elsewhere: forgotten since, or sent again with a later sending.
    """

    campaign: Campaign
    total: int
    counts: dict
    unwritten: int

    @property
    def elsewhere(self):
        return max(0, self.total - self.unwritten - sum(self.counts.values()))

    @property
    def gone(self):
        """Left, or may have."""
        return self.counts["sent"] + self.counts["uncertain"]

    @property
    def is_busy(self):
        """Whether it can still come further by itself."""
        return self.campaign.state != Campaign.State.STOPPED and bool(self.counts["waiting"] or self.unwritten)

    @property
    def kept(self):
        """What a stop would keep from leaving."""
        return self.counts["waiting"] + self.unwritten

    @property
    def held_back(self):
        """What goes when a stopped sending is taken up again."""
        return self.counts["stopped"] + self.unwritten

    @property
    def shares(self):
        """(fate, first per mille, how many per mille) of all, in the order of FATES."""
        start, shares = 0, []
        for fate in FATES:
            end = start + self.counts[fate]
            if end > start:
                left, right = (round(1000 * n / max(self.total, 1)) for n in (start, end))
                shares.append((fate, left, right - left))
            start = end
        return shares


def progress_of(campaigns):
    """{campaign id: Progress} in one query; each as Campaign.objects.light() reads it."""
    counts = {campaign.pk: dict.fromkeys(FATES, 0) for campaign in campaigns}
    rows = Message.objects.filter(campaign__in=counts).order_by().values_list("campaign", "state")
    by_hand = Count("pk", filter=Q(state=Message.State.STOPPED, error_code__in=MAY_GO_ON))
    for campaign, state, count, stopped in rows.annotate(n=Count("pk"), stopped=by_hand):
        counts[campaign]["stopped"] += stopped
        counts[campaign][_FATE_OF[state]] += count - stopped
    return {each.pk: _progress(each, counts[each.pk]) for each in campaigns}


def _progress(campaign, counts):
    total = campaign.total
    unwritten = total - min(campaign.written, total)
    return Progress(campaign, total, counts, unwritten)
