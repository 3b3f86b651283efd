"""Mails that came back: which of ours, why, and whether the address is to blame (RFC 3464, RFC 3463).

By what counts most: the address it came back to, which is one mail's own; then the report a server wrote for programs;
then flufl.bounce, for servers that write as they like (decision 12).
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from email.message import Message
from enum import StrEnum

from .automatic import has_no_way_back, is_daemon
from .raw_mail import RawMail, cleaned, text_of, type_of

TEXT_CHARACTERS = 4000  # of a server's own words; what follows is our mail
_REPORTS = {"message/delivery-status", "message/global-delivery-status"}
_ENVELOPE = ("Delivered-To", "X-Original-To", "X-Delivered-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_REPLY = re.compile(r"\b([45]\d\d)[ -]")
_WORDS = {
    "full": r"mailbox (?:is |was )?(?:full|over)|over ?quota|quota (?:is )?exceeded|exceeded .{0,20}quota"
    r"|out of storage|insufficient (?:system )?storage",
    "policy": r"spam|block(?:ed|list)|blacklist|policy|dmarc|\bspf\b|dkim|reputation|virus|unsolicited"
    r"|administrative prohibition|too large|size limit",
    "wrong": r"user unknown|unknown (?:user|recipient|address|mailbox|local)|does ?n[o']t exist|does not (?:exist|have)"
    r"|no such (?:user|recipient|mailbox|address|person|domain)|invalid (?:recipient|mailbox|address|user)"
    r"|(?:not|no mailbox|domain .{0,60}) (?:be )?found|no mailbox here|(?:recipient|address) rejected|unroute?able"
    r"|mailbox (?:is )?(?:unavailable|disabled|inactive)|not a valid|not listed in|no longer (?:valid|with|works)",
}
_WORDS = {kind: re.compile(words, re.IGNORECASE) for kind, words in _WORDS.items()}


class Kind(StrEnum):
    """What came of the mail; the values are those of the model Bounce."""

    ADDRESS_WRONG = "address_wrong"
    MAILBOX_FULL = "mailbox_full"
    POLICY = "policy"
    DELAYED = "delayed"
    OTHER = "other"


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """A bounce. number is our own number of the mail, from the address it came back to; ids are Message-IDs that may
    be ours, recipients the addresses that failed. is_report says whether it was written for programs.
    """

    kind: Kind
    status: str = ""
    number: int | None = None
    ids: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    is_report: bool = False


@dataclass(frozen=True, slots=True)
class _Verdict:
    kind: Kind
    status: str = ""
    recipients: tuple[str, ...] = ()


def read_bounce(mail: RawMail, came_back_to: Callable[[str], int | None]) -> Returned | None:
    """The bounce this mail is, else None. came_back_to tells our number of a mail by its own envelope sender."""
    numbers = (came_back_to(address) for address in mail.addresses(*_ENVELOPE))
    number = next((number for number in numbers if number), None)
    report = _report(mail)
    verdict = report or _in_words(mail, came_back=number is not None)
    if verdict is None:
        return None
    ids = tuple(dict.fromkeys([*mail.enclosed_ids, *mail.answered_ids]))
    return Returned(
        kind=verdict.kind, status=verdict.status, number=number, ids=ids, recipients=verdict.recipients,
        is_report=report is not None,
    )  # fmt: skip


def tells_of_success(mail: RawMail) -> bool:
    """Whether it is a server's report that a mail has arrived."""
    actions = {_action(block) for block in _blocks(mail)} - {""}
    return bool(actions) and not actions & {"failed", "delayed"}


def judge(status: str, words: str) -> Kind:
    """What a permanent refusal is about: by its enhanced code where that says something, else by the server's words."""
    _class, subject, detail = (int(part) for part in (status or "5.0.0").split("."))
    match subject, detail:
        case 2, 2:
            return Kind.MAILBOX_FULL
        case (7, _) | (3, 4) | (2, 3) | (1, 7 | 8):  # refused, too large for it, or our own address is doubted
            return Kind.ADDRESS_WRONG if subject == 7 and _is_plainly_wrong(words) else Kind.POLICY
        case (1, _) | (2, 1) | (4, 4) | (4, 310):  # the last: no such domain, as Exchange Online has it
            return Kind.ADDRESS_WRONG
        case _:
            return _by_words(words)


