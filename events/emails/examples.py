"""What each placeholder stands for in one guest's letter."""

from django.utils import timezone

from ..domain import letter_texts, letters, markup
from .content import compose
from .preview import standing_of

NAMES = tuple(sorted(letters.PLACEHOLDERS - {"link"}))
_EACH_APART = letter_texts.Text(subject="", preheader="", body="\n{link}\n".join(f"= {{{name}}}" for name in NAMES))


def examples(letter, guest, edition, *, language, now=None, activity=None, said=(), facts=None, standing=None):
    """{placeholder: what stands there, "" where there is nothing to say}; without the link.

    They are read from a letter that holds nothing else, so they are what the letter in hand would say.
    """
    edition.letters[letter, language] = _EACH_APART
    answers, places = standing or standing_of(guest)
    content = compose(
        letter, guest, edition, answers, now=now or timezone.now(), language=language, places=places,
        activity_id=activity and activity.pk, said=said, facts=facts,
    )  # fmt: skip
    values, names = dict.fromkeys(NAMES, ""), iter(NAMES)
    name = next(names)
    for part in content["parts"]:
        if "text" in part:
            values[name] = markup.to_text(part["text"]).removeprefix("=").strip()
        else:
            name = next(names, name)
    return values
