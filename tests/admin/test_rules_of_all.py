"""The rules of all events and their days, for superusers."""

import pytest

from events.models import Occurrence
from tests import factories


@pytest.mark.parametrize(("who", "status"), [("root", 200), ("otto", 404)])
def test_rules_and_days_are_read_by_superusers_only(client, cast, django_user_model, now, who, status):
    rule = factories.make_reminder(cast.event)
    Occurrence.objects.create(reminder=rule, day=now.date(), due_at=now, state="missed", settled_at=now)
    root = django_user_model.objects.create_superuser("root", "root@vertskap.example", "x")
    client.force_login(root if who == "root" else cast.otto)
    for noun in ("reminder", "occurrence"):
        response = client.get(f"/admin/events/{noun}/")
        assert response.status_code in ({200} if status == 200 else {403, 404})
        assert ("Påminnelse" in response.content.decode()) is (status == 200)
        assert client.get(f"/admin/events/{noun}/add/").status_code in {403, 404}
