"""What became of one go of adding photos: file by file, in all, and how far those taken in have been made."""

from dataclasses import dataclass

from django.conf import settings
from django.db.models import Count, Q
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from ..domain import photo_ledger
from ..domain.photo_ledger import ADDED, DUPLICATE, REFUSED, Tally
from ..models import Photo
from . import photo_refusals

SIGNS = {ADDED: "coming", DUPLICATE: "open", REFUSED: "unsure"}
MOST_OWN = 300  # of one's own photos in a list


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A file as its sender sees it; `words` say what became of it, and of a refused one why and what to do."""

    ident: str
    name: str
    outcome: str
    words: str


def row(line):
    """The Row of a photo_ledger.Line, in the language in force."""
    words = {ADDED: _("received"), DUPLICATE: _("here already")}
    said = photo_refusals.sentence(line.code, line.facts) if line.outcome == REFUSED else words[line.outcome]
    return Row(ident=line.ident, name=line.name, outcome=line.outcome, words=said)


def rows(upload):
    """[Row], those not taken first, for they ask for something."""
    lines = photo_ledger.lines_of(upload.files)
    return [row(line) for line in sorted(lines, key=lambda line: line.outcome != REFUSED)]


def tally(upload):
    """By its ledger; where none was kept, as by a command, by the counts of the row."""
    if not upload.files:
        counts = {"added": upload.added, "duplicates": upload.duplicates, "refused": len(upload.refused)}
        return Tally(chosen=max(upload.chosen, sum(counts.values())), **counts)
    return photo_ledger.tally(upload.files, upload.chosen)


def count_words():
    """{name: (for one, for several)} with "%(n)s" to be filled, as the page's script needs them, too."""

    says = {
        "chosen": lambda n: ngettext("%(n)s chosen", "%(n)s chosen", n),
        "added": lambda n: ngettext("%(n)s added", "%(n)s added", n),
        "duplicates": lambda n: ngettext("%(n)s here already", "%(n)s here already", n),
        "refused": lambda n: ngettext("%(n)s not taken", "%(n)s not taken", n),
        "missing": lambda n: ngettext("%(n)s not arrived yet", "%(n)s not arrived yet", n),
    }
    return {name: (say(1), say(2)) for name, say in says.items()}


def counted(tally):
    """ "43 chosen: 40 added, 2 here already, 1 not taken"; the parts always sum up to those chosen."""
    words = count_words()

    def say(name):
        n = getattr(tally, name)
        return words[name][n != 1] % {"n": n}

    parts = [say(name) for name in ("added", "duplicates", "refused", "missing") if getattr(tally, name)]
    return f"{say('chosen')}: {', '.join(parts)}" if parts else say("chosen")


def for_script():
    """[(name, words)] of what the page's script may have to say, and what it must know."""
    limit = {"limit": filesizeformat(settings.PHOTO_MAX_BYTES)}
    counts = [(f"{name}-{n}", words) for name, pair in count_words().items() for n, words in enumerate(pair)]
    return [
        *counts,
        ("most-bytes", settings.PHOTO_MAX_BYTES),
        ("most-zip-bytes", settings.PHOTO_ZIP_MAX_BYTES),
        ("press-0", ngettext("Send %(n)s photo", "Send %(n)s photos", 1)),
        ("press-1", ngettext("Send %(n)s photo", "Send %(n)s photos", 2)),
        ("waiting", _("waits its turn")),
        ("sending", _("on its way")),
        ("too-big", _("is larger than %(limit)s, which is the most we can take. Send it smaller.") % limit),
        ("stopped", _("was too large for the network between us. Send it smaller, or from another network.")),
        ("lost", _("The connection was lost. We try again by ourselves.")),
        ("given-up", _("did not get through. Press “Try again” when you have contact.")),
        ("pause", _("Many are sending just now. We go on in a moment.")),
        ("logged-out", _("You are no longer logged in. Log in again in another tab, then press “Try again”.")),
        ("gone", _("This page takes no photos any more. Load it again to see why.")),
        ("done", _("%(done)s of %(all)s sent")),
    ]


def too_large_at_once(size, limit):
    """Of photos that a form sends all together."""
    return _(
        "Together the photos are %(size)s; at most %(limit)s can be sent at once. Go back, and choose fewer at a time."
    ) % {"size": filesizeformat(size), "limit": filesizeformat(limit)}


def too_many_at_once(most):
    sentence = ngettext(
        "At most %(n)s photo can be sent at once. Go back, and choose fewer at a time.",
        "At most %(n)s photos can be sent at once. Go back, and choose fewer at a time.",
        most,
    )
    return sentence % {"n": most}


def made(upload):
    """{"all", "ready", "refused"} of the photos of a go; one query."""
    return upload.photo_set.aggregate(
        all=Count("pk"),
        ready=Count("pk", filter=Q(work=Photo.Work.MADE)),
        refused=Count("pk", filter=Q(work=Photo.Work.REFUSED)),
    )


def not_made(upload):
    """[(file name, why)] of those that could not be read after all."""
    found = upload.photo_set.filter(work=Photo.Work.REFUSED)
    return [(photo.file_name, why_not_made(photo)) for photo in found]


def why_not_made(photo):
    return photo_refusals.sentence(photo.refusal.get("code", "damaged"), photo.refusal.get("facts", {}))


def own_photos(photos):
    """[{"key", "name", "words", "sign"}] of what somebody has added, newest first."""
    found = photos.order_by("-received_at", "-pk")[:MOST_OWN]
    return [{"key": photo.key, "name": photo.file_name, **_state(photo)} for photo in found]


def _state(photo):
    if photo.work == Photo.Work.REFUSED:
        return {"words": why_not_made(photo), "sign": "unsure"}
    if photo.state == Photo.State.HIDDEN:
        return {"words": _("not shown to the guests"), "sign": "open"}
    if photo.state == Photo.State.WAITING:
        return {"words": _("waits until an organiser shows it"), "sign": "waiting"}
    if photo.work == Photo.Work.MADE:
        return {"words": _("shown to the guests"), "sign": "coming"}
    return {"words": _("is being made ready"), "sign": "waiting"}
