"""What a guest agrees to, said and withdrawn: apart for each purpose, with the text, the language and the way."""

from django.db import transaction

from ..models import Consent, Guest, History, Race
from ..models.consent_texts import TEXTS
from . import history, photo_marks, results

YES, NO = "yes", "no"


@transaction.atomic
def say(guest, purpose, is_given, *, by, channel, language, now):
    """Keeps the guest's yes or no to one of the purposes in consent_texts.TEXTS, in the wording that is shown now.

    What was said before is withdrawn at the same moment, so that one is in force. Saying the same to the same wording
    again writes nothing. Returns the Consent in force. What the house writes down (by a user) may be undone, if it was
    a yes: so the history keeps what was said before.
    """
    version = TEXTS[purpose].version
    Guest.objects.select_for_update(no_key=True).only("pk").get(pk=guest.pk)  # two at once would both find nothing said
    before = Consent.objects.in_force().filter(guest=guest, purpose=purpose).first()
    if before and (before.is_given, before.text_version) == (is_given, version):
        return before
    if before:
        now = max(now, before.said_at)  # another machine's clock may be a little ahead
        before.withdrawn_at = now
        before.save(update_fields=["withdrawn_at"])
    said = Consent.objects.create(
        guest=guest, purpose=purpose, is_given=is_given, text_version=version, language=language, channel=channel,
        said_at=now,
    )  # fmt: skip
    written_down = {"before": _code(before)} if by else {}
    history.record(
        guest.event, History.What.CONSENT, by=by, channel=channel, now=now, guest=guest, purpose=purpose,
        after=_code(said), **written_down,
    )  # fmt: skip
    _follow(guest, purpose, is_given=is_given)
    return said


@transaction.atomic
def take_back(guest, purpose, *, now):
    """A yes that should not have been written down is gone at once; the no before it, if there was one, holds again.

    Returns whether there was a yes.
    """
    Guest.objects.select_for_update(no_key=True).only("pk").get(pk=guest.pk)
    said = Consent.objects.filter(guest=guest, purpose=purpose)
    found = said.in_force().filter(is_given=True).first()
    if found:
        found.withdrawn_at = max(now, found.said_at)
        found.save(update_fields=["withdrawn_at"])
        says_no = said.filter(is_given=False, withdrawn_at=found.said_at).update(withdrawn_at=None)
        _follow(guest, purpose, is_given=not says_no)
    return found is not None


def _follow(guest, purpose, *, is_given):
    """What others see follows at once."""
    if purpose == Consent.Purpose.NAME:
        results.shown_anew(Race.objects.run_by(guest))
    elif purpose == Consent.Purpose.PHOTOS and not is_given:
        photo_marks.hold_back(guest)


def _code(consent):
    return "" if consent is None else YES if consent.is_given else NO
