from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class Host(models.Model):
    """The employee who knows the guest. Without an address answers go to the event's contact."""

    name = models.CharField(_("name"), max_length=150)
    key = models.CharField(_("folded name"), max_length=150, db_index=True, editable=False)
    email = models.EmailField(_("mail"), blank=True)
    phone = models.CharField(_("phone"), max_length=40, blank=True)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, verbose_name=_("login")
    )

    class Privacy:
        kept = ("id", "name", "key", "email", "phone", "user")  # an employee, by the company's own rules

    class Meta:
        verbose_name = _("host")
        verbose_name_plural = _("hosts")
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(condition=~Q(key=""), name="host_has_a_name"),
            models.UniqueConstraint(
                fields=["email"], condition=~Q(email=""), name="host_email_is_unique",
                violation_error_message=_("Another host has this address."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def initials(self):
        words = [word for word in self.name.split() if word[0].isalpha()]
        return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()
