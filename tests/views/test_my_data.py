"""`/i/<token>/data/`: everything about one guest, and what may be asked for."""

import json
import re

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import answers, privacy
from events.domain.answers import Choice
from events.models import (
    Contact,
    Course,
    DoNotInvite,
    EarlierTime,
    Entry,
    Event,
    Food,
    Guest,
    History,
    Message,
    Received,
    RemovalRequest,
    Substitute,
    Voice,
)
from tests import factories, photo_rows, racing

PAGES = ["", "correct/", "no-more/", "forget/", "download.html", "download.json"]
OTHERS = ["Henrik", "Ines", "Vestkraft", "henrik.sorli", "otto@"]
QUERIES = 18


@pytest.fixture
def told(cast, now):
    """Greta, of whom something is known in every respect."""
    greta = cast.greta
    Guest.objects.filter(pk=greta.pk).update(note="ringer alltid tilbake", companions_allowed=1)
    Contact.objects.filter(pk=greta.contact_id).update(phone="+47 900 00 001", external_id="K-17")
    friend = Guest.objects.create(event=cast.event, companion_of=greta, companion_name="Frida Vik", created_at=now)
    factories.make_answer(friend, cast.activity("dinner"), "coming")
    Food.objects.create(guest=greta, needs=["vegan"], other="uten løk", changed_at=now)
    Entry.objects.create(guest=greta, activity=cast.activity("race"), ambition_seconds=741, changed_at=now)
    Voice.objects.create(guest=greta, text="Gleder meg!", said_at=now)
    Voice.objects.create(
        guest=greta, kind="not_me", name="Henrik Sørli", email="henrik.sorli@kunde.example", said_at=now
    )
    Substitute.objects.create(
        guest=cast.henrik, name="Greta Åsen", email=greta.email, word="Henrik her", proposed_at=now
    )
    answers.give(greta, {"race": Choice.COMING}, by=None, channel=History.Channel.WEB, now=now, agent="Zzphone 7")
    factories.make_message(greta, subject="Velkommen til Stoltzen")
    factories.make_message(cast.henrik, subject="Kjære Henrik")
    Received.objects.create(
        event=cast.event, guest=greta, activity=cast.activity("dinner"), key="0" * 64, kind="calendar_reply",
        state="held", reason="other_address", sender="henrik.sorli@kunde.example", at=now,
    )  # fmt: skip
    factories.make_guest(cast.other_event, contact=greta.contact)
    return greta


@pytest.mark.parametrize("page", ["", "download.html", "download.json"])
def test_results_are_told_once_they_are_shown_and_times_from_before_as_told(told, client, page):
    race = racing.make_race(told.event, course=Course.objects.create(name="Stoltzen", created_at=told.created_at))
    racing.record(race, {Entry.objects.get(guest=told): 12.25})
    EarlierTime.objects.create(guest=told, course=race.course, year=2019, time_ms=801_000, told_at=told.created_at)
    time, before = ("735000", "801000") if page.endswith("json") else ("12:15", "13:21")
    said = text_of(get(client, told, page))
    assert before in said and time not in said
    racing.publish(race)
    assert time in text_of(get(client, told, page))


def get(client, guest, page="", **query):
    return client.get(f"{factories.page_of(guest)}data/{page}", query)


def post(client, guest, page, **data):
    return client.post(f"{factories.page_of(guest)}data/{page}", data)


def text_of(response):
    return re.sub(r"\s+", " ", response.content.decode())


KNOWN = [
    "Greta Åsen", "greta.asen@kunde.example", "+47 900 00 001", "K-17", "Fjord Regnskap AS", "Marte Lie",
    "ringer alltid tilbake", "Frida Vik", "uten løk", "Gleder meg!", "Zzphone 7", "Velkommen til Stoltzen",
    "Stoltzen", "Sommerfest",
]  # fmt: skip


@pytest.mark.parametrize("page", ["", "download.html", "download.json"])
def test_everything_is_there_and_nobody_else(told, client, page):
    text = text_of(get(client, told, page))
    assert [word for word in KNOWN if word not in text] == []
    assert [word for word in OTHERS if word in text] == []
    assert not factories.tells_of_zoe(text)


def test_the_words_are_the_guests_own_language(told, client):
    text = text_of(get(client, told, lang="en"))
    assert "vegan" in text
    assert "Race (en) · Ambition</dt> <dd>12:21</dd>" in text
    assert "You are forgotten here on Saturday 23 September 2028." in text
    assert "What you told us about food is deleted on Friday 1 October 2027." in text
    assert "Somebody else told us that your link had reached them." in text
    assert "Reply from a calendar: Dinner (en) (waits for you)" in text


