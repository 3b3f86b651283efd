"""Everything of a race that is printed: how many, how it looks, and the file, whose making stands in the history."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from ..actions import history
from ..forms.documents import BibForm
from ..models import Activity, History, Race
from ..reports import diplomas, documents, printing
from .access import access_of
from .pages import show


@require_safe
def documents_page(request):
    """A section for each race of the event."""
    return _page(request)


@require_POST
def document(request, activity_id, what):
    """The PDF."""
    race = _race(request, activity_id, what)
    wish = None
    if what == "bibs":
        form = _bib_form(documents.starters(race), request.POST)
        if not form.is_valid():
            return _page(request, wrong={race.activity_id: form}, status=422)
        said = form.cleaned_data
        wish = printing.Wish(
            order=said["order"], two_on_a4=said["two_on_a4"], blanks=said["blanks"], numbers=said["numbers"]
        )
    elif request.POST.get("part", "").isdecimal():
        wish = printing.Wish(part=int(request.POST["part"][:6]))
    made = printing.printed(what, race, now=timezone.now(), wish=wish)
    if made is None:
        raise Http404
    history.record(
        request.event, History.What.EXPORTED, by=request.user, channel=History.Channel.OFFICE, now=timezone.now(),
        activity=race.activity, list=what, form="pdf",
    )  # fmt: skip
    name = f"{request.event.slug}-{what}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@require_safe
def picture(request, activity_id, what):
    """How it begins, as PNG."""
    made = printing.first_page(what, _race(request, activity_id, what), now=timezone.now())
    if made is None:
        raise Http404
    return HttpResponse(made, content_type="image/png")


def _race(request, activity_id, what):
    """The race of the event's own activity; a starter finds the start lists only, anybody else nothing (S7)."""
    opens = printing.PRINTED if access_of(request).organises(request.event.pk) else printing.START_LISTS
    if what not in opens:
        raise Http404
    activity = get_object_or_404(_activities(request.event), pk=activity_id)
    return _of(request.event, activity)


def _activities(event):
    return Activity.objects.filter(event=event, kind=Activity.Kind.RACE).on().in_order()


def _of(event, activity):
    activity.event = event
    race = Race.objects.of(activity)
    race.activity = activity
    return race


def _page(request, *, wrong=None, status=200):
    organises = access_of(request).organises(request.event.pk)
    races = [_of(request.event, activity) for activity in _activities(request.event)]
    return show(
        request, "admin/race/documents.html", _("Documents"), status,
        sections=[_section(race, (wrong or {}).get(race.activity_id)) for race in races], organises=organises,
    )  # fmt: skip


def _section(race, form=None):
    found = documents.starters(race)
    given = sum(one.bib is not None for one in found)
    finished = diplomas.results_of(race)
    return {
        "race": race,
        "coming": len(found),
        "with_bib": given,
        "without_bib": len(found) - given,
        "most_bibs": documents.MOST_BIBS if given > documents.MOST_BIBS else None,
        "diplomas": len(finished),
        "parts": printing.parts_of(len(finished)),
        "form": form or _bib_form(found),
    }


def _bib_form(found, data=None):
    return BibForm(data, first_blank=documents.first_blank(found), auto_id="bib-%s")
