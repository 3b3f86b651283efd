"""A photo's small file, sent by the program itself, and told to be known already: what an evening asks for most."""

from events.models import Invitation, links
from tests import photo_rows

from .guest_pages import mark_of
from .pages import compare


def rows(play):
    """Two rows; the limit looks up token and photo, and answers with a bare FileResponse."""
    photo = photo_rows.make_photo(play.few, is_real_size=True)
    token = links.token(Invitation.objects.filter(guest__event=play.few).first())
    path = f"/i/{token}/photos/{photo.key}/480.jpg"
    yield compare("a photo's 480.jpg", budget=1.3, is_quick=play.is_quick, **play.both(path, "|expect=200"))
    known = f"|expect=304|header=If-None-Match: {mark_of(play.ours, path)}"
    limit, ours = play.target(play.limit, path, "|expect=200"), play.target(play.ours, path, known)
    yield compare("the same that is known, 304", budget=1.3, is_quick=play.is_quick, limit=limit, ours=ours)
