"""Our own letters as they are written: the same said in four languages and two tones, by the house's manners."""

import re
from itertools import product

import pytest

from events.domain import letter_texts, letters

ALL = list(product(letter_texts.LANGUAGES, letter_texts.TONES))
TO_THE_HOUSE = {"voice", "bounced", "photo_asked"}
HARMLESS = {"event", "day", "on_day", "what", "activity", "organiser"}  # in a subject, on a locked screen
GREETINGS = {
    "informal": {
        "nb": "Hei {first_name}!", "en": "Hi {first_name}!", "sv": "Hej {first_name}!", "fi": "Hei {first_name}!",
    },
    "formal": {"nb": "Kjære {name}", "en": "Dear {name}", "sv": "Bästa {name}", "fi": "Hyvä {name}"},
}  # fmt: skip
WRONG_MANNERS = {
    ("nb", "formal"): r"\b(De|Dem|Deres|dere)\b",
    ("sv", "formal"): r"\b([Nn]i|[Ee]r|[Ee]ra|[Ee]rt)\b",
    ("fi", "informal"): r"\bTe(i[dlt]\w+)?\b|\w+nne\b",
    ("fi", "formal"): r"\b[Ss]in[uä]\w*|\b(?!ensi\b|uusi\b)\w+(?<![ik])si\b|\bolet\b|\bvoit\b",
}


def each():
    for (language, tone), kind in product(ALL, sorted(letter_texts.KINDS)):
        yield language, tone, kind, letter_texts.own(kind, language, tone)


def names_in(text):
    return set(re.findall(r"\{([a-z_]+)\}", text))


def parts(text):
    return text.subject, text.preheader, text.body


def test_every_letter_says_the_same_things_when_the_language_is_another():
    for tone, kind in product(letter_texts.TONES, letter_texts.KINDS):
        texts = [letter_texts.own(kind, language, tone) for language in letter_texts.LANGUAGES]
        assert len({frozenset(names_in(text.body)) for text in texts}) == 1, (kind, tone)
        assert len({text.body for text in texts}) == 4, (kind, tone)
        assert len({len(text.body.split("\n\n")) for text in texts}) == 1, (kind, tone)


def test_a_formal_letter_leaves_out_nothing_that_the_informal_one_gives():
    for language, kind in product(letter_texts.LANGUAGES, letter_texts.KINDS - TO_THE_HOUSE):
        informal, formal = (letter_texts.own(kind, language, tone) for tone in letter_texts.TONES)
        blocks = {"personal_line", "programme", "practical", "bring", "changes", "answers", "link", "deadline"}
        assert names_in(informal.body) & blocks == names_in(formal.body) & blocks, (kind, language)
        assert informal.body != formal.body, (kind, language)


def test_every_placeholder_is_known_and_no_ending_is_put_on_it():
    for language, tone, kind, text in each():
        for part in parts(text):
            assert letters.unknown_placeholders(part) == [], (kind, language, tone)
            assert not re.search(r"\}\**(?::\w|['’]|\w)", part), (kind, language, tone, part)


def test_subjects_are_short_and_tell_nobody_anything_on_a_locked_screen():
    for language, tone, kind, text in each():
        where = (kind, language, tone)
        assert 5 <= len(text.subject) <= 70, where
        assert names_in(text.subject) <= HARMLESS, where
        assert names_in(text.preheader) <= HARMLESS | {"host"}, where
        assert text.preheader and text.preheader != text.subject, where


@pytest.mark.parametrize(("language", "tone"), ALL)
def test_the_greeting_fits_the_tone(language, tone):
    for kind in letter_texts.KINDS - TO_THE_HOUSE:
        body = letter_texts.own(kind, language, tone).body
        assert body.startswith(f"{GREETINGS[tone][language]}\n\n"), kind
        assert body.endswith("\n{host}\n{organiser}\n"), kind


@pytest.mark.parametrize(("language", "tone"), list(WRONG_MANNERS))
def test_nobody_is_addressed_in_the_manner_of_the_other_tone(language, tone):
    wrong = re.compile(WRONG_MANNERS[language, tone])
    words = letter_texts.words(language, tone)
    around = [value for value in _strings(words) if value != words.test_note]
    for kind in letter_texts.KINDS - TO_THE_HOUSE:
        around += parts(letter_texts.own(kind, language, tone))
    assert [found[0] for text in around for found in wrong.finditer(text)] == []


def _strings(words):
    for name in words.__slots__:
        value = getattr(words, name)
        yield from [value] if isinstance(value, str) else value.values()


@pytest.mark.parametrize(("language", "tone"), ALL)
def test_the_words_around_have_what_is_put_into_them(language, tone):
    words = letter_texts.words(language, tone)
    assert "{place}" in words.states["waiting"] and "{place}" in words.companions["waiting"]
    assert all("{name}" in sentence for sentence in words.companions.values())
    assert "{place}" in words.map and "{names}" in words.together
    assert set(words.buttons) - {""} <= letter_texts.KINDS
    assert set(words.buttons) == set(letter_texts.words("nb").buttons)
    assert len({letter_texts.words(code, tone).why for code in letter_texts.LANGUAGES}) == 4


def test_a_skeleton_asks_for_words_until_they_are_written():
    assert {"free"} == letter_texts.SKELETONS
    for language, tone in ALL:
        body = letter_texts.own("free", language, tone).body
        assert letter_texts.is_unwritten(body)
        assert letter_texts.is_unwritten(body.replace("\n", "\r\n"))
        assert not letter_texts.is_unwritten(re.sub(r"\[.*\]", "Vi har flyttet start til 16:30.", body))
