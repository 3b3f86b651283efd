"""Every kind of letter, in four languages and two tones, for each of the cast: what other programs make of it.

html5lib is asked for the grammar of HTML with every error fatal, and has none to forgive: attributes that only mail
programs still need (cellpadding, align) are no matter of grammar.
"""

import re
import subprocess
import sys
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from email import message_from_bytes, policy
from itertools import product
from pathlib import Path

import fast_mail_parser
import html5lib
import pytest
from django.urls import reverse

from events import emails
from events.actions import bounces, delivery, messages
from events.domain import differences, letter_texts, markup
from events.models import Activity, Bounce, Event, Texts, links
from events.models.line import places_in_line
from events.models.party import with_companions
from tests import factories

ROOT = Path(__file__).resolve().parents[2]
HTML = "{http://www.w3.org/1999/xhtml}"
ALL = list(product(letter_texts.LANGUAGES, letter_texts.TONES))
ABOUT_A_PART = {"promoted", "calendar"}
CLIPPED_AT = 102 * 1000  # where Gmail cuts a mail off
ROWS = re.compile(r"^(\d\d[.:]\d\d|[^\d\W]+ \d+\.? \w+ \d\d[.:]\d\d)  (?=\S)", re.MULTILINE)


@dataclass(frozen=True)
class Mail:
    """One letter as it would leave the house."""

    kind: str
    to: str
    content: dict
    rendered: emails.Rendered
    link: str
    raw: bytes

    def __str__(self):
        return f"{self.kind} to {self.to}"


@pytest.fixture
def guests(cast, now):
    """Greta has answered, Henrik has not, Ines declined; Per brings two people, one of whom has no name yet."""
    bring = {"nb": "Joggesko, og {tørt} tøy:\n\n- genser\n- sokker", "en": "Shoes", "sv": "Skor", "fi": "Kengät"}
    Event.objects.filter(pk=cast.event.pk).update(bring=Texts(bring))
    Activity.objects.filter(event=cast.event).update(
        map_url="https://www.openstreetmap.org/?mlat=60.4093&mlon=5.3277#map=17/60.4093/5.3277",
        dress=factories.texts("Kom som du er"),
    )
    all_of_it = dict.fromkeys(factories.PROGRAMME, "coming")
    per = factories.make_guest(cast.event, "Per Ås", host=cast.host, answers={**all_of_it, "dinner": "waiting"})
    factories.make_companion(per, "Ola Berge", answers=all_of_it)
    factories.make_companion(per, answers={**all_of_it, "race": "not_coming"})
    per.invitation.personal_line = "Jeg holder av en stol til deg.\nMarte"
    per.invitation.save()
    return {"Greta": cast.greta, "Henrik": cast.henrik, "Ines": cast.ines, "Per": per}


@pytest.fixture
def mails(guests, now):
    """mails(language, tone) → [Mail] of every kind and guest."""

    def make(language, tone, kinds=letter_texts.KINDS - letter_texts.SKELETONS):
        event_id = guests["Greta"].event_id
        Event.objects.filter(pk=event_id).update(tone=tone)
        edition = emails.editions([event_id])[event_id]
        pairs = product(sorted(kinds), guests.items())
        return [written(kind, name, guest, edition, language, now) for kind, (name, guest) in pairs]

    return make


def moved(edition):
    """The dinner is half an hour later than it was, and elsewhere."""
    dinner = next(part for part in edition.activities.values() if part.slug == "dinner")
    was = {"starts_at": dinner.starts_at - timedelta(minutes=30), "place": factories.texts("Kaien")}
    return differences.facts(parts={dinner.pk: {name: differences.plain(value) for name, value in was.items()}})


