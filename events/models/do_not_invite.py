from functools import lru_cache

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from ..domain import marks
from ..domain.addresses import email_key


@lru_cache(maxsize=4)
def _keys(secrets):
    return marks.marking_keys(secrets)


def marks_of(email):
    """What an address may stand under: the mark of the key in force first, then those of its fallbacks."""
    if not email:
        return []
    return marks.marks(email_key(email), _keys((settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)))


def has_asked():
    """A function of an address: whether whoever has it asked not to be invited. One query, for any number of them."""
    known = frozenset(DoNotInvite.objects.values_list("mark", flat=True))
    return lambda email: bool(known) and not known.isdisjoint(marks_of(email))


class DoNotInviteQuerySet(models.QuerySet):
    def of(self, email):
        """The rows of whoever has this address; none for no address."""
        return self.filter(mark__in=marks_of(email))


class DoNotInvite(models.Model):
    """Somebody who does not want to be invited again, known by nothing but a keyed hash of the address (P11)."""

    mark = models.CharField(max_length=64, unique=True, editable=False)
    since_on = models.DateField(_("since"))

    objects = DoNotInviteQuerySet.as_manager()

    class Privacy:
        kept = ("id", "mark", "since_on")

    class Meta:
        verbose_name = _("not to be invited")
        verbose_name_plural = _("not to be invited")

    def __str__(self):
        return str(self.since_on)
