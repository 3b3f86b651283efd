"""Takes the README's pictures from a running demo: `python -m tests.tools.pictures http://127.0.0.1:8000`.

Reads the login from var/login.txt and the links of two guests and a board from the database, as `make run` left them.
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
        page, result, board, album, photo = links()
        for path, name in ((page, "guest"), (result, "result"), (photo, "photo")):
            phone.goto(address + path)
            phone.wait_for_load_state("networkidle")
            phone.screenshot(path=IMAGES / f"{name}.png")
        desk.goto(address + album)
        desk.wait_for_load_state("networkidle")
        desk.screenshot(path=IMAGES / "album.png")
        wall = browser.new_page(viewport={"width": 1280, "height": 860}, locale="nb-NO", color_scheme="dark")
        wall.goto(f"{address}{board}?screen=1")
        wall.screenshot(path=IMAGES / "board.png")
        browser.close()


def links():
    """The paths of a guest of the newest event, of last year's fastest, of last year's board, and of the photos as the
    guest sees them who is on one, and of that photo.
    """
    code = (
        "from events.models import Event, Invitation, Photo, PhotoMark, Result, links; "
        "event = Event.objects.filter(state='open').order_by('-held_on')[0]; "
        "line = Invitation.objects.filter(guest__event=event, guest__answered_at=None).exclude(personal_line='')[0]; "
        "print('/i/' + links.token(line) + '/'); "
        "best = Result.objects.filter(place=1, entry__guest__invitation__isnull=False, best='pers').order_by("
        "'-race__activity__starts_at')[0]; "
        "print('/i/' + links.token(best.entry.guest.invitation) + '/results/'); "
        "print('/live/' + links.board_token(best.race) + '/'); "
        "shown = PhotoMark.objects.filter(photo__in=Photo.objects.shown(), guest__invitation__isnull=False); "
        "on = shown.order_by('photo__ordered_at')[1]; "
        "album = '/i/' + links.token(on.guest.invitation) + '/photos/'; "
        "print(album); print(album + on.photo.key + '/')"
    )
    command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
    return subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout.split()


if __name__ == "__main__":
    main(sys.argv[1].rstrip("/"))
