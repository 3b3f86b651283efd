"""Replies by mail: what came in about the event's guests, and what waits for somebody to decide."""

from django.contrib import admin
from django.db.models import Case, When
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Received
from ..reports.received_words import why
from ..templatetags.office import answer_chip, chip, short
from .filters import by_choices
from .guest_list import found_by
from .mailbox_alarm import unread_since
from .scoped import EventScopedAdmin

SIGNS = {
    "held": "!",
    "applied": "✓",
    "late": "…",
    "forwarded": "→",
    "forwarding": "→",
    "ignored": "–",
    "set_aside": "✕",
}
SAYS = '<span class="reply-says">{} {}</span><span class="under">{}</span>'
LOOKS = {"held": "waiting", "applied": "coming", "late": "unsure"}


@admin.register(Received)
class ReceivedAdmin(EventScopedAdmin):
    """Every mail about a guest with what became of it; of those that wait, who it is from and what to do."""

    section = "inbox"
    section_title = _("Inbox")
    change_list_template = "admin/events/received_list.html"
    list_display = ["who", "said", "came_of_it", "moment"]
    list_display_links = None
    list_select_related = ["guest__contact__company", "activity"]
    list_filter = [
        by_choices("state", "state", _("state"), Received.State.choices),
        by_choices("kind", "kind", _("kind"), Received.Kind.choices),
    ]
    search_fields = ["guest__search_text"]
    search_help_text = _("Name, company or mail")
    ordering = [Case(When(state="held", then=0), default=1), "-at", "-pk"]  # what waits for somebody comes first
    sortable_by = []
    fields = ["kind", "guest", "activity", "state", "explanation", "sender", "at"]
    readonly_fields = ["explanation"]

    def get_search_results(self, request, queryset, search_term):
        return found_by("guest__search_text", queryset, search_term), False

    @admin.display(description=_("guest"))
    def who(self, received):
        contact = received.guest.contact if received.guest.contact_id else None
        company = contact.company if contact and contact.company_id else ""
        return format_html('{}<span class="under">{}</span>', self.link_to(received.guest), company or "")

    @admin.display(description=_("what it says"))
    def said(self, received):
        kind, choice = capfirst(received.get_kind_display()), received.facts.get("choice")
        says = answer_chip(choice) if choice else ""
        if received.state != Received.State.HELD:
            return format_html(SAYS, received.activity, says, kind) if received.activity else kind
        return format_html(
            f'{SAYS}<span class="voice">{{}}</span>{{}}',
            received.activity,
            says or chip("waiting", "→", gettext("somebody else instead")),
            gettext("from %(address)s") % {"address": received.sender} if received.sender else kind,
            why(received),
            self._buttons(received, has_choice=bool(choice)),
        )

    def _buttons(self, received, *, has_choice):
        """They post the list's own form to another address."""
        url = reverse("admin:event_inbox_decide", args=[received.event_id, received.pk])
        take = mark_safe("")
        if has_choice:
            take = format_html(
                '<button type="submit" name="decision" value="take" formaction="{}" class="main">{}</button>',
                url, gettext("Take it as the answer of %(name)s") % {"name": received.guest.first_name},
            )  # fmt: skip
        return format_html(
            '<span class="buttons">{}<button type="submit" name="decision" value="leave" formaction="{}">{}'
            '<span class="unseen">: {}</span></button></span>',
            take, url, gettext("Set aside"), received.guest,
        )  # fmt: skip

    @admin.display(description=_("what became of it"))
    def came_of_it(self, received):
        look = LOOKS.get(received.state, "no_answer")
        shown = chip(look, SIGNS.get(received.state, "–"), received.get_state_display())
        if received.state == Received.State.HELD:
            return shown
        return format_html('{}<span class="under">{}</span>', shown, why(received))

    @admin.display(description=_("when"))
    def moment(self, received):
        return short(received.at)

    @admin.display(description=_("why"))
    def explanation(self, received):
        return why(received)

    def changelist_view(self, request, extra_context=None):
        extra = {
            "list_intro": gettext(
                "Replies from guests' calendars, mails that came back, and mails that were passed on to the host. What "
                "a mail said is not kept here."
            ),
            "empty_title": gettext("No mail has come in"),
            "empty_text": gettext(
                "Once a mailbox is set up, guests' calendars answer by themselves, and their mails go to the host."
            ),
            "mailbox_unread_since": unread_since(),
        }
        return super().changelist_view(request, {**extra, **(extra_context or {})})
