"""To whom a letter went or goes, and why others are left out, in words."""

from django.conf import settings
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from ..domain import segments
from ..models import Answer
from ..models.audience_words import BEFORE, BRINGS, GROUPS, MAIL

REASONS = {
    "already_sent": _("have it already"),
    "answered": _("have answered"),
    "other_answer": _("gave another answer"),
    "not_started": _("were not at the start"),
    "never_answered": _("never answered"),
    "no_email": _("have no mail address"),
    "bounced": _("mail does not arrive at their address"),
    "unsubscribed": _("want no more mail"),
    "revoked": _("their invitation is withdrawn"),
    "not_sent": _("have not been sent the invitation"),
    "reminded_twice": _("have been reminded twice"),
    "just_wrote": _("get another letter within three days"),
    "uncertain": _("may have it already; look in the outbox"),
    "not_invited": _("are not invited to any part"),
    "companion": _("come with somebody, who gets the letter"),
    "excluded": _("you left out"),
    "not_in_segment": _("are not among those you chose"),
}
# The same of one person, who was on the list a moment ago.
WHY_GONE = {
    "answered_just_now": _("answered a minute ago"),
    "already_sent": _("has it by now"),
    "uncertain": _("has it by now"),
    "no_email": _("has no mail address any more"),
    "bounced": _("mail does not arrive any more"),
    "unsubscribed": _("wants no more mail"),
    "revoked": _("the invitation was withdrawn"),
}
KNOWN_AT_SIGHT = ("to", "activity")


def group(criteria):
    """The first thing asked for: "those who are coming"."""
    return str(GROUPS.get(criteria.get("to", "all"), ""))


def is_narrowed(criteria):
    """Whether more was asked for than the group and the part."""
    kept = {"channel", "press", "key", "rule", "until", *KNOWN_AT_SIGHT}
    return bool(set(criteria) - kept)


def asked_for(criteria, *, activities, hosts):
    """[phrase] of everything that was asked for besides the part the letter was about; activities and hosts by id."""
    told = [group(criteria), *_details(criteria, activities, hosts)]
    if "unwanted" in criteria:
        unwanted = criteria["unwanted"]
        left = [group(unwanted)] if unwanted.get("to") else []
        left += [str(activities[unwanted["activity"]])] if unwanted.get("activity") in activities else []
        told.append(gettext("but not: %(whom)s") % {"whom": ", ".join(left + _details(unwanted, activities, hosts))})
    if "only" in criteria:
        told.append(gettext("only those who were ticked"))
    if "without" in criteria:
        told.append(gettext("some left out by hand"))
    return told


def _details(criteria, activities, hosts):
    told = []
    if mail := criteria.get("mail"):
        told.append(_mail(mail, criteria.get("silent_days", 0)))
    if (host := criteria.get("host")) is not None:
        name = hosts.get(host, "–") if host else gettext("no host")
        told.append(gettext("host: %(name)s") % {"name": name})
    if "companies" in criteria:
        count = len(criteria["companies"])
        told.append(ngettext("%(n)s company", "%(n)s companies", count) % {"n": count})
    words = [dict(settings.LANGUAGES).get(criteria.get("language")), BEFORE.get(criteria.get("before"))]
    told += [str(word) for word in [*words, BRINGS.get(criteria.get("brings"))] if word]
    states = {**dict(Answer.State.choices), segments.UNINVITED: _("not invited")}
    answers = criteria.get("answers", {}).items()
    return told + [f"{activities[int(pk)]}: {states[state]}" for pk, state in answers if int(pk) in activities]


def _mail(code, days):
    if code != segments.SILENT or not days:
        return str(MAIL.get(code, ""))
    return ngettext("invited and silent for %(n)s day", "invited and silent for %(n)s days", days) % {"n": days}


def why_gone(reason):
    """Why somebody who was on the list a moment ago is not any more."""
    return str(WHY_GONE.get(reason, _("no longer fits what you chose")))


def fates(progress):
    """[(fate, "38 sent")] of a sending, what there is none of left out."""
    counts = progress.counts
    words = [
        ("sent", ngettext("%(n)s sent", "%(n)s sent", counts["sent"]), counts["sent"]),
        ("waiting", ngettext("%(n)s on its way", "%(n)s on their way", counts["waiting"]), counts["waiting"]),
        (
            "unwritten",
            ngettext("%(n)s not written yet", "%(n)s not written yet", progress.unwritten),
            progress.unwritten,
        ),
        (
            "uncertain",
            ngettext("%(n)s may have been sent", "%(n)s may have been sent", counts["uncertain"]),
            counts["uncertain"],
        ),
        ("failed", ngettext("%(n)s not delivered", "%(n)s not delivered", counts["failed"]), counts["failed"]),
        ("stopped", ngettext("%(n)s stopped", "%(n)s stopped", counts["stopped"]), counts["stopped"]),
        (
            "dropped",
            ngettext("%(n)s no longer to be sent", "%(n)s no longer to be sent", counts["dropped"]),
            counts["dropped"],
        ),
        (
            "elsewhere",
            ngettext(
                "%(n)s went with a later sending, or is forgotten",
                "%(n)s went with a later sending, or are forgotten",
                progress.elsewhere,
            ),
            progress.elsewhere,
        ),
    ]
    return [(fate, text % {"n": count}) for fate, text, count in words if count]
