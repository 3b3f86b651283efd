"""What a web server has in memory once it has shown its first pages: nothing that a guest's page can do without."""

import json
import subprocess
import sys

import pytest

from tests.factories import page_of

WITHOUT = (  # each is loaded with its first use
    "PIL", "anymail", "config.office", "css_inline", "events.actions.guestlist_uploads", "events.actions.imap",
    "events.actions.mailbox", "events.actions.result_files", "events.domain.guestlist", "events.domain.headings",
    "events.domain.inbound", "events.domain.result_plan", "events.domain.timesheet", "events.domain.timesheet_times",
    "events.reports.guestlist_words", "flufl", "icalendar", "imaplib", "openpyxl", "smtplib",
)  # fmt: skip
SHOWS_PAGES = """
import json, sys
from wsgiref.util import setup_testing_defaults
from config.wsgi import application
said = []
for path in ("/healthz", *sys.argv[1:]):
    environ = {"PATH_INFO": path, "HTTP_HOST": "127.0.0.1", "REMOTE_ADDR": "127.0.0.1"}
    setup_testing_defaults(environ)
    body = b"".join(application(environ, lambda status, headers: said.append(status)))
print(json.dumps([said, body.decode(), sorted(sys.modules)]))
"""


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_web_server_has_not_loaded_what_only_others_need_when_it_has_shown_a_page(cast, child_environment):
    shows = [sys.executable, "-c", SHOWS_PAGES, page_of(cast.greta)]
    environment = {**child_environment, "DEBUG": "true"}  # its static files have not been collected
    done = subprocess.run(shows, env=environment, capture_output=True, text=True, check=True, timeout=60)
    said, page, loaded = json.loads(done.stdout)
    assert said == ["200 OK", "200 OK"]
    assert "Greta" in page
    assert [name for name in WITHOUT if name in loaded] == []
