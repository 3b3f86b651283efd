"""Voices in the back office: read, marked, and the new link beside whoever has the old one."""

import pytest

from events.actions import voices
from events.models import History, Voice
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def said(cast, now):
    """Greta's word, and somebody who has Henrik's link."""
    how = {"by": None, "channel": "web", "now": now}
    return (
        voices.say(cast.greta, "Jeg gleder meg til <b>maten</b>!", **how),
        voices.not_me(cast.henrik, name="Per Feil", email="per@annen.example", text="Fikk den videre.", **how),
    )


def url(cast, end=""):
    return f"/admin/events/event/{cast.event.pk}/voices/{end}"


def text(response):
    return response.content.decode()


def test_the_list_tells_who_said_what_and_to_whom(office, cast, said):
    page = text(office("otto").get(url(cast)))
    for fact in ("Greta Åsen", "Fjord Regnskap AS", "Marte Lie", "Jeg gleder meg til &lt;b&gt;maten&lt;/b&gt;!"):
        assert fact in page
    for fact in ("Per Feil, per@annen.example", "Fikk den videre."):
        assert fact in page


def test_the_new_link_is_offered_beside_the_request(office, cast, said):
    new_link = f"/admin/events/event/{cast.event.pk}/guests/{cast.henrik.pk}/new-link/"
    assert new_link in text(office("otto").get(url(cast)))
    old = factories.page_of(cast.henrik)
    client = office("otto")
    client.post(new_link)
    cast.henrik.invitation.refresh_from_db()
    assert client.get(old).status_code == 404
    assert client.get(factories.page_of(cast.henrik)).status_code == 200


def test_the_navigation_counts_what_is_unread(office, cast, said):
    def waits():
        page = office("otto").get(url(cast))
        links = [link for _title, links in page.context["navigation"].groups for link in links]
        return next(link.waits for link in links if link.url == url(cast))

    assert waits() == 2
    voices.mark(said[0], is_read=True, by=cast.otto, channel="office", now=said[0].said_at)
    assert waits() == 1


def test_the_overview_asks_to_read_and_to_renew(office, cast, said):
    page = office("otto").get(f"/admin/events/event/{cast.event.pk}/overview/")
    to_do = {line.url: line.count for line in page.context["to_do"]}
    assert to_do[url(cast, "?kind=not_me&read=unread")] == 1
    assert to_do[url(cast, "?read=unread")] == 1


def test_a_word_is_marked_as_read_and_the_organiser_comes_back_to_the_same_list(office, cast, said, now):
    word = said[0]
    response = office("otto").post(url(cast, f"{word.pk}/read/"), {"is_read": "1", "back": "read=unread"})
    assert (response.status_code, response["Location"]) == (302, url(cast, "?read=unread"))
    word.refresh_from_db()
    assert (word.read_at, word.read_by) == (now, cast.otto)
    assert History.objects.get(what="read").guest == cast.greta
    office("otto").post(url(cast, f"{word.pk}/read/"), {"is_read": ""})
    word.refresh_from_db()
    assert word.read_at is None


def test_the_way_back_stays_in_the_list_whatever_is_posted(office, cast, said):
    response = office("otto").post(url(cast, f"{said[0].pk}/read/"), {"is_read": "1", "back": "//evil.example/?a=b"})
    assert response["Location"].startswith(url(cast, "?"))


@pytest.mark.parametrize("who", ["olga", "ken", "nora"])
def test_nobody_else_reads_or_marks(office, cast, said, who):
    client = office(who)
    assert "gleder" not in text(client.get(url(cast), follow=True))
    client.post(url(cast, f"{said[0].pk}/read/"), {"is_read": "1"})
    assert not Voice.objects.exclude(read_at=None).exists()


