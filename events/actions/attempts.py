"""Deeds of the program's own that stand each for itself: one that fails stops none of the others."""

import logging

log = logging.getLogger("vertskap.attempts")


def tried(deed, *args, failed, **kwargs):
    """What the deed, a transaction of its own, returns; `failed` where it raised.

    The log has the kind of the error and no more: what a database says of a value would tell of people.
    """
    try:
        return deed(*args, **kwargs)
    except Exception as error:  # whatever it is, the others wait for their turn
        log.error("Not done, and tried again next time: %s in %s", type(error).__name__, deed.__name__)
        return failed
