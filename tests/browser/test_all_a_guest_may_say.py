"""Everything a guest may say, on a small phone without JavaScript, in Norwegian and in Finnish."""

from datetime import timedelta

import pytest

from events.models import Answer, Entry, Food, Guest, History, RaceClass, Reply, Voice
from events.models.food_words import AGREE
from tests import factories
from tests.browser.walking import looker, text_of, walk  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
WORD = "Jeg gleder meg til å løpe, og jeg tar gjerne med kake til alle på toppen."


def states(guest):
    return dict(Answer.objects.filter(guest=guest).values_list("activity__slug", "state"))


def dinner_of(guest):
    return Answer.objects.get(guest=guest, activity__slug="dinner")


def test_two_who_wait_together_are_asked_before_they_are_parted(walk):  # noqa: F811
    walk.change(capacity=1, welcomes_companions=True)  # Greta has the place
    rita = walk.make_guest(companions_allowed=1)
    phone = walk.guest(rita)
    phone.choose("answer-dinner", "coming")
    phone.press("Send my reply").reads("You are on the waiting list, %(name)s", name="Rita")
    phone.follow("Who comes with you")
    phone.choose("new1-answer-dinner", "coming")
    phone.press("Save").open(factories.page_of(rita) + "companions/")
    friend = Guest.objects.get(companion_of=rita)
    assert (friend.companion_name, dinner_of(friend).waiting_number) == ("", dinner_of(rita).waiting_number)
    phone.write(**{f"c{friend.pk}-name": "Ola Berge"})
    phone.press("Save")

    office = walk.office("waiting/")
    assert "Ola Berge" in office.text()
    office.follow("Change the number of places", about=f": {walk.title()}")
    office.write(capacity="2")
    office.press("Save")
    assert walk.cast.activity("dinner").capacity == 2, office.text()
    assert (states(rita)["dinner"], dinner_of(friend).state) == ("waiting", "waiting")

    phone.open(factories.page_of(rita))
    phone.reads("%(activity)s: there is one place now. Shall one of you take it?", activity=walk.title())
    phone.press("Yes, take what there is")
    assert (states(rita)["dinner"], dinner_of(friend).state) == ("coming", "waiting")
    phone.open(factories.page_of(rita)).press("Sorry, I can't make it")
    phone.reads("%(name)s is not coming either.", name="Ola Berge")
    assert (states(rita)["dinner"], dinner_of(friend).state) == ("not_coming", "not_coming")


def test_food_is_told_with_consent_counted_in_the_kitchen_and_taken_back(walk):  # noqa: F811
    walk.change(serves_food=True)
    ken = factories.make_organiser(walk.event, "ken", role="kitchen")
    rita = walk.make_guest(answers="all")
    phone = walk.guest(rita, "food/")
    phone.choose(f"needs-{rita.pk}", "vegan")
    phone.write(**{f"other-{rita.pk}": "uten løk"})
    phone.press("Save", status=422).reads("Tick this box, so that we may keep what you told us.")
    assert phone.is_chosen(f"needs-{rita.pk}", "vegan")
    assert not Food.objects.exists()
    phone.page.get_by_text(phone.words(AGREE)).tap()
    phone.press("Save")
    assert list(Food.objects.values_list("guest", "needs", "other")) == [(rita.pk, ["vegan"], "uten løk")]

    organiser, kitchen = walk.office("kitchen/"), walk.office("kitchen/", ken)
    for each in (organiser, kitchen):
        each.reads("How many need what")
        assert "Rita" not in each.text()
    kitchen.press("Show who needs what", about=f": {walk.title()}")
    assert "Rita Rask" in kitchen.text() and "uten løk" in kitchen.text()

    phone.open(factories.page_of(rita) + "food/").press("Withdraw my consent")
    phone.reads("You have taken your consent back, and what you told us about food is deleted.")
    assert not Food.objects.exclude(needs=[], other="").exists()
    kitchen.open(walk.office_path("kitchen/")).reads("Nobody has told of a need so far.")