def written(kind, name, guest, edition, language, now):
    answers = with_companions(list(guest.answer_set.order_by("pk")))
    about = answers[-1].activity_id if kind in ABOUT_A_PART else None
    said = ["Takk!\n\nVi gleder oss."] if kind == "voice" else ()
    facts = moved(edition) if kind == "change" else {"trouble": "address_wrong"}
    content = emails.compose(
        kind, guest, edition, answers, now=now, places=places_in_line([guest.pk]).get(guest.pk), activity_id=about,
        language=language, said=said, facts=facts,
    )  # fmt: skip
    link, unsubscribe_url = emails.links_in(kind, guest)
    rendered = emails.render(content, link=link, unsubscribe_url=unsubscribe_url)
    files = emails.calendar_files(kind, guest, edition, answers, language, activity_id=about)
    mail = emails.envelope(
        content, rendered, to=emails.recipient(kind, guest, edition.event), message_id=emails.new_message_id(),
        unsubscribe_url="" if kind in messages.REPEATING else unsubscribe_url, files=files,
    )  # fmt: skip
    return Mail(kind, name, content, rendered, link + content.get("path", ""), emails.as_bytes(mail))


@pytest.mark.parametrize(("language", "tone"), ALL)
def test_every_letter_is_complete_and_every_program_reads_it(mails, language, tone):
    for mail in mails(language, tone):
        nothing_is_left_over(mail)
        nothing_is_too_wide_or_too_long(mail)
        a_strict_parser_reads_its_html(mail, language)
        two_parsers_read_the_same(mail)


def nothing_is_left_over(mail):
    shown = mail.rendered
    for text in (shown.subject, shown.preheader, shown.text):
        assert "{" not in text.replace("{tørt}", ""), mail
        assert "\xa0" not in text, mail  # a date is found by whoever searches for it as it is typed
        assert not re.search(r"(?<=\w) [,.!?](?!\w)|,,|\.\.|\(\)|\bNone\b", text), (str(mail), text)
    lines = ROWS.sub("", shown.text).splitlines()
    assert not [line for line in lines if "  " in line.strip() or line != line.rstrip()], mail
    assert "\n\n\n" not in shown.text, mail
    assert 5 <= len(shown.subject) <= 70, (str(mail), shown.subject)
    assert 5 <= len(shown.preheader) <= 90 and shown.preheader != shown.subject, (str(mail), shown.preheader)


def nothing_is_too_wide_or_too_long(mail):
    wide = [line for line in mail.rendered.text.splitlines() if len(line) > markup.MAIL_WIDTH and "://" not in line]
    assert not wide, mail
    assert max(map(len, mail.raw.split(b"\r\n"))) <= 150, mail
    assert len(mail.raw) <= CLIPPED_AT, mail


def a_strict_parser_reads_its_html(mail, language):
    tree = html5lib.HTMLParser(strict=True).parse(mail.rendered.html)
    assert tree.get("lang") == language, mail
    tags = Counter(element.tag for element in tree.iter() if isinstance(element.tag, str))
    assert tags[f"{HTML}h1"] == 1, mail
    blocks = (element for tag in ("p", "td", "li", "h1") for element in tree.iter(HTML + tag))
    assert not [element for element in blocks if not "".join(element.itertext()).strip()], mail
    for table in tree.iter(f"{HTML}table"):
        assert table.get("role") == "presentation" or table.find(f".//{HTML}th[@scope='row']") is not None, mail
    shown_links = {}
    for link in tree.iter(f"{HTML}a"):
        text = "".join(link.itertext()).strip()
        assert len(text) > 3, (str(mail), link.get("href"))
        assert shown_links.setdefault(text, link.get("href")) == link.get("href"), (str(mail), text)
    if mail.kind != "voice":  # answered, not clicked
        assert shown_links[mail.link] == mail.link, mail
        assert mail.link in mail.rendered.text.split(), mail


def two_parsers_read_the_same(mail):
    read, other = message_from_bytes(mail.raw, policy=policy.default), fast_mail_parser.parse_email(mail.raw)
    for part in read.walk():
        assert part.defects == [], mail
        assert [value.defects for value in part.values() if value.defects] == [], mail
    text, html = (read.get_body((kind,)).get_content().replace("\r\n", "\n") for kind in ("plain", "html"))
    theirs = (other.subject, *(part.replace("\r\n", "\n") for part in (*other.text_plain, *other.text_html)))
    ours = (mail.rendered.subject, mail.rendered.text, mail.rendered.html)
    assert (str(read["Subject"]), text, html) == theirs == ours, mail


