"""A letter as one guest would get it now."""

from django.utils import timezone

from ..models import links
from ..models.line import places_in_line
from ..models.party import with_companions
from .content import compose, editions
from .look import render


def preview(event, letter, language, guest, *, now=None, activity=None):
    """Rendered, with the guest's own links; language None is the guest's. Raises as compose does."""
    answers = with_companions(list(guest.answer_set.all()))
    content = compose(
        letter, guest, editions([event.pk])[event.pk], answers, now=now or timezone.now(), language=language,
        places=places_in_line([guest.pk]).get(guest.pk), activity_id=activity and activity.pk,
    )  # fmt: skip
    return render(content, link=links.url(guest.invitation), unsubscribe_url=links.unsubscribe_url(guest.invitation))
