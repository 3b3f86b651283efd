"""Deciding on a colleague: what will happen, one press, and kind words to whoever is too late."""

import pytest

from events.actions import privacy, substitutes
from events.models import Event, Guest, Message, Substitute
from tests import factories

pytestmark = pytest.mark.django_db
NINA = {"name": "Nina Berge", "email": "nina.berge@kunde.example", "word": "Hun løper fort."}


@pytest.fixture
def proposed(cast, now):
    return substitutes.propose(cast.greta, **NINA, by=None, channel="web", now=now)


def url(cast, end=""):
    return f"/admin/events/event/{cast.event.pk}/substitutes/{end}"


def text(response):
    return response.content.decode()


def typed(**said):
    return {"name": NINA["name"], "email": NINA["email"], "company": "", "language": "", "host": "", **said}


def test_the_list_and_the_to_do_show_what_waits(office, cast, proposed):
    page = office("otto").get(url(cast))
    assert "Nina Berge" in text(page) and url(cast, f"{proposed.pk}/") in text(page)
    links = [link for _title, links in page.context["navigation"].groups for link in links]
    assert next(link.waits for link in links if link.url == url(cast)) == 1
    overview = office("otto").get(f"/admin/events/event/{cast.event.pk}/overview/")
    assert {line.url: line.count for line in overview.context["to_do"]}[url(cast, "?state=proposed")] == 1


def test_the_form_starts_from_the_proposal_and_the_first_guest(office, cast, proposed):
    initial = office("otto").get(url(cast, f"{proposed.pk}/")).context["form"].initial
    assert (initial["name"], initial["email"]) == (NINA["name"], NINA["email"])
    assert (initial["company"], initial["host"]) == ("Fjord Regnskap AS", cast.host)


def test_the_page_says_how_many_mails_go_out_and_which_places_move(office, cast, proposed):
    cast.event.activity_set.filter(slug="dinner").update(capacity=1)
    factories.make_guest(cast.event, answers={"dinner": "waiting"})
    page = office("otto").get(url(cast, f"{proposed.pk}/"))
    held = [(place.activity.slug, place.is_wanted) for place in page.context["held"]]
    assert held == [("gathering", False), ("dinner", True)]
    assert page.context["mails"].startswith("2 ")
    assert not Message.objects.exists()


def test_keeping_the_places_is_not_offered_when_there_are_none(office, cast, now):
    proposed = substitutes.propose(cast.ines, **NINA, by=None, channel="web", now=now)
    assert "keeps_place" not in text(office("otto").get(url(cast, f"{proposed.pk}/")))


def test_the_colleague_is_invited_as_corrected_when_it_is_approved(office, cast, proposed):
    said = typed(name="Nina Bergesen", email="nina@kunde.example", company="Ny AS", language="sv", host=cast.host.pk)
    response = office("otto").post(url(cast, f"{proposed.pk}/"), said)
    nina = Guest.objects.get(replaces=cast.greta)
    assert (response.status_code, response["Location"]) == (302, f"/admin/events/guest/{nina.pk}/change/")
    contact = nina.contact
    assert (contact.name, contact.email, contact.company.name) == ("Nina Bergesen", "nina@kunde.example", "Ny AS")
    assert (contact.language, nina.host) == ("sv", cast.host)
    assert Message.objects.filter(letter="invitation").get().guest == nina


def test_the_organiser_hears_so_when_the_colleague_wants_no_more_mail(office, cast, proposed, now):
    factories.make_contact(NINA["name"], email=NINA["email"], unsubscribed_at=now)
    response = office("otto").post(url(cast, f"{proposed.pk}/"), typed(), follow=True)
    assert [message.tags for message in response.context["messages"]] == ["success", "warning"]


def test_the_second_press_says_who_decided_and_does_nothing_more(office, cast, proposed):
    for _press in range(2):
        response = office("otto").post(url(cast, f"{proposed.pk}/"), typed(), follow=True)
    assert "otto" in text(response)
    assert Guest.objects.filter(replaces=cast.greta).count() == 1
    assert Message.objects.filter(letter="invitation").count() == 1


