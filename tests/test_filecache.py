"""Tries are counted in files as well as in any other cache (S26)."""

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.cache import cache

from config import limits

HOUR = 3600


@pytest.fixture
def later(monkeypatch):
    """later(minutes) moves the cache's clock on."""
    started, passed = time.time(), [0]
    monkeypatch.setattr("time.time", lambda: started + passed[0])

    def later(minutes):
        passed[0] += minutes * 60

    return later


@pytest.fixture(params=["config.filecache.FileCache", "django.core.cache.backends.locmem.LocMemCache"])
def kept(request, settings, tmp_path):
    """The cache under test, files first."""
    settings.CACHES = {"default": {"BACKEND": request.param, "LOCATION": str(tmp_path)}}


def test_tries_count_for_the_whole_hour_and_no_longer(kept, later):
    def tries():
        return limits.is_exceeded("links-mail", "greta", 3, seconds=HOUR)

    said = []
    for minutes in (0, 1, 10, 10, 30, 8, 2):
        later(minutes)
        said.append(tries())
    assert said == [False, False, False, True, True, True, False]


def test_no_try_is_lost_when_many_come_at_once(kept):
    cache.add("tries", 0, 60)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _number: cache.incr("tries"), range(200)))
    assert cache.get("tries") == 200


def test_counting_what_is_not_there_is_refused(kept, later):
    cache.add("tries", 1, 60)
    later(2)
    for key in ("tries", "never"):
        with pytest.raises(ValueError, match=key):
            cache.incr(key)
