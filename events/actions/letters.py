"""The organisers' own texts of letters, and a test mail to oneself."""

from django.conf import settings
from django.db import transaction

from .. import emails
from ..domain import letters
from ..domain.delivery import NotTaken, judge
from ..models import Letter
from ..models.line import places_in_line
from ..models.party import with_companions
from .lines import line_to


class NoAddress(ValueError):
    """The user has no mail address to send a test to."""


class TestNotSent(Exception):
    """The mail server did not take the test; carries the outbox's code."""

    __test__ = False  # not one of pytest's

    def __init__(self, code):
        super().__init__(code)
        self.code = code


@transaction.atomic
def write(event, kind, language, *, subject, preheader, body, by, now):
    """Keeps the organiser's text of one letter in one language. Returns the Letter.

    Raises letters.UnknownPlaceholder (S21), and letters.HasLineBreak for subject and preheader (M1).
    """
    for text in (letters.one_line(subject), letters.one_line(preheader), body):
        for name, line, column in letters.unknown_placeholders(text):
            raise letters.UnknownPlaceholder(name, line=line, column=column)
    texts = {"subject": letters.one_line(subject), "preheader": letters.one_line(preheader), "body": body}
    letter, _made = Letter.objects.update_or_create(event=event, kind=kind, language=language, defaults=texts)
    return letter


@transaction.atomic
def forget(event, kind, language, *, by, now):
    """Back to our own text. Doing it twice is harmless."""
    Letter.objects.filter(event=event, kind=kind, language=language).delete()


def send_test(event, letter, language, *, as_guest, to_user, now):
    """Sends the letter as this guest would get it to the user's own address, at once, marked as a test.

    Its links lead to the site's first page and open nothing of the guest's. Raises NoAddress, TestNotSent, and as
    emails.compose does.
    """
    if not to_user.email:
        raise NoAddress
    answers = with_companions(list(as_guest.answer_set.all()))
    edition = emails.editions([event.pk])[event.pk]
    about = next((answer.activity_id for answer in answers), None) if letter == Letter.Kind.PROMOTED else None
    content = emails.compose(
        emails.text_kind(letter, as_guest, answers), as_guest, edition, answers, now=now, language=language,
        activity_id=about, places=places_in_line([as_guest.pk]).get(as_guest.pk),
    )  # fmt: skip
    content["path"] = ""
    inside, message_id = emails.photos_inside(content, as_guest), emails.new_message_id()
    rendered = emails.render(
        content, link=f"{settings.SITE_URL}/", unsubscribe_url="", is_test=True,
        inside=emails.in_mail(inside, message_id),
    )  # fmt: skip
    files = emails.calendar_files(letter, as_guest, edition, answers, content["language"], activity_id=about)
    mail = emails.envelope(
        content, rendered, to=to_user.email, message_id=message_id, files=files, inside=inside
    )  # fmt: skip
    line = line_to()
    try:
        parcel = line.parcel(mail, emails.our_address())
        line.open()
        line.send(parcel)
    except NotTaken as refusal:
        raise TestNotSent(judge(refusal).code) from None
    finally:
        line.close()
