"""What a guest reads before agreeing that food needs are kept; a consent refers to these words by their version."""

import hashlib

from django.utils.translation import gettext_noop

PURPOSE = gettext_noop(
    "We ask so that everyone gets food they can eat, and a day that works for them. We use it for nothing else."
)
WHO_SEES = gettext_noop(
    "Only those who plan and make the food see it, with a name where a plate must find its person. It stands in no "
    "guest list and in no mail."
)
DELETED = gettext_noop("It will be deleted on %(day)s. You can take it back here before that, at any time.")
AGREE = gettext_noop("Yes, you may store this to plan the food")


def version_of(*texts):
    """A short name for these words (12 hex digits); other words have another."""
    return hashlib.sha256("\n".join(texts).encode()).hexdigest()[:12]


VERSION = version_of(PURPOSE, WHO_SEES, DELETED, AGREE)
