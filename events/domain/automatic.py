"""Whether a program wrote a mail, and what gave it away (RFC 3834, and what programs really send)."""

import re

from .raw_mail import RawMail, parameter

_SAYS_SO = ("X-Autoreply", "X-Auto-Reply", "X-Autorespond", "X-Mail-Autoreply", "X-FC-MachineGenerated")
_OF_A_LIST = ("List-Id", "List-Post", "List-Unsubscribe", "Mailing-List")
_DAEMON = re.compile(r"(?:mail(?:er)?-?daemon|m(?:ail)?daemon|postmaster|mail-?delivery.*)", re.IGNORECASE)
_NO_REPLY = re.compile(r"(?:.*[-_.+])?(?:no|do-?not|ikke|ei)[-_.]?(?:reply|svar|vastaa)(?:[-_.+].*)?", re.IGNORECASE)
# What Exchange, Gmail and Zimbra begin the subject with, by language; an answer to such a mail begins otherwise.
_SUBJECT = re.compile(
    r"(?:automati(?:c reply|sk svar|skt svar|sche antwort)|autosvar|autoreply|automaattinen vastaus"
    r"|out of (?:the )?office|fraværsmelding|frånvaromeddelande|poissaoloilmoitus|abwesenheitsnotiz)",
    re.IGNORECASE,
)


def is_daemon(mail: RawMail) -> bool:
    """Whether it is from a mail server itself: by its name, or by an envelope without a sender."""
    senders = mail.addresses("From") or [mail.header("From").strip(" <>")]
    return any(_DAEMON.fullmatch(sender.partition("@")[0]) for sender in senders)


def has_no_way_back(mail: RawMail) -> bool:
    """Whether the envelope had no sender, as with everything nobody may answer by itself (RFC 5321, 4.5.5)."""
    return any(path.replace(" ", "") == "<>" for path in mail.headers("Return-Path"))


def why_automatic(mail: RawMail) -> str:
    """The code of what shows that no person wrote it; "" for a person's mail."""
    signs = {
        "auto_submitted": _said(mail, "Auto-Submitted") not in {"", "no"},
        "bulk": _said(mail, "Precedence") in {"bulk", "junk", "list", "auto_reply"},
        "autoreply": any(_said(mail, name) not in {"", "no", "false"} for name in _SAYS_SO),
        "list": any(mail.header(name) for name in _OF_A_LIST),
        "report": parameter(mail.message, "report-type") != "",
        "no_way_back": has_no_way_back(mail),
        "daemon": is_daemon(mail),
        "no_reply": bool(_NO_REPLY.fullmatch(mail.sender.partition("@")[0])),
        "subject": bool(_SUBJECT.match(mail.header("Subject").strip())),
    }
    return next((code for code, is_so in signs.items() if is_so), "")


def is_spam(mail: RawMail) -> bool:
    """Whether our own mail server says so."""
    return _said(mail, "X-Spam-Flag") == "yes" or _said(mail, "X-Spam-Status").startswith("yes")


def is_vouched_for(mail: RawMail, server: str) -> bool:
    """Whether our own mail server, by this name, found the sender's domain to be true (DMARC, RFC 8601).

    The result that was put on last counts: others' stand below, and a server takes away what pretends to be its own.
    """
    for header in mail.headers("Authentication-Results"):
        said = re.sub(r"\([^()]*\)", " ", header.lower())
        name, *results = said.split(";")
        dmarc = next((result.split() for result in results if result.split()[:1] and "dmarc=" in result), None)
        if name.split()[:1] == [server.lower()] and dmarc:
            domain = next((word[len("header.from=") :] for word in dmarc if word.startswith("header.from=")), "")
            is_sender = not domain or domain == mail.sender.rpartition("@")[2].lower()
            return "dmarc=pass" in dmarc and is_sender
    return False


def _said(mail: RawMail, name: str) -> str:
    """The first word of a header, in lower case."""
    return mail.header(name).lower().partition(";")[0].partition(",")[0].strip()
