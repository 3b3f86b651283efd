"""The results of a race: as anybody may see them, and as those who organise it do. Everything that shows results to
somebody (pages, board, files, pictures) gets them here.
"""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from ..domain import shown_results
from ..domain.ranking import Status
from ..domain.shown_results import Order, Outcome, Shown
from ..models import Answer, Consent, Entry, Invitation, Result


@dataclass(frozen=True, slots=True)
class Line:
    """An entry with all we know of it, for those who organise: result is None as long as nothing is known."""

    entry: Entry
    result: Result | None
    outcome: Outcome

    @property
    def name(self):
        return self.entry.guest.name_in_lists


def seen_by_guests(race, rows=None, *, with_those_on_the_way=False) -> list[Shown]:
    """What guests may see of one another, in the order the race has chosen; nothing before it is published.

    `key` of each is the entry's id. One query at any size, and none with the rows of `lines`.
    """
    if not race.is_published:
        return []
    outcomes = [line.outcome for line in (lines(race) if rows is None else rows)]
    return shown_results.shown(
        outcomes, Order(race.order), places=race.shows_places, with_those_on_the_way=with_those_on_the_way
    )


def lines(race) -> list[Line]:
    """Everybody who is coming or has a result, in the order of places and below them by status and name; one query."""
    year = race.activity.event.held_on.year
    found = [_line(entry, year) for entry in _entries(race)]
    ranks = [*Status, None]
    return sorted(found, key=lambda line: (ranks.index(line.outcome.status), *_in_list(line)))


def _in_list(line):
    return line.outcome.time_ms or 0, line.outcome.sort_key, line.entry.pk


def _entries(race):
    agreed = Consent.objects.in_force().filter(
        guest=OuterRef("guest"), purpose=Consent.Purpose.NAME, is_given=True
    )  # fmt: skip
    shut_out = Invitation.objects.filter(guest=OuterRef("guest"), state=Invitation.State.REVOKED)
    comes = Exists(Answer.objects.filter(guest=OuterRef("guest"), activity=race.activity_id, state=Answer.State.COMING))
    return (
        Entry.objects.filter(Q(result__isnull=False) | comes, activity=race.activity_id)
        .select_related("result", "race_class")
        .for_results()
        .annotate(agrees=Exists(agreed), is_shut_out=Exists(shut_out))
    )


def _line(entry, year):
    """Who cannot take the consent back any more, because the link is withdrawn, is not named either."""
    result, guest = getattr(entry, "result", None), entry.guest
    known = {} if result is None else facts_of(result)
    outcome = Outcome(
        key=entry.pk,
        name=guest.name if guest.contact_id or guest.companion_name else "",
        sort_key=guest.sort_key,
        bib=entry.bib,
        company=guest.company_name,
        race_class=str(entry.race_class) if entry.race_class_id else "",
        age=year - entry.birth_year if entry.birth_year else None,
        agrees_to_name=entry.agrees and not entry.is_shut_out and guest.forgotten_at is None,
        hides_time=entry.hides_time or _was_a_child(guest, result),
        shows_place=entry.shows_place,
        **known,
    )
    return Line(entry, result, outcome)


def _was_a_child(guest, result):
    """Of somebody forgotten nobody knows the age any more: who finished without a place was too young for one."""
    return bool(guest.forgotten_at and result and result.is_finished and result.place is None)


def facts_of(result):
    """Status, time and places of a result, as Outcome takes them. A place the source gave is shown instead of ours; how
    many there are is known where both agree.
    """
    place, of = result.place, result.place_of
    if result.source_place and result.source_place != place:
        place, of = result.source_place, None
    return {
        "status": Status(result.status),
        "time_ms": result.time_ms,
        "place": place,
        "place_of": of,
        "class_place": result.class_place,
        "class_place_of": result.class_place_of,
    }


def called(shown: Shown) -> str:
    """The runner in a list: the name, else the bib, else "a guest"."""
    if shown.name:
        return shown.name
    return _("Bib %(number)s") % {"number": shown.bib} if shown.bib is not None else _("A guest")


def label_of(race) -> str:
    """ "Provisional" until the results are final, else ""."""
    return "" if race.is_final else _("Provisional")
