"""Food needs are kept while the guest agrees, and gone the moment the guest no longer does (P1)."""

import pytest
from django.utils import timezone

from events.actions import food, kitchen
from events.domain.food import Plate, fingerprint
from events.management.background import Background
from events.models import Activity, Answer, Consent, Food, Guest, History, KitchenList
from events.models.food_words import AGREE, DELETED, PURPOSE, VERSION, WHO_SEES, version_of
from events.models.plates import plates_at
from tests import factories

pytestmark = pytest.mark.django_db
VEGAN, NUTS, ONIONS = Plate(("vegan",)), Plate(("nuts",)), Plate((), "no onions")


@pytest.fixture
def dinner(cast):
    """Greta comes to it, with a companion; food is served."""
    Activity.objects.filter(pk=cast.activity("dinner").pk).update(serves_food=True)
    return cast.activity("dinner")


def bring(guest, name="Per Følge", state="coming"):
    """A companion who answers everything in this way."""
    companion = Guest.objects.create(
        event=guest.event, companion_of=guest, companion_name=name, sort_key=name.lower(), created_at=timezone.now()
    )
    for activity in guest.event.activity_set.all():
        factories.make_answer(companion, activity, state)
    return companion


def tell(guest, plates, *, now, is_agreed=True):
    food.store(guest, plates, is_agreed=is_agreed, language="nb", channel="web", now=now)


def hand_over(activity, by, now):
    kitchen.hand_over(activity, seen=fingerprint(plates_at([activity])[activity.pk]), by=by, channel="office", now=now)


def kept():
    return {row.guest_id: Plate(tuple(row.needs), row.other) for row in Food.objects.all()}


def test_needs_are_kept_with_their_consent_when_the_guest_agrees(cast, dinner, now):
    per = bring(cast.greta)
    tell(cast.greta, {cast.greta.pk: VEGAN, per.pk: ONIONS}, now=now)
    assert kept() == {cast.greta.pk: VEGAN, per.pk: ONIONS}
    consent = Consent.objects.get()
    assert (consent.guest, consent.purpose, consent.is_given, consent.withdrawn_at) == (cast.greta, "food", True, None)
    assert (consent.text_version, consent.language, consent.channel, consent.said_at) == (VERSION, "nb", "web", now)


def test_nothing_is_kept_when_the_guest_does_not_agree(cast, dinner, now):
    with pytest.raises(food.NotAgreed):
        tell(cast.greta, {cast.greta.pk: VEGAN}, now=now, is_agreed=False)
    assert (kept(), Consent.objects.count()) == ({}, 0)


def test_no_consent_is_needed_when_somebody_eats_everything(cast, dinner, now):
    tell(cast.greta, {cast.greta.pk: Plate()}, now=now, is_agreed=False)
    assert (kept(), Consent.objects.count()) == ({cast.greta.pk: Plate()}, 0)


def test_the_consent_holds_for_what_is_added_later(cast, dinner, clock):
    tell(cast.greta, {cast.greta.pk: VEGAN}, now=clock.now)
    later = clock.move(days=1)
    tell(cast.greta, {cast.greta.pk: NUTS}, now=later, is_agreed=False)
    assert (kept(), Consent.objects.count()) == ({cast.greta.pk: NUTS}, 1)
    assert Food.objects.get().changed_at == later


def test_other_words_are_agreed_to_anew(cast, dinner, clock):
    tell(cast.greta, {cast.greta.pk: VEGAN}, now=clock.now)
    Consent.objects.update(text_version="of another year")
    clock.move(days=1)
    with pytest.raises(food.NotAgreed):
        tell(cast.greta, {cast.greta.pk: NUTS}, now=clock.now, is_agreed=False)
    tell(cast.greta, {cast.greta.pk: NUTS}, now=clock.now)
    in_force = Consent.objects.filter(withdrawn_at=None)
    assert list(in_force.values_list("text_version", flat=True)) == [VERSION]
    assert Consent.objects.count() == 2


def test_the_consent_ends_when_nothing_is_left_to_keep(cast, dinner, clock):
    tell(cast.greta, {cast.greta.pk: VEGAN}, now=clock.now)
    later = clock.move(days=1)
    tell(cast.greta, {cast.greta.pk: Plate()}, now=later, is_agreed=False)
    assert Consent.objects.get().withdrawn_at == later


def test_doing_it_twice_is_harmless(cast, dinner, clock):
    first = clock.now
    for _time in range(2):
        tell(cast.greta, {cast.greta.pk: VEGAN}, now=clock.now)
        clock.move(minutes=1)
    assert Consent.objects.get().said_at == Food.objects.get().changed_at == first
    for _time in range(2):
        food.withdraw(cast.greta, now=clock.now)
    assert kept() == {}


def test_strangers_needs_are_refused(cast, dinner, now):
    with pytest.raises(food.NotOfTheParty) as refused:
        tell(cast.greta, {cast.henrik.pk: VEGAN}, now=now)
    assert refused.value.guests == {cast.henrik.pk}
    assert kept() == {}


