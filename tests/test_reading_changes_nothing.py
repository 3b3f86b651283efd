"""Reading any guest address leaves the whole database as it was (S3): mail scanners follow every link."""

from itertools import product

import pytest
from django.core import mail

from events.models import Event
from tests import factories, photo_rows
from tests.database import whole_database
from tests.test_access import GUESTS_SITE, PHOTO, text_of

ADDRESSES = [address for address, _statuses in GUESTS_SITE.values()]
TEMPTING = (
    "?all=1&none=1&answer-dinner=coming&answer-race=unsure&language=fi&unsubscribe=1"
    "&withdraw=photos&agree-photos=no&agree-name=yes"
)
READINGS = [  # (query, headers)
    ("", {}),
    ("?lang=fi", {}),
    (TEMPTING, {"user-agent": "Mozilla/5.0 (Windows NT 10.0) SafeLinks"}),
    (TEMPTING, {"sec-purpose": "prefetch;prerender", "purpose": "prefetch"}),
    (TEMPTING, {"x-http-method-override": "POST", "content-type": "application/x-www-form-urlencoded"}),
]
CASES = [("GET", state) for state in Event.State.values] + [("HEAD", "open"), ("OPTIONS", "open")]


@pytest.mark.parametrize(("method", "state"), CASES)
def test_reading_changes_nothing(cast, client, clock, method, state):
    Event.objects.update(state=state, shows_guests=True)
    photo_rows.make_photo(cast.event, key=PHOTO)
    before = whole_database()
    clock.move(hours=1)
    tokens = [factories.tokens_of(guest) for guest in (cast.greta, cast.henrik)]
    addresses = dict.fromkeys(address.format(**own) for own, address in product(tokens, ADDRESSES))
    for address, (query, headers) in product(addresses, READINGS):
        text_of(client.generic(method, address + query, headers=headers))
    assert whole_database() == before
    assert mail.outbox == []


def test_writing_is_seen_by_the_dump(cast, client):
    """Else the test above could not fail."""
    before = whole_database()
    answer = {f"answer-{slug}": "coming" for slug in factories.PROGRAMME}
    assert client.post(factories.page_of(cast.henrik), answer).status_code == 303
    changed = {table for table, rows in whole_database().items() if rows != before[table]}
    assert {"events_answer", "events_guest", "events_history"} <= changed
