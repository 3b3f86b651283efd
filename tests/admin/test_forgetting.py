"""Organisers forget somebody who asked them to."""

from django.contrib.admin.models import LogEntry
from django.utils import timezone

from events.actions import companions, privacy
from events.models import Contact, DoNotInvite, Guest, History
from tests import factories


def test_the_page_asks_once_and_forgets_everywhere(office, cast):
    page = f"/admin/events/event/{cast.event.pk}/guests/{cast.greta.pk}/forget/"
    assert office("otto").get(page).status_code == 200
    assert Contact.objects.filter(name="Greta Åsen").exists()
    response = office("otto").post(page, {"never_again": "1"}, follow=True)
    assert response.status_code == 200
    assert "Greta" not in response.content.decode()
    assert Guest.objects.get(pk=cast.greta.pk).forgotten_at
    assert DoNotInvite.objects.of("greta.asen@kunde.example").exists()
    (row,) = History.objects.filter(what="forgotten")
    assert (row.by, row.channel) == (cast.otto, "office")


def test_a_forgotten_guest_has_no_page_and_stands_on_no_list(office, cast, now):
    page = f"/admin/events/guest/{cast.greta.pk}/change/"
    office("otto").post(f"/admin/events/event/{cast.event.pk}/guests/{cast.greta.pk}/forget/")
    assert office("otto").get(page, follow=True).status_code == 404
    listed = office("otto").get(f"/admin/events/event/{cast.event.pk}/guests/").content.decode()
    assert f"/guest/{cast.greta.pk}/" not in listed
    for address in ("history/", f"event/{cast.event.pk}/answers/", f"event/{cast.event.pk}/outbox/"):
        assert office("otto").get(f"/admin/events/{address}").status_code == 200
    for form in ("csv", "xlsx"):
        for what in ("guests", "answers"):
            url = f"/admin/events/event/{cast.event.pk}/export/{what}.{form}"
            assert office("otto").post(url).status_code == 200


def test_a_sent_mail_whose_words_are_forgotten_is_not_made_up_again(cast, office, now):
    sent = factories.make_message(cast.greta, state="sent", sent_at=now)
    page, frame = f"/admin/events/message/{sent.pk}/change/", f"{cast.event.pk}/outbox/{sent.pk}/mail/"
    office("otto").post(f"/admin/events/event/{cast.event.pk}/guests/{cast.greta.pk}/forget/")
    shown = office("otto").get(page)
    words = shown.content.decode()
    assert shown.status_code == 200
    assert "It is not written yet" not in words and "Teksten er ikke skrevet" not in words
    assert "iframe" not in words and f"/guest/{cast.greta.pk}/" not in words
    assert office("otto").get(f"/admin/events/event/{frame}").status_code == 404
    listed = office("otto").get(f"/admin/events/event/{cast.event.pk}/outbox/").content.decode()
    assert "ikke skrevet ennå" not in listed


def log_of_everything(cast, client):
    """The office's own log after an organiser has been at a companion, the guest, the contact and the company."""
    companion = factories.make_companion(cast.greta, "Wrnkstad Ybqolf")
    posted = {
        "companion_name": "Wrnkstad Zqbert", "host": "", "note": "qpzmorgen", "invitation-TOTAL_FORMS": "0",
        "invitation-INITIAL_FORMS": "0",
    }  # fmt: skip
    assert client.post(f"/admin/events/guest/{companion.pk}/change/", posted).status_code == 302
    person = cast.greta.contact
    named = {"name": "Greta Bqrand", "company_name": "Fjord Regnskap AS", "email": "greta.bqrand@kunde.example"}
    assert client.post(f"/admin/events/contact/{person.pk}/change/", named).status_code == 302
    assert LogEntry.objects.filter(object_repr="Wrnkstad Zqbert").exists()
    assert LogEntry.objects.filter(object_repr="Greta Bqrand").exists()
    return companion


def words_in_the_log():
    return " ".join(f"{row.object_repr} {row.change_message}" for row in LogEntry.objects.all())


def test_the_offices_own_log_names_nobody_who_is_forgotten(cast, office):
    log_of_everything(cast, office("otto"))
    how = {"by": None, "channel": "web", "now": timezone.now()}
    privacy.forget_guest(Guest.objects.get(pk=cast.greta.pk), **how)
    assert [word for word in ("Greta", "Bqrand", "Wrnkstad", "Zqbert", "qpz") if word in words_in_the_log()] == []


def test_the_offices_own_log_does_not_name_a_companion_who_was_taken_off_the_list(cast, office):
    companion = log_of_everything(cast, office("otto"))
    how = {"by": None, "channel": "web", "now": timezone.now()}
    companions.save(cast.greta, [companions.Wish(pk=companion.pk, is_removed=True)], **how)
    assert "Wrnkstad" not in words_in_the_log() and "Zqbert" not in words_in_the_log()
    assert "Greta Bqrand" in words_in_the_log()
