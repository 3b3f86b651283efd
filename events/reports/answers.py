"""What everybody said as a table: answers, the race and the organiser's questions, part by part. Three queries."""

import json
from dataclasses import dataclass, field

from django.db.models import CharField, Exists, OuterRef, TextField, Value
from django.db.models.functions import Cast, JSONObject
from django.utils import timezone
from django.utils.translation import gettext as _

from ..models import Activity, Answer, Entry, Guest, Question, RaceClass, Reply, Texts
from .line_words import called
from .told import race_time, reply_words, yes_or_no

CHUNK = 2000
TAKING_PART = (Answer.State.COMING, Answer.State.WAITING)
RACE = {
    "race_class": lambda title: str(Texts(json.loads(title) if isinstance(title, str) else title)),
    "has_been_before": yes_or_no,
    "ambition_seconds": race_time,
    "shirt_size": str,
}


@dataclass
class Part:
    """One activity with its columns: the race's facts that are asked for, and the questions."""

    pk: int
    title: str
    race: list
    questions: list = field(default_factory=list)

    @property
    def headings(self):
        about = [Entry._meta.get_field(name).verbose_name for name in self.race] + self.questions
        return [self.title, *(_("%(part)s: %(asked)s") % {"part": self.title, "asked": each} for each in about)]


def answers(event):
    """(headings, rows of text): what each guest said to each activity, what was told about it, and when.

    Three queries at any size. What was told by those who do not take part (any more) stays out.
    """
    parts = _parts(event)
    headings = [_("name"), _("company"), _("host"), *(each for part in parts for each in part.headings)]
    return [*headings, _("answered at"), _("comes with")], _rows(event, parts)


def _parts(event):
    """The programme with what is asked about each part of it, one query."""
    columns = ("pk", "title", "kind", "asks_shirt_size", "has_classes")
    questions = ("question__pk", "question__title", "question__kind", "question__options")
    rows = (
        Activity.objects.filter(event=event)
        .annotate(has_classes=Exists(RaceClass.objects.filter(activity=OuterRef("pk"))))
        .order_by("starts_at", "pk", "question__position", "question__pk")
        .values_list(*columns, *questions)
    )
    parts = {}
    for pk, title, kind, asks_shirt_size, has_classes, question, asked, question_kind, options in rows:
        is_race = kind == Activity.Kind.RACE
        wanted = (is_race and has_classes, is_race, is_race, is_race and asks_shirt_size)
        race = [name for name, is_wanted in zip(RACE, wanted, strict=True) if is_wanted]
        part = parts.setdefault(pk, Part(pk, str(title), race))
        if question:
            part.questions.append(Question(pk=question, title=asked, kind=question_kind, options=options))
    return list(parts.values())


def _rows(event, parts):
    said = _said(event, parts)
    labels = {value: str(label) for value, label in Answer.State.choices}
    people = Guest.objects.filter(event=event).order_by("sort_key", "pk")
    columns = (
        "pk", "contact__name", "companion_name", "contact__company__name", "host__name", "answered_at",
        "companion_of__contact__name",
    )  # fmt: skip
    for pk, name, companion, company, host, at, leader in people.values_list(*columns).iterator(chunk_size=CHUNK):
        when = timezone.localtime(at, event.zone).strftime("%Y-%m-%d %H:%M") if at else ""
        cells = [cell for part in parts for cell in _cells(part, pk, said, labels)]
        yield [name or called(companion, leader), company or "", host or "", *cells, when, leader or ""]


def _cells(part, guest, said, labels):
    state = said.get((guest, "answer", part.pk), "")
    told, replies = {}, [""] * len(part.questions)
    if state in TAKING_PART:
        told = json.loads(said.get((guest, "entry", part.pk), "{}"))
        replies = [_reply(said.get((guest, "reply", question.pk)), question) for question in part.questions]
    race = ["" if told.get(name) in (None, "") else RACE[name](told[name]) for name in part.race]
    return [labels.get(state, ""), *race, *replies]


def _reply(kept, question):
    return reply_words(question, json.loads(kept)) if kept else ""


def _said(event, parts):
    """{(guest id, "answer" | "entry" | "reply", activity or question id): state or JSON}, one query for all of it."""
    rows = _column(Answer.objects.filter(activity__event=event), "answer", "activity_id", "state")
    more = []
    if any(part.race for part in parts):
        facts = JSONObject(**{name: "race_class__title" if name == "race_class" else name for name in RACE})
        more.append(_column(Entry.objects.filter(activity__event=event), "entry", "activity_id", facts))
    if any(part.questions for part in parts):
        more.append(_column(Reply.objects.filter(question__activity__event=event), "reply", "question_id", "value"))
    rows = rows.union(*more, all=True) if more else rows
    return {(guest, what, about): words for guest, what, about, words in rows.iterator(chunk_size=CHUNK)}


def _column(rows, what, about, words):
    return (
        rows.order_by()
        .annotate(what=Value(what, CharField()), words=Cast(words, TextField()))
        .values_list("guest_id", "what", about, "words")
    )
