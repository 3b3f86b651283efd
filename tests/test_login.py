"""The way into the back office: guessing is stopped, only where it comes from, and leaves little behind."""

from datetime import timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from django.conf import settings
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from config.middleware import client_address
from events.actions import housekeeping
from tests import factories

HOME, STRANGER = "198.51.100.7", "203.0.113.77"


@pytest.fixture
def log_in(client, cast):
    """log_in(password, address) → the status, as through one proxy of ours."""

    def log_in(password, address, username="otto"):
        return client.post(
            reverse("admin:login"),
            {"username": username, "password": password},
            headers={"x-forwarded-for": f"10.0.0.1, {address}"},
        ).status_code

    return log_in


def test_guessing_behind_a_proxy_locks_out_the_guesser_and_nobody_else(log_in, settings):
    settings.TRUSTED_PROXIES = 1
    said = [log_in("wrong", STRANGER) for _try in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert said[-1] == 429
    assert log_in(factories.PASSWORD, STRANGER) == 429
    assert log_in(factories.PASSWORD, HOME) == 302


def test_typed_proxies_do_not_help_a_guesser(log_in, client):
    for number in range(settings.AXES_FAILURE_LIMIT):
        log_in("wrong", f"203.0.113.{number}")
    assert log_in(factories.PASSWORD, HOME) == 429


@pytest.mark.parametrize(
    ("proxies", "forwarded", "remote", "address"),
    [
        (0, "1.2.3.4", HOME, HOME),
        (1, "", HOME, HOME),
        (1, "1.2.3.4, 203.0.113.77", HOME, STRANGER),
        (2, "1.2.3.4, 203.0.113.77, 10.0.0.1", HOME, STRANGER),
        (1, "203.0.113.77", "", STRANGER),
        (1, "somewhere", HOME, None),
        (0, "", "", None),
        (0, "", "2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        (0, "", "::ffff:203.0.113.77", STRANGER),
    ],
)
def test_visitor_is_who_stands_before_our_own_proxies(settings, proxies, forwarded, remote, address):
    settings.TRUSTED_PROXIES = proxies
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    assert client_address(RequestFactory().get("/", headers=headers, REMOTE_ADDR=remote)) == address


def test_address_that_is_none_is_still_counted(log_in, settings):
    settings.TRUSTED_PROXIES = 1
    said = {log_in("wrong", "somewhere") for _try in range(settings.AXES_FAILURE_LIMIT + 1)}
    assert said == {200, 429}


def test_logins_leave_nothing_for_longer_than_a_day(log_in):
    log_in("wrong", HOME)
    log_in(factories.PASSWORD, HOME)
    assert AccessLog.objects.count() == 0
    attempt = AccessAttempt.objects.get()
    housekeeping.prune_logins(now=attempt.attempt_time + timedelta(hours=23))
    assert AccessAttempt.objects.count() == 1
    housekeeping.prune_logins(now=attempt.attempt_time + timedelta(hours=24))
    assert AccessAttempt.objects.count() == 0


def test_failed_login_keeps_no_password(log_in):
    log_in("hunter2-and-more", HOME)
    attempt = AccessAttempt.objects.get()
    assert "hunter2" not in f"{attempt.post_data}{attempt.get_data}"
    assert attempt.attempt_time <= timezone.now()