def test_a_doubtful_time_is_settled_and_own_questions_are_replied_to(walk):  # noqa: F811
    race = walk.change("race", asks_shirt_size=True)
    women = RaceClass.objects.create(activity=race, title=factories.texts("Kvinner"), position=0)
    bus = factories.make_question(race, kind="choice", options=["Buss", "Til fots"], is_required=True)
    rita = walk.make_guest(answers="all")
    answer = Answer.objects.get(guest=rita, activity=race)
    phone, race_field, reply = walk.guest(rita, "race/"), f"race-{answer.pk}-", f"about-{answer.pk}-q{bus.pk}"
    phone.choose(race_field + "race_class", str(women.pk))
    phone.choose(race_field + "has_been_before", "yes")
    phone.choose(race_field + "shirt_size", "M")
    phone.write(**{race_field + "ambition": "1:15"})
    phone.press("Save", status=422).reads("Choose which time you mean, or write it anew.")
    assert phone.is_chosen(race_field + "shirt_size", "M")
    phone.choose(race_field + "meant", "4500")
    phone.press("Save").reads("A few questions")
    entry = Entry.objects.get(guest=rita)
    assert (entry.ambition_seconds, entry.race_class, entry.has_been_before, entry.shirt_size) == (
        4500, women, True, "M",
    )  # fmt: skip
    phone.press("Save", status=422).reads("Choose one.")
    phone.choose(reply, "2")
    phone.press("Save")
    assert Reply.objects.get(guest=rita, question=bus).value == "2"
    office = walk.office("told/?part=race")
    assert "Til fots" in office.text() and "Kvinner" in office.text()


def test_what_is_typed_while_the_deadline_passes_is_kept_and_grace_takes_it(walk):  # noqa: F811
    walk.event.answer_by_at = walk.clock.now + timedelta(minutes=5)
    walk.event.save()
    rita = walk.make_guest()
    phone = walk.guest(rita)
    phone.choose("answer-dinner", "coming")
    walk.clock.move(minutes=6)
    phone.press("Send my reply", status=422).reads("The reply date has passed")
    phone.reads("After the reply date you chose: <b>%(choice)s</b>. We have noted it and let you know.",
                choice=phone.words("I'm coming"))  # fmt: skip
    phone.reads("Call %(phone)s", phone="+47 55 00 00 00")
    assert states(rita)["dinner"] == "no_answer"

    office = walk.office("late/")
    assert "Rita Rask" in office.text()
    office.open(walk.office_path("grace/")).press("Save")
    phone.open(factories.page_of(rita)).reads("The reply date has passed, but we gladly still take your reply.")
    phone.choose("answer-dinner", "coming")
    phone.press("Send my reply").reads("How lovely that you're coming, %(name)s!", name="Rita")
    assert states(rita)["dinner"] == "coming"


def test_a_word_reaches_the_host_and_stands_until_it_is_read(walk):  # noqa: F811
    rita = walk.make_guest()
    phone = walk.guest(rita)
    phone.press("Sorry, I can't make it").follow("A word to your host")
    phone.press("Send my word", status=422).reads("Write a few words first. There is no hurry.")
    phone.write(text=WORD)
    phone.press("Send my word").open(factories.page_of(rita) + "word/")
    phone.reads("Thank you! %(name)s gets what you write by mail.", name="Marte Lie")
    assert WORD in text_of(walk.mails()["marte@vertskap.example"]).replace("> ", "")

    office = walk.office("voices/")
    assert WORD in office.text()
    office.press("Mark as read", about=": Rita Rask").reads("Marked as read.")
    voice = Voice.objects.get(guest=rita)
    assert (voice.read_by, voice.read_at) == (walk.cast.otto, walk.clock.now)


def test_photos_and_name_are_agreed_to_apart_and_others_see_only_who_did(walk):  # noqa: F811
    walk.event.shows_guests = True
    walk.event.save()
    rita = walk.make_guest(answers="all")
    phone = walk.guest(rita, "consents/")
    assert phone.page.locator("input:checked").count() == 0
    phone.press("Save", status=422).reads("Choose yes or no to at least one question, or press “Not now”.")
    phone.choose("agree-name", "yes")
    phone.press("Save").open(factories.page_of(rita) + "who/")
    assert "Rita Rask" in phone.text() and "Greta" not in phone.text()
    assert list(rita.consent_set.values_list("purpose", "is_given", "language", "channel")) == [
        ("name", True, walk.language, "web")
    ]
    photographer = walk.office("photographer/")
    assert "Rita Rask" in photographer.text()
    phone.open(factories.page_of(rita) + "consents/").press("Withdraw my consent", about=":")
    phone.open(factories.page_of(rita) + "who/").reads("Nobody has chosen to show their name yet.")
    assert "Rita Rask" not in phone.text()


def test_too_many_tries_keep_what_was_written(walk, settings):  # noqa: F811
    settings.ANSWERS_PER_LINK_PER_MINUTE = 1
    rita = walk.make_guest(answers="all")
    phone = walk.guest(rita, "word/")
    phone.press("Send my word", status=422)
    phone.write(text=WORD)
    phone.press("Send my word", status=429).reads("That was a lot of tries")
    phone.reads("What you wrote is kept here and goes along when you press the button.")
    assert WORD in phone.text()
    assert not Voice.objects.exists()
    settings.ANSWERS_PER_LINK_PER_MINUTE = 20
    phone.press("Try again")
    assert Voice.objects.get(guest=rita).text == WORD
    assert History.objects.filter(guest=rita, what="said").count() == 1
