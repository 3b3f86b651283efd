"""Organisers forget somebody who asked them to."""

from events.models import Contact, DoNotInvite, Guest, History


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
