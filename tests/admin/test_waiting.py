"""The waiting lists as organisers see and order them, and companions in every list."""

import csv
import io

import pytest
from django.conf import settings
from django.core.management import call_command
from django.utils import translation

from events.actions import answers, companions
from events.actions.companions import Wish
from events.models import Activity, Answer, Event, Guest, History, Message
from tests import factories

YES = {"dinner": "coming"}


@pytest.fixture
def line(cast, now):
    """A dinner for two: Greta comes; Henrik and Ola want to come together, then Ines."""
    Guest.objects.filter(pk=cast.henrik.pk).update(companions_allowed=3)
    cast.henrik.refresh_from_db()
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    answers.give(cast.henrik, YES, by=None, channel="web", now=now)
    ola = Wish(name="Ola Berge", answers=YES)
    companions.save(cast.henrik, [ola], by=None, channel="web", now=now)
    answers.give(cast.ines, YES, by=None, channel="web", now=now)
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=2)
    return cast


def url(cast, rest=""):
    return f"/admin/events/event/{cast.event.pk}/waiting/{rest}"


def answer_of(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner")


def standing(cast):
    rows = Answer.objects.filter(activity=cast.activity("dinner")).waiting().select_related("guest__contact")
    return [row.guest.name for row in rows]


def text(response):
    return response.content.decode()


@pytest.fixture
def otto(office):
    client = office("otto")
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    return client


def test_the_page_says_who_stands_where_and_why_nobody_is_let_in(otto, line):
    page = text(otto.get(url(line)))
    assert "1 place is free; first in line are 2 who come together." in page
    assert '<li value="1">' in page and '<li value="3">' in page
    assert "with Henrik Sørli" in page
    assert page.index("Henrik Sørli") < page.index("Ola Berge") < page.index("Ines Öberg")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"capacity": 1}, "All places are taken."),
        ({"promotes_until_hours": 24 * 60}, "It is given by hand now: it is less than 1440 hours before the start."),
        ({"cancelled_at": "2027-08-10T09:00Z"}, "This part is cancelled, so nobody gets a place."),
    ],
)
def test_each_reason_is_said_in_words(otto, line, changes, words):
    Activity.objects.filter(event=line.event, slug="dinner").update(**changes)
    assert words in text(otto.get(url(line)))


def test_free_places_are_said_when_nobody_waits(otto, cast):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=4)
    assert "Nobody waits. 3 places are free." in text(otto.get(url(cast)))


def test_somebody_is_moved_with_a_reason(otto, line):
    page = url(line, f"{answer_of(line.ines).pk}/move/")
    assert 'value="1"' in text(otto.get(page + "?to=1"))
    response = otto.post(page, {"place": "1", "reason": "Holder tale"}, follow=True)
    assert standing(line) == ["Henrik Sørli", "Ola Berge"]  # and Ines got the free place
    assert "Ines Öberg has got a place" in text(response)
    assert History.objects.get(what="moved").facts["reason"] == "Holder tale"
    guest = text(otto.get(f"/admin/events/guest/{line.ines.pk}/change/"))
    assert "from number 3 to number 1: Holder tale" in guest


@pytest.mark.parametrize(
    ("posted", "words"),
    [
        ({"place": "1", "reason": ""}, "Write in a few words why."),
        ({"place": "1", "reason": "x" * 201}, "at most 200"),
        ({"place": "0", "reason": "x"}, "1 for the front"),
        ({"place": "", "reason": "x"}, "1 for the front"),
    ],
)
def test_nothing_moves_without_a_number_and_a_reason(otto, line, posted, words):
    response = otto.post(url(line, f"{answer_of(line.ines).pk}/move/"), posted)
    assert response.status_code == 422
    assert words in text(response)
    assert standing(line) == ["Henrik Sørli", "Ola Berge", "Ines Öberg"]


def test_a_place_is_given_by_hand_after_asking_once(otto, line):
    page = url(line, f"{answer_of(line.ines).pk}/give/")
    assert "Ines Öberg gets a place and is told by mail." in text(otto.get(page))
    assert answer_of(line.ines).state == "waiting"
    otto.post(page)
    assert answer_of(line.ines).state == "coming"
    assert Message.objects.get(letter="promoted").guest == line.ines


def test_more_than_there_is_room_for_is_asked_for_once_more(otto, line):
    page = url(line, f"{answer_of(line.henrik).pk}/give/")
    assert "That is 1 more than there is room for." in text(otto.get(page))
    assert otto.post(page).status_code == 422
    assert answer_of(line.henrik).state == "waiting"
    otto.post(page, {"beyond": "1"})
    assert [answer_of(guest).state for guest in (line.henrik, line.henrik.companions.get())] == ["coming", "coming"]


def test_who_got_a_place_meanwhile_is_named(otto, line):
    answer = answer_of(line.ines)
    Answer.objects.filter(pk=answer.pk).update(state="coming", waiting_number=None)
    for deed, posted in (("move", {"place": "1", "reason": "x"}), ("give", {})):
        for response in (
            otto.get(url(line, f"{answer.pk}/{deed}/"), follow=True),
            otto.post(url(line, f"{answer.pk}/{deed}/"), posted, follow=True),
        ):
            assert "Ines Öberg does not wait any more" in text(response)


def test_another_events_line_is_not_found(otto, line, cast):
    theirs = Answer.objects.get(guest=cast.zoe, activity__slug="dinner")
    for deed in ("move", "give"):
        assert otto.post(url(line, f"{theirs.pk}/{deed}/"), {"place": "1", "reason": "x"}).status_code == 404


# --- companions in every list


