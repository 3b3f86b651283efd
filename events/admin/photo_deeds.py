"""What the buttons over photos do, and what is said afterwards."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..actions import photo_claims
from ..actions import photos as deeds
from ..models import Album, History

LONGEST_SHIFT_MINUTES = 60 * 24 * 366
BACKWARDS = 270


def how(request):
    """Who does it, where and when."""
    return {"by": request.user, "channel": History.Channel.OFFICE, "now": timezone.now()}


def number(typed):
    """A row's number as it was typed or sent, else 0, which no row has."""
    return int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 19 else 0


def do(request, rows):
    """Does to these photos what the form names; 404 for a deed we do not know.

    Returns the line of history that one more press takes back; else None, and it has been said what was done.
    """
    deed = _DEEDS.get(request.POST.get("deed", ""))
    if deed is None:
        raise Http404
    return deed(request, rows)


def minutes_of(request):
    """The whole minutes that were typed, with their sign; None, and a sentence, where they are not to be read."""
    typed = request.POST.get("minutes", "").strip().replace("−", "-").replace("+", "")
    digits = typed.removeprefix("-")
    if digits.isascii() and digits.isdigit() and len(digits) < 8 and int(digits) <= LONGEST_SHIFT_MINUTES:
        return int(typed)
    messages.error(request, _("Write the minutes as a whole number, like 60 or -5."))
    return None


def moved_in_time(request, count):
    """Says how many."""
    said = ngettext("%(n)s photo is moved in time.", "%(n)s photos are moved in time.", count)
    messages.success(request, said % {"n": count})


def _show(request, rows):
    asked, promised = deeds.waiting_for_a_decision(rows).count(), deeds.promised_away(rows).count()
    row = deeds.show(request.event, rows, **how(request))
    waits = ngettext(
        "%(n)s photo stays hidden: somebody asked to take it away. Decide on that first.",
        "%(n)s photos stay hidden: somebody asked to take them away. Decide on that first.",
        asked,
    )
    is_promised = ngettext(
        "%(n)s photo stays hidden: whoever asked to take it away was told that it does.",
        "%(n)s photos stay hidden: whoever asked to take them away was told that they do.",
        promised,
    )
    for count, said in ((asked, waits), (promised, is_promised)):
        if count:
            messages.warning(request, said % {"n": count})
    if row is None and not asked and not promised:
        messages.info(request, _("Guests see them already."))
    return row


def _hide(request, rows):
    row = deeds.hide(request.event, rows, **how(request))
    if row is None:
        messages.info(request, _("They are hidden already."))
    return row


def _turn(request, rows):
    count = deeds.turn(request.event, rows, **how(request))
    _say_turned(request, count)


def _turn_back(request, rows):
    count = deeds.turn(request.event, rows, degrees=BACKWARDS, **how(request))
    _say_turned(request, count)


def _say_turned(request, count):
    said = ngettext(
        "%(n)s photo is being turned. It comes in a moment.", "%(n)s photos are being turned. They come in a moment.",
        count,
    )  # fmt: skip
    messages.success(request, said % {"n": count})


def _again(request, rows):
    count = photo_claims.try_again(request.event, rows, **how(request))
    said = ngettext("%(n)s photo is tried once more.", "%(n)s photos are tried once more.", count)
    messages.success(request, said % {"n": count})


def _album(request, rows):
    wanted = request.POST.get("to_album", "")
    album = get_object_or_404(Album, event=request.event, pk=number(wanted)) if wanted else None
    count = deeds.put_in_album(request.event, rows, album, **how(request))
    if album:
        said = ngettext("%(n)s photo is put in %(album)s.", "%(n)s photos are put in %(album)s.", count)
    else:
        said = ngettext("%(n)s photo is in no album now.", "%(n)s photos are in no album now.", count)
    messages.success(request, said % {"n": count, "album": album})


def _shift(request, rows):
    minutes = minutes_of(request)
    if minutes is not None:
        moved_in_time(request, deeds.shift(request.event, rows, minutes, **how(request)))


def _cover(request, rows):
    photo = rows.select_related("event").first()
    deeds.cover(photo, **how(request))
    messages.success(request, _("This is the cover now: the gallery opens with it."))


_DEEDS = {
    "show": _show, "hide": _hide, "turn": _turn, "turn_back": _turn_back, "again": _again, "album": _album,
    "shift": _shift, "cover": _cover,
}  # fmt: skip
