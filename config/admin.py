"""The Django admin with our own site as the default one."""

from django.contrib.admin.apps import AdminConfig


class BackOfficeConfig(AdminConfig):
    default_site = "events.admin.site.BackOffice"
