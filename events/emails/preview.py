"""A letter as it would go out now."""

from django.utils import timezone

from ..models.line import places_in_line
from ..models.party import with_companions
from .content import compose, editions
from .look import render
from .ways import links_in


def preview(event, letter, language, guest, *, now=None, activity=None, said=(), facts=None, edition=None):
    """Rendered, with the guest's own links; language None is the guest's. Raises as compose does.

    With an edition of a programme that is only thought of, as it would be then.
    """
    answers = with_companions(list(guest.answer_set.all()))
    content = compose(
        letter, guest, edition or editions([event.pk])[event.pk], answers, now=now or timezone.now(),
        language=language, places=places_in_line([guest.pk]).get(guest.pk), activity_id=activity and activity.pk,
        said=said, facts=facts,
    )  # fmt: skip
    link, unsubscribe_url = links_in(letter, guest)
    return render(content, link=link, unsubscribe_url=unsubscribe_url)
