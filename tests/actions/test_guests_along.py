"""An earlier event's guest list comes along to the next: as drafts, with new links, and nobody is written to."""

import time

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import guests_along, next_edition
from events.models import Answer, Consent, DoNotInvite, Event, Guest, History, Invitation, Message
from events.models.do_not_invite import marks_of
from tests import factories


@pytest.fixture
def how(cast, now):
    return {"by": cast.otto, "channel": History.Channel.OFFICE, "now": now}


@pytest.fixture
def new(cast, how):
    day = cast.event.held_on.replace(year=cast.event.held_on.year + 1)
    return next_edition.make_like(cast.event, "next", title="Next", held_on=day, **how)


def names_at(event):
    return [guest.name for guest in Guest.objects.filter(event=event).select_related("contact")]


def test_who_was_on_the_list_comes_along_as_a_draft_with_a_new_link_and_no_mail(cast, new, how):
    done = guests_along.bring(new, cast.event, "all", **how)
    assert names_at(new) == names_at(cast.event) != []
    assert done.count == len(names_at(new))
    sent = Invitation.objects.filter(guest__event=new)
    assert set(sent.values_list("state", "sent_at", "version", "personal_line")) == {("drafted", None, 1, "")}
    before = Invitation.objects.filter(guest__event=cast.event).values("public_id")
    assert not sent.filter(public_id__in=before).exists()
    assert set(Answer.objects.filter(guest__event=new).values_list("state", "answered_at")) == {("no_answer", None)}
    assert not Message.objects.filter(event=new).exists()
    assert "Zoe" not in str(names_at(new))


def test_host_and_parts_come_along_and_what_was_said_and_written_does_not(cast, new, how):
    host = factories.make_host("Marit Moe")
    note = {"note": "Ring først", "companions_allowed": 3, "language": "fi", "has_come": True}
    guest = factories.make_guest(cast.event, "Una Lund", host=host, invited_to=["race"], answers={"race": "coming"})
    Guest.objects.filter(pk=guest.pk).update(**note)
    factories.make_activity(new, "boat")
    guests_along.bring(new, cast.event, "all", **how)
    una = Guest.objects.get(event=new, contact=guest.contact)
    assert (una.host, una.language, una.companions_allowed) == (host, "fi", 3)
    assert (una.note, una.has_come, una.answered_at) == ("", None, None)
    assert set(una.answer_set.values_list("activity__slug", flat=True)) == {"race", "boat"}
    assert "una" in una.search_text
    row = History.objects.get(guest=una)
    assert (row.what, row.facts) == ("imported", {"earlier": cast.event.slug})


def test_how_many_everybody_may_bring_is_the_new_events(cast, new, how):
    Event.objects.filter(pk=new.pk).update(companions_allowed=1)
    guests_along.bring(new, cast.event, "all", **how)
    assert set(Guest.objects.filter(event=new).values_list("companions_allowed", flat=True)) == {1}


def test_whoever_wants_no_more_stays_behind_and_each_reason_is_counted(cast, new, how, now):
    def made(name, **contact):
        guest = factories.make_guest(cast.event, name)
        type(guest.contact).objects.filter(pk=guest.contact_id).update(**contact)
        return guest

    made("Una Unsub", unsubscribed_at=now)
    DoNotInvite.objects.create(mark=marks_of(made("Dag Aldri").contact.email)[0], since_on=now.date())
    for name, is_given in (("Nei Takk", False), ("Ja Takk", True)):
        Consent.objects.create(
            guest=made(name), purpose="invite", is_given=is_given, text_version="1", language="nb", channel="web",
            said_at=now,
        )  # fmt: skip
    revoked, here = made("Rikke Trukket"), made("Her Alt")
    Invitation.objects.filter(guest=revoked).update(state="revoked")
    factories.make_guest(new, contact=here.contact)
    Guest.objects.create(event=cast.event, companion_of=here, companion_name="Med", sort_key="med", created_at=now)
    Guest.objects.create(event=cast.event, forgotten_at=now, sort_key="", created_at=now)
    looked = guests_along.look(new, cast.event)["all"]
    done = guests_along.bring(new, cast.event, "all", **how)
    assert done == looked
    assert {name: done.behind[name] for name in done.behind if name != "companion"} == dict.fromkeys(
        ("here", "unsubscribed", "said_no", "asked_not", "withdrawn", "forgotten"), 1
    )
    companions = Guest.objects.filter(event=cast.event).exclude(companion_of=None).count()
    assert done.behind["companion"] == companions
    assert done.count + sum(done.behind.values()) == Guest.objects.filter(event=cast.event).count()
    there = names_at(new)
    assert "Ja Takk" in there
    assert not {"Una Unsub", "Dag Aldri", "Nei Takk", "Rikke Trukket", "Med"} & set(there)


def test_only_who_came_or_was_invited_comes_along_when_that_is_chosen(cast, new, how):
    drafted = factories.make_guest(cast.event, "Ny Utkast")
    Invitation.objects.filter(guest=drafted).update(state="drafted", sent_at=None)
    came = factories.make_guest(cast.event, "Kom Likevel", has_come=True)
    missed = factories.make_guest(cast.event, "Var Borte", answers={"race": "coming"}, has_come=False)
    silent = factories.make_guest(cast.event, "Stille Gjest")
    looked = guests_along.look(new, cast.event)
    assert looked["all"].count == looked["invited"].count + 1
    guests_along.bring(new, cast.event, "came", **how)
    assert looked["came"].count == len(names_at(new))
    assert came.name in names_at(new)
    assert not {missed.name, silent.name, drafted.name} & set(names_at(new))
    guests_along.bring(new, cast.event, "invited", **how)
    assert {missed.name, silent.name} < set(names_at(new))
    assert drafted.name not in names_at(new)


def test_nothing_happens_when_it_is_done_twice(cast, new, how):
    guests_along.bring(new, cast.event, "all", **how)
    before = list(Invitation.objects.filter(guest__event=new).values_list("public_id", "version"))
    again = guests_along.bring(new, cast.event, "all", **how)
    assert again.count == 0
    assert again.behind["here"] == len(before)
    assert list(Invitation.objects.filter(guest__event=new).values_list("public_id", "version")) == before


def test_nine_hundred_take_hardly_more_queries_than_one(cast, new, how):
    counts = []
    for size in (1, 900):
        source = factories.make_event(f"crowd-{size}")
        factories.make_crowd(source, size)
        with CaptureQueriesContext(connection) as asked:
            guests_along.bring(new, source, "all", **how)
        counts.append(len([query for query in asked if "SAVEPOINT" not in query["sql"]]))
    assert counts[1] - counts[0] <= 4  # SQLite takes only so many values in one statement


@pytest.mark.slow
def test_ten_thousand_come_along_in_a_requests_time(cast, new, how):
    source = factories.make_event("stort")
    factories.make_crowd(source, 10_000)
    begun = time.process_time()
    with CaptureQueriesContext(connection) as asked:
        done = guests_along.bring(new, source, "came", **how)
    assert done.count == 10_000
    assert time.process_time() - begun < 15  # six seconds on a busy core
    assert len(asked) < 150
