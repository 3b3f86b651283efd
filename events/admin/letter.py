from django.contrib import admin
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..domain.letters import PLACEHOLDERS
from ..forms.letters import LetterForm
from ..models import Letter
from .filters import by_choices
from .scoped import EventScopedAdmin


@admin.register(Letter)
class LetterAdmin(EventScopedAdmin):
    """The event's own letters; where there is none, ours goes out."""

    section = "letters"
    may_add = may_change = may_delete = True
    add_title = _("Write a letter")
    form = LetterForm
    change_form_template = "admin/events/letter_form.html"
    list_display = ["kind", "language", "subject"]
    list_filter = [by_choices("kind", "kind", _("letter"), Letter.Kind.choices)]
    sortable_by = []

    def get_form(self, request, obj=None, change=False, **kwargs):
        form = super().get_form(request, obj, change, **kwargs)
        form.event = request.event
        return form

    def get_readonly_fields(self, request, obj=None):
        return ["kind", "language"] if obj else []

    def get_fieldsets(self, request, obj=None):
        known = ", ".join(f"{{{name}}}" for name in sorted(PLACEHOLDERS))
        about = gettext("These are filled in for each guest: %(known)s. **Bold**, - lists and [links](https://…) work.")
        return [
            (None, {"fields": [("kind", "language")]}),
            (gettext("Text"), {"fields": ["subject", "preheader", "body"], "description": about % {"known": known}}),
        ]

    def changelist_view(self, request, extra_context=None):
        extra = {
            "list_intro": gettext(
                "The invitation and the letters that go out by themselves are ready in four languages. Write your own "
                "where you want to say it differently."
            ),
            "empty_title": gettext("Our texts are used"),
            "empty_text": gettext("As soon as you write one of your own, it stands here and is used instead of ours."),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})
