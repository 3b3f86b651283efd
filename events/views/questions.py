"""The organiser's own questions to those who come, one group for each part of the programme."""

from functools import partial

from django.utils import timezone
from django.utils.translation import gettext

from ..actions import replies
from ..forms.questions import RepliesForm
from ..models import Answer, History, Question, Reply
from ..reports.told import of_people
from .doors import guest_only, unknown_link
from .telling import sections_of, tell_page


@guest_only("GET", "HEAD", "POST")
def questions(request, guest):
    """`/i/<token>/questions/`: what the organiser would like to know, also about those the guest brings."""
    asked = _asked(guest.event)
    invited = list(
        Answer.objects.of_party(guest).filter(activity__in=asked, activity__cancelled_at=None)
        .select_related("activity", "guest__contact")
    )  # fmt: skip
    if not invited:
        return unknown_link(request)
    sections = sections_of(guest, [row for row in invited if row.is_taking_part])
    return tell_page(
        request, guest, sections,
        template="events/questions.html",
        make_form=partial(_form, asked, _replies(sections)),
        facts_of=of_people,
        save=partial(_save, guest),
        step_title=gettext("A few questions"),
    )  # fmt: skip


def _form(asked, said, data, answer):
    return RepliesForm(data, answer=answer, questions=asked[answer.activity_id], replies=said.get(answer.guest_id, {}))


def _asked(event):
    """{activity id: its questions in order}; one query."""
    asked = {}
    for question in Question.objects.filter(activity__event=event):
        asked.setdefault(question.activity_id, []).append(question)
    return asked


def _replies(sections):
    """{guest id: {question id: value}}; one query."""
    said = {}
    for reply in Reply.objects.filter(guest__in={section.answer.guest_id for section in sections}):
        said.setdefault(reply.guest_id, {})[reply.question_id] = reply.value
    return said


def _save(guest, sections):
    said = {section.answer: section.form.said for section in sections}
    replies.reply(guest.event, said, by=None, channel=History.Channel.WEB, now=timezone.now())