def test_whoever_is_too_late_is_told_kindly_when_another_has_declined(office, cast, proposed, now):
    substitutes.decline(proposed, by=cast.olga, channel="office", now=now)
    response = office("otto").post(url(cast, f"{proposed.pk}/"), typed(), follow=True)
    assert response.redirect_chain == [(url(cast, f"{proposed.pk}/"), 302)]
    assert "olga" in text(response)
    assert not Guest.objects.filter(replaces=cast.greta).exists()
    assert office("otto").get(url(cast, f"{proposed.pk}/decline/"), follow=True).status_code == 200


def test_nobody_is_invited_when_the_guest_has_changed_the_proposal_meanwhile(office, cast, proposed, now):
    substitutes.propose(cast.greta, **{**NINA, "name": "Ola Vik"}, by=None, channel="web", now=now)
    response = office("otto").post(url(cast, f"{proposed.pk}/"), typed(), follow=True)
    assert response.redirect_chain == [(url(cast), 302)]
    assert not Guest.objects.filter(replaces=cast.greta).exists()
    assert office("otto").get(url(cast, f"{proposed.pk}/")).status_code == 404


def test_the_form_says_so_when_the_colleague_is_a_guest_already(office, cast, proposed):
    contact = cast.henrik.contact
    response = office("otto").post(url(cast, f"{proposed.pk}/"), typed(name=contact.name, email=contact.email))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["name"]
    assert Substitute.objects.get().state == "proposed"


def test_the_form_says_so_when_the_colleague_has_asked_not_to_be_invited(office, cast, proposed, now):
    privacy.keep_mark(factories.make_contact("En Annen", email=NINA["email"]), now=now)
    response = office("otto").post(url(cast, f"{proposed.pk}/"), typed())
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["email"]


def test_the_form_says_so_when_the_event_is_not_open(office, cast, proposed):
    Event.objects.filter(pk=cast.event.pk).update(state="closed")
    response = office("otto").post(url(cast, f"{proposed.pk}/"), typed())
    assert response.status_code == 422
    assert Substitute.objects.get().state == "proposed"


@pytest.mark.parametrize("wrong", [{"name": ""}, {"email": ""}, {"email": "a@b.example\r\nBcc: c@d.example"}])
def test_nothing_is_done_when_name_or_address_is_missing_or_wrong(office, cast, proposed, wrong):
    assert office("otto").post(url(cast, f"{proposed.pk}/"), typed(**wrong)).status_code == 422
    assert Substitute.objects.get().state == "proposed"


def test_a_no_is_asked_once_and_then_told(office, cast, proposed):
    client = office("otto")
    page = text(client.get(url(cast, f"{proposed.pk}/decline/")))
    assert "Greta Åsen" in page and "Nina Berge" in page
    assert Substitute.objects.get().state == "proposed"
    client.post(url(cast, f"{proposed.pk}/decline/"))
    assert Substitute.objects.get().state == "declined"
    assert [(row.guest, row.letter) for row in Message.objects.all()] == [(cast.greta, "no_substitute")]


@pytest.mark.parametrize("page", ["", "decline/"])
def test_another_events_proposal_is_neither_shown_nor_decided(office, cast, now, page):
    theirs = substitutes.propose(cast.zoe, **NINA, by=None, channel="web", now=now)
    assert office("otto").get(url(cast, f"{theirs.pk}/{page}")).status_code == 404
    office("otto").post(url(cast, f"{theirs.pk}/{page}"), typed())
    assert Substitute.objects.get().state == "proposed"


@pytest.mark.parametrize("size", [1, 30])
def test_as_few_queries_show_thirty_proposals_as_one(office, cast, now, size, django_assert_max_num_queries):
    for _ in range(size):
        guest = factories.make_guest(cast.event, answers={"dinner": "coming"})
        last = substitutes.propose(guest, **NINA, by=None, channel="web", now=now)
    client = office("otto")
    with django_assert_max_num_queries(9):
        client.get(url(cast))
    with django_assert_max_num_queries(10):
        client.get(url(cast, f"{last.pk}/"))


def test_both_guests_name_each_other_on_their_pages(office, cast, proposed):
    client = office("otto")
    client.post(url(cast, f"{proposed.pk}/"), typed())
    nina = Guest.objects.get(replaces=cast.greta)
    assert f"/admin/events/guest/{nina.pk}/change/" in text(client.get(f"/admin/events/guest/{cast.greta.pk}/change/"))
    assert f"/admin/events/guest/{cast.greta.pk}/change/" in text(client.get(f"/admin/events/guest/{nina.pk}/change/"))
