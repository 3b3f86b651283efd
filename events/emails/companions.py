"""What letters say of those who come with a guest. Their names were typed by guests: web addresses are cut out (M3)."""

from ..domain import letters
from ..domain.answers import State


def told_with_companions(told, answers, words):
    """The rows of `told`, each with a sentence for every companion there is something to say of."""
    mates = {answer.activity_id: answer.companions for answer in answers}
    return [
        {**row, "companions": [] if row["is_cancelled"] else _sentences(mates.get(row["activity"], ()), words)}
        for row in told
    ]


def _sentences(mates, words):
    said = [(mate, words.companions[mate.state]) for mate in mates if mate.state in words.companions]
    return [
        {
            "state": mate.state,
            "sentence": sentence.replace("{place}", str(mate.place)).replace("{name}", _called(mate, words)),
        }
        for mate, sentence in said
    ]


def who(answers, activity_id, words):
    """Who got a place from the waiting list, as it stands behind "for": you, you and Ola Berge …

    When nobody is to be asked about it (any more), it is you.
    """
    answer = next((answer for answer in answers if answer.activity_id == activity_id), None)
    mates = [mate for mate in answer.companions if is_asked(mate)] if answer else []
    if not mates:
        return words.who["you"]
    named = [name for name in (letters.without_urls(mate.companion_name) for mate in mates) if name]
    key = "both" if is_asked(answer) else "companions"
    if len(named) < len(mates):
        return words.who[f"{key}_unnamed"]
    return words.who[key].replace("{names}", joined(named, words))


def joined(names, words):
    """Ola, Kai and Eli."""
    *first, last = names
    return words.last_and.replace("{first}", ", ".join(first)).replace("{last}", last) if first else last


def is_asked(answer):
    """Whether this answer holds a place from the waiting list that has not been said yes to."""
    return answer.state == State.COMING and answer.promoted_at is not None


def _called(mate, words):
    return letters.without_urls(mate.companion_name) or words.companion
