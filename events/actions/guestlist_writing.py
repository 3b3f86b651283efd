"""Writes what a guest list says, a thousand rows at a time, in few queries."""

from ..domain.guestlist_report import CONTACT_FIELDS
from ..domain.matching import Fate
from ..domain.names import given_name, is_better_spelling
from ..models import Company, Contact, Guest, History, Host
from . import guests, history
from .contacts import companions_in_step, company_key, host_key, set_guest_keys, set_keys

GUEST_FIELDS = ["host", "companions_allowed", "note", "search_text", "sort_key"]
KEPT_IN_STEP = ["key", "sort_key", "email_key", "email_fails", "first_name", "host"]


class Writer:
    """Takes the outcomes of one guest list in order; everything in the caller's transaction."""

    def __init__(self, event, *, by, channel, now):
        self.event = event
        self.how = {"by": by, "channel": channel, "now": now}
        self.companies = Named(Company, company_key)
        self.hosts = Named(Host, host_key)

    def write(self, outcomes):
        """Stores the new and the changed among the outcomes; the others cost nothing."""
        outcomes = [outcome for outcome in outcomes if outcome.fate in (Fate.NEW, Fate.CHANGED)]
        if not outcomes:
            return
        self.companies.learn(outcome.line.company for outcome in outcomes)
        self.hosts.learn(outcome.line.host for outcome in outcomes)
        # Side by side, not by row number: a row that named two people has become two.
        pairs = list(zip(outcomes, self._contacts(outcomes), strict=True))
        prepared = [self._new_guest(outcome.line, contact) for outcome, contact in pairs if outcome.fate is Fate.NEW]
        added = guests.add_many(self.event, prepared, **self.how)
        guest_of = {guest.contact_id: guest for guest in added} | self._change_guests(pairs)
        History.objects.bulk_create(
            history.note(self.event, History.What.CHANGED, guest=guest_of[contact.pk], fields=fields, **self.how)
            for outcome, contact in pairs
            if (fields := _changed_fields(outcome))
        )

    def _contacts(self, outcomes):
        """The contact of each outcome, stored."""
        keys = [outcome.known.key for outcome in outcomes if outcome.known]
        rows = Contact.objects.select_for_update(of=["self"]).select_related("company")
        known = rows.in_bulk(keys) if keys else {}
        contacts, made, changed = [], [], []
        for outcome in outcomes:
            contact = known[outcome.known.key] if outcome.known else Contact(created_at=self.how["now"])
            contacts.append(contact)
            if outcome.known is None:
                made.append(self._filled(contact, outcome.line, _said(outcome.line)))
            elif outcome.changes:
                changed.append(self._filled(contact, outcome.line, outcome.changes))
        Contact.objects.bulk_create(made)
        if changed:
            _store(Contact, changed, sorted({*CONTACT_FIELDS, *KEPT_IN_STEP}))
        return contacts

    def _filled(self, contact, row, fields):
        """The contact with these fields of the row, and what follows from them."""
        had_plain_first_name = contact.first_name == given_name(contact.name)
        for field in fields:
            if field == "company":
                contact.company = self.companies[row.company] or contact.company
            elif field in CONTACT_FIELDS:
                setattr(contact, field, getattr(row, field))
        if "name" in fields and not row.first_name and had_plain_first_name:
            contact.first_name = ""
        if "email" in fields:
            contact.email_fails = False
        if "host" in fields or not contact.host_id:
            contact.host = self.hosts[row.host] or contact.host
        return set_keys(contact)

    def _new_guest(self, row, contact):
        return Guest(
            contact=contact,
            host=self.hosts[row.host] or contact.host,
            companions_allowed=self.event.companions_allowed if row.companions is None else row.companions,
            note=row.note,
        )

    def _change_guests(self, pairs):
        """{contact id: guest of this event} of those whose rows or contacts changed, in whatever event."""
        changes = {contact.pk: (outcome, contact) for outcome, contact in pairs if outcome.changes}
        if not changes:
            return {}
        stored = list(Guest.objects.select_for_update(no_key=True, of=["self"]).filter(contact__in=list(changes)))
        for guest in stored:
            outcome, guest.contact = changes[guest.contact_id]
            if guest.event_id == self.event.pk and outcome.fate is Fate.CHANGED:
                self._change(guest, outcome)
            set_guest_keys(guest)
        _store(Guest, [*stored, *companions_in_step(stored)], GUEST_FIELDS)
        return {guest.contact_id: guest for guest in stored if guest.event_id == self.event.pk}

    def _change(self, guest, outcome):
        row = outcome.line
        if "host" in outcome.changes:
            guest.host = self.hosts[row.host] or guest.host
        if "companions" in outcome.changes:
            guest.companions_allowed = row.companions
        if "note" in outcome.changes:
            guest.note = row.note


class Named:
    """Companies or hosts by name, made when unknown; a better spelling in the file is taken over."""

    def __init__(self, model, key):
        self._model, self._key, self._known = model, key, {}

    def __getitem__(self, name):
        """The one of this name, which has been learnt; None for no name."""
        return self._known.get(self._key(name))

    def learn(self, names):
        """Finds or makes those of these names; at most three queries."""
        wanted = {}
        for name in filter(None, names):
            key = self._key(name)
            if key not in wanted or is_better_spelling(wanted[key], name):
                wanted[key] = name
        wanted.pop("", None)
        self._find(wanted)
        bettered = [self._known[key] for key, name in wanted.items() if is_better_spelling(self._known[key].name, name)]
        for named in bettered:
            named.name = wanted[named.key]
        if bettered:
            self._model.objects.bulk_update(bettered, ["name"])

    def _find(self, wanted):
        unknown = [key for key in wanted if key not in self._known]
        if not unknown:
            return
        # Several hosts may share a name; the one who came first counts.
        self._known |= {named.key: named for named in self._model.objects.filter(key__in=unknown).order_by("-pk")}
        made = [self._model(key=key, name=wanted[key]) for key in unknown if key not in self._known]
        self._known |= {named.key: named for named in self._model.objects.bulk_create(made)}


def _changed_fields(outcome):
    """The names of what changed about somebody known; a new guest has no earlier note or host."""
    is_new = outcome.fate is Fate.NEW
    return sorted(field for field in outcome.changes if field in CONTACT_FIELDS or not is_new)


def _said(row):
    """The fields of a row that say something."""
    return [field for field in (*CONTACT_FIELDS, "host") if getattr(row, field) not in ("", None)]


def _store(model, rows, fields):
    """Writes these fields of stored rows back, in one statement whatever they are."""
    model.objects.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=fields)
