"""Where people look rather than read: how many said what, and a table of who did."""

from collections import Counter
from dataclasses import dataclass, field
from statistics import median_low

from django.db.models import Count
from django.utils.translation import gettext as _

from ..models import Entry, RaceClass, Reply
from .told import Kind, entry_label, entry_words, race_time, reply_words, yes_or_no

SHIRTS = dict(Entry.Shirt.choices)
COUNTED = (Kind.CHOICE, Kind.SEVERAL, Kind.YES_NO)


@dataclass
class Tally:
    """One question: bars are (words, how many, per mille of the replies); figures are (label, words)."""

    title: str
    replies: int
    bars: list = field(default_factory=list)
    figures: list = field(default_factory=list)


@dataclass
class Table:
    """headings, and (answer, [(heading, words)]) per person; "" where nothing was told."""

    headings: list
    rows: list


def tallies(activity, questions):
    """A Tally for each thing asked about the activity, of those who take part; four queries at the most."""
    return [*_of_race(activity), *_of_questions(activity, questions)]


def race_columns(activity):
    """The fields of an entry that guests are asked for, in order; classes only where there are some."""
    if activity.kind != activity.Kind.RACE:
        return []
    has_classes = RaceClass.objects.filter(activity=activity).exists()
    wanted = (has_classes, True, True, activity.asks_shirt_size)
    names = ("race_class", "has_been_before", "ambition_seconds", "shirt_size")
    return [name for name, is_wanted in zip(names, wanted, strict=True) if is_wanted]


def _of_race(activity):
    if activity.kind != activity.Kind.RACE:
        return []
    entries = Entry.objects.filter(activity=activity).of_those_taking_part()
    told = list(entries.values_list("race_class", "has_been_before", "ambition_seconds", "shirt_size"))
    classes, before, hopes, shirts = (
        [row[place] for row in told if row[place] not in (None, "")] for place in range(4)
    )
    titles = {each.pk: str(each) for each in RaceClass.objects.filter(activity=activity)}
    return [
        *([_bars(entry_label("race_class"), Counter(classes), titles, len(classes))] if titles else []),
        _bars(entry_label("has_been_before"), Counter(before), _yes_no(), len(before)),
        Tally(entry_label("ambition_seconds"), len(hopes), figures=_hopes(hopes)),
        *([_bars(entry_label("shirt_size"), Counter(shirts), SHIRTS, len(shirts))] if activity.asks_shirt_size else []),
    ]


def _yes_no():
    return {True: yes_or_no(True), False: yes_or_no(False)}


def _hopes(seconds):
    if not seconds:
        return []
    return [
        (_("fastest"), race_time(min(seconds))),
        (_("in the middle"), race_time(median_low(seconds))),
        (_("slowest"), race_time(max(seconds))),
    ]


def _of_questions(activity, questions):
    if not questions:
        return []
    said = Reply.objects.filter(question__activity=activity).said().of_those_taking_part()
    counts = dict(said.order_by().values_list("question").annotate(n=Count("pk")))
    values = {}
    for question, value in said.exclude(question__kind=Kind.TEXT).values_list("question", "value"):
        values.setdefault(question, []).append(value)
    return [_of_question(each, counts.get(each.pk, 0), values.get(each.pk, [])) for each in questions]


def _of_question(question, replies, values):
    if question.kind == Kind.NUMBER:
        return Tally(str(question), replies, figures=_numbers(question, values))
    if question.kind not in COUNTED:
        return Tally(str(question), replies)
    chosen = Counter(key for value in values for key in (value if isinstance(value, list) else [value]))
    if question.kind == Kind.YES_NO:
        return _bars(str(question), chosen, _yes_no(), replies)
    offered = {key for key, _words in question.offered}
    words = {each["key"]: reply_words(question, each["key"]) for each in question.options}
    shown = {key: text for key, text in words.items() if key in offered or chosen[key]}
    return _bars(str(question), chosen, shown, replies)


def _numbers(question, values):
    if not values:
        return []
    facts = ((_("lowest"), min(values)), (_("highest"), max(values)), (_("together"), round(sum(values), 2)))
    return [(label, reply_words(question, value)) for label, value in facts]


def _bars(title, counts, words, replies):
    bars = [(text, counts[key], round(1000 * counts[key] / max(replies, 1))) for key, text in words.items()]
    return Tally(title, replies, bars)


def table(activity, questions, answers):
    """Who told what, of these answers with their guests; three queries at the most."""
    names = race_columns(activity)
    guests = [answer.guest_id for answer in answers]
    entries, replies = {}, {}
    if names:
        rows = Entry.objects.filter(activity=activity, guest__in=guests).select_related("race_class")
        entries = {entry.guest_id: dict(entry_words(entry)) for entry in rows}
    if questions:
        said = Reply.objects.filter(question__activity=activity, guest__in=guests)
        replies = {(reply.guest_id, reply.question_id): reply.value for reply in said}
    headings = [*(entry_label(name) for name in names), *map(str, questions)]

    def cells(guest):
        about_race = [entries.get(guest, {}).get(name, "") for name in names]
        about_questions = [reply_words(each, replies.get((guest, each.pk), "")) for each in questions]
        return list(zip(headings, [*about_race, *about_questions], strict=True))

    return Table(headings, [(answer, cells(answer.guest_id)) for answer in answers])
