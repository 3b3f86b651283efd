"""Whom a letter goes to, in fields with live counts; when it is sent; and what the presser had seen."""

from dataclasses import replace

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..domain import names, segments
from ..domain.audiences import Wish
from ..domain.ranges import Ranges
from ..domain.segments import Segment
from ..models import Answer, Company, Letter
from ..models.audience_words import BEFORE, BRINGS, GROUPS, MAIL
from .fields import MomentField

USUAL = {
    Letter.Kind.REMINDER: "unanswered", Letter.Kind.PRACTICAL: "coming", Letter.Kind.RESULTS: "started",
    Letter.Kind.SURVEY: "came",
}  # fmt: skip
SILENT_DAYS = 7
ANY = _("any")
NOT = "not_"  # before the names of the fields that leave somebody out


def _choice(label, pairs, empty=ANY):
    return forms.ChoiceField(label=label, choices=[("", empty), *pairs], required=False)


class AudienceForm(forms.Form):
    """Asks for a Wish. A choice that is not there falls back to nobody's surprise: as if it had not been asked.

    people are those whose hosts can be chosen; without them, as when "send" is pressed, whatever was chosen holds.
    """

    days = forms.IntegerField(
        label=_("days of silence"),
        required=False,
        min_value=0,
        max_value=999,
        widget=forms.NumberInput(attrs={"min": 0}),
    )
    company = forms.CharField(label=_("company"), required=False, max_length=100)
    not_company = forms.CharField(label=_("company"), required=False, max_length=100)
    first = ("to", "activity")
    leaving_out = ("not_to", "not_activity", "not_mail", "not_host", "not_before", "not_company")

    def __init__(self, data, *, event, letter, activities, people):
        self.event, self.activities, self.people = event, activities, people
        self.usual = USUAL.get(letter, "all")
        usual = {"to": self.usual, "days": str(SILENT_DAYS)}
        self.ticked = Ranges(",".join(data.getlist("only")))
        self.without = Ranges(",".join(data.getlist("without")))
        super().__init__({**usual, **{name: value for name, value in data.dict().items() if value}})
        parts = [(str(activity.pk), str(activity)) for activity in activities]
        hosts = self._hosts()
        self.fields |= {
            "to": forms.ChoiceField(label=_("to"), choices=list(GROUPS.items()), required=False),
            "not_to": _choice(_("but not to"), list(GROUPS.items())[1:], _("nobody left out")),
            "language": _choice(_("language"), settings.LANGUAGES),
            "brings": _choice(_("companions"), BRINGS.items()),
        }
        for before in ("", NOT):
            self.fields[f"{before}activity"] = _choice(_("part"), parts, _("any part"))
            self.fields[f"{before}mail"] = _choice(_("invitation"), MAIL.items())
            self.fields[f"{before}host"] = _choice(_("host"), hosts)
            self.fields[f"{before}before"] = _choice(_("earlier years"), BEFORE.items())
        answers = [*Answer.State.choices, (segments.UNINVITED, _("not invited"))]
        self.by_answer = {f"answer-{activity.pk}": _choice(str(activity), answers) for activity in activities}
        self.fields |= self.by_answer
        self.is_valid()

    @property
    def more(self):
        """The names of the fields that most letters need not."""
        return ("mail", "days", "host", "company", "language", "before", "brings", *self.by_answer)

    def _hosts(self):
        if self.people is None:
            chosen = {self.data.get(name, "") for name in ("host", f"{NOT}host")}
            return [(pk, pk) for pk in chosen if pk.isascii() and pk.isdecimal()]
        known = sorted({(person.host_name, person.host) for person in self.people if person.host})
        return [("0", _("no host")), *((str(pk), name) for name, pk in known)]

    @property
    def shown_first(self):
        return [self[name] for name in self.first]

    @property
    def shown_more(self):
        return [self[name] for name in self.more]

    @property
    def shown_leaving_out(self):
        return [self[name] for name in self.leaving_out]

    @property
    def is_narrowed(self):
        return self.is_asked(self.more)

    @property
    def leaves_out(self):
        return self.is_asked(self.leaving_out)

    @property
    def is_changed(self):
        """Whether it asks for anything but what is usual for the letter."""
        is_usual = (self.said("to") or self.usual) == self.usual and not self.said("activity")
        return self.is_narrowed or self.leaves_out or bool(self.ticked or self.without) or not is_usual

    def said(self, name):
        return self.cleaned_data.get(name) or ""

    def is_asked(self, names):
        """Whether one of these fields narrows the list down."""
        return any(self.said(name) for name in names if name != "days")

    @property
    def wish(self):
        unwanted = self._segment(NOT) if self.is_asked(set(self.leaving_out) - {"not_activity"}) else None
        return Wish(
            wanted=self._segment(""), unwanted=unwanted, only=self.ticked or None, without=self.without
        )  # fmt: skip

    def _segment(self, before):
        said = {name: self.said(before + name) for name in ("to", "activity", "mail", "host", "before", "company")}
        about_all = {} if before else {"language": self.said("language"), "brings": self.said("brings")}
        answers = {} if before else {int(name.removeprefix("answer-")): self.said(name) for name in self.by_answer}
        return Segment(
            to=said["to"] or ("all" if before else self.usual),
            activity=int(said["activity"]) if said["activity"] else None,
            answers={pk: state for pk, state in answers.items() if state},
            mail=said["mail"],
            silent_days=self._days() if said["mail"] == segments.SILENT else 0,
            host=int(said["host"]) if said["host"] else None,
            companies=self._companies(said["company"]),
            before=said["before"],
            **about_all,
        )

    def _days(self):
        days = self.cleaned_data.get("days")
        return SILENT_DAYS if days is None else days

    def _companies(self, text):
        """The ids of the companies that are meant by a part of their name; None where none is asked for."""
        wanted = names.fold(text)
        if not wanted:
            return None
        rows = Company.objects.filter(key__contains=wanted, contact__guest__event=self.event)
        return frozenset(rows.values_list("pk", flat=True))

    def count(self, *, now):
        """Writes behind each choice how many guests it would find, all else as it is."""
        invited = [person for person in self.people if not person.is_companion]
        segment = replace(self._segment(""), silent_days=self._days())
        found = segments.counts(invited, segment, [activity.pk for activity in self.activities], now=now)
        for question, counts in found.items():
            field = self.fields[question]
            field.choices = [
                (value, _counted(label, counts, value) if value else label) for value, label in field.choices
            ]

    @property
    def hidden(self):
        """[(name, value)] that ask for the same list again, for another form on the page."""
        asked = [(name, value) for name, value in self.data.items() if name in self.fields and value]
        more = [("only", str(self.ticked)), ("without", str(self.without))]
        return asked + [(name, value) for name, value in more if value]


def _counted(label, counts, value):
    number = counts.get(int(value) if value.isdecimal() else value, 0)
    return gettext("%(label)s (%(n)s)") % {"label": label, "n": number}


class PressForm(forms.Form):
    """When it is sent; and what the presser had in view: the list, and which press this is."""

    when = forms.ChoiceField(label=_("when"), choices=[("now", _("Now")), ("later", _("At"))], required=False)
    at = MomentField(
        label=_("Day and time"), required=False,
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"invalid": _("Write day and time, like 24.09.2027 09:00.")},
    )  # fmt: skip
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    press = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("when") == "later" and "at" not in self.errors:
            at = cleaned.get("at")
            if at is None:
                self.add_error("at", forms.ValidationError(_("Choose a day and a time."), code="required"))
            elif at <= timezone.now():
                self.add_error(
                    "at", forms.ValidationError(_("This moment has passed. Choose a later one."), code="past")
                )
        return cleaned

    @property
    def moment(self):
        """When it is to be sent; None is now."""
        return self.cleaned_data.get("at") if self.cleaned_data.get("when") == "later" else None
