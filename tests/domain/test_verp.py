"""Envelope senders that name their message, and cannot be made up."""

import random
import re

import pytest

from events.domain import verp

KEYS = verp.signing_keys(["a secret", "", "an older one"])
PATTERN = "b+{id}@bounces.company.example"


@pytest.mark.parametrize("number", [1, 35, 36, 1295, 1296, 10**6, 2**63 - 1])
def test_number_comes_back_when_the_id_is_read(number):
    text = verp.make(number, KEYS)
    assert re.fullmatch("[0-9a-z]{17,29}", text)
    assert verp.read(text, KEYS) == number
    assert verp.read(text.upper(), KEYS) == number


def test_id_made_with_an_older_secret_is_still_read_when_the_secret_has_changed():
    older = verp.make(7, KEYS[1:])
    assert verp.read(older, KEYS) == 7
    assert verp.read(verp.make(7, verp.signing_keys(["somebody else's"])), KEYS) is None


def test_no_other_id_is_read_when_one_sign_is_changed():
    genuine = verp.make(4711, KEYS)
    for at, sign in enumerate(genuine):
        for other in verp.ALPHABET:
            if other != sign:
                assert verp.read(genuine[:at] + other + genuine[at + 1 :], KEYS) is None


def test_each_message_has_one_id_when_zeros_or_signs_are_put_before_it():
    genuine = verp.make(5, KEYS)
    mac, digits = genuine[: verp.MAC_LENGTH], genuine[verp.MAC_LENGTH :]
    for text in (mac + "0" + digits, genuine + "0", genuine + "\n", " " + genuine, mac, digits, "", genuine[1:]):
        assert verp.read(text, KEYS) is None


def test_any_text_is_refused_quietly_when_it_is_no_id():
    rng = random.Random(4)
    for _ in range(2000):
        text = "".join(chr(rng.choice([rng.randrange(128), rng.randrange(0x110000)])) for _ in range(rng.randrange(40)))
        assert verp.read(text, KEYS) is None
        assert verp.number_in(text, PATTERN, KEYS) is None
    for text in ("ı" * 20, "K" * 20, "٣" * 20, "a" * 100_000):
        assert verp.read(text, KEYS) is None


@pytest.mark.parametrize("pattern", [PATTERN, "{id}@company.example", "Bounce-{id}-x@mail.company.example"])
def test_address_leads_back_to_the_message_when_a_server_changed_its_case_or_domain(pattern):
    address = verp.address(pattern, 99, KEYS)
    assert verp.is_pattern(pattern)
    local, _at, domain = address.partition("@")
    assert domain == pattern.partition("@")[2]
    for seen in (address, address.upper(), address.lower(), f"<{address}>", f" {local}@mx1.internal "):
        assert verp.number_in(seen, pattern, KEYS) == 99
    assert verp.number_in(domain, pattern, KEYS) is None


def test_address_means_nothing_when_it_has_another_shape():
    genuine = verp.address(PATTERN, 99, KEYS)
    for seen in ("b+@bounces.company.example", genuine.replace("b+", "c+"), genuine.replace("b+", ""), "b+", ""):
        assert verp.number_in(seen, PATTERN, KEYS) is None


def test_the_longest_address_fits_when_the_pattern_is_accepted():
    longest = "b" * (64 - 29)
    assert verp.is_pattern(longest + "{id}@company.example")
    address = verp.address(longest + "{id}@company.example", 2**63 - 1, KEYS)
    assert len(address.partition("@")[0]) == 64
    assert not verp.is_pattern(longest + "b{id}@company.example")


@pytest.mark.parametrize(
    "pattern",
    [
        "", "b@company.example", "{id}", "b+{id}@", "b@{id}.company.example", "{id}{id}@company.example",
        "b {id}@company.example", "b+{id}@company", "b+{id}@company..example", ".{id}@company.example",
        "{id}.@company.example", "b..{id}@company.example", "å{id}@company.example", "b@c@{id}@company.example",
        "b+{id}@company.example\r\nBcc: x@y.example", "b+{number}@company.example", "<b+{id}@company.example>",
    ],
)  # fmt: skip
def test_pattern_is_refused_when_no_address_can_be_made_of_it(pattern):
    assert not verp.is_pattern(pattern)
