"""What guests ask for and organisers decide, on a small phone without JavaScript, in Norwegian and in Finnish."""

import json

import pytest

from events.models import Answer, Contact, Guest, History, Message, Substitute
from tests import factories
from tests.browser.walking import link_in, looker, saved, walk  # noqa: F401  fixtures

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
NINA = {"name": "Nina Berge", "email": "nina.berge@kunde.example"}


def states(guest):
    return dict(Answer.objects.filter(guest=guest).values_list("activity__slug", "state"))


def sent_to(guest):
    """[(letter, language)] of what has left for the guest."""
    return list(Message.objects.filter(guest=guest, state="sent").order_by("pk").values_list("letter", "language"))


def test_a_place_that_comes_free_goes_to_the_first_in_line_as_the_organiser_ordered_it(walk):  # noqa: F811
    walk.change(capacity=1)
    greta, henrik, rita = walk.speaks(walk.cast.greta), walk.speaks(walk.cast.henrik), walk.make_guest()
    phones = {guest: walk.guest(guest) for guest in (henrik, rita)}
    for phone in phones.values():
        phone.choose("answer-dinner", "coming")
        phone.press("Send my reply")
    office = walk.office("waiting/")
    office.follow("Up", about=": Rita Rask")
    office.press("Move", status=422).reads("Write in a few words why.")
    office.write(reason="Rita holder talen")
    office.press("Move").reads("Saved. Thank you!")
    walk.mails()

    walk.guest(greta).press("Sorry, I can't make it")
    assert (states(rita)["dinner"], states(henrik)["dinner"]) == ("coming", "waiting")
    phone = phones[rita].open(link_in(walk.mails()[rita.email]))
    phone.reads("Good news – there is a place for you!")
    phone.press("I can't after all")
    assert (states(rita)["dinner"], states(henrik)["dinner"]) == ("not_coming", "coming")
    phone = phones[henrik].open(link_in(walk.mails()[henrik.email]))
    phone.press("I'm coming")
    answer = Answer.objects.get(guest=henrik, activity__slug="dinner")
    assert (answer.state, answer.promoted_at) == ("coming", None)
    told = History.objects.filter(activity__slug="dinner", guest__in=(henrik, rita)).order_by("pk")
    assert [row.facts["reason"] for row in told if row.what == "moved"] == ["Rita holder talen"]


def propose(walk, guest):  # noqa: F811
    phone = walk.guest(guest)
    phone.press("Sorry, I can't make it").follow("I can't, but a colleague would like to")
    phone.press("Propose my colleague", status=422).reads("Write your colleague's name.")
    phone.write(**NINA)
    return phone.press("Propose my colleague")


def test_a_colleague_is_written_to_when_the_organiser_has_approved(walk):  # noqa: F811
    rita = walk.make_guest()
    phone = propose(walk, rita)
    phone.reads("Nothing is sent to your colleague before we have looked.")
    assert set(walk.mails()) == {rita.email}
    office = walk.office("substitutes/").follow("Nina Berge")
    office.press("Approve and invite")
    mails = walk.mails()
    assert set(mails) == {rita.email, NINA["email"]}
    assert sent_to(rita) == [("confirmation", walk.language), ("released", walk.language)]
    nina = Guest.objects.get(replaces=rita)
    hers = walk.guest(nina).open(link_in(mails[NINA["email"]]))
    hers.reads("Hi %(name)s!", name="Nina")
    phone.open(factories.page_of(rita) + "substitute/")
    phone.reads("%(name)s is invited in your place. Thank you for thinking of a colleague!", name="Nina Berge")


