"""Who gets a letter, and which links lead out of it."""

from django.conf import settings

from ..domain import letters
from ..domain.thanks import CAME, thanks_for
from ..models import Letter, links

# about a guest to us; all others to the guest
TO_THE_HOUSE = frozenset({Letter.Kind.VOICE, Letter.Kind.BOUNCED, Letter.Kind.PHOTO_ASKED})
PAST_THE_HOST = frozenset({Letter.Kind.PHOTO_WISH, Letter.Kind.PHOTO_ASKED})  # no guest is to feel pressed (P6)
FOR_A_WORD = frozenset(
    {Letter.Kind.THANKS, Letter.Kind.THANKS_MISSED, Letter.Kind.THANKS_DECLINED, Letter.Kind.SURVEY}
)  # fmt: skip
PHOTO_PAGES = {Letter.Kind.PHOTO_WISH: "photos/", Letter.Kind.PHOTOS_ADDED: "photos/add/"}


def host_of(guest, kind=""):
    """Who invites this guest: the guest's own host, else the contact's; None also for what is no host's matter."""
    if kind in PAST_THE_HOST:
        return None
    return guest.host or (guest.contact.host if guest.contact_id else None)


def text_kind(letter, guest, answers):
    """Which kind of text this guest gets of the letter: thanks are said in words that fit, all else in its own."""
    if letter != Letter.Kind.THANKS:
        return letter
    return thanks_for([answer.state for answer in answers], guest.has_come) or CAME


def recipient(kind, guest, event):
    """The address a letter of this kind goes to: the guest's; where it is for us the host's, else that of the event's
    contact. "" where there is none.
    """
    if kind not in TO_THE_HOUSE:
        return guest.email
    host = host_of(guest, kind)
    return (host.email if host else "") or event.contact[1]


def page_behind(kind, activity=None):
    """The page below the guest's link that the letter leads to, "" for the first: where a place from the waiting list
    is said yes to, the results, the photos, and after the event where a word can be left.
    """
    if kind == Letter.Kind.PROMOTED and activity:
        return f"place/{activity.slug}/"
    if kind == Letter.Kind.RESULTS:
        return "results/"
    if kind in PHOTO_PAGES:
        return PHOTO_PAGES[kind]
    return "word/" if kind in FOR_A_WORD else ""


def office_page(kind, guest):
    """The page below the back office's address where a letter to the house is acted on; "" where it is by an answer."""
    if kind == Letter.Kind.BOUNCED:
        return f"events/guest/{guest.pk}/change/"
    return f"events/event/{guest.event_id}/photos/removals/" if kind == Letter.Kind.PHOTO_ASKED else ""


def answers_go_to(kind, guest, event):
    """(name, address) for replies to a letter to the house: the guest who said a word, where we know the address."""
    if kind == Letter.Kind.VOICE and guest.email:
        return letters.without_urls(guest.name), guest.email
    return event.contact[:2]


def links_in(kind, guest):
    """(the link, the link to unsubscribe): the guest's own, which nobody else may get (S2); we get the back office."""
    if kind in TO_THE_HOUSE:
        return f"{settings.SITE_URL}/{settings.ADMIN_PATH}", ""
    return links.url(guest.invitation), links.unsubscribe_url(guest.invitation)
