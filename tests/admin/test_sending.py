"""Whom a letter goes to, chosen and pressed in the back office; how it goes on, stops, and is taken up again."""

from datetime import datetime, timedelta
from urllib.parse import urlencode

import pytest
from django.contrib.contenttypes.models import ContentType
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import answers, campaigns, delivery
from events.domain.answers import Choice
from events.domain.audiences import Wish
from events.models import Campaign, Contact, Guest, History, Letter, Message
from tests import factories


def url_of(event, rest):
    return f"/admin/events/event/{event.pk}/{rest}"


def page_of(campaign):
    return f"/admin/events/campaign/{campaign.pk}/change/"


def form_on(response):
    """What the browser would send back when "send" is pressed."""
    posted = dict(response.context["form"].hidden)
    return {**posted, "seen": response.context["seen"], "press": response.context["token"], "when": "now"}


def names(guests):
    return sorted(guest.name for guest in guests)


@pytest.fixture
def look(office, cast):
    """look(query, letter) is the page before the press."""

    def look(letter="invitation", **query):
        return office("otto").get(url_of(cast.event, f"send/{letter}/?{urlencode(query, doseq=True)}"))

    return look


@pytest.fixture
def press(office, cast, look):
    """press(query) looks and presses."""

    def press(letter="invitation", more=(), **query):
        posted = {**form_on(look(letter, **query)), **dict(more)}
        return office("otto").post(url_of(cast.event, f"send/{letter}/"), posted)

    return press


def test_page_counts_and_sends_to_as_many(press, look, cast):
    Contact.objects.filter(guest=cast.ines).update(email="", email_key="")
    seen = look()
    assert names(seen.context["recipients"]) == ["Greta Åsen", "Henrik Sørli"]
    assert [(count, names(guests)) for _reason, count, guests in seen.context["groups"]] == [(1, ["Ines Öberg"])]
    assert Message.objects.count() == 0
    done = press()
    campaign = Campaign.objects.get()
    assert done["Location"] == page_of(campaign)
    assert names(row.guest for row in Message.objects.all()) == ["Greta Åsen", "Henrik Sørli"]
    assert (campaign.created_by, campaign.due_at) == (cast.otto, campaign.created_at)


def test_letters_are_chosen_by_their_time_and_changes_begin_in_the_programme(office, cast):
    at = f"/admin/events/event/{cast.event.pk}"
    groups = office("otto").get(f"{at}/send/?only={cast.henrik.pk}").context["groups"]
    urls = {str(kind): url for _heading, _about, letters in groups for kind, url, _count in letters}
    assert list(urls) == [
        "save_the_date", "invitation", "reminder", "practical", "thanks", "survey", "free", "link", "change",
        "cancellation",
    ]  # fmt: skip
    assert {urls.pop("change"), urls.pop("cancellation")} == {f"{at}/programme/"}
    assert set(urls.values()) == {f"{at}/send/{kind}/?only={cast.henrik.pk}" for kind in urls}


def test_two_presses_of_one_page_are_one(office, cast, look):
    posted = form_on(look())
    places = [office("otto").post(url_of(cast.event, "send/invitation/"), posted)["Location"] for _time in range(2)]
    assert places[0] == places[1]
    assert Message.objects.count() == 3


def test_page_asks_again_and_says_who_left_and_joined_when_the_list_has_changed(office, cast, look, now):
    posted = form_on(look("reminder", to="unanswered")) if text(cast) else None
    answers.give(cast.henrik, {"dinner": Choice.COMING}, by=None, channel="web", now=now)
    factories.make_guest(cast.event, "Nora Ny")
    again = office("otto").post(url_of(cast.event, "send/reminder/"), posted)
    assert (again.status_code, Message.objects.count()) == (200, 1)  # Henrik's confirmation
    shown = again.content.decode()
    assert "Henrik Sørli får ingen e-post: svarte for et minutt siden." in shown
    assert "Nora Ny er på listen nå." in shown
    office("otto").post(url_of(cast.event, "send/reminder/"), form_on(again))
    assert names(row.guest for row in Message.objects.filter(letter="reminder")) == ["Nora Ny"]