@pytest.mark.parametrize(("has_come", "words"), [(True, "at du var der"), (False, "at du ikke var der")])
def test_whether_the_guest_was_there_is_told_once_it_is_marked(told, client, has_come, words):
    assert "Vi har notert" not in text_of(get(client, told))
    Guest.objects.filter(pk=told.pk).update(has_come=has_come)
    assert words in text_of(get(client, told))
    assert json.loads(get(client, told, "download.json").content)["events"][0]["was_there"] is has_come


def test_the_days_are_those_of_the_event(told, client):
    Event.objects.filter(pk=told.event_id).update(guests_kept_days=30, food_kept_days=2)
    text = text_of(get(client, told, lang="en"))
    assert "You are forgotten here on Sunday 24 October 2027." in text
    assert "deleted on Sunday 26 September 2027" in text


@pytest.mark.parametrize("page", ["download.html", "download.json"])
def test_it_is_taken_along_as_a_file_that_nobody_keeps(told, client, page):
    response = get(client, told, page)
    assert response["Content-Disposition"] == f'attachment; filename="vertskap.{page.rpartition(".")[2]}"'
    assert response["Cache-Control"] == "private, no-store"
    assert response.cookies == {}


def test_other_programs_can_read_it(told, client):
    data = json.loads(get(client, told, "download.json").content)
    assert data["person"]["email"] == "greta.asen@kunde.example"
    stoltzen, sommerfest = data["events"]
    assert [row["answer"] for row in stoltzen["answers"]] == ["coming", "coming", "coming"]
    assert [row["kind"] for row in stoltzen["mails_that_came_in"]] == ["calendar_reply"]
    assert stoltzen["food"] == {"needs": ["vegan"], "other": "uten løk"}
    assert [each["name"] for each in stoltzen["companions"]] == ["Frida Vik"]
    assert [row["answer"] for row in sommerfest["answers"]] == ["no_answer"] * 3
    assert factories.token_of(told) not in json.dumps(data)


@pytest.mark.parametrize("state", Event.State.values)
@pytest.mark.parametrize("page", PAGES)
def test_it_is_open_whatever_state_the_event_is_in(told, client, state, page):
    Event.objects.update(state=state)
    assert get(client, told, page).status_code == 200


@pytest.mark.parametrize("state", Event.State.values)
def test_the_way_there_stands_at_the_foot_of_the_guests_pages(told, client, state):
    Event.objects.update(state=state)
    page = factories.page_of(told)
    for address in (page, page + "answered/"):
        assert f'href="{page}data/"' in client.get(address).content.decode()


def test_no_other_page_leads_there(told, client):
    tokens = factories.tokens_of(told)
    for address in ("/", "/privacy/", f"/u/{tokens['unsubscribe']}/", f"/i/{tokens['unsubscribe']}/"):
        assert "/data/" not in client.get(address).content.decode()


def test_the_queries_stay_few_at_any_size(told, client, now):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert get(client, told).status_code == 200
        return len(captured)

    before = queries()
    for number in range(10):
        friend = Guest.objects.create(
            event=told.event, companion_of=told, companion_name=f"Venn {number}", created_at=now
        )
        factories.make_answer(friend, told.event.activity_set.get(slug="dinner"), "coming")
        factories.make_message(told, subject=f"Brev {number}")
    for _ in range(50):
        factories.make_guest(told.event, answers={"dinner": "coming"})
    assert queries() == before <= QUERIES


SAID = {"name": "Greta Åsen-Lie", "phone": "tlf. 90 00 00 02", "language": "fi", "email": "greta.asen@kunde.example"}


def test_an_empty_correction_is_refused_in_words(told, client):
    response = post(client, told, "correct/")
    assert response.status_code == 422
    assert Contact.objects.get(pk=told.contact_id).name == told.contact.name


def test_corrections_take_effect_at_once(told, client):
    response = post(client, told, "correct/", **SAID)
    assert (response.status_code, response["Location"]) == (303, factories.page_of(told) + "data/")
    contact, guest = Contact.objects.get(pk=told.contact_id), Guest.objects.get(pk=told.pk)
    assert (contact.name, contact.first_name, contact.phone) == ("Greta Åsen-Lie", "Greta", "90 00 00 02")
    assert (contact.language, guest.language) == ("fi", "fi")
    assert "asen-lie" in guest.search_text
    (row,) = History.objects.filter(what="corrected")
    assert row.facts == {"fields": ["language", "name", "phone"]}
    assert not Voice.objects.filter(email="greta.asen@kunde.example").exists()


def test_nothing_is_written_when_nothing_is_new(told, client):
    said = {**SAID, "name": "Greta Åsen", "phone": "+47 900 00 001", "language": "nb"}
    Guest.objects.filter(pk=told.pk).update(language="nb")
    Contact.objects.filter(pk=told.contact_id).update(language="nb")
    assert post(client, told, "correct/", **said).status_code == 303
    assert not History.objects.filter(what="corrected").exists()


