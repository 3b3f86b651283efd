"""The table of all answers, with what was told about the race and replied to the organiser's questions."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import translation

from events.models import Answer, Entry, RaceClass, Reply
from events.reports.exports import answers, csv_parts
from tests import factories


def reply(guest, question, value):
    return Reply.objects.create(guest=guest, question=question, value=value, said_at=guest.created_at)


def table(event):
    """[{heading: cell}]"""
    headings, rows = answers(event)
    assert len(set(headings)) == len(headings)
    return [dict(zip(headings, row, strict=True)) for row in rows]


@pytest.fixture
def asked(cast):
    dinner, race = cast.activity("dinner"), cast.activity("race")
    race.asks_shirt_size = True
    race.save()
    return {
        "bus": factories.make_question(dinner, "Buss?", kind="choice", options=("Kl. 22", "Kl. 23")),
        "drinks": factories.make_question(dinner, "Drikke?", kind="several", options=("Vann", "Te")),
        "dance": factories.make_question(dinner, "Dans?", kind="yes_no"),
        "shoes": factories.make_question(dinner, "Sko?", kind="number"),
        "word": factories.make_question(race, "Lag?"),
        "class": RaceClass.objects.create(activity=race, title={"nb": "Pluss 90 kg"}),
    }


def test_what_was_told_stands_under_its_part_in_words(cast, asked):
    guest = factories.make_guest(cast.event, "Rita Rask", answers=dict.fromkeys(factories.PROGRAMME, "coming"))
    Entry.objects.create(
        guest=guest, activity=cast.activity("race"), race_class=asked["class"], has_been_before=False,
        ambition_seconds=750, shirt_size="M", changed_at=guest.created_at,
    )  # fmt: skip
    for name, value in {"bus": "2", "drinks": ["1", "2"], "dance": False, "shoes": 42.5, "word": "=1+1"}.items():
        reply(guest, asked[name], value)
    with translation.override("en"):
        rita = next(row for row in table(cast.event) if row["name"] == "Rita Rask")
    told = [cell for heading, cell in rita.items() if ":" in heading]
    assert told == ["Pluss 90 kg", "No", "12:30", "M", "=1+1", "Kl. 23", "Vann and Te", "No", "42.5"]
    assert "'=1+1" in b"".join(csv_parts(*answers(cast.event))).decode()


def test_what_was_told_stays_out_while_the_guest_is_not_coming(cast, asked):
    Entry.objects.create(
        guest=cast.ines, activity=cast.activity("race"), ambition_seconds=750, changed_at=cast.ines.created_at
    )
    reply(cast.ines, asked["bus"], "1")
    cells = [cell for row in table(cast.event) for cell in row.values()]
    assert "12:30" not in cells and "Kl. 22" not in cells
    Answer.objects.filter(guest=cast.ines).update(state="waiting", waiting_number=1)
    cells = [cell for row in table(cast.event) for cell in row.values()]
    assert "12:30" in cells and "Kl. 22" in cells


def test_columns_are_only_what_is_asked(cast):
    headings, _rows = answers(cast.event)
    assert len([heading for heading in headings if heading.startswith("Race: ")]) == 2  # before, ambition
    event = factories.make_event("middag", activities=("dinner",))
    assert len(answers(event)[0]) == 6


def test_other_events_replies_stay_out(cast, asked):
    question = factories.make_question(cast.other_event.activity_set.get(slug="dinner"), "Hemmelig?")
    reply(cast.zoe, question, "Bare for Zoe")
    assert "Zoe" not in b"".join(csv_parts(*answers(cast.event))).decode()


@pytest.mark.parametrize("guests", [1, 60])
def test_three_queries_are_enough_with_replies_and_entries(cast, asked, guests):
    for number in range(guests):
        guest = factories.make_guest(cast.event, answers=dict.fromkeys(factories.PROGRAMME, "coming"))
        Entry.objects.create(
            guest=guest, activity=cast.activity("race"), ambition_seconds=700 + number, changed_at=guest.created_at
        )
        reply(guest, asked["bus"], "1")
    with CaptureQueriesContext(connection) as captured:
        _headings, rows = answers(cast.event)
        assert len(list(rows)) == 3 + guests
    assert len(captured) == 3
