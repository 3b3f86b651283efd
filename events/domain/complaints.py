"""Complaints: somebody pressed "spam", and the mailbox's provider tells us by a report for programs (ARF, RFC 5965)."""

from collections.abc import Callable
from dataclasses import dataclass

from .raw_mail import RawMail, cleaned, parameter, type_of

_WANTS_NO_MORE = {"abuse", "fraud", "opt-out", "opt-out-list"}  # not: not-spam, auth-failure, virus, other


@dataclass(frozen=True, slots=True, kw_only=True)
class Complaint:
    """Of which mail: our own number of it, by its envelope's sender, or Message-IDs that may be ours."""

    number: int | None = None
    ids: tuple[str, ...] = ()


def read_complaint(mail: RawMail, came_back_to: Callable[[str], int | None]) -> Complaint | None:
    """The complaint this mail is, else None. came_back_to tells our number of a mail by its own envelope sender."""
    if parameter(mail.message, "report-type").lower() != "feedback-report":
        return None
    fields = next((_fields(part) for part in mail.parts() if type_of(part) == "message/feedback-report"), {})
    if fields.get("feedback-type", "").lower() not in _WANTS_NO_MORE:
        return None
    sender = cleaned(fields.get("original-mail-from", "").strip("<>"))
    return Complaint(number=came_back_to(sender) if sender else None, ids=tuple(mail.enclosed_ids))


def _fields(part) -> dict[str, str]:
    """The report's fields by name in lower case, each on a line; of one that stands twice the first."""
    fields: dict[str, str] = {}
    try:
        for name, value in part.get_payload()[0].items():
            fields.setdefault(name.lower(), " ".join(str(value)[:2000].split()))
    except (AttributeError, IndexError, TypeError):  # a part that is none inside
        pass
    return fields
