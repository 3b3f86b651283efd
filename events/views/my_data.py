"""What we know about the guest: to look at, take along, correct, and be forgotten. Open in every state of the event."""

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from config.sending_files import NOT_KEPT, send

from ..actions import privacy
from ..forms.my_data import CorrectForm
from ..models import Answer, History, Photo
from ..reports import my_data_words
from ..reports.my_data import for_the_office
from ..reports.my_data import my_data as gathered
from ..reports.my_data_page import sections
from .cards import around
from .doors import guest_only, is_from_office, token_of
from .steps import STEPS

WEB = {"by": None, "channel": History.Channel.WEB}


def _show(request, guest, template, *, status=200, **context):
    return render(request, f"events/{template}.html", {**around(guest), **context}, status=status)


def _to(request, name):
    return HttpResponse(status=303, headers={"Location": reverse(name, args=[token_of(request)])})


@guest_only("GET", "HEAD")
def my_data(request, guest):
    """`/i/<token>/data/`: everything, in readable words."""
    mine = _gathered(request, guest)
    return _show(
        request, guest, "my_data", sections=sections(mine), mine=mine, pages=_pages(request, mine),
        own_photos=_own_photos(request, mine), has_address=bool(guest.email), is_from_office=is_from_office(request),
    )  # fmt: skip


def _gathered(request, guest):
    """Everything; without food for whoever is logged in to the back office (P3)."""
    mine = gathered(guest)
    return for_the_office(mine) if is_from_office(request) else mine


def _pages(request, mine):
    """Where the guest changes or withdraws what is said on own pages."""
    edition = mine.editions[0]
    told = {
        "companions": edition.companions,
        "food": edition.has_food,
        "race": any(person.entries for person in edition.people),
        "questions": any(person.replies for person in edition.people),
        "consents": edition.consents,
        "word": edition.voices,
    }
    said = [(step.view, step.title) for step in STEPS if told.get(step.view)]
    if any(answer.state == Answer.State.COMING for answer in edition.me.answers):
        said.append(("in_my_calendar", gettext("In your calendar")))
    return [{"title": title, "url": reverse(view, args=[token_of(request)])} for view, title in said]


def _own_photos(request, mine):
    """[address] of the photos the guest sent, whatever became of them."""
    sent = [photo for edition in mine.editions for photo in edition.photos if photo.work == Photo.Work.MADE]
    return [reverse("my_photo", args=[token_of(request), photo.key]) for photo in sent]


@guest_only("GET", "HEAD")
def my_photo(request, guest, key):
    """A photo that this person sent, at whichever event, also while it waits or is hidden (art. 15)."""
    mine = {"sent_by__contact": guest.contact_id} if guest.contact_id else {"sent_by": guest}
    photo = get_object_or_404(Photo.objects.made().filter(**mine), key=key)
    name = f"vertskap-{photo.pk:04d}.jpg"
    return send(request, photo.file("full.jpg"), content_type="image/jpeg", cache=NOT_KEPT, download_name=name)


@guest_only("GET", "HEAD")
def my_data_html(request, guest):
    """The same as a page to keep, with the whole of each mail."""
    mine = _gathered(request, guest)
    response = render(
        request, "events/my_data_file.html", {"sections": sections(mine, has_mail_texts=True), "guest": guest}
    )
    return _as_file(response, "html")


@guest_only("GET", "HEAD")
def my_data_json(request, guest):
    """The same for other programs (art. 20)."""
    options = {"ensure_ascii": False, "indent": 1}
    return _as_file(JsonResponse(my_data_words.as_json(_gathered(request, guest)), json_dumps_params=options), "json")


def _as_file(response, ending):
    response["Content-Disposition"] = f'attachment; filename="vertskap.{ending}"'
    return response


@guest_only("GET", "HEAD", "POST")
def correct_data(request, guest):
    """Name, phone and language at once; a new address as a request."""
    contact = guest.contact
    known = {"name": contact.name, "phone": contact.phone, "email": contact.email, "language": guest.mail_language}
    form = CorrectForm(request.POST if request.method == "POST" else None, initial=known, contact=contact)
    if request.method == "POST" and form.is_valid():
        now, said = timezone.now(), {name: form.cleaned_data[name] for name in privacy.CORRECTABLE}
        privacy.correct(guest, said, now=now, **WEB)
        if form.new_email:
            privacy.ask_for_address(guest, form.new_email, now=now)
        return _to(request, "my_data")
    status = 422 if form.errors else 200
    title = gettext("Correct your data")
    back = reverse("my_data", args=[token_of(request)])
    return _show(
        request, guest, "correct_data", status=status, form=form, step_title=title, skip_url=back, home_url="../../"
    )


@guest_only("GET", "HEAD", "POST")
def no_more_invitations(request, guest):
    """ "Don't invite me again", and taking it back."""
    if request.method == "POST":
        deed = privacy.invite_again if request.POST.get("again") else privacy.never_again
        deed(guest, now=timezone.now(), **WEB)
        return _to(request, "my_data")
    return _show(request, guest, "no_more_invitations", has_address=bool(guest.email))


@guest_only("GET", "HEAD", "POST")
def forget_me(request, guest):
    """GET says what will happen, one POST does it. The link leads nowhere afterwards, so the thanks stand elsewhere."""
    if request.method != "POST":
        return _show(request, guest, "forget_me", has_address=bool(guest.email))
    privacy.forget_guest(guest, now=timezone.now(), never_again=bool(request.POST.get("never_again")), **WEB)
    return HttpResponse(status=303, headers={"Location": reverse("forgotten")})


@require_safe
def forgotten(request):
    """Where somebody lands who has been forgotten: the same page for everybody."""
    return render(request, "events/forgotten.html")
