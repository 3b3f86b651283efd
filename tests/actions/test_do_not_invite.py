"""Whoever asked not to be invited again is left out of lists and forms, known by a keyed hash only (P11)."""

import pytest

from events.actions import guestlists, guests, privacy
from events.forms.guests import GuestByHandForm
from events.models import Contact, DoNotInvite, Guest, History
from tests import factories, lists

WEB = {"by": None, "channel": History.Channel.WEB}
OFFICE = {"by": None, "channel": History.Channel.OFFICE}
ADDRESS = "greta.asen@kunde.example"


def apply(event, *rows, now):
    return guestlists.apply(event, lists.csv(*rows), now=now, **OFFICE)


def codes(report):
    return [problem["code"] for entry in report.entries["refused"] for problem in entry["problems"]]


@pytest.mark.parametrize("spelling", [ADDRESS, "Greta.Asen@Kunde.Example", f"Greta Åsen <{ADDRESS}>"])
def test_a_row_is_refused_when_its_person_asked_not_to_be_invited(cast, now, spelling):
    privacy.forget_guest(cast.greta, now=now, never_again=True, **WEB)
    report = apply(
        cast.other_event, f"Greta Åsen;Fjord Regnskap AS;{spelling}", "Ny Gjest;Ny AS;ny@ny.example", now=now
    )
    assert codes(report) == ["asked_not_to_be_invited"]
    assert (report.counts["new"], report.counts["refused"], report.counts["rows"]) == (1, 1, 2)
    assert not Contact.objects.filter(email=ADDRESS).exists()


def test_the_preview_says_the_same(cast, now):
    privacy.never_again(cast.greta, now=now, **WEB)
    report = guestlists.preview(cast.other_event, lists.csv(f"Greta Åsen;;{ADDRESS}"), by=None)
    assert codes(report) == ["asked_not_to_be_invited"]


def test_somebody_we_know_is_refused_when_the_row_has_no_address(cast, now):
    """Found by name and company, and asked not to be invited under the address we have."""
    privacy.never_again(cast.greta, now=now, **WEB)
    assert codes(apply(cast.other_event, "Greta Åsen;Fjord Regnskap AS;", now=now)) == ["asked_not_to_be_invited"]


def test_a_guest_of_the_event_stays_one_when_the_list_comes_again(cast, now):
    privacy.never_again(cast.greta, now=now, **WEB)
    report = apply(cast.event, f"Greta Åsen;Fjord Regnskap AS;{ADDRESS}", now=now)
    assert (codes(report), report.counts["unchanged"]) == ([], 1)


def test_the_form_says_so_kindly_when_the_person_is_added_by_hand(cast, now):
    privacy.forget_guest(cast.greta, now=now, never_again=True, **WEB)
    form = GuestByHandForm({"name": "Greta Åsen", "email": ADDRESS.upper()}, event=cast.other_event)
    assert list(form.errors) == ["email"]


def test_no_other_way_makes_them_a_guest(cast, now):
    privacy.never_again(cast.greta, now=now, **WEB)
    with pytest.raises(guests.AskedNotToBeInvited):
        guests.add(cast.other_event, Contact.objects.get(pk=cast.greta.contact_id), now=now, **OFFICE)


def test_only_the_mark_and_the_day_are_kept(cast, now):
    privacy.forget_guest(cast.greta, now=now, never_again=True, **WEB)
    (row,) = DoNotInvite.objects.values()
    assert set(row) == {"id", "mark", "since_on"}
    assert len(row["mark"]) == 64
    assert row["since_on"] == now.date()


def test_the_mark_is_known_when_the_key_was_changed_with_a_fallback(cast, now, settings):
    privacy.never_again(cast.greta, now=now, **WEB)
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another-" + 50 * "k", [settings.SECRET_KEY]
    assert DoNotInvite.objects.of(ADDRESS).count() == 1
    settings.SECRET_KEY_FALLBACKS = []
    assert DoNotInvite.objects.of(ADDRESS).count() == 0


def test_answers_stay_and_letters_stop_when_a_guest_wants_no_more_invitations(cast, now):
    before = list(cast.greta.answer_set.values_list("state", flat=True))
    privacy.never_again(cast.greta, now=now, **WEB)
    privacy.never_again(cast.greta, now=now, **WEB)
    assert list(cast.greta.answer_set.values_list("state", flat=True)) == before
    assert Contact.objects.get(pk=cast.greta.contact_id).unsubscribed_at == now
    assert DoNotInvite.objects.count() == 1


def test_the_person_may_be_invited_when_it_was_taken_back(cast, now):
    privacy.never_again(cast.greta, now=now, **WEB)
    privacy.invite_again(Guest.objects.get(pk=cast.greta.pk), now=now, **WEB)
    assert not DoNotInvite.objects.exists()
    assert Contact.objects.get(pk=cast.greta.contact_id).unsubscribed_at is None
    assert codes(apply(cast.other_event, f"Greta Åsen;;{ADDRESS}", now=now)) == []


def test_nobody_is_marked_when_there_is_no_address(cast, now):
    guest = factories.make_guest(cast.event, "Uten Adresse", email="")
    privacy.never_again(guest, now=now, **WEB)
    assert not DoNotInvite.objects.exists()
