"""The addresses of the back office, with every noun registered; imported when somebody first opens one of them."""

from django.contrib import admin

from events.admin import nouns  # noqa: F401  being imported registers them

urlpatterns = admin.site.get_urls()
