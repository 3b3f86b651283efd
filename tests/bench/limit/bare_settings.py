"""As `startproject` makes them, without any app of ours: for the memory of a worker."""

from .settings import *  # noqa: F403
from .settings import INSTALLED_APPS

INSTALLED_APPS = [name for name in INSTALLED_APPS if name.startswith("django.")]
ROOT_URLCONF = "tests.bench.limit.bare"
