"""The pages about who comes along: adding, naming, removing, and being asked to part."""

from datetime import timedelta

import pytest
from django.utils import timezone

from events.models import Activity, Answer, Event, Guest, History
from tests import factories
from tests.factories import page_of

pytestmark = pytest.mark.django_db
ENGLISH = "?lang=en"


@pytest.fixture
def greta(cast):
    """Greta comes to all but the race and may bring two."""
    Guest.objects.filter(pk=cast.greta.pk).update(companions_allowed=2)
    cast.greta.refresh_from_db()
    return cast.greta


def page(guest):
    return page_of(guest) + "companions/"


def text(response):
    return response.content.decode()


def states(guest):
    return dict(Answer.objects.filter(guest=guest).values_list("activity__slug", "state"))


def test_a_guest_brings_somebody_with_an_answer_for_each_part(client, greta):
    assert "Who comes with you" in text(client.get(page_of(greta) + "answered/" + ENGLISH))
    form = text(client.get(page(greta) + ENGLISH))
    assert form.count('name="new1-answer-') == 4  # two parts Greta comes to, two choices each
    assert "new1-answer-race" not in form
    assert " checked" not in form
    posted = {"new1-name": " Ola  Berge ", "new1-answer-dinner": "coming", "new1-answer-gathering": "not_coming"}
    response = client.post(page(greta), posted)
    assert response.status_code == 303
    ola = greta.companions.get()
    assert ola.companion_name == "Ola Berge"
    assert states(ola) == {"gathering": "not_coming", "race": "no_answer", "dinner": "coming"}
    summary = text(client.get(page_of(greta) + "answered/" + ENGLISH))
    assert "Ola Berge is coming with you." in summary
    assert "Ola Berge is coming with you." in text(client.get(page_of(greta) + ENGLISH))


@pytest.mark.parametrize("allowed", [1, 2, 3])
@pytest.mark.parametrize("name", ["Ola Berge", ""])
def test_nobody_is_added_twice_and_no_name_lost_when_save_is_pressed_twice(client, greta, allowed, name):
    Guest.objects.filter(pk=greta.pk).update(companions_allowed=allowed)
    posted = {"new1-name": name, "new1-answer-dinner": "coming"}
    for _press in range(2):
        assert client.post(page(greta), posted).status_code == 303
    assert greta.companions.get().companion_name == name
    assert History.objects.filter(guest=greta, what="companions").count() == 1


def test_whom_another_tab_added_keeps_the_name_when_the_older_page_is_sent(client, greta):
    client.post(page(greta), {"new1-name": "Ola Berge", "new1-answer-dinner": "coming"})
    client.post(page(greta), {"new1-name": "Kari Vik", "new1-answer-dinner": "coming"})
    assert sorted(greta.companions.values_list("companion_name", flat=True)) == ["Kari Vik", "Ola Berge"]


def test_a_name_may_come_later(client, greta):
    client.post(page(greta), {"new1-name": "", "new1-answer-dinner": "coming"})
    ola = greta.companions.get()
    assert "Your companion is coming with you." in text(client.get(page_of(greta) + "answered/" + ENGLISH))
    client.post(page(greta), {f"c{ola.pk}-name": "Ola Berge"})
    ola.refresh_from_db()
    assert (ola.companion_name, states(ola)["dinner"]) == ("Ola Berge", "coming")


def test_nobody_is_made_when_nothing_is_filled_in(client, greta):
    assert client.post(page(greta), {"new1-name": "  "}).status_code == 303
    assert not greta.companions.exists()


def test_the_page_comes_back_for_one_more(client, greta):
    posted = {"new1-name": "Ola", "new1-answer-dinner": "coming"}
    response = client.post(page(greta), {**posted, "more": "1"})
    assert response["Location"] == page(greta)
    assert "Save and add one more" not in text(client.get(page(greta) + ENGLISH))  # one more is the last
    client.post(page(greta), {"new1-name": "Kai", "new1-answer-dinner": "coming"})
    assert greta.companions.count() == 2
    assert "new1-name" not in text(client.get(page(greta)))


def test_several_are_added_and_one_removed_in_one_go(client, greta):
    ola = factories.make_companion(greta, "Ola", answers={"dinner": "coming"})
    posted = {
        f"c{ola.pk}-remove": "on",
        "new1-name": "Kai", "new1-answer-dinner": "coming",
        "new2-name": "Eli", "new2-answer-dinner": "not_coming",
    }  # fmt: skip
    client.post(page(greta), posted)
    assert set(greta.companions.values_list("companion_name", flat=True)) == {"Kai", "Eli"}