def _by_words(words: str) -> Kind:
    if _WORDS["full"].search(words) or re.search(r"\b552[ -]", words):
        return Kind.MAILBOX_FULL
    if _is_plainly_wrong(words):
        return Kind.ADDRESS_WRONG
    return Kind.POLICY if _WORDS["policy"].search(words) else Kind.OTHER


def _is_plainly_wrong(words: str) -> bool:
    return bool(_WORDS["wrong"].search(words)) and not _WORDS["policy"].search(words)


def _report(mail: RawMail) -> _Verdict | None:
    """By the part that servers write for programs; of several recipients the one that failed for good."""
    blocks = sorted(
        (block for block in _blocks(mail) if _action(block) in {"failed", "delayed"}),
        key=lambda block: _action(block) == "delayed",
    )
    if not blocks:
        return None
    action, words = _action(blocks[0]), _field(blocks[0], "Diagnostic-Code")
    status = _status(_field(blocks[0], "Status"), words)
    kind = Kind.DELAYED if action == "delayed" else judge(status, words)
    failed = (_address(block) for block in blocks if _action(block) == action)
    return _Verdict(kind, status, tuple(filter(None, failed)))


def _blocks(mail: RawMail) -> list[Message]:
    """The blocks of fields of the reports, one per recipient after the first."""
    blocks = []
    for part in mail.parts():
        if type_of(part) in _REPORTS and part.is_multipart():
            blocks += [block for block in part.get_payload() if isinstance(block, Message)]
    return blocks[:100]


def _field(block: Message, name: str) -> str:
    """A field of a report on one line."""
    try:
        return " ".join(str(block.get(name, ""))[:2000].split())
    except Exception:
        return ""


def _action(block: Message) -> str:
    """failed, delayed, or another word; "" in a block about the mail itself. OpenSMTPD says error for failed."""
    action = re.split(r"[^a-z]", _field(block, "Action").lower(), maxsplit=1)[0]
    return "failed" if action in {"fail", "error"} else action


def _address(block: Message) -> str:
    for name in ("Original-Recipient", "Final-Recipient"):
        _kind, _semicolon, address = _field(block, name).rpartition(";")
        if cleaned(address):
            return cleaned(address)
    return ""


def _status(field: str, words: str) -> str:
    """Like 5.1.1: as the report has it, unless that says nothing and the words of the refusing server do."""
    own, told = _STATUS.search(field), _STATUS.search(words)
    if told and (own is None or own[2] == "0" or (own[2] == "5" and told[2] != "0")):
        return told[0]
    return own[0] if own else ""


def _in_words(mail: RawMail, *, came_back: bool) -> _Verdict | None:
    """Of a mail server that wrote for people only. From anybody else such words are a quotation."""
    is_from_a_server = is_daemon(mail) or (has_no_way_back(mail) and mail.header("X-Failed-Recipients"))
    if not is_from_a_server and not (came_back and has_no_way_back(mail)):
        return None
    for_a_while, for_good = _failures(mail)
    if not (for_a_while or for_good or (came_back and is_from_a_server)):
        return None
    words = mail.text or "".join(text_of(part) for part in mail.parts() if type_of(part) == "text/html")
    words = words[:TEXT_CHARACTERS]
    found = _STATUS.search(words)
    status = found[0] if found else ""
    if for_a_while and not for_good:
        return _Verdict(Kind.DELAYED, status, for_a_while)
    return _Verdict(judge(status, words), status, for_good)


def _failures(mail: RawMail) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """(delayed, failed) addresses as flufl.bounce finds them in the words of many kinds of servers."""
    from flufl.bounce import all_failures

    try:
        found = all_failures(mail.message)
    except Exception:  # its detectors stumble over broken mails
        found = ((), ())
    delayed, failed = (tuple(sorted(filter(None, map(_text, some)))) for some in found)
    named = [cleaned(each) for each in mail.header("X-Failed-Recipients").split(",")]
    return delayed, failed or tuple(filter(None, named))


def _text(address: bytes) -> str:
    return cleaned(address.decode("ascii", "replace"))
