"""The Django admin with our own site as the default one."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    default_site = "events.admin.site.BackOffice"

    def ready(self):
        super().ready()
        from events.admin import nouns  # noqa: F401  registering needs the app registry and the site
