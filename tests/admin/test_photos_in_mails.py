"""A mail with own photos, shown in the back office as the guest gets it."""

import re
from base64 import b64decode

import pytest
from django.core.files.storage import default_storage

from events.actions import delivery
from tests import factories, photo_rows

PICTURE = re.compile(r'src="data:image/jpeg;base64,([^"]+)"')


@pytest.fixture
def photo(cast):
    photo = photo_rows.make_photo(cast.event)
    photo_rows.mark(photo, cast.greta)
    return photo


def shown(office, address):
    """The pictures in a frame, and the policy of it."""
    answer = office("otto").get(address)
    policy = dict(part.strip().partition(" ")[::2] for part in answer["Content-Security-Policy"].split(";"))
    return [b64decode(found) for found in PICTURE.findall(answer.content.decode())], policy["img-src"].split()


def stored(photo):
    with default_storage.open(photo.file("480.jpg")) as file:
        return file.read()


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("is_sent", [False, True])
def test_a_mail_shows_the_photos_it_has_when_it_waits_and_when_it_is_sent(cast, office, photo, sink, is_sent):
    message = factories.make_message(cast.greta, letter="thanks", key="thanks")
    if is_sent:
        assert delivery.deliver().sent == 1
    frame = f"/admin/events/event/{cast.event.pk}/outbox/{message.pk}/mail/"
    pictures, allowed = shown(office, frame)
    assert pictures == [stored(photo)]
    assert "data:" in allowed
    cast.event.photo_set.update(state="hidden")
    assert shown(office, frame)[0] == []


def test_a_letter_being_written_shows_the_photos_of_the_guest_it_is_shown_as(cast, office, photo):
    frame = f"/admin/events/event/{cast.event.pk}/letters/thanks/nb/preview/?guest="
    assert shown(office, f"{frame}{cast.greta.pk}")[0] == [stored(photo)]
    assert shown(office, f"{frame}{cast.henrik.pk}")[0] == []
