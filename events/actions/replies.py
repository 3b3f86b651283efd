"""What guests reply to the organiser's own questions, for themselves and whom they bring."""

from django.db import transaction

from ..models import History, Question, Reply
from . import history

NO_REPLY = ""  # the guest has seen the question and left it


@transaction.atomic
def reply(event, said, *, by, channel, now):
    """Stores what was said: {answer: {question: value}}, answers to activities of the event with their guests.

    Saying the same again changes nothing. The history says which questions, and of what is not written in words what
    stood there before (None for nothing). Three queries, however many people and questions. Returns of how many people
    something is new.
    """
    guests = {answer.guest_id for answer in said}
    known = {
        (reply.guest_id, reply.question_id): reply
        for reply in Reply.objects.filter(guest__in=guests, question__activity__event=event)
    }
    rows, changed = [], []
    for answer, values in said.items():
        news, was = [], {}
        for question, value in values.items():
            reply = known.get((answer.guest_id, question.pk))
            if reply and reply.value == value and type(reply.value) is type(value):
                continue
            changed.append(Reply(guest_id=answer.guest_id, question=question, value=value, said_at=now))
            if reply or value not in (NO_REPLY, []):
                news.append(question.pk)
                if question.kind != Question.Kind.TEXT:
                    was[str(question.pk)] = reply.value if reply else None
        if news:
            rows.append(
                history.note(
                    event, History.What.REPLIED, by=by, channel=channel, now=now, guest=answer.guest,
                    activity=answer.activity, questions=news, was=was,
                )
            )  # fmt: skip
    Reply.objects.bulk_create(  # somebody else may have replied in between: the newest wins (F7)
        changed, update_conflicts=True, unique_fields=["guest", "question"], update_fields=["value", "said_at"]
    )
    History.objects.bulk_create(rows)
    return len(rows)
