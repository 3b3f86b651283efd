"""A host in the back office: own guests of own events, and nothing else."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import photo_marks, photo_removals
from events.models import Answer, Guest, History, Host, Invitation, Membership, Message, Voice
from tests import factories, photo_rows

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def hedda(cast, client):
    """The client of Greta's and Henrik's host; Ines has none."""
    client.force_login(factories.make_host_login(cast.event, cast.host), backend=BACKEND)
    client.cookies["language"] = "en"
    return client


def guests_of(event, query=""):
    return f"/admin/events/event/{event.pk}/guests/{query}"


def page_of(guest):
    return f"/admin/events/guest/{guest.pk}/change/"


def names_in(response):
    return sorted(str(guest) for guest in response.context["cl"].result_list)


def by_contact(cast, name="Kaja Kjent"):
    """A guest without an own host, whose contact the host knows."""
    guest = factories.make_guest(cast.event, name)
    guest.contact.host = cast.host
    guest.contact.save()
    return guest


def companion_of(guest, name="Ola Åsen"):
    return Guest.objects.create(
        event=guest.event, companion_of=guest, companion_name=name, sort_key=name, search_text=name.lower(),
        created_at=timezone.now(),
    )  # fmt: skip


def test_a_host_comes_straight_to_own_guests(hedda, cast):
    response = hedda.get("/admin/")
    assert (response.status_code, response["Location"]) == (302, guests_of(cast.event))
    page = hedda.get(guests_of(cast.event)).content.decode()
    assert "<h1>My guests</h1>" in page
    assert "Download" not in page and "Bring in a list" not in page and "Add a guest" not in page
    for away in ("overview/", "programme/", "letters/", "outbox/", "send/", "answers/", "waiting/", "/contact/"):
        assert f"{away}" not in page.replace("prefers-", "")


def test_own_guests_are_those_of_the_guest_or_of_the_contact_where_the_guest_has_none(hedda, cast):
    kaja = by_contact(cast)
    taken = by_contact(cast, "Tore Tatt")
    Guest.objects.filter(pk=taken.pk).update(host=factories.make_host("Annen Vert"))
    assert names_in(hedda.get(guests_of(cast.event))) == ["Greta Åsen", "Henrik Sørli", "Kaja Kjent"]
    assert hedda.get(page_of(kaja)).status_code == 200
    for stranger in (taken, cast.ines, cast.zoe):
        assert hedda.get(page_of(stranger)).status_code == 404


def test_the_companions_of_own_guests_are_own_guests(hedda, cast):
    mine, other = companion_of(cast.greta), companion_of(cast.ines, "Per Öberg")
    seen = Guest.objects.looked_after_by(cast.host)
    assert (mine in seen, other in seen) == (True, False)
    assert (mine.host_in_charge_id, other.host_in_charge_id) == (cast.host.pk, None)
    assert hedda.get(page_of(other)).status_code == 404


@pytest.mark.parametrize("query", ["?q=ines", "?standing=answered", "?answer-dinner=not_coming&answer-race=not_coming"])
def test_search_and_filters_find_no_other_guests(hedda, cast, query):
    assert names_in(hedda.get(guests_of(cast.event, query))) in ([], ["Greta Åsen"])
    assert "Ines" not in hedda.get(guests_of(cast.event, query)).content.decode()


@pytest.mark.parametrize("query", ["?contact__name__startswith=I", "?host=none"])
def test_a_lookup_that_is_not_the_hosts_is_refused(hedda, cast, query):
    response = hedda.get(guests_of(cast.event, query))
    assert response.status_code == 400
    assert "Ines" not in response.content.decode()


def test_autocomplete_finds_no_other_guests(hedda, cast):
    asked = {"app_label": "events", "model_name": "answer", "field_name": "guest", "term": "e"}
    response = hedda.get("/admin/autocomplete/", asked)
    found = [row["text"] for row in response.json().get("results", [])] if response.status_code == 200 else []
    assert set(found) <= {"Greta Åsen", "Henrik Sørli"}


def test_the_guests_page_has_mails_history_and_link_and_leads_nowhere_else(hedda, cast):
    factories.make_message(cast.greta, subject="Velkommen til Stoltzen")
    row = History.objects.create(
        event=cast.event, guest=cast.greta, activity=cast.activity("dinner"), at=timezone.now(), channel="web",
        what="answered", facts={"before": "no_answer", "after": "coming"},
    )  # fmt: skip
    page = hedda.get(page_of(cast.greta)).content.decode()
    assert "Velkommen til Stoltzen" in page and factories.token_of(cast.greta) in page
    assert f"guests/{cast.greta.pk}/answer/" in page
    leads = (
        "/message/",
        "/contact/",
        "invited-to",
        "new-link",
        "withdraw",
        "end-calendar",
        f"undo/{row.pk}",
        "/overview/",
        "/history/",
    )
    assert [away for away in leads if away in page] == []
    assert 'name="note"' not in page and 'name="host"' not in page and 'name="companions_allowed"' not in page


def test_a_host_writes_the_personal_line_and_nothing_else(hedda, cast):
    invitation, before = cast.greta.invitation, Guest.objects.filter(pk=cast.greta.pk).values().get()
    posted = {
        "note": "typed", "language": "fi", "companions_allowed": "9", "host": "",
        "invitation-TOTAL_FORMS": "1", "invitation-INITIAL_FORMS": "1", "invitation-0-id": invitation.pk,
        "invitation-0-guest": cast.greta.pk, "invitation-0-personal_line": "I keep a chair for you.",
    }  # fmt: skip
    assert hedda.post(page_of(cast.greta), posted).status_code == 302
    assert Invitation.objects.get(pk=invitation.pk).personal_line == "I keep a chair for you."
    assert Guest.objects.filter(pk=cast.greta.pk).values().get() == before


def test_another_hosts_personal_line_is_not_written(hedda, cast):
    theirs = cast.ines.invitation
    posted = {
        "invitation-TOTAL_FORMS": "1", "invitation-INITIAL_FORMS": "1", "invitation-0-id": theirs.pk,
        "invitation-0-guest": cast.ines.pk, "invitation-0-personal_line": "from a stranger",
    }  # fmt: skip
    for guest in (cast.ines, cast.greta):
        hedda.post(page_of(guest), posted)
    theirs.refresh_from_db()
    assert theirs.personal_line == ""


def test_a_host_answers_for_own_guests_only(hedda, cast):
    said = {"answer-dinner": "coming", "channel": "phone", "tell": "on"}
    assert hedda.post(guests_of(cast.event, f"{cast.henrik.pk}/answer/"), said).status_code == 302
    assert hedda.post(guests_of(cast.event, f"{cast.ines.pk}/answer/"), said).status_code == 404
    states = dict(Answer.objects.filter(activity__slug="dinner").values_list("guest__contact__name", "state"))
    assert (states["Henrik Sørli"], states["Ines Öberg"]) == ("coming", "not_coming")
    row = History.objects.get(guest=cast.henrik, what="answered")
    assert (row.by.username, row.channel) == ("hedda", "phone")
    assert Message.objects.get(guest=cast.henrik).letter == "confirmation"


def test_a_host_of_one_event_finds_nothing_at_another(hedda, cast):
    """Also where guests there have the same host."""
    mine = factories.make_guest(cast.other_event, "Mona Min", host=cast.host)
    assert hedda.get(guests_of(cast.other_event)).status_code == 404
    assert hedda.get(page_of(mine)).status_code == 404


def test_a_login_without_a_host_sees_no_guests_though_it_has_the_role(hedda, cast):
    Host.objects.update(user=None)
    assert names_in(hedda.get(guests_of(cast.event))) == []
    for guest in (cast.greta, cast.ines):
        assert hedda.get(page_of(guest)).status_code == 404
        assert hedda.post(guests_of(cast.event, f"{guest.pk}/answer/")).status_code == 404


def test_a_host_who_organises_another_event_has_both(client, cast):
    user = factories.make_host_login(cast.event, cast.host)
    Membership.objects.create(user=user, event=cast.other_event, role="organiser")
    client.force_login(user, backend=BACKEND)
    assert names_in(client.get(guests_of(cast.event))) == ["Greta Åsen", "Henrik Sørli"]
    assert client.get(f"/admin/events/event/{cast.event.pk}/overview/").status_code == 404
    assert client.get(f"/admin/events/event/{cast.other_event.pk}/overview/").status_code == 200
    assert client.get(page_of(cast.zoe)).status_code == 200
    assert client.get(page_of(cast.ines)).status_code == 404
    page = client.get(page_of(cast.greta)).content.decode()
    assert 'name="companions_allowed"' not in page
    listed = client.get("/admin/events/history/").content.decode()
    assert "Greta" not in listed


def say(guest, text, **fields):
    return Voice.objects.create(guest=guest, text=text, said_at=timezone.now(), **fields)


def test_a_host_finds_the_words_of_own_guests_and_marks_them_as_read(hedda, cast):
    mine, other = say(cast.greta, "Gleder meg!"), say(cast.ines, "Hemmelig")
    not_me = say(cast.greta, "Lenken kom feil", kind="not_me", name="Per")
    page = hedda.get(f"/admin/events/event/{cast.event.pk}/voices/").content.decode()
    assert "Gleder meg!" in page and "Hemmelig" not in page and "Lenken kom feil" not in page
    for voice, status in ((mine, 302), (other, 404)):
        read = f"/admin/events/event/{cast.event.pk}/voices/{voice.pk}/read/"
        assert hedda.post(read, {"is_read": "1"}).status_code == status
        assert hedda.get(f"/admin/events/voice/{voice.pk}/change/").status_code == {302: 200, 404: 404}[status]
    assert hedda.get(f"/admin/events/voice/{not_me.pk}/change/").status_code == 404
    read_by = dict(Voice.objects.values_list("text", "read_by__username"))
    assert read_by == {"Gleder meg!": "hedda", "Hemmelig": None, "Lenken kom feil": None}


def test_the_menu_does_not_count_what_others_wait_for(hedda, cast):
    say(cast.ines, "Hemmelig")
    page = hedda.get(guests_of(cast.event)).content.decode()
    assert 'class="waits"' not in page


@pytest.mark.parametrize("others", [1, 30])
def test_a_hosts_list_takes_as_many_queries_at_any_size(hedda, cast, others):
    for _ in range(others):
        factories.make_guest(cast.event, host=cast.host, answers={"dinner": "coming"})
        factories.make_guest(cast.event, answers={"dinner": "coming"})
    with CaptureQueriesContext(connection) as asked:
        assert hedda.get(guests_of(cast.event)).status_code == 200
    assert len(asked) == 9


@pytest.mark.parametrize("who", ["hedda", "otto"])
def test_only_organisers_see_what_a_guest_says_of_photos(cast, client, hedda, now, who):
    """Nobody is to feel pressed by a host (P6): neither in the back office nor by the guest's link."""
    marked, asked = (photo_rows.make_photo(cast.event, has_files=False) for _number in range(2))
    photo_marks.mark(cast.greta, marked.key, channel="web", now=now)
    photo_removals.ask(cast.greta, asked.key, "Ikke meg", channel="web", now=now)
    if who == "otto":
        client.force_login(cast.otto, backend=BACKEND)
    page = client.get(page_of(cast.greta)).content.decode()
    words = ("Asked to take a photo away", "Marked on photos", "A photo taken away")
    assert [each in page for each in words] == [who == "otto"] * 3
    at = factories.page_of(cast.greta)
    own = "".join(client.get(f"{at}{each}").content.decode() for each in ("photos/", "data/", "data/download.json"))
    for told in ("Ikke meg", "photo_wish", "photo_mark", 'id="asked"'):
        assert told not in own, told
    client.logout()
    own = "".join(client.get(f"{at}{each}").content.decode() for each in ("photos/", "data/", "data/download.json"))
    for told in ("Ikke meg", "photo_wish", "photo_mark", 'id="asked"'):
        assert told in own, told
