"""The outbox: every mail to every guest, with its fate."""

from django.contrib import admin
from django.utils import timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from .. import emails
from ..models import Campaign, Letter, Message
from ..reports.mail_words import fate_in_words
from ..templatetags.office import mail_chip, short
from .filters import Choice, by_choices
from .guest_list import found_by
from .message_pages import AGAIN, is_forgotten, rendered
from .postbox_pages import full_hour
from .scoped import EventScopedAdmin

NEWEST = 30


def _shown(message):
    hour = full_hour(Message.objects.filter(pk=message.pk)) if message.state == Message.State.QUEUED else None
    return {
        "seen": rendered(message),
        "is_forgotten": is_forgotten(message),
        "may_go_again": message.state in AGAIN and not message.guest.forgotten_at,
        "to": message.to_address or emails.recipient(message.letter, message.guest, message.event),
        "fate": "" if hour else fate_in_words(message, now=timezone.now()),
        "is_to_us": message.letter in emails.TO_THE_HOUSE,
        "bounces": message.bounce_set.all(),
        "hour": hour,
    }


class BySending(Choice):
    """The newest sendings of the event, and whichever a page of one leads here from."""

    title = _("sending")
    parameter_name = "sending"

    def lookups(self, request, model_admin):
        rows = Campaign.objects.filter(event=request.event).only("letter", "created_at").order_by("-pk")[:NEWEST]
        return [(row.pk, f"{capfirst(row.get_letter_display())} {short(row.created_at)}") for row in rows]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(campaign=self.value()) if self.value().isdecimal() else queryset.none()


@admin.register(Message)
class MessageAdmin(EventScopedAdmin):
    section = "outbox"
    section_title = _("Outbox")
    change_form_template = "admin/events/message_page.html"
    list_display = ["subject_line", "kind", "guest_name", "fate", "moment"]
    list_display_links = ["subject_line"]
    list_select_related = ["guest__contact"]
    list_filter = [
        by_choices("state", "state", _("state"), Message.State.choices),
        by_choices("letter", "letter", _("letter"), Letter.Kind.choices),
        BySending,
    ]
    change_list_template = "admin/events/outbox_list.html"
    search_fields = ["guest__search_text"]
    search_help_text = _("Name, company or mail")
    ordering = ["-pk"]  # as they were written; thousands of one press share their moment
    fields = ["state", "to_address", "created_at", "due_at", "sent_at", "queued_by", "attempts", "error_code"]

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        if request.resolver_match and request.resolver_match.url_name == "events_message_change":
            rows = rows.select_related(
                "event", "activity", "queued_by", "guest__contact__company", "guest__contact__host", "guest__host",
                "guest__invitation", "campaign",
            ).defer("campaign__recipients", "campaign__left_out")  # fmt: skip
        return rows

    def change_view(self, request, object_id, form_url="", extra_context=None):
        message = self.get_object(request, object_id)
        extra = _shown(message) if message else {}
        return super().change_view(request, object_id, form_url, {**extra, **(extra_context or {})})

    def get_search_results(self, request, queryset, search_term):
        return found_by("guest__search_text", queryset, search_term), False

    @admin.display(description=_("subject"))
    def subject_line(self, message):
        is_to_come = message.state == Message.State.QUEUED
        return message.subject or (gettext("not written yet") if is_to_come else self.kind(message))

    @admin.display(description=_("guest"), ordering="guest__sort_key")
    def guest_name(self, message):
        return format_html('{}<span class="under">{}</span>', self.link_to(message.guest), message.to_address)

    @admin.display(description=_("letter"), ordering="letter")
    def kind(self, message):
        return capfirst(message.get_letter_display())

    @admin.display(description=_("state"), ordering="state")
    def fate(self, message):
        return mail_chip(message.state)

    @admin.display(description=_("when"), ordering="created_at")
    def moment(self, message):
        return short(message.sent_at or message.due_at)

    def changelist_view(self, request, extra_context=None):
        extra = {
            "empty_title": gettext("No mails yet"),
            "empty_text": gettext("Every invitation, confirmation and reminder shows here with its fate."),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})
