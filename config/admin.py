"""The Django admin with our own site as the default one, read with its first page: a web process that shows guests
their pages does not carry the back office (see docs/decisions).
"""

from importlib import import_module

from django.contrib.admin.apps import SimpleAdminConfig
from django.contrib.admin.checks import check_admin_app, check_dependencies
from django.core import checks

OFFICE = "config.office"


class BackOfficeConfig(SimpleAdminConfig):
    default_site = "events.admin.site.BackOffice"

    def ready(self):
        checks.register(check_dependencies, checks.Tags.admin)
        checks.register(check_office, checks.Tags.admin)


def check_office(app_configs, **options):
    """Django's own look at every page of the back office, all of them read."""
    import_module(OFFICE)
    return check_admin_app(app_configs, **options)
