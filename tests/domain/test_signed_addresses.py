"""Signed addresses: the known example of the protocol, and the same address as long as its window lasts."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from events.domain.signed_addresses import VALID, WINDOW, Key, signed, window_of

EXAMPLE = Key("AKIAIOSFODNN7EXAMPLE", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY")


def test_signature_is_that_of_the_protocols_own_example():
    """From "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)"."""
    address = signed(
        "https://examplebucket.s3.amazonaws.com/test.txt", {}, key=EXAMPLE, region="us-east-1",
        at=datetime(2013, 5, 24, tzinfo=UTC), valid=timedelta(days=1),
    )  # fmt: skip
    assert address.endswith("&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404")


def test_address_stays_the_same_for_a_window_and_ends_soon_after():
    start = datetime(2027, 9, 24, 20, 30, tzinfo=UTC)
    assert {window_of(start + timedelta(seconds=s)) for s in (0, 1, 599)} == {start}
    assert window_of(start + timedelta(seconds=600)) == start + WINDOW
    assert timedelta(minutes=20) == VALID == 2 * WINDOW


@pytest.mark.parametrize("hours", [0, 2, -5])
def test_window_is_the_same_in_every_zone(hours):
    zone = timezone(timedelta(hours=hours))
    assert window_of(datetime(2027, 9, 24, 20, 37, tzinfo=UTC).astimezone(zone)) == datetime(
        2027, 9, 24, 20, 30, tzinfo=UTC
    )


def test_secret_is_never_in_what_is_printed():
    assert EXAMPLE.secret not in repr(Key("a", EXAMPLE.secret, "lent"))
    assert "lent" not in repr(Key("a", EXAMPLE.secret, "lent"))
