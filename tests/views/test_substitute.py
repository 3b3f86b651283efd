"""`/i/<token>/substitute/`: a guest who can't come proposes a colleague."""

import pytest

from events.actions import substitutes
from events.models import Contact, Event, History, Message, Substitute
from tests import factories
from tests.factories import page_of

pytestmark = pytest.mark.django_db
NINA = {"name": "Nina Berge", "email": "nina.berge@kunde.example", "word": "Hun løper fort."}


def address(guest):
    return page_of(guest) + "substitute/"


def text(response):
    return response.content.decode()


def test_the_way_there_is_offered_after_a_no_and_on_the_guests_page(client, cast):
    assert 'href="../substitute/"' in text(client.get(page_of(cast.ines) + "answered/"))
    assert 'href="../substitute/"' not in text(client.get(page_of(cast.greta) + "answered/"))
    assert 'href="substitute/"' in text(client.get(page_of(cast.henrik)))


def test_the_proposal_is_kept_and_shown_back_when_it_is_sent(client, cast, now):
    response = client.post(address(cast.ines), NINA)
    assert (response.status_code, response["Location"]) == (303, address(cast.ines))
    row = Substitute.objects.get()
    assert (row.guest, row.name, row.email, row.word) == (cast.ines, *NINA.values())
    assert (row.state, row.proposed_at) == ("proposed", now)
    page = text(client.get(address(cast.ines)))
    assert "Nina Berge" in page and "nina.berge@kunde.example" in page
    assert not Message.objects.exists()
    assert not Contact.objects.filter(email_key=NINA["email"]).exists()


@pytest.mark.parametrize(
    "wrong",
    [
        {"name": ""},
        {"name": " 12 "},
        {"email": ""},
        {"email": "nina"},
        {"email": "nina@kunde.example, per@kunde.example"},
        {"email": "nina@kunde.example\r\nBcc: alle@kunde.example"},
        {"word": "a" * 501},
        {"name": "N" * 151},
    ],
)
def test_the_page_says_what_to_do_and_keeps_what_was_typed_when_something_is_wrong(client, cast, wrong):
    response = client.post(address(cast.ines), {**NINA, **wrong})
    assert response.status_code == 422
    assert "<title>Feil:" in text(response) and 'role="alert"' in text(response)
    kept = {**NINA, **wrong}
    (field,) = wrong
    assert all(kept[name] in text(response) for name in kept if name != field and kept[name])
    assert not Substitute.objects.exists()


def test_spaces_and_ways_of_pasting_are_forgiven(client, cast):
    client.post(
        address(cast.ines), {"name": "  Nina   Berge ", "email": "Nina <mailto:nina@Kunde.Example>", "word": ""}
    )
    row = Substitute.objects.get()
    assert (row.name, row.email) == ("Nina Berge", "nina@kunde.example")


def test_a_proposal_that_waits_is_changed_or_withdrawn_by_the_guest(client, cast):
    client.post(address(cast.ines), NINA)
    client.post(address(cast.ines), {**NINA, "email": "nina@kunde.example"})
    assert Substitute.objects.get().email == "nina@kunde.example"
    response = client.post(address(cast.ines), {"withdraw": "1"})
    assert response.status_code == 303
    assert not Substitute.objects.exists()
    assert "Nina" not in text(client.get(address(cast.ines)))


def test_nothing_more_is_proposed_when_the_colleague_is_invited(client, cast):
    client.post(address(cast.ines), NINA)
    approved = {"company": "", "language": "", "host": None, "keeps_place": False}
    said = {name: NINA[name] for name in ("name", "email")}
    how = {"by": cast.otto, "channel": "office", "now": cast.event.created_at}
    substitutes.approve(Substitute.objects.get(), **said, **approved, **how)
    page = text(client.get(address(cast.ines)))
    assert "Nina Berge" in page and 'name="email"' not in page
    assert client.post(address(cast.ines), {**NINA, "name": "Ola Vik"}).status_code == 200
    assert Substitute.objects.get().state == "approved"


def test_somebody_else_may_be_proposed_when_the_first_was_declined(client, cast):
    client.post(address(cast.ines), NINA)
    substitutes.decline(Substitute.objects.get(), by=cast.otto, channel="office", now=cast.event.created_at)
    assert 'name="email"' in text(client.get(address(cast.ines)))
    client.post(address(cast.ines), {**NINA, "name": "Ola Vik"})
    assert sorted(Substitute.objects.values_list("name", "state")) == [
        ("Nina Berge", "declined"),
        ("Ola Vik", "proposed"),
    ]


@pytest.mark.parametrize("state", ["draft", "held", "archived", "cancelled"])
def test_the_page_names_whom_to_call_and_keeps_nothing_when_the_event_takes_no_answers(client, cast, state):
    Event.objects.update(state=state)
    responses = [client.get(address(cast.ines))]
    if state != "closed":  # perhaps just now, while the guest was writing: see below
        responses.append(client.post(address(cast.ines), NINA))
    for response in responses:
        assert response.status_code == 200
        assert "Marte Lie" in text(response) and 'name="email"' not in text(response)
    assert not Substitute.objects.exists()
    assert not History.objects.exists()


def test_what_was_typed_stays_with_whom_to_call_when_an_organiser_closes_the_event_meanwhile(client, cast):
    Event.objects.update(state="closed")
    response = client.post(address(cast.ines), NINA)
    assert response.status_code == 422
    assert 'role="alert"' in text(response) and text(response).count('href="tel:55000000"') == 2
    assert f'value="{NINA["email"]}"' in text(response)
    assert not Substitute.objects.exists()


def test_only_the_guests_own_proposal_is_seen(client, cast):
    substitutes.propose(cast.greta, **NINA, by=None, channel="web", now=cast.event.created_at)
    assert "Nina" not in text(client.get(address(cast.ines)))


@pytest.mark.parametrize("others", [0, 30])
def test_few_queries_show_the_page_at_any_size(client, cast, others, django_assert_max_num_queries):
    for _ in range(others):
        guest = factories.make_guest(cast.event)
        substitutes.propose(guest, **NINA, by=None, channel="web", now=cast.event.created_at)
    url = address(cast.ines)
    with django_assert_max_num_queries(10):
        client.get(url)


def test_what_was_typed_is_shown_with_whom_to_call_when_the_event_was_closed_meanwhile(client, cast):
    Event.objects.update(state="closed")
    response = client.post(address(cast.ines), NINA)
    assert response.status_code == 422
    assert NINA["email"] in text(response) and "Marte Lie" in text(response)
    assert not Substitute.objects.exists()
