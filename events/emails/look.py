"""How a content looks: HTML like the guest's page, and plain text that says everything. Links are put in here."""

import textwrap
from dataclasses import dataclass

from django.conf import settings

from ..domain import letter_texts, letters, markup
from . import photos
from .shell import fill_shell
from .ways import TO_THE_HOUSE

WIDTH = markup.MAIL_WIDTH
_INDENT = " " * 7


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail as the guest reads it; reply_to is the address that replies go to."""

    subject: str
    preheader: str
    text: str
    html: str
    from_name: str
    reply_to: str


def render(content, *, link, unsubscribe_url, is_test=False, inside=None):
    """The mail with working links, from what Message.content holds; `link` is that of the guest's page, `inside`
    {photo: Seen} of the photos it shows; one that is not among them is left out.
    """
    own_photos = letters.Trusted(link + photos.PATH)
    link += content.get("path", "")
    words = letter_texts.words(content["language"], content.get("tone", letter_texts.INFORMAL))
    subject = f"{words.test_mark} {content['subject']}" if is_test else content["subject"]
    names = {"organiser": settings.COMPANY_NAME, "event": content["title"]}
    shown = {
        "tone": letter_texts.INFORMAL,  # mails of before they had one
        "practical": [],
        **content,
        "link": link,
        "links": {"link": letters.Trusted(link), photos.NAME: own_photos},  # what leads somewhere, in texts
        "inside": inside or {},
        "unsubscribe_url": unsubscribe_url,
        "words": words,
        "button": words.buttons.get(content["kind"], words.buttons[""]),
        "is_to_us": content["kind"] in TO_THE_HOUSE,
        "picture": f"{settings.SITE_URL}/pictures/{content['picture']}" if content.get("picture") else "",
        "why": _put(words.why_us if content["kind"] in TO_THE_HOUSE else words.why, names),
        "said": "\n\n".join(content.get("said", ())),
        "changes": content.get("changes", {}),
        "has_files": content["kind"] in WITH_FILES and any(_brings_a_file(row) for row in content["answers"]),
        "test_note": words.test_note if is_test else "",
        "subject": subject,
    }
    _reply_name, reply_to = content["reply_to"]
    return Rendered(subject, content["preheader"], _text(shown), fill_shell(shown), content["from_name"], reply_to)


WITH_FILES = {"confirmation", "promoted"}


def _brings_a_file(row):
    return row["state"] == "coming" and not row["is_cancelled"] and not row.get("is_asked")


def _put(sentence, names):
    for name, value in names.items():
        sentence = sentence.replace(f"{{{name}}}", value)
    return sentence


def _text(shown):
    """Broken into lines where it may break; then its no-break spaces become ordinary ones, for whoever searches it."""
    when = " · ".join(part for part in (shown["day"], shown["town"]) if part)
    pieces = [shown["test_note"], f"{shown['title']}\n{when}"]
    for part in shown["parts"]:
        if "text" in part:
            pieces.append(markup.to_text(letters.fill(part["text"], shown["links"]), width=WIDTH))
        else:
            pieces.append(_TEXT_BLOCKS[part["block"]](shown))
    pieces.append("_" * 30)
    pieces.append(_foot(shown))
    return "\n\n".join(piece for piece in pieces if piece).replace("\xa0", " ") + "\n"


def _personal_line(shown):
    paragraphs = shown["personal_line"].splitlines()
    return "\n".join(textwrap.fill(line, WIDTH, initial_indent="    ", subsequent_indent="    ") for line in paragraphs)


def _said(shown):
    """A guest's words, quoted line by line (RFC 3676 §4.5)."""
    lines = (textwrap.wrap(line, WIDTH - 2) or [""] for line in shown["said"].splitlines())
    return "\n".join(f"> {part}".rstrip() for parts in lines for part in parts)


def _programme(shown):
    return "\n".join(
        _row(row["time"], ", ".join(part for part in (row["title"], row["place"]) if part))
        for row in shown["programme"]
    )


def _practical(shown):
    """A paragraph for each part, the address of its map whole on a line."""
    return "\n\n".join("\n".join(_to_know(row)) for row in shown["practical"])


def _to_know(row):
    yield _row(row["time"], row["title"])
    for line in (*row.get("starts", ()), row["place"], row["address"], row["dress"], row["together"]):
        if line:
            yield textwrap.fill(line, WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
    if row["map_url"]:
        yield _INDENT + row["map_url"]


def _answered(row):
    yield _row(row["time"], f"{row['title']}: {row['sentence']}")
    if row.get("late"):
        yield textwrap.fill(row["late"], WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)
    for mate in row["companions"]:
        yield textwrap.fill(mate["sentence"], WIDTH, initial_indent=_INDENT, subsequent_indent=_INDENT)


def _answers(shown):
    rows = "\n".join("\n".join(_answered(row)) for row in shown["answers"])
    return f"{rows}\n\n{textwrap.fill(shown['words'].files_attached, WIDTH)}" if shown["has_files"] else rows


def _changes(shown):
    """Each thing that changed with its lines: new, and what was so before; then what the files do."""
    block = shown["changes"]
    pieces = [textwrap.fill(block["words"], WIDTH)] if block["words"] else []
    pieces += ["\n".join(_changed(row)) for row in block["rows"]]
    pieces += [textwrap.fill(text, WIDTH) for text in (block["note"], block["files"]) if text]
    return "\n\n".join(pieces)


def _changed(row):
    yield ": ".join(filter(None, (row["title"], row["state"])))
    for line in row["lines"]:
        before = f" ({line['before']})" if line["before"] else ""
        text = f"{line['label']}: {line['new']}{before}"
        yield textwrap.fill(text, WIDTH, initial_indent="  ", subsequent_indent="    ")
    if row["sentence"]:
        yield f"  {row['sentence']}"


def _row(time, text):
    return textwrap.fill(f"{time}  {text}", WIDTH, subsequent_indent=_INDENT, break_long_words=False)


def _link(shown):
    """The plain link on a line of its own, never broken."""
    return f"{shown['button']}:\n{shown['link']}"


def _foot(shown):
    name, email, phone = shown["contact"]
    words = shown["words"]
    ways = ", ".join(way for way in (name, phone, email) if way)
    lines = [] if shown["is_to_us"] else [words.questions, ways, ""]
    lines += textwrap.wrap(shown["why"], WIDTH)
    if shown["unsubscribe_url"]:
        lines += [f"{words.unsubscribe}:", shown["unsubscribe_url"]]
    return "\n".join(lines)


_TEXT_BLOCKS = {
    "personal_line": _personal_line,
    "programme": _programme,
    "practical": _practical,
    "answers": _answers,
    "changes": _changes,
    "said": _said,
    "link": _link,
}
