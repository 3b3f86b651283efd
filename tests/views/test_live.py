"""A board's page and its JSON: who may open it, what a known one costs, and how soon a change is seen."""

import gzip
import json
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from events.actions import boards, cheers, consents, privacy, results
from events.domain.links import Purpose
from events.domain.ranking import Status
from events.models import History, Race, links
from events.reports import board as reports
from tests import factories, racing

WAY = {"by": None, "channel": History.Channel.WEB}
EVIL = "<script>alert(1)</script> & \"Kari'"


@pytest.fixture(autouse=True)
def nothing_at_hand():
    reports._at_hand.clear()


@pytest.fixture
def race(cast):
    return racing.make_race(cast.event, is_live=True)


@pytest.fixture
def kari(race):
    entry = racing.make_runner(race, "Kari Åsen", bib=7, slot_at=race.starts_at)
    racing.agree(entry)
    return entry


def page_of(race):
    return f"/live/{links.board_token(race)}/"


def json_of(client, race, **headers):
    return client.get(page_of(race) + "board.json", headers=headers)


def names(response):
    told = response.json()
    at = told["columns"].index("name")
    return [row[at] for row in told["rows"]]


def queries(look):
    with CaptureQueriesContext(connection) as found:
        look()
    return len(found)


def test_the_json_may_be_kept_by_all_for_five_seconds_and_is_strong(client, race, kari):
    response = json_of(client, race)
    assert (response["Content-Type"], response["Cache-Control"]) == (
        "application/json", "public, max-age=5, s-maxage=5",
    )  # fmt: skip
    assert re.fullmatch(r'"[0-9a-f]{32}"', response["ETag"])
    assert response["X-Robots-Tag"] == "noindex, nofollow"
    assert response["Referrer-Policy"] == "same-origin"
    assert "Set-Cookie" not in response.headers
    packed = json_of(client, race, accept_encoding="gzip, br")
    assert packed["ETag"] != response["ETag"] and not packed["ETag"].startswith("W/")
    assert gzip.decompress(packed.content) == response.content
    assert "Accept-Encoding" in packed["Vary"]


def test_a_board_that_is_known_is_answered_304_without_a_query(client, race, kari):
    for encoding in ("gzip", "identity"):
        etag = json_of(client, race, accept_encoding=encoding)["ETag"]
        known = {"accept_encoding": encoding, "if_none_match": etag}
        assert queries(lambda known=known: json_of(client, race, **known)) == 0
        reports._at_hand.clear()  # as in another process
        assert queries(lambda known=known: json_of(client, race, **known)) == 0
        response = json_of(client, race, **known)
        assert (response.status_code, response.content, response["ETag"]) == (304, b"", etag)
        assert response["Cache-Control"] == "public, max-age=5, s-maxage=5"
    assert queries(lambda: json_of(client, race)) == 0
    assert queries(lambda: client.get(page_of(race))) == 0
    assert json_of(client, race, if_none_match='"0"').status_code == 200


@pytest.fixture
def at(monkeypatch):
    """The clock by which boards grow old, in seconds."""
    at = [1_000_000.0]
    monkeypatch.setattr(reports.time, "time", lambda: at[0])
    return at


def test_a_process_killed_between_its_commit_and_its_mark_leaves_nothing_old_for_long(client, race, kari, at):
    """In a test's transaction no mark ever changes, as if each process had been killed there."""
    assert names(json_of(client, race)) == ["Kari Åsen"]
    consents.say(kari.guest, "name", False, language="nb", now=timezone.now(), **WAY)
    at[0] += reports.FRESH_SECONDS - 1
    assert names(json_of(client, race)) == ["Kari Åsen"]
    at[0] += reports.KEPT_SECONDS - reports.FRESH_SECONDS + 1
    assert names(json_of(client, race)) == [""]


def test_one_asks_after_a_board_and_the_others_have_what_there_is(client, race, kari, at):
    json_of(client, race)
    at[0] += reports.FRESH_SECONDS + 1
    reports.cache.add(f"board:{race.board_id}:building", 1)  # somebody else is at it
    assert queries(lambda: json_of(client, race)) == 0
    reports.cache.delete(f"board:{race.board_id}:building")
    assert queries(lambda: json_of(client, race)) == 1
    assert queries(lambda: json_of(client, race)) == 0
    at[0] += reports.KEPT_SECONDS
    reports._at_hand.clear()
    assert queries(lambda: json_of(client, race)) == 1