def test_a_new_address_is_asked_for_and_nothing_is_sent_to_it(told, client):
    for _ in range(2):
        post(client, told, "correct/", **{**SAID, "email": "Ny Greta <ny.greta@annet.example>"})
    assert Contact.objects.get(pk=told.contact_id).email == "greta.asen@kunde.example"
    (voice,) = Voice.objects.filter(email="ny.greta@annet.example")
    assert (voice.guest, voice.kind, voice.read_at) == (told, "word", None)
    assert "ny.greta@annet.example" in voice.text
    assert not Message.objects.filter(to_address__contains="annet").exists()
    assert mail.outbox == []
    assert "ny.greta@annet.example" in text_of(get(client, told))


@pytest.mark.parametrize(
    ("field", "value"), [("name", ""), ("name", "42"), ("email", "greta"), ("language", "de"), ("phone", 41 * "1")]
)
def test_what_is_wrong_is_said_at_its_place_and_the_rest_is_kept(told, client, field, value):
    response = post(client, told, "correct/", **{**SAID, field: value})
    text = text_of(response)
    assert response.status_code == 422
    assert re.search(r"<title>[^<]+:", text)
    assert f'href="#id_{field}"' in text
    assert f'value="{SAID["name"] if field != "name" else SAID["phone"]}"' in text
    assert Contact.objects.get(pk=told.contact_id).name == "Greta Åsen"


def test_a_name_is_not_taken_when_somebody_has_it_at_the_same_address(told, client):
    factories.make_contact("Gerda Åsen", email="greta.asen@kunde.example")
    response = post(client, told, "correct/", **{**SAID, "name": "Gerda Åsen"})
    assert response.status_code == 422
    assert 'href="#id_name"' in text_of(response)


def test_the_person_is_forgotten_by_one_press(told, client, clock):
    page = factories.page_of(told)
    response = post(client, told, "forget/")
    assert (response.status_code, response["Location"]) == (303, "/forgotten/")
    assert client.get("/forgotten/").status_code == 200
    assert not Contact.objects.filter(name="Greta Åsen").exists()
    assert not DoNotInvite.objects.exists()
    for address in (page, f"{page}data/", f"{page}data/forget/"):
        assert client.get(address).status_code == 404
    assert post(client, told, "forget/").status_code == 404  # a second press


def test_one_may_be_forgotten_and_not_invited_again(told, client):
    post(client, told, "forget/", never_again="1")
    assert DoNotInvite.objects.of("greta.asen@kunde.example").exists()


def test_no_more_invitations_is_one_press_and_can_be_taken_back(told, client):
    assert post(client, told, "no-more/").status_code == 303
    assert DoNotInvite.objects.of(told.email).exists()
    assert post(client, told, "no-more/", again="1").status_code == 303
    assert not DoNotInvite.objects.exists()


def test_a_guest_without_address_is_told_whom_to_tell(cast, client):
    guest = factories.make_guest(cast.event, "Uten Adresse", email="")
    assert "Marte Lie" in text_of(get(client, guest, "no-more/", lang="en"))
    assert 'name="never_again"' not in text_of(get(client, guest, "forget/"))
    assert post(client, guest, "no-more/").status_code == 303


def test_the_last_link_of_a_forgotten_person_opens_nothing(told, client, now):
    """Not even one made anew from what is left in the database."""
    privacy.forget_guest(told, by=None, channel=History.Channel.WEB, now=now)
    told.invitation.refresh_from_db()
    assert client.get(factories.page_of(told)).status_code == 404


def test_photos_sent_and_marks_are_told_and_can_be_fetched_also_while_they_wait(told, cast, client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    mine = photo_rows.make_photo(cast.event, sent_by=told, state="waiting", file_name="min.jpg")
    theirs = photo_rows.make_photo(cast.event, sent_by=cast.henrik, file_name="henriks.jpg")
    photo_rows.mark(theirs, told)
    photo_rows.mark(theirs, cast.ines)
    RemovalRequest.objects.create(photo=theirs, guest=told, note="Jeg blunker", asked_at=told.created_at)
    at = factories.page_of(told) + "data/"
    edition = json.loads(client.get(at + "download.json").content)["events"][0]
    assert [photo["file_name"] for photo in edition["photos_you_sent"]] == ["min.jpg"]
    assert [mark["said"] for mark in edition["on_photos"]] == ["guest"]
    assert [row["note"] for row in edition["photos_asked_to_be_taken_away"]] == ["Jeg blunker"]
    fetched = client.get(at + edition["photos_you_sent"][0]["address"])
    assert (fetched.status_code, fetched["Cache-Control"]) == (200, "private, no-store")
    assert b"".join(fetched.streaming_content)[:2] == b"\xff\xd8"
    assert client.get(f"{at}photos/{theirs.key}.jpg").status_code == 404
    page = client.get(at).content.decode()
    assert f"photos/{mine.key}.jpg" in page and "min.jpg" in page and "henriks.jpg" not in page
