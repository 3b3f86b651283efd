"""What a guest told somebody of ours besides the answer: by organisers, and by hosts for their own guests."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.models import Activity, Answer, Consent, Entry, Guest, History, Message, Reply
from tests import factories

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def otto(office):
    client = office("otto")
    client.cookies["language"] = "en"
    return client


@pytest.fixture
def hedda(cast, client):
    """Greta's and Henrik's host; Ines has none."""
    client.force_login(factories.make_host_login(cast.event, cast.host), backend=BACKEND)
    client.cookies["language"] = "en"
    return client


def url(guest, page):
    return f"/admin/events/event/{guest.event_id}/guests/{guest.pk}/{page}/"


def text_of(response):
    return response.content.decode()


def answer_of(guest, slug):
    return Answer.objects.get(guest=guest, activity__slug=slug)


def letters():
    return list(Message.objects.values_list("guest__contact__name", "letter"))


def rows(what):
    return list(History.objects.filter(what=what).values_list("guest", "by__username", "channel"))


# The race and the questions ------------------------------------------------------------


@pytest.fixture
def runner(cast):
    return factories.make_guest(cast.event, "Rita Rask", host=cast.host, answers={"race": "coming", "dinner": "coming"})


@pytest.fixture
def bus(cast):
    return factories.make_question(
        cast.activity("dinner"), "Buss hjem?", kind="choice", options=("Kl. 22", "Kl. 23"), is_required=True
    )


def told(guest, question, **facts):
    race, dinner = answer_of(guest, "race"), answer_of(guest, "dinner")
    typed = {f"race-{race.pk}-{name}": value for name, value in facts.items()}
    return typed | {f"about-{dinner.pk}-q{question.pk}": "2"}


@pytest.mark.parametrize(("tell", "mails"), [({"tell": "on"}, [("Rita Rask", "confirmation")]), ({}, [])])
def test_race_and_replies_are_kept_with_the_channel_and_told_as_chosen(otto, cast, runner, bus, tell, mails):
    assert "Buss hjem?" in text_of(otto.get(url(runner, "told")))
    posted = {**told(runner, bus, ambition="under 13", has_been_before="yes"), "channel": "phone", **tell}
    assert otto.post(url(runner, "told"), posted).status_code == 302
    entry = Entry.objects.get(guest=runner)
    assert (entry.ambition_seconds, entry.has_been_before) == (780, True)
    assert Reply.objects.get(guest=runner).value == "2"
    assert rows("race") == rows("replied") == [(runner.pk, "otto", "phone")]
    assert letters() == mails


def test_nothing_is_written_when_the_same_is_written_down_again(otto, runner, bus):
    posted = {**told(runner, bus, ambition="12:30"), "channel": "met", "tell": "on"}
    for _time in range(2):
        assert otto.post(url(runner, "told"), posted).status_code == 302
    assert len(rows("race")) == len(rows("replied")) == 1
    assert len(letters()) == 1


def test_a_question_that_must_be_answered_stops_nobody_who_writes_down_the_race(otto, runner, bus):
    posted = {f"race-{answer_of(runner, 'race').pk}-ambition": "12:30", "channel": "phone"}
    assert otto.post(url(runner, "told"), posted).status_code == 302
    assert Entry.objects.get(guest=runner).ambition_seconds == 750
    assert rows("replied") == []


def test_what_is_doubtful_or_missing_is_asked_and_all_that_was_typed_stays(otto, runner, bus):
    response = otto.post(url(runner, "told"), told(runner, bus, ambition="750"))
    page = text_of(response)
    assert response.status_code == 422
    assert "Choose how the guest said so." in page and "Choose which time you mean" in page and 'value="750"' in page
    assert not Entry.objects.exists() and not Reply.objects.exists()


def test_those_who_come_along_stand_on_the_guests_page_and_nobody_else(otto, runner, bus, cast):
    factories.make_companion(runner, "Ola Rask", answers={"race": "coming"})
    factories.make_guest(cast.event, "Siri Annen", answers={"race": "coming", "dinner": "coming"})
    page = text_of(otto.get(url(runner, "told")))
    assert "Race (en) – Ola Rask" in page and "Siri Annen" not in page


def test_there_is_nothing_to_write_down_when_the_guest_does_not_come(otto, cast, bus):
    page = text_of(otto.get(url(cast.ines, "told")))
    assert "There is nothing to write down as long as the guest does not come." in page
    assert f"guests/{cast.ines.pk}/told/" not in text_of(otto.get(f"/admin/events/guest/{cast.ines.pk}/change/"))


# Who comes along -----------------------------------------------------------------------


@pytest.fixture
def greta(cast):
    cast.greta.companions_allowed = 2
    cast.greta.save()
    return cast.greta


@pytest.mark.parametrize(("tell", "mails"), [({"tell": "on"}, [("Greta Åsen", "confirmation")]), ({}, [])])
def test_a_companion_is_written_down_named_and_taken_off(otto, greta, tell, mails):
    posted = {"new1-name": "Ola Berge", "new1-answer-dinner": "coming", "channel": "phone", **tell}
    assert otto.post(url(greta, "companions"), posted).status_code == 302
    ola = Guest.objects.get(companion_of=greta)
    assert (ola.companion_name, answer_of(ola, "dinner").state) == ("Ola Berge", "coming")
    assert rows("companions") == [(greta.pk, "otto", "phone")]
    assert letters() == mails
    posted = {f"c{ola.pk}-name": "Ola B. Berge", f"c{ola.pk}-answer-dinner": "not_coming", "channel": "met"}
    otto.post(url(greta, "companions"), posted)
    ola.refresh_from_db()
    assert (ola.companion_name, answer_of(ola, "dinner").state) == ("Ola B. Berge", "not_coming")
    otto.post(url(greta, "companions"), {f"c{ola.pk}-remove": "on", "channel": "met"})
    assert not Guest.objects.filter(companion_of=greta).exists()


def test_more_than_the_guest_may_bring_are_refused_in_words(otto, greta):
    posted = {f"new{n}-name": f"Ola {'ABC'[n - 1]}" for n in (1, 2, 3)}
    posted |= {f"new{n}-answer-dinner": "coming" for n in (1, 2, 3)}
    response = otto.post(url(greta, "companions"), {**posted, "channel": "phone"})
    assert response.status_code == 422
    assert "The guest may bring 2." in text_of(response) and 'value="Ola C"' in text_of(response)
    assert not Guest.objects.filter(companion_of=greta).exists()


def test_another_guests_companion_is_not_touched(otto, greta, cast):
    other = factories.make_companion(cast.ines, "Per Öberg")
    posted = {f"c{other.pk}-name": "Hacket", f"c{other.pk}-remove": "on", "channel": "phone"}
    otto.post(url(greta, "companions"), posted)
    other.refresh_from_db()
    assert other.companion_name == "Per Öberg"


def test_a_party_parts_and_comes_together_again_as_it_said(otto, greta, cast):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    ola = factories.make_companion(greta, "Ola Berge", answers={"dinner": "waiting"})
    said = {f"c{ola.pk}-name": "Ola Berge", "channel": "phone"}
    otto.post(url(greta, "companions"), {**said, "may_part": "on"})
    greta.refresh_from_db()
    assert greta.splits_party
    assert "They also take places one at a time." in text_of(otto.get(f"/admin/events/guest/{greta.pk}/change/"))
    otto.post(url(greta, "companions"), said)
    greta.refresh_from_db()
    assert not greta.splits_party
    facts = History.objects.filter(what="companions").order_by("pk").values_list("facts", flat=True)
    assert list(facts) == [{"splits": True}, {"splits": False}]


def test_whoever_wrote_it_down_is_told_of_the_waiting_list(otto, greta, cast):
    Activity.objects.filter(event=cast.event, slug="dinner").update(capacity=1)
    posted = {"new1-name": "Ola Berge", "new1-answer-dinner": "coming", "channel": "phone"}
    page = text_of(otto.post(url(greta, "companions"), posted, follow=True))
    assert "who has none is on the waiting list" in page


# Consents ------------------------------------------------------------------------------


def in_force(guest):
    said = Consent.objects.in_force().filter(guest=guest)
    return {row.purpose: (row.is_given, row.channel, row.language) for row in said}


@pytest.mark.parametrize(("tell", "mails"), [({"tell": "on"}, [("Greta Åsen", "confirmation")]), ({}, [])])
def test_a_yes_and_a_no_are_kept_as_the_guest_told_us(otto, cast, tell, mails):
    posted = {"agree-photos": "yes", "agree-name": "no", "channel": "phone", **tell}
    assert otto.post(url(cast.greta, "consents"), posted).status_code == 302
    assert in_force(cast.greta) == {"photos": (True, "phone", "en"), "name": (False, "phone", "en")}
    assert letters() == mails
    page = text_of(otto.get(f"/admin/events/guest/{cast.greta.pk}/change/"))
    assert page.count("/undo/") == 1  # the yes may be taken away again, the no may not


def test_a_yes_without_how_it_was_said_is_none(otto, cast):
    response = otto.post(url(cast.greta, "consents"), {"agree-photos": "yes"})
    assert response.status_code == 422
    assert "Choose how the guest said so." in text_of(response)
    assert in_force(cast.greta) == {}
    response = otto.post(url(cast.greta, "consents"), {"channel": "phone"})
    assert "Choose what the guest said to at least one question." in text_of(response)


def test_food_is_never_agreed_to_by_the_house(otto, cast):
    response = otto.post(url(cast.greta, "consents"), {"agree-food": "yes", "channel": "phone"})
    assert response.status_code == 422
    assert in_force(cast.greta) == {}


def test_a_host_writes_down_a_consent_without_seeing_what_was_said(hedda, cast):
    said = {
        "is_given": False,
        "text_version": "1",
        "language": "nb",
        "channel": "web",
        "said_at": cast.event.created_at,
    }
    Consent.objects.create(guest=cast.greta, purpose="photos", **said)
    page = text_of(hedda.get(url(cast.greta, "consents")))
    assert "checked" not in page.split('name="channel"')[0]
    assert "photos of me" not in text_of(hedda.get(f"/admin/events/guest/{cast.greta.pk}/change/")).split("Mails")[0]
    hedda.post(url(cast.greta, "consents"), {"agree-name": "yes", "channel": "met"})
    assert in_force(cast.greta) == {"photos": (False, "web", "nb"), "name": (True, "met", "en")}
    assert rows("consent") == [(cast.greta.pk, "hedda", "met")]


# Whose guests --------------------------------------------------------------------------


@pytest.mark.parametrize("page", ["told", "companions", "consents"])
def test_a_host_writes_down_for_own_guests_only(hedda, cast, runner, bus, page):
    Guest.objects.filter(pk=runner.pk).update(companions_allowed=1)
    assert url(runner, page) in text_of(hedda.get(f"/admin/events/guest/{runner.pk}/change/"))
    assert hedda.get(url(runner, page)).status_code == 200
    for stranger in (cast.ines, cast.zoe):
        assert hedda.get(url(stranger, page)).status_code == 404
        assert hedda.post(url(stranger, page), {"channel": "phone"}).status_code == 404
    assert not History.objects.exists()


@pytest.mark.parametrize("page", ["companions", "consents"])
def test_whoever_comes_along_brings_nobody_and_agrees_through_the_guest(otto, greta, page):
    ola = factories.make_companion(greta, "Ola Berge")
    assert otto.get(url(ola, page)).status_code == 404


def test_the_pages_take_as_many_queries_with_ten_companions_as_with_one(otto, runner, bus):
    taken = []
    for size in (1, 9):
        for number in range(size):
            factories.make_companion(
                runner, f"Ola {'ABCDEFGHIJ'[number]}", answers={"race": "coming", "dinner": "coming"}
            )
        for page in ("told", "companions"):
            with CaptureQueriesContext(connection) as asked:
                assert otto.get(url(runner, page)).status_code == 200
            taken.append(len(asked))
    assert taken[:2] == taken[2:]
