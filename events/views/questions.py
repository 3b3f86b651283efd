"""The organiser's own questions to those who come, one group for each part of the programme."""

from django.utils.translation import gettext

from ..actions import replies
from ..forms.questions import reply_forms
from ..models import Answer
from .doors import guest_only
from .telling import tell_page


@guest_only("GET", "HEAD", "POST")
def questions(request, guest):
    """`/i/<token>/questions/`: what the organiser would like to know, also about those the guest brings."""
    return tell_page(
        request, guest, Answer.objects.asked_questions(),
        template="events/questions.html",
        make_forms=reply_forms,
        save=replies.reply,
        step_title=gettext("A few questions"),
    )  # fmt: skip
