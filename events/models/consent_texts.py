"""What a guest is asked to agree to, word by word. Whoever changes a wording raises its version: a consent names it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True)
class ConsentText:
    """One question: what it is for, who sees it, that nothing else changes, and when the answer is deleted.

    kept holds %(day)s, when all about the guest is deleted, and perhaps %(longer)s, until when a yes keeps something.
    """

    version: str
    question: Any
    purpose: Any
    seen_by: Any
    nothing_else: Any
    kept: Any
    yes: Any
    no: Any

    @property
    def wording(self) -> Iterator[Any]:
        """Every sentence the guest reads, in order."""
        yield from (self.question, self.purpose, self.seen_by, self.nothing_else, self.kept, self.yes, self.no)


NOTHING_ELSE = _("Whatever you answer, nothing else about your visit changes.")
KEPT = _("Your answer will be deleted on %(day)s.")

TEXTS = {
    "photos": ConsentText(
        version="1",
        question=_("May we share photos of you with the other guests?"),
        purpose=_("We take photos during the event and show them in an album that only invited guests can open."),
        seen_by=_("The photographer and the organisers see what you answer."),
        nothing_else=NOTHING_ELSE,
        kept=KEPT,
        yes=_("Yes, gladly"),
        no=_("No thanks, please leave me out"),
    ),
    "name": ConsentText(
        version="1",
        question=_("May the other guests see your name?"),
        purpose=_(
            "Your name and company then stand in the list of who is coming, and beside your time if you run or walk. "
            "Without your yes, you are only counted."
        ),
        seen_by=_("Only those who are invited to this event see the lists."),
        nothing_else=NOTHING_ELSE,
        kept=KEPT,
        yes=_("Yes, show my name"),
        no=_("No thanks, only count me"),
    ),
    "invite": ConsentText(
        version="1",
        question=_("May we invite you again next year?"),
        purpose=_("We would use your name, company and email address to send you the next invitation."),
        seen_by=_("Your host and the organisers see what you answer."),
        nothing_else=NOTHING_ELSE,
        kept=_(
            "With your yes, we keep your name and address until %(longer)s at the latest. Without it, they will be "
            "deleted on %(day)s with everything else."
        ),
        yes=_("Yes, please invite me"),
        no=_("No thanks, not next year"),
    ),
}