def test_other_programs_read_every_calendar_file_that_goes_along(mails, tmp_path):
    for language, tone in ALL[::3] + ALL[5:6]:  # each language once; a tone does not reach into the files
        for mail in mails(language, tone, kinds={"promoted"} if language != "fi" else {"promoted", "confirmation"}):
            if b"text/calendar" in mail.raw:
                (tmp_path / f"{language}-{mail.kind}-{mail.to}.eml").write_bytes(mail.raw)
    files = sorted(file.stem for file in tmp_path.iterdir())
    confirmed = ["fi-confirmation-Greta", "fi-confirmation-Per"]
    assert files == sorted([f"{language}-promoted-Greta" for language in letter_texts.LANGUAGES] + confirmed)
    checked = subprocess.run(
        [sys.executable, ROOT / "tests/tools/check_ics.py", "--min-parsers", "1", *tmp_path.iterdir()],
        capture_output=True, text=True,
    )  # fmt: skip
    assert checked.returncode == 0, checked.stdout + checked.stderr


@pytest.mark.parametrize("language", letter_texts.LANGUAGES)
def test_practical_information_tells_all_one_needs_to_leave_home(guests, language):
    mail = emails.preview(guests["Per"].event, "practical", language, guests["Per"])
    words = letter_texts.words(language)
    assert mail.text.count("openstreetmap.org") == mail.html.count("openstreetmap.org") == 3
    for fact in ("Dinner", "Dinnerhusen", "Storgata 1, Bergen", "Kom som du er", words.bring, "Ola Berge"):
        assert fact in mail.text and fact in mail.html, fact
    alone = emails.preview(guests["Greta"].event, "practical", language, guests["Greta"]).text
    assert "Race" not in alone and "Dinner" in alone and words.together.partition("{")[0] not in alone
    none = emails.preview(guests["Ines"].event, "practical", language, guests["Ines"]).text
    assert "Storgata" not in none


def test_what_the_organiser_wrote_to_bring_is_markup_and_asks_for_nothing(guests):
    mail = emails.preview(guests["Per"].event, "practical", "nb", guests["Per"])
    assert "– genser\n– sokker" in mail.text and "{tørt}" in mail.text
    assert "sokker</li>" in mail.html


def test_a_free_letter_is_only_sent_in_the_organisers_own_words(guests, now):
    event = guests["Greta"].event
    for language, tone in ALL:
        text = letter_texts.own("free", language, tone)
        letter = event.letter_set.create(kind="free", language=language, subject=text.subject, body=text.body)
        assert not emails.has_text(event, "free")
        with pytest.raises(emails.NoText):
            emails.preview(event, "free", language, guests["Greta"])
        letter.delete()
    event.letter_set.create(kind="free", language="sv", subject="Ny tid", body=text.body)
    event.letter_set.create(kind="free", language="nb", subject="Ny tid", body="Vi starter 16:30.")
    assert emails.has_text(event, "free")
    assert "Vi starter 16:30." in emails.preview(event, "free", "sv", guests["Greta"]).text


@pytest.mark.parametrize(
    ("kind", "path"), [("survey", "word/"), ("thanks_missed", "word/"), ("change", ""), ("calendar", "")]
)
def test_a_letter_leads_to_the_page_it_speaks_of(guests, kind, path):
    greta = guests["Greta"]
    about = Activity.objects.get(event=greta.event, slug="dinner") if kind in ("change", "calendar") else None
    link = links.url(greta.invitation) + path
    mail = emails.preview(greta.event, kind, "nb", greta, activity=about)
    assert f"\n{link}\n" in mail.text and mail.html.count(f'"{link}"') == 2


