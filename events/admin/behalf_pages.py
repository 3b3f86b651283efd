"""What a guest told somebody of ours besides the answer: the race, questions, who comes along, consents.

Each is kept with who wrote it down and how the guest said so; the guest is written to or not, as chosen.
"""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from ..actions import behalf, companions
from ..forms.companions import CompanionsForm, MayPartForm, part_title, people_of
from ..forms.consents import WRITE_DOWN_ONE, ConsentsForm, days_for
from ..forms.questions import reply_forms
from ..forms.race import entry_forms
from ..forms.telling import BehalfForm
from ..models import Answer, Consent
from ..models.party import with_companions
from .access import access_of
from .guest_pages import both, own_guest, page_of, say_who_got_a_place
from .pages import show

ONE_MORE = gettext_lazy("Somebody who comes along")


@dataclass(frozen=True)
class Block:
    """Fields that belong together, under one heading."""

    title: str
    fields: list


@both
def told_for(request, guest_id):
    """What the guest told about the race and replied to the questions, also for those who come along."""
    guest, data = own_guest(request, guest_id), _posted(request)
    rows = list(Answer.objects.of_party(guest).taking_part().select_related("activity", "guest__contact"))
    rows.sort(key=lambda row: (row.activity.starts_at, row.activity_id, row.guest_id != guest.pk, row.guest_id))
    for row in rows:
        row.guest.companion_of = None if row.guest_id == guest.pk else guest
    races = entry_forms([row for row in rows if row.activity.kind == row.activity.Kind.RACE], data)
    asked = reply_forms(rows, data, must=False)
    blocks = [
        Block(f"{row.activity} – {row.guest}", list(form))
        for row in rows
        for form in (races.get(row.pk), asked.get(row.pk))
        if form
    ]
    how = BehalfForm(data, guest=guest)
    if data is not None and _are_valid(how, *races.values(), *asked.values()):
        is_new = behalf.write_down(
            guest,
            told={row: races[row.pk].said for row in rows if row.pk in races},
            said={row: asked[row.pk].said for row in rows if row.pk in asked},
            **_way(request, how),
        )
        return _done(request, guest, is_new=is_new)
    forms = [*races.values(), *asked.values(), how]
    return _show(request, guest, _("What %(name)s told about the race and the questions"), blocks, forms)


@both
def companions_of(request, guest_id):
    """Who comes along, what each comes to, and whether they may get places one at a time."""
    guest, data = _inviting(request, guest_id), _posted(request)
    there = list(guest.companions.order_by("pk"))
    answers = Answer.objects.filter(guest=guest, activity__cancelled_at=None).select_related("activity")
    answers = with_companions(list(answers.order_by("activity__starts_at", "pk")))
    for each in there:
        each.companion_of = guest
    parts = {
        row.activity.slug: part_title(row, guest.event)
        for row in answers
        if row.activity.welcomes_companions or row.companions
    }
    people = people_of(there, answers, called=str)
    room = guest.companions_allowed - len(there) if parts else 0
    form = CompanionsForm(data, people=people, parts=parts, room=room, one_more=ONE_MORE)
    apart = MayPartForm(data, initial={"may_part": guest.splits_party})
    how = BehalfForm(data, guest=guest)
    if data is not None and _are_valid(form, apart, how) and _bring(request, guest, form, apart, how):
        return HttpResponseRedirect(page_of(guest))
    blocks = [
        Block(group["person"].title, [group["name"], *group["answers"], *filter(None, [group["remove"]])])
        for group in form.groups
    ]
    blocks += [Block("", list(apart))] if there else []
    return _show(request, guest, _("Who comes along with %(name)s"), blocks, [form, apart, how])


def _bring(request, guest, form, apart, how):
    """Whether it was done; the reason is in the form otherwise."""
    wishes = [
        companions.Wish(pk=pk, name=name, answers=said, is_removed=is_removed)
        for _key, pk, name, said, is_removed in form.said
    ]
    may_part = apart.cleaned_data["may_part"] if guest.companions.exists() else guest.splits_party
    try:
        settled, promoted = behalf.bring(guest, wishes, may_part=may_part, seen=form.seen, **_way(request, how))
    except companions.TooMany as most:
        words = ngettext("The guest may bring %(n)s.", "The guest may bring %(n)s.", most.allowed)
        form.add_error(None, words % {"n": most.allowed})
        return False
    if any(row.waiting_number for row in settled.changed):
        messages.warning(request, _("There was no place left for everybody: who has none is on the waiting list."))
    else:
        messages.success(request, _("Saved. Thank you!"))
    say_who_got_a_place(request, promoted)
    return True


@both
def consents_of(request, guest_id):
    """Yes and no as the guest told us. What was said before is for organisers to see, not for a host (P6)."""
    guest, data = _inviting(request, guest_id), _posted(request)
    said = Consent.objects.said_by(guest) if access_of(request).organises(guest.event_id) else {}
    form = ConsentsForm(data, said=said, nothing_chosen=WRITE_DOWN_ONE, **days_for(guest))
    how = BehalfForm(data, guest=guest)
    if data is not None and _are_valid(form, how):
        is_new = behalf.agree(guest, form.chosen, language=get_language(), **_way(request, how))
        return _done(request, guest, is_new=is_new)
    lead = _("Write down only what the guest has said to you, to these very words. One left open stays as it is.")
    title = _("What %(name)s agrees to")
    return _show(request, guest, title, [Block("", list(form))], [form, how], lead=lead)


def _inviting(request, guest_id):
    """A guest with an invitation: whoever comes along with one says these things through that one."""
    guest = own_guest(request, guest_id)
    if guest.companion_of_id:
        raise Http404
    return guest


def _posted(request):
    return request.POST if request.method == "POST" else None


def _are_valid(*forms):
    found = [form.is_valid() for form in forms]  # each of them, so that all that is wrong is said at once
    return all(found)


def _way(request, how):
    said = how.cleaned_data
    return {"by": request.user, "channel": said["channel"], "now": timezone.now(), "tell": said["tell"]}


def _done(request, guest, *, is_new):
    if is_new:
        messages.success(request, _("Saved. Thank you!"))
    else:
        messages.info(request, _("The guest had said so already; nothing was changed."))
    return HttpResponseRedirect(page_of(guest))


def _show(request, guest, title, blocks, forms, *, lead=""):
    """The blocks, then how the guest said so; 422 with a line for each field that needs another look."""
    errors = [
        (bound.id_for_label or bound.auto_id, bound.label, error)
        for form in forms
        for bound in form
        for error in bound.errors
    ]
    errors += [("", "", error) for form in forms for error in form.non_field_errors()]
    return show(
        request, "admin/events/behalf.html", title % {"name": guest.name}, status=422 if errors else 200,
        blocks=blocks, how=forms[-1], errors=errors, guest=guest, list_url=page_of(guest), lead=lead,
    )  # fmt: skip
