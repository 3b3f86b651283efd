"""The whole site in a real browser: axe, keyboard, focus, 320 px, dark; and what every answer says of itself."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from events.domain.ranking import Status
from events.models import Answer, Course, EarlierTime, Event, Guest
from tests import factories, ground, racing
from tests.browsing import FEATURES_OFF, missing

TOOLS = Path(__file__).resolve().parent.parent / "tools"
pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def chromium():
    return ground.chromium() or missing("No Chromium was found, so nobody looks at the pages.")


def run(tool, *arguments):
    """Runs one of our tools on the live server; fails with what it found."""
    done = subprocess.run([sys.executable, TOOLS / tool, *arguments], capture_output=True, text=True, env=os.environ)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


def with_companions(cast):
    """Greta brings one and may bring another; the place of the one has just come free."""
    Guest.objects.filter(pk=cast.greta.pk).update(companions_allowed=3)
    ola = factories.make_companion(cast.greta, "Ola Berge", answers={"dinner": "coming", "gathering": "coming"})
    Answer.objects.filter(guest=ola, activity__slug="dinner").update(promoted_at=cast.event.created_at)
    return [f"{factories.page_of(cast.greta)}{further}" for further in ("companions/", "place/dinner/")]


def with_results(cast):
    """Greta, who had told of two years, and her companion ran; others did not finish, hide the time or the name."""
    course = Course.objects.create(name="Stoltzekleiven", created_at=cast.event.created_at)
    race = racing.make_race(cast.event, course=course)
    greta = racing.enter(race, cast.greta, bib=27, ambition_seconds=790)
    for year, minutes in ((2021, 14), (2024, 13.5)):
        EarlierTime.objects.create(
            guest=cast.greta, course=course, year=year, time_ms=minutes * 60_000, told_at=cast.event.created_at
        )
    per = racing.make_runner(race, "Per Følge", companion_of=cast.greta, bib=28)
    others = [racing.make_runner(race, name, bib=40 + n) for n, name in enumerate(("Kai Vik", "Eli Ås", "Bo Li"))]
    racing.agree(others[0])
    racing.record(race, {greta: 13.1, per: 15, others[0]: 14, others[1]: Status.DNF, others[2]: 17})
    racing.publish(race)
    return [f"{factories.page_of(cast.greta)}{further}" for further in ("results/", "earlier/")]


def crawl(base, chromium, *arguments):
    run("a11y_crawl.py", base, f"--chromium={chromium}", f"--flag={FEATURES_OFF}", "--settle=20", *arguments)


def crawl_office(base, chromium, *arguments):
    """As Otto."""
    login = ("--login-user=otto", f"--login-pass={factories.PASSWORD}")
    crawl(base, chromium, "--start=/accessibility/", "--max-pages=1", *login, *arguments)


def test_guests_pages_are_accessible(cast, live_server, chromium):
    """Every page that links lead to, narrow, wide and dark, by keyboard, and the page with an error."""
    Event.objects.update(shows_guests=True)
    page = factories.page_of(cast.henrik)
    starts = ["--start=/", f"--start={page}", f"--start={factories.page_of(cast.greta)}answered/"]
    starts += [f"--start={further}" for further in (*with_companions(cast), *with_results(cast))]
    errors = [f"--error-path={page}", f"--error-path={page}consents/"]
    crawl(live_server.url, chromium, *starts, *errors, "--expect-lang=nb", "--locale=nb-NO", "--focus-checks=12")


@pytest.mark.parametrize(("language", "locale"), [("en", "en-GB"), ("sv", "sv-SE"), ("fi", "fi-FI")])
def test_guests_pages_are_accessible_in_every_language(cast, live_server, chromium, language, locale):
    """Longer words on the narrow screen: nothing scrolls sideways, nothing is clipped."""
    for guest in (cast.greta, cast.henrik):
        guest.language = language
        guest.save()
    Event.objects.update(shows_guests=True)
    greta = factories.page_of(cast.greta)
    starts = [f"--start={factories.page_of(cast.henrik)}"]
    starts += [f"--start={greta}{further}" for further in ("answered/", "consents/", "who/")]
    starts += [f"--start={further}" for further in (*with_companions(cast), *with_results(cast))]
    languages = [f"--expect-lang={language}", f"--locale={locale}"]
    crawl(live_server.url, chromium, *starts, *languages, "--no-follow", "--profiles=narrow", "--focus-checks=12")


def test_guests_pages_pass_the_probe(cast, live_server):
    page = factories.page_of(cast.greta)
    state = [f"--sqlite={connection.settings_dict['NAME']}"] if connection.vendor == "sqlite" else []
    run(
        "headers_probe.py", live_server.url, "--guest=/", "--guest=/privacy/", f"--personal={page}",
        f"--personal={page}answered/", f"--personal={page}consents/", f"--ics={page}calendar/dinner.ics",
        f"--admin=/{settings.ADMIN_PATH}",
        "--redirect=/admin/login/", "--quiet", "--set-language=/i18n/setlang/", *state,
    )  # fmt: skip
