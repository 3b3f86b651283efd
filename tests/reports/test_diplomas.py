"""What a diploma and a picture to share say: of whom, in whose language, and nothing that was not wanted."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from events.domain.documents.shares import Shape
from events.domain.ranking import Status
from events.models import Course, EarlierTime, Race, RaceClass
from events.reports import diplomas
from tests import factories, racing

pytestmark = pytest.mark.django_db


@pytest.fixture
def course(clock):
    facts = factories.texts("ca. 908 trinn, rundt 300 høydemeter")
    return Course.objects.create(name="Stoltzekleiven", facts=facts, created_at=clock.now)


@pytest.fixture
def race(course):
    return racing.make_race(factories.make_event(), course=course, signed_by=factories.texts("Even Strand"))


@pytest.fixture
def ran_before(course):
    """ran_before(entry, minutes) last year, in a race that was published unless told otherwise."""

    def run(entry, minutes, *, is_published=True):
        day = timezone.localdate() - timedelta(days=300)
        event = factories.make_event("stoltzen-2026", held_on=day)
        race = racing.make_race(event, course=course)
        guest = factories.make_guest(event, contact=entry.guest.contact, answers={"race": "coming"})
        racing.record(race, {racing.enter(race, guest): minutes})
        if is_published:
            racing.publish(race)

    return run


def only(race):
    (result,) = diplomas.results_of(race)
    return result


def test_a_diploma_says_what_there_is_to_be_glad_of(race, ran_before):
    women = RaceClass.objects.create(activity=race.activity, title=factories.texts("Damer"))
    kari = racing.make_runner(race, "Kari Nordås", bib=1, ambition_seconds=780, race_class=women)
    ran_before(kari, 14.5)
    racing.record(race, {kari: 13.1})
    made = diplomas.diploma(only(racing.publish(race, Race.State.FINAL)))
    assert (made.heading, made.event, made.name, made.company) == (
        "Diplom", "Stoltzen", "Kari Nordås", "Fjord Regnskap AS",
    )  # fmt: skip
    assert (made.did, made.time) == ("fullførte Stoltzekleiven på", "13:06")
    assert made.pill == "Ny pers! 1:24 raskere enn i 2026"
    assert made.lines == ("Mål 13:00 – bare 0:06 unna", "1. plass av 1", "Klasse: Damer")
    assert made.where == "Bergen, fredag 24.\xa0september 2027"
    assert (made.facts, made.signed_by) == ("ca. 908 trinn, rundt 300 høydemeter", "Even Strand")


def test_a_year_nobody_was_shown_is_not_named(race, ran_before):
    kari = racing.make_runner(race)
    ran_before(kari, 14.5, is_published=False)
    racing.record(race, {kari: 13})
    assert diplomas.pill_words(only(race)) == "Ny pers! 1:30 raskere"


@pytest.mark.parametrize(
    ("told_ms", "words"), [(810_000, "Ny pers! 0:30 raskere enn i 2019"), (780_000, "Tangert pers!")]
)
def test_a_time_the_guest_told_of_counts_with_its_year(race, course, told_ms, words, clock):
    kari = racing.make_runner(race)
    EarlierTime.objects.create(guest=kari.guest, course=course, year=2019, time_ms=told_ms, told_at=clock.now)
    racing.record(race, {kari: 13})
    assert diplomas.pill_words(only(race)) == words
    Race.objects.update(counts_told_times=False)
    assert "2019" not in diplomas.pill_words(only(race))


@pytest.mark.parametrize(
    ("minutes", "words"),
    [
        (13, "Mål 13:00 – på sekundet!"),
        (12.9, "Mål 13:00 – slått med 0:06"),
        (14, "Mål 13:00 – bare 1:00 unna"),
        (15, ""),
    ],
)
def test_an_ambition_is_spoken_of_when_it_was_reached_or_near(race, minutes, words):
    kari = racing.make_runner(race, ambition_seconds=780)
    racing.record(race, {kari: minutes})
    race = racing.publish(race)
    assert [line for line in diplomas.diploma(only(race)).lines if "Mål" in line] == ([words] if words else [])


@pytest.mark.parametrize(
    ("race_shows", "guest_wants", "is_shown"),
    [(True, None, True), (False, None, False), (True, False, False), (False, True, True)],
)
def test_the_place_stands_there_as_the_guest_chose_else_as_the_race_does(race, race_shows, guest_wants, is_shown):
    racing.record(race, {racing.make_runner(race, shows_place=guest_wants): 13})
    race = racing.publish(race)
    Race.objects.filter(pk=race.pk).update(shows_places=race_shows)
    lines = diplomas.diploma(only(race)).lines
    assert lines == (("1. plass av 1 (foreløpig)",) if is_shown else ())


def test_a_class_of_a_few_has_no_places_and_one_of_more_has(race):
    women = RaceClass.objects.create(activity=race.activity, title=factories.texts("Damer"))
    runners = [racing.make_runner(race, f"Gjest {n}", race_class=women) for n in range(3)]
    racing.record(race, {entry: 12 + n for n, entry in enumerate(runners)})
    lines = [made.lines[-1] for made in diplomas.all_diplomas(diplomas.results_of(race)).diplomas]
    assert lines == [f"{place}. plass av 3 i Damer" for place in (1, 2, 3)]


@pytest.mark.parametrize(
    ("status", "heading", "instead", "lines"),
    [
        (Status.DNF, "Deltakerdiplom", "Vel kjempet!", ("Du stilte til start – det står det respekt av.",)),
        (Status.DSQ, "Deltakerdiplom", "Vel kjempet!", ()),
        (Status.NC, "Diplom", "Fullført!", ()),
    ],
)
def test_whoever_has_no_time_gets_a_warm_one(race, status, heading, instead, lines):
    racing.record(race, {racing.make_runner(race, ambition_seconds=780): status})
    made = diplomas.diploma(only(race))
    assert (made.heading, made.instead, made.lines, made.time, made.pill) == (heading, instead, lines, "", "")


def test_whoever_did_not_start_or_is_unclear_or_forgotten_gets_none(race):
    not_there, unclear, gone = [racing.make_runner(race) for _ in range(3)]
    racing.record(race, {not_there: Status.DNS, unclear: Status.UNCLEAR, gone: 13})
    gone.guest.forgotten_at = timezone.now()
    gone.guest.save()
    assert diplomas.results_of(race) == []


def test_diplomas_to_hand_out_are_sorted_by_name_in_each_ones_language_and_hide_what_is_hidden(race):
    born = race.activity.event.held_on.year - 12
    anna, berit = racing.make_runner(race, "Anna Vik", hides_time=True), racing.make_runner(race, "Berit Ås")
    pekka, child = racing.make_runner(race, "Pekka Mäkelä"), racing.make_runner(race, "Ole Vik", birth_year=born)
    pekka.guest.contact.language = "fi"
    pekka.guest.contact.save()
    racing.record(race, {berit: 13, anna: 12, pekka: 14, child: 15})
    made = diplomas.all_diplomas(diplomas.results_of(race)).diplomas
    assert sorted((one.name, one.language, one.time, one.instead) for one in made) == [
        ("Anna Vik", "nb", "", "Fullført!"),
        ("Berit Ås", "nb", "13:00", ""),
        ("Ole Vik", "nb", "", "Fullført!"),
        ("Pekka Mäkelä", "fi", "14.00", ""),
    ]
    assert [one.name for one in made] == [result.entry.guest.name for result in diplomas.results_of(race)]
    keys = [result.entry.guest.sort_key for result in diplomas.results_of(race)]
    assert keys == sorted(keys)
    assert {(one.pill, one.lines) for one in made if not one.time} == {("", ())}


def test_whoever_hides_the_time_reads_it_on_the_own_diploma(race):
    racing.record(race, {racing.make_runner(race, hides_time=True): 12})
    assert diplomas.diploma(only(race)).time == "12:00"


def test_a_picture_says_time_and_course_and_no_place(race):
    racing.record(race, {racing.make_runner(race, "Kari Nordås", shows_place=True): 12})
    with translation.override("fi"):
        made = diplomas.share(only(race), Shape.OG)
    assert (made.name, made.time, made.line) == ("Kari Nordås", "12.00", "Stoltzekleiven · 24.9.2027")
    assert "1." not in "".join((made.pill, made.event, made.instead))


def test_a_long_text_about_the_course_is_cut_at_a_word(race, course):
    course.facts = factories.texts("Trapper " * 60)
    course.save()
    racing.record(race, {racing.make_runner(race): 12})
    facts = diplomas.diploma(only(race)).facts
    assert (len(facts) <= diplomas.MOST_FACTS, facts.endswith("Trapper …")) == (True, True)


def test_a_race_without_a_course_is_named_after_its_part_of_the_programme(race):
    Race.objects.update(course=None)
    racing.record(race, {racing.make_runner(race): 12})
    made = diplomas.diploma(only(race))
    assert (made.did, made.facts) == ("fullførte Race på", "")
