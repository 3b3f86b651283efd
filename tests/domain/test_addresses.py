import pytest

from events.domain.addresses import NotAnAddress, clean_email, clean_phone, email_key, phone_key


@pytest.mark.parametrize(
    ("written", "address"),
    [
        ("kari@x.example", "kari@x.example"),
        ("  Kari.Moe@X.Example\u00a0", "Kari.Moe@x.example"),
        ("mailto:kari@x.example?subject=Hei", "kari@x.example"),
        ("<kari@x.example>", "kari@x.example"),
        ("Moe, Kari <kari@x.example>;", "kari@x.example"),
        ('"Kari" <kari@x.example>', "kari@x.example"),
        ("kari@x.example <kari@x.example>", "kari@x.example"),
        ("'kari@x.example'", "kari@x.example"),
        ("kari@x.example;", "kari@x.example"),
        ("kari@x.example.", "kari@x.example"),
        ("kari\u200b@x.example", "kari@x.example"),
        ("kari@x.example\r\n", "kari@x.example"),
        ("o'brien+fest@x.example", "o'brien+fest@x.example"),
        ("post@blåbær.example", "post@blåbær.example"),
        ("post@BLÅBÆR.example", "post@blåbær.example"),
        ("post@xn--blbr-roah.example", "post@blåbær.example"),
        ("post@xn--a.example", "post@xn--a.example"),
        ("a" * 64 + "@x.example", "a" * 64 + "@x.example"),
    ],
)
def test_address_is_found_in_what_people_paste(written, address):
    assert clean_email(written) == address
    assert clean_email(address) == address


@pytest.mark.parametrize(
    ("written", "reason"),
    [
        ("ikke en adresse", "no_at"),
        ("", "no_at"),
        ("<>", "no_at"),
        ("ola@x.example\nBcc: alle@x.example", "line_break"),
        ("ola@x.example\rBcc", "line_break"),
        ("ola@x.example\u2028Bcc", "line_break"),
        ("ola@x\x00.example", "control_character"),
        ("ol\x7fa@x.example", "control_character"),
        ("ol\ufffda@x.example", "control_character"),
        ("kari@x.example, per@x.example", "several"),
        ("kari@x.example per@x.example", "several"),
        ("kari@@x.example", "several"),
        ("kari moe@x.example", "space"),
        ("ola..punkt@x.example", "dots"),
        (".ola@x.example", "dots"),
        ("ola.@x.example", "dots"),
        ("ola@.x.example", "dots"),
        ("ola@x..example", "dots"),
        ("@x.example", "local_part"),
        ("åse@x.example", "local_part"),
        ("ola;@x.example", "local_part"),
        ("ola<b@x.example", "local_part"),
        ("ola@localhost", "domain"),
        ("ola@", "domain"),
        ("ola@10.0.0.1", "domain"),
        ("ola@[10.0.0.1]", "domain"),
        ("ola@-x.example", "domain"),
        ("ola@x_y.example", "domain"),
        ("ola@xn--.example", "domain"),
        ("ola@x.ex!ample", "domain"),
        ("ola@" + "x" * 64 + ".example", "domain"),
        ("ola@" + "å" * 60 + ".example", "domain"),
        ("a" * 65 + "@x.example", "too_long"),
        (
            "a" * 60 + "@" + "x" * 60 + "." + "y" * 60 + "." + "z" * 60 + "." + "w" * 20 + ".example",
            "too_long",
        ),
    ],
)
def test_reason_is_told_when_it_is_no_address(written, reason):
    with pytest.raises(NotAnAddress) as caught:
        clean_email(written)

    assert (caught.value.reason, caught.value.value) == (reason, written)
    assert str(caught.value) == reason


def test_two_spellings_of_one_mailbox_have_one_key():
    spellings = ["Post@BLÅBÆR.example", "post@xn--blbr-roah.example", "POST@blåbær.EXAMPLE"]

    assert {email_key(clean_email(spelling)) for spelling in spellings} == {"post@blåbær.example"}


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("99 51 33 58", "99 51 33 58"),
        ("0047\u00a099 51  33 58", "+47 99 51 33 58"),
        ("tlf. 99513358", "99513358"),
        ("Tel: +358 40 1234567", "+358 40 1234567"),
        ("(+47) 99513358", "+47 99513358"),
        ("4799513358.0", "4799513358"),
        ("se Kari, linje 2", "se Kari, linje 2"),
        ("99513358 / 55 12 34 56", "99513358 / 55 12 34 56"),
        ("", ""),
    ],
)
def test_phone_number_is_tidied_and_kept_as_written_when_unsure(written, phone):
    assert clean_phone(written) == phone


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("99 51 33 58", "99513358"),
        ("+47 99513358", "995 13 358"),
        ("0047 99513358", "99513358"),
        ("+358 40 1234567", "0401234567"),
        ("Se Kari", "se kari "),
    ],
)
def test_two_spellings_of_one_number_have_one_key(one, other):
    assert phone_key(one) == phone_key(other)


def test_other_numbers_have_other_keys():
    assert phone_key("99513358") != phone_key("99513359")
    assert phone_key("se Kari") != phone_key("se Per")
