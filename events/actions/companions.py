"""Who comes with a guest: each companion is a person with answers, told of through the guest's own page."""

from dataclasses import dataclass, field, replace

from django.db import transaction

from ..domain import names
from ..domain.answers import HOLDING, Choice, State, Window
from ..models import Answer, Guest, History, Race
from . import erasure, history, parties, timing
from .contacts import set_guest_keys
from .guests import new_answers
from .settling import settle

KEYS = ["companion_name", "search_text", "sort_key"]


class TooMany(ValueError):
    """More than the guest may bring; carries how many that is."""

    def __init__(self, allowed):
        super().__init__(allowed)
        self.allowed = allowed


class CannotBeSaid(ValueError):
    """Answers that are no longer taken, or not while the guest does not come: {(position of the wish, slug): Window}.

    The window is OPEN where only the guest's own answer is in the way.
    """

    def __init__(self, reasons):
        super().__init__()
        self.reasons = reasons


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What is said of one companion: `pk` is None for one more, `answers` {slug: Choice} as far as chosen."""

    pk: int | None = None
    name: str = ""
    answers: dict = field(default_factory=dict)
    is_removed: bool = False


@transaction.atomic
def save(guest, wishes, *, by, channel, now, agent="", tell=True, seen=None):
    """Adds, names and removes companions and stores what they come to; all of it or nothing. Returns Settled.

    Companions who are not this guest's are not touched. They come only where the guest comes or waits. A removed
    companion's row is gone, and the places are given to the first in line. Saying the same again writes nothing.
    `seen` are the companions that whoever says it knew of, None for all. Raises TooMany and CannotBeSaid.
    """
    party = parties.gather(guest)
    there = {row.pk: row for row in Guest.objects.filter(companion_of=guest).order_by("pk")}
    wishes = _met(wishes, [row for pk, row in there.items() if seen is not None and pk not in seen])
    wishes = [(at, wish) for at, wish in enumerate(wishes) if wish.pk is None or wish.pk in there]
    removed = [wish.pk for _at, wish in wishes if wish.is_removed and wish.pk]
    made = _make(guest, [wish for _at, wish in wishes if wish.pk is None], len(there) - len(removed), party, now=now)
    made_for = dict(zip((at for at, wish in wishes if wish.pk is None), made, strict=True))
    named = _rename(guest, [(there[wish.pk], wish.name) for _at, wish in wishes if wish.pk and not wish.is_removed])
    said, asked_by = {}, {}
    for at, wish in wishes:
        pk = wish.pk or made_for[at].pk
        for slug, choice in _answers(party, pk, wish).items():
            said.setdefault(slug, {})[pk] = choice
            asked_by[slug, pk] = at
    told = {"by": by, "channel": channel, "now": now}
    facts = _facts(party, made, removed, named)
    notes = [history.note(guest.event, History.What.COMPANIONS, guest=guest, **told, **facts)] if facts else []
    before = {(slug, pk): row.state for slug, rows in party.answers.items() for pk, row in rows.items()}
    settled = settle(party, said, agent=agent, tell=tell, notes=notes, **told)
    _refuse(party, said, settled, asked_by, before, by=by)
    if removed:
        _take_away(removed)
    return settled


def _met(wishes, unseen):
    """The wishes: one more of the same name as somebody who came in since is that one, for a form was sent twice."""
    met = []
    for wish in wishes:
        folded = names.fold(wish.name)
        same = next((row for row in unseen if wish.pk is None and names.fold(row.companion_name) == folded), None)
        unseen = [row for row in unseen if row is not same]
        met.append(replace(wish, pk=same.pk) if same else wish)
    return met


@transaction.atomic
def name(companion, *, by, channel, now):
    """Stores a companion's new name (already set on it), and what the lists find and sort it by."""
    companion.companion_name = names.squeeze(companion.companion_name)
    set_guest_keys(companion).save(update_fields=KEYS)
    history.record(
        companion.event, History.What.COMPANIONS, by=by, channel=channel, now=now, guest=companion.companion_of, named=1
    )


def _facts(party, made, removed, named):
    """What the history keeps: how many, and to undo it who was made and what those said who are gone; no names."""
    counts = {"added": len(made), "removed": len(removed), "named": named}
    facts = {name: count for name, count in counts.items() if count}
    if made or removed:
        rows = [row for answers in party.answers.values() for row in answers.values()]
        gone = [{str(row.activity_id): row.state for row in rows if row.guest_id == pk} for pk in removed]
        facts["was"] = {"made": [companion.pk for companion in made], "gone": gone}
    return facts


def _make(guest, wishes, others, party, *, now):
    """New companions, invited to what the guest is invited to and companions are welcome at."""
    if not wishes:
        return []
    if others + len(wishes) > guest.companions_allowed:
        raise TooMany(guest.companions_allowed)
    rows = [
        Guest(
            event=guest.event, companion_of=guest, companion_name=wish.name, host_id=guest.host_id, created_at=now
        )
        for wish in wishes
    ]  # fmt: skip
    made = Guest.objects.bulk_create([set_guest_keys(row) for row in rows])
    own = [rows[guest.pk] for rows in party.answers.values() if guest.pk in rows]
    welcome = [answer.activity for answer in own if answer.activity.welcomes_companions]
    answers = Answer.objects.bulk_create(
        [row for companion in made for row in new_answers(companion, welcome, now=now)]
    )
    for answer in answers:
        party.answers[answer.activity.slug][answer.guest_id] = answer
    return made


def _take_away(companions):
    """Their rows are gone, and with them their results: whoever came in behind them moves up."""
    gone = Guest.objects.filter(pk__in=companions)
    ran = list(Race.objects.with_results_of(companions).values_list("pk", flat=True))
    erasure.clean_office_log(gone)
    gone.delete()
    for race in Race.objects.filter(pk__in=ran).order_by("pk"):
        timing.rebuild(race)


def _rename(guest, pairs):
    """Stores the names that are new; returns how many."""
    changed = []
    for companion, name in pairs:
        if companion.companion_name != name:
            companion.companion_of, companion.companion_name = guest, name
            changed.append(set_guest_keys(companion))
    if changed:
        Guest.objects.bulk_update(changed, KEYS)
    return len(changed)


def _answers(party, pk, wish):
    """{slug: Choice} of one wish, of what this companion has an answer to; whoever is removed gives up all places."""
    rows = {slug: answers[pk] for slug, answers in party.answers.items() if pk in answers}
    if wish.is_removed:
        return {slug: Choice.NOT_COMING for slug, answer in rows.items() if answer.state in HOLDING}
    return {slug: Choice(choice) for slug, choice in wish.answers.items() if slug in rows}


def _refuse(party, said, settled, asked_by, before, *, by):
    """Raises CannotBeSaid for what is new and could not be taken, or not without the guest; the house may do that."""
    reasons = {}
    for slug, decisions in settled.decisions.items():
        leader = party.answers[slug].get(party.leader.pk)
        for pk, decision in decisions.items():
            was, choice = State(before[slug, pk]), said[slug][pk]
            is_new = was not in HOLDING if choice is Choice.COMING else was != State(choice)
            is_alone = choice is Choice.COMING and not by and (leader is None or leader.state not in HOLDING)
            if is_new and (decision.window is not Window.OPEN or is_alone):
                reasons[asked_by[slug, pk], slug] = decision.window
    if reasons:
        raise CannotBeSaid(reasons)
