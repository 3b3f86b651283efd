"""What becomes of a mail: judged by the step and the code of the server's reply (RFC 5321 §4.2), never by its words
alone; and how long a mail waits before it is tried again.
"""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

_WAITS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60))
_LONG_WAIT = timedelta(hours=4)
_PATIENCE = timedelta(days=2)
_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?!\.?\d)")  # RFC 3463, and no part of an IP address
_REPLY = re.compile(r"(?<![\d.])([45]\d\d)(?![\d.])")
_POLICY = re.compile(r"spam|block|blacklist|reputation|polic|denied|spf|dkim|dmarc|relay", re.IGNORECASE)
_MAY_PASS = timedelta(minutes=10)  # so long a server may be away before anybody is troubled
_TO_BE_MENDED = {"login_refused", "sender_refused", "relay_refused"}  # does not pass by itself
_LOGIN_CODES = {530, 534, 535, 538}
_SIZE_CODES = {552, 555}


class Step(StrEnum):
    """How far the conversation with the mail server had come."""

    CONNECT = "connect"
    LOGIN = "login"
    SENDER = "sender"
    RECIPIENT = "recipient"
    TEXT = "text"  # until the final dot has left us: the server cannot have accepted the mail
    END = "end"  # after the final dot: it may have


class Fate(StrEnum):
    """What the outbox does with the mail."""

    LATER = "later"
    FAILED = "failed"
    UNCERTAIN = "uncertain"
    HELD = "held"  # nothing can be sent to anybody until somebody mends the settings


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """code names the reason in the outbox; it holds no address and none of the server's words. status is like 5.1.1;
    is_servers_word, whether a server asked to wait, and not just nobody answered.
    """

    fate: Fate
    code: str
    status: str = ""
    is_letter_refused: bool = False
    is_servers_word: bool = False


class NotTaken(Exception):
    """The mail server did not take a mail: at this step, with this reply code (None: no reply) and words. A provider's
    own answer brings its verdict along.
    """

    def __init__(
        self, step: Step, reply: int | None = None, words: str = "", *, was_silent: bool = False,
        verdict: Verdict | None = None,
    ):  # fmt: skip
        super().__init__(step, reply)
        self.step, self.reply, self.words, self.was_silent, self.verdict = step, reply, words, was_silent, verdict


def judge(refusal: NotTaken) -> Verdict:
    """4xx, or no reply before the end: later. 5xx: failed, or held if it is about us. No reply at the end: unknown."""
    if refusal.verdict:
        return refusal.verdict
    step, reply = refusal.step, refusal.reply
    if reply is None or reply < 200:  # below: nothing that can be read as a reply
        if step is Step.END:
            return Verdict(fate=Fate.UNCERTAIN, code="no_reply_after_sending")
        return Verdict(fate=Fate.LATER, code="no_reply" if refusal.was_silent else "no_connection")
    if reply < 500:
        return Verdict(fate=Fate.LATER, code=f"later_{reply}", is_servers_word=step is not Step.CONNECT)
    if reply in _LOGIN_CODES or step is Step.LOGIN:
        return Verdict(fate=Fate.HELD, code="login_refused")
    return _REFUSED[step](reply, refusal.words)


def wait_before_retry(attempts: int) -> timedelta | None:
    """After so many attempts (from 1): 1, 5, 15, 60 minutes, then 4 hours; None once two days are over."""
    waited = sum((_wait(attempt) for attempt in range(1, attempts + 1)), timedelta())
    return _wait(attempts) if waited <= _PATIENCE else None


def is_worth_an_alarm(code: str, since: datetime, now: datetime) -> bool:
    """Whether people are told: at once of what somebody must mend, after ten minutes of a server that is away."""
    return code in _TO_BE_MENDED or now - since >= _MAY_PASS


def _wait(attempt: int) -> timedelta:
    return _WAITS[attempt - 1] if attempt <= len(_WAITS) else _LONG_WAIT


def _connection_refused(reply: int, words: str) -> Verdict:
    return Verdict(fate=Fate.LATER, code=f"later_{reply}")


def _sender_refused(reply: int, words: str) -> Verdict:
    """Our own relay does not let us send from this address; a mail too big is only this letter's fault."""
    if reply in _SIZE_CODES:
        return Verdict(fate=Fate.FAILED, code="letter_refused", is_letter_refused=True)
    return Verdict(fate=Fate.HELD, code="sender_refused")


def _recipient_refused(reply: int, words: str) -> Verdict:
    """Relaying denied is about us; what else is said is about the guest."""
    code, status = code_of(f"{reply} {words}")
    if code == "policy_refused" and "relay" in words.lower():
        return Verdict(fate=Fate.HELD, code="relay_refused")
    return Verdict(fate=Fate.FAILED, code=code, status=status)


def code_of(words: str) -> tuple[str, str]:
    """(the outbox's code, the status) of a server's final refusal of a recipient.

    Only 5.1.x and 5.2.1 speak of the address (RFC 3463). Of servers that give no status 550, 551 and 553 do (RFC 5321
    §4.2.3), unless they name a policy.
    """
    enhanced = _ENHANCED.search(words)
    if enhanced:
        is_final, subject, detail = enhanced[1] == "5", enhanced[2], enhanced[3]
        is_full = (subject, detail) == ("2", "2")
        return refusal_code(subject, detail) if is_final or is_full else "came_back", enhanced[0]
    reply = _REPLY.search(words)
    return refusal_code(*_meant_by(int(reply[1]) if reply else 0, words)), ""


def refusal_code(subject: str, detail: str) -> str:
    """What 5.subject.detail says of the mail (RFC 3463): a code of the outbox."""
    if subject == "7" or (subject, detail) in {("1", "7"), ("1", "8")}:  # the latter two: of the sender
        return "policy_refused"
    if (subject, detail) == ("2", "2"):
        return "mailbox_full"
    return "address_refused" if subject == "1" or (subject, detail) == ("2", "1") else "came_back"


def _meant_by(reply: int, words: str) -> tuple[str, str]:
    """The status a reply without one stands for (RFC 5321 §4.2.3)."""
    if reply in {550, 551, 553}:
        return ("7", "1") if _POLICY.search(words) else ("1", "1")
    return ("2", "2") if reply == 552 else ("0", "0")


def _letter_refused(reply: int, words: str) -> Verdict:
    return Verdict(fate=Fate.FAILED, code="letter_refused", is_letter_refused=True)


_REFUSED = {
    Step.CONNECT: _connection_refused,
    Step.SENDER: _sender_refused,
    Step.RECIPIENT: _recipient_refused,
    Step.TEXT: _letter_refused,
    Step.END: _letter_refused,
}
