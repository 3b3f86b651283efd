"""The thanks show the guest's own photos, inside the mail, and lead to the others."""

import re
from email.utils import parseaddr

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import emails
from events.actions import delivery
from events.emails.photo_row import Seen, photo_row
from events.models import Consent, Event, Gallery, Message, RemovalRequest
from tests import factories, photo_rows

pytestmark = pytest.mark.django_db
SENTENCE = "bilde av deg fra dagen"


def said(guest, now, kind="thanks", language="nb"):
    edition = emails.editions([guest.event_id])[guest.event_id]
    content = emails.compose(kind, guest, edition, [], now=now, language=language)
    inside = emails.in_pages(emails.photos_inside(content, guest))
    return emails.render(content, link="https://x.example/i/tok/", unsubscribe_url="", inside=inside)


def thanked(guest, sink):
    factories.make_message(guest, letter="thanks", key="thanks")
    assert delivery.deliver().sent == 1
    return sink.messages[-1]


def stored(photo):
    with default_storage.open(photo.file("480.jpg")) as file:
        return file.read()


def test_the_thanks_lead_to_the_photos_the_guest_is_on(cast, now):
    seen, hidden, others = photo_rows.make_photos(cast.event, 3)
    for photo in (seen, hidden):
        photo_rows.mark(photo, cast.greta)
    cast.event.photo_set.filter(pk=hidden.pk).update(state="hidden")
    photo_rows.mark(others, cast.henrik)
    mail = said(cast.greta, now)
    assert "Se 1 bilde av deg fra dagen" in " ".join(mail.text.split())
    assert "https://x.example/i/tok/photos/" in mail.text
    assert 'href="https://x.example/i/tok/photos/"' in mail.html and "<img" not in mail.html  # no file, no picture
    assert "https://x.example/i/tok/word/" in mail.text


@pytest.mark.parametrize("language", ["nb", "en", "sv", "fi"])
def test_nothing_is_said_of_photos_to_whoever_is_on_none_or_may_see_none(cast, now, language):
    for photo in photo_rows.make_photos(cast.event, 2):
        photo_rows.mark(photo, cast.greta)
    assert "photos/" not in said(cast.henrik, now, language=language).text
    Gallery.objects.create(event=cast.event, is_open=False)
    mail = said(cast.greta, now, language=language)
    assert "photos/" not in mail.text and "{" not in mail.text


def test_nobody_is_spoken_to_in_the_formal_tone(cast, now):
    for photo in photo_rows.make_photos(cast.event, 2):
        photo_rows.mark(photo, cast.greta)
    Event.objects.update(tone=Event.Tone.FORMAL)
    assert "2 personlige bilder fra dagen" in said(cast.greta, now).text