def test_after_a_minute_it_is_built_anew_though_no_deed_told_of_a_change(client, race, kari, at):
    json_of(client, race)
    kari.guest.contact.name = "Kari Ny"
    kari.guest.contact.save()
    for _once in range(5):
        at[0] += reports.KEPT_SECONDS - 1
        told = names(json_of(client, race))
    assert told == ["Kari Ny"]


def wrong_tokens(race, cast):
    token = links.board_token(race)
    yield from ("x", token[:-1], token.swapcase(), token + "a", "å" * 34, "a" * 4000, "%00")
    yield factories.token_of(cast.greta)
    for purpose in (Purpose.FEED, Purpose.UNSUBSCRIBE):
        yield factories.token_of(cast.greta, purpose)
    yield links.links.make(Purpose.PHONE, race.board_id, race.board_version, links.keys())
    yield links.links.make(Purpose.BOARD, race.board_id, race.board_version + 1, links.keys())
    yield links.links.make(Purpose.BOARD, cast.greta.invitation.public_id, 1, links.keys())


def test_every_other_link_ends_in_the_one_warm_404(client, race, cast, kari):
    json_of(client, race)
    bodies = set()
    for token in wrong_tokens(race, cast):
        for address in (f"/live/{token}/", f"/live/{token}/board.json"):
            response = client.get(address)
            assert (response.status_code, response["Cache-Control"]) == (404, "private, no-store")
            bodies.add(re.sub(r"[0-9A-Za-z]{64}", "", response.content.decode()))
    assert len(bodies) == 1
    assert "Marte" in bodies.pop()
    for guests in ("i", "c", "u"):
        assert client.get(f"/{guests}/{links.board_token(race)}/").status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "TRACE"])
def test_a_board_is_only_read(client, race, method):
    for end in ("", "board.json"):
        assert client.generic(method, page_of(race) + end).status_code == 405


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    """Committed for real: the mark changes after the commit."""

    def test_a_withdrawn_consent(self, client, race, kari):
        assert names(json_of(client, race)) == ["Kari Åsen"]
        etag = json_of(client, race)["ETag"]
        consents.say(kari.guest, "name", False, language="nb", now=timezone.now(), **WAY)
        response = json_of(client, race, if_none_match=etag)
        assert response.status_code == 200
        assert names(response) == [""] and b"sen" not in response.content
        assert "Kari" not in client.get(page_of(race)).text

    def test_a_guest_who_is_forgotten(self, client, race, kari):
        assert names(json_of(client, race)) == ["Kari Åsen"]
        privacy.forget_guest(kari.guest, now=timezone.now(), **WAY)
        assert "Kari" not in json_of(client, race).text

    def test_a_result_and_a_hidden_time(self, client, race, kari):
        etag = json_of(client, race)["ETag"]
        racing.record(race, {kari: 12.5})
        response = json_of(client, race, if_none_match=etag)
        assert response.status_code == 200 and b"750000" in response.content
        results.choose(kari, {"hides_time": True}, now=timezone.now(), **WAY)
        assert b"750000" not in json_of(client, race).content

    def test_a_hidden_cheer_and_a_runner_who_wants_none(self, client, race, kari, cast):
        said = [
            cheers.say(kari.guest, race.activity, text, host=cast.host, now=timezone.now(), **WAY)
            for text in ("Heia!", "Stå på!")
        ]
        assert "Heia!" in json_of(client, race).text
        cheers.hide(said[0], now=timezone.now(), **WAY)
        assert len(json_of(client, race).json()["cheers"]) == 1
        cheers.want(kari.guest, race.activity, False, now=timezone.now(), **WAY)
        assert json_of(client, race).json()["cheers"] == []

    def test_results_taken_back(self, client, race, kari):
        racing.record(race, {kari: 12.5})
        results.publish(race.activity, now=timezone.now(), **WAY)
        assert b"750000" in json_of(client, race).content
        results.unpublish(race.activity, now=timezone.now(), **WAY)
        assert b"750000" not in json_of(client, race).content

    def test_a_renewed_link(self, client, race, kari):
        before = page_of(race)
        assert client.get(before).status_code == 200
        race = boards.renew(race.activity, now=timezone.now(), **WAY)
        assert [client.get(before + end).status_code for end in ("", "board.json")] == [404, 404]
        assert client.get(page_of(race)).status_code == 200

    def test_not_a_board_built_before_the_commit(self, client, race, kari, monkeypatch):
        """Whoever reads the rows while they change keeps them under the mark as it was."""
        read = reports.lines

        def slow(race_):
            rows = read(race_)
            monkeypatch.setattr(reports, "lines", read)
            consents.say(kari.guest, "name", False, language="nb", now=timezone.now(), **WAY)
            return rows

        monkeypatch.setattr(reports, "lines", slow)
        json_of(client, race)
        assert names(json_of(client, race)) == [""]


