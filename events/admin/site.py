"""The organisers' back office."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _


class BackOffice(admin.AdminSite):
    site_header = "Vertskap"
    site_title = _("Back office")
    index_title = _("Events")
    enable_nav_sidebar = False
