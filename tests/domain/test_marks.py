"""Keyed hashes of addresses."""

from events.domain.links import signing_keys
from events.domain.marks import mark, marking_keys, marks

ADDRESS = "greta@kunde.example"


def test_the_same_address_has_the_same_mark():
    (key,) = marking_keys(["secret"])
    assert mark(ADDRESS, key) == mark(ADDRESS, key) != mark("zoe@kunde.example", key)


def test_without_the_key_nothing_can_be_told():
    (one,), (other,) = marking_keys(["secret"]), marking_keys(["another"])
    assert mark(ADDRESS, one) != mark(ADDRESS, other)


def test_the_newest_key_comes_first():
    keys = marking_keys(["new", "", "old"])
    assert marks(ADDRESS, keys) == [mark(ADDRESS, keys[0]), mark(ADDRESS, keys[1])]


def test_the_key_is_for_this_purpose_only():
    assert set(marking_keys(["secret"])).isdisjoint(signing_keys(["secret"]))
