"""What a mail provider answers to a mail and tells of it later, as fates and bounces; in django-anymail's names."""

import re
from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum

from .delivery import Fate, NotTaken, Step, Verdict, code_of

OUR_ID = "vertskap"  # under this name the provider keeps our Message-ID
_BUSY = {408, 425, 429, 503}
_OF_THE_SENDER = re.compile(r"sender|signature|not verified|unverified|from (?:address|domain)|'from'", re.IGNORECASE)
_BOUNCED_BEFORE = re.compile(r"previously bounced|suppress", re.IGNORECASE)


class Meaning(StrEnum):
    """What is to be done about an event; the kinds of bounces have the model's values."""

    NOTHING = "nothing"
    ARRIVED = "arrived"  # at the server: nobody knows whether it was read
    NO_MORE = "no_more"
    ADDRESS_WRONG = "address_wrong"
    MAILBOX_FULL = "mailbox_full"
    POLICY = "policy"
    DELAYED = "delayed"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Told:
    """One event about one mail; status is like 5.1.1."""

    meanings: tuple[Meaning, ...]
    status: str = ""


def refused_request(status: int, words: str) -> NotTaken:
    """The provider's answer to the request as a whole. 5xx may have been taken; what is about us holds all mails."""
    if status in _BUSY:
        return NotTaken(Step.CONNECT, verdict=Verdict(fate=Fate.LATER, code="provider_busy"))
    if status >= 500:
        return NotTaken(Step.END)
    if status in {401, 403}:
        return NotTaken(Step.LOGIN, verdict=Verdict(fate=Fate.HELD, code="login_refused"))
    if _OF_THE_SENDER.search(words):
        return NotTaken(Step.LOGIN, verdict=Verdict(fate=Fate.HELD, code="sender_refused"))
    return NotTaken(Step.TEXT, verdict=Verdict(fate=Fate.FAILED, code="letter_refused", is_letter_refused=True))


def refused_recipient(statuses: Collection[str]) -> NotTaken:
    """The provider takes no mail for this address: it is none, or earlier mails to it came back or were called spam."""
    code = "address_refused" if "invalid" in statuses else "suppressed"
    return NotTaken(Step.RECIPIENT, verdict=Verdict(fate=Fate.FAILED, code=code))


def told_by(event: str, reason: str | None, words: str) -> Told:
    """What an event means. Opened, clicked and the like mean nothing to us (P14)."""
    if event == "delivered":
        return Told((Meaning.ARRIVED,))
    if event in {"complained", "unsubscribed"}:
        return Told((Meaning.NO_MORE,))
    if event not in {"deferred", "bounced", "rejected", "failed"}:
        return Told((Meaning.NOTHING,))
    code, status = code_of(words)
    if event == "deferred":
        return Told((Meaning.DELAYED,), status)
    if reason in {"spam", "unsubscribed"}:
        return Told((Meaning.POLICY, Meaning.NO_MORE), status)
    is_wrong = reason == "invalid" or (reason == "bounced" and (event == "rejected" or _BOUNCED_BEFORE.search(words)))
    if is_wrong:
        return Told((Meaning.ADDRESS_WRONG,), status)
    if reason == "blocked" and not status:
        return Told((Meaning.POLICY,))
    return Told((_OF_CODES[code],), status)


_OF_CODES = {
    "address_refused": Meaning.ADDRESS_WRONG,
    "mailbox_full": Meaning.MAILBOX_FULL,
    "policy_refused": Meaning.POLICY,
    "came_back": Meaning.OTHER,
}
