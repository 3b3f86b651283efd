"""The demo when it is made, made again, and made anew."""

import io

import pytest
from django.core.management import call_command
from django.utils import timezone

from events.models import (
    Activity,
    Album,
    Answer,
    Event,
    Guest,
    History,
    Message,
    Photo,
    PhotoMark,
    Race,
    Received,
    RemovalRequest,
)
from events.reports.replies import replies

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def storage(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


def run_demo(*arguments):
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


def test_nothing_stands_in_the_future_when_the_demo_is_made():
    run_demo("--guests", "12")
    now = timezone.now()
    assert not History.objects.filter(at__gt=now).exists()
    assert not Message.objects.filter(sent_at__gt=now).exists()
    for counts in replies(Event.objects.get(state="open"))["activities"]:
        brought = Guest.objects.filter(event__state="open").exclude(companion_of=None).count()
        assert sum(counts[state] for state in Answer.State.values) == counts["invited"] == 12 + brought


def test_nothing_happens_when_the_demo_is_there_already():
    run_demo("--guests", "5")
    assert "--fresh" in run_demo("--guests", "5")
    assert Event.objects.count() == 3


def test_everything_is_made_anew_when_fresh_is_asked_for():
    run_demo("--guests", "5")
    before = set(Event.objects.values_list("pk", flat=True))
    run_demo("--fresh", "--guests", "6")
    assert Event.objects.count() == 3
    assert not before & set(Event.objects.values_list("pk", flat=True))
    assert Activity.objects.count() == 9
    assert Received.objects.count() == 2


def test_another_event_is_left_alone_when_the_demo_is_made_anew(cast):
    run_demo("--guests", "3")
    run_demo("--fresh", "--guests", "3")
    assert Guest.objects.filter(event=cast.event).count() == 3


def test_letters_of_many_kinds_have_gone_out_when_the_demo_is_made():
    run_demo("--guests", "24")
    sent = Message.objects.filter(state="sent").values_list("event__state", "letter").distinct()
    assert {("open", kind) for kind in ("save_the_date", "invitation", "reminder", "confirmation")} <= set(sent)
    assert {("held", kind) for kind in ("invitation", "thanks")} <= set(sent)
    thanked = Message.objects.filter(event__state="held", letter="thanks").values_list("content__kind", flat=True)
    assert set(thanked) == {"thanks", "thanks_declined"}
    event = Event.objects.get(state="open")
    order = [
        Message.objects.filter(event=event, letter=kind, state="sent").earliest("sent_at").sent_at
        for kind in ("save_the_date", "invitation", "reminder")
    ]
    assert order == sorted(order) and order[-1] < timezone.now()
    reminded = Message.objects.filter(event=event, letter="reminder").values("guest")
    assert not Guest.objects.filter(pk__in=reminded, answered_at__lt=order[-1]).exists()


def test_the_newest_held_edition_has_two_albums_of_photos_and_some_that_wait_when_the_demo_is_made(settings):
    run_demo("--guests", "24")
    event = Event.objects.filter(state="held").latest("held_on")
    photos = Photo.objects.filter(event=event)
    assert photos.made().count() == photos.count() == 24 == Photo.objects.count()
    assert [str(album) for album in Album.objects.filter(event=event)] == ["Løpet", "Middagen"]
    assert not photos.filter(album=None).exists()
    assert set(photos.filter(state="waiting").values_list("upload__way", flat=True)) == {"guest"}
    assert photos.filter(state="waiting").count() == 2
    assert RemovalRequest.objects.filter(photo__event=event, decision="open").count() == 1
    assert photos.with_refusals().filter(is_held_back=True).count() == 1
    assert PhotoMark.objects.filter(photo__event=event, said="guest").exists()
    assert photos.filter(photomark__isnull=False).distinct().count() > 6
    assert photos.exclude(caption="").count() > 10
    start = Race.objects.get(activity__event=event).starts_at
    assert {photo.ordered_at.date() for photo in photos} == {start.date()}
    shapes = {(photo.sizes["480"][0], photo.sizes["480"][1]) for photo in photos}
    assert len(shapes) >= 5
    pictures = {(settings.MEDIA_ROOT / photo.file("480.jpg")).read_bytes() for photo in photos}
    assert len(pictures) == 24
    run_demo("--fresh", "--guests", "3")
    places = {path.parent.name for path in settings.MEDIA_ROOT.glob("photos/*/*")}
    assert places == set(Photo.objects.values_list("place", flat=True))
