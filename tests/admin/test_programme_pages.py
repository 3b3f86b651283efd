"""Changing the programme in the back office: what will happen is shown first, then done, then it can be taken back."""

from datetime import timedelta

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test.utils import CaptureQueriesContext

from events.actions import delivery
from events.admin import change_pages
from events.models import Activity, Answer, Contact, Event, History, Membership, Message
from tests import factories
from tests.admin.test_pages import changed, press, url_of


def looked_at(office, activity, **fields):
    """The page that the form of the activity leads to."""
    page = f"/admin/events/activity/{activity.pk}/change/"
    return office("otto").post(page, changed(activity, **fields))["Location"]


def later(activity, minutes=30):
    at = (activity.starts_at + timedelta(minutes=minutes)).astimezone(activity.event.zone)
    return at.strftime("%Y-%m-%dT%H:%M")


def messages():
    return dict(Message.objects.filter(key="programme").values_list("guest__contact__first_name", "letter"))


def test_page_says_who_is_concerned_which_mails_go_and_what_calendars_do(office, cast):
    factories.make_guest(cast.event, "Uten Adresse", email="", answers={"dinner": "coming"}, host=cast.host)
    Contact.objects.filter(name="Henrik Sørli").update(language="en")
    dinner = cast.activity("dinner")
    page = office("otto").get(looked_at(office, dinner, starts_at=later(dinner)))
    shown = page.context
    assert {state: sorted(map(str, guests)) for state, _label, guests in shown["heads"]} == {
        "coming": ["Greta Åsen", "Uten Adresse"], "not_coming": ["Ines Öberg"], "no_answer": ["Henrik Sørli"],
    }  # fmt: skip
    assert sorted(map(str, shown["whom"].told)) == ["Greta Åsen", "Henrik Sørli"]
    assert {code: list(map(str, guests)) for code, _why, guests in shown["left_out"]} == {
        "declined": ["Ines Öberg"], "no_email": ["Uten Adresse"],
    }  # fmt: skip
    assert [(code, count) for code, _name, count, _field in shown["letters"]] == [("nb", 1), ("en", 1)]
    assert shown["whom"].with_file == 2
    assert "kl.\xa019:30–23:00" in page.content.decode() and "før: kl.\xa019:00–23:00" in page.content.decode()
    assert not History.objects.filter(what="programme").exists()


def test_guests_are_told_in_their_language_with_the_sentence_of_the_organiser(office, cast, clock, mailoutbox):
    Contact.objects.filter(name="Henrik Sørli").update(language="en")
    dinner = cast.activity("dinner")
    page = looked_at(office, dinner, starts_at=later(dinner))
    done = press(office("otto"), page, **{"words-nb": "Kokken trenger tid.", "words-en": "The cook <b>needs</b> time."})
    assert Activity.objects.get(pk=dinner.pk).starts_at == dinner.starts_at + timedelta(minutes=30)
    after = office("otto").get(done["Location"])
    assert [(state, n) for state, _label, n in after.context["fate"]] == [("queued", 2)]
    delivery.deliver(clock=lambda: clock.move(minutes=6))
    mails = {mail.to[0]: mail for mail in mailoutbox}
    assert "Kokken trenger tid." in mails[cast.greta.email].body
    henrik = mails[cast.henrik.email]
    assert "The cook <b>needs</b> time." in henrik.body
    assert "The cook &lt;b&gt;needs&lt;/b&gt; time." in henrik.alternatives[0].content


def test_letter_is_shown_as_it_would_be_and_with_what_was_typed(office, cast):
    dinner = cast.activity("dinner")
    page = looked_at(office, dinner, starts_at=later(dinner))
    plan = office("otto").get(page).context["plan"]
    frame = url_of(cast.event, "changes/letter/nb/")
    shown = office("otto").get(frame, {"plan": plan})
    assert "sandbox" in shown["Content-Security-Policy"]
    assert "Henrik" in shown.content.decode() and "kl.&nbsp;19:30–23:00" in shown.content.decode()
    typed = office("otto").post(frame, {"plan": plan, "seen": "2", "words-nb": "Kokken trenger tid."})
    assert "Kokken trenger tid." in typed.content.decode()
    assert office("otto").get(url_of(cast.event, "changes/letter/fi/"), {"plan": plan}).status_code == 404
    assert Activity.objects.get(pk=dinner.pk).starts_at == dinner.starts_at
    assert not Message.objects.exists()


def test_nobody_is_told_when_the_other_button_is_pressed(office, cast):
    dinner = cast.activity("dinner")
    press(office("otto"), looked_at(office, dinner, starts_at=later(dinner)), tell="0")
    assert Activity.objects.get(pk=dinner.pk).starts_at > dinner.starts_at
    assert messages() == {}