@pytest.fixture
def party(cast, now):
    """Greta brings Ola Berge and somebody without a name yet."""
    Guest.objects.filter(pk=cast.greta.pk).update(companions_allowed=2)
    cast.greta.refresh_from_db()
    wishes = [Wish(name="Ola Berge", answers=YES), Wish(answers=YES)]
    companions.save(cast.greta, wishes, by=None, channel="web", now=now)
    return cast


@pytest.mark.parametrize(
    "page", ["guests/", "answers/", "overview/", "guests/?q=greta", "guests/?answer-dinner=coming"]
)
def test_a_companion_stands_with_the_guest_in_every_list(otto, party, page):
    shown = text(otto.get(f"/admin/events/event/{party.event.pk}/{page}"))
    assert "Ola Berge" in shown and "with Greta Åsen" in shown
    assert "Companion of Greta Åsen" in shown


def test_history_and_the_guests_page_tell_of_companions(otto, party):
    shown = text(otto.get(f"/admin/events/guest/{party.greta.pk}/change/"))
    assert "Ola Berge" in shown and "Companion of Greta Åsen" in shown and "2 more" in shown
    history = text(otto.get("/admin/events/history/"))
    assert "with Greta Åsen" in history and "Companion of Greta Åsen" in history


@pytest.mark.parametrize("what", ["guests", "answers"])
def test_exports_say_with_whom_a_companion_comes(party, tmp_path, what):
    with translation.override("en"):
        call_command("export", party.event.slug, what, format="csv", out=tmp_path / "l.csv")
    rows = list(csv.DictReader(io.StringIO((tmp_path / "l.csv").read_text("utf-8-sig")), delimiter=";"))
    mine = {row["name"]: row["comes with"] for row in rows}
    assert mine["Ola Berge"] == mine["Companion of Greta Åsen"] == "Greta Åsen"
    assert mine["Henrik Sørli"] == ""


def test_a_companion_has_a_page_with_a_name_to_write_in(otto, party):
    ola = party.greta.companions.get(companion_name="")
    page = f"/admin/events/guest/{ola.pk}/change/"
    assert "Comes with" in text(otto.get(page))
    response = otto.post(page, {"companion_name": "Kai  Moe", "host": "", "note": "", **no_invitation()})
    assert response.status_code == 302
    ola.refresh_from_db()
    assert (ola.companion_name, "kai moe" in ola.search_text) == ("Kai Moe", True)


def no_invitation():
    return {"invitation-TOTAL_FORMS": "0", "invitation-INITIAL_FORMS": "0"}


def test_an_answer_is_given_for_a_companion(otto, party):
    ola = party.greta.companions.get(companion_name="Ola Berge")
    page = f"/admin/events/event/{party.event.pk}/guests/{ola.pk}/answer/"
    otto.post(page, {"channel": "phone", "answer-dinner": "not_coming", "tell": "on"})
    assert answer_of(ola).state == "not_coming"
    assert Message.objects.filter(letter="confirmation").get().guest == party.greta


def test_pages_of_a_companion_open_without_an_invitation(otto, party):
    ola = party.greta.companions.get(companion_name="Ola Berge")
    for page in ("answer/", "invited-to/"):
        assert otto.get(f"/admin/events/event/{party.event.pk}/guests/{ola.pk}/{page}").status_code == 200
    for page in ("new-link/", "withdraw/"):
        assert otto.get(f"/admin/events/event/{party.event.pk}/guests/{ola.pk}/{page}").status_code == 404


def test_queries_stay_as_many_when_there_are_companions(otto, cast, django_assert_max_num_queries):
    for number in range(12):
        guest = factories.make_guest(cast.event, answers={"dinner": "waiting"})
        factories.make_companion(guest, f"Følge {number}" if number % 2 else "", answers={"dinner": "waiting"})
    for page, most in (("guests/", 10), ("answers/", 8), ("waiting/", 8), ("overview/", 12), ("send/invitation/", 18)):
        with django_assert_max_num_queries(most):
            otto.get(f"/admin/events/event/{cast.event.pk}/{page}")


def test_the_office_names_the_place_in_line_when_numbers_before_it_are_gone(cast):
    waiting = [factories.make_guest(cast.event, answers={"dinner": "waiting"}) for _ in range(2)]
    for guest, number in zip(waiting, (7, 9), strict=True):
        Answer.objects.filter(guest=guest, state="waiting").update(waiting_number=number)
    rows = Answer.objects.filter(guest__in=waiting, state="waiting").with_place().order_by("waiting_number")
    first = rows[0].place
    assert [row.place for row in rows] == [first, first + 1]
    assert not Answer.objects.exclude(state="waiting").with_place().exclude(place=None).exists()


def test_whoever_gives_a_single_place_to_a_party_may_ask_them_first(office, cast):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=2)  # Greta has one of them
    ola = factories.make_guest(cast.event, "Ola Venter", answers={"dinner": "waiting"})
    factories.make_companion(ola, "Kai Venter", answers={"dinner": "waiting"})
    answer = Answer.objects.get(guest=ola, activity__slug="dinner")
    client = office("otto")
    client.cookies["language"] = "en"
    page = client.get(f"/admin/events/event/{cast.event.pk}/waiting/{answer.pk}/give/").content.decode()
    assert "That is 1 more than there is room for. Or ask Ola Venter whether some of them take what there is" in page


@pytest.mark.parametrize(("state", "count"), [("open", 1), ("held", 0)])
def test_menu_counts_who_waits_until_the_event_is_over(office, cast, state, count):
    factories.make_guest(cast.event, answers={"dinner": "waiting"})
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    links = [link for _title, group in navigation_of(office, cast).groups for link in group]
    assert [link.waits for link in links if link.url.endswith("/waiting/")] == [count]


def navigation_of(office, cast):
    return office("otto").get(f"/admin/events/event/{cast.event.pk}/overview/").context["navigation"]
