"""The address of a guest whom others invite, too: whoever could change it could have their links mailed to oneself."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import guestlists, links
from events.models import Contact, Event, Guest, History, Membership, Message
from tests import factories
from tests.lists import csv

THEIRS, OURS = "zoe.zetterlund@kunde.example", "otto@privat.example"
SENTENCE = (
    "This person is also a guest of an event that others work on. "
    "Ask them, or whoever runs the site, to change the address."
)
BY_NAME = csv(f"Zoe Zetterlund;Zeta Zink AB;{OURS}")
BY_NUMBER = csv(f"Z-9;Zoe Zetterlund;{OURS}", heading="Person-ID;Navn;E-post")


@pytest.fixture
def zoe(cast):
    """Zoe's contact; Otto has made her a guest of his event, too."""
    factories.make_guest(cast.event, contact=cast.zoe.contact)
    Contact.objects.filter(pk=cast.zoe.contact_id).update(external_id="Z-9")
    return cast.zoe.contact


def stored(contact):
    contact.refresh_from_db()
    return contact.email, contact.email_key


def url_of(contact):
    return f"/admin/events/contact/{contact.pk}/change/"


def save(client, contact, email=OURS):
    posted = {"name": contact.name, "company_name": "Zeta Zink AB", "email": email, "phone": "0700"}
    response = client.post(url_of(contact), posted)
    contact.refresh_from_db()
    return response.status_code, contact.email, contact.phone


def links_sent(now):
    links.send_again(OURS, now=now)
    return sorted(Message.objects.filter(letter="link").values_list("guest__event__slug", flat=True))


# The form ---------------------------------------------------------------------------


def test_address_stays_and_no_link_leaves_when_an_organiser_of_one_of_two_events_changes_it(office, zoe, now):
    assert save(office("otto"), zoe) == (302, THEIRS, "0700")
    assert stored(zoe) == (THEIRS, THEIRS)
    assert links_sent(now) == []


def test_form_says_whom_to_ask_when_the_address_is_not_ones_own_to_change(office, zoe):
    client = office("otto")
    client.cookies["language"] = "en"
    response = client.get(url_of(zoe))
    assert SENTENCE in response.content.decode()
    field = response.context["adminform"].form["email"]
    assert (field.value(), "disabled" in field.as_widget()) == (THEIRS, True)


def test_an_address_cannot_be_written_in_either_when_there_was_none(office, zoe, now):
    Contact.objects.filter(pk=zoe.pk).update(email="", email_key="")
    assert save(office("otto"), zoe) == (302, "", "0700")
    assert links_sent(now) == []


@pytest.mark.parametrize("role", [Membership.Role.KITCHEN, Membership.Role.HOST])
def test_other_roles_at_the_other_event_do_not_let_the_address_be_changed(office, cast, zoe, role):
    Membership.objects.create(user=cast.otto, event=cast.other_event, role=role)
    assert save(office("otto"), zoe)[1] == THEIRS


@pytest.mark.parametrize("state", ["draft", "open", "closed"])
def test_address_stays_in_every_state_in_which_the_other_event_lives(office, cast, zoe, state):
    Event.objects.filter(pk=cast.other_event.pk).update(state=state)
    assert save(office("otto"), zoe)[1] == THEIRS


@pytest.mark.parametrize("state", ["held", "archived", "cancelled"])
def test_address_changes_when_the_other_event_is_over(office, cast, zoe, state):
    Event.objects.filter(pk=cast.other_event.pk).update(state=state)
    assert save(office("otto"), zoe)[1] == OURS


def test_address_changes_when_the_user_organises_all_events_of_the_guest(office, cast, zoe):
    Membership.objects.create(user=cast.otto, event=cast.other_event, role=Membership.Role.ORGANISER)
    response = office("otto").get(url_of(zoe))
    assert "disabled" not in response.context["adminform"].form["email"].as_widget()
    assert save(office("otto"), zoe)[1] == OURS


