"""A letter as it would go out now."""

from django.utils import timezone

from ..models.line import places_in_line
from ..models.party import with_companions
from .content import compose
from .edition import editions
from .look import render
from .photos_inside import in_pages, photos_inside
from .ways import links_in, text_kind

DARK = "@media (prefers-color-scheme: dark)"


def standing_of(guest):
    """(answers with companions, {activity id: place in line}): what a letter needs to know of this guest."""
    answers = with_companions(list(guest.answer_set.with_start()))
    return answers, places_in_line([guest.pk], answers).get(guest.pk)


def preview(
    event, letter, language, guest, *, now=None, activity=None, said=(), facts=None, texts=None, edition=None,
    standing=None,
):  # fmt: skip
    """Rendered, with the guest's own links; language None is the guest's. texts are those of a free letter that is on
    its way; edition is the event's where it is known, or that of a programme that is only thought of, as it would be
    then. Raises as compose does.
    """
    answers, places = standing or standing_of(guest)
    edition = edition or editions([event.pk])[event.pk]
    content = compose(
        text_kind(letter, guest, answers), guest, edition.saying(letter, texts) if texts else edition, answers,
        now=now or timezone.now(), language=language, places=places,
        activity_id=activity and activity.pk, said=said, facts=facts,
    )  # fmt: skip
    link, unsubscribe_url = links_in(letter, guest)
    inside = in_pages(photos_inside(content, guest))
    return render(content, link=link, unsubscribe_url=unsubscribe_url, inside=inside)


def in_scheme(html, *, is_dark):
    """A letter's HTML as a screen in the dark, or in the light, shows it, whatever the screen in hand is set to."""
    head, mark, page = html.partition("<style>")  # what people wrote stands before as text, and after
    return head + mark + page.replace(DARK, "@media all" if is_dark else "@media not all", 1)
