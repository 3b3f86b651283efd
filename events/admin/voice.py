"""Voices: what guests said, until somebody has marked it as read."""

from django.contrib import admin
from django.db.models import F
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..models import Voice
from ..templatetags.office import chip, short
from .filters import Choice, by_choices
from .guest_list import hosts
from .hosts import HostsToo, is_organised
from .of_guests import OfGuests
from .scoped import EventScopedAdmin


class ByRead(Choice):
    title = _("read")
    parameter_name = "read"

    def lookups(self, request, model_admin):
        return [("unread", _("unread")), ("read", _("read"))]

    def queryset(self, request, queryset):
        wanted = {None: queryset, "unread": queryset.filter(read_at=None), "read": queryset.exclude(read_at=None)}
        return wanted.get(self.value(), queryset.none())


class ByHost(by_choices("guest__host", "host", _("host"), hosts)):
    """By the guest's host, or those without one."""

    def queryset(self, request, queryset):
        return queryset.filter(guest__host=None) if self.value() == "none" else super().queryset(request, queryset)


@admin.register(Voice)
class VoiceAdmin(HostsToo, OfGuests, EventScopedAdmin):
    """Every word, and every note from somebody who has another's link, with what to do about it.

    A host finds the words of own guests; a link in wrong hands is for organisers.
    """

    section = "voices"
    change_list_template = "admin/events/voice_list.html"
    event_path = "guest__event"
    list_display = ["who", "said", "of_host", "moment", "fate"]
    list_select_related = ["guest__contact__company", "guest__host", "read_by"]
    list_filter = [ByRead, by_choices("kind", "kind", _("kind"), Voice.Kind.choices), ByHost]
    ordering = [F("read_at").desc(nulls_first=True), "-said_at", "-pk"]  # what waits for somebody comes first
    list_texts = {
        "list_intro": _("What guests wanted to tell you. The host has each word by mail, too."),
        "empty_title": _("Nobody has said anything yet"),
        "empty_text": _("After answering, every guest can write a word to the host. It shows here."),
    }
    fields = ["guest", "kind", "text", "name", "email", "said_at", "read_at", "read_by"]

    def get_list_display(self, request):
        return [name for name in self.list_display if name != "of_host" or is_organised(request)]

    def get_list_filter(self, request):
        return self.list_filter if is_organised(request) else [ByRead]

    def seen_by(self, access, rows):
        return rows.filter(pk__in=access.voices().values("pk"))

    @admin.display(description=_("said"))
    def said(self, voice):
        words = format_html('<span class="voice">{}</span>', voice.text)
        if voice.kind == Voice.Kind.WORD:
            return words
        sender = ", ".join(part for part in (voice.name, voice.email) if part)
        return format_html(
            '{} <strong>{}</strong>{}<a class="button" href="{}">{}<span class="unseen">: {}</span></a>',
            chip("waiting", "!", voice.get_kind_display()), sender, words,
            reverse("admin:event_guest_new_link", args=[voice.guest.event_id, voice.guest_id]),
            gettext("Make a new link"), voice.guest,
        )  # fmt: skip

    @admin.display(description=_("host"), empty_value="–")
    def of_host(self, voice):
        return voice.guest.host

    @admin.display(description=_("when"))
    def moment(self, voice):
        return short(voice.said_at)

    @admin.display(description=_("read"))
    def fate(self, voice):
        """Who read it and when, and the button that changes it; it posts the list's own form to another address."""
        is_read = voice.read_at is not None
        by = voice.read_by.get_full_name() or voice.read_by.get_username() if voice.read_by else ""
        return format_html(
            '<span class="under">{}</span><button type="submit" name="is_read" value="{}" formaction="{}">{}'
            '<span class="unseen">: {}</span></button>',
            " · ".join(part for part in (by, short(voice.read_at)) if part) if is_read else "",
            "" if is_read else "1",
            reverse("admin:event_voice_read", args=[voice.guest.event_id, voice.pk]),
            gettext("Mark as unread") if is_read else gettext("Mark as read"),
            voice.guest,
        )
