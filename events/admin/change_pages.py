"""The programme changes: what will happen and to whom, the press, and the way back."""

from collections import Counter, defaultdict

from django.conf import settings
from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from .. import emails
from ..actions import concerned, notices, plans, taking_back
from ..actions.concerned import GLADDEST_FIRST
from ..domain import differences
from ..domain.letters import HasLineBreak, UnknownPlaceholder
from ..forms.changes import ChangeForm
from ..models import Answer, Guest, History, Letter, Message
from ..reports import programme_words
from .mail_frame import mail_page
from .pages import show

OFFICE = History.Channel.OFFICE
SHOWN = 200  # names of a list; the count says the rest
both = require_http_methods(["GET", "HEAD", "POST"])


# A plan on its way from page to page ---------------------------------------------


def _salt(event):
    return f"events.plan.{event.pk}"


def page_of(event, plan):
    """Where a plan is looked at and decided on."""
    return f"{reverse('admin:event_change', args=[event.pk])}?{urlencode({'plan': sealed(event, plan)})}"


def sealed(event, plan):
    return signing.dumps(plan, salt=_salt(event), compress=True)


def _plan(request):
    """The plan of the address or the form, else 404; it is of this event, for it is sealed for it."""
    sent = request.POST if request.method == "POST" else request.GET
    try:
        return signing.loads(sent.get("plan", ""), salt=_salt(request.event))
    except signing.BadSignature:
        raise Http404 from None


# Looking and deciding -------------------------------------------------------------


@both
def change(request):
    """A plan that was made in a form: GET says what will happen, POST does it."""
    plan = _plan(request)
    back = reverse("admin:event_programme", args=[request.event.pk])
    if plan.get("part"):
        back = reverse("admin:events_activity_change", args=[plan["part"]])
    return decide(request, plan, back=back)


def decide(request, plan, *, back):
    """Shows what the plan comes to; on POST it is carried out, or shown anew when the list has changed."""
    try:
        seen = plans.outlook(request.event, plan)
    except KeyError:
        raise Http404 from None
    languages = _languages(seen)
    if request.method == "POST":
        form = ChangeForm(request.POST, languages=languages)
        if form.is_valid():
            if form.cleaned_data["seen"] == len(seen.concerned.told):
                return _do(request, plan, form.words, back)
            messages.warning(request, _("The list has changed since you looked. Please look once more."))
            form = ChangeForm(initial=_initial(seen, form.words), languages=languages)
    else:
        form = ChangeForm(initial=_initial(seen, notices.waiting_words(request.event)), languages=languages)
    return _page(request, plan, seen, form, back, status=422 if form.errors else 200)


def _initial(seen, words):
    return {"seen": len(seen.concerned.told), **{f"words-{code}": text for code, text in words.items()}}


def _languages(seen):
    """The languages in which somebody is written to, in the order of the site."""
    used = {guest.mail_language for guest in seen.concerned.told}
    return [code for code, _name in settings.LANGUAGES if code in used]


def _do(request, plan, words, back):
    telling = notices.Telling(words) if request.POST.get("tell", "1") == "1" else None
    row = plans.carry_out(request.event, plan, telling, by=request.user, channel=OFFICE, now=timezone.now())
    if row is None:
        messages.info(request, _("It is so already."))
        return HttpResponseRedirect(back)
    return HttpResponseRedirect(reverse("admin:event_changed", args=[request.event.pk, row.pk]))


def _page(request, plan, seen, form, back, *, status):
    whom = seen.concerned
    part = seen.edition.activities.get(plan.get("part"))
    main, quiet = programme_words.press(plan, len(whom.told))
    return show(
        request,
        "admin/events/change.html",
        programme_words.question(request.event, plan, part),
        status=status,
        plan=sealed(request.event, plan),
        news=programme_words.rows(seen.facts, seen.edition),
        whom=whom,
        heads=[(code, Answer.State(code).label, whom.heads[code]) for code in GLADDEST_FIRST if code in whom.heads],
        left_out=_left_out(whom),
        letters=_letters(whom, form),
        form=form,
        errors=form.errors,
        press=main,
        press_quiet=quiet,
        is_grave=programme_words.is_grave(plan),
        moves=plan["deed"] == "move",
        is_past=plan.get("held_on", "9") < timezone.localdate(timezone=request.event.zone).isoformat(),
        minutes=settings.CHANGES_WAIT_SECONDS // 60,
        shown=SHOWN,
        back=back,
    )


