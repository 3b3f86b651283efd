"""Columns and filters of the guest list, some of them made from the event's programme."""

from django.db.models import Exists, OuterRef
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from ..domain import names
from ..models import Activity, Answer, Host, Invitation
from ..templatetags.office import answer_chip, chip
from .filters import Choice, Text, by_choices

PRESENCE = {True: _("was there"), False: _("was not there")}
INVITATION_SIGNS = {"drafted": "–", "sent": "✓", "revoked": "✕"}


def programme_of(request):
    """The chosen event's activities, looked up once a request."""
    if not hasattr(request, "programme"):
        request.programme = list(Activity.objects.filter(event=request.event).in_order())
    return request.programme


def answer_column(activity):
    """A column with the guest's answer to one activity."""

    def column(guest):
        answer = next((row for row in guest.kept_answers if row.activity_id == activity.pk), None)
        return answer_chip(answer.state, activity, answer.place) if answer else _("not invited")

    column.__name__ = f"answer_{activity.slug}"
    column.short_description = str(activity)
    return column


def answer_filter(activity):
    """A drop-down with the answers to one activity."""

    class ByAnswer(Choice):
        title = str(activity)
        parameter_name = f"answer-{activity.slug}"

        def lookups(self, request, model_admin):
            return [*Answer.State.choices, ("uninvited", _("not invited"))]

        def queryset(self, request, queryset):
            if self.value() is None:
                return queryset
            rows = Answer.objects.filter(guest=OuterRef("pk"), activity=activity)
            if self.value() == "uninvited":
                return queryset.filter(~Exists(rows))
            return queryset.filter(Exists(rows.filter(state=self.value())))

    return ByAnswer


class Standing(Choice):
    """What somebody may have to do about the guest."""

    title = _("reply and mail")
    parameter_name = "standing"
    rows = {
        "answered": (_("has answered"), {"answered_at__isnull": False}),
        "silent": (_("invited, silent"), {"answered_at": None, "invitation__state": "sent"}),
        "without_mail": (_("without mail address"), {"contact__email": ""}),
        "mail_fails": (_("mail does not arrive"), {"contact__email_fails": True}),
        "unsubscribed": (_("wants no more mail"), {"contact__unsubscribed_at__isnull": False}),
        "there": (_("was there"), {"has_come": True}),
        "not_there": (_("was not there"), {"has_come": False}),
    }

    def lookups(self, request, model_admin):
        return [(name, label) for name, (label, _wanted) in self.rows.items()]

    def queryset(self, request, queryset):
        if self.value() is None:
            return queryset
        return queryset.filter(**self.rows[self.value()][1]) if self.value() in self.rows else queryset.none()


class ByCompany(Text):
    """By a part of the company's name, for a list of two thousand companies helps nobody."""

    title = _("company")
    parameter_name = "company"

    def queryset(self, request, queryset):
        wanted = names.fold(self.value() or "")
        return queryset.filter(contact__company__key__contains=wanted) if wanted else queryset


def hosts():
    return [("none", _("no host")), *Host.objects.values_list("pk", "name")]


class ByHost(by_choices("host", "host", _("host"), hosts)):
    """By host, or those without one."""

    def queryset(self, request, queryset):
        return queryset.filter(host=None) if self.value() == "none" else super().queryset(request, queryset)


ByInvitation = by_choices("invitation__state", "invitation", _("invitation"), Invitation.State.choices)


def invitation_chip(guest):
    """None for a companion, who has no invitation of their own."""
    invitation = getattr(guest, "invitation", None)
    if invitation is None:
        return None
    return chip(f"invitation-{invitation.state}", INVITATION_SIGNS[invitation.state], invitation.get_state_display())


def with_company(guest):
    """The name, and below it the company, or with whom a companion comes, and whether somebody was there."""
    company = guest.contact.company if guest.contact_id and guest.contact.company_id else ""
    under = [str(company or guest.comes_with), str(PRESENCE.get(guest.has_come, ""))]
    return format_html('{}<span class="under">{}</span>', guest.name, " · ".join(filter(None, under)))


def found_by(column, queryset, words):
    """Rows whose folded column holds every word, without case and accents; NULs are in no text."""
    for word in names.fold_letters(words.replace("\0", "")).split():
        queryset = queryset.filter(**{f"{column}__contains": word})
    return queryset
