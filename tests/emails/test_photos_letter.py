"""The thanks lead to the guest's own photos: as a sentence, for a picture in a letter would be a tracking pixel."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import emails
from events.actions import delivery
from events.models import Consent, Event, Gallery, RemovalRequest
from tests import factories, photo_rows

pytestmark = pytest.mark.django_db
SENTENCE = "bilde av deg fra dagen"


def said(guest, now, kind="thanks", language="nb"):
    edition = emails.editions([guest.event_id])[guest.event_id]
    content = emails.compose(kind, guest, edition, [], now=now, language=language)
    return emails.render(content, link="https://x.example/i/tok/", unsubscribe_url="")


def test_the_thanks_lead_to_the_photos_the_guest_is_on(cast, now):
    seen, hidden, others = photo_rows.make_photos(cast.event, 3)
    for photo in (seen, hidden):
        photo_rows.mark(photo, cast.greta)
    cast.event.photo_set.filter(pk=hidden.pk).update(state="hidden")
    photo_rows.mark(others, cast.henrik)
    mail = said(cast.greta, now)
    assert "Se 1 bilde av deg fra dagen" in " ".join(mail.text.split())
    assert "https://x.example/i/tok/photos/" in mail.text
    assert 'href="https://x.example/i/tok/photos/"' in mail.html and "<img" not in mail.html
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
        photo_rows.mark(photo_rows.make_photo(event, has_files=False), guest)
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
@pytest.mark.parametrize("why", ["said_no", "closed", "hidden", "elsewhere"])
def test_no_letter_leads_to_what_the_guest_cannot_see(cast, now, sink, why):
    guest = cast.greta
    event = cast.other_event if why == "elsewhere" else cast.event
    photo = photo_rows.make_photo(event, has_files=False, state="hidden" if why == "hidden" else "shown")
    photo_rows.mark(photo, guest)
    if why == "closed":
        Gallery.objects.create(event=cast.event, is_open=False)
    if why == "said_no":
        Consent.objects.create(
            guest=guest, purpose="photos", is_given=False, text_version="1", language="nb", channel="web", said_at=now
        )
    factories.make_message(guest, letter="thanks", key="thanks")
    assert delivery.deliver().sent == 1
    assert SENTENCE not in sink.messages[-1].get_body(("plain",)).get_content()


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
