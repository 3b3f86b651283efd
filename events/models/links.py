"""Personal links of stored guests: made from the row and the site's keys, found again from a token."""

from functools import lru_cache

from django.conf import settings

from ..domain import links
from ..domain.links import Purpose
from .gallery import Gallery
from .invitation import Invitation
from .prepared import Prepared

FORGED = "0" * links.PUBLIC_ID_LENGTH
_with_public_id = Prepared(
    lambda public_id: Invitation.objects.filter(public_id=public_id).select_related(
        "guest__event__gallery", "guest__contact", "guest__host"
    ),
    example=FORGED,
)


@lru_cache(maxsize=4)
def _keys(secrets):
    return links.signing_keys(secrets)


def keys():
    """The signing keys in force: SECRET_KEY first, then its fallbacks."""
    return _keys((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS))


def token(invitation, purpose=Purpose.GUEST):
    """The token for this invitation and purpose; 34 letters and digits."""
    return links.make(purpose, invitation.public_id, _version(invitation, purpose), keys())


def _version(invitation, purpose):
    """What a token is bound to: the way to stop mails works as long as the mails are kept (RFC 8058 §3.1); the private
    calendar's address is ended apart from the personal link.
    """
    if purpose == Purpose.UNSUBSCRIBE:
        return 0
    return invitation.feed_version if purpose == Purpose.FEED else invitation.version


def url(invitation):
    """The guest's page as a whole address, built from SITE_URL and never from a request (S13)."""
    return f"{settings.SITE_URL}/i/{token(invitation)}/"


def unsubscribe_url(invitation):
    return f"{settings.SITE_URL}/u/{token(invitation, Purpose.UNSUBSCRIBE)}/"


def feed_url(invitation):
    """The address of the guest's private calendar. It opens nothing else."""
    return f"{settings.SITE_URL}/c/{token(invitation, Purpose.FEED)}.ics"


def find(text, purpose=Purpose.GUEST):
    """The invitation a genuine token belongs to, with guest, event, gallery, contact and host; else None.

    A renewed or withdrawn link opens nothing, except to unsubscribe; that of somebody forgotten nothing at all. One
    query whether or not the token is known; the MAC is compared in either case (S4).
    """
    parts = links.split(text)
    public_id = parts[0] if parts else FORGED
    invitation = next(iter(_with_public_id(public_id)), None)
    version = _version(invitation, purpose) if invitation else 0
    is_genuine = links.is_genuine(text, purpose=purpose, version=version, keys=keys())
    if invitation is None or not is_genuine or invitation.guest.forgotten_at:
        return None
    is_open = purpose == Purpose.UNSUBSCRIBE or invitation.state != Invitation.State.REVOKED
    return invitation if is_open else None


def board_url(race):
    """The board's page as a whole address; it opens nothing else."""
    return f"{settings.SITE_URL}/live/{board_token(race)}/"


def board_token(race):
    return links.make(Purpose.BOARD, race.board_id, race.board_version, keys())


def is_board(text, version):
    """Whether the token is that of the board at this version; None, where there is no such board, is never."""
    is_genuine = links.is_genuine(text, purpose=Purpose.BOARD, version=version or 0, keys=keys())
    return is_genuine and version is not None


def tables_url(gallery):
    """The address behind the code on the tables: it takes photos, and opens nothing else."""
    return f"{settings.SITE_URL}/p/{tables_token(gallery)}/"


def tables_token(gallery):
    return links.make(Purpose.UPLOAD, gallery.upload_id, gallery.upload_version, keys())


def find_tables(text):
    """The gallery, with its event, whose tables have this code; else None. One query either way (S4)."""
    parts = links.split(text)
    gallery = Gallery.objects.filter(upload_id=parts[0] if parts else FORGED).select_related("event").first()
    version = gallery.upload_version if gallery else 0
    is_genuine = links.is_genuine(text, purpose=Purpose.UPLOAD, version=version, keys=keys())
    return gallery if gallery is not None and is_genuine else None
