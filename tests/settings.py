"""The real settings, with a throw-away database and folders and a fast password hasher.

The database: TEST_DATABASE_URL, else VERTSKAP_TEST_DB=postgres (started and stopped here), else SQLite in a file.
"""

import os

from tests import ground

ground.settle(os.environ)

from config.settings import *  # noqa: E402, F403  the environment must stand before it is read
from config.settings import DATABASES  # noqa: E402

DATABASES["default"]["TEST"] = {"NAME": ground.name_of_test_database(DATABASES["default"])}
STATIC_ROOT = ground.folder() / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
