"""The HTML around what one guest is told: rendered and inlined once for all mails that share it, then filled.

What differs from guest to guest stands in the shell as a mark that nobody can type, and is put in escaped. So a guest
costs a few replacements instead of a template and a run of the CSS inliner.
"""

import json
import re
import secrets
from functools import lru_cache

from django.conf import settings
from django.template.loader import get_template
from django.utils.html import escape

from ..domain import letter_texts, letters, markup
from ..models import house_style
from .photo_row import photo_row
from .photos import NAME as PHOTOS

SHARED = (
    "language",
    "tone",
    "title",
    "day",
    "town",
    "picture",
    "programme",
    "practical",
    "answers",
    "changes",
    "contact",
    "button",
    "why",
    "is_to_us",
    "has_files",
    "test_note",
)
OWN = ("subject", "preheader", "link", "unsubscribe_url", "personal_line", "said")
_MARK = secrets.token_hex(8)
_MARKS = re.compile(rf"{_MARK}-(\w+)\.")
_SAMPLE = '<p>p</p><ul><li>li</li></ul><h3>h3</h3><strong>strong</strong><a href="a">a</a>'


def fill_shell(shown):
    """The HTML of one mail; shown is what the template reads, with the guest's own texts and links."""
    own = {name: escape(shown[name]) for name in OWN}
    for name in ("personal_line", "said"):
        own[name] = own[name].replace("\n", "<br>")
    outline = []
    for number, part in enumerate(shown["parts"]):
        if "text" in part:
            row = photo_row(part.get("photos", ()), shown["inside"], leads_to=shown["links"][PHOTOS])
            own[f"text{number}"] = row + _styled(markup.to_html(letters.fill(part["text"], shown["links"])))
            part = {"text": f"text{number}"}
        outline.append(part)
    shared = {name: shown[name] for name in SHARED} | {"outline": outline, "is_free": not shown["unsubscribe_url"]}
    pieces = _shell(json.dumps(shared), _house())
    return "".join(own[piece] if at % 2 else piece for at, piece in enumerate(pieces))


def _house():
    """What the settings say of the house's look."""
    return settings.COMPANY_NAME, settings.COMPANY_COLOUR, settings.COMPANY_LOGO


@lru_cache(maxsize=128)
def _shell(shared, house):
    """What stands between the marks, and by turns the names of the marks."""
    context = json.loads(shared)
    context.update({name: _mark(name) for name in OWN})
    if context["is_free"]:
        context["unsubscribe_url"] = ""
    context["parts"] = [{"html": _mark(part["text"])} if "text" in part else part for part in context["outline"]]
    return tuple(_MARKS.split(_inlined(context)))


@lru_cache(maxsize=1)
def _openings(house):
    """{tag as markup writes it: the same with its style}, as the inliner styles them inside the card."""
    start, end = _mark("start"), _mark("end")
    context = {
        "language": "en",
        "tone": letter_texts.INFORMAL,
        "parts": [{"html": f"<i>{start}</i>{_SAMPLE}<i>{end}</i>"}],
    }
    sample = _inlined(context).partition(start)[2].partition(end)[0]
    styles = dict(re.findall(r"<(p|ul|li|h3|strong|a)\b[^>]*?( style=\"[^\"]*\")", sample))
    return {f"<{tag} " if tag == "a" else f"<{tag}>": _with(tag, style) for tag, style in styles.items()}


def _with(tag, style):
    return f"<{tag}{style} " if tag == "a" else f"<{tag}{style}>"


def _styled(html):
    """Text is escaped, so these openings are the markup's own."""
    for plain, styled in _openings(_house()).items():
        html = html.replace(plain, styled)
    return html


def _mark(name):
    return f"{_MARK}-{name}."


def _inlined(context):
    """Mail programs read style attributes; what they cannot hold (dark mode) stays in the style element."""
    import css_inline

    logo = house_style.logo()
    house = {
        "company": settings.COMPANY_NAME,
        "colours": house_style.palette(),
        "logo": logo if logo and logo.is_for_letters else None,
        "site_url": settings.SITE_URL,
        "words": letter_texts.words(context["language"], context["tone"]),
    }
    page = get_template("mail/letter.html").render({**context, **house})
    return css_inline.CSSInliner(keep_style_tags=True, load_remote_stylesheets=False).inline(page)
