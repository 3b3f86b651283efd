"""Who is asked about the race and the organiser's questions, and who has told already."""

from ..models import Activity, Answer


def _takes_part(answer):
    """The guest, or somebody the guest brings (views.cards.answers_of)."""
    return not answer.activity.is_cancelled and any(row.is_taking_part for row in (answer, *answer.companions))


def about_the_race(guest, answers):
    return any(_takes_part(answer) and answer.activity.kind == Activity.Kind.RACE for answer in answers)


def has_told_about_the_race(guest):
    return not Answer.objects.of_party(guest).taking_part().to_races().without_entry().exists()


def own_questions(guest, answers):
    return any(_takes_part(answer) and answer.has_questions for answer in answers)


def has_seen_all_questions(guest):
    return not Answer.objects.of_party(guest).taking_part().with_open_questions().exists()
