"""Who comes with a guest: persons with answers of their own, who count in every place."""

from datetime import timedelta

import pytest
from django.utils import translation

from events.actions import answers, companions, contacts, guests, programme
from events.actions.companions import Wish
from events.domain.answers import Choice, Window
from events.models import Activity, Answer, Event, Guest, History, Message
from events.reports.replies import replies
from tests import factories

COMING, NOT_COMING, UNSURE = Choice.COMING, Choice.NOT_COMING, Choice.UNSURE


@pytest.fixture
def greta(cast):
    """Greta comes to all but the race and may bring two."""
    Guest.objects.filter(pk=cast.greta.pk).update(companions_allowed=2)
    cast.greta.refresh_from_db()
    return cast.greta


def save(guest, now, *wishes, by=None):
    return companions.save(guest, wishes, by=by, channel="web", now=now)


def states(guest):
    return dict(Answer.objects.filter(guest=guest).values_list("activity__slug", "state"))


def limited(cast, capacity, slug="dinner"):
    Activity.objects.filter(event=cast.event, slug=slug).update(capacity=capacity)


def heads(event, slug="dinner"):
    return next(part for part in replies(event)["activities"] if part["slug"] == slug)


def test_a_companion_is_a_person_with_answers_and_counts_when_a_guest_brings_one(cast, greta, now):
    save(greta, now, Wish(name="Ola Berge", answers={"dinner": COMING}))
    ola = greta.companions.get()
    with translation.override("en"):
        assert (ola.name, ola.comes_with) == ("Ola Berge", "with Greta Åsen")
    assert (ola.event, ola.contact) == (cast.event, None)
    assert states(ola) == {"gathering": "no_answer", "race": "no_answer", "dinner": "coming"}
    assert (heads(cast.event)["coming"], heads(cast.event)["invited"], replies(cast.event)["companions"]) == (2, 4, 1)
    rows = History.objects.filter(event=cast.event).order_by("pk").values_list("what", "guest", "facts")
    assert list(rows) == [
        ("companions", greta.pk, {"added": 1, "was": {"made": [ola.pk], "gone": []}}),
        ("answered", ola.pk, {"before": "no_answer", "after": "coming"}),
    ]
    assert list(Message.objects.values_list("guest", "letter")) == [(greta.pk, "confirmation")]


def test_a_companion_without_a_name_is_called_after_the_guest(greta, now):
    save(greta, now, Wish(answers={"dinner": COMING}))
    ola = greta.companions.get()
    with translation.override("en"):
        assert (ola.name, ola.comes_with) == ("Companion of Greta Åsen", "")
    assert (ola.sort_key, "greta" in ola.search_text) == (greta.sort_key, True)


def test_a_companion_is_named_and_found_later(greta, now):
    save(greta, now, Wish(answers={"dinner": COMING}))
    ola = greta.companions.get()
    save(greta, now, Wish(pk=ola.pk, name="Ola Berge"))
    ola.refresh_from_db()
    assert (ola.companion_name, ola.search_text.split()[:2]) == ("Ola Berge", ["ola", "berge"])
    assert states(ola)["dinner"] == "coming"


def test_nothing_is_written_when_the_same_is_said_again(greta, now, clock):
    save(greta, now, Wish(name="Ola Berge", answers={"dinner": COMING}))
    ola, written = greta.companions.get(), (History.objects.count(), Message.objects.get().due_at)
    save(greta, clock.move(minutes=1), Wish(pk=ola.pk, name="Ola Berge", answers={"dinner": COMING}))
    assert (History.objects.count(), Message.objects.get().due_at) == written


def test_more_than_the_limit_is_refused_and_nothing_stored(greta, now):
    with pytest.raises(companions.TooMany) as most:
        save(greta, now, *(Wish(answers={"dinner": COMING}) for _ in range(3)))
    assert (most.value.allowed, greta.companions.count(), History.objects.count()) == (2, 0, 0)


