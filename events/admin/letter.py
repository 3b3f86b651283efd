"""Letters: the list of ours and the organiser's own; each is written on a page of its own."""

from django.contrib import admin
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext

from ..domain import letter_texts
from ..forms.letters import ToneForm
from ..models import Letter
from .letter_pages import page_of
from .letter_words import letters_of
from .scoped import EventScopedAdmin


@admin.register(Letter)
class LetterAdmin(EventScopedAdmin):
    """The event's own letters; where there is none, ours goes out. The editor alone writes: it sees what is unknown."""

    section = "letters"
    change_list_template = "admin/events/letter_list.html"

    def add_view(self, request, form_url="", extra_context=None):
        """Of the letter and language in the address; a letter that is named by no address is chosen in the list."""
        kind, language = request.GET.get("kind", ""), request.GET.get("language", letter_texts.LANGUAGES[0])
        if not hasattr(request, "event"):
            raise Http404
        is_known = kind in Letter.Kind.values and language in letter_texts.LANGUAGES
        return HttpResponseRedirect(
            page_of(request.event, kind, language) if is_known else self.list_url(request.event)
        )

    def change_view(self, request, object_id, form_url="", extra_context=None):
        self._found(request, object_id)
        letter = self.get_object(request, object_id)
        return HttpResponseRedirect(page_of(request.event, letter.kind, letter.language))

    def changelist_view(self, request, extra_context=None):
        event = getattr(request, "event", None)
        extra = {
            "list_intro": gettext("All are ready in four languages. Choose a language to say it your own way."),
            "groups": letters_of(event) if event else [],
            "tone": ToneForm(instance=event) if event else None,
            "picture_url": self._picture_url(event),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    @staticmethod
    def _picture_url(event):
        name = event.letter_picture.name if event else ""
        key = name.rpartition("/")[2].removesuffix(".jpg")
        return reverse("letter_picture", args=[key]) if key else ""
