"""What the demo's invented runners run, year after year. The same number gives the same."""

from .racetime import MINUTE, SECOND
from .ranking import Status

QUICKEST, SLOWEST = 11 * MINUTE + 43 * SECOND, 33 * MINUTE
# How a runner's times differ from the first of them, in seconds, by runner and by year: pers, tangert, a heavy day.
YEARS = ((0, -24, -40), (0, 38, 10), (0, 0, -6), (0, -85, 20), (0, 64, 64), (0, -11, -31), (0, 15, -70))
NOT_FINISHED = {6: Status.DNF, 15: Status.DNS, 19: Status.DNF}
ON_TARGET = (0, 3, -7, 14, 40, -25, 90)  # seconds off the ambition, of those whose ambition is near what they can


def born(number: int, year: int) -> int:
    """A year of birth that makes a grown-up."""
    return year - 24 - number * 7 % 41


def time_ms(number: int, edition: int) -> int:
    """The runner's time in an edition, counted from 0."""
    first = QUICKEST + (number * 7919 % ((SLOWEST - QUICKEST) // SECOND)) * SECOND
    return first + YEARS[number % len(YEARS)][edition] * SECOND


def told_ms(number: int, edition: int) -> int | None:
    """A time from before that the runner tells of: of every third one a little slower, of some just as quick."""
    if number % len(YEARS) == 2:
        return time_ms(number, edition)
    return time_ms(number, 0) + 30 * SECOND if number % 3 == 0 else None


def status(place_in_list: int, edition: int) -> Status:
    """Some do not finish, and some do not come to the start; not the same ones each year."""
    return NOT_FINISHED.get(place_in_list + edition * 2, Status.OK)


def ambition_seconds(number: int, edition: int) -> int:
    """What the runner hopes for: round figures, and not far off."""
    seconds = time_ms(number, edition) // SECOND + ON_TARGET[number % len(ON_TARGET)]
    return seconds if number % 3 == 0 else round(seconds / 30) * 30