def _left_out(whom):
    """(code, reason in words, guests) of those who are not written to, the most first."""
    groups = defaultdict(list)
    for guest, reason in whom.left_out:
        groups[reason].append(guest)
    rows = [(code, programme_words.WHY_NOT[code], guests) for code, guests in groups.items()]
    return sorted(rows, key=lambda row: -len(row[2]))


def _letters(whom, form):
    """(language code, its name, to how many, the field for an own sentence) per language."""
    counts = Counter(guest.mail_language for guest in whom.told)
    return [(code, name, counts[code], form[f"words-{code}"]) for code, name in settings.LANGUAGES if counts[code]]


@both
def letter(request, language):
    """The mail in one language as its first reader would get it; POST shows it with the sentence that was typed."""
    plan = _plan(request)
    try:
        seen = plans.outlook(request.event, plan)
    except KeyError:
        raise Http404 from None
    reader = next((guest for guest in seen.concerned.told if guest.mail_language == language), None)
    if reader is None:
        raise Http404
    return mail_page(_rendered(request, seen, reader, language).html)


def _rendered(request, seen, reader, language):
    form = ChangeForm(request.POST, languages=[language])
    form.is_valid()
    words = form.words if request.method == "POST" else notices.waiting_words(request.event)
    guests = Guest.objects.select_related("contact__company", "contact__host", "host", "invitation", "event")
    edition = seen.edition
    now_so = (
        differences.of_event(edition.event),
        {pk: differences.of_part(part) for pk, part in edition.activities.items()},
    )
    left = differences.remaining(seen.facts, *now_so)
    kind = Letter.Kind.CANCELLATION if differences.is_end(left, *now_so) else Letter.Kind.CHANGE
    try:
        return emails.preview(
            request.event, kind, language, guests.get(pk=reader.pk), facts={**seen.facts, "words": words},
            edition=edition,
        )  # fmt: skip
    except (emails.NoText, UnknownPlaceholder, HasLineBreak) as fault:
        raise Http404 from fault


# Afterwards ----------------------------------------------------------------------------


def _row(request, row_id):
    """The event's own line of history about a change that can be taken back, else 404 (S7)."""
    row = get_object_or_404(History.objects.select_related("event", "activity"), pk=row_id, event=request.event)
    if not taking_back.can_be(row):
        raise Http404
    return row


@require_safe
def changed(request, change_id):
    """What has been done, what the mails do, whom to call, and the way back."""
    row = _row(request, change_id)
    stands = taking_back.stands(row)
    edition = emails.editions([request.event.pk])[request.event.pk]
    facts = taking_back.facts_of(row)
    parts = [row.activity] if row.activity_id else list(edition.activities.values())
    seen = concerned.by_change(request.event, parts)
    fate = notices.fate(request.event, row.at) if row.facts.get("told") else {}
    return show(
        request,
        "admin/events/changed.html",
        programme_words.done(row),
        row=row,
        stands=stands,
        news=programme_words.rows(facts, edition) if stands else None,
        fate=[(state, state.label, fate[state]) for state in Message.State if fate.get(state)],
        leaves_at=notices.leaves_at(row.at),
        is_waiting=bool(fate.get(Message.State.QUEUED)),
        to_call=[guest for guest, reason in seen.left_out if reason in ("no_email", "bounced")] if stands else [],
        shown=SHOWN,
    )


@require_POST
def take_back(request, change_id):
    """Puts the programme back as it was before."""
    row = _row(request, change_id)
    try:
        undone = taking_back.take_back(row, by=request.user, channel=OFFICE, now=timezone.now())
    except taking_back.ChangedSince:
        messages.error(request, _("It has been changed again since. Look at the programme."))
        return HttpResponseRedirect(reverse("admin:event_programme", args=[request.event.pk]))
    if undone is None:
        messages.info(request, _("This was undone already."))
        return HttpResponseRedirect(reverse("admin:event_programme", args=[request.event.pk]))
    messages.success(request, _("All is as it was before."))
    return HttpResponseRedirect(reverse("admin:event_changed", args=[request.event.pk, undone.pk]))
