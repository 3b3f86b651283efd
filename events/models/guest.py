from django.conf import settings
from django.db import models
from django.db.models import F, FilteredRelation, Prefetch, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

ERASED = "–"  # stands for the name of whoever was forgotten


class GuestQuerySet(models.QuerySet):
    def coming_to(self, activity):
        return self.filter(answer__activity=activity, answer__state="coming")

    def marked(self):
        """Those of whom somebody has said whether they were there."""
        return self.exclude(has_come=None)

    def silent(self):
        """Those who have said nothing at all."""
        return self.filter(answered_at=None)

    def who_agreed(self, purpose):
        """Those who have said yes to a purpose of Consent, and not withdrawn it."""
        return self.filter(consent__purpose=purpose, consent__is_given=True, consent__withdrawn_at=None)

    def with_consent(self, purpose):
        """Each with `agrees`: True or False as said to the purpose, None without an answer."""
        in_force = Q(consent__purpose=purpose, consent__withdrawn_at=None)
        return self.annotate(in_force=FilteredRelation("consent", condition=in_force), agrees=F("in_force__is_given"))

    def without_mail(self):
        return self.filter(contact__email="")

    def looked_after_by(self, host):
        """A host's own guests: by the guest, else by the contact, and whom they bring (`Guest.host_in_charge_id`)."""
        brought = Q(companion_of__host=host) | Q(companion_of__host=None, companion_of__contact__host=host)
        return self.filter(Q(host=host) | Q(host=None, contact__host=host) | (Q(host=None, contact=None) & brought))

    def invited(self):
        """Without the companions, who are invited through somebody."""
        return self.filter(companion_of=None)

    def party_of(self, guest_id):
        """The guest, and the companions."""
        return self.filter(Q(pk=guest_id) | Q(companion_of=guest_id))

    def with_whom(self):
        """With those whom companions come with, for their names; no query where nobody is a companion."""
        return self.prefetch_related(Prefetch("companion_of", Guest.objects.select_related("contact")))


class Guest(models.Model):
    """A contact at one event, or a companion whom a guest brings."""

    event = models.ForeignKey("events.Event", models.PROTECT, verbose_name=_("event"))
    contact = models.ForeignKey("events.Contact", models.PROTECT, null=True, blank=True, verbose_name=_("contact"))
    companion_of = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="companions", verbose_name=_("comes with")
    )
    companion_name = models.CharField(_("companion's name"), max_length=150, blank=True)
    replaces = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="substitutes", verbose_name=_("comes instead of")
    )
    host = models.ForeignKey("events.Host", models.SET_NULL, null=True, blank=True, verbose_name=_("host"))
    language = models.CharField(
        _("language"), max_length=2, choices=settings.LANGUAGES, blank=True,
        help_text=_("As the guest chose it; empty means the contact's."),
    )  # fmt: skip
    companions_allowed = models.PositiveSmallIntegerField(_("may bring"), default=0)
    splits_party = models.BooleanField(
        _("may be split"), default=False, help_text=_("Whoever comes together also takes places one at a time.")
    )
    has_come = models.BooleanField(
        _("was there"), null=True, blank=True, editable=False,
        help_text=_("Empty as long as nobody has said so; then whoever was coming counts as having come."),
    )  # fmt: skip
    note = models.TextField(_("note"), blank=True, help_text=_("For organisers and hosts only."))
    search_text = models.TextField(editable=False, blank=True)
    sort_key = models.CharField(max_length=80, editable=False)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True, editable=False)
    forgotten_at = models.DateTimeField(_("forgotten at"), null=True, blank=True, editable=False)
    created_at = models.DateTimeField(_("made at"))

    objects = GuestQuerySet.as_manager()

    class Privacy:
        erased = {
            "contact": None, "companion_name": ERASED, "host": None, "language": "", "note": "",
            "search_text": "", "sort_key": "",
        }  # fmt: skip
        kept = (
            "id", "event", "companion_of", "replaces", "companions_allowed", "splits_party", "has_come", "answered_at",
            "forgotten_at", "created_at",
        )  # fmt: skip

    class Meta:
        verbose_name = _("guest")
        verbose_name_plural = _("guests")
        ordering = ["sort_key", "pk"]
        indexes = [models.Index(fields=["event", "sort_key", "id"], name="guest_in_order")]
        constraints = [
            models.UniqueConstraint(
                fields=["event", "contact"], name="guest_is_invited_once",
                violation_error_message=_("This person is a guest of the event already."),
            ),
            models.CheckConstraint(
                condition=Q(contact=None) | Q(companion_of=None), name="guest_is_contact_or_companion",
                violation_error_message=_("A guest is either a contact or somebody's companion."),
            ),
        ]  # fmt: skip

    def __str__(self):
        return self.name

    @property
    def name(self):
        if self.contact_id:
            return self.contact.name
        if self.companion_name == ERASED:
            return gettext("erased guest")
        if self.companion_name or not self.companion_of_id:
            return self.companion_name
        return gettext("Companion of %(name)s") % {"name": self.companion_of.name}

    @property
    def leader(self):
        """Whoever answers for this guest and gets the letters: a companion's is the one who brings it."""
        return self.companion_of if self.companion_of_id else self

    @property
    def company_name(self):
        """That of the guest's company, or of the company of whoever brings the guest; may be ""."""
        contact = self.leader.contact
        return contact.company.name if contact and contact.company_id else ""

    @property
    def comes_with(self):
        """ "with Kari Nordås" beside a companion's own name; "" where there is nothing to add."""
        if not self.companion_of_id or not self.companion_name:
            return ""
        return gettext("with %(name)s") % {"name": self.companion_of.name}

    @property
    def name_in_lists(self):
        """ "Ola Berge, with Kari Nordås"; of all but companions the name."""
        return ", ".join(filter(None, (self.name, self.comes_with)))

    @property
    def first_name(self):
        return (self.contact.first_name if self.contact_id else "") or self.name.split(" ")[0]

    @property
    def email(self):
        return self.contact.email if self.contact_id else ""

    @property
    def reader(self):
        """Who gets the mails about this guest: the guest, or whoever brings the guest; None without an address."""
        return self.leader if self.leader.email else None

    @property
    def host_in_charge_id(self):
        """The guest's own host, else the contact's, else that of whoever brings the guest; may be None."""
        own = self.host_id or (self.contact.host_id if self.contact_id else None)
        return own or (self.companion_of.host_in_charge_id if self.companion_of_id else None)

    @property
    def mail_language(self):
        return self.language or (self.contact.language if self.contact_id else "") or settings.LANGUAGE_CODE
