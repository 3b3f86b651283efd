"""Cheers: who said what to whom, and whether it is shown."""

from django.contrib import admin
from django.db.models import Case, Value, When
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext, pgettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from ..models import Cheer
from ..reports import cheers as reports
from ..templatetags.office import chip, short
from .cheer_pages import context_of
from .filters import by_choices
from .guest_list import found_by
from .hosts import HostsToo, is_organised
from .of_guests import OfGuests
from .scoped import EventScopedAdmin

CHIPS = {Cheer.State.WAITING: ("waiting", "?"), Cheer.State.SHOWN: ("coming", "✓"), Cheer.State.HIDDEN: ("off", "–")}


@admin.register(Cheer)
class CheerAdmin(HostsToo, OfGuests, EventScopedAdmin):
    """Every line to a runner, what waits to be read first. A host finds those to own guests, and what is shown."""

    section = "cheers"
    change_list_template = "admin/race/cheer_list.html"
    event_path, guest_path = "runner__event", "runner"
    list_display = ["to", "said", "by", "moment", "fate"]
    list_filter = [by_choices("state", "state", _("state"), Cheer.State.choices)]
    search_fields = ["runner__search_text"]
    ordering = [Case(When(state=Cheer.State.WAITING, then=0), default=1).asc(), "-said_at", "-pk"]
    list_texts = {
        "list_intro": _("What guests and hosts say to runners."),
        "empty_title": _("Nobody has cheered yet"),
        "empty_text": _("Whoever runs and agreed to show the name can be cheered for, before the race and after it."),
    }

    def guest_of(self, obj):
        return obj.runner

    def get_fields(self, request, obj=None):
        """A host does not read who sent it, but as the sender agreed to."""
        sender = ["guest", "host"] if is_organised(request) else ["host"]
        return ["runner", "activity", *sender, "text", "state", "said_at"]

    def get_queryset(self, request):
        rows = (
            super().get_queryset(request).with_wishes().with_senders().annotate(sees_all=Value(is_organised(request)))
        )
        return rows.select_related("runner__event", "runner__contact", "runner__companion_of__contact", "activity")

    def seen_by(self, access, rows):
        return super().seen_by(access, rows).filter(state=Cheer.State.SHOWN)

    def get_list_filter(self, request):
        return self.list_filter if is_organised(request) else []

    def get_search_results(self, request, queryset, search_term):
        return found_by("runner__search_text", queryset, search_term), False

    def changelist_view(self, request, extra_context=None):
        """?done= names the cheer that was just shown or hidden; it is no filter."""
        request.GET = request.GET.copy()
        request.done = request.GET.pop("done", [""])[0]
        extra = context_of(request) if hasattr(request, "event") else {}
        return super().changelist_view(request, {**extra, **(extra_context or {})})

    @admin.display(description=pgettext_lazy("a cheer", "to"))
    def to(self, cheer):
        return self.link_to_in_list(cheer.runner)

    @admin.display(description=_("said"))
    def said(self, cheer):
        return format_html('<span class="voice">{}</span>', cheer.text)

    @admin.display(description=pgettext_lazy("a cheer", "from"))
    def by(self, cheer):
        if cheer.host_id or not cheer.sees_all:
            return reports.sender_of(cheer) or gettext("a guest")
        return self.link_to_in_list(cheer.guest)

    @admin.display(description=_("when"))
    def moment(self, cheer):
        return short(cheer.said_at)

    @admin.display(description=_("state"))
    def fate(self, cheer):
        """How it stands, and what an organiser can do about it; the button posts the list's own form elsewhere."""
        said = chip(*CHIPS[cheer.state], cheer.get_state_display())
        if cheer.is_unwanted or cheer.is_hidden_by_runner:
            wish = gettext("The runner wants no cheers.") if cheer.is_unwanted else gettext("The runner has hidden it.")
            return format_html('{}<span class="under">{}</span>', said, wish)
        if not cheer.sees_all:
            return said
        deeds = [name for name, state in STATES.items() if state != cheer.state]
        return format_html(
            '{}<span class="buttons">{}</span>', said, format_html_join("", BUTTON, _buttons(cheer, deeds))
        )


BUTTON = '<button type="submit" formaction="{}">{}<span class="unseen">: {}</span></button>'
STATES = {"show": Cheer.State.SHOWN, "hide": Cheer.State.HIDDEN}


def _buttons(cheer, deeds):
    words = {"show": pgettext("a cheer", "Show"), "hide": pgettext("a cheer", "Hide")}
    for deed in deeds:
        address = reverse("admin:event_cheer", args=[cheer.runner.event_id, cheer.pk, deed])
        yield address, words[deed], cheer.text
