"""Takes the README's pictures from a running demo: `python -m tests.tools.pictures http://127.0.0.1:8000`.

Reads the login from var/login.txt and a guest's link from the `links` command, as `make run` left them.
"""

import subprocess
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests import ground
from tests.browsing import FLAGS

ROOT = Path(__file__).resolve().parents[2]
IMAGES = ROOT / "docs" / "images"


def main(address):
    password = (ROOT / "var" / "login.txt").read_text().split()[-1]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ground.chromium(), args=FLAGS)
        desk = browser.new_page(viewport={"width": 1280, "height": 860}, locale="nb-NO")
        desk.goto(f"{address}/admin/login/")
        desk.fill("[name=username]", "organiser")
        desk.fill("[name=password]", password)
        desk.press("[name=password]", "Enter")
        desk.wait_for_load_state("networkidle")
        desk.screenshot(path=IMAGES / "overview.png")
        phone = browser.new_page(viewport={"width": 390, "height": 860}, locale="nb-NO")
        phone.goto(address + a_link())
        phone.screenshot(path=IMAGES / "guest.png")
        browser.close()


def a_link():
    """The path of the first guest of the newest event."""
    code = (
        "from events.models import Event, Invitation, links; "
        "event = Event.objects.filter(state='open').order_by('-held_on')[0]; "
        "line = Invitation.objects.filter(guest__event=event, guest__answered_at=None).exclude(personal_line='')[0]; "
        "print('/i/' + links.token(line) + '/')"
    )
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
