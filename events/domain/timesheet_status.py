"""What a result file says of a runner in words: finished, started not, gave up, was disqualified …"""

import re

from .headings import heading_key, meanings_of
from .names import fold_letters
from .ranking import Status

_WORDS = {
    Status.OK: """
        ok|time|finish|finished|finisher|fin|classified|ranked|fullført|i mål|godkjent|gjennomført|i mål ok
        godkänd|fullföljt|i mål|genomfört|hyväksytty|maalissa|suoritettu|fuldført|gennemført""",
    Status.DNS: """
        dns|did not start|didnotstart|did not enter|not started|no start|no show|cancelled|withdrawn
        ikke startet|ikke start|startet ikke|ikke møtt|møtte ikke|ikke til start|utmeldt|avmeldt|trukket
        ej start|ej startat|inte startat|startade ej|startade inte|ej till start|struken|avanmäld
        ei lähtenyt|ei startannut|ei osallistunut|ikke startet|udeblevet|afmeldt""",
    Status.DNF: """
        dnf|did not finish|didnotfinish|not finished|retired|ret|abandoned|abandon|dropped out|sporting withdrawal
        brøt|brutt|avbrutt|ikke fullført|fullførte ikke|ikke gjennomført|utgått|ikke i mål|trakk seg|gav seg
        bröt|brutit|avbrutit|ej fullföljt|fullföljde ej|utgick|gav upp|ej i mål
        keskeytti|keskeyttänyt|kesk|ei maalissa|udgået|udgik|opgivet|ikke fuldført""",
    Status.DSQ: """
        dsq|dq|disk|disket|diskvalifisert|diska|diskad|diskvalificerad|diskvalificeret|disqualified|hylätty|hyl
        dqf|dnq""",
    Status.NC: """
        nc|ooc|hc|not competing|non competing|notcompeting|utenfor konkurranse|utom tävlan|kilpailun ulkopuolella
        uden for konkurrence|ot|otl|over time|overtime|over max time|over maks tid|over makstid|time limit|yliaika
        mp|missing punch|missingpunch|mispunch|feilstemplet|manglende stempling|felstämplat|felst|rastipuute""",
    Status.UNCLEAR: """
        active|inactive|running|on course|started|på vei|ute|ute i løypa|matkalla|på väg|unofficial|uavklart""",
}
_MEANINGS = meanings_of(_WORDS)
_CODES = frozenset(
    ["dns", "dnf", "dsq", "dq", "nc", "ooc", "otl", "disk", "disket", "brot", "brutt", "keskeytti", "hyl"]
)
_BRACKETS = re.compile(r"[(\[].*?[)\]]")
_WORD = re.compile(r"[a-z]+")

# OE and SportIdent (also the public API of Nordic live results); numbers of UltraSignup.
CLASSIFIER = {0: Status.OK, 1: Status.DNS, 2: Status.DNF, 3: Status.NC, 4: Status.DSQ, 5: Status.NC}
ULTRASIGNUP = {1: Status.OK, 2: Status.DNF, 3: Status.DNS}


def read_status(text: str) -> Status | None:
    """The status a cell names, whole ("Ikke startet (syk)") or by a code at either end ("12:34 DNF"); else None."""
    if len(text) > 80 or not any(map(str.isalpha, text)):
        return None
    folded = fold_letters(text)
    found = _MEANINGS.get(heading_key(folded)) or _MEANINGS.get(heading_key(_BRACKETS.sub(" ", folded)))
    if found:
        return found
    words = _WORD.findall(folded)
    code = next((word for word in (*words[:1], *words[-1:]) if word in _CODES), "")
    return _MEANINGS.get(code)


def not_finished(text: str) -> Status | None:
    """The status of a cell that says more than "finished", as a place or a time column may; else None."""
    found = read_status(text)
    return None if found in (Status.OK, Status.UNCLEAR) else found


def numbered(text: str, numbers: dict[int, Status]) -> Status | None:
    """The status behind a number."""
    text = text.strip().removesuffix(".0")
    return numbers.get(int(text)) if text.isascii() and text.isdecimal() and len(text) < 4 else None