def test_only_the_guest_is_written_to_when_the_organiser_declines(walk):  # noqa: F811
    rita = walk.make_guest()
    phone = propose(walk, rita)
    walk.mails()
    office = walk.office("substitutes/").follow("Nina Berge")
    office.follow("Decline kindly").press("Decline kindly")
    assert set(walk.mails()) == {rita.email}
    assert sent_to(rita) == [("confirmation", walk.language), ("no_substitute", walk.language)]
    assert Substitute.objects.get().state == "declined"
    assert not Contact.objects.filter(email=NINA["email"]).exists()
    phone.open(factories.page_of(rita) + "substitute/").reads(
        "We could not invite %(name)s this time. Thank you for thinking of a colleague – you may propose somebody "
        "else, or ask us.",
        name="Nina Berge",
    )


def test_a_forwarded_link_leads_to_a_request_and_the_old_one_ends_when_it_is_renewed(walk):  # noqa: F811
    rita = walk.make_guest()
    old = factories.page_of(rita)
    phone = walk.guest(rita)
    phone.reads("This page is personal, for %(name)s.", name="Rita Rask")
    phone.follow("Is this not you?")
    phone.press("Tell the organisers", status=422).reads("Write your name, so that we know whom to answer.")
    phone.write(**NINA)
    phone.press("Tell the organisers").reads("Thank you for telling us")
    assert set(states(rita).values()) == {"no_answer"}
    assert walk.mails() == {}

    office = walk.office("voices/")
    assert "Nina Berge" in office.text()
    office.follow("Make a new link", about=": Rita Rask").press("Make a new link")
    office.reads("The guest has a new link; the old one no longer works.")
    phone.open(old, status=404).reads("This link doesn't work")
    assert "Rita" not in phone.text()
    rita = Guest.objects.get(pk=rita.pk)
    phone.open(factories.page_of(rita)).reads("Hi %(name)s!", name="Rita")


def test_an_answer_given_on_the_phone_is_undone_from_the_history(walk):  # noqa: F811
    rita = walk.make_guest(answers="all")
    office = walk.office(f"guests/{rita.pk}/answer/")
    office.choose("channel", "phone")
    office.page.locator("[name=answer-dinner]").select_option("not_coming")
    office.press("Save the answer").reads("Saved. Thank you!")
    row = History.objects.get(guest=rita, activity__slug="dinner", what="answered")
    assert (states(rita)["dinner"], row.channel, row.by) == ("not_coming", "phone", walk.cast.otto)
    assert set(walk.mails()) == {rita.email}

    office.follow("Undo", about=":").page.locator("[name=tell]").uncheck()
    office.press("Undo the change").reads("The change is undone.")
    assert states(rita)["dinner"] == "coming"
    assert walk.mails() == {}
    phone = walk.guest(rita, "answered/")
    assert walk.title() in phone.text()
    phone.reads("How lovely that you're coming, %(name)s!", name="Rita")


def test_a_guest_takes_the_data_along_corrects_it_and_is_forgotten(walk, tmp_path):  # noqa: F811
    rita = walk.make_guest(answers="all")
    address = factories.page_of(rita)
    phone = walk.guest(rita, "data/")
    files = {}
    for text in ("Take it along as a page to read", "Take it along for other programs (JSON)"):
        with phone.page.expect_download() as download:
            phone.page.get_by_role("link", name=phone.words(text), exact=True).tap()
        path = saved(download.value, tmp_path)
        files[path.suffix] = path.read_text()
    assert "Rita Rask" in files[".html"] and f'lang="{walk.language}"' in files[".html"]
    assert rita.email in json.dumps(json.loads(files[".json"]))

    phone.follow("Correct your name, phone, language or address")
    phone.write(name="?")
    phone.press("Save", status=422).reads("Write the name as in a greeting.")
    phone.write(name="Rita Raskere")
    phone.press("Save")
    assert Contact.objects.get(pk=rita.contact_id).name == "Rita Raskere"

    phone.follow("Forget me").press("Forget me now").reads("You are forgotten")
    phone.open(address, status=404).reads("This link doesn't work")
    phone.open(address + "data/", status=404)
    assert not Contact.objects.filter(name__startswith="Rita").exists()
    assert walk.mails() == {}
