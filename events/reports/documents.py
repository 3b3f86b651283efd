"""What bibs and start lists say, and the frame of every document: title, language, the look of the house."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from ..domain import dates
from ..domain.documents.bibs import Bib, Bibs, BibWords
from ..domain.documents.lists import Column, Group, List, ListWords, Side
from ..domain.documents.typesetting import Frame, Look
from ..models import Race, house_style
from ..models import starters as field
from .starts import start_of

MOST_BIBS = 500  # in one file: two seconds, and some 160 MB while it is made


def frame(title, language=None):
    """The document's frame, in this language or that of the page."""
    colours, logo = house_style.palette(), house_style.printed_logo()
    look = Look(
        company=settings.COMPANY_NAME,
        accent=colours.accent,
        on_accent=colours.on_accent,
        tint=colours.tint,
        logo=logo.data if logo else b"",
        logo_format="png" if logo is None or logo.is_for_letters else "svg",
    )
    return Frame(title=title, language=language or get_language(), look=look)


@dataclass(frozen=True, slots=True)
class Starter:
    """Somebody who comes to the race; what is not known yet is None or ""."""

    name: str
    sort_key: str
    company: str
    race_class: str
    bib: int | None
    wave: object
    start_at: object

    @property
    def start_order(self):
        return (self.start_at is None, self.start_at, *self.bib_order) if self.start_at else (True, *self.bib_order)

    @property
    def bib_order(self):
        return self.bib is None, self.bib or 0, self.sort_key


def starters(race):
    """[Starter] of all who come to the race, by start, bib and name; two queries at any size."""
    found = [_starter(race, each) for each in field.starters(race.activity) if each.guest.forgotten_at is None]
    return sorted(found, key=lambda one: one.start_order)


def _starter(race, known):
    guest, entry = known.guest, known.entry
    return Starter(
        name=guest.name,
        sort_key=guest.sort_key,
        company=known.company,
        race_class=str(entry.race_class) if entry.race_class_id else "",
        bib=entry.bib,
        wave=entry.wave if race.start == Race.Start.WAVES else None,
        start_at=start_of(race, entry),
    )


def start_words(race, moment):
    """ "16:04", with the seconds where one starts after the other: "16:04:20", in Finnish "16.04.20"; "" for None."""
    if moment is None:
        return ""
    local, language = timezone.localtime(moment, race.activity.event.zone), get_language()
    seconds = f"{'.' if language == 'fi' else ':'}{local:%S}" if race.start == Race.Start.INTERVAL else ""
    return dates.clock(local, language) + seconds


def bibs(race, found, *, order="bib", two_on_a4=False, blanks=range(0)):
    """The Bibs of those starters who have one, at most MOST_BIBS, and blank ones with these numbers at the end."""
    keys = {"bib": lambda one: one.bib_order, "start": lambda one: one.start_order, "name": lambda one: one.sort_key}
    given = sorted((one for one in found if one.bib is not None), key=keys[order])
    worn = [
        Bib(number=one.bib, name=one.name, company=one.company, start=start_words(race, one.start_at)) for one in given
    ]
    taken = {one.bib for one in given}
    worn += [Bib(number=number) for number in blanks if number not in taken]
    return Bibs(
        event=str(race.activity.event),
        bibs=tuple(worn[:MOST_BIBS]),
        two_on_a4=two_on_a4,
        words=BibWords(start=_("Start time"), name=_("Name")),
    )


def first_blank(found):
    """The first number above all bibs given out."""
    return max((one.bib for one in found if one.bib is not None), default=0) + 1


def start_list(race, found, *, now, for_starters=False):
    """The List of starters, wave by wave; for the starter with room for a tick."""
    columns = [
        Column(title=_("Start time"), side=Side.RIGHT, strong=True),
        Column(title=_("Bib"), side=Side.RIGHT, strong=for_starters),
        Column(title=_("Name"), share=3, strong=True),
        Column(title=_("Company"), share=3),
        Column(title=_("Class"), share=2),
    ]
    if for_starters:
        columns.append(Column(title=_("Started"), side=Side.CENTER, ticks=True))
    return List(
        heading=_("Start list"),
        under=about(race),
        foot=printed_at(race, now),
        columns=tuple(columns),
        groups=tuple(_waves(race, found, has_tick=for_starters)),
        words=list_words(_("Nobody is coming to the race yet.")),
        roomy=for_starters,
    )


def _waves(race, found, *, has_tick):
    by_wave = {}
    for one in found:
        by_wave.setdefault(one.wave, []).append(one)
    for wave, mates in by_wave.items():
        title = str(wave) if wave else _("Without a wave") if race.start == Race.Start.WAVES else ""
        yield Group(title=title, rows=tuple(_row(race, one, has_tick) for one in mates))


def _row(race, one, has_tick):
    bib = "" if one.bib is None else str(one.bib)
    cells = (start_words(race, one.start_at), bib, one.name, one.company, one.race_class)
    return (*cells, "") if has_tick else cells


def about(race):
    """Event, race and day, as below the heading of a list."""
    event, language = race.activity.event, get_language()
    starts_at = timezone.localtime(race.starts_at, event.zone)
    day = dates.long_day(starts_at, language)
    return f"{event} · {race.activity} · {day} {dates.at_clock(starts_at, language)}"


def printed_at(race, now):
    """What stands at the foot: of what moment this is."""
    local, language = timezone.localtime(now, race.activity.event.zone), get_language()
    return _("As of %(day)s, %(time)s") % {
        "day": dates.short_day(local, language), "time": dates.clock(local, language)
    }  # fmt: skip


def list_words(empty):
    return ListWords(page=_("Page {page} of {pages}"), empty=empty)
