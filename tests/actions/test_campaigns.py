"""A press of "send": frozen, written in portions, stopped, taken up again; each mail once, and the truth about each."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import answers, campaigns, delivery, invitations, messages, privacy, subscriptions
from events.domain.answers import Choice
from events.domain.audiences import Wish
from events.domain.segments import Segment
from events.models import Campaign, Contact, Guest, History, Letter, Message
from events.reports.sendings import progress_of
from tests import factories

UNANSWERED = Wish(wanted=Segment(to="unanswered"))


@pytest.fixture
def portions_of_two(monkeypatch):
    monkeypatch.setattr(campaigns, "PORTION", 2)


def press(event, now, wish=None, *, letter="invitation", by=None, **options):
    return campaigns.press(event, wish or Wish(), letter=letter, by=by, channel="office", now=now, **options)


def text(event, kind, body="Hei {first_name}!", subject="Hei", language="nb"):
    place = {"event": event, "kind": kind, "language": language}
    return Letter.objects.update_or_create(**place, defaults={"subject": subject, "body": body})[0]


def progress(campaign):
    return progress_of(Campaign.objects.light().filter(pk=campaign.pk))[campaign.pk]


def test_a_press_keeps_what_was_asked_for_who_gets_it_and_why_others_do_not(cast, now):
    later = now + timedelta(days=2)
    campaign = press(cast.event, now, UNANSWERED, by=cast.otto, at=later)
    campaign.refresh_from_db()
    assert campaign.recipients == [cast.henrik.pk]
    assert dict(map(tuple, campaign.left_out)) == {cast.greta.pk: "answered", cast.ines.pk: "answered"}
    assert (campaign.criteria["to"], campaign.created_by, campaign.due_at) == ("unanswered", cast.otto, later)
    assert (campaign.state, campaign.written) == ("queued", 1)
    row = Message.objects.get()
    assert (row.campaign, row.guest, row.key, row.due_at) == (campaign, cast.henrik, "invitation", later)
    assert History.objects.filter(what="mail_queued", by=cast.otto, channel="office").count() == 1


def test_nothing_is_frozen_when_nobody_would_get_it(cast, now):
    press(cast.event, now)
    assert press(cast.event, now) is None
    assert Campaign.objects.count() == 1


def test_the_same_press_is_one_when_it_arrives_twice(cast, now):
    text(cast.event, "free")
    first = press(cast.event, now, letter="free", token="abc")
    again = press(cast.event, now, letter="free", token="abc")
    other = press(cast.event, now, letter="free", token="xyz")
    assert first == again != other
    assert Message.objects.count() == 6


def test_the_press_asks_again_when_the_list_is_another_than_the_one_looked_at(cast, now):
    seen = {cast.greta.pk, cast.henrik.pk, cast.ines.pk}
    answers.give(cast.henrik, {"dinner": Choice.COMING}, by=None, channel="web", now=now)
    Contact.objects.filter(guest=cast.ines).update(unsubscribed_at=now)
    new = factories.make_guest(cast.event, "Ny Gjest")
    with pytest.raises(campaigns.ListHasChanged) as change:
        press(cast.event, now, UNANSWERED, seen={cast.henrik.pk, 10**9})
    assert change.value.difference.gone == [(cast.henrik.pk, "answered_just_now")]
    assert (change.value.difference.new, change.value.difference.vanished) == ([new.pk], 1)
    with pytest.raises(campaigns.ListHasChanged) as change:
        press(cast.event, now, seen=seen)
    assert change.value.difference.gone == [(cast.ines.pk, "unsubscribed")]
    assert not Campaign.objects.exists()
    assert press(cast.event, now, seen={cast.greta.pk, cast.henrik.pk, new.pk}).recipients


def test_mails_are_written_in_portions_each_once_and_in_order(cast, now, portions_of_two):
    campaign = press(cast.event, now)
    assert (campaign.written, campaign.state, Message.objects.count()) == (2, "writing", 2)
    assert [row.guest for row in Message.objects.order_by("pk")] == list(
        Guest.objects.filter(pk__in=campaign.recipients[:2]).order_by("sort_key")
    )
    assert (progress(campaign).unwritten, progress(campaign).is_busy) == (1, True)
    assert invitations.audience(cast.event).reasons == {"already_sent": 3}
    assert campaigns.write_on(campaign.pk, now=now) is False
    assert campaigns.write_on(campaign.pk, now=now) is False
    campaign.refresh_from_db()
    assert (campaign.written, campaign.state, Message.objects.count()) == (3, "queued", 3)
    assert campaigns.write_what_waits(now=now) is False


def test_nothing_is_half_done_when_the_power_goes_while_a_portion_is_written(cast, now, portions_of_two, monkeypatch):
    campaign = press(cast.event, now)
    save = Campaign.save

    def dies(*args, **kwargs):
        raise SystemExit

    monkeypatch.setattr(Campaign, "save", dies)
    with pytest.raises(SystemExit):
        campaigns.write_on(campaign.pk, now=now)
    assert (Message.objects.count(), History.objects.filter(what="mail_queued").count()) == (2, 2)
    monkeypatch.setattr(Campaign, "save", save)
    assert campaigns.write_what_waits(now=now)
    assert (Message.objects.count(), History.objects.filter(what="mail_queued").count()) == (3, 3)


def test_no_mail_is_written_to_whoever_is_forgotten_between_freezing_and_writing(cast, now, portions_of_two):
    campaign = press(cast.event, now)
    last = Guest.objects.get(pk=campaign.recipients[2])
    privacy.forget_guest(last, by=None, channel="web", now=now)
    campaigns.write_on(campaign.pk, now=now)
    assert not Message.objects.filter(guest=last).exists()
    assert (progress(campaign).elsewhere, progress(campaign).unwritten) == (1, 0)


def test_whoever_unsubscribes_after_freezing_gets_nothing(cast, now, sink):
    press(cast.event, now)
    subscriptions.unsubscribe(cast.henrik, by=None, channel="web", now=now)
    assert delivery.deliver().sent == 2
    assert cast.henrik.contact.email not in sink.recipients
    assert Message.objects.get(guest=cast.henrik).error_code == "unsubscribed"


def test_no_reminder_reaches_whoever_answers_before_it_leaves(cast, now, clock, sink):
    text(cast.event, "reminder")
    press(cast.event, now, UNANSWERED, letter="reminder", at=now + timedelta(days=1))
    answers.give(cast.henrik, {"dinner": Choice.NOT_COMING}, by=None, channel="web", now=clock.move(hours=1))
    clock.move(days=2)
    delivery.deliver()
    row = Message.objects.get(letter="reminder")
    assert (row.state, row.error_code) == ("stopped", "answered")


def test_nothing_leaves_after_a_stop_and_it_says_how_many_had_gone(cast, now, sink, portions_of_two):
    campaign = press(cast.event, now)
    delivery.deliver(1)
    stopped = campaigns.stop(campaign, by=cast.otto, channel="office", now=now)
    assert (stopped.gone, stopped.kept) == (1, 2)
    assert campaigns.stop(campaign, by=cast.otto, channel="office", now=now) == campaigns.Stopped(1, 1)
    assert delivery.deliver().total == 0
    assert campaigns.write_what_waits(now=now) is False
    campaign.refresh_from_db()
    assert (campaign.state, campaign.stopped_at, campaign.written) == ("stopped", now, 2)
    assert sorted(Message.objects.values_list("state", "error_code")) == [("sent", ""), ("stopped", "stopped_by_hand")]
    assert History.objects.filter(what="mail_stopped", by=cast.otto).count() == 1


def test_the_rest_goes_when_a_stopped_sending_is_taken_up_again(cast, now, sink, portions_of_two):
    campaign = press(cast.event, now)
    delivery.deliver(1)
    campaigns.stop(campaign, by=cast.otto, channel="office", now=now)
    assert campaigns.resume(campaign, by=cast.otto, channel="office", now=now) == 2
    assert campaigns.resume(campaign, by=cast.otto, channel="office", now=now) == 0
    campaigns.write_what_waits(now=now)
    delivery.deliver()
    assert sorted(sink.recipients) == sorted(guest.contact.email for guest in (cast.greta, cast.henrik, cast.ines))
    campaign.refresh_from_db()
    assert (campaign.state, campaign.stopped_at) == ("queued", None)


def test_a_finished_sending_is_not_called_stopped(cast, now, sink):
    campaign = press(cast.event, now)
    delivery.deliver()
    assert campaigns.stop(campaign, by=None, channel="office", now=now) == campaigns.Stopped(3, 0)
    campaign.refresh_from_db()
    assert campaign.state == "queued"


def test_a_mail_that_went_wrong_goes_over_to_the_next_sending(cast, now):
    first = press(cast.event, now)
    Message.objects.filter(guest=cast.greta).update(state="failed", error_code="gave_up")
    second = press(cast.event, now)
    assert second.recipients == [cast.greta.pk]
    assert Message.objects.get(guest=cast.greta).campaign == second
    assert (progress(first).elsewhere, progress(second).counts["waiting"]) == (1, 1)


def test_one_of_a_stopped_sending_is_sent_alone(cast, now, sink):
    campaign = press(cast.event, now)
    campaigns.stop(campaign, by=None, channel="office", now=now)
    messages.send_again(Message.objects.get(guest=cast.greta), by=None, channel="office", now=now)
    assert delivery.deliver().sent == 1
    assert sink.recipients == [cast.greta.contact.email]


# Letters with texts of their own -----------------------------------------------------------


def plain(sink):
    return {
        recipient: mail.get_body(("plain",)).get_content()
        for recipient, mail in zip(sink.recipients, sink.messages, strict=True)
    }


def test_each_free_letter_says_what_it_said_when_it_was_sent(cast, now, clock, sink):
    text(cast.event, "free", "Den første, {first_name}.", "Første")
    text(cast.event, "free", "Den första, {first_name}.", "Första", language="sv")
    Contact.objects.filter(guest=cast.ines).update(language="sv")
    press(cast.event, now, letter="free")
    text(cast.event, "free", "Den andre.", "Andre")
    Letter.objects.filter(language="sv").delete()
    press(cast.event, clock.move(hours=1), letter="free")
    assert delivery.deliver().sent == 6
    subjects = sorted((mail["To"].split("@")[0], mail["Subject"]) for mail in sink.messages)
    assert subjects == [
        ("greta.asen", "Andre"), ("greta.asen", "Første"), ("henrik.sorli", "Andre"), ("henrik.sorli", "Første"),
        ("ines.oberg", "Andre"), ("ines.oberg", "Första"),
    ]  # fmt: skip
    assert "Den første, Greta." in "".join(mail.get_body(("plain",)).get_content() for mail in sink.messages)


def test_thanks_are_said_in_words_that_fit_to_each_once(cast, now, sink):
    silent = factories.make_guest(cast.event, "Stille Gjest")
    for kind, body in (("thanks", "Takk for sist!"), ("thanks_missed", "Vi savnet deg."), ("thanks_declined", "Synd.")):
        text(cast.event, kind, body)
    Guest.objects.filter(pk=cast.henrik.pk).update(has_come=False)
    cast.henrik.answer_set.filter(activity__slug="race").update(state="coming", answered_at=now)
    sent = invitations.send(cast.event, letter="thanks", by=None, channel="office", now=now)
    assert (sent.queued, sent.skipped) == (3, {"never_answered": 1})
    assert invitations.send(cast.event, letter="thanks", by=None, channel="office", now=now).queued == 0
    delivery.deliver()
    said = plain(sink)
    assert "Takk for sist!" in said[cast.greta.contact.email]
    assert "Vi savnet deg." in said[cast.henrik.contact.email]
    assert "Synd." in said[cast.ines.contact.email]
    assert set(Message.objects.values_list("letter", "key")) == {("thanks", "thanks")}
    assert silent.contact.email not in said


@pytest.mark.parametrize(
    ("to", "marked", "names"),
    [
        ("came", {}, ["Greta Åsen"]),
        ("came", {"greta": True, "ines": True}, ["Greta Åsen", "Ines Öberg"]),
        ("missed", {"greta": False}, ["Greta Åsen"]),
        ("missed", {"ines": False}, []),
    ],
)
def test_those_who_came_or_were_missed_are_found_as_they_are_marked(cast, to, marked, names):
    for name, has_come in marked.items():
        Guest.objects.filter(pk=getattr(cast, name).pk).update(has_come=has_come)
    found = invitations.audience(cast.event, to=to)
    assert sorted(guest.name for guest in found.recipients) == names


def test_whoever_came_before_is_known_by_earlier_editions_of_the_series(cast, now):
    series = factories.make_series()
    old = factories.make_event("gammel", series=series, held_on=cast.event.held_on - timedelta(days=365))
    type(cast.event).objects.filter(pk=cast.event.pk).update(series=series)
    for guest, said in ((cast.greta, "coming"), (cast.henrik, "not_coming"), (cast.ines, "coming")):
        factories.make_guest(old, contact=guest.contact, answers=dict.fromkeys(factories.PROGRAMME, said))
    Guest.objects.filter(event=old, contact=cast.ines.contact).update(has_come=False)
    campaign = press(cast.event, now, Wish(wanted=Segment(before="yes")))
    assert campaign.recipients == [cast.greta.pk]


@pytest.mark.parametrize("letter", ["thanks_missed", "thanks_declined", "calendar", "bounced"])
def test_what_the_program_chooses_is_not_sent_by_hand(cast, now, letter):
    with pytest.raises(invitations.GoesByItself):
        press(cast.event, now, letter=letter)


# Size ----------------------------------------------------------------------------------------


def test_the_list_is_read_in_five_queries_at_any_size(cast, now):
    for size in (3, 40):
        factories.make_crowd(cast.event, size)
        with CaptureQueriesContext(connection) as asked:
            assert len(invitations.audience(cast.event).ids) >= size
        assert len(asked) <= 5


def test_delivering_reads_the_sendings_of_a_batch_in_one_query_and_not_their_lists(cast, now, sink):
    text(cast.event, "free")
    press(cast.event, now, letter="free")
    press(cast.event, now)
    with CaptureQueriesContext(connection) as asked:
        delivery.deliver()
    about = [query["sql"] for query in asked if 'FROM "events_campaign"' in query["sql"]]
    assert len(about) == 1
    assert "recipients" not in about[0]
    assert "left_out" not in about[0]
