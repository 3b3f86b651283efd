"""What the list of letters and the editor say of a letter: when it goes out, and whose text it is."""

from django.conf import settings
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from ..domain import letter_texts
from ..models import Letter

GOES_OUT = {
    Letter.Kind.INVITATION: _("You send it when you are ready."),
    Letter.Kind.CONFIRMATION: _("Goes out by itself a few minutes after a guest has answered."),
    Letter.Kind.PROMOTED: _("Goes out by itself when a place comes free for somebody on a waiting list."),
    Letter.Kind.RELEASED: _("Goes out by itself when you approve the colleague a guest has proposed."),
    Letter.Kind.NO_SUBSTITUTE: _("Goes out by itself when you decline the colleague a guest has proposed."),
    Letter.Kind.VOICE: _("Goes to the host a few minutes after a guest has written a word."),
    Letter.Kind.LINK: _("Goes out by itself when a guest asks for the link again."),
    Letter.Kind.REMINDER: _("Goes out by itself on the days you choose; you can also send it."),
    Letter.Kind.PRACTICAL: _("Goes out by itself on the days you choose; you can also send it."),
    Letter.Kind.RESULTS: _("You send it when the results are shown, to those who started."),
    Letter.Kind.THANKS_MISSED: _("Goes out with the thanks, to those who were coming and are marked as not there."),
    Letter.Kind.THANKS_DECLINED: _("Goes out with the thanks, to those who could not come."),
    Letter.Kind.CHANGE: _("Goes to those concerned when you change the programme and let them know."),
    Letter.Kind.CANCELLATION: _("Goes to those concerned when you cancel something and let them know."),
    Letter.Kind.CALENDAR: _("Goes out by itself for parts that send calendar invitations."),
    Letter.Kind.BOUNCED: _("Goes to the host when a guest's mail does not arrive."),
    Letter.Kind.PHOTOS_ADDED: _("Goes out by itself a few minutes after a guest has added photos."),
    Letter.Kind.PHOTO_WISH: _(
        "Goes out by itself when a guest asks to take a photo away, and again when you have decided. Answers come to "
        "the event's contact."
    ),
    Letter.Kind.PHOTO_ASKED: _("Goes to the event's contact when a guest asks to take a photo away."),
    Letter.Kind.FREE: _("For whatever else you have to say. Write it first; there is only a beginning of ours."),
}

Kind = Letter.Kind
GROUPS = [
    (_("Inviting"), [Kind.SAVE_THE_DATE, Kind.INVITATION, Kind.REMINDER, Kind.LINK]),
    (
        _("When guests answer"),
        [Kind.CONFIRMATION, Kind.CALENDAR, Kind.PROMOTED, Kind.RELEASED, Kind.NO_SUBSTITUTE],
    ),
    (_("Before the day"), [Kind.PRACTICAL, Kind.CHANGE, Kind.CANCELLATION, Kind.FREE]),
    (_("Afterwards"), [Kind.RESULTS, Kind.THANKS, Kind.THANKS_MISSED, Kind.THANKS_DECLINED, Kind.SURVEY]),
    (_("Photos from and of guests"), [Kind.PHOTOS_ADDED, Kind.PHOTO_WISH]),
    (_("To ourselves"), [Kind.VOICE, Kind.BOUNCED, Kind.PHOTO_ASKED]),
]
TO_SEND = [  # (heading, what it is about, letters): what is sent by hand, as the event's life goes
    (
        _("Before they answer"),
        _("From the first word to the last reminder. Reminders go out by themselves, too."),
        [Kind.SAVE_THE_DATE, Kind.INVITATION, Kind.REMINDER],
    ),
    (
        _("Before the day"),
        _("All that those who are coming need to know. It goes out by itself on the day you have chosen, too."),
        [Kind.PRACTICAL],
    ),
    (
        _("Afterwards"),
        _("The thanks find their own words for who came, who was missed, and who could not come."),
        [Kind.THANKS, Kind.SURVEY],
    ),
    (
        _("At any time"),
        _("Whatever else you have to say; and the link, for whoever has lost it."),
        [Kind.FREE, Kind.LINK],
    ),
    (
        _("When something changes"),
        _(
            "Change or cancel it in the programme: there you see whom it concerns, what is new, and the mail, before "
            "anything is sent."
        ),
        [Kind.CHANGE, Kind.CANCELLATION],
    ),
]
FROM_THE_PROGRAMME = {Kind.CHANGE, Kind.CANCELLATION}  # they say what has changed, and so begin with the change
OWN, OURS, NONE = "own", "ours", "none"


def letter_in(event, kind, language):
    """(kind, the stored letter or a new one, our text or None) of the letter an address names, else 404."""
    if kind not in Letter.Kind.values or language not in letter_texts.LANGUAGES:
        raise Http404
    stored = Letter.objects.filter(event=event, kind=kind, language=language).first()
    ours = letter_texts.own(kind, language, event.tone)
    return Letter.Kind(kind), stored or Letter(event=event, kind=kind, language=language), ours


def letters_of(event):
    """[(heading, [(kind, when it goes out, [(language, its name, where to write, whose text)])])] of all letters."""
    own = set(Letter.objects.filter(event=event).values_list("kind", "language"))
    return [
        (heading, [(kind, when_it_goes(kind), _languages(event, kind, own)) for kind in kinds])
        for heading, kinds in GROUPS
    ]


def when_it_goes(kind):
    return GOES_OUT.get(kind, GOES_OUT[Kind.INVITATION])


def languages_of(event, kind):
    """[(language, its name, where to write, whose text)] of one letter."""
    own = {(kind, language) for language in _own(event, kind)}
    return _languages(event, kind, own)


def _own(event, kind):
    return Letter.objects.filter(event=event, kind=kind).values_list("language", flat=True)


def _languages(event, kind, own):
    return [
        (
            code,
            name,
            reverse("admin:event_letter", args=[event.pk, kind, code]),
            OWN if (kind, code) in own else OURS if kind not in letter_texts.SKELETONS else NONE,
        )
        for code, name in settings.LANGUAGES
    ]
