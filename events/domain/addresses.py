"""Mail addresses and telephone numbers as people paste them."""

import re
import unicodedata
from urllib.parse import quote

LONGEST_EMAIL = 254  # RFC 5321 section 4.5.3.1.3, less the angle brackets
LONGEST_LOCAL_PART = 64  # RFC 5321 section 4.5.3.1.1
LONGEST_LABEL = 63  # RFC 1035 section 2.3.4

_LOCAL_PART = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]+")  # RFC 5322 section 3.2.3, without quoted strings
_URI_SAFE = "!$&'*+-./=_~"
_LABEL = re.compile(r"[^\W_](?:(?:[^\W_]|-)*[^\W_])?")
_ANGLED = re.compile(r"[^<>]*<([^<>]*)>")
_COUNTRY_CODES = ("358", "47", "46", "45")


class NotAnAddress(ValueError):
    """Something that is no mail address.

    `reason`: no_at, several, line_break, control_character, space, dots, local_part, domain, too_long.
    """

    def __init__(self, value, reason):
        super().__init__(reason)
        self.value, self.reason = value, reason


def clean_email(text):
    """The bare address out of " mailto:…", "Kari <…>" and the like, its domain in lower case and readable.

    Raises NotAnAddress. The local part keeps its case; compare by `email_key`.
    """
    address = "".join(c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c) != "Cf").strip()
    _refuse_controls(text, address)
    if match := _ANGLED.fullmatch(address.rstrip(" ;,.")):
        address = match[1].strip()
    address = address.strip(" \u00a0;,\"'").rstrip(".")
    if address[:7].casefold() == "mailto:":
        address = address[7:].partition("?")[0].strip()
    return _checked(text, address)


def _refuse_controls(text, address):
    if any(c in "\r\n\v\f\x85\u2028\u2029" for c in address):
        raise NotAnAddress(text, "line_break")
    if any(unicodedata.category(c) in ("Cc", "Cs") or c == "\ufffd" for c in address):
        raise NotAnAddress(text, "control_character")


def _checked(text, address):
    if address.count("@") > 1:
        raise NotAnAddress(text, "several")
    local, at, domain = address.rpartition("@")
    if not at:
        raise NotAnAddress(text, "no_at")
    if any(map(str.isspace, address)):
        raise NotAnAddress(text, "space")
    if ".." in address or local.startswith(".") or local.endswith(".") or domain.startswith("."):
        raise NotAnAddress(text, "dots")
    if not _LOCAL_PART.fullmatch(local):
        raise NotAnAddress(text, "local_part")
    domain, ascii_domain = _domain(text, domain)
    if len(local) > LONGEST_LOCAL_PART or len(local) + 1 + len(ascii_domain) > LONGEST_EMAIL:
        raise NotAnAddress(text, "too_long")
    return f"{local}@{domain}"


def _domain(text, domain):
    """The domain as people read it and as the network does (IDNA, RFC 5891, without its registry rules)."""
    readable = [_readable(label) for label in domain.lower().split(".")]
    network = [label if label.isascii() else "xn--" + _punycode(label) for label in readable]
    is_sound = all(_LABEL.fullmatch(label) for label in readable) and all(
        len(label) <= LONGEST_LABEL for label in network
    )
    if not is_sound or len(readable) < 2 or readable[-1].isdigit():
        raise NotAnAddress(text, "domain")
    return ".".join(readable), ".".join(network)


def _punycode(label):
    return label.encode("punycode").decode("ascii")


def _readable(label):
    if not label.startswith("xn--"):
        return label
    try:
        shown = unicodedata.normalize("NFC", label[4:].encode("ascii").decode("punycode"))
    except UnicodeError:
        return label
    is_faithful = not shown.isascii() and _punycode(shown) == label[4:] and _LABEL.fullmatch(shown)
    return shown if is_faithful else label


def email_key(address):
    """What two spellings of one mailbox have in common; takes what `clean_email` gave."""
    return address.casefold()


def mailto(address):
    """The address as a URI (RFC 6068), its domain as the network has it; takes what `clean_email` gave."""
    local, _at, domain = address.rpartition("@")
    return f"mailto:{quote(local, safe=_URI_SAFE)}@{_domain(address, domain)[1]}"


def clean_phone(text):
    """A number as written, with single spaces, "00" as "+" and without "tel:" or a spreadsheet's ".0"."""
    phone = " ".join(text.split())
    phone = re.sub(r"^(?:tel|tlf|mob|puh|phone|mobil)\.?:? *", "", phone, flags=re.IGNORECASE)
    if re.fullmatch(r"[+\d]\d+\.0", phone):
        phone = phone[:-2]
    phone = re.sub(r"^\((\+\d+|00\d+)\)", r"\1", phone)
    return re.sub(r"^00(?=[1-9])", "+", phone)


def phone_key(phone):
    """The digits that two spellings of one Nordic number share: no country code, no leading zero."""
    digits = re.sub(r"\D", "", phone)
    if clean_phone(phone).startswith("+"):
        digits = digits.removeprefix("00")
        code = next((code for code in _COUNTRY_CODES if digits.startswith(code)), "")
        digits = digits.removeprefix(code)
    return digits.lstrip("0") or phone.strip().casefold()
