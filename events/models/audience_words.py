"""What groups of guests are called: in the form that asks for them, and in what is told of a sending."""

from django.utils.translation import gettext_lazy as _

from ..domain import segments

GROUPS = {
    "all": _("all guests"),
    "unanswered": _("those who have not answered"),
    "coming": _("those who are coming"),
    "declined": _("those who can't come"),
    "unsure": _("those who don't know yet"),
    "waiting": _("those on a waiting list"),
    "came": _("those who came"),
    "missed": _("those who were missed"),
    "started": _("those who started in the race"),
}
MAIL = {
    segments.NOT_YET: _("not invited yet"),
    segments.SILENT: _("invited and silent"),
    segments.FAILS: _("mail does not arrive"),
}
BEFORE = {segments.YES: _("came to an earlier edition"), segments.NO: _("never came before")}
BRINGS = {segments.YES: _("brings companions"), segments.NO: _("comes alone")}
