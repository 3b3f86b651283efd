"""Photos in an organiser's words: kinds, deeds, keys, and why one could not be made."""

from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from ..models import History
from . import photo_refusals

KINDS = {
    "": pgettext_lazy("photos", "All"),
    "waiting": pgettext_lazy("photos", "Waiting for you"),
    "asked": pgettext_lazy("photos", "Asked to be taken away"),
    "held": pgettext_lazy("photos", "Held back: somebody said no"),
    "making": pgettext_lazy("photos", "Being made"),
    "failed": pgettext_lazy("photos", "Could not be made"),
    "shown": pgettext_lazy("photos", "Shown"),
    "hidden": pgettext_lazy("photos", "Hidden"),
    "unmarked": pgettext_lazy("photos", "Without anybody marked"),
}
CHANGES = {
    "turned": gettext_lazy("turned"),
    "caption": gettext_lazy("caption"),
    "album": pgettext_lazy("of photos", "album"),
    "clock": gettext_lazy("moved in time"),
    "cover": gettext_lazy("cover"),
    "again": gettext_lazy("tried again"),
    "album_made": gettext_lazy("album made"),
    "album_named": gettext_lazy("album renamed"),
    "album_moved": gettext_lazy("albums put in order"),
    "album_gone": gettext_lazy("album deleted"),
}
EMPTY = {
    "waiting": gettext_lazy("Nothing waits for you. What guests send stands here before anybody sees it."),
    "asked": gettext_lazy("Nobody has asked to take a photo away."),
    "held": gettext_lazy("Nobody who said no to photos is marked on one."),
    "making": gettext_lazy("Everything that came in is ready."),
    "failed": gettext_lazy("Every file could be read."),
    "shown": gettext_lazy("Guests see no photos here yet. Choose some, and press Show."),
    "hidden": gettext_lazy("Nothing is hidden."),
    "unmarked": gettext_lazy("Somebody is marked on every photo."),
}


def empty(kind):
    """What is said where no photo is of this kind; without a kind, in this album or upload."""
    return EMPTY.get(
        kind, gettext("No photo is here. Choose some among all of them, press More, and put them in an album.")
    )


def refusal(photo):
    """Why it could not be made, and what to do; "" for one that could."""
    why = photo.refusal
    return photo_refusals.sentence(why["code"], why.get("facts", {})) if why else ""


def done(row):
    """What a line of showing or hiding came to, as is said right after it."""
    n = row.facts.get("n", 0)
    if row.what == History.What.PHOTO_SHOWN:
        words = ngettext("%(n)s photo is shown to guests.", "%(n)s photos are shown to guests.", n)
    else:
        words = ngettext("%(n)s photo is hidden.", "%(n)s photos are hidden.", n)
    return words % {"n": n}


def told(row):
    """What a line of history about photos came to, in a few words; "" for another."""
    n, change = row.facts.get("n", row.facts.get("count")), CHANGES.get(row.facts.get("change"))
    if row.what not in ABOUT or not (n or change):
        return ""
    count = ngettext("%(n)s photo", "%(n)s photos", n) % {"n": n} if n else ""
    return " · ".join(filter(None, (str(change or ""), count)))


ABOUT = {
    History.What.PHOTO_SHOWN, History.What.PHOTO_HIDDEN, History.What.PHOTO_GONE, History.What.PHOTO_CHANGED,
}  # fmt: skip


def keys():
    """[(key, what it does)] of the grid and of one photo's page."""
    return [
        ("← ↑ ↓ →", gettext("from photo to photo")),
        (gettext("Space"), gettext("choose this one; with Shift all between")),
        ("S", gettext("show")),
        ("H", gettext("hide")),
        ("T", gettext("tag: write who is on it")),
        ("R", gettext("turn a quarter")),
        (gettext("Enter"), gettext("open; when tagging: keep, and on to the next")),
        (
            "Esc",
            gettext("when tagging: out of the field, so that letters are keys; once more: back to all photos"),
        ),
        ("A", gettext("choose all on this page, or none")),
        ("?", gettext("this list")),
    ]
