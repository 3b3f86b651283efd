"""The demo when it is made again, and made anew."""

import io

import pytest
from django.core.management import call_command

from events.models import Activity, Event, Guest, Photo, Received


def run_demo(*arguments):
    out = io.StringIO()
    call_command("demo", *arguments, stdout=out)
    return out.getvalue()


@pytest.mark.django_db(transaction=True)
def test_nothing_happens_until_fresh_is_asked_for_and_another_event_is_left_alone(cast, own_media):
    run_demo("--guests", "3")
    before = set(Event.objects.values_list("pk", flat=True))
    assert len(before) == 5
    assert "--fresh" in run_demo("--guests", "3")
    assert set(Event.objects.values_list("pk", flat=True)) == before

    run_demo("--fresh", "--guests", "6")
    assert Event.objects.count() == 5
    assert before & set(Event.objects.values_list("pk", flat=True)) == {cast.event.pk, cast.other_event.pk}
    assert Activity.objects.exclude(event__in=[cast.event, cast.other_event]).count() == 9
    assert Received.objects.count() == 2
    assert Guest.objects.filter(event=cast.event).count() == 3
    places = {path.parent.name for path in own_media.glob("photos/*/*")}
    assert places == set(Photo.objects.values_list("place", flat=True))