def text(cast, kind="reminder", **fields):
    fields = {"subject": "Hei", "body": "Hei {first_name}!", **fields}
    return Letter.objects.create(event=cast.event, kind=kind, language="nb", **fields)


def test_nothing_is_sent_by_a_post_that_saw_no_list(office, cast):
    response = office("otto").post(url_of(cast.event, "send/invitation/"), {"to": "all"})
    assert response.status_code == 200
    assert not Message.objects.exists()


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"to": "coming"}, ["Greta Åsen"]),
        ({"host": "0"}, ["Ines Öberg"]),
        ({"company": "vestkraft"}, ["Henrik Sørli"]),
        ({"company": "finnes ikke"}, []),
        ({"mail": "silent", "days": "0"}, ["Henrik Sørli"]),
        ({"mail": "silent", "days": "3"}, []),
        ({"not_to": "coming"}, ["Henrik Sørli", "Ines Öberg"]),
        ({"not_company": "vestkraft", "not_to": "unanswered"}, ["Greta Åsen", "Ines Öberg"]),
        ({"language": "fi"}, []),
        ({"to": "nonsense", "host": "x", "activity": "999"}, ["Greta Åsen", "Henrik Sørli", "Ines Öberg"]),
    ],
)
def test_page_finds_whom_is_asked_for(look, cast, query, found):
    assert names(look(**query).context["recipients"]) == found


def test_page_finds_by_the_answer_to_each_part(look, cast):
    race, dinner = cast.activity("race").pk, cast.activity("dinner").pk
    shown = look(**{f"answer-{race}": "not_coming", f"answer-{dinner}": "coming"})
    assert names(shown.context["recipients"]) == ["Greta Åsen"]
    assert "coming" in dict(shown.context["form"].fields[f"answer-{dinner}"].choices)
    assert dict(shown.context["form"].fields["to"].choices)["declined"].endswith("(0)")


def test_ticked_guests_come_along_from_the_list_to_the_press(office, cast, press):
    client = office("otto")
    posted = {"action": "write_to", "_selected_action": [cast.greta.pk, cast.ines.pk], "index": "0"}
    to = client.post(url_of(cast.event, "guests/"), posted)["Location"]
    chosen = client.get(to)
    assert chosen.context["ticked"] == 2
    kinds = {kind: url for _heading, _about, letters in chosen.context["groups"] for kind, url, _count in letters}
    shown = client.get(kinds["invitation"])
    assert names(shown.context["recipients"]) == ["Greta Åsen", "Ines Öberg"]
    client.post(url_of(cast.event, "send/invitation/"), form_on(shown))
    assert names(row.guest for row in Message.objects.all()) == ["Greta Åsen", "Ines Öberg"]


def test_all_but_the_ticked_ones_are_written_to(office, cast):
    posted = {"action": "write_to_others", "_selected_action": [cast.greta.pk], "index": "0"}
    to = office("otto").post(url_of(cast.event, "guests/"), posted)["Location"]
    assert to.endswith(f"send/?without={cast.greta.pk}")


def test_whoever_is_unticked_on_the_page_is_left_out(press, cast):
    press(without=[str(cast.greta.pk), str(cast.ines.pk)])
    assert names(row.guest for row in Message.objects.all()) == ["Henrik Sørli"]
    assert dict(map(tuple, Campaign.objects.get().left_out)) == {
        cast.greta.pk: "excluded", cast.ines.pk: "excluded",
    }  # fmt: skip


def test_guests_of_another_event_are_not_reached_whatever_is_ticked(look, cast):
    shown = look(only=str(cast.zoe.pk))
    assert shown.context["recipients"] == []
    assert not factories.tells_of_zoe(shown.content.decode())


def test_mails_wait_until_the_moment_in_the_events_own_zone(press, cast):
    press(more={"when": "later", "at": "2027-08-11T09:00"})
    local = Message.objects.first().due_at.astimezone(cast.event.zone)
    assert local.replace(tzinfo=None) == datetime(2027, 8, 11, 9)