@pytest.mark.parametrize(
    ("posted", "field", "words"),
    [
        ({"new1-name": "Ola Berge"}, "new1-answer-gathering", "Select what Ola Berge comes to"),
        ({"new1-name": "1234", "new1-answer-dinner": "coming"}, "new1-name", "Write the name as in a greeting"),
        ({"new1-name": "Å" * 151, "new1-answer-dinner": "coming"}, "new1-name", "at most 150 letters"),
        ({"new1-name": "Ola", "new1-answer-dinner": "perhaps"}, "new1-answer-dinner", "Select whether"),
    ],
)
def test_the_page_says_what_to_do_and_keeps_what_was_typed(client, greta, posted, field, words):
    response = client.post(page(greta) + ENGLISH, posted)
    shown = text(response)
    assert response.status_code == 422
    assert "<title>Error:" in shown and 'role="alert"' in shown
    assert words in shown and f'href="#{field}' in shown and 'aria-invalid="true"' in shown
    assert posted["new1-name"] in shown
    assert not greta.companions.exists()


def test_more_than_allowed_is_refused_in_words(client, greta):
    posted = {
        f"new{n}-{field}": value
        for n in (1, 2, 3)
        for field, value in (("name", f"Nr {n}"), ("answer-dinner", "coming"))
    }
    response = client.post(page(greta) + ENGLISH, posted)
    assert (response.status_code, greta.companions.count()) == (422, 0)
    assert "You may bring 2 companions." in text(response)
    assert "Nr 3" in text(response)


def test_a_companion_of_another_cannot_be_touched_through_the_form(client, cast, greta):
    for owner in (cast.henrik, cast.zoe):
        theirs = factories.make_companion(owner, "Deres Følge", answers={"dinner": "coming"})
        key = f"c{theirs.pk}"
        client.post(page(greta), {f"{key}-name": "X", f"{key}-answer-dinner": "not_coming", f"{key}-remove": "on"})
        theirs.refresh_from_db()
        assert (theirs.companion_name, states(theirs)["dinner"]) == ("Deres Følge", "coming")
        assert "Deres Følge" not in text(client.get(page(greta)))


def test_the_page_is_not_there_when_the_guest_may_bring_nobody(client, cast):
    assert client.get(page(cast.henrik)).status_code == 404
    assert "companions/" not in text(client.get(page_of(cast.greta) + "answered/"))


def test_a_guest_who_comes_to_nothing_is_asked_to_answer_first(client, cast):
    Guest.objects.filter(pk=cast.henrik.pk).update(companions_allowed=1)
    shown = text(client.get(page(cast.henrik) + ENGLISH))
    assert "Tell us first what you are coming to yourself" in shown
    assert "new1-name" not in shown


def test_companions_are_kept_and_named_when_the_limit_is_lowered(client, greta):
    ola = factories.make_companion(greta, "", answers={"dinner": "coming"})
    Guest.objects.filter(pk=greta.pk).update(companions_allowed=0)
    assert "new1-name" not in text(client.get(page(greta)))
    client.post(page(greta), {f"c{ola.pk}-name": "Ola", "new1-name": "Kai", "new1-answer-dinner": "coming"})
    assert [guest.companion_name for guest in greta.companions.all()] == ["Ola"]


def test_all_that_was_typed_stands_there_when_an_organiser_closes_the_event_meanwhile(client, greta):
    ola = factories.make_companion(greta, "Ola Berge", answers={"dinner": "coming"})
    Event.objects.filter(pk=greta.event_id).update(state="closed")
    posted = {"new1-name": "Kai Moe", "new1-answer-dinner": "coming", f"c{ola.pk}-name": "Ola B. Berge"}
    response = client.post(page(greta) + ENGLISH, posted)
    shown = text(response)
    assert response.status_code == 422
    assert 'role="alert"' in shown and "all you wrote still stands here below" in shown
    assert 'value="Kai Moe"' in shown and 'value="Ola B. Berge"' in shown and 'href="tel:55000000"' in shown
    assert ">Save</button>" not in shown
    assert (greta.companions.count(), History.objects.count()) == (1, 0)


@pytest.mark.parametrize("state", ["held", "cancelled"])
def test_nothing_takes_effect_when_the_event_is_not_open(client, greta, state):
    ola = factories.make_companion(greta, "Ola Berge", answers={"dinner": "coming"})
    Event.objects.filter(pk=greta.event_id).update(state=state)
    before = History.objects.count()
    response = client.post(page(greta) + ENGLISH, {f"c{ola.pk}-remove": "on"})
    assert response.status_code == 200
    assert "Ola Berge is coming with you." in text(response) and 'href="tel:55000000"' in text(response)
    assert '<form class="ask"' not in text(response)
    assert (greta.companions.count(), History.objects.count()) == (1, before)