def test_address_changes_when_a_superuser_changes_it(office, zoe):
    assert save(office("root"), zoe)[1] == OURS


def test_address_changes_when_the_guest_is_at_no_other_event(office, cast):
    assert save(office("otto"), cast.greta.contact)[1] == OURS


# The guest list ---------------------------------------------------------------------


def apply(cast, data, by):
    how = {"channel": History.Channel.OFFICE, "now": factories.NOW}
    return guestlists.apply(cast.event, data, by=by, **how)


def filled(report):
    return {name: count for name, count in report.counts.items() if count and name != "missing"}


def notices(entry):
    return [notice["code"] for notice in entry["notices"]]


@pytest.mark.parametrize("data", [BY_NAME, BY_NUMBER], ids=["name", "number"])
def test_no_link_leaves_when_a_guest_list_brings_another_address(cast, zoe, now, data):
    Guest.objects.filter(event=cast.event, contact=zoe).delete()
    for fate in ("new", "unchanged"):
        preview = guestlists.preview(cast.event, data, by=cast.otto)
        (entry,) = preview.entries[fate]
        report = apply(cast, data, cast.otto)
        assert filled(preview) == filled(report) == {"rows": 1, fate: 1}
        assert notices(entry) == ["address_kept"]
        assert [row["row"] for row in report.address_kept] == [2]
        assert stored(zoe) == (THEIRS, THEIRS)
    assert links_sent(now) == []


def test_the_rest_of_the_row_is_taken_over_when_the_address_is_kept(cast, zoe):
    data = csv(f"Zoe Zetterlund;Zeta Zink AB;{OURS};0700", heading="Navn;Firma;E-post;Mobil")
    (entry,) = guestlists.preview(cast.event, data, by=cast.otto).entries["changed"]
    assert (entry["changes"], notices(entry)) == ({"phone": ["", "0700"]}, ["address_kept"])
    assert filled(apply(cast, data, cast.otto)) == {"rows": 1, "changed": 1}
    assert (stored(zoe)[0], zoe.phone) == (THEIRS, "0700")
    assert [*History.objects.filter(what="changed").values_list("facts", flat=True)] == [{"fields": ["phone"]}]


def test_nothing_is_said_when_the_list_has_the_address_we_have(cast, zoe):
    report = guestlists.preview(cast.event, csv(f"Zoe Zetterlund;Zeta Zink AB;{THEIRS.upper()}"), by=cast.otto)
    assert (notices(report.entries["unchanged"][0]), report.address_kept) == ([], [])


def test_the_guest_counts_as_without_mail_when_a_first_address_is_not_written(cast, zoe):
    Contact.objects.filter(pk=zoe.pk).update(email="", email_key="")
    report = apply(cast, BY_NUMBER, cast.otto)
    assert filled(report) == {"rows": 1, "unchanged": 1, "without_mail": 1}
    assert stored(zoe) == ("", "")


@pytest.mark.parametrize("who", ["superuser", "command line", "organiser of both"])
def test_a_list_changes_the_address_when_it_is_theirs_to_change(cast, zoe, who):
    Membership.objects.create(user=cast.olga, event=cast.event, role=Membership.Role.ORGANISER)
    by = {"superuser": factories.make_superuser(), "command line": None, "organiser of both": cast.olga}[who]
    report = apply(cast, BY_NUMBER, by)
    assert (filled(report), report.address_kept) == ({"rows": 1, "changed": 1}, [])
    assert stored(zoe) == (OURS, OURS)


def test_queries_are_as_many_for_thirty_shared_contacts_as_for_one(cast):
    asked = []
    for size in (1, 30):
        people = [factories.make_guest(cast.other_event).contact for _ in range(size)]
        data = csv(*(f"{person.name};Fjord Regnskap AS;{n}@privat.example" for n, person in enumerate(people)))
        with CaptureQueriesContext(connection) as captured:
            report = guestlists.preview(cast.event, data, by=cast.otto)
        assert len(report.address_kept) == size
        asked.append(len(captured))
    assert asked[0] == asked[1] <= 6
