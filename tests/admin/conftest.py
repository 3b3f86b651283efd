"""The office as each of its visitors finds it."""

import pytest

from events.models import Membership
from tests import factories

BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def logins(cast):
    """{who: user}; None is anonymous, ken works in the kitchen of Otto's event, pia takes
    photos there, nora works in none.
    """
    ken = factories.make_user("ken")
    Membership.objects.create(user=ken, event=cast.event, role=Membership.Role.KITCHEN)
    pia = factories.make_user("pia")
    Membership.objects.create(user=pia, event=cast.event, role=Membership.Role.PHOTOGRAPHER)
    return {
        "anonymous": None,
        "otto": cast.otto,
        "olga": cast.olga,
        "root": factories.make_superuser("root"),
        "ken": ken,
        "pia": pia,
        "nora": factories.make_user("nora"),
    }


@pytest.fixture
def office(client, logins):
    """office("otto") is the test client, logged in."""

    def enter(who="otto"):
        client.logout()
        if logins[who]:
            client.force_login(logins[who], backend=BACKEND)
        return client

    return enter
