"""Mails to guests: what is said (content), how it looks (look), what the mail server gets (envelope). Never sends."""

from .content import Edition, NoText, compose, editions, has_text
from .envelope import calendar_files, envelope, new_message_id, our_address
from .examples import examples
from .look import Rendered, render
from .preview import in_scheme, preview
from .ways import TO_THE_HOUSE, links_in, recipient, text_kind
from .wire import as_bytes

__all__ = [
    "TO_THE_HOUSE",
    "Edition",
    "NoText",
    "Rendered",
    "as_bytes",
    "calendar_files",
    "compose",
    "editions",
    "envelope",
    "examples",
    "has_text",
    "in_scheme",
    "links_in",
    "new_message_id",
    "our_address",
    "preview",
    "recipient",
    "render",
    "text_kind",
]