def test_one_may_be_swapped_for_another_when_the_limit_is_reached(greta, now):
    save(greta, now, *(Wish(name=name, answers={"dinner": COMING}) for name in ("Ola", "Kai")))
    ola = greta.companions.get(companion_name="Ola")
    save(greta, now, Wish(pk=ola.pk, is_removed=True), Wish(name="Eli", answers={"dinner": COMING}))
    assert set(greta.companions.values_list("companion_name", flat=True)) == {"Kai", "Eli"}


def test_the_limit_of_the_event_is_the_limit_of_a_new_guest(cast, now):
    Event.objects.filter(pk=cast.event.pk).update(companions_allowed=3)
    cast.event.refresh_from_db()
    how = {"by": None, "channel": "office", "now": now}
    assert guests.add(cast.event, factories.make_contact(), **how).companions_allowed == 3
    assert guests.add(cast.event, factories.make_contact(), companions_allowed=0, **how).companions_allowed == 0


@pytest.mark.parametrize("whose", ["another guest's", "another event's"])
def test_a_companion_of_somebody_else_is_not_touched(cast, greta, now, whose):
    owner = cast.henrik if whose == "another guest's" else cast.zoe
    theirs = factories.make_companion(owner, "Deres Følge", answers={"dinner": "coming"})
    before = states(theirs)
    for wish in ({"name": "X", "answers": {"dinner": NOT_COMING}}, {"is_removed": True}):
        save(greta, now, Wish(pk=theirs.pk, **wish))
    theirs.refresh_from_db()
    assert (theirs.companion_name, states(theirs)) == ("Deres Følge", before)
    assert not History.objects.exists()


def test_companions_are_not_asked_where_they_are_not_welcome(cast, greta, now):
    Activity.objects.filter(event=cast.event, slug="gathering").update(welcomes_companions=False)
    save(greta, now, Wish(name="Ola", answers={"gathering": COMING, "dinner": COMING}))
    assert states(greta.companions.get()) == {"race": "no_answer", "dinner": "coming"}
    dinner, race = cast.activity("gathering"), {"by": None, "channel": "office", "now": now}
    programme.change(dinner, {"welcomes_companions": True}, **race)
    assert states(greta.companions.get())["gathering"] == "no_answer"
    programme.change(dinner, {"welcomes_companions": False}, **race)
    assert states(greta.companions.get())["gathering"] == "no_answer"


def test_a_companion_does_not_come_where_the_guest_does_not(greta, now):
    """Greta runs not; the whole of what was sent is refused."""
    with pytest.raises(companions.CannotBeSaid) as refused:
        save(greta, now, Wish(name="Ola", answers={"race": COMING, "dinner": COMING}))
    assert refused.value.reasons == {(0, "race"): Window.OPEN}
    assert not greta.companions.exists()


def test_the_house_may_let_a_companion_come_alone(cast, greta, now):
    ola = factories.make_companion(greta, "Ola Berge")
    answers.give(ola, {"race": COMING}, by=cast.otto, channel="phone", now=now)
    assert (states(ola)["race"], states(greta)["race"]) == ("coming", "not_coming")
    assert Message.objects.get().guest == greta  # who is told of it


def test_nothing_is_stored_of_what_comes_after_the_deadline(cast, greta, now):
    ola = factories.make_companion(greta, "Ola", answers={"dinner": "coming"})
    Event.objects.filter(pk=cast.event.pk).update(answer_by_at=now - timedelta(seconds=1))
    greta.event.refresh_from_db()
    late = (Wish(pk=ola.pk, is_removed=True), Wish(name="Kai", answers={"dinner": COMING}))
    with pytest.raises(companions.CannotBeSaid) as refused:
        save(greta, now, *late)
    assert refused.value.reasons == {(at, "dinner"): Window.DEADLINE_PASSED for at in (0, 1)}
    assert states(ola)["dinner"] == "coming"
    save(greta, now, Wish(pk=ola.pk, name="Ola Berge", answers={"dinner": COMING}))  # a name can still be told
    assert greta.companions.get().companion_name == "Ola Berge"


