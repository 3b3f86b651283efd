"""Letters: ours in four languages, and beside them the organiser's own."""

from dataclasses import asdict

from django.conf import settings
from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..domain import letter_texts
from ..forms.letters import LetterForm
from ..forms.placeholders import DESCRIPTIONS
from ..models import Letter
from .scoped import EventScopedAdmin

GOES_OUT = {
    Letter.Kind.INVITATION: _("You send it when you are ready."),
    Letter.Kind.REMINDER: _("Goes out by itself on the days you choose; you can also send it."),
    Letter.Kind.PRACTICAL: _("Goes out by itself on the days you choose; you can also send it."),
    Letter.Kind.CONFIRMATION: _("Goes out by itself a few minutes after a guest has answered."),
    Letter.Kind.PROMOTED: _("Goes out by itself when a place comes free for somebody on a waiting list."),
    Letter.Kind.RELEASED: _("Goes out by itself when you approve the colleague a guest has proposed."),
    Letter.Kind.NO_SUBSTITUTE: _("Goes out by itself when you decline the colleague a guest has proposed."),
    Letter.Kind.VOICE: _("Goes to the host a few minutes after a guest has written a word."),
    Letter.Kind.LINK: _("Goes out by itself when a guest asks for the link again."),
    Letter.Kind.THANKS_MISSED: _("Goes out with the thanks, to those who were coming and are marked as not there."),
    Letter.Kind.THANKS_DECLINED: _("Goes out with the thanks, to those who could not come."),
    Letter.Kind.CALENDAR: _("Goes out by itself for parts that send calendar invitations."),
    Letter.Kind.BOUNCED: _("Goes to the host when a guest's mail does not arrive."),
    Letter.Kind.FREE: _("For whatever else you have to say. Write it first; there is only a beginning of ours."),
}


def letters_of(event):
    """(kind, when it goes out, [(language, its name, where to write, is it the own text)]) of each letter."""
    own = {(letter.kind, letter.language): letter.pk for letter in Letter.objects.filter(event=event)}
    return [
        (
            kind,
            GOES_OUT.get(kind, GOES_OUT[Letter.Kind.INVITATION]),
            [
                (code, name, _place_to_write(event, kind, code, own), (kind, code) in own)
                for code, name in settings.LANGUAGES
            ],
        )
        for kind in Letter.Kind
    ]


def _place_to_write(event, kind, language, own):
    if (kind, language) in own:
        return reverse("admin:events_letter_change", args=[own[kind, language]])
    return f"{reverse('admin:event_letters_add', args=[event.pk])}?{urlencode({'kind': kind, 'language': language})}"


@admin.register(Letter)
class LetterAdmin(EventScopedAdmin):
    """The event's own letters; where there is none, ours goes out."""

    section = "letters"
    may_add = may_change = may_delete = True
    add_title = _("Write a letter")
    form = LetterForm
    change_form_template = "admin/events/letter_form.html"
    change_list_template = "admin/events/letter_list.html"

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.event = request.event
        return form

    def get_changeform_initial_data(self, request):
        """Our text to start from, of the letter and language in the address."""
        kind, language = request.GET.get("kind", ""), request.GET.get("language", "")
        is_known = language in letter_texts.LANGUAGES
        text = letter_texts.own(kind, language, request.event.tone) if is_known else None
        return {"kind": kind, "language": language, **(asdict(text) if text else {})}

    def get_readonly_fields(self, request, obj=None):
        return ["kind", "language"] if obj else []

    def get_fieldsets(self, request, obj=None):
        about = gettext("These are filled in for each guest. **Bold**, - lists and [links](https://…) work.")
        known = format_html_join("", "<dt>{{{}}}</dt><dd>{}</dd>", DESCRIPTIONS.items())
        about = format_html(
            "{}<details><summary>{}</summary><dl>{}</dl></details>", about, gettext("What you can use"), known
        )
        return [
            (None, {"fields": [("kind", "language")]}),
            (gettext("Text"), {"fields": ["subject", "preheader", "body"], "description": about}),
        ]

    def changelist_view(self, request, extra_context=None):
        extra = {
            "list_intro": gettext("All are ready in four languages. Choose a language to say it your own way."),
            "letters": letters_of(request.event) if hasattr(request, "event") else [],
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})