def test_page_asks_anew_when_the_list_has_changed_meanwhile(office, cast):
    dinner = cast.activity("dinner")
    page = looked_at(office, dinner, starts_at=later(dinner))
    shown = office("otto").get(page).context
    factories.make_guest(cast.event, "Ny Gjest", answers={"dinner": "coming"})
    asked = office("otto").post(page, {"plan": shown["plan"], "seen": "2", "words-nb": "Kokken", "tell": "1"})
    assert asked.status_code == 200
    assert (asked.context["form"]["seen"].value(), asked.context["form"]["words-nb"].value()) == (3, "Kokken")
    assert Activity.objects.get(pk=dinner.pk).starts_at == dinner.starts_at


def test_what_guests_do_not_notice_is_saved_at_once(office, cast):
    dinner = cast.activity("dinner")
    there = looked_at(office, dinner, capacity="40")
    assert "/changes/" not in there
    assert Activity.objects.get(pk=dinner.pk).capacity == 40
    there = looked_at(office, dinner, capacity="41", address="Bryggen 1")
    dinner.refresh_from_db()
    assert (dinner.capacity, dinner.address) == (41, "Storgata 1, Bergen")
    press(office("otto"), there)
    dinner.refresh_from_db()
    assert dinner.address == "Bryggen 1"


def test_languages_that_still_read_as_before_are_named_when_one_is_changed(office, cast):
    dinner, otto = cast.activity("dinner"), office("otto")
    dinner.place = {"nb": "Sjøboden", "en": "The Boathouse", "fi": "Venevaja"}
    dinner.save()

    def page_after(**places):
        form = f"/admin/events/activity/{dinner.pk}/change/"
        return otto.post(form, changed(dinner, **places), follow=True).content.decode()

    said = "Sted er bare endret på Norsk bokmål. På English, Suomi står det fortsatt som før"
    assert said in page_after(place_nb="Enhjørningen", place_sv="Enhörningen")
    everywhere = {"place_nb": "Enhjørningen", "place_en": "The Unicorn", "place_fi": "Yksisarvinen"}
    assert "fortsatt som før" not in page_after(**everywhere)


def test_programme_nobody_is_invited_to_is_changed_without_a_word(office, cast, logins):
    event = factories.make_event("neste")
    Membership.objects.create(user=logins["otto"], event=event, role="organiser")
    dinner = event.activity_set.get(slug="dinner")
    assert "/changes/" not in looked_at(office, dinner, starts_at=later(dinner))
    assert Activity.objects.get(pk=dinner.pk).starts_at > dinner.starts_at


def test_cancelled_part_is_told_and_undone(office, cast):
    dinner = cast.activity("dinner")
    done = press(office("otto"), url_of(cast.event, f"programme/{dinner.pk}/cancel/"))
    assert messages() == {"Greta": "cancellation", "Henrik": "cancellation"}
    page = office("otto").get(done["Location"])
    undo = page.context["row"].pk
    undone = office("otto").post(url_of(cast.event, f"changes/{undo}/undo/"), follow=True)
    assert not Activity.objects.get(pk=dinner.pk).is_cancelled
    assert set(Message.objects.values_list("state", "error_code")) == {("stopped", "taken_back")}
    assert "2" in undone.content.decode()
    again = office("otto").post(url_of(cast.event, f"changes/{undo}/undo/"), follow=True)
    assert again.status_code == 200
    assert Answer.objects.get(guest=cast.greta, activity=dinner).sequence == 2


def test_cancelled_event_is_told_once_to_each_guest(office, cast):
    press(office("otto"), url_of(cast.event, "state/cancelled/"))
    assert Event.objects.get(pk=cast.event.pk).is_cancelled
    assert messages() == {"Greta": "cancellation", "Henrik": "cancellation"}
    page = office("otto").get(url_of(cast.event, "state/open/"))
    assert page.context["press_quiet"]  # those who were told hear that it is on again


def test_moved_event_takes_the_programme_along(office, cast, clock):
    page = f"/admin/events/event/{cast.event.pk}/change/"
    form = office("otto").get(page).context["adminform"].form
    posted = {name: value for name, value in _typed(form).items() if value is not None}
    held_on = cast.event.held_on + timedelta(days=7)
    there = office("otto").post(page, {**posted, "held_on": held_on.isoformat(), "town": "Voss"})["Location"]
    event = Event.objects.get(pk=cast.event.pk)
    assert (event.held_on, event.town) == (cast.event.held_on, "Voss")
    press(office("otto"), there)
    assert Event.objects.get(pk=event.pk).held_on == held_on
    race = cast.activity("race")
    assert race.starts_at.astimezone(event.zone).date() == held_on
    assert messages() == {"Greta": "change", "Henrik": "change"}


