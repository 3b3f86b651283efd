"""The waves of a race: made, changed and removed by hand."""

from django.db import transaction

from ..models import Entry, History, Wave
from . import history, races, start_writing


class WaveInUse(ValueError):
    """Runners are in the wave; carries how many."""

    def __init__(self, heads):
        super().__init__(heads)
        self.heads = heads


@transaction.atomic
def save_wave(activity, fields, *, by, channel, now, wave=None):
    """Makes a wave or changes one; calendars follow the time. Returns it."""
    race = races.of(activity)
    wave = wave or Wave(race=race)
    moved = wave.pk and wave.starts_at != fields["starts_at"]
    for name, value in fields.items():
        setattr(wave, name, value)
    wave.save()
    history.record(
        activity.event, History.What.RACE_SET, by=by, channel=channel, now=now, activity=activity, fields=["waves"],
        wave=wave.pk,
    )  # fmt: skip
    if moved:
        start_writing.follow(race, list(Entry.objects.filter(wave=wave).values_list("guest", flat=True)), now=now)
    return wave


@transaction.atomic
def remove_wave(activity, wave, *, by, channel, now):
    """Removes a wave that nobody is in. Raises WaveInUse."""
    races.of(activity)
    if heads := Entry.objects.filter(wave=wave).count():
        raise WaveInUse(heads)
    history.record(
        activity.event, History.What.RACE_SET, by=by, channel=channel, now=now, activity=activity, fields=["waves"],
        wave=wave.pk,
    )  # fmt: skip
    wave.delete()
