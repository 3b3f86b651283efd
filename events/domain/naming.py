"""Whether a text that somebody typed names one of the people who are to be forgotten."""

import re

from . import names

_WORD = re.compile(r"\w+")


def names_one(text, addresses, people):
    """Whether the text holds one of the folded mail addresses, or every word of one of the people (frozensets of folded
    words), in whatever order.
    """
    casefolded = text.casefold()
    if any(address in casefolded for address in addresses):
        return True
    words = set(_WORD.findall(names.fold_letters(text).replace("_", " ")))
    return any(person <= words for person in people)
