"""Why guests of an earlier event stay behind, in words."""

from django.utils.translation import ngettext

from ..domain.along import REASONS


def reason(code, n):
    """What stands after the number of those who stay behind."""
    return {
        "here": ngettext("is on this guest list already", "are on this guest list already", n),
        "companion": ngettext(
            "came as a companion: whoever brings them says so again",
            "came as companions: whoever brings them says so again",
            n,
        ),
        "unsubscribed": ngettext("wants no more mail from us", "want no more mail from us", n),
        "said_no": ngettext("said no to being invited again", "said no to being invited again", n),
        "asked_not": ngettext("asked not to be invited", "asked not to be invited", n),
        "withdrawn": ngettext("had the invitation withdrawn", "had the invitation withdrawn", n),
        "forgotten": ngettext("is forgotten", "are forgotten", n),
    }[code]


def behind(counts):
    """[(how many, why)] in the order of REASONS."""
    return [(counts[code], reason(code, counts[code])) for code in REASONS if code in counts]
