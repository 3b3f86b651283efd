"""What the cards for the tables say: in Norwegian, and in English for whoever does not read it."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from ..domain import dates
from ..domain.documents.table_cards import TableCards, Tongue, qr_rows
from ..domain.documents.table_cards import table_cards as printed
from ..domain.documents.typesetting import Form
from ..models import links
from .documents import frame

SECOND = "en"


def cards(gallery, size, *, form=Form.PDF):
    """The sheet with the code of this gallery's tables, as bytes. The site's own language stands first."""
    first = settings.LANGUAGE_CODE
    tongues = [first, *({SECOND} - {first})]
    with translation.override(first):
        event, day = str(gallery.event), dates.capitalised(dates.long_day(gallery.event.held_on, first))
    address = links.tables_url(gallery)
    content = TableCards(
        event=event,
        day=day,
        tongues=tuple(_said_in(language) for language in tongues),
        address=address.partition("://")[2].rstrip("/"),
        code=qr_rows(address),
        size=size,
    )
    return printed(content, frame(f"{_('Cards for the tables')} · {event}", first), form)


def _said_in(language):
    with translation.override(language):
        return Tongue(
            heading=_("Share your photos with us"), how=_("Point your phone's camera here. No app, no login.")
        )