@pytest.mark.parametrize(("language", "tone"), ALL)
def test_a_cancelled_dinner_is_told_in_words_that_are_complete(mails, guests, now, language, tone):
    dinner = Activity.objects.get(event=guests["Greta"].event, slug="dinner")
    Activity.objects.filter(pk=dinner.pk).update(cancelled_at=now)
    Event.objects.filter(pk=dinner.event_id).update(tone=tone)
    facts = differences.facts(parts={dinner.pk: {"is_cancelled": False}})
    for kind in ("cancellation", "change"):
        told = emails.preview(dinner.event, kind, language, guests["Per"], facts=facts)
        assert letter_texts.words(language).cancelled in told.text and "Dinner" in told.subject
        html5lib.HTMLParser(strict=True).parse(told.html)
    farewell = emails.preview(dinner.event, "calendar", language, guests["Per"], activity=dinner, facts={"entry": {}})
    greeting = letter_texts.own("calendar", language, tone).body.partition("{")[0].strip()
    assert farewell.text.split("\n\n")[1].startswith(greeting) and "/i/" not in farewell.text
    assert not [line for line in farewell.text.splitlines() if "{" in line]


def test_a_cancellation_tells_what_still_stands(guests):
    greta, dinner = guests["Greta"], Activity.objects.get(event=guests["Greta"].event, slug="dinner")
    part = emails.preview(greta.event, "cancellation", "nb", greta, activity=dinner)
    assert part.subject == "Avlyst: Dinner"
    assert "Dette står som før: 15:00 Gathering." in part.text  # the race she said no to
    facts = {"parts": {str(dinner.pk): {}}}
    assert "som før: 15:00 Gathering." in emails.preview(greta.event, "cancellation", "nb", greta, facts=facts).text
    whole = emails.preview(greta.event, "cancellation", "nb", greta)
    assert whole.subject == "Avlyst: Stoltzen" and "som før" not in whole.text


def test_the_host_hears_why_a_mail_does_not_arrive_and_answers_nobody_who_cannot_read_it(guests):
    event, greta = guests["Greta"].event, guests["Greta"]
    told = emails.preview(event, "bounced", "nb", greta, facts={"trouble": "mailbox_full"})
    assert "Postkassen er full." in told.text and greta.contact.email in told.text
    assert told.reply_to != greta.contact.email
    assert links.token(greta.invitation) not in told.text + told.html
    unknown = emails.preview(event, "bounced", "nb", greta, facts={"trouble": "other"})
    assert "tok ikke imot" in unknown.text


@pytest.mark.parametrize(
    ("kind", "page", "button"),
    [
        ("bounced", "admin:events_guest_change", "Åpne gjestens side"),
        ("photo_asked", "admin:event_photo_removals", "Se på bildet"),
    ],
)
def test_a_letter_to_the_house_has_a_button_to_where_it_is_acted_on(guests, settings, kind, page, button):
    greta = guests["Greta"]
    told = emails.preview(greta.event, kind, "nb", greta)
    about = greta.pk if kind == "bounced" else greta.event_id
    address = settings.SITE_URL + reverse(page, args=[about])
    assert re.search(rf'<a href="{re.escape(address)}"[^>]*>{button}</a>', told.html)
    assert f"{button}:\n{address}" in told.text
    assert "Din personlige lenke" not in told.html


def test_what_is_around_a_letter_speaks_in_its_tone(guests):
    event = guests["Greta"].event
    event.tone = "formal"
    event.save()
    mail = emails.preview(event, "confirmation", "fi", guests["Greta"])
    assert "Olette tulossa" in mail.text and "Olette tulossa" in mail.html
    assert "Saatte tämän viestin" in mail.text and "Oma vastauksenne" in mail.html


def test_the_hosts_mail_says_what_the_server_said_when_a_mail_comes_back(guests, sink, now):
    message = factories.make_message(guests["Greta"], state="sent", sent_at=now)
    bounces.came_back(message, kind=Bounce.Kind.MAILBOX_FULL, source=Bounce.Source.MAIL, now=now)
    delivery.deliver()
    mail = sink.messages[-1]
    assert mail["To"] == guests["Greta"].host.email
    assert "Postkassen er full." in mail.get_body(("plain",)).get_content()