def test_a_host_hears_and_marks_words_of_own_guests_and_nothing_of_lost_links(client, cast, said, now):
    hedda = factories.make_host_login(cast.event, cast.host)
    others = voices.say(cast.ines, "Til en annen.", by=None, channel="web", now=now)
    client.force_login(hedda, backend="django.contrib.auth.backends.ModelBackend")
    page = client.get(url(cast))
    assert [voice.guest for voice in page.context["cl"].result_list] == [cast.greta]
    links = [link for _title, links in page.context["navigation"].groups for link in links]
    assert next(link.waits for link in links if link.url == url(cast)) == 1
    for voice, status in ((said[0], 302), (said[1], 404), (others, 404)):
        assert client.post(url(cast, f"{voice.pk}/read/"), {"is_read": "1"}).status_code == status
    assert list(Voice.objects.exclude(read_at=None)) == [said[0]]
    for guest in (cast.greta, cast.henrik):
        assert "Per Feil" not in text(client.get(f"/admin/events/guest/{guest.pk}/change/"))


def test_another_events_voice_is_not_marked_through_the_own_event(office, cast, now):
    theirs = voices.say(cast.zoe, "Hei", by=None, channel="web", now=now)
    assert office("otto").post(url(cast, f"{theirs.pk}/read/"), {"is_read": "1"}).status_code == 404
    theirs.refresh_from_db()
    assert theirs.read_at is None


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Greta Åsen", "Henrik Sørli"]),
        ("?read=unread", ["Henrik Sørli"]),
        ("?read=read", ["Greta Åsen"]),
        ("?kind=not_me", ["Henrik Sørli"]),
        ("?host={host}", ["Greta Åsen", "Henrik Sørli"]),
        ("?host=none", []),
        ("?q=greta", ["Greta Åsen"]),
        ("?read=nonsense", []),
    ],
)
def test_the_list_is_filtered_by_what_is_read_by_kind_and_by_host(office, cast, said, query, found):
    voices.mark(said[0], is_read=True, by=cast.otto, channel="office", now=said[0].said_at)
    page = office("otto").get(url(cast, query.format(host=cast.host.pk)))
    assert sorted(voice.guest.name for voice in page.context["cl"].result_list) == found


def test_what_is_unread_stands_first(office, cast, said, clock):
    clock.move(hours=1)
    newer = voices.say(cast.ines, "Nyere, og lest.", by=None, channel="web", now=clock.now)
    voices.mark(newer, is_read=True, by=cast.otto, channel="office", now=clock.now)
    rows = list(office("otto").get(url(cast)).context["cl"].result_list)
    assert rows[-1] == newer and len(rows) == 3


@pytest.mark.parametrize("words", [1, 30])
def test_as_few_queries_show_thirty_words_as_one(office, cast, words, now, django_assert_max_num_queries):
    for number in range(words):
        guest = factories.make_guest(cast.event, host=cast.host)
        voice = Voice.objects.create(guest=guest, text=f"Ord {number}", said_at=now)
        voices.mark(voice, is_read=bool(number % 2), by=cast.otto, channel="office", now=now)
    client = office("otto")
    with django_assert_max_num_queries(9):
        client.get(url(cast))


def test_the_guests_page_in_the_office_tells_it_too(office, cast, said):
    page = text(office("otto").get(f"/admin/events/guest/{cast.greta.pk}/change/"))
    assert "Jeg gleder meg til &lt;b&gt;maten&lt;/b&gt;!" in page


def test_the_mail_is_shown_with_the_hosts_address_before_and_after_it_is_sent(office, cast, said):
    word = said[0]
    page = office("otto").get(f"/admin/events/message/{word.message_id}/change/")
    assert page.context["to"] == cast.host.email
    assert "> Jeg gleder meg til <b>maten</b>!" in page.context["seen"].text
    frame = text(office("otto").get(f"/admin/events/event/{cast.event.pk}/outbox/{word.message_id}/mail/"))
    assert "Jeg gleder meg til &lt;b&gt;maten&lt;/b&gt;!" in frame
    assert factories.token_of(cast.greta) not in frame
