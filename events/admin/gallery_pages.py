"""How an event's photos are taken in, shown and kept; and the code for the tables: its link and its cards."""

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from ..actions import galleries
from ..domain.documents.table_cards import Size
from ..domain.documents.typesetting import Form
from ..forms.photos import GalleryForm
from ..models import Gallery, History, links
from ..reports import table_cards
from .pages import show

both = require_http_methods(["GET", "HEAD", "POST"])


def _how(request):
    return {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}


@both
def gallery(request):
    """The settings, and beside them the code for the tables."""
    stored = Gallery.objects.of(request.event)
    form = GalleryForm(request.POST if request.method == "POST" else None, instance=Gallery.objects.of(request.event))
    if request.method == "POST" and form.is_valid():
        galleries.set_up(request.event, form.cleaned_data, **_how(request))
        messages.success(request, _("Saved. Thank you!"))
        return _back(request)
    return show(
        request, "admin/photos/gallery.html", _("Gallery settings"), status=422 if form.errors else 200, form=form,
        errors=form.errors, gallery=stored, tables_url=links.tables_url(stored) if stored.pk else "",
    )  # fmt: skip


@both
def renew(request):
    """A new code; cards that lie on tables open nothing any more."""
    if request.method == "POST":
        galleries.renew_link(request.event, **_how(request))
        messages.success(request, _("The tables have a new code. The one before opens nothing any more."))
        return _back(request)
    return show(
        request, "admin/events/confirm.html", _("Make a new code for the tables?"),
        text=_("Cards you have printed stop working at once, also for whoever is just sending photos."),
        more=_("What has come in stays. Print the cards again afterwards."),
        press=_("Make a new code"), is_grave=True, back=reverse("admin:event_gallery", args=[request.event.pk]),
    )  # fmt: skip


@require_safe
def cards(request, size, form):
    """The cards for the tables: "a6" or "a5", as PDF to print or as the PNG of the sheet."""
    stored = Gallery.objects.of(request.event)
    if stored.pk is None or size not in set(Size) or form not in set(Form):
        raise Http404
    made = table_cards.cards(stored, Size(size), form=Form(form))
    if form == Form.PNG:
        return HttpResponse(made, content_type="image/png")
    name = f"{request.event.slug}-table-cards-{size}.pdf"
    return HttpResponse(
        made, content_type="application/pdf", headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


def _back(request):
    return HttpResponseRedirect(reverse("admin:event_gallery", args=[request.event.pk]))
