"""What bibs, start lists and result lists say, read from the database."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation

from events.domain.ranking import Status
from events.models import Answer, Course, Race, RaceClass, Wave
from events.reports import documents, printing, result_sheets
from tests import factories, racing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("near_press")]


@pytest.fixture
def race(clock):
    course = Course.objects.create(name="Stoltzekleiven", created_at=clock.now)
    return racing.make_race(factories.make_event(), course=course)


def at(race, **delta):
    return race.starts_at + timedelta(**delta)


def numbers(sheet):
    return [bib.number for bib in sheet.bibs]


def test_everybody_with_a_number_gets_a_bib_in_the_order_wanted(race):
    racing.make_runner(race, "Berit Lie", bib=3, slot_at=at(race, seconds=20))
    racing.make_runner(race, "Anna Vik", bib=2, slot_at=at(race, seconds=10))
    racing.make_runner(race, "Cato Ås", bib=1)
    racing.make_runner(race, "Dag Moe")
    found = documents.starters(race)
    by = {order: numbers(documents.bibs(race, found, order=order)) for order in ("bib", "start", "name")}
    assert by == {"bib": [1, 2, 3], "start": [2, 3, 1], "name": [3, 2, 1]}  # by family name
    first = documents.bibs(race, found, order="start").bibs[0]
    assert (first.name, first.company, first.start) == ("Anna Vik", "Fjord Regnskap AS", "16:00:10")
    assert documents.first_blank(found) == 4


def test_blank_bibs_take_no_number_that_somebody_has(race):
    racing.make_runner(race, "Berit Ås", bib=3)
    sheet = documents.bibs(race, documents.starters(race), blanks=range(2, 6))
    assert [(bib.number, bib.name) for bib in sheet.bibs] == [(3, "Berit Ås"), (2, ""), (4, ""), (5, "")]


def test_whoever_does_not_come_or_is_forgotten_is_on_no_list(race):
    stays, left, waits, gone = [racing.make_runner(race, bib=number) for number in range(1, 5)]
    for entry, state in ((left, "not_coming"), (waits, "waiting")):
        number = {"waiting_number": 1} if state == "waiting" else {}
        Answer.objects.filter(guest=entry.guest, activity=race.activity).update(state=state, **number)
    gone.guest.forgotten_at = timezone.now()
    gone.guest.save()
    assert [one.bib for one in documents.starters(race)] == [stays.bib]


def test_a_companion_stands_with_name_and_company_of_whoever_brings_it(race):
    kari = racing.make_runner(race, "Kari Nordås", bib=1, company=factories.make_company("Vestkraft AS"))
    racing.make_runner(race, "Per Nordås", companion_of=kari.guest, bib=2)
    racing.make_runner(race, "", companion_of=kari.guest, bib=3)
    named, nameless = documents.bibs(race, documents.starters(race)).bibs[1:]
    assert (named.name, named.company) == ("Per Nordås", "Vestkraft AS")
    assert nameless.name == "Følget til Kari Nordås"


@pytest.mark.parametrize(
    ("start", "language", "words"),
    [("interval", "nb", "16:04:20"), ("interval", "fi", "16.04.20"), ("waves", "nb", "16:15"), ("mass", "fi", "16.00")],
)
def test_the_own_start_is_told_as_the_race_starts_and_the_language_writes_it(race, start, language, words):
    race.start = start
    wave = Wave.objects.create(race=race, title=factories.texts("Pulje 1"), starts_at=at(race, minutes=15))
    given = {"waves": {"wave": wave}, "interval": {"slot_at": at(race, minutes=4, seconds=20)}}.get(start, {})
    racing.make_runner(race, bib=1, **given)
    with translation.override(language):
        assert documents.bibs(race, documents.starters(race)).bibs[0].start == words


def test_the_start_list_goes_by_wave_and_start_with_a_box_for_the_starter(race):
    race.start = Race.Start.WAVES
    late, early = [
        Wave.objects.create(race=race, title=factories.texts(f"Pulje {name}"), starts_at=at(race, minutes=minutes))
        for name, minutes in (("B", 30), ("A", 0))
    ]
    women = RaceClass.objects.create(activity=race.activity, title=factories.texts("Damer"))
    racing.make_runner(race, "Berit Ås", bib=1, wave=late)
    racing.make_runner(race, "Anna Vik", bib=2, wave=early, race_class=women)
    racing.make_runner(race, "Cato Lie")
    made = documents.start_list(race, documents.starters(race), now=timezone.now(), for_starters=True)
    assert [(group.title, [row[2] for row in group.rows]) for group in made.groups] == [
        ("Pulje A", ["Anna Vik"]), ("Pulje B", ["Berit Ås"]), ("Uten pulje", ["Cato Lie"]),
    ]  # fmt: skip
    assert made.groups[0].rows[0] == ("16:00", "2", "Anna Vik", "Fjord Regnskap AS", "Damer", "")
    assert [column.ticks for column in made.columns] == [False] * 5 + [True]
    assert made.under == "Stoltzen · Race · fredag 24.\xa0september 2027 kl.\xa016:00"
    assert made.foot == "Per 10.08.2027, 11:00"


def test_the_list_for_the_wall_keeps_the_rules_of_what_others_may_see(race):
    named, unnamed = racing.make_runner(race, "Kari Nordås", bib=1), racing.make_runner(race, "Ola Berge", bib=2)
    hides, out = racing.make_runner(race, "Per Vik", bib=3, hides_time=True), racing.make_runner(race, "Siv Moe", bib=4)
    for entry in (named, hides, out):
        racing.agree(entry)
    racing.record(race, {named: 13, unnamed: 12, hides: 11, out: Status.DNF})
    now = timezone.now()
    assert result_sheets.as_guests_see(race, now=now).groups == ()
    made = result_sheets.as_guests_see(racing.publish(race), now=now)
    assert [(row[0], row[1], row[2], row[5]) for row in made.groups[0].rows] == [
        ("1.", "2", "Startnummer 2", "12:00"),
        ("2.", "1", "Kari Nordås", "13:00"),
        ("", "3", "Per Vik", "I mål"),
        ("", "4", "Siv Moe", "Brøt"),
    ]
    assert made.note == "Foreløpig"
    assert result_sheets.as_guests_see(racing.publish(race, Race.State.FINAL), now=now).note == ""


def test_the_full_list_has_everybody_and_says_that_it_is_for_organisers(race):
    quick, slow = racing.make_runner(race, "Kari Nordås", bib=1, ambition_seconds=720), racing.make_runner(race, "Ola")
    hides, out, _unknown = [racing.make_runner(race, name, hides_time=True) for name in ("Per", "Siv", "Tor")]
    racing.record(race, {quick: 11.9, slow: 13, hides: 14, out: Status.DNS})
    made = result_sheets.in_full(race, now=timezone.now())
    assert [(group.title, [row[2] for row in group.rows]) for group in made.groups] == [
        ("", ["Kari Nordås", "Ola", "Per"]), ("Startet ikke", ["Siv"]), ("Ingenting kjent ennå", ["Tor"]),
    ]  # fmt: skip
    assert made.groups[0].rows[0][5:8] == ("11:54", "±0:00", "−0:06")
    assert made.groups[0].rows[2][5:7] == ("14:00", "")  # without a place, and so without a gap
    assert made.note.startswith("Bare for arrangører")


@pytest.mark.parametrize("what", printing.PRINTED)
def test_each_printout_asks_as_much_of_the_database_for_thirty_as_for_one(race, what):
    counts = []
    for size in (1, 30):
        runners = [
            racing.make_runner(race, company=factories.make_company(f"Firma {n}"), bib=None) for n in range(size)
        ]
        for number, entry in enumerate(runners):
            entry.bib = size * 100 + number
            entry.save()
        racing.record(race, {entry: 12 + number for number, entry in enumerate(runners)})
        race = racing.publish(race)
        with CaptureQueriesContext(connection) as captured:
            assert printing.printed(what, race, now=timezone.now()).startswith(b"%PDF")
        counts.append(len(captured))
    assert counts[0] == counts[1] <= 3


def test_only_the_wanted_bibs_are_printed(race):
    for number in (1, 2, 30):
        racing.make_runner(race, bib=number)
    wish = printing.Wish(numbers=(2, 29))
    assert [one.bib for one in documents.starters(race) if wish.takes(one.bib)] == [2]
    assert printing.printed("bibs", race, now=timezone.now(), wish=wish).startswith(b"%PDF")
