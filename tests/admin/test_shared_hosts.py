"""The address of a host who also has guests at others' events: whoever could change it could have their replies."""

import pytest

from events.models import Contact, Event, Guest, Host
from tests import factories

THEIRS, OURS = "hege@vertskap.example", "otto@privat.example"
SENTENCE = (
    "This host also has guests at an event that others work on. "
    "Ask them, or whoever runs the site, to change the address."
)


@pytest.fixture
def hege(cast):
    """Greta's host at Otto's event."""
    host = factories.make_host("Hege Vert", email=THEIRS)
    Guest.objects.filter(pk=cast.greta.pk).update(host=host)
    return host


def save(client, host):
    client.post(f"/admin/events/host/{host.pk}/change/", {"name": host.name, "email": OURS, "phone": "0700"})
    return Host.objects.values_list("email", "phone").get(pk=host.pk)


@pytest.mark.parametrize("who", ["otto", "root"])
def test_address_changes_when_all_guests_of_the_host_are_ones_own(office, hege, who):
    assert save(office(who), hege) == (OURS, "0700")


@pytest.mark.parametrize("of", [Guest, Contact])
def test_address_stays_when_somebody_at_anothers_event_has_the_host(office, cast, hege, of):
    of.objects.filter(pk={Guest: cast.zoe.pk, Contact: cast.zoe.contact_id}[of]).update(host=hege)
    assert save(office("otto"), hege) == (THEIRS, "0700")


def test_address_changes_when_a_superuser_says_so_whoever_has_the_host(office, cast, hege):
    Guest.objects.filter(pk=cast.zoe.pk).update(host=hege)
    assert save(office("root"), hege) == (OURS, "0700")


def test_address_changes_when_the_other_event_is_over(office, cast, hege):
    Guest.objects.filter(pk=cast.zoe.pk).update(host=hege)
    Event.objects.filter(pk=cast.other_event.pk).update(state="held")
    assert save(office("otto"), hege) == (OURS, "0700")


def test_form_says_whom_to_ask_when_the_address_is_not_ones_own_to_change(office, cast, hege):
    Guest.objects.filter(pk=cast.zoe.pk).update(host=hege)
    client = office("otto")
    client.cookies["language"] = "en"
    response = client.get(f"/admin/events/host/{hege.pk}/change/")
    assert SENTENCE in response.content.decode()
    assert response.context["adminform"].form["email"].field.disabled
