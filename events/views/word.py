"""`/i/<token>/word/`: a word to the host, with a yes as with a no."""

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext

from ..actions import voices
from ..forms.voices import WordForm
from ..models import Event, History, Voice
from .cards import state_for
from .doors import guest_only
from .steps import show_step, too_late, url_after

TAKES_WORDS = {Event.State.OPEN, Event.State.HELD}


@guest_only("GET", "HEAD", "POST")
def word(request, guest):
    """What the guest has said so far, and room for more; also after the event, when our thanks ask for a word."""
    state = state_for(guest)
    may_say = state in TAKES_WORDS
    form = WordForm(request.POST if request.method == "POST" else None)
    context = {
        "said": Voice.objects.words_of(guest), "host": guest.host, "step_title": gettext("A word to your host"),
    }  # fmt: skip
    if request.method == "POST" and state == Event.State.CLOSED:
        return too_late(request, guest, "events/word.html", form, **context)
    form = form if may_say else None
    if request.method == "POST" and form and form.is_valid():
        said = form.cleaned_data["text"]
        voices.say(guest, said, by=None, channel=History.Channel.WEB, now=timezone.now())
        here = state == Event.State.HELD  # nothing comes after it any more: the page itself says thank you
        to = request.path if here else url_after(request, guest, "word")
        return HttpResponse(status=303, headers={"Location": to})
    return show_step(
        request, guest, "events/word.html", status=422 if form and form.errors else 200, form=form, **context
    )  # fmt: skip