def _typed(form):
    """What a browser would send of the form as it is shown."""
    posted = {}
    for field in form:
        value = field.value()
        if isinstance(value, dict):
            posted |= {f"{field.name}_{code}": text for code, text in value.items()}
        elif value is True:
            posted[field.name] = "on"
        elif value not in (False, None):
            shown = field.field.prepare_value(value)
            posted[field.name] = getattr(shown, "pk", shown)
    at = form.instance.answer_by_at
    posted["answer_by_at"] = at.astimezone(form.instance.zone).strftime("%Y-%m-%dT%H:%M")
    posted["held_on"] = form.instance.held_on.isoformat()
    return posted


def test_plan_of_another_event_is_not_taken(office, cast, logins):
    dinner = cast.activity("dinner")
    plan = change_pages.sealed(cast.event, {"deed": "cancel", "part": dinner.pk})
    for client, event in ((office("root"), cast.other_event), (office("otto"), cast.other_event)):
        page = url_of(event, "changes/")
        assert client.get(page, {"plan": plan}).status_code == 404
        assert client.post(page, {"plan": plan, "seen": "2"}).status_code == 404
    for broken in ("", "x", plan[:-1], plan + "å"):
        assert office("otto").get(url_of(cast.event, "changes/"), {"plan": broken}).status_code == 404
    assert not Activity.objects.get(pk=dinner.pk).is_cancelled


@pytest.mark.parametrize("page", ["cancel", "done"])
def test_queries_are_as_many_for_thirty_guests_as_for_one(office, cast, logins, page):
    ContentType.objects.get_for_model(Event)
    counts = []
    for size in (1, 30):
        event = factories.make_event(f"event-{size}")
        Membership.objects.create(user=logins["otto"], event=event, role="organiser")
        host = factories.make_host(f"Vert {size}", email="")
        for number in range(size):
            guest = factories.make_guest(event, host=host, company=factories.make_company(f"Firma {number}"))
            factories.make_companion(guest, "Ola Berge", answers={"dinner": "coming"})
        dinner = event.activity_set.get(slug="dinner")
        there = url_of(event, f"programme/{dinner.pk}/cancel/")
        if page == "done":
            there = press(office("otto"), there)["Location"]
        client = office("otto")
        with CaptureQueriesContext(connection) as asked:
            assert client.get(there).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


# Calendar invitations ----------------------------------------------------------------


def test_calendar_invitations_are_offered_only_where_a_mailbox_is_read(office, cast, settings):
    dinner = cast.activity("dinner")
    form, page = f"/admin/events/activity/{dinner.pk}/change/", url_of(cast.event, f"programme/{dinner.pk}/calendar/")
    assert "invites_by_calendar" not in office("otto").get(form).content.decode()
    office("otto").post(form, changed(dinner, invites_by_calendar="on"))
    assert not Activity.objects.get(pk=dinner.pk).invites_by_calendar
    settings.INBOUND_URL = "imap+ssl://user:secret@mail.vertskap.example"
    assert "invites_by_calendar" in office("otto").get(form).content.decode()
    assert office("otto").get(page).status_code == 404
    saved = office("otto").post(form, changed(dinner, invites_by_calendar="on"))
    assert saved["Location"] == page
    settings.INBOUND_URL = ""
    assert office("otto").get(page).status_code == 404


def test_calendar_invitations_go_to_as_many_as_were_shown(office, cast, settings):
    settings.INBOUND_URL = "imap+ssl://user:secret@mail.vertskap.example"
    dinner = cast.activity("dinner")
    Activity.objects.filter(pk=dinner.pk).update(invites_by_calendar=True)
    page = url_of(cast.event, f"programme/{dinner.pk}/calendar/")
    shown = office("otto").get(page).context
    assert sorted(map(str, shown["asked"].guests)) == ["Greta Åsen", "Henrik Sørli"]
    letter = office("otto").get(f"{page}letter/")
    assert "Henrik" in letter.content.decode() and "Dinner" in letter.content.decode()
    assert not Message.objects.exists()
    factories.make_guest(cast.event, "Ny Gjest")
    assert office("otto").post(page, {"seen": "2"}).status_code == 200
    assert not Message.objects.exists()
    office("otto").post(page, {"seen": "3"})
    assert Message.objects.filter(letter="calendar", activity=dinner).count() == 3
    assert office("olga").get(page).status_code == 404
    assert office("olga").post(page, {"seen": "0"}).status_code == 404


def test_change_counts_the_mails_that_put_calendars_right(office, cast, settings):
    Answer.objects.filter(guest=cast.henrik).update(asked_sequence=0)
    page = office("otto").get(url_of(cast.event, "state/cancelled/"))
    assert (page.context["whom"].invitations, page.context["whom"].mails, len(page.context["whom"].told)) == (3, 4, 2)
