"""A real nginx on a loopback port, with the locations that docs/operating.md gives to operators."""

import os
import re
import shutil
import subprocess
from pathlib import Path

from tests.test_run import a_free_port

PROGRAM = next(filter(None, map(shutil.which, ("nginx", "/usr/sbin/nginx"))), None)
OPERATING = Path(__file__).resolve().parent.parent / "docs" / "operating.md"
CONFIGURATION = """
{user}
daemon off;
pid {place}/pid;
error_log {place}/log;
events {{}}
http {{
  types {{}}
  client_body_temp_path {place}/body;
  proxy_temp_path {place}/proxy;
  fastcgi_temp_path {place}/fastcgi;
  uwsgi_temp_path {place}/uwsgi;
  scgi_temp_path {place}/scgi;
  server {{
    listen 127.0.0.1:{port};
    {locations}
  }}
}}
"""


class Nginx:
    """`address` is where it listens; it passes on to `upstream` and sends what lies in `media`."""

    def __init__(self, place, *, upstream, media):
        self.port, self.place = a_free_port(), place
        self.address = f"http://127.0.0.1:{self.port}"
        given = re.search(r"^```nginx\n(.*?)^```", OPERATING.read_text(), re.MULTILINE | re.DOTALL)[1]
        here = {"http://127.0.0.1:8000": upstream, "/srv/vertskap/media": str(media)}
        for theirs, ours in here.items():
            assert theirs in given
            given = given.replace(theirs, ours)
        user = "user root;" if os.geteuid() == 0 else ""
        filled = CONFIGURATION.format(user=user, place=place, port=self.port, locations=given)
        (place / "nginx.conf").write_text(filled)

    def __enter__(self):
        command = [PROGRAM, "-p", str(self.place), "-e", str(self.place / "log"), "-c", str(self.place / "nginx.conf")]
        self.process = subprocess.Popen(command)
        return self

    def __exit__(self, *error):
        self.process.terminate()
        self.process.wait(20)
