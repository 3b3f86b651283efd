"""A real IMAP server for tests: Debian's Dovecot, an instance of our own on a loopback port, gone afterwards."""

import contextlib
import getpass
import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from pathlib import Path

PROGRAM = next(filter(None, map(shutil.which, ("dovecot", "/usr/sbin/dovecot"))), None)
PASSWORD = "påske-@/å"  # of everybody
PATIENCE_SECONDS = 20
CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {place}/run
state_dir = {place}/state
log_path = {place}/log
ssl = yes
ssl_cert = <{place}/cert.pem
ssl_key = <{place}/key.pem
disable_plaintext_auth = no
mail_location = maildir:{place}/mail/%u
mail_uid = {mail_user}
mail_gid = {mail_group}
first_valid_uid = 1
first_valid_gid = 1
mailbox_list_index = no
default_internal_user = {internal}
default_internal_group = {internal_group}
default_login_user = {login}
auth_mechanisms = plain login
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = home={place}/mail/%u
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {ssl_port}
    ssl = yes
  }}
}}
service anvil {{
  chroot =
}}
"""


def missing():
    """Why there can be no Dovecot here, or ""."""
    if PROGRAM is None:
        return "no Dovecot was found. Install Debian's package dovecot-imapd."
    if shutil.which("openssl") is None:
        return "no openssl was found, which makes Dovecot's certificate."
    return ""


class Dovecot:
    """`put` lays a mail into the user's inbox, `flags` tells how each is marked. Every user has a mailbox."""

    host = "127.0.0.1"
    user = "events@vertskap.example"

    def __enter__(self):
        self.place = Path(tempfile.mkdtemp(prefix="vt-imap-", dir="/tmp"))
        self.place.chmod(0o755)
        self.port, self.ssl_port = _free_port(), _free_port()
        _make_certificate(self.place)
        (self.place / "dovecot.conf").write_text(CONFIGURATION.format(**self._settings()))
        command = [PROGRAM, "-F", "-c", str(self.place / "dovecot.conf")]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        self._wait()
        return self

    def __exit__(self, *error):
        self.process.terminate()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self.process.wait(PATIENCE_SECONDS)
        self.process.kill()
        self.process.wait()
        shutil.rmtree(self.place, ignore_errors=True)

    @property
    def certificate(self):
        return str(self.place / "cert.pem")

    def url(self, scheme="imap", folder="INBOX", password=PASSWORD, port=None):
        port = port or (self.ssl_port if scheme == "imap+ssl" else self.port)
        secret = password.replace("@", "%40").replace("/", "%2F")
        return f"{scheme}://{self.user.replace('@', '%40')}:{secret}@{self.host}:{port}/{folder}"

    def put(self, raw, at=None):
        with self._connected() as connection:
            came_at = imaplib.Time2Internaldate(at) if at else None
            said, _answer = connection.append("INBOX", None, came_at, raw)
            assert said == "OK"

    def flags(self):
        """{flags} of each mail in the inbox, in the order they came."""
        with self._connected() as connection:
            connection.select("INBOX", readonly=True)
            _said, answer = connection.fetch("1:*", "(FLAGS)")
            return [set(map(bytes.decode, imaplib.ParseFlags(line))) - {"\\Recent"} for line in answer if line]

    @contextlib.contextmanager
    def _connected(self):
        connection = imaplib.IMAP4(self.host, self.port, timeout=PATIENCE_SECONDS)
        try:
            connection.authenticate("PLAIN", lambda _said: f"\0{self.user}\0{PASSWORD}".encode())
            yield connection
        finally:
            connection.logout()

    def _settings(self):
        me, is_root = getpass.getuser(), os.geteuid() == 0
        owner = "nobody" if is_root else me
        (self.place / "mail").mkdir()
        if is_root:
            shutil.chown(self.place / "mail", owner, pwd.getpwnam(owner).pw_gid)
        return {
            "place": self.place, "port": self.port, "ssl_port": self.ssl_port, "password": PASSWORD,
            "mail_user": owner, "mail_group": pwd.getpwnam(owner).pw_gid,
            "internal": "dovecot" if is_root else me, "login": "dovenull" if is_root else me,
            "internal_group": "dovecot" if is_root else _group_of(me),
        }  # fmt: skip

    def _wait(self):
        deadline = time.monotonic() + PATIENCE_SECONDS
        while True:
            try:
                with self._connected():
                    return
            except (OSError, imaplib.IMAP4.error, ssl.SSLError) as error:
                if time.monotonic() > deadline or self.process.poll() is not None:
                    log = self.place / "log"
                    raise RuntimeError(log.read_text() if log.exists() else repr(error)) from None
                time.sleep(0.05)


def _group_of(user):
    return subprocess.run(["id", "-gn", user], capture_output=True, text=True, check=True).stdout.strip()


def _make_certificate(place):
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1", "-keyout", place / "key.pem", "-out", place / "cert.pem"],
        check=True, capture_output=True,
    )  # fmt: skip


def _free_port():
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]
