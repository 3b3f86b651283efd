"""Two tabs, or two colleagues, with one guest's page: the later one does not undo the earlier unseen."""

import pytest

from events.models import Guest, Invitation


@pytest.fixture
def page(cast):
    return f"/admin/events/guest/{cast.greta.pk}/change/"


def typed(form):
    """What a browser would send of a form that was just opened."""
    values = {bound.html_name: bound.field.prepare_value(bound.initial) for bound in form}
    return {name: value for name, value in values.items() if value not in (None, False)}


def opened(client, page):
    """What the page would send, as a browser reads it."""
    context = client.get(page).context
    formset = context["inline_admin_formsets"][0].formset
    sent = {
        **typed(context["adminform"].form),
        **typed(formset.management_form),
        "seen": context["adminform"].form.seen,
    }
    for form in formset.forms:
        sent |= {**typed(form), form.add_prefix("seen"): form.seen}
    return sent


def line_of(guest):
    return Invitation.objects.get(guest=guest).personal_line


LINE = "invitation-0-personal_line"


def test_the_personal_line_of_somebody_else_is_not_undone_unseen(office, cast, page):
    client = office("otto")
    first, second = opened(client, page), opened(client, page)
    assert client.post(page, {**first, LINE: "Hilsen fra Marte"}).status_code == 302
    asked = client.post(page, {**second, LINE: "Hilsen fra Otto"})
    assert asked.status_code in (200, 422)
    assert line_of(cast.greta) == "Hilsen fra Marte"
    assert "etter at du åpnet den" in asked.content.decode()
    assert "Hilsen fra Otto" in asked.content.decode()
    form = asked.context["inline_admin_formsets"][0].formset.forms[0]
    client.post(page, {**second, LINE: "Hilsen fra Otto", form.add_prefix("seen"): form.seen})
    assert line_of(cast.greta) == "Hilsen fra Otto"


def test_who_writes_the_same_line_is_not_asked(office, cast, page):
    client = office("otto")
    mine = opened(client, page)
    Invitation.objects.filter(guest=cast.greta).update(personal_line="Hilsen fra Marte")
    assert client.post(page, {**mine, LINE: "Hilsen fra Marte", "note": "Ringte"}).status_code == 302
    assert Guest.objects.get(pk=cast.greta.pk).note == "Ringte"
    assert line_of(cast.greta) == "Hilsen fra Marte"


def test_who_writes_only_a_note_does_not_take_the_line_away_unseen(office, cast, page):
    client = office("otto")
    mine = opened(client, page)
    Invitation.objects.filter(guest=cast.greta).update(personal_line="Hilsen fra Marte")
    client.post(page, {**mine, "note": "Ringte"})
    assert line_of(cast.greta) == "Hilsen fra Marte"