@pytest.mark.parametrize("at", ["", "2027-08-09T09:00", "i morgen"])
def test_page_asks_for_another_moment_when_this_one_cannot_be(press, at):
    response = press(more={"when": "later", "at": at})
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not Message.objects.exists()


def test_page_says_so_at_night(look, clock):
    assert look().context["is_civil"]
    clock.move(hours=11)
    shown = look()
    assert not shown.context["is_civil"]
    assert shown.context["morning_in_words"] in shown.content.decode()


def test_page_warns_when_the_very_same_free_letter_went_out(look, press, cast):
    text(cast, "free")
    press("free")
    assert look("free").context["same_text"] == Campaign.objects.get()
    Letter.objects.update(body="Noe nytt")
    assert look("free").context["same_text"] is None


def test_page_leads_to_the_guest_list_when_nobody_is_marked(look, cast):
    shown = look(to="missed")
    assert shown.context["audience"] is None
    assert url_of(cast.event, "guests/") in shown.context["refusal"][1]
    Guest.objects.filter(pk=cast.greta.pk).update(has_come=False)
    assert names(look(to="missed").context["recipients"]) == ["Greta Åsen"]


def test_the_list_stays_chosen_after_a_test_to_oneself(office, cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    posted = {"back": "to=coming&without=3"}
    done = office("otto").post(url_of(cast.event, f"send/invitation/test/{cast.greta.pk}/"), posted)
    assert done["Location"] == url_of(cast.event, f"send/invitation/?to=coming&without=3&guest={cast.greta.pk}")
    assert len(mail.outbox) == 1


# One sending ---------------------------------------------------------------------------------


@pytest.fixture
def campaign(press):
    press(to="all")
    return Campaign.objects.get()


def test_sending_tells_how_far_it_has_come_and_stops(office, cast, campaign, sink):
    delivery.deliver(1)
    client = office("otto")
    shown = client.get(page_of(campaign)).context["progress"]
    assert (shown.total, shown.counts["sent"], shown.counts["waiting"]) == (3, 1, 2)
    told = client.post(url_of(cast.event, f"sendings/{campaign.pk}/stop/"), follow=True)
    assert [str(message) for message in told.context["messages"]] == [
        "Stoppet: 2 e-poster går ikke ut. 1 var alt gått."
    ]
    assert delivery.deliver().total == 0
    client.post(url_of(cast.event, f"sendings/{campaign.pk}/resume/"))
    assert delivery.deliver().sent == 2
    progress = client.get(url_of(cast.event, f"sendings/{campaign.pk}/progress/"))
    assert "data-busy" not in progress.content.decode()


def test_sending_of_another_event_is_not_found(office, cast, campaign):
    client = office("olga")
    for page in ("stop", "resume", "progress"):
        for event in (cast.event, cast.other_event):
            address = url_of(event, f"sendings/{campaign.pk}/{page}/")
            assert {client.get(address).status_code, client.post(address).status_code} <= {404, 405}
    assert client.get(page_of(campaign)).status_code == 404
    assert set(Message.objects.values_list("state", flat=True)) == {"queued"}


def test_sending_names_who_was_left_out_and_nobody_who_is_forgotten(office, cast, press):
    Contact.objects.filter(guest=cast.ines).update(email="", email_key="")
    press(to="declined")
    campaign = Campaign.objects.first()
    assert campaign is None  # nobody was left
    press(to="all")
    campaign = Campaign.objects.get()
    groups = office("otto").get(page_of(campaign)).context["groups"]
    assert [(count, names(guests)) for _reason, count, guests in groups] == [(1, ["Ines Öberg"])]


def test_sendings_are_listed_with_their_fate_in_few_queries(office, cast, press, now):
    text(cast, "free")
    counts = []
    for _time in range(2):
        for _sending in range(3):
            press("free")
        client = office("otto")
        with CaptureQueriesContext(connection) as asked:
            shown = client.get(url_of(cast.event, "sendings/"))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 9
    assert len(shown.context["cl"].result_list) == 6
    assert "3 på vei" in shown.content.decode()


def test_outbox_shows_the_mails_of_one_sending(office, cast, campaign):
    factories.make_message(cast.greta, "confirmation")
    shown = office("otto").get(url_of(cast.event, f"outbox/?sending={campaign.pk}"))
    assert {row.letter for row in shown.context["cl"].result_list} == {"invitation"}
    assert len(office("otto").get(url_of(cast.event, "outbox/?sending=x")).context["cl"].result_list) == 0


def test_queries_of_a_sending_do_not_grow_with_its_list(office, cast):
    ContentType.objects.get_for_model(Campaign)  # asked for once per process
    factories.make_guest(cast.event, "Nils Uten", email="")
    counts = []
    for size in (2, 30):
        factories.make_crowd(cast.event, size)
        made = campaigns.press(cast.event, Wish(), letter="invitation", by=None, channel="office", now=factories.NOW)
        client = office("otto")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(page_of(made)).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 12


# What a mail says of itself --------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        ({"due_at": factories.NOW + timedelta(hours=2)}, "13:00"),
        ({"error_code": "later_451", "attempts": 1, "due_at": factories.NOW + timedelta(minutes=5)}, "11:05"),
        ({"state": "stopped", "error_code": "stopped_by_hand"}, "stoppet"),
        ({"state": "stopped", "error_code": "answered"}, "svart"),
        ({"state": "sent", "sent_at": factories.NOW}, "11:00"),
        ({"state": "failed", "error_code": "mailbox_full"}, "full"),
    ],
)
def test_a_mail_says_what_became_of_it_and_when_it_is_tried_again(office, cast, fields, says):
    message = factories.make_message(cast.greta, **fields)
    shown = office("otto").get(f"/admin/events/message/{message.pk}/change/")
    assert says in shown.context["fate"]
    assert shown.context["fate"] in shown.content.decode()


