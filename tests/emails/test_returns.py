"""Where a mail comes back to that does not arrive."""

import pytest
from django.core.checks import run_checks

from events import emails
from events.actions import delivery
from tests import factories

PATTERN = "b+{id}@bounces.company.example"


@pytest.fixture
def own_senders(settings):
    settings.BOUNCE_ADDRESS = PATTERN


def test_each_mail_comes_back_to_its_own_address_when_there_is_a_pattern(cast, sink, own_senders):
    rows = [factories.make_message(guest, key="invitation") for guest in (cast.greta, cast.henrik)]
    delivery.deliver()
    senders = [envelope.mail_from for envelope in sink.envelopes]
    assert [emails.came_back_to(sender) for sender in senders] == [row.pk for row in rows]
    assert all(sender.endswith("@bounces.company.example") for sender in senders)
    for mail in sink.messages:
        assert mail["From"].addresses[0].addr_spec == "invitasjon@vertskap.example"
        assert "bounces" not in str(mail)


def test_mails_come_back_to_the_sender_when_there_is_no_pattern(cast, sink):
    factories.make_message(cast.greta)
    delivery.deliver()
    assert sink.envelopes[0].mail_from == "invitasjon@vertskap.example"
    assert emails.came_back_to("b+0000000000000000@bounces.company.example") is None


def test_an_address_still_leads_back_when_the_key_was_changed(settings, own_senders):
    address = emails.return_path(12)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another", [settings.SECRET_KEY]
    assert emails.came_back_to(address) == 12
    settings.SECRET_KEY_FALLBACKS = []
    assert emails.came_back_to(address) is None


@pytest.mark.parametrize(("pattern", "found"), [("", []), (PATTERN, []), ("b@company.example", ["vertskap.E001"])])
def test_the_start_is_refused_when_no_address_can_be_made_of_the_pattern(settings, pattern, found):
    settings.BOUNCE_ADDRESS = pattern
    errors = [error for error in run_checks() if error.is_serious()]
    assert [error.id for error in errors] == found
    assert all("{id}" in error.hint for error in errors)
