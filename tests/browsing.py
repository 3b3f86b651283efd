"""A real Chromium, where there is one; under CI=true a missing one is a failure."""

import os

import pytest

from tests import ground

FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-proxy-server",
]  # fmt: skip
# What our flag replaces: Playwright's own list (chromiumSwitches.ts), as far as it is about Chromium on Linux.
OFF_BY_PLAYWRIGHT = (
    "AimEnabled", "AvoidCorsURLLoaderRestartOnRedirect", "AvoidUnnecessaryBeforeUnloadCheckSync",
    "DestroyProfileOnBrowserClose", "HttpsFirstBalancedModeAutoEnable", "HttpsUpgrades", "LensOverlay", "MediaRouter",
    "NetworkTimeServiceQuerying", "OptimizationHints", "PaintHolding", "PreconnectToSearch",
    "ThirdPartyStoragePartitioning",
)  # fmt: skip
# Each window loads two pages for the list below an address bar that nobody sees: half of what a window costs.
UNSEEN = ("WebUIOmniboxAimPopup", "WebUIOmniboxFullPopup", "WebUIOmniboxPopup")
FEATURES_OFF = f"--disable-features={','.join(OFF_BY_PLAYWRIGHT + UNSEEN)}"
FLAGS.append(FEATURES_OFF)
PHONE = {"viewport": {"width": 320, "height": 640}, "has_touch": True, "is_mobile": True, "device_scale_factor": 2}
DESK = {"viewport": {"width": 1280, "height": 900}}


def missing(what):
    """Skips where that may be, fails where it may not."""
    (pytest.fail if ground.in_ci() else pytest.skip)(f"{what} Install Debian's package chromium.")


@pytest.fixture(scope="session")
def browser():
    """One Chromium for the whole run; take a context from it, or use `page` and `phone`."""
    executable = ground.chromium()
    if not executable:
        missing("No Chromium was found, so the browser tests cannot run.")
    from playwright.sync_api import sync_playwright  # 0.3 s that only browser tests should pay

    # Playwright's own loop runs in this thread, which Django otherwise takes for an async view.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def context(browser, live_server):
    """context(**options) opens a browser context on the live server; each is closed afterwards."""
    opened = []

    def open_context(**options):
        opened.append(browser.new_context(**{"base_url": live_server.url, "locale": "nb-NO", **options}))
        return opened[-1]

    yield open_context
    for each in opened:
        each.close()


@pytest.fixture
def page(context):
    """A page on a desk, with JavaScript."""
    return context(**DESK).new_page()


@pytest.fixture
def phone(context):
    """phone(locale="fi-FI", java_script_enabled=True) opens a page on a small phone; JavaScript is off unless asked."""

    def open_page(**options):
        return context(**{**PHONE, "java_script_enabled": False, **options}).new_page()

    return open_page
