"""Shows every letter as the guests of a demo get it: `python -m tests.tools.letters OUT [--shots] [--kind KIND] …`.

Writes OUT/<language>-<tone>-<kind>.html and .txt, and with --shots pictures at 360 and 800 px. Reads the database of
`make run` and changes nothing in it.
"""

import argparse
import os
from datetime import timedelta
from itertools import product
from pathlib import Path

import django
from playwright.sync_api import sync_playwright

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
django.setup()

from django.db import transaction  # noqa: E402

from events import emails  # noqa: E402
from events.domain import differences, letter_texts  # noqa: E402
from events.models import Event, Guest, Letter  # noqa: E402
from tests import ground  # noqa: E402
from tests.browsing import FLAGS  # noqa: E402

WIDTHS = (360, 800)
SAID = ["Takk for invitasjonen! Jeg er på reise den helgen.\n\nHils alle sammen – og spør meg igjen neste år."]


def main(asked):
    out = Path(asked.out)
    out.mkdir(parents=True, exist_ok=True)
    for tone in asked.tone:
        for language, kind in product(asked.language, asked.kind):
            mail = letter(kind, language, tone)
            name = f"{language}-{tone}-{kind}"
            (out / f"{name}.html").write_text(mail.html)
            (out / f"{name}.txt").write_text(f"{mail.subject}\n{mail.preheader}\n\n{mail.text}")
    if asked.shots:
        shoot(sorted(out.glob("*.html")), "dark" if asked.dark else "light")


def letter(kind, language, tone):
    """The letter to a guest who fits it, as if the event were in this tone."""
    event = Event.objects.filter(series__slug="stoltzen", state="open").latest("held_on")
    guest = guest_for(kind, event)
    part = event.activity_set.get(slug="dinner") if kind in ("promoted", "calendar") else None
    with transaction.atomic():
        Event.objects.filter(pk=event.pk).update(tone=tone)
        if kind in letter_texts.SKELETONS:
            text = letter_texts.own(kind, language, tone)
            body = text.body.replace(text.prompt, "Vi har fått nye bilder fra løypa.")
            words = {"subject": text.subject, "preheader": text.preheader, "body": body}
            Letter.objects.create(event=event, kind=kind, language=language, **words)
        said = SAID if kind == "voice" else ()
        facts = facts_of(kind, event)
        try:
            return emails.preview(event, kind, language, guest, activity=part, said=said, facts=facts)
        finally:
            transaction.set_rollback(True)


def facts_of(kind, event):
    """The dinner was to be earlier and elsewhere, or is off; a mail came back."""
    dinner = event.activity_set.get(slug="dinner")
    if kind == "change":
        was = {"starts_at": dinner.starts_at - timedelta(minutes=30), "place": dict.fromkeys(dinner.place, "Fløien")}
        return differences.facts(parts={dinner.pk: {name: differences.plain(value) for name, value in was.items()}})
    if kind == "cancellation":
        type(dinner).objects.filter(pk=dinner.pk).update(cancelled_at=event.created_at)
        return differences.facts(parts={dinner.pk: {"is_cancelled": False}})
    if kind == "photo_wish":
        return {"wishes": {"1": "open", "2": "removed", "3": "kept"}}
    return {"trouble": "address_wrong"}


def guest_for(kind, event):
    """Somebody with a line from the host; with companions, where the letter tells of them."""
    guests = Guest.objects.filter(event=event, companion_of=None, invitation__isnull=False).order_by("pk")
    if kind in ("confirmation", "practical", "promoted", "change", "cancellation"):
        guests = guests.filter(companions__answer__state="coming")
    elif kind == "voice":
        guests = guests.filter(answered_at__isnull=False)
    else:
        guests = guests.exclude(invitation__personal_line="")
    return guests.select_related("contact__company", "contact__host", "host", "invitation", "event").first()


def shoot(pages, scheme):
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=ground.chromium(), args=FLAGS)
        for width in WIDTHS:
            page = browser.new_page(viewport={"width": width, "height": 600}, color_scheme=scheme)
            for file in pages:
                page.goto(file.resolve().as_uri())
                page.screenshot(path=file.with_name(f"{file.stem}-{width}-{scheme}.png"), full_page=True)
        browser.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out")
    parser.add_argument("--language", nargs="*", default=["nb", "en", "sv", "fi"])
    parser.add_argument("--tone", nargs="*", default=list(letter_texts.TONES))
    parser.add_argument("--kind", nargs="*", default=sorted(letter_texts.KINDS))
    parser.add_argument("--dark", action="store_true")
    parser.add_argument("--shots", action="store_true")
    main(parser.parse_args())
