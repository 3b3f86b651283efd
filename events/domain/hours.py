"""When people like to get a mail: on a weekday, between eight and six, by the clock of where the event is."""

from datetime import datetime, time, timedelta

OPENS, CLOSES = time(8), time(18)
MORNING = time(9)


def is_civil(moment: datetime) -> bool:
    """Whether this local moment lies within office hours."""
    return moment.weekday() < 5 and OPENS <= moment.time() < CLOSES


def next_morning(moment: datetime) -> datetime:
    """Nine o'clock on the next weekday that is still ahead of this local moment."""
    day = moment.date()
    while True:
        morning = datetime.combine(day, MORNING, moment.tzinfo)
        if morning > moment and morning.weekday() < 5:
            return morning
        day += timedelta(days=1)