def test_the_page_shows_and_finds_without_scripts(client, race, kari):
    per = racing.make_runner(race, "Per Berge", bib=8, slot_at=race.starts_at + timedelta(seconds=10))
    racing.agree(per)
    racing.record(race, {kari: 12.5})
    page = page_of(race)
    whole = client.get(page).text
    assert re.findall(r'class="who">([^<]+)<', whole.split("<tbody")[1].split("</tbody")[0]) == [
        "Kari Åsen",
        "Per Berge",
    ]
    assert "12:30" in whole and "start 16:00:10" in whole
    assert "Per Berge" not in client.get(page, {"show": "in-goal"}).text.split("<tbody")[1]
    assert "Kari Åsen" not in client.get(page, {"show": "on-the-way"}).text.split("<tbody")[1].split("</tbody")[0]
    found = client.get(page, {"q": "asen"}).text.split("<tbody")[1].split("</tbody")[0]
    assert "Kari Åsen" in found and "Per Berge" not in found
    assert "12.30" in client.get(page, {"lang": "fi"}).text


def test_my_name_is_kept_on_top_by_a_number_in_the_address(client, race, kari):
    page = page_of(race)
    mine = client.get(page, {"me": kari.pk, "show": "in-goal"}).text
    card = mine.split("data-mine")[1].split("</div></div>")[0]
    assert "Kari Åsen" in card and "hidden" not in card[:20]
    assert f"?show=on-the-way&amp;me={kari.pk}" in mine
    for nobody in ("0", "abc", "9" * 40, "²", "-1", "%00"):
        shown = client.get(page, {"me": nobody})
        assert shown.status_code == 200 and "data-mine hidden" in shown.text


@pytest.mark.parametrize("query", ["?show=x", "?q=%00", "?q=" + "a" * 5000, "?show[]=1", "?screen=1&show=in-goal&q=å"])
def test_whatever_is_asked_for_is_answered(client, race, kari, query):
    assert client.get(page_of(race) + query).status_code == 200


def test_names_and_cheers_stay_text(client, race, cast):
    entry = racing.make_runner(race, EVIL, company=factories.make_company("</template><img src=x onerror=y> AS"))
    racing.agree(entry)
    cheers.say(entry.guest, race.activity, "<b>Heia</b> https://x.example", host=cast.host, now=timezone.now(), **WAY)
    for query in ("", "?screen=1", f"?me={entry.pk}"):
        text = client.get(page_of(race) + query).text
        assert "<script>alert" not in text and "<img" not in text and "<b>Heia" not in text
        assert 'href="https://x.example' not in text
    assert json.loads(json_of(client, race).content)["cheers"][0][1] == "<b>Heia</b> https://x.example"


def test_the_big_screen_has_nothing_to_press_and_looks_again_by_itself_without_scripts(client, race, kari):
    racing.record(race, {kari: Status.NC})
    text = client.get(page_of(race), {"screen": "1"}).text
    assert not re.search(r"<(a|button|input|form)\b", text.replace("<link", ""))
    assert '<noscript><meta http-equiv="refresh" content="30"></noscript>' in text
    assert "http-equiv" not in client.get(page_of(race)).text


def test_it_says_whether_the_results_stand(client, race, kari):
    racing.record(race, {kari: 12.5})
    assert "Foreløpig" in client.get(page_of(race)).text
    Race.objects.update(state="final", published_at=timezone.now())
    reports._at_hand.clear()
    reports.cache.clear()
    assert json_of(client, race).json()["final"] is True
    text = client.get(page_of(race)).text
    assert "Foreløpig" not in text and "data-final" in text
