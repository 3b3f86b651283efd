"""Addresses of the big web calendars."""

from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

from events.domain.web_calendars import addresses
from tests.domain.test_calendars import DINNER


def read(entry):
    return {name: (urlsplit(url).netloc, parse_qs(urlsplit(url).query)) for name, url in addresses(entry)}


def test_each_is_told_what_when_and_where_in_utc():
    found = read(replace(DINNER, summary="Middag & dans – Stoltzen", description="Kom som du er."))
    host, google = found["Google"]
    assert host == "calendar.google.com"
    assert google == {
        "action": ["TEMPLATE"], "text": ["Middag & dans – Stoltzen"], "dates": ["20260918T173000Z/20260918T210000Z"],
        "location": ["Bryggen 11, Bergen"], "details": ["Kom som du er."],
    }  # fmt: skip
    for name, host in (("Outlook.com", "outlook.live.com"), ("Microsoft 365", "outlook.office.com")):
        assert found[name] == (
            host,
            {
                "path": ["/calendar/action/compose"], "rru": ["addevent"], "subject": ["Middag & dans – Stoltzen"],
                "startdt": ["2026-09-18T17:30:00Z"], "enddt": ["2026-09-18T21:00:00Z"],
                "location": ["Bryggen 11, Bergen"], "body": ["Kom som du er."],
            },
        )  # fmt: skip


def test_a_long_text_is_cut_so_that_addresses_stay_short():
    found = read(replace(DINNER, description="Ærlig talt: øl etterpå. " * 100))
    told = [query.get("details", query.get("body"))[0] for _host, query in found.values()]
    assert [len(text) for text in told] == [300] * 3
    assert max(len(url) for _name, url in addresses(replace(DINNER, description="å" * 4000))) < 2800
