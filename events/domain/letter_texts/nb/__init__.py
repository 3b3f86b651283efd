"""Norwegian Bokmål."""

from . import after, asked, house, inviting, pictured, telling
from .words import FORMAL as FORMAL_WORDS
from .words import INFORMAL as INFORMAL_WORDS

_PARTS = (inviting, asked, telling, after, pictured, house)
INFORMAL = {kind: text for part in _PARTS for kind, text in part.INFORMAL.items()}
FORMAL = {kind: text for part in _PARTS for kind, text in part.FORMAL.items()}

__all__ = ["FORMAL", "FORMAL_WORDS", "INFORMAL", "INFORMAL_WORDS"]
