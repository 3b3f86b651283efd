"""The thanks lead to the guest's own photos: as a sentence, for a picture in a letter would be a tracking pixel."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events import emails
from events.models import Event, Gallery, RemovalRequest
from tests import factories, photo_rows

pytestmark = pytest.mark.django_db


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


def test_only_a_letter_that_asks_for_photos_looks_for_them_and_in_one_query(cast, now):
    photo_rows.mark(photo_rows.make_photos(cast.event, 1)[0], cast.greta)
    edition = emails.editions([cast.event.pk])[cast.event.pk]
    for kind, most in (("thanks", 1), ("invitation", 0)):
        guest = type(cast.greta).objects.select_related("contact__host", "contact__company", "host", "invitation").get(
            pk=cast.greta.pk
        )  # fmt: skip
        with CaptureQueriesContext(connection) as asked:
            emails.compose(kind, guest, edition, [], now=now)
        assert len(asked) == most, kind


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
