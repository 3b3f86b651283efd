"""A Django with its admin and one page that asks the database: the least a worker can be."""

import os

from django.core.wsgi import get_wsgi_application

os.environ["DJANGO_SETTINGS_MODULE"] = "tests.bench.limit.bare_settings"
application = get_wsgi_application()

from django.contrib import admin  # noqa: E402  Django must be set up
from django.contrib.auth import get_user_model  # noqa: E402
from django.http import HttpResponse  # noqa: E402
from django.urls import path  # noqa: E402

urlpatterns = [
    path("admin/", admin.site.urls),
    path("healthz", lambda request: HttpResponse(str(get_user_model().objects.count()))),
]
