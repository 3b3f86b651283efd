"""Logins, made and changed by superusers."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Permission

from events.models import Membership

NEW = "lang-nok-12-setning"


def url_of(user, page="change"):
    return f"/admin/auth/user/{user.pk}/{page}/"


def test_password_is_changed_on_its_own_page_when_it_is_typed_twice(office, cast):
    response = office("root").post(
        url_of(cast.otto, "password"), {"password1": NEW, "password2": NEW, "set-password": ""}
    )
    cast.otto.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, url_of(cast.otto))
    assert cast.otto.check_password(NEW)


@pytest.mark.parametrize("typed", [{}, {"password1": NEW}, {"usable_password": "false"}])
def test_password_stays_when_it_is_not_typed_twice(office, cast, typed):
    before = cast.otto.password
    response = office("root").post(url_of(cast.otto, "password"), {**typed, "unset-password": ""})
    cast.otto.refresh_from_db()
    assert (response.status_code, cast.otto.password) == (200, before)


def test_page_of_a_login_tells_nothing_of_its_password(office, cast):
    page = office("root").get(url_of(cast.otto)).content.decode()
    _algorithm, salt, digest = cast.otto.password.split("$")
    assert [part for part in (salt[:6], digest[:6]) if part in page] == []
    assert 'href="../password/"' in page


def test_saving_a_login_keeps_its_password_and_gives_the_one_permission_there_is(office, cast):
    make_events = Permission.objects.get(codename="add_event")
    posted = {"username": "otto", "is_active": "on", "is_staff": "on", "user_permissions": [make_events.pk]}
    before = cast.otto.password
    assert office("root").post(url_of(cast.otto), posted).status_code == 302
    otto = get_user_model().objects.get(pk=cast.otto.pk)
    assert (otto.password, otto.has_perm("events.add_event")) == (before, True)


def test_no_other_permission_can_be_given(office, cast):
    delete_events = Permission.objects.get(codename="delete_event")
    posted = {"username": "otto", "is_active": "on", "user_permissions": [delete_events.pk]}
    assert office("root").post(url_of(cast.otto), posted).status_code == 200
    assert not cast.otto.user_permissions.exists()


def test_nothing_chosen_is_a_dash_in_every_list_of_choices(office, cast):
    form = office("root").get("/admin/events/membership/add/").context["adminform"].form
    assert {next(iter(form.fields[name].choices)) for name in ("user", "event", "role")} == {("", "–")}
    assert dict(form.fields["role"].choices) == {"": "–", **dict(Membership.Role.choices)}


def test_role_is_named_with_its_event_before_it_is_taken_away(office, cast):
    role = Membership.objects.get(user=cast.otto)
    page = office("root").get(f"/admin/events/membership/{role.pk}/delete/").content.decode()
    assert f"{role.get_role_display()} · {cast.event}?</h1>" in page
