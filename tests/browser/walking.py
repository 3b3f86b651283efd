"""People on their phones, in one language: they read its words, press what it calls things, and axe looks on."""

import re
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.test import Client
from django.utils import translation
from django.utils.translation import gettext

from events.actions import delivery
from tests import factories

LANGUAGES = {"nb": "nb-NO", "fi": "fi-FI"}
BACKEND = "django.contrib.auth.backends.ModelBackend"
NARROW = {"width": 320, "height": 640}
EXACTLY_ONE = 5_000  # milliseconds to find a thing in, for the page is there already


def same(text):
    """As one reads it: without markup, every gap one space."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", str(text))).strip()


class Looker:
    """Looks at pages that a phone without JavaScript shows, in a window as narrow, where axe can run."""

    def __init__(self, browser):
        self.page = browser.new_context(viewport=NARROW, reduced_motion="reduce").new_page()
        self.seen = set()

    def look(self, page, language):
        """Fails with every fault, whatever its weight, and with scrolling sideways; each page once a language."""
        what = (language, page.title(), same(page.locator("h1").first.text_content()))
        if what in self.seen:
            return
        self.seen.add(what)
        self.page.set_content(page.content().replace("<head>", f'<head><base href="{page.url}">', 1))
        self.page.evaluate("document.getAnimations().forEach(each => each.finish())")  # colours as they stay
        found = [(fault["id"], fault["nodes"][0]["html"]) for fault in Axe().run(self.page).response["violations"]]
        if self.page.evaluate("document.documentElement.scrollWidth > innerWidth"):
            found.append(("scrolls sideways", ""))
        if found:
            pytest.fail(f"{page.url} {what}: {found}")


@pytest.fixture(scope="module")
def looker(browser):
    looker = Looker(browser)
    yield looker
    looker.page.context.close()


class Person:
    """Somebody with a phone, who reads one language."""

    def __init__(self, page, language, looker):
        self.page, self.language, self.looker = page, language, looker
        page.set_default_timeout(EXACTLY_ONE)
        page.set_default_navigation_timeout(30_000)

    def words(self, text, **facts):
        """An English source text as it stands in this language; else as it is."""
        with translation.override(self.language):
            said = gettext(text)
            return same(said % facts if facts else said)

    def text(self):
        return same(self.page.locator("main").inner_text())

    def open(self, address, status=200):
        response = self.page.goto(address)
        assert response.status == status
        self._look()
        return self

    def reads(self, text, **facts):
        words, shown = self.words(text, **facts), self.text()
        assert words.casefold() in shown.casefold(), f"{words!r} is not in {shown!r}"

    def press(self, text, *, status=200, about="", **facts):
        """Presses the button called so; about: what only screen readers hear after it."""
        return self._go("button", self.words(text, **facts), about, status)

    def follow(self, text, *, status=200, about="", **facts):
        return self._go("link", self.words(text, **facts), about, status)

    def choose(self, name, value):
        """As a thumb does: on the words beside the box or circle."""
        self.page.locator(f'label:has(input[name="{name}"][value="{value}"])').first.tap()

    def is_chosen(self, name, value):
        return self.page.locator(f'input[name="{name}"][value="{value}"]').is_checked()

    def write(self, **fields):
        for name, value in fields.items():
            self.page.locator(f'main [name="{name}"]').fill(value)

    def _go(self, role, name, about, status):
        named = re.compile(re.escape(name) + r"\s*" + (re.escape(about) if about else "$"), re.IGNORECASE)
        thing = self.page.get_by_role("main").get_by_role(role, name=named).first
        with self.page.expect_navigation() as went:
            thing.tap()
        assert went.value.status == status, self.text()[:300]
        self._look()
        return self

    def _look(self):
        assert self.page.locator("html").get_attribute("lang") == self.language
        self.looker.look(self.page, self.language)


class Walk:
    """One journey: the event of the cast with a dinner, its clock, its mail server, and people with phones."""

    def __init__(self, language, phone, looker, live_server, clock, sink, cast):
        self.language, self.locale = language, LANGUAGES[language]
        self.phone, self.looker, self.base = phone, looker, live_server.url
        self.clock, self.sink, self.cast, self.event = clock, sink, cast, cast.event

    def make_guest(self, name="Rita Rask", answers=None, **fields):
        """A guest of Marte Lie who reads this language; answers "all" means coming to everything."""
        answers = dict.fromkeys(factories.PROGRAMME, "coming") if answers == "all" else answers
        guest = factories.make_guest(self.event, name, host=self.cast.host, answers=answers, **fields)
        return self.speaks(guest)

    def speaks(self, guest):
        guest.contact.language = self.language
        guest.contact.save()
        return guest

    def guest(self, guest, path="", status=200):
        """The guest's phone, open at a page below the personal link."""
        person = Person(self.phone(locale=self.locale), self.language, self.looker)
        return person.open(factories.page_of(guest) + path, status)

    def office(self, path, user=None):
        """A phone logged in to the back office, by default of Otto's, open at a page of the event."""
        client = Client()
        client.force_login(user or self.cast.otto, backend=BACKEND)
        values = {settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value}
        values[settings.LANGUAGE_COOKIE_NAME] = self.language
        page = self.phone(locale=self.locale)
        page.context.add_cookies([{"name": name, "value": value, "url": self.base} for name, value in values.items()])
        return Person(page, self.language, self.looker).open(self.office_path(path))

    def office_path(self, path):
        start = "" if path.startswith("guest/") else f"event/{self.event.pk}/"
        return f"/{settings.ADMIN_PATH}events/{start}{path}"

    def change(self, slug="dinner", **fields):
        """Sets facts of one part before the journey begins."""
        part = self.cast.activity(slug)
        for name, value in fields.items():
            setattr(part, name, value)
        part.save()
        return part

    def title(self, slug="dinner"):
        with translation.override(self.language):
            return str(self.cast.activity(slug).title)

    def mails(self):
        """{address: mail} of what the outbox sends now that its wait is over."""
        before = len(self.sink.envelopes)
        self.clock.move(minutes=3)
        delivery.deliver()
        pairs = zip(self.sink.envelopes[before:], self.sink.messages[before:], strict=True)
        return {envelope.rcpt_tos[0]: mail for envelope, mail in pairs}


def text_of(mail):
    return same(mail.get_body(("plain",)).get_content())


def link_in(mail):
    """The path of the first personal link in a mail."""
    return re.search(r"https?://[^/\s]+(/i/[^\s>]*)", text_of(mail))[1]


def saved(download, folder):
    """The path of what a phone has downloaded."""
    path = Path(folder) / download.suggested_filename
    download.save_as(path)
    return path


@pytest.fixture(params=list(LANGUAGES))
def walk(request, phone, looker, live_server, clock, sink, cast):
    event = cast.event
    event.contact_name, event.contact_phone = "Marte Lie", "+47 55 00 00 00"
    event.contact_email = "marte@vertskap.example"
    event.save()
    return Walk(request.param, phone, looker, live_server, clock, sink, cast)
