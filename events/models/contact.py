from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from ..domain.addresses import email_key
from ..domain.names import traces


class ContactQuerySet(models.QuerySet):
    def same_person(self, name, email):
        """The contact with this address and name, in whatever order the words stand, as lists are read; else None."""
        if not email:
            return None
        wanted = traces(name, email_key(email), "")
        found = self.filter(email_key=email_key(email)).order_by("pk")
        return next((contact for contact in found if traces(contact.name, contact.email_key, "") == wanted), None)


class Contact(models.Model):
    """A person we know at a company; outlives events."""

    company = models.ForeignKey("events.Company", models.PROTECT, null=True, blank=True, verbose_name=_("company"))
    host = models.ForeignKey(
        "events.Host", models.SET_NULL, null=True, blank=True, verbose_name=_("host"),
        help_text=_("Whoever knows this person best."),
    )  # fmt: skip
    name = models.CharField(_("name"), max_length=150)
    first_name = models.CharField(_("first name"), max_length=150, blank=True, help_text=_("As in a greeting."))
    key = models.CharField(_("folded name"), max_length=150, db_index=True, editable=False)
    sort_key = models.CharField(max_length=80, editable=False)
    email = models.CharField(_("mail"), max_length=254, blank=True)
    email_key = models.CharField(max_length=254, blank=True, db_index=True, editable=False)
    email_fails = models.BooleanField(
        _("mail does not arrive"), default=False, help_text=_("The address was refused for good.")
    )
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    language = models.CharField(_("language"), max_length=2, choices=settings.LANGUAGES, blank=True)
    external_id = models.CharField(_("personal number in your own system"), max_length=60, blank=True)
    unsubscribed_at = models.DateTimeField(_("wants no more mail since"), null=True, blank=True)
    kept_until_on = models.DateField(
        _("kept until"), null=True, blank=True, editable=False,
        help_text=_("A guest nowhere any more: agreed to be invited again, or the event was thrown away."),
    )  # fmt: skip
    created_at = models.DateTimeField(_("made at"))

    objects = ContactQuerySet.as_manager()

    class Privacy:
        row_goes = True
        erased = {
            "name": "–", "first_name": "", "key": "–", "sort_key": "", "email": "", "email_key": "",
            "email_fails": False, "phone": "", "language": "", "external_id": "", "host": None,
            "unsubscribed_at": None, "kept_until_on": None,
        }  # fmt: skip
        kept = ("id", "company", "created_at")

    class Meta:
        verbose_name = _("contact")
        verbose_name_plural = _("contacts")
        ordering = ["sort_key", "pk"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="contact_has_a_name"),
            models.UniqueConstraint(
                fields=["email_key", "key"], condition=~Q(email_key=""), name="contact_is_one_person",
                violation_error_message=_("This person is there already, with the same name and address."),
            ),
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="contact_external_id_is_unique",
                violation_error_message=_("Another contact has this number."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name
