"""Chips, days and times for the back office."""

from datetime import datetime
from functools import lru_cache

from django import template
from django.conf import settings
from django.utils import formats, timezone
from django.utils.html import format_html
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, gettext_lazy

from ..domain import dates
from ..domain.undoing import NOT_THERE, OPEN, THERE, UNINVITED, UNMARKED, WITHDRAWN, Thing
from ..models import Answer, Consent, Event, History, Message
from ..reports import line_words, sending_words, start_words
from ..reports.mail_words import told_of, what_to_do, what_went_wrong

register = template.Library()

SIGNS = {"coming": "✓", "not_coming": "✕", "unsure": "?", "waiting": "#", "no_answer": "–"}
OUTCOMES = {**dict(Answer.State.choices), **dict(Event.State.choices)}
UNDONE = {
    Thing.COMPANIONS: History.What.COMPANIONS,
    Thing.PARTY: History.What.COMPANIONS,
    Thing.RACE: History.What.RACE,
    Thing.REPLIES: History.What.REPLIED,
    Thing.COLLEAGUE: History.What.SUBSTITUTED,
    Thing.PROPOSAL: History.What.NOT_TAKEN,
    Thing.WISH: History.What.SET_ASIDE,
}
CAME_TO = {
    UNINVITED: gettext_lazy("not invited"),
    OPEN: gettext_lazy("works"),
    WITHDRAWN: gettext_lazy("withdrawn"),
    THERE: gettext_lazy("was there"),
    NOT_THERE: gettext_lazy("was not there"),
    UNMARKED: gettext_lazy("not marked"),
}
MAIL_SIGNS = {"queued": "…", "sending": "…", "sent": "✓", "failed": "!", "uncertain": "?", "stopped": "✕"}


def chip(kind, sign, word, title=""):
    """A sign and a word; `title` is said to screen readers and shown where the column's heading is not."""
    return _chip(kind, sign, str(word), str(title))


@lru_cache(maxsize=512, typed=True)  # a list shows the same few; typed, for safe text equals unsafe
def _chip(kind, sign, word, title):
    before = format_html('<span class="chip-of">{}: </span>', title) if title else ""
    return format_html(
        '<span class="chip chip-{}"><span aria-hidden="true">{}</span>\u00a0{}{}</span>', kind, sign, before, word
    )


def titled(title, value):
    """A value of a list; its title is shown only on phones, where the column's heading is not."""
    return format_html('<span class="title-on-phone">{}: </span>{}', capfirst(title), value)


@register.simple_tag
def answer_chip(state, title="", number=None):
    """How a guest stands with an activity."""
    sign = f"#{number}" if number else SIGNS.get(state, "")
    return chip(state, sign, Answer.State(state).label if state in SIGNS else state, title)


@register.simple_tag
def words_chip(state, words):
    """Words about an answer, with the sign of its state."""
    return chip(state, SIGNS.get(state, ""), words)


@register.simple_tag
def consent_chip(consent):
    """A yes or no in force; None is a guest who has not said."""
    if consent is None:
        return chip("no_answer", "–", gettext("no answer"))
    return chip("coming", "✓", gettext("yes")) if consent.is_given else chip("not_coming", "✕", gettext("no"))


@register.filter
def with_chip(contents):
    """What Django shows of a read-only field; its picture of a yes or no becomes the word."""
    if "admin/img/icon-yes." in contents:
        return chip("coming", "✓", gettext("yes"))
    return chip("not_coming", "✕", gettext("no")) if "admin/img/icon-no." in contents else contents


@register.simple_tag
def mail_chip(state):
    """The fate of a mail."""
    return chip(f"mail-{state}", MAIL_SIGNS.get(state, ""), Message.State(state).label)


@register.inclusion_tag("admin/events/fate_bar.html")
def fate_bar(progress):
    """How far a sending has come: a bar, and the same in words."""
    return {"shares": progress.shares, "fates": sending_words.fates(progress)}


def short(moment):
    """Day and time in figures, in the page's language and zone."""
    return formats.date_format(timezone.localtime(moment), "SHORT_DATETIME_FORMAT")


@register.filter(expects_localtime=True)
def recent(moment):
    """ "today 14:05", "yesterday 14:05", or day and time in figures."""
    days = (timezone.localdate() - moment.date()).days
    patterns = {0: gettext("today %(clock)s"), 1: gettext("yesterday %(clock)s")}
    return patterns[days] % {"clock": dates.clock(moment, get_language())} if days in patterns else short(moment)


@register.filter
def long_day(day):
    return dates.capitalised(dates.long_day(day, get_language()))


@register.filter(expects_localtime=True)
def day(day):
    return dates.day(day, get_language())


@register.filter(expects_localtime=True)
def clock(moment):
    """A local time of day; the page's time zone is that of its event."""
    return dates.clock(moment, get_language())


@register.filter(expects_localtime=True)
def exact_clock(moment):
    """The same to the second, as one starts."""
    return dates.exact_clock(moment, get_language())


@register.filter
def unlocalised(number):
    """A number as SVG reads it, in every language."""
    return f"{number:g}"


@register.filter
def told(row):
    """What a history row came to, in words."""
    if row.what == History.What.CONSENT:
        return _agreed_or_not(row.facts)
    if words := line_words.told(row) or start_words.told(row):
        return words
    facts = row.facts
    if facts.get("thing") in UNDONE:
        return str(UNDONE[facts["thing"]].label)
    if facts.get("thing") == Thing.CONSENT:
        return dict(Consent.Purpose.choices).get(facts.get("purpose"), "")
    if moment := facts.get("until", "") or (facts.get("thing") == Thing.GRACE and facts["after"]):
        return gettext("answers until %(moment)s") % {"moment": short(datetime.fromisoformat(moment))}
    outcome = facts.get("after", "") or facts.get("wish", "")
    if row.what == History.What.LANGUAGE or facts.get("thing") == Thing.LANGUAGE:
        return dict(settings.LANGUAGES).get(facts.get("language") or outcome, "")
    return OUTCOMES.get(outcome, "") or CAME_TO.get(outcome, "")


@register.filter
def wish(row):
    """What a guest wanted to say after the deadline, in a sentence."""
    words = {
        "coming": gettext("%(name)s wanted to come: %(part)s"),
        "not_coming": gettext("%(name)s wanted to say no: %(part)s"),
        "unsure": gettext("%(name)s wanted to say “don't know yet”: %(part)s"),
    }.get(row.facts.get("wish"), "")
    return words % {"name": row.guest.name_in_lists, "part": row.activity} if words else ""


def _agreed_or_not(facts):
    """The codes of a consent as "photos of me: yes"."""
    purposes = dict(Consent.Purpose.choices)
    patterns = {"yes": gettext("%(purpose)s: yes"), "no": gettext("%(purpose)s: no")}
    pattern = patterns.get(facts.get("after"), "")
    return pattern % {"purpose": purposes.get(facts.get("purpose"), "")} if pattern else ""


@register.filter
def why_nobody(line):
    """Why nobody on a waiting list is let in just now."""
    return line_words.why(line)


@register.filter
def reason(code):
    """Why a mail did not arrive."""
    return what_went_wrong(code)


@register.filter
def trouble(bounce):
    """What to do about a mail that did not arrive."""
    return what_to_do(bounce)


@register.filter
def bounced(bounce):
    """What a server said of a mail, and who told us."""
    return told_of(bounce)


@register.filter
def language(code):
    """A language's own name."""
    return dict(settings.LANGUAGES).get(code, code)


@register.filter
def of(words, key):
    """What a dictionary says of this one, or nothing."""
    return words.get(key, "")