def test_what_was_typed_is_kept_and_somebody_to_call_named_when_the_deadline_has_passed(client, greta):
    ola = factories.make_companion(greta, "Ola Berge", answers={"dinner": "coming"})
    Event.objects.filter(pk=greta.event_id).update(answer_by_at=timezone.now() - timedelta(minutes=1))
    posted = {"new1-name": "Kai Moe", "new1-answer-dinner": "coming", f"c{ola.pk}-name": "Ola Berge"}
    response = client.post(page(greta) + ENGLISH, posted)
    shown = text(response)
    assert response.status_code == 422
    assert "Kai Moe" in shown and "The reply date has passed, but do get in touch with" in shown
    assert 'role="alert"' in shown and "all you wrote still stands here below" in shown
    assert 'href="#new1-answer-dinner"' in shown and 'id="new1-answer-dinner' in shown
    assert greta.companions.count() == 1
    later = text(client.get(page(greta) + ENGLISH))
    assert f"c{ola.pk}-name" in later and "answer-dinner" not in later and f"c{ola.pk}-remove" not in later


def test_the_no_of_the_guest_is_said_for_the_companion_too(client, greta):
    ola = factories.make_companion(greta, "Ola Berge", answers={"dinner": "coming", "gathering": "coming"})
    client.post(page_of(greta), {"none": "1"})
    assert set(states(ola).values()) == {"not_coming"}
    assert "Ola Berge is not coming either." in text(client.get(page_of(greta) + "answered/" + ENGLISH))
    client.post(page_of(greta), {"all": "1"})
    assert set(states(ola).values()) == {"not_coming"}
    assert "Ola Berge is not coming." in text(client.get(page_of(greta) + "answered/" + ENGLISH))


def test_a_party_that_waits_is_asked_whether_one_takes_the_place(client, cast, greta):
    """Greta has one of two places; one is free, and she asks for two more."""
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=2)
    posted = {"new1-name": "Ola", "new1-answer-dinner": "coming", "new2-name": "Kai", "new2-answer-dinner": "coming"}
    response = client.post(page(greta), posted)
    assert response["Location"] == page(greta)
    assert [states(guest)["dinner"] for guest in greta.companions.order_by("pk")] == ["waiting", "waiting"]
    asked = "there is one place now. Shall one of you take it?"
    for path in ("", "answered/", "companions/"):
        assert asked in text(client.get(page_of(greta) + path + ENGLISH))
    assert client.post(page(greta), {"split": "dinner"})["Location"] == page_of(greta) + "answered/"
    assert [states(guest)["dinner"] for guest in greta.companions.order_by("pk")] == ["coming", "waiting"]
    assert asked not in text(client.get(page_of(greta) + ENGLISH))


def party_in_line(cast, greta):
    """Greta and Ola wait together for a dinner with one place, which is free."""
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    Answer.objects.filter(guest=greta, activity__slug="dinner").update(state="waiting", waiting_number=1)
    greta.refresh_from_db()
    return factories.make_companion(greta, "Ola Berge", answers={"dinner": "waiting"})


def test_a_party_is_asked_after_the_cut_off_too_and_the_place_is_given_by_hand(client, cast, greta, clock):
    party_in_line(cast, greta)
    clock.now = cast.activity("dinner").starts_at - timedelta(hours=2)
    Activity.objects.filter(event=cast.event).update(answer_by_at=clock.now + timedelta(hours=1))
    shown = text(client.get(page(greta) + ENGLISH))
    assert "there is one place now. Shall one of you take it?" in shown and "we give places by hand" in shown
    client.post(page(greta), {"split": "dinner"})
    line = Answer.objects.filter(activity__slug="dinner", activity__event=cast.event).waiting()
    assert [(row.guest, row.waiting_number) for row in line] == [(greta, 1), (greta.companions.get(), 2)]
    assert "Shall one of you take it?" not in text(client.get(page(greta) + ENGLISH))


def test_a_party_that_stands_apart_may_come_together_again(client, cast, greta):
    ola = party_in_line(cast, greta)
    Answer.objects.filter(guest=cast.ines, activity__slug="dinner").update(state="coming")
    assert "Yes, only together" not in text(client.get(page(greta) + ENGLISH))
    client.post(page(greta), {"split": "dinner"})
    assert "Yes, only together" in text(client.get(page(greta) + ENGLISH))
    assert client.post(page(greta), {"together": "1"})["Location"] == page_of(greta) + "answered/"
    numbers = Answer.objects.filter(guest__in=[greta, ola], activity__slug="dinner")
    assert set(numbers.values_list("waiting_number", flat=True)) == {1}
    assert "Yes, only together" not in text(client.get(page(greta) + ENGLISH))


def test_the_name_is_text_on_every_page(client, greta):
    name = "<b>Ola</b> & co"
    client.post(page(greta), {"new1-name": name, "new1-answer-dinner": "coming"})
    for path in ("", "answered/", "companions/"):
        assert "<b>Ola" not in text(client.get(page_of(greta) + path))
