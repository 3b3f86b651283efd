"""What letters say of those who come along."""

import pytest
from django.conf import settings

from events import emails
from events.models import Answer, links
from tests import factories

LANGUAGES = [code for code, _name in settings.LANGUAGES]


@pytest.fixture
def party(cast, now):
    """party(own, {name: state}) → Henrik with these answers to the dinner; who comes has got a place just now."""

    def make(own, companions):
        henrik = cast.henrik
        everyone = [(henrik, own)]
        everyone += [(factories.make_companion(henrik, name), state) for name, state in companions.items()]
        for number, (guest, state) in enumerate(everyone, start=1):
            Answer.objects.filter(guest=guest, activity__slug="dinner").update(
                state=state.removesuffix("!"),
                answered_at=None if state == "no_answer" else now,
                waiting_number=number if state == "waiting" else None,
                promoted_at=now if state == "coming!" else None,
            )
        return henrik

    return make


def letter(cast, guest, kind="promoted", language="en"):
    return emails.preview(
        cast.event, kind, language, guest, activity=cast.activity("dinner") if kind == "promoted" else None
    )


@pytest.mark.parametrize(
    ("own", "companions", "who"),
    [
        ("coming!", {}, "you"),
        ("coming!", {"Ola Berge": "coming!"}, "you and Ola Berge"),
        ("coming!", {"Ola": "coming!", "Kai Moe": "coming!", "Eli": "coming!"}, "you and Ola, Kai Moe and Eli"),
        ("coming", {"Ola Berge": "coming!"}, "Ola Berge"),
        ("coming", {"": "coming!"}, "those who come with you"),
        ("coming!", {"": "coming!", "Kai": "coming!"}, "you and those who come with you"),
        ("coming!", {"Ola Berge": "waiting"}, "you"),
        ("coming", {"Ola Berge": "coming"}, "you"),
    ],
)  # fmt: skip
def test_the_letter_names_who_got_the_place(cast, party, own, companions, who):
    mail = letter(cast, party(own, companions))
    assert mail.subject == "Good news – there is a place!"
    assert f"A place has come free for {who}:" in " ".join(mail.text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_letter_leads_to_the_page_of_the_place_in_every_language(cast, party, language):
    henrik = party("coming!", {"Ola Berge": "coming!"})
    mail = letter(cast, henrik, language=language)
    assert f"{links.url(henrik.invitation)}place/dinner/" in mail.text
    assert "Ola Berge" in mail.text and "Ola" not in mail.subject + mail.preheader
    assert "{" not in mail.subject + mail.text + mail.preheader


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_confirmation_says_what_companions_come_to(cast, party, language):
    henrik = party("coming", {"Ola Berge": "coming", "Kai Moe": "waiting", "Eli Vik": "not_coming", "Åse": "no_answer"})
    mail = letter(cast, henrik, "confirmation", language)
    for name in ("Ola Berge", "Kai Moe", "Eli Vik"):
        assert name in mail.text and name in mail.html
    assert "Åse" not in mail.text


def test_web_addresses_in_a_companions_name_are_cut(cast, party):
    mail = letter(cast, party("coming!", {"Ola https://gratis.example/vinn": "coming!"}))
    assert "a place has come free for you and ola:" in " ".join(mail.text.lower().split())
    assert "gratis" not in mail.text + mail.html
    bare = letter(cast, party("coming!", {"www.gratis.example": "coming!"}), "confirmation")
    assert "gratis" not in bare.text + bare.html


def test_markup_in_a_companions_name_is_text(cast, party):
    mail = letter(cast, party("coming!", {"**Ola** [x](https://a.example) {host} <b>": "coming!"}))
    assert "<b>Ola" not in mail.html and "<strong>Ola" not in mail.html
    assert "a.example" not in mail.html


def test_no_calendar_file_is_of_a_companion(cast, party):
    henrik = party("waiting", {"Ola Berge": "coming"})
    mail = letter(cast, henrik, "confirmation")
    assert "calendar file" not in mail.text
