"""What one has to know before one leaves home: when, where, in which clothes, with whom, and what to bring."""

from ..domain import letters
from ..domain.answers import State
from ..models.own_start import start_words
from .companions import joined


def practical(edition, answers, language):
    """A row for each activity that takes place and to which the guest, or somebody the guest brings, comes."""
    words, rows = edition.words(language), edition.in_language(language)[1]
    party = {answer.activity_id: (answer, *getattr(answer, "companions", ())) for answer in answers}
    return [
        {
            **_row(edition.activities[pk], row, words, language),
            "starts": _starts(party[pk], edition.event, language),
            "together": _together(party[pk], words),
        }
        for pk, row in rows.items()
        if not row["is_cancelled"] and any(one.state == State.COMING for one in party.get(pk, ()))
    ]


def what_to_bring(edition, language):
    """The organiser's words on it below a heading, as a stretch of markup."""
    text = letters.verbatim(edition.event.bring.in_language(language))
    return f"## {edition.words(language).bring}\n\n{text}"


def _row(activity, row, words, language):
    return {
        "time": row["time"],
        "title": row["title"],
        "place": row["place"],
        "address": activity.address,
        "dress": activity.dress.in_language(language),
        "map": words.map.replace("{place}", row["place"] or row["title"]) if activity.map_url else "",
        "map_url": activity.map_url,
    }


def _starts(party, event, language):
    """A line for each of the party whose start in the race is given out."""
    guest, *companions = party
    called = [(guest, "")] + [(one, letters.without_urls(one.companion_name)) for one in companions]
    lines = [
        start_words(one, event, language, name=name, tone=event.tone) for one, name in called if one is guest or name
    ]
    return [line for line in lines if line]


def _together(party, words):
    """Who else comes to it, by name; a companion without a name yet is not spoken of."""
    _guest, *companions = party
    names = [letters.without_urls(one.companion_name) for one in companions if one.state == State.COMING]
    names = [name for name in names if name]
    return words.together.replace("{names}", joined(names, words)) if names else ""
