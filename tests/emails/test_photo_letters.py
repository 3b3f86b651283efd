"""Letters that lead guests to the photos they are on."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import delivery
from events.models import Consent, Gallery, PhotoMark
from tests import factories, photo_rows

SENTENCE = "bilde av deg fra dagen"


def letters_to(event, number, now):
    """How many queries it takes to send the thanks to so many guests, each of whom is on a photo; and the guests."""
    guests = [factories.make_guest(event, answers={"race": "coming"}) for _ in range(number)]
    for guest in guests:
        mark(guest, photo_rows.make_photo(event, has_files=False), now)
        factories.make_message(guest, letter="thanks", key="thanks")
    with CaptureQueriesContext(connection) as captured:
        assert delivery.deliver().sent == number
    ours = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return len([query for query in captured if not query["sql"].startswith(ours)]), guests


def mark(guest, photo, now):
    PhotoMark.objects.create(photo=photo, guest=guest, said="office", said_at=now)


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
    mark(guest, photo, now)
    if why == "closed":
        Gallery.objects.create(event=cast.event, is_open=False)
    if why == "said_no":
        Consent.objects.create(
            guest=guest, purpose="photos", is_given=False, text_version="1", language="nb", channel="web", said_at=now
        )
    factories.make_message(guest, letter="thanks", key="thanks")
    assert delivery.deliver().sent == 1
    assert SENTENCE not in sink.messages[-1].get_body(("plain",)).get_content()
