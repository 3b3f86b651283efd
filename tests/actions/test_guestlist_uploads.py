"""A guest list that is applied at the very moment somebody puts it away: it is one or the other."""

import threading

import pytest
from django.db import connection
from django.utils import timezone

from events.actions import guestlist_uploads as uploads
from events.models import Guest, GuestListUpload

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("own_media")]
LIST = b"Navn;E-post\nKari Moe;kari.moe@kunde.example\nOle Berg;ole.berg@kunde.example\n"


@pytest.fixture
def ready(cast):
    """A list that has been looked at and could be applied."""
    now = timezone.now()
    upload = uploads.receive(cast.event, LIST, "gjester.csv", by=cast.otto, now=now)
    assert uploads.choose_columns(upload, uploads.look_at(LIST), mapping={}, sheet="", now=now)
    uploads.carry_on(upload.pk, now=now, clock=timezone.now)
    upload.refresh_from_db()
    assert upload.state == "ready"
    return upload


def apply(upload, said):
    try:
        said.append(uploads.start(upload, turn=upload.fields["turn"], now=timezone.now()))
        uploads.carry_on(upload.pk, now=timezone.now(), clock=timezone.now)
    finally:
        connection.close()


def test_nobody_is_a_guest_of_a_list_that_was_put_away_first(ready, monkeypatch):
    before, said, threads, take_away = Guest.objects.count(), [], [], uploads.take_away

    def slowly(row):
        threads.append(threading.Thread(target=apply, args=[ready, said]))
        threads[0].start()
        threads[0].join(1)  # comes first if nothing keeps it
        take_away(row)

    monkeypatch.setattr(uploads, "take_away", slowly)
    assert uploads.put_away(ready)
    threads[0].join(60)
    assert said == [False]
    assert (GuestListUpload.objects.count(), Guest.objects.count()) == (0, before)


def test_list_that_is_being_applied_is_not_put_away(ready):
    before = Guest.objects.count()
    assert uploads.start(ready, turn=ready.fields["turn"], now=timezone.now())
    assert not uploads.put_away(ready)
    uploads.carry_on(ready.pk, now=timezone.now(), clock=timezone.now)
    assert (GuestListUpload.objects.get().state, Guest.objects.count()) == ("applied", before + 2)
