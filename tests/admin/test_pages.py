"""What an organiser does in the back office, and what comes of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.core import mail
from django.utils import timezone
from django.utils.html import escape

from events.admin import change_pages
from events.domain.links import Purpose
from events.models import Activity, Answer, Consent, Contact, Event, Guest, History, Invitation, Membership, Message
from events.reports.mail_words import what_went_wrong
from tests import factories


def url_of(event, rest):
    return f"/admin/events/event/{event.pk}/{rest}"


def press(client, page, **typed):
    """Looks at what a change comes to, and presses the button."""
    shown = client.get(page).context
    posted = {"plan": shown["plan"], "seen": shown["form"]["seen"].value(), "tell": "1", **typed}
    return client.post(page, posted)


def names_in(response):
    return sorted(str(guest) for guest in response.context["cl"].result_list)


# The guest list ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=sorli", ["Henrik Sørli"]),
        ("q=SØRLI+henrik", ["Henrik Sørli"]),
        ("q=vestkraft", ["Henrik Sørli"]),
        ("answer-dinner=coming", ["Greta Åsen"]),
        ("answer-race=not_coming", ["Greta Åsen", "Ines Öberg"]),
        ("answer-race=uninvited", []),
        ("answer-race=nonsense", []),
        ("standing=silent", ["Henrik Sørli"]),
        ("standing=answered", ["Greta Åsen", "Ines Öberg"]),
        ("standing=without_mail", ["Nora Uten"]),
        ("host=none", ["Ines Öberg", "Nora Uten"]),
        ("company=vestkraft", ["Henrik Sørli"]),
        ("invitation=drafted", []),
        ("answer-dinner=coming&q=", ["Greta Åsen"]),
    ],
)
def test_list_finds_guests_by(office, cast, query, found):
    if "without_mail" in query or "host=none" in query:
        factories.make_guest(cast.event, "Nora Uten", email="", answers={"dinner": "unsure"})
    response = office("otto").get(url_of(cast.event, f"guests/?{query}"))
    assert names_in(response) == found


def test_list_says_each_answer_in_a_word(office, cast):
    page = office("otto").get(url_of(cast.event, "guests/")).content.decode()
    assert str(Answer.State.NOT_COMING.label) in page
    assert page.count("chip-coming") == 2  # Greta's gathering and dinner


# One guest ----------------------------------------------------------------------


def test_answer_given_for_a_guest_is_kept_with_who_and_how(office, cast, now):
    page = url_of(cast.event, f"guests/{cast.henrik.pk}/answer/")
    response = office("otto").post(page, {"answer-dinner": "coming", "channel": "phone"})
    assert response.status_code == 302
    states = dict(Answer.objects.filter(guest=cast.henrik).values_list("activity__slug", "state"))
    assert states == {"gathering": "no_answer", "race": "no_answer", "dinner": "coming"}
    row = History.objects.get(guest=cast.henrik, what="answered")
    assert (row.by, row.channel, row.activity.slug, row.at) == (cast.otto, "phone", "dinner", now)


def test_a_place_given_back_says_who_got_it(office, cast):
    Activity.objects.filter(pk=cast.activity("dinner").pk).update(capacity=1)
    factories.make_guest(cast.event, "Første Venter", answers={"dinner": "waiting"})
    page = url_of(cast.event, f"guests/{cast.greta.pk}/answer/")
    told = office("otto").post(page, {"answer-dinner": "not_coming", "channel": "phone"}, follow=True)
    assert "Første Venter" in "".join(map(str, told.context["messages"]))


def test_answer_for_a_guest_is_taken_after_the_deadline(office, cast, clock):
    clock.move(days=40)
    office("otto").post(
        url_of(cast.event, f"guests/{cast.henrik.pk}/answer/"), {"answer-race": "coming", "channel": "met"}
    )
    assert Answer.objects.get(guest=cast.henrik, activity__slug="race").state == "coming"


@pytest.mark.parametrize(
    "posted", [{"answer-dinner": "coming"}, {"channel": "phone"}, {"answer-dinner": "x", "channel": "phone"}]
)
def test_answer_is_asked_for_again_when_something_is_missing(office, cast, posted):
    response = office("otto").post(url_of(cast.event, f"guests/{cast.henrik.pk}/answer/"), posted)
    assert response.status_code == 422
    assert 'role="alert"' in response.content.decode()
    assert not Answer.objects.filter(guest=cast.henrik, answered_at__isnull=False).exists()


def test_guest_added_by_hand_is_invited_to_everything(office, cast):
    posted = {
        "name": "Åse Vågen", "company": "vestkraft as", "email": " Ase@Vestkraft.example ", "phone": "0047 55 00 00 00",
        "language": "fi", "host": cast.host.pk, "companions_allowed": "1", "personal_line": "Gleder meg!",
    }  # fmt: skip
    office("otto").post(url_of(cast.event, "guests/add/"), posted)
    guest = Guest.objects.get(event=cast.event, contact__name="Åse Vågen")
    assert guest.contact.email_key == "ase@vestkraft.example"
    assert guest.contact.phone == "+47 55 00 00 00"
    assert guest.mail_language == "fi"
    assert (guest.host, guest.companions_allowed) == (cast.host, 1)
    assert guest.invitation.personal_line == "Gleder meg!"
    assert guest.answer_set.count() == 3
    assert History.objects.get(guest=guest).what == "added"


def test_person_known_already_is_not_made_twice(office, cast):
    zoe = cast.zoe.contact
    zoe.key = "zoe zetterlund"
    zoe.save()
    office("otto").post(url_of(cast.event, "guests/add/"), {"name": "Zoe Zetterlund", "email": zoe.email})
    assert Contact.objects.filter(name="Zoe Zetterlund").count() == 1
    assert Guest.objects.get(event=cast.event, contact=zoe)


@pytest.mark.parametrize("posted", [{"name": ""}, {"name": "Per", "email": "per at kunde"}, {"name": " - "}])
def test_guest_is_not_added_when_name_or_address_is_none(office, cast, posted):
    response = office("otto").post(url_of(cast.event, "guests/add/"), posted)
    assert response.status_code == 422
    assert Guest.objects.filter(event=cast.event).count() == 3


def test_old_link_ends_when_a_new_one_is_made(office, cast, client):
    old = factories.page_of(cast.greta)
    office("otto").post(url_of(cast.event, f"guests/{cast.greta.pk}/new-link/"))
    cast.greta.invitation.refresh_from_db()
    assert client.get(old).status_code == 404
    assert client.get(factories.page_of(cast.greta)).status_code == 200


def test_page_asks_before_it_withdraws_a_link(office, cast):
    page = url_of(cast.event, f"guests/{cast.greta.pk}/withdraw/")
    office("otto").get(page)
    cast.greta.invitation.refresh_from_db()
    assert cast.greta.invitation.state == "sent"
    office("otto").post(page)
    cast.greta.invitation.refresh_from_db()
    assert cast.greta.invitation.state == "revoked"


def test_personal_line_is_written_on_the_guests_page(office, cast):
    invitation = cast.greta.invitation
    posted = {
        "companions_allowed": "2", "note": "Likes mountains", "language": "",
        "invitation-TOTAL_FORMS": "1", "invitation-INITIAL_FORMS": "1", "invitation-0-id": invitation.pk,
        "invitation-0-guest": cast.greta.pk, "invitation-0-personal_line": "A chair beside me!",
    }  # fmt: skip
    response = office("otto").post(f"/admin/events/guest/{cast.greta.pk}/change/", posted)
    invitation.refresh_from_db()
    cast.greta.refresh_from_db()
    assert response.status_code == 302
    assert (invitation.personal_line, cast.greta.companions_allowed) == ("A chair beside me!", 2)


def test_changed_name_of_a_contact_is_found_in_the_list(office, cast):
    contact = cast.henrik.contact
    posted = {"name": "Henrik Bjørnsen", "company_name": "Nytt Firma AS", "email": contact.email, "language": ""}
    office("otto").post(f"/admin/events/contact/{contact.pk}/change/", posted)
    response = office("otto").get(url_of(cast.event, "guests/?q=bjornsen+nytt"))
    assert names_in(response) == ["Henrik Bjørnsen"]


# The programme and the event --------------------------------------------------------


def changed(activity, **fields):
    """The form of an activity as it stands, with some fields changed."""
    as_text = {
        f"{name}_{code}": text
        for name in ("title", "description", "place", "dress")
        for code, text in getattr(activity, name).items()
    }
    local = {
        name: getattr(activity, name).astimezone(activity.event.zone).strftime("%Y-%m-%dT%H:%M")
        for name in ("starts_at", "ends_at")
    }
    return {
        **as_text,
        **local,
        "kind": activity.kind,
        "address": activity.address,
        "map_url": "",
        "capacity": activity.capacity or "",
        "answer_by_at": "",
        "welcomes_companions": "on",
        **fields,
    }


def test_moved_activity_moves_every_calendar(office, cast, now):
    dinner = cast.activity("dinner")
    starts = (dinner.starts_at + timedelta(minutes=30)).astimezone(cast.event.zone).strftime("%Y-%m-%dT%H:%M")
    response = office("otto").post(f"/admin/events/activity/{dinner.pk}/change/", changed(dinner, starts_at=starts))
    assert Activity.objects.get(pk=dinner.pk).starts_at == dinner.starts_at  # looked at first
    press(office("otto"), response["Location"])
    moved = Activity.objects.get(pk=dinner.pk)
    assert moved.starts_at == dinner.starts_at + timedelta(minutes=30)
    stamps = set(Answer.objects.filter(activity=dinner).values_list("sequence", "stamped_at"))
    assert stamps == {(1, now)}
    assert set(Answer.objects.exclude(activity=dinner).values_list("sequence", flat=True)) == {0}
    facts = History.objects.get(activity=dinner, what="programme").facts
    assert (facts["change"], facts["fields"]) == ("changed", ["starts_at"])


def test_calendars_stay_when_only_the_deadline_moves(office, cast):
    dinner = cast.activity("dinner")
    office("otto").post(f"/admin/events/activity/{dinner.pk}/change/", changed(dinner, answer_by_at="2027-09-01T12:00"))
    assert set(Answer.objects.filter(activity=dinner).values_list("sequence", flat=True)) == {0}


def test_more_places_let_the_first_in_line_in(office, cast):
    dinner = cast.activity("dinner")
    Activity.objects.filter(pk=dinner.pk).update(capacity=1)
    first = factories.make_guest(cast.event, "Første Venter", answers={"dinner": "waiting"})
    second = factories.make_guest(cast.event, "Andre Venter", answers={"dinner": "waiting"})
    dinner.refresh_from_db()
    office("otto").post(f"/admin/events/activity/{dinner.pk}/change/", changed(dinner, capacity="2"))
    states = dict(Answer.objects.filter(activity=dinner, guest__in=[first, second]).values_list("guest", "state"))
    assert states == {first.pk: "coming", second.pk: "waiting"}


def test_new_part_of_the_programme_asks_every_guest(office, cast):
    posted = {
        "title_nb": "Øvelse på forhånd",
        "kind": "other",
        "starts_at": "2027-09-20T18:00",
        "ends_at": "2027-09-20T20:00",
    }
    response = office("otto").post(url_of(cast.event, "programme/add/"), posted)
    assert response.status_code == 302
    part = Activity.objects.get(event=cast.event, slug="ovelse-pa-forhand")
    assert part.answer_set.count() == 3
    assert part.starts_at.astimezone(cast.event.zone).hour == 18


def test_part_stands_once_when_its_button_is_pressed_twice(office, cast):
    posted = {"title_nb": "Bad", "kind": "other", "starts_at": "2027-09-20T18:00", "ends_at": "2027-09-20T20:00"}
    first, second = (office("otto").post(url_of(cast.event, "programme/add/"), posted) for _press in range(2))
    assert (first.status_code, first["Location"]) == (second.status_code, second["Location"])
    (bath,) = Activity.objects.filter(event=cast.event, starts_at__day=20)
    assert bath.answer_set.count() == 3
    assert list(History.objects.filter(activity=bath).values_list("facts__change", flat=True)) == ["added"]


@pytest.mark.parametrize("other", [{"title_nb": "Badstue"}, {"place_nb": "Nordnes"}, {"ends_at": "2027-09-20T19:00"}])
def test_parts_at_the_same_time_are_two_when_they_differ(office, cast, other):
    posted = {"title_nb": "Bad", "kind": "other", "starts_at": "2027-09-20T18:00", "ends_at": "2027-09-20T20:00"}
    for typed in (posted, {**posted, **other}):
        office("otto").post(url_of(cast.event, "programme/add/"), typed)
    assert Activity.objects.filter(event=cast.event, starts_at__day=20).count() == 2


def test_part_is_refused_when_it_ends_before_it_starts(office, cast):
    posted = {"title_nb": "Baklengs", "kind": "other", "starts_at": "2027-09-20T18:00", "ends_at": "2027-09-20T17:00"}
    office("otto").post(url_of(cast.event, "programme/add/"), posted)
    assert not Activity.objects.filter(slug="baklengs").exists()


def test_cancelled_part_is_cancelled_in_calendars_and_can_come_back(office, cast):
    dinner = cast.activity("dinner")
    page = url_of(cast.event, f"programme/{dinner.pk}/cancel/")
    office("otto").get(page)
    dinner.refresh_from_db()
    assert not dinner.is_cancelled
    press(office("otto"), page)
    dinner.refresh_from_db()
    assert dinner.is_cancelled
    press(office("otto"), page)
    dinner.refresh_from_db()
    assert not dinner.is_cancelled
    assert set(Answer.objects.filter(activity=dinner).values_list("sequence", flat=True)) == {2}


def test_times_are_those_of_the_events_own_zone(office, cast):
    Event.objects.filter(pk=cast.event.pk).update(time_zone="Europe/Helsinki")
    dinner = cast.activity("dinner")
    page = office("otto").get(f"/admin/events/activity/{dinner.pk}/change/").content.decode()
    there = dinner.starts_at.astimezone(Event.objects.get(pk=cast.event.pk).zone)
    assert there.strftime("%Y-%m-%dT%H:%M") in page


def test_event_is_made_by_who_may_and_organised_by_its_maker(office, cast, logins):
    nora = logins["nora"]
    nora.user_permissions.add(Permission.objects.get(codename="add_event"))
    posted = {
        "title_nb": "Stoltzen 2028", "held_on": "2028-09-22", "programme": "stoltzen", "race_capacity": "40",
        "deadline": "2028-09-08",
    }  # fmt: skip
    response = office("nora").post("/admin/events/event/add/", posted)
    event = Event.objects.get(slug="stoltzen-2028")
    assert response["Location"] == url_of(event, "overview/")
    assert event.state == "draft"
    assert event.answer_by_at.astimezone(event.zone).isoformat() == "2028-09-08T23:59:59+02:00"
    assert dict(event.activity_set.values_list("slug", "capacity")) == {"gathering": None, "race": 40, "dinner": None}
    assert Membership.objects.get(event=event).user == nora


@pytest.mark.parametrize(
    "posted",
    [
        {"title_nb": "", "held_on": "2028-09-22", "programme": "empty"},
        {"title_nb": "Stoltzen", "held_on": "2028-09-22", "programme": "empty"},
        {"title_nb": "Fest", "held_on": "2028-09-22", "programme": "empty", "deadline": "2028-09-23"},
    ],
    ids=["no title", "a slug that is taken", "a deadline after the day"],
)
def test_event_is_not_made_with(office, cast, posted):
    response = office("root").post("/admin/events/event/add/", posted)
    assert response.status_code == 422
    assert Event.objects.count() == 2


def test_state_changes_by_a_press_and_stands_in_the_history(office, cast):
    page = url_of(cast.event, "state/closed/")
    office("otto").get(page)
    cast.event.refresh_from_db()
    assert cast.event.state == "open"
    office("otto").post(page)
    office("otto").post(page)
    cast.event.refresh_from_db()
    assert cast.event.state == "closed"
    assert History.objects.get(event=cast.event, what="state").facts == {"before": "open", "after": "closed"}


def test_state_that_makes_no_sense_is_not_found(office, cast):
    assert office("otto").post(url_of(cast.event, "state/archived/")).status_code == 404


def test_new_title_reaches_calendars(office, cast):
    event = cast.event
    posted = {
        "title_nb": "Nytt navn", "held_on": event.held_on.isoformat(), "town": event.town, "time_zone": event.time_zone,
        "scene": event.scene, "answer_by_at": "",
    }  # fmt: skip
    office("otto").post(url_of(event, "change/"), posted)
    event.refresh_from_db()
    assert str(event.title) == "Nytt navn"
    assert set(Answer.objects.filter(guest__event=event).values_list("sequence", flat=True)) == {1}


# Letters and mails ------------------------------------------------------------------------


def test_nothing_is_sent_while_guests_could_not_answer(office, cast):
    Event.objects.filter(pk=cast.event.pk).update(state="draft")
    response = office("otto").post(url_of(cast.event, "send/invitation/"), {"to": "all", "count": "3"})
    assert "state/open/" in response.content.decode()
    assert Message.objects.count() == 0


def test_letter_is_previewed_as_one_guest_in_a_page_that_runs_nothing(office, cast):
    response = office("otto").get(url_of(cast.event, f"send/invitation/as/{cast.greta.pk}/"))
    assert "Greta" in response.content.decode()
    assert "script-src" not in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "SAMEORIGIN"


def test_test_mail_goes_to_the_organiser_and_opens_nothing(office, cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    office("otto").post(url_of(cast.event, f"send/invitation/test/{cast.greta.pk}/"))
    assert [message.to for message in mail.outbox] == [[cast.otto.email]]
    assert factories.token_of(cast.greta) not in mail.outbox[0].body


def test_failed_mail_is_sent_again_after_one_question(office, cast):
    message = factories.make_message(cast.greta, state="failed", error_code="refused")
    page = url_of(cast.event, f"outbox/{message.pk}/again/")
    office("otto").get(page)
    message.refresh_from_db()
    assert message.state == "failed"
    office("otto").post(page)
    message.refresh_from_db()
    assert (message.state, message.queued_by) == ("queued", cast.otto)


def test_overview_tells_what_waits_and_where_to_press(office, cast):
    factories.make_message(cast.greta, state="failed")
    cast.host.email = ""
    cast.host.save()
    lines = office("otto").get(url_of(cast.event, "overview/")).context["to_do"]
    assert [(line.count, line.url) for line in lines] == [
        (1, url_of(cast.event, "outbox/?state=failed")),
        (1, "/admin/events/host/?mail=none"),
        (1, url_of(cast.event, "guests/?standing=silent")),
    ]


@pytest.mark.parametrize(("state", "leads"), [("draft", "state/open/"), ("open", "send/reminder/")])
def test_overview_offers_the_one_likely_step(office, cast, state, leads):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    step = office("otto").get(url_of(cast.event, "overview/")).context["next_step"]
    assert step[1] == url_of(cast.event, leads)


@pytest.mark.parametrize("state", ["open", "closed"])
def test_overview_leads_on_when_the_day_is_over(office, cast, clock, state):
    Event.objects.filter(pk=cast.event.pk).update(state=state)
    clock.move(days=60)
    page = url_of(cast.event, "overview/")
    seen = office("otto").get(page).context
    assert seen["next_step"][1] == url_of(cast.event, "state/held/")
    assert seen["to_do"] == []  # Henrik is silent, and need not be asked any more
    assert seen["chart"] is None  # nor does anybody watch how answers come in
    office("otto").post(url_of(cast.event, "state/held/"))
    assert office("otto").get(page).context["next_step"][1] == url_of(cast.event, "send/thanks/")
    factories.make_message(cast.greta, "thanks", state="sent", sent_at=timezone.now())
    assert office("otto").get(page).context["next_step"] is None


def test_day_in_the_past_is_asked_about_when_an_event_is_made_or_moved(office, cast, logins):
    asked = "Er året riktig"
    past, ahead = "2026-09-24", "2028-09-24"
    made = {"title_nb": "Ny", "programme": "empty", "slug": "ny"}
    for day, is_asked in ((past, True), (ahead, False)):
        posted = {**made, "held_on": day, "slug": f"ny-{day}"}
        page = office("root").post("/admin/events/event/add/", posted, follow=True).content.decode()
        assert (asked in page) == is_asked
        plan = change_pages.page_of(cast.event, {"deed": "move", "held_on": day})
        assert (asked in office("otto").get(plan).content.decode()) == is_asked


def test_second_of_two_tabs_is_asked_before_it_undoes_the_first(office, cast):
    page = f"/admin/events/event/{cast.event.pk}/change/"
    opened = office("otto").get(page).context["adminform"].form
    posted = {**typed(opened), "seen": opened.seen}
    client = office("otto")
    assert client.post(page, {**posted, "contact_name": "Anna Tveit"}).status_code == 302
    asked = client.post(page, {**posted, "town": "Sandviken"})
    assert asked.status_code == 200
    cast.event.refresh_from_db()
    assert (cast.event.contact_name, cast.event.town) == ("Anna Tveit", opened.initial["town"])
    form = asked.context["adminform"].form
    assert form.errors
    again = {**posted, "town": "Sandviken", "seen": form.seen}
    assert client.post(page, again).status_code == 302
    cast.event.refresh_from_db()
    assert cast.event.town == "Sandviken"


def typed(form):
    """What a browser would send of a form that was just opened."""
    sent = {}
    for bound in form:
        value = bound.field.prepare_value(bound.initial)
        if isinstance(value, dict):
            sent |= {f"{bound.name}_{code}": text for code, text in value.items()}
        elif value is not None and value is not False:
            sent[bound.name] = value
            if bound.field.show_hidden_initial:
                sent[bound.html_initial_name] = value
    return sent


def test_cancelled_event_is_cancelled_in_calendars(office, cast):
    press(office("otto"), url_of(cast.event, "state/cancelled/"))
    assert set(Answer.objects.filter(guest__event=cast.event).values_list("sequence", flat=True)) == {1}
    assert set(Answer.objects.filter(guest__event=cast.other_event).values_list("sequence", flat=True)) == {0}


def test_overview_offers_no_reminder_when_a_letter_went_out_just_now(office, cast, now):
    sent = factories.make_message(cast.henrik, "invitation", state="sent", sent_at=now - timedelta(days=2))
    page = url_of(cast.event, "overview/")
    assert office("otto").get(page).context["next_step"][1] == url_of(cast.event, "guests/?standing=silent")
    Message.objects.filter(pk=sent.pk).update(sent_at=now - timedelta(days=3))
    assert office("otto").get(page).context["next_step"][1] == url_of(cast.event, "send/reminder/")


def test_letter_is_shown_with_its_subject_and_where_replies_go(office, cast):
    page = office("otto").get(url_of(cast.event, f"send/link/?guest={cast.greta.pk}"))
    mail_shown = page.context["mail"]
    assert mail_shown.reply_to == cast.host.email
    content = page.content.decode()
    assert mail_shown.subject in content
    assert cast.host.email in content


@pytest.mark.parametrize("code", ["address_refused", "later_451", "gave_up", "superseded"])
def test_a_mail_says_in_words_why_it_did_not_arrive(office, cast, code):
    message = factories.make_message(cast.greta, state="failed", error_code=code)
    page = office("otto").get(f"/admin/events/message/{message.pk}/change/").content.decode()
    assert code not in page
    assert escape(what_went_wrong(code)) in page


def test_a_subscription_ends_at_one_press_and_a_new_link_leaves_it_unless_ticked(office, cast, client):
    guest, feeds = cast.greta, []
    for page, typed in (("new-link/", {}), ("end-calendar/", {}), ("new-link/", {"ends_feed": "1"})):
        guest.invitation.refresh_from_db()
        feeds.append(f"/c/{factories.token_of(guest, Purpose.FEED)}.ics")
        assert client.get(feeds[-1]).status_code == 200
        office("otto").post(url_of(cast.event, f"guests/{guest.pk}/{page}"), typed)
    assert [client.get(feed).status_code for feed in feeds] == [404, 404, 404]
    assert feeds[0] == feeds[1] != feeds[2]


def test_the_guests_page_tells_of_the_subscription_while_there_is_a_link(office, cast):
    page = f"/admin/events/guest/{cast.greta.pk}/change/"
    end = url_of(cast.event, f"guests/{cast.greta.pk}/end-calendar/")
    assert end in office("otto").get(page).content.decode()
    Invitation.objects.filter(guest=cast.greta).update(state="revoked")
    assert end not in office("otto").get(page).content.decode()


def test_next_event_is_made_from_one_that_one_organises_and_from_no_other(office, cast):
    cast.otto.user_permissions.add(Permission.objects.get(codename="add_event"))
    page = f"/admin/events/event/add/?like={cast.event.pk}"
    assert page not in office("otto").get(url_of(cast.event, "overview/")).content.decode()
    Event.objects.filter(pk=cast.event.pk).update(state="held")
    assert page in office("otto").get(url_of(cast.event, "overview/")).content.decode()
    form = office("otto").get(page).context["form"]
    assert form["programme"].value() == f"like-{cast.event.pk}"
    posted = {"title_nb": "Neste", "held_on": "2028-09-22", "programme": f"like-{cast.other_event.pk}", "slug": "neste"}
    assert office("otto").post(page, posted).status_code == 422
    office("otto").post(page, {**posted, "programme": f"like-{cast.event.pk}"})
    made = Event.objects.get(slug="neste")
    assert Activity.objects.filter(event=made).count() == Activity.objects.filter(event=cast.event).count()


def test_companions_are_allowed_to_those_who_are_here_only_when_it_is_said(office, cast):
    page = f"/admin/events/event/{cast.event.pk}/change/"
    posted = {**typed(office("otto").get(page).context["adminform"].form), "companions_allowed": "2"}
    office("otto").post(page, posted)
    assert set(Guest.objects.filter(event=cast.event).values_list("companions_allowed", flat=True)) == {0}
    office("otto").post(page, {**posted, "also_for_all": "on"})
    assert set(Guest.objects.filter(event=cast.event).values_list("companions_allowed", flat=True)) == {2}
    assert set(Guest.objects.filter(event=cast.other_event).values_list("companions_allowed", flat=True)) == {0}
    noted = History.objects.filter(event=cast.event, what="programme").order_by("-pk")[0]
    assert noted.facts["fields"] == ["companions_allowed"]


@pytest.mark.parametrize(
    ("address", "status", "back"),
    [("/admin/nothing/", 404, "/admin/"), ("/admin/events/host/{}/delete/", 403, "/admin/"), ("/nothing/", 404, "/")],
)
def test_page_that_is_not_there_leads_back_to_where_one_works(office, cast, address, status, back):
    response = office("otto").get(address.format(cast.host.pk))
    assert response.status_code == status
    assert f'class="btn" href="{back}"' in response.content.decode()


def test_yes_and_no_are_words_when_they_can_only_be_read(office, cast, now):
    consent = Consent.objects.create(
        guest=cast.greta, purpose="photos", is_given=True, text_version="1", language="nb", channel="web", said_at=now
    )
    page = office("otto").get(f"/admin/events/consent/{consent.pk}/change/").content.decode()
    assert ("icon-yes" in page, 'class="chip chip-coming"' in page) == (False, True)


@pytest.mark.parametrize(
    "end", ["guests/?company=%00", "guests/?answer-dinner=%00", "answers/?part=%00", "told/?q=%00"]
)
def test_lists_stand_when_an_address_asks_for_what_no_database_text_holds(office, cast, end):
    assert office("otto").get(url_of(cast.event, end)).status_code == 200
