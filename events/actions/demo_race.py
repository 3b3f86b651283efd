"""The demo's runners: classes, target times, and two questions of the organiser's with replies."""

from datetime import timedelta

from ..domain import invented_replies as invented
from ..domain.questions import rows_of
from ..models import Activity, Answer, History, Question, RaceClass
from . import entries, programme, questions, replies

OFFICE = {"by": None, "channel": History.Channel.COMMAND}
THE_GUEST = {"by": None, "channel": History.Channel.WEB}
LATER = timedelta(minutes=2)  # after the answer


def ask(event, *, now):
    """Sets up what guests are asked; before they answer."""
    parts = {activity.kind: activity for activity in Activity.objects.filter(event=event)}
    race, dinner = parts[Activity.Kind.RACE], parts[Activity.Kind.DINNER]
    programme.change(race, {"asks_shirt_size": True}, now=now, **OFFICE)
    lines = {code: "\n".join(each[code] for each in invented.CLASSES) for code in invented.CLASSES[0]}
    questions.set_classes(race, rows_of(lines), now=now, **OFFICE)
    ways = rows_of(invented.WAY_HOME["options"])
    texts = {name: invented.WAY_HOME[name] for name in ("title", "help")}
    questions.add(dinner, kind=Question.Kind.CHOICE, rows=ways, is_required=True, now=now, **texts, **OFFICE)
    questions.add(dinner, kind=Question.Kind.TEXT, now=now, **invented.MEET, **OFFICE)


def tell(event, *, now):
    """Two out of three of those who come to a part tell about it, a little after they answered."""
    classes = list(RaceClass.objects.filter(activity__event=event))
    asked = list(Question.objects.filter(activity__event=event))
    for activity in Activity.objects.filter(event=event):
        coming = Answer.objects.filter(activity=activity).taking_part().select_related("guest__contact", "activity")
        for number, answer in enumerate(coming.order_by("guest")):
            moment = min(answer.answered_at + LATER, now)
            if number % 3 == 2:
                continue
            if activity.kind == Activity.Kind.RACE:
                entries.tell(event, {answer: _entry(number, classes)}, now=moment, **THE_GUEST)
            elif said := _replies(number, answer, asked):
                replies.reply(event, {answer: said}, now=moment, **THE_GUEST)


def _entry(number, classes):
    told = invented.runner(number)
    return {
        "race_class_id": None if told["class"] is None else classes[told["class"]].pk,
        "has_been_before": told["before"],
        "ambition_seconds": told["ambition_seconds"],
        "shirt_size": told["shirt_size"],
    }


def _replies(number, answer, asked):
    """{question: value} of one guest about one activity."""
    language = answer.guest.mail_language
    said = {
        Question.Kind.CHOICE: lambda question: question.options[number // 2 % len(question.options)]["key"],
        Question.Kind.TEXT: lambda question: invented.wish(number, language),
    }
    return {each: said[each.kind](each) for each in asked if each.activity_id == answer.activity_id}