def test_only_a_letter_that_asks_looks_for_the_time_and_the_photos_in_a_query_each(cast, now):
    photo_rows.mark(photo_rows.make_photos(cast.event, 1)[0], cast.greta)
    edition = emails.editions([cast.event.pk])[cast.event.pk]
    for kind, most in (("thanks", 2), ("invitation", 0)):
        guest = type(cast.greta).objects.select_related("contact__host", "contact__company", "host", "invitation").get(
            pk=cast.greta.pk
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            emails.compose(kind, guest, edition, [], now=now)
        assert len(asked) == most, kind


def letters_to(event, number, now):
    """How many queries it takes to send the thanks to so many guests, each of whom is on a photo; and the guests."""
    guests = [factories.make_guest(event, answers={"race": "coming"}) for _ in range(number)]
    for guest in guests:
        photo_rows.mark(photo_rows.make_photo(event), guest)
        factories.make_message(guest, letter="thanks", key="thanks")
    with CaptureQueriesContext(connection) as captured:
        assert delivery.deliver().sent == number
    ours = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return len([query for query in captured if not query["sql"].startswith(ours)]), guests


@pytest.mark.django_db(transaction=True)
def test_thanks_that_lead_to_photos_cost_three_queries_at_most(cast, now, sink):
    (few, _guests), (many, _others) = letters_to(cast.event, 10, now), letters_to(cast.event, 60, now)
    assert (many - few) / 50 <= 3
    text = sink.messages[-1].get_body(("plain",)).get_content()
    assert SENTENCE in text
    assert "/photos/" in text


@pytest.mark.django_db(transaction=True)
def test_the_thanks_show_the_first_two_own_photos_inside_the_mail(cast, now, sink):
    first, second, third, other = (photo_rows.make_photo(cast.event, colour=f"#{n}6f73") for n in (10, 20, 30, 40))
    for photo in (third, second, first):
        photo_rows.mark(photo, cast.greta)
    photo_rows.mark(other, cast.henrik)
    mail = thanked(cast.greta, sink)
    related = mail.get_body(("related",))
    assert (mail.get_content_type(), related.get_param("type")) == ("multipart/alternative", "text/html")
    page, *parts = related.iter_parts()
    html = page.get_content()
    shown = re.findall(r'<img [^>]*src="([^"]*)"', html)
    assert shown == ["cid:" + part["Content-ID"].strip("<>") for part in parts]
    assert [part.get_content() for part in parts] == [stored(photo) for photo in (first, second)]
    assert {(part.get_content_type(), part.get_content_disposition()) for part in parts} == {("image/jpeg", "inline")}
    assert [part.get_filename() for part in parts] == ["1.jpg", "2.jpg"]
    assert all(part["Content-ID"].endswith(parseaddr(mail["Message-ID"])[1].partition("@")[2] + ">") for part in parts)
    assert re.findall(r'alt="(Bilde [^"]*)"', html) == [
        f"Bilde {number} av 3, tatt {at:%H:%M}"
        for number, at in enumerate((photo.taken_at.astimezone(cast.event.zone) for photo in (first, second)), start=1)
    ]
    text = mail.get_body(("plain",)).get_content()
    assert "Se 3 bilder av deg fra dagen" in " ".join(text.split())


@pytest.mark.django_db(transaction=True)
def test_a_caption_is_read_out_but_no_mail_that_is_kept_says_whom_it_names(cast, now, sink):
    photo = photo_rows.make_photo(cast.event, caption='Henrik Sørli & "venner" i mål')
    photo_rows.mark(photo, cast.greta)
    html = thanked(cast.greta, sink).get_body(("html",)).get_content()
    assert 'alt="Henrik Sørli &amp; &quot;venner&quot; i mål"' in html
    assert "Henrik" not in str(Message.objects.get().content)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("why", ["hidden", "said_no", "removed", "closed"])
def test_a_photo_that_goes_out_of_sight_while_letters_are_being_sent_is_in_none_of_them(
    cast, now, sink, monkeypatch, why
):
    photo = photo_rows.make_photo(cast.event)
    photo_rows.mark(photo, cast.greta)
    compose = emails.compose

    def and_then_it_is_gone(*args, **kwargs):
        content = compose(*args, **kwargs)
        match why:
            case "hidden":
                cast.event.photo_set.update(state="hidden")
            case "said_no":
                say_no(cast.greta, now)
            case "removed":
                cast.event.photo_set.all().delete()
            case "closed":
                Gallery.objects.create(event=cast.event, is_open=False)
        return content

    monkeypatch.setattr(emails, "compose", and_then_it_is_gone)
    mail = thanked(cast.greta, sink)
    assert "image/jpeg" not in [part.get_content_type() for part in mail.walk()]
    assert "<img" not in mail.get_body(("html",)).get_content()


@pytest.mark.django_db(transaction=True)
def test_the_thanks_go_without_a_photo_when_the_storage_is_away(cast, now, sink, monkeypatch):
    for photo in (photo_rows.make_photo(cast.event), photo_rows.make_photo(cast.event)):
        photo_rows.mark(photo, cast.greta)

    def away(_self, _name, _mode="rb"):
        raise ConnectionError

    monkeypatch.setattr(type(default_storage._wrapped), "_open", away)
    mail = thanked(cast.greta, sink)
    assert "<img" not in mail.get_body(("html",)).get_content()
    assert "Se 2 bilder av deg fra dagen" in " ".join(mail.get_body(("plain",)).get_content().split())


def test_a_letter_shows_no_photos_where_its_text_speaks_of_them_in_a_sentence(cast, now):
    photo_rows.mark(photo_rows.make_photo(cast.event), cast.greta)
    text = {"subject": "s", "preheader": "", "body": "Hei!\n\nVent: {photos}.\n\n{link}"}
    mail = emails.preview(cast.event, "thanks", "nb", cast.greta, now=now, texts={"nb": text})
    assert "Vent: Se 1 bilde av deg fra dagen." in mail.text and "<img" not in mail.html


def test_a_panorama_stands_alone_or_not_at_all(cast, now):
    wide = photo_rows.make_photo(cast.event, size=(6000, 1000))
    photo_rows.mark(wide, cast.greta)
    assert said(cast.greta, now).html.count("<img") == 1
    photo_rows.mark(photo_rows.make_photo(cast.event), cast.greta)
    assert re.findall(r'width="(\d+)" height="(\d+)" alt', said(cast.greta, now).html) == [("480", "320")]


@pytest.mark.parametrize(
    ("sizes", "expected"),
    [
        ([(480, 320)], [(480, 320)]),
        ([(320, 480)], [(240, 360)]),
        ([(480, 320), (480, 320)], [(260, 173), (260, 173)]),
        ([(480, 320), (320, 480)], [(360, 240), (160, 240)]),
        ([(480, 40)], [(480, 40)]),
    ],
)
def test_photos_side_by_side_have_one_height_and_none_is_larger_than_it_is(sizes, expected):
    shown = [{"photo": n, "width": w, "height": h, "alt": '"<b>'} for n, (w, h) in enumerate(sizes)]
    html = photo_row(shown, {n: Seen(f"cid:{n}@x") for n in range(len(sizes))}, leads_to="https://x.example/")
    found = [tuple(map(int, pair)) for pair in re.findall(r'<img src="cid:\d@x" width="(\d+)" height="(\d+)"', html)]
    assert found == expected
    assert "<b>" not in html and html.count("&quot;&lt;b&gt;") == len(sizes)
    assert sum(float(share) for share in re.findall(r"width:([\d.]+)%;padding", html)) == pytest.approx(100, abs=0.1)


def say_no(guest, now):
    Consent.objects.create(
        guest=guest, purpose="photos", is_given=False, text_version="1", language="nb", channel="web", said_at=now
    )


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("why", ["said_no", "closed", "hidden", "elsewhere"])
def test_no_letter_leads_to_what_the_guest_cannot_see(cast, now, sink, why):
    guest = cast.greta
    event = cast.other_event if why == "elsewhere" else cast.event
    photo = photo_rows.make_photo(event, state="hidden" if why == "hidden" else "shown")
    photo_rows.mark(photo, guest)
    if why == "closed":
        Gallery.objects.create(event=cast.event, is_open=False)
    if why == "said_no":
        say_no(guest, now)
    mail = thanked(guest, sink)
    assert SENTENCE not in mail.get_body(("plain",)).get_content()
    assert "image/jpeg" not in [part.get_content_type() for part in mail.walk()]


def test_reasons_of_a_whole_batch_are_read_in_one_query(cast, now):
    messages = []
    for guest in (cast.greta, cast.henrik):
        photo = photo_rows.make_photo(cast.event, has_files=False)
        said = {"decision": "kept", "reason": f"{guest.name} – **nei** {{x}}"}
        row = RemovalRequest.objects.create(photo=photo, guest=guest, asked_at=now, decided_at=now, **said)
        facts = {"wishes": {str(row.pk): "kept"}}
        messages.append(factories.make_message(guest, letter="photo_wish", key=f"w{row.pk}", facts=facts))
    ahead, edition = emails.read_ahead(messages), emails.editions([cast.event.pk])[cast.event.pk]
    with CaptureQueriesContext(connection) as asked:
        for message in messages:
            told = {"facts": message.facts, "ahead": ahead}
            content = emails.compose("photo_wish", message.guest, edition, [], now=now, **told)
            text = emails.render(content, link="https://x.example/i/tok/", unsubscribe_url="").text
            assert f"Grunnen: {message.guest.name} – **nei** {{x}}" in text
    assert sum("events_removalrequest" in query["sql"] for query in asked) == 1