@pytest.mark.parametrize("state", ["open", "closed", "held", "cancelled", "archived", "draft"])
def test_everything_is_gone_at_once_when_the_consent_is_taken_back(cast, dinner, clock, state):
    per = bring(cast.greta)
    tell(cast.greta, {cast.greta.pk: VEGAN, per.pk: ONIONS}, now=clock.now)
    tell(cast.henrik, {cast.henrik.pk: NUTS}, now=clock.now)
    hand_over(dinner, cast.otto, clock.now)
    cast.event.state = state
    cast.event.save()
    later = clock.move(days=60)
    food.withdraw(cast.greta, now=later)
    assert kept() == {cast.henrik.pk: NUTS}
    assert dict(Consent.objects.values_list("guest", "withdrawn_at")) == {cast.greta.pk: later, cast.henrik.pk: None}
    assert KitchenList.objects.get().plates == {str(cast.greta.pk): None, str(per.pk): None}


def test_nothing_of_it_stands_in_the_history(cast, dinner, now):
    tell(cast.greta, {cast.greta.pk: VEGAN}, now=now)
    food.withdraw(cast.greta, now=now)
    assert not History.objects.exists()


def test_what_the_kitchen_was_told_is_emptied_when_somebody_eats_everything_after_all(cast, dinner, now):
    per = bring(cast.greta)
    tell(cast.greta, {cast.greta.pk: VEGAN, per.pk: NUTS}, now=now)
    hand_over(dinner, cast.otto, now)
    tell(cast.greta, {per.pk: Plate()}, now=now)
    assert KitchenList.objects.get().plates == {str(cast.greta.pk): [["vegan"], ""], str(per.pk): None}


@pytest.mark.parametrize(
    ("mine", "theirs", "is_kept"),
    [
        ("coming", "not_coming", True),
        ("not_coming", "waiting", True),
        ("unsure", "not_coming", False),
        ("not_coming", "not_coming", False),
        ("no_answer", "not_coming", False),
    ],
)
def test_needs_are_let_go_when_nobody_of_the_party_comes(cast, dinner, now, mine, theirs, is_kept):
    per = bring(cast.greta)
    tell(cast.greta, {cast.greta.pk: VEGAN, per.pk: NUTS}, now=now)
    hand_over(dinner, cast.otto, now)
    for guest, state in ((cast.greta, mine), (per, theirs)):
        Answer.objects.filter(guest=guest, activity=dinner).delete()
        factories.make_answer(guest, dinner, state)
    assert food.let_go() == (0 if is_kept else 2)
    assert kept() == ({cast.greta.pk: VEGAN, per.pk: NUTS} if is_kept else {})
    assert all((plate is not None) == is_kept for plate in KitchenList.objects.get().plates.values())


@pytest.mark.parametrize("change", [{"serves_food": False}, {"cancelled_at": factories.NOW}])
def test_needs_are_let_go_when_nothing_is_served_any_more(cast, dinner, now, change):
    tell(cast.greta, {cast.greta.pk: VEGAN}, now=now)
    assert food.let_go() == 0
    Activity.objects.filter(pk=dinner.pk).update(**change)
    assert food.let_go() == 1
    assert kept() == {}


def test_the_worker_lets_go_within_the_hour(cast, dinner, clock):
    worker = Background("worker")
    worker.turn()
    tell(cast.greta, {cast.greta.pk: VEGAN}, now=clock.now)
    Answer.objects.filter(guest=cast.greta).update(state="not_coming")
    clock.move(minutes=59)
    worker.turn()
    assert kept() == {cast.greta.pk: VEGAN}  # a slip of the thumb can be taken back
    clock.move(minutes=1)
    worker.turn()
    assert kept() == {}


def test_a_companion_who_is_gone_leaves_the_kitchens_list_too(cast, dinner, now):
    per = bring(cast.greta)
    tell(cast.greta, {cast.greta.pk: VEGAN, per.pk: NUTS}, now=now)
    hand_over(dinner, cast.otto, now)
    per_id = per.pk
    per.delete()
    food.let_go()
    assert KitchenList.objects.get().plates == {str(cast.greta.pk): [["vegan"], ""], str(per_id): None}


def test_the_version_is_that_of_the_words_and_changes_with_each_of_them():
    words = (PURPOSE, WHO_SEES, DELETED, AGREE)
    assert version_of(*words) == VERSION
    others = {version_of(*(word + "." * (n == m) for m, word in enumerate(words))) for n in range(len(words))}
    assert len(others | {VERSION}) == 1 + len(words)
    assert len(VERSION) <= Consent._meta.get_field("text_version").max_length


def test_a_list_is_handed_over_once_and_not_when_it_has_changed(cast, dinner, clock):
    tell(cast.greta, {cast.greta.pk: VEGAN}, now=clock.now)
    seen = fingerprint(plates_at([dinner])[dinner.pk])
    tell(cast.greta, {cast.greta.pk: NUTS}, now=clock.now)
    with pytest.raises(kitchen.ChangedMeanwhile):
        kitchen.hand_over(dinner, seen=seen, by=cast.otto, channel="office", now=clock.now)
    assert not KitchenList.objects.exists()
    first = clock.now
    for _time in range(2):
        hand_over(dinner, cast.otto, clock.now)
        clock.move(hours=1)
    row = KitchenList.objects.get()
    assert (row.handed_at, row.handed_by, row.plates) == (first, cast.otto, {str(cast.greta.pk): [["nuts"], ""]})
    assert list(History.objects.values_list("what", "facts", "guest")) == [("handed_over", {}, None)]
