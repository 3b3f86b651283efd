"""The back office's login as a person fills it in; after it, forms of before are of an earlier login."""

from django.conf import settings
from playwright.sync_api import expect

from tests import factories


def log_in(page, user):
    page.goto(f"/{settings.ADMIN_PATH}login/")
    fill_login(page, user)


def fill_login(page, user):
    page.locator("[name=username]").fill(user.username)
    page.locator("[name=password]").fill(factories.PASSWORD)
    page.locator("[name=password]").press("Enter")
    expect(page.locator("[name=password]")).to_have_count(0)
