"""The guest list of an earlier event comes along: how many and who not is told first, then it is done by one press."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import Http404, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from ..actions import guests_along
from ..forms.along import WHOM, AlongForm
from ..models import Event, History
from ..reports import along_words
from .access import access_of
from .pages import show

both = require_http_methods(["GET", "HEAD", "POST"])


@both
def along(request):
    """`?from=<event>`: what would come along of it, for each choice; without it, the events to choose from."""
    others = {pk: event for pk, event in access_of(request).events.items() if pk != request.event.pk}
    asked = request.GET.get("from", "")
    if not asked:
        return _choose(request, others)
    source = others.get(int(asked)) if asked.isascii() and asked.isdigit() and len(asked) < 19 else None
    if source is None:
        raise Http404
    form = AlongForm(request.POST if request.method == "POST" else None, initial={"whom": "all"})
    if request.method == "POST" and form.is_valid():
        return _bring(request, source, form.cleaned_data["whom"])
    return _look(request, source, form)


def _choose(request, others):
    guests = Count("guest", filter=Q(guest__companion_of=None, guest__forgotten_at=None))
    rows = Event.objects.filter(pk__in=others).annotate(guests=guests).filter(guests__gt=0)
    rows = rows.order_by("-held_on", "slug")
    return _page(request, "along_choose", _("Bring guests along from an earlier event"), rows=rows)


def _look(request, source, form):
    looks = guests_along.look(request.event, source)
    choices = [(whom, text, looks[whom].count, along_words.behind(looks[whom].behind)) for whom, text in WHOM.items()]
    title = _("Bring guests along from %(event)s") % {"event": source}
    return _page(
        request, "along", title, form=form, errors=form.errors, status=422 if form.errors else 200, choices=choices,
        chosen=form["whom"].value(), is_anybody=any(look.count for look in looks.values()),
    )  # fmt: skip


def _bring(request, source, whom):
    how = {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}
    try:
        done = guests_along.bring(request.event, source, whom, **how)
    except Event.DoesNotExist:  # one of them was thrown away at this very moment
        raise Http404 from None
    if done.count:
        said = ngettext(
            "%(n)s person has come along, not invited yet. Nobody has got a mail.",
            "%(n)s people have come along, not invited yet. Nobody has got a mail.",
            done.count,
        )
        messages.success(request, said % {"n": done.count})
    else:
        messages.info(request, _("Nobody more came along."))
    return HttpResponseRedirect(reverse("admin:event_guests", args=[request.event.pk]))


def _page(request, template, title, **context):
    list_url = reverse("admin:event_guests", args=[request.event.pk])
    return show(request, f"admin/guestlists/{template}.html", title, list_url=list_url, **context)
