"""What guests told about the race and replied to the organiser's questions, in words."""

from collections import defaultdict

from django.utils.text import capfirst, get_text_list
from django.utils.translation import get_language, pgettext

from ..domain.racetime import SECOND, printed
from ..domain.undoing import Thing
from ..models import Entry, Question, RaceClass, Reply, Texts
from ..models.entry import CODES

Kind = Question.Kind


def yes_or_no(truth):
    return pgettext("a reply", "Yes") if truth else pgettext("a reply", "No")


def race_time(seconds):
    """The time as the language in force writes it; "" for none."""
    return printed(seconds * SECOND, get_language()) if seconds else ""


def entry_words(entry):
    """[(field, words)] of what was told about a place in a race; "" for what was left out."""
    return [
        ("race_class", str(entry.race_class) if entry.race_class_id else ""),
        ("has_been_before", "" if entry.has_been_before is None else yes_or_no(entry.has_been_before)),
        ("ambition_seconds", race_time(entry.ambition_seconds)),
        ("shirt_size", entry.shirt_size),
        ("gender", entry.get_gender_display() if entry.gender else ""),
        ("birth_year", str(entry.birth_year or "")),
        ("shows_place", "" if entry.shows_place is None else yes_or_no(entry.shows_place)),
        ("hides_time", yes_or_no(True) if entry.hides_time else ""),
    ]


def entry_facts(entry):
    """[(label, words)] of the same, nothing about what was left out."""
    return [(entry_label(name), words) for name, words in entry_words(entry) if words]


def told_before(change):
    """[(label, words)] of what stands there when such a change is undone, "–" for nothing; empty for other changes."""
    if change.thing is Thing.RACE and change.was:
        entry = Entry(**{name: change.was[code] for name, code in CODES.items() if code in change.was})
        if not RaceClass.objects.filter(pk=entry.race_class_id).exists():
            entry.race_class_id = None  # taken away since
        said = {CODES.get(name, CODES.get(f"{name}_id")): (name, words) for name, words in entry_words(entry)}
        return [(entry_label(name), words or "–") for code, (name, words) in said.items() if code in change.was]
    if change.thing is not Thing.REPLIES:
        return []
    asked = Question.objects.filter(pk__in=change.was)
    return [(str(each), _reply_before(each, change.was[str(each.pk)])) for each in asked]


def _reply_before(question, value):
    return "–" if value is None else reply_words(question, value) or "–"


def entry_label(name):
    return capfirst(Entry._meta.get_field(name).verbose_name)


def reply_words(question, value):
    """A reply in words; choices in the language in force, also those that are offered no more."""
    if value in ("", []) and value is not False:
        return ""
    if question.kind == Kind.YES_NO:
        return yes_or_no(value)
    if question.kind in (Kind.CHOICE, Kind.SEVERAL):
        texts = {each["key"]: str(Texts(each["texts"])) for each in question.options}
        keys = value if isinstance(value, list) else [value]
        return get_text_list([texts.get(key, key) for key in keys], pgettext("between the last two of a list", "and"))
    return str(value).replace(".", decimal_point()) if question.kind == Kind.NUMBER else value


def decimal_point():
    return "." if get_language() == "en" else ","


def of_people(answers):
    """{answer id: [(label, words)]} of what is told and replied about these answers' activities; two queries."""
    guests = {answer.guest_id for answer in answers}
    activities = {answer.activity_id for answer in answers}
    told = defaultdict(list)
    entries = Entry.objects.filter(guest__in=guests, activity__in=activities).select_related("race_class")
    for entry in entries:
        told[entry.guest_id, entry.activity_id] += entry_facts(entry)
    replies = (
        Reply.objects.filter(guest__in=guests, question__activity__in=activities)
        .said()
        .select_related("question")
        .order_by("question__position", "question__pk")
    )
    for reply in replies:
        words = reply_words(reply.question, reply.value)
        told[reply.guest_id, reply.question.activity_id].append((str(reply.question), words))
    return {answer.pk: told[answer.guest_id, answer.activity_id] for answer in answers}
