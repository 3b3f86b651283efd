"""A letter that is being written, as one guest would get it. Nothing of it is kept, and no address names anybody.

The unsaved text is posted into the frame itself, so the preview works without scripts; with them it follows the typing.
"""

from django.conf import settings
from django.db.models import Case, Q, Value, When
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from config import limits

from .. import emails
from ..domain import letter_faults, letter_texts, letters
from ..forms.letters import ShownAsForm
from ..models import Guest, Letter
from .guest_list import found_by
from .letter_samples import sample
from .letter_words import letter_in
from .mail_frame import mail_page

NAMED = 200  # guests in the list to choose from; whoever else is there is found by the name
LONGEST = 10_000
FIELDS = ("subject", "preheader", "body")
FOR_THOSE_COMING = (
    Letter.Kind.PROMOTED,
    Letter.Kind.PRACTICAL,
    Letter.Kind.CHANGE,
    Letter.Kind.CANCELLATION,
    Letter.Kind.THANKS,
)
TEXT_MISSES = (emails.NoText, letters.UnknownPlaceholder, letters.HasLineBreak)


def guests_of(event):
    rows = Guest.objects.filter(event=event, forgotten_at=None, companion_of=None, invitation__isnull=False)
    rows = rows.select_related("contact__company", "contact__host", "host", "invitation", "event")
    return rows.order_by("sort_key", "pk")


def called(guest):
    """The guest as the list to choose from names them."""
    company = guest.contact.company if guest.contact_id else None
    return f"{guest} ({company})" if company else str(guest)


def names_of_guests(event):
    return [called(guest) for guest in guests_of(event)[:NAMED]]


def guest_for(request, kind, language, as_whom):
    """Whom the letter is shown as: by the name that was typed, by the number in the address, else a sensible one."""
    people = guests_of(request.event).prefetch_related("answer_set")
    if as_whom:
        words = as_whom.replace("(", " ").replace(")", " ")
        matches = found_by("search_text", people, words)[:20]
        return next((guest for guest in matches if called(guest) == as_whom), None) or next(iter(matches), None)
    wanted = request.GET.get("guest", "")
    return (people.filter(pk=wanted).first() if wanted.isdecimal() else None) or _sensible(people, kind, language)


def _sensible(people, kind, language):
    """The first for whom the letter is meant, in its language, with a line from the host; else who comes closest."""
    is_coming, is_silent = Q(answer__state="coming"), Q(answered_at=None)
    meant = {
        Letter.Kind.INVITATION: is_silent,
        Letter.Kind.REMINDER: is_silent,
        Letter.Kind.CONFIRMATION: Q(answered_at__isnull=False),
        **dict.fromkeys(FOR_THOSE_COMING, is_coming),
        Letter.Kind.THANKS_DECLINED: Q(answer__state="not_coming"),
    }.get(kind, Q())
    speaks = Q(language=language) | Q(language="", contact__language=language)
    with_a_line = ~Q(invitation__personal_line="")
    wishes = [wish for wish in (meant & speaks & with_a_line, meant & speaks, meant & with_a_line, meant) if wish]
    fit = Case(*(When(wish, then=Value(rank)) for rank, wish in enumerate(wishes)), default=Value(len(wishes)))
    return people.order_by(fit, "sort_key", "pk").first()


def examples_for(kind, guest, language):
    """{placeholder: what it stands for in this guest's letter}."""
    edition = emails.editions([guest.event_id])[guest.event_id]
    return emails.examples(kind, guest, edition, language=language, **sample(kind, guest, edition))


@require_http_methods(["GET", "HEAD", "POST"])
def try_out(request, kind, language):
    """The page for the frame: what was posted as it would look, or on GET what is stored."""
    kind, letter, ours = letter_in(request.event, kind, language)
    if request.method == "POST" and limits.is_exceeded(
        "letter-preview", request.user.pk, settings.LETTER_PREVIEWS_PER_MINUTE, seconds=60
    ):
        text = _("You type faster than we can show. The letter comes back in a minute; what you wrote is still there.")
        return _page({"is_pause": True, "text": text}, status=429)
    said = ShownAsForm.said(request.POST or request.GET)
    guest = guest_for(request, kind, language, said["as_whom"])
    if guest is None:
        return _page(_nobody(request, said))
    typed = _typed(request, letter, ours)
    return _shown(kind, language, guest, typed, is_dark=said["scheme"] == "dark", is_text=said["shape"] == "text")


def _nobody(request, said):
    if guests_of(request.event).exists():
        return {"text": _("No guest is called “%(name)s”. Write another name.") % {"name": said["as_whom"]}}
    return {"text": _("There are no guests yet. Add the first one, and the letter shows here as that guest gets it.")}


def _typed(request, letter, ours):
    if request.method == "POST":
        posted = {name: request.POST.get(name, "")[:LONGEST].replace("\r\n", "\n") for name in FIELDS}
        return letter_texts.Text(**posted)
    stored = letter if letter.pk else ours
    return letter_texts.Text(**{name: getattr(stored, name) if stored else "" for name in FIELDS})


def _shown(kind, language, guest, typed, *, is_dark, is_text):
    """The letter with what cannot be filled standing as it was written, and told above it."""
    problems = [(name, fault) for name in FIELDS for fault in letter_faults.faults(getattr(typed, name))]
    texts = {name: letter_faults.as_text(getattr(typed, name)) for name in FIELDS}
    edition = emails.editions([guest.event_id])[guest.event_id]
    about = {**sample(kind, guest, edition), "standing": emails.standing_of(guest)}
    typed_edition = edition.saying(emails.text_kind(kind, guest, about["standing"][0]), {language: texts})
    try:
        mail = emails.preview(guest.event, kind, language, guest, edition=typed_edition, **about)
    except TEXT_MISSES:
        return _page({"text": _("The subject and the preview text have to stand on one line each.")})
    context = {
        "mail": mail,
        "guest": guest,
        "called": called(guest),
        "is_to_us": kind in emails.TO_THE_HOUSE,
        "problems": problems,
        "is_dark": is_dark,
        "is_text": is_text,
        "language": language,
        "examples": emails.examples(kind, guest, edition, language=language, **about),
    }
    if is_text:
        return _page(context)
    head = render_to_string("admin/letters/preview_head.html", context)
    return mail_page(_with_head(emails.in_scheme(mail.html, is_dark=is_dark), head), is_measured=True)


def _with_head(html, head):
    """The head of a mail program above the letter, inside its page."""
    start, body, rest = html.partition("<body")
    opening, end, inside = rest.partition(">")
    return start + body + opening + end + head + inside


def _page(context, *, status=200):
    return mail_page(render_to_string("admin/letters/preview_page.html", context), is_measured=True, status=status)
