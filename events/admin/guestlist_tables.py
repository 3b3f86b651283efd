"""What the pages of a guest list show of its report: one fate and one page of rows at a time."""

from django.urls import NoReverseMatch, reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..models import FIELD_NAMES, Guest, Host
from ..reports import guestlist_words as words
from .tabs import Tabbed

MOST_ON_RESULT = 50


def _titles():
    return {
        "question": _("Questions"),
        "refused": _("Refused"),
        "new": _("New"),
        "changed": _("Changed"),
        "duplicate": _("Twice in the list"),
        "unchanged": _("As before"),
        "missing": _("Not in this file"),
    }


class Preview(Tabbed):
    """The report of a list that is ready. `shown` is the fate in view: the asked one, else the first with rows."""

    def __init__(self, upload, asked, page):
        self.upload, self.report = upload, upload.report
        self.counts = self.report["counts"]
        titles = _titles()
        filled = [key for key in titles if self.counts[key]]
        order = [key for key in ("new", "changed", *filled) if key in filled]
        shown = asked if asked in filled else next(iter(order), "")
        self.show(titles, self.counts, shown, self.report.get(shown, []), page)

    @cached_property
    def rows(self):
        """The entries of this page, with sentences for their codes."""
        return [_told(entry) for entry in self.page.object_list]

    @property
    def to_apply(self):
        """What the button says it will do; "" when there is nothing to do."""
        return _deeds(self.counts["new"], self.counts["changed"])

    @cached_property
    def address_kept(self):
        return _kept(self.report)

    @property
    def turn(self):
        return self.upload.fields.get("turn", 0)

    @property
    def answered(self):
        return len(self.upload.fields.get("answers", {}))


def _deeds(new, changed):
    deeds = []
    if new:
        deeds.append(ngettext("%(n)s new guest", "%(n)s new guests", new) % {"n": new})
    if changed:
        deeds.append(ngettext("%(n)s changed", "%(n)s changed", changed) % {"n": changed})
    return ", ".join(deeds)


def _told(entry):
    """An entry with what its codes mean in the language in force."""
    told = dict(entry)
    told["notices"] = [words.notice(notice["code"], notice["facts"]) for notice in entry.get("notices", ())]
    told["changes"] = [
        (FIELD_NAMES[field], words.shown(field, old), words.shown(field, new))
        for field, (old, new) in entry.get("changes", {}).items()
    ]
    told["problems"] = [
        {**problem, "field": FIELD_NAMES.get(problem["field"], ""), "why": words.problem(*_code(problem))}
        for problem in entry.get("problems", ())
    ]
    if "code" in entry:
        told["why"] = words.question(*_code(entry))
    return told


def _kept(report):
    """The first rows whose address is kept, as it is not for whoever brought the list to change."""
    rows = report.get("address_kept", [])[:MOST_ON_RESULT]
    return [{**row, "why": words.notice("address_kept", {})} for row in rows]


def _code(entry):
    return entry["code"], entry["facts"]


class Result:
    """What became of an applied list, and what to do next; only numbers once its details are put away."""

    def __init__(self, upload):
        self.event, self.report = upload.event, upload.report
        self.counts = self.report.get("counts", {})
        self.is_detailed = "refused" in self.report

    @property
    def deeds(self):
        """ "40 new guests, 3 changed", or that nothing changed."""
        deeds = _deeds(self.counts.get("new", 0), self.counts.get("changed", 0))
        return capfirst(deeds) if deeds else _("Nothing new: everybody was there already, just like this.")

    def rows(self, key):
        return [_told(entry) for entry in self.report.get(key, [])[:MOST_ON_RESULT]]

    @property
    def refused(self):
        return self.rows("refused")

    @property
    def questions(self):
        return self.rows("question")

    @property
    def address_kept(self):
        return _kept(self.report)

    @property
    def to_do(self):
        """(count, what, more, press, address) of what comes next."""
        uninvited = Guest.objects.filter(event=self.event, invitation__state="drafted", contact__isnull=False).count()
        hosts = Host.objects.filter(email="", guest__event=self.event).distinct().count()
        without = self.report.get("without_mail", [])
        lines = [
            (
                uninvited,
                ngettext("guest is not invited yet", "guests are not invited yet", uninvited),
                _("Nothing has been sent to anyone."),
                _("Invite them"),
                _address("event_send", self.event.pk, "invitation")
                or _address("event_guests", self.event.pk) + "?invitation=drafted",
            ),
            (
                len(without),
                ngettext("guest in this list has no mail", "guests in this list have no mail", len(without)),
                ", ".join(person["name"] for person in without[:5]) + ("…" if len(without) > 5 else ""),
                _("Call, or hand over the link"),
                _address("event_guests", self.event.pk) + "?standing=without_mail",
            ),
            (
                hosts,
                ngettext("host has no mail address", "hosts have no mail address", hosts),
                _("Until then the guests' replies come to the event's contact person."),
                _("Write it in"),
                _address("events_host_changelist") + "?mail=none",
            ),
        ]
        return [line for line in lines if line[0]]


def _address(name, *arguments):
    """The page's address, or "" while that part is not there."""
    try:
        return reverse(f"admin:{name}", args=arguments)
    except NoReverseMatch:
        return ""