def test_the_guests_no_frees_the_companions_places_too(cast, greta, now):
    limited(cast, 2)
    ola = factories.make_companion(greta, "Ola", answers={"dinner": "coming", "gathering": "coming"})
    for guest in (cast.henrik, cast.ines):
        answers.give(guest, {"dinner": COMING}, by=None, channel="web", now=now)
    given = answers.give(greta, {"dinner": NOT_COMING}, by=None, channel="web", now=now)
    assert states(ola) == {"gathering": "coming", "race": "no_answer", "dinner": "not_coming"}
    assert [answer.guest for answer in given.promoted] == [cast.henrik, cast.ines]
    assert heads(cast.event)["coming"] == 2
    assert History.objects.get(guest=ola).facts == {"before": "coming", "after": "not_coming"}


def test_companions_stay_away_when_the_guest_says_yes_anew(greta, now):
    ola = factories.make_companion(greta, "Ola", answers={"dinner": "coming"})
    for choice in (NOT_COMING, COMING):
        answers.give(greta, {"dinner": choice}, by=None, channel="web", now=now)
    assert (states(greta)["dinner"], states(ola)["dinner"]) == ("coming", "not_coming")


def test_companions_places_are_free_while_the_guest_does_not_know(greta, now):
    ola = factories.make_companion(greta, "Ola", answers={"dinner": "coming", "gathering": "not_coming"})
    answers.give(greta, {"dinner": UNSURE, "gathering": UNSURE}, by=None, channel="web", now=now)
    assert states(ola) == {"gathering": "not_coming", "race": "no_answer", "dinner": "unsure"}


def test_a_removed_companion_is_gone_and_the_place_goes_to_the_first_in_line(cast, greta, now):
    limited(cast, 2)
    ola = factories.make_companion(greta, "Ola", answers={"dinner": "coming"})
    answers.give(cast.henrik, {"dinner": COMING}, by=None, channel="web", now=now)
    settled = save(greta, now, Wish(pk=ola.pk, is_removed=True))
    assert [answer.guest for answer in settled.promoted] == [cast.henrik]
    assert not Guest.objects.filter(pk=ola.pk).exists()
    assert (heads(cast.event)["coming"], heads(cast.event)["invited"]) == (2, 3)
    gone = {str(cast.activity(slug).pk): state for slug, state in (("gathering", "no_answer"), ("dinner", "coming"))}
    gone[str(cast.activity("race").pk)] = "no_answer"
    assert History.objects.get(what="companions").facts == {"removed": 1, "was": {"made": [], "gone": [gone]}}


def test_companions_follow_when_the_guest_is_invited_to_other_parts(cast, greta, now):
    ola = factories.make_companion(greta, "Ola", answers={"dinner": "coming"})
    how = {"by": cast.otto, "channel": "office", "now": now}
    bath = programme.add(
        cast.event, title=factories.texts("Bad"), starts_at=cast.activity("dinner").starts_at,
        ends_at=cast.activity("dinner").ends_at, **how,
    )  # fmt: skip
    assert "bad" in states(ola)
    with pytest.raises(guests.HasAPlace):
        guests.invite_to(cast.greta, [bath], **how)
    answers.give(greta, {"dinner": NOT_COMING, "gathering": NOT_COMING}, **how)
    guests.invite_to(greta, [bath], **how)
    assert set(states(ola)) == set(states(greta)) == {"bad"}
    guests.invite_to(greta, [bath, cast.activity("race")], **how)
    assert states(ola) == {"bad": "no_answer", "race": "no_answer"}


def test_names_are_told_to_the_lists_when_the_guest_is_renamed(greta, now):
    save(greta, now, Wish(answers={"dinner": COMING}))
    greta.contact.name = "Greta Østrem"
    contacts.save(greta.contact)
    assert "ostrem" in greta.companions.get().search_text