# Who was there ----------------------------------------------------------------------------------


def mark(client, event, action, *guests):
    posted = {"action": action, "_selected_action": [guest.pk for guest in guests], "index": "0"}
    return client.post(url_of(event, "guests/"), posted, follow=True)


def test_guests_are_marked_and_unmarked_with_history(office, cast):
    client = office("otto")
    mark(client, cast.event, "was_there", cast.greta, cast.henrik)
    mark(client, cast.event, "was_there", cast.greta)
    mark(client, cast.event, "was_not_there", cast.henrik)
    assert names(client.get(url_of(cast.event, "guests/?standing=there")).context["cl"].result_list) == ["Greta Åsen"]
    mark(client, cast.event, "unmark", cast.greta)
    assert dict(Guest.objects.filter(event=cast.event).values_list("pk", "has_come")) == {
        cast.greta.pk: None, cast.henrik.pk: False, cast.ines.pk: None,
    }  # fmt: skip
    rows = History.objects.filter(what="came").order_by("pk").values_list("guest", "facts", "by")
    assert list(rows) == [
        (cast.greta.pk, {"before": "unmarked", "after": "there"}, cast.otto.pk),
        (cast.henrik.pk, {"before": "unmarked", "after": "there"}, cast.otto.pk),
        (cast.henrik.pk, {"before": "there", "after": "not_there"}, cast.otto.pk),
        (cast.greta.pk, {"before": "there", "after": "unmarked"}, cast.otto.pk),
    ]


def test_a_mark_is_undone_from_the_guests_history(office, cast):
    client = office("otto")
    mark(client, cast.event, "was_there", cast.greta)
    mark(client, cast.event, "was_not_there", cast.greta)
    row = History.objects.filter(what="came").order_by("pk").last()
    page = url_of(cast.event, f"guests/{cast.greta.pk}/undo/{row.pk}/")
    assert "Greta Åsen" in client.get(page).context["text"]
    client.post(page)
    cast.greta.refresh_from_db()
    assert cast.greta.has_come is True
    assert not Message.objects.exists()


def test_nobody_of_another_event_is_marked(office, cast):
    mark(office("otto"), cast.event, "was_there", cast.zoe)
    cast.zoe.refresh_from_db()
    assert cast.zoe.has_come is None


def test_survey_is_for_those_who_came_when_nobody_else_is_chosen(look, cast):
    assert look("survey").context["form"]["to"].value() == "came"
