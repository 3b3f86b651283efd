"""Thanks by mail for the photos a guest adds: one for a go, when no more have come for a while."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from events.actions import delivery, photo_adding, photo_receiving
from events.models import Event, Gallery, Message, Photo

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("own_media")]


@pytest.fixture
def add(cast, now):
    """add(number, seconds, guest): one file of Greta's go, or of another's."""
    goes = {}

    def one(number, seconds=0, *, guest=cast.greta, way="guest"):
        at = now + timedelta(seconds=seconds)
        sender = guest if way == "guest" else None
        if (guest, way) not in goes:
            goes[guest, way] = photo_receiving.open_upload(cast.event, way=way, by=None, guest=sender, now=now)
        out = io.BytesIO()
        Image.new("RGB", (32, 32), (number * 30, 40, 90)).save(out, "JPEG")
        return photo_receiving.receive(goes[guest, way], out, f"{number}.jpg", channel="web", now=at).photo

    return one


def thanks(sink, at):
    before = len(sink.messages)
    delivery.deliver(clock=lambda: at)
    return [
        (mail["To"], mail["Subject"], " ".join(mail.get_body(("plain",)).get_content().split()))
        for mail in sink.messages[before:]
    ]


@pytest.mark.django_db(transaction=True)
def test_one_mail_thanks_for_a_whole_go_when_no_more_has_come_for_five_minutes(cast, add, sink, now):
    for number in range(3):
        add(number, seconds=number * 240)
    assert thanks(sink, now + timedelta(minutes=12)) == []
    mails = thanks(sink, now + timedelta(minutes=14))
    ((to, subject, text),) = mails
    assert (to, subject) == (cast.greta.email, "Takk for bildene!")
    assert "3 bilder har kommet frem. En arrangør ser på bilder fra gjester før" in text
    assert "/photos/add/" in text and "0.jpg" not in text
    assert thanks(sink, now + timedelta(days=1)) == []


@pytest.mark.django_db(transaction=True)
def test_what_comes_later_is_thanked_for_apart(cast, add, sink, now):
    add(1), add(2)
    thanks(sink, now + timedelta(minutes=6))
    add(3, seconds=3600)
    ((_to, _subject, text),) = thanks(sink, now + timedelta(minutes=66))
    assert "1 bilde har kommet frem." in text


@pytest.mark.django_db(transaction=True)
def test_photos_count_whichever_of_three_at_once_is_written_first(cast, add, sink, now):
    add(1, seconds=2), add(2, seconds=1), add(3, seconds=0)
    assert "3 bilder har kommet frem." in thanks(sink, now + timedelta(minutes=6))[0][2]


@pytest.mark.django_db(transaction=True)
def test_mail_says_what_could_not_be_read_and_who_sees_the_rest(cast, add, sink, now):
    Gallery.objects.create(event=cast.event, approval="none")
    photos = [add(number) for number in range(3)]
    Photo.objects.filter(pk=photos[0].pk).update(work="refused", refusal={"code": "damaged"})
    ((_to, _subject, text),) = thanks(sink, now + timedelta(minutes=6))
    assert "2 bilder har kommet frem. De andre gjestene på arrangementet ser det som har kommet" in text
    assert "1 fil kunne ikke leses som bilde" in text


@pytest.mark.django_db(transaction=True)
def test_mail_says_that_the_gallery_is_not_open_yet(cast, add, sink, now):
    Gallery.objects.create(event=cast.event, approval="none", is_open=False)
    add(1)
    assert "når galleriet åpner" in thanks(sink, now + timedelta(minutes=6))[0][2]


@pytest.mark.django_db(transaction=True)
def test_nobody_is_thanked_for_what_was_taken_back(cast, add, sink, now):
    photo_adding.take_back(add(1), by=None, channel="web", now=now)
    assert thanks(sink, now + timedelta(minutes=6)) == []
    assert Message.objects.get().error_code == "no_longer_true"


@pytest.mark.django_db(transaction=True)
def test_thanks_come_when_the_event_is_over(cast, add, sink, now):
    Event.objects.filter(pk=cast.event.pk).update(state=Event.State.HELD)
    add(1)
    assert len(thanks(sink, now + timedelta(minutes=6))) == 1


def test_only_guests_with_an_address_are_written_to(cast, add):
    cast.henrik.contact.email = ""
    cast.henrik.contact.save()
    add(1, guest=cast.henrik)
    add(2, way="office")
    add(3, way="table")
    assert not Message.objects.exists()


def test_a_further_photo_costs_one_statement_and_the_same_again_none(cast, add):
    add(1)
    with CaptureQueriesContext(connection) as further:
        add(2, seconds=10)
    asked = [query["sql"] for query in further if "events_message" in query["sql"]]
    assert len(asked) == 1 and asked[0].startswith("UPDATE")
    due_at = Message.objects.get().due_at
    add(2, seconds=20)
    assert Message.objects.get().due_at == due_at


@pytest.mark.django_db(transaction=True)
def test_thanks_of_many_guests_ask_for_their_photos_once(cast, add, sink, now):
    for number, guest in enumerate((cast.greta, cast.henrik, cast.ines)):
        add(number, guest=guest)
    with CaptureQueriesContext(connection) as asked:
        assert len(thanks(sink, now + timedelta(minutes=6))) == 3
    assert sum("events_photo" in query["sql"] for query in asked) == 1
