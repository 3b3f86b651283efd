"""Deeds on what guests are asked about an activity: the race's classes and the organiser's own questions."""

from django.db import transaction
from django.db.models import Max

from ..domain.questions import Row, matched, options_after
from ..models import Activity, History, Question, RaceClass, Reply
from . import history, results

WITH_OPTIONS = frozenset({Question.Kind.CHOICE, Question.Kind.SEVERAL})


@transaction.atomic
def add(activity, *, rows=(), by, channel, now, **fields):
    """A new question at the end of the activity's; rows are its choices (domain.questions.Row)."""
    _lock(activity)
    last = Question.objects.filter(activity=activity).aggregate(last=Max("position"))["last"] or 0
    options = options_after(rows, [], []) if fields["kind"] in WITH_OPTIONS else []
    question = Question.objects.create(activity=activity, position=last + 1, options=options, **fields)
    _note(activity, "question_added", by=by, channel=channel, now=now, question=question.pk)
    return question


@transaction.atomic
def change(question, *, rows=(), by, channel, now, **fields):
    """Stores what is new; a question that has replies keeps its kind. Choices keep their keys, see options_after."""
    _lock(question.activity)
    stored = Question.objects.get(pk=question.pk)
    if Reply.objects.filter(question=stored).said().exists():
        fields.pop("kind", None)
    kind = fields.get("kind", stored.kind)
    fields["options"] = options_after(rows, stored.options, _said(stored)) if kind in WITH_OPTIONS else []
    changed = sorted(name for name, value in fields.items() if getattr(stored, name) != value)
    if not changed:
        return
    for name in changed:
        setattr(stored, name, fields[name])
    stored.save(update_fields=changed)
    _note(stored.activity, "question_changed", by=by, channel=channel, now=now, question=stored.pk, fields=changed)


@transaction.atomic
def remove(question, *, by, channel, now):
    """Takes the question away, and the replies to it. Doing it twice is harmless."""
    _lock(question.activity)
    count, _kinds = Question.objects.filter(pk=question.pk).delete()
    if count:
        _note(question.activity, "question_removed", by=by, channel=channel, now=now, question=question.pk)


@transaction.atomic
def move(question, steps, *, by, channel, now):
    """Moves the question that many places down (up where negative) among those of its activity. Nothing happens to one
    that somebody has removed meanwhile.
    """
    _lock(question.activity)
    order = list(Question.objects.filter(activity=question.activity))
    if question not in order:
        return
    here = order.index(question)
    there = min(max(here + steps, 0), len(order) - 1)
    if here == there:
        return
    order.insert(there, order.pop(here))
    for position, each in enumerate(order, start=1):
        each.position = position
    Question.objects.bulk_update(order, ["position"])
    _note(question.activity, "questions_ordered", by=by, channel=channel, now=now)


@transaction.atomic
def set_classes(activity, rows, *, by, channel, now):
    """The race's classes are exactly these rows (domain.questions.Row), in this order.

    A corrected class stays the class of those who chose it; whoever chose one that goes has none.
    """
    _lock(activity)
    known = {each.pk: each for each in RaceClass.objects.filter(activity=activity)}
    before = [(each.pk, dict(each.title)) for each in known.values()]
    kept = match_classes(rows, known.values())
    if before == [(row.key, dict(row.texts)) for row in kept]:
        return
    for position, row in enumerate(kept, start=1):
        each = known.get(row.key) or RaceClass(activity=activity)
        each.title, each.position = dict(row.texts), position
        each.save()
    gone = set(known) - {row.key for row in kept}
    if gone:
        RaceClass.objects.filter(pk__in=gone).delete()
        results.derive_anew([activity.pk])
    _note(activity, "classes", by=by, channel=channel, now=now)


def match_classes(rows, classes):
    """The rows with the ids of the classes they stand for; None where a class is new."""
    return matched(rows, [Row(dict(each.title), each.pk) for each in classes])


def _said(question):
    """The keys of the options that somebody has chosen."""
    values = Reply.objects.filter(question=question).said().values_list("value", flat=True)
    return {key for value in values for key in (value if isinstance(value, list) else [value])}


def _lock(activity):
    """One organiser at a time, and the row's own writers wait."""
    Activity.objects.select_for_update(no_key=True).get(pk=activity.pk)


def _note(activity, what, *, by, channel, now, **facts):
    history.record(
        activity.event, History.What.PROGRAMME, by=by, channel=channel, now=now, activity=activity, change=what, **facts
    )
