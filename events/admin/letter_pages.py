"""Writing a letter: the editor with its dictionary, back to our text, and what all letters of the event share."""

from dataclasses import asdict

from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from config import limits

from ..actions import invitations, letter_pictures, letters, programme
from ..domain.pictures import PictureRefused
from ..forms.letters import LetterForm, LetterPictureForm, ShownAsForm, ToneForm, fingerprint
from ..forms.placeholders import dictionary
from ..models import Event, History, Letter
from ..reports import picture_refusals
from . import letter_preview
from .letter_words import FROM_THE_PROGRAMME, languages_of, letter_in, when_it_goes
from .pages import show

OFFICE = History.Channel.OFFICE
both = require_http_methods(["GET", "HEAD", "POST"])


def page_of(event, kind, language, **query):
    url = reverse("admin:event_letter", args=[event.pk, kind, language])
    return f"{url}?{urlencode(query)}" if query else url


def list_of(event):
    return reverse("admin:event_letters", args=[event.pk])


@both
def editor(request, kind, language):
    """The text of one letter in one language, ours or the event's own; beside it the preview and the dictionary."""
    kind, letter, ours = letter_in(request.event, kind, language)
    initial = asdict(ours) if ours and not letter.pk else {}
    form = LetterForm(request.POST or None, instance=letter, initial=initial, language=language)
    if request.method == "POST" and form.is_valid():
        return _saved(request, letter, form)
    said = ShownAsForm.said(request.POST or request.GET)
    guest = letter_preview.guest_for(request, kind, language, said["as_whom"])
    shown_as = {"shape": said["shape"], "scheme": said["scheme"], **({"guest": guest.pk} if guest else {})}
    return show(
        request,
        "admin/events/letter_form.html",
        f"{capfirst(kind.label)} – {dict(settings.LANGUAGES)[language]}",
        status=422 if form.errors else 200,
        kind=kind,
        letter=letter,
        language=language,
        ours=ours,
        form=form,
        errors=form.errors,
        theirs=Letter.objects.get(pk=letter.pk) if letter.pk and form.is_newer else None,
        goes=when_it_goes(kind),
        tongues=languages_of(request.event, kind),
        is_sent_by_hand=kind not in invitations.BY_ITSELF | FROM_THE_PROGRAMME,
        guest=guest,
        people=letter_preview.names_of_guests(request.event),
        shown_as=ShownAsForm(initial={**said, "as_whom": letter_preview.called(guest) if guest else ""}),
        said=said,
        preview_url=reverse("admin:event_letter_try", args=[request.event.pk, kind, language]),
        preview_query=urlencode(shown_as),
        dictionary=dictionary(letter_preview.examples_for(kind, guest, language) if guest else {}),
        list_url=list_of(request.event),
    )


def _saved(request, letter, form):
    """Stores it, notes who did, and leads back to the same page, shown as before."""
    event, kind, language = request.event, letter.kind, letter.language
    texts = {name: form.cleaned_data[name] for name in form.Meta.fields}
    stored = letters.write(event, kind, language, **texts, by=request.user, now=timezone.now())
    office = admin.site.get_model_admin(Letter)
    if letter.pk:
        changed = [name for name in form.changed_data if name in texts]
        office.log_change(request, stored, [{"changed": {"fields": changed}}])
    else:
        office.log_addition(request, stored, [{"added": {}}])
    messages.success(request, _("Saved. From now on, this is what goes out."))
    seen_as = ShownAsForm.said(request.POST)
    guest = letter_preview.guest_for(request, kind, language, seen_as.pop("as_whom"))
    return HttpResponseRedirect(page_of(event, kind, language, **seen_as, **({"guest": guest.pk} if guest else {})))


@both
def back_to_ours(request, kind, language):
    """Shows our text, and asks once, for the own one is gone then."""
    kind, letter, ours = letter_in(request.event, kind, language)
    back = page_of(request.event, kind, language)
    is_newer = request.method == "POST" and request.POST.get("seen", fingerprint(letter)) != fingerprint(letter)
    if request.method == "POST" and not (is_newer and letter.pk):
        if letter.pk:
            admin.site.get_model_admin(Letter).log_deletions(request, Letter.objects.filter(pk=letter.pk))
        letters.forget(request.event, kind, language, by=request.user, now=timezone.now())
        messages.success(request, _("Our text goes out again.") if ours else _("The letter has no text any more."))
        return HttpResponseRedirect(back)
    if not letter.pk:
        return HttpResponseRedirect(back)
    return show(
        request,
        "admin/events/letter_ours.html",
        _("Back to our text?") if ours else _("Take this text away?"),
        status=422 if is_newer else 200,
        letter=letter,
        ours=ours,
        language=language,
        seen=fingerprint(letter),
        is_newer=is_newer,
        back=back,
        list_url=back,
    )


@require_POST
def tone(request):
    """How those letters speak that nobody has written anew."""
    event = Event.objects.get(pk=request.event.pk)
    form = ToneForm(request.POST, instance=event)
    if form.is_valid():
        changed = set(form.changed_data)
        programme.change_event(event, changed, by=request.user, channel=OFFICE, now=timezone.now())
        messages.success(request, _("Saved. Letters with your own text stay as you wrote them."))
    return HttpResponseRedirect(list_of(event))


@both
def picture(request):
    """The picture on top of all letters of the event: the file is judged by decoding it (U1, U2)."""
    if request.method == "POST" and limits.is_exceeded(
        "upload", request.user.pk, settings.UPLOADS_PER_USER_PER_MINUTE, seconds=60
    ):
        return render(request, "429.html", {"here": ""}, status=429)  # a file cannot be kept in a page
    form = LetterPictureForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["picture"]
        try:
            data = file.read(settings.LETTER_PICTURE_MAX_BYTES + 1)
            letter_pictures.put(request.event, data, by=request.user, channel=OFFICE, now=timezone.now())
        except PictureRefused as refusal:
            facts = refusal.facts | ({"size_bytes": file.size} if "size_bytes" in refusal.facts else {})
            why = picture_refusals.sentence(refusal.code, facts)
            form.add_error("picture", _("“%(file)s”: %(why)s") % {"file": file.name, "why": why})
        else:
            messages.success(request, _("The picture stands at the top of all letters now."))
            return HttpResponseRedirect(list_of(request.event))
    return show(
        request,
        "admin/events/letter_picture.html",
        _("Picture in letters"),
        status=422 if form.errors else 200,
        form=form,
        errors=form.errors,
        list_url=list_of(request.event),
    )


@both
def remove_picture(request):
    back = list_of(request.event)
    if request.method == "POST":
        letter_pictures.remove(request.event, by=request.user, channel=OFFICE, now=timezone.now())
        messages.success(request, _("Letters have the coloured band alone now."))
        return HttpResponseRedirect(back)
    text = _("Letters that have gone out show a gap with the title where the picture was. The file is deleted.")
    return show(
        request, "admin/events/confirm.html", _("Take the picture away?"), text=text, press=_("Take it away"),
        back=back,
    )  # fmt: skip
