"""Mails to guests: what is said (content), how it looks (look), what the mail server gets (envelope). Never sends."""

from .asking import invite_for
from .changes import block as changed_block
from .changes import is_news, news, reader, value_of
from .content import compose
from .edition import Edition, NoText, editions, has_text
from .envelope import calendar_files, envelope, in_mail, new_message_id, our_address
from .examples import examples
from .look import Rendered, render
from .photos_inside import in_pages, photos_inside
from .preview import in_scheme, preview, standing_of
from .read_ahead import ReadAhead, read_ahead
from .returns import came_back_to, return_path
from .ways import PAST_THE_HOST, TO_THE_HOUSE, links_in, recipient, text_kind
from .wire import as_bytes

__all__ = [
    "PAST_THE_HOST",
    "TO_THE_HOUSE",
    "Edition",
    "NoText",
    "ReadAhead",
    "Rendered",
    "as_bytes",
    "calendar_files",
    "came_back_to",
    "changed_block",
    "compose",
    "editions",
    "envelope",
    "examples",
    "has_text",
    "in_mail",
    "in_pages",
    "in_scheme",
    "invite_for",
    "is_news",
    "links_in",
    "new_message_id",
    "news",
    "our_address",
    "photos_inside",
    "preview",
    "read_ahead",
    "reader",
    "recipient",
    "render",
    "return_path",
    "standing_of",
    "text_kind",
    "value_of",
]
