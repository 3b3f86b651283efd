"""`make run`: everything a first look needs. Here is what must stand before the settings are read: a free
port, an .env, the address for links; the rest is in config/house.py.
"""

import argparse
import gc
import os
import secrets
import socket
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

from config.environment import Environment

BASE_DIR = Path(__file__).resolve().parent.parent
HOST = "127.0.0.1"
LOCAL = {"127.0.0.1", "localhost"}


class Refused(Exception):
    """Why it cannot start, and what to do, in a sentence for the person at the terminal."""


def main(arguments=None):
    parser = argparse.ArgumentParser(prog="make run", description="Runs Vertskap on this machine.")
    parser.add_argument("--port", type=a_port, default=8000, help="default 8000; make run PORT=8001")
    port = parser.parse_args(arguments).port
    started = time.perf_counter()
    env_file = Path(os.environ.get("ENV_FILE") or BASE_DIR / ".env")
    try:
        check_free(port)
    except Refused as reason:
        print(reason, file=sys.stderr)
        return 1
    write_env(env_file, port)
    choose_site_url(env_file, port)
    gc.disable()  # loading only adds; the house puts it on again
    try:
        from config import house  # reads the settings, which must not happen before this line
    except ImproperlyConfigured as sentence:
        print(sentence, file=sys.stderr)
        return 1
    return house.run(HOST, port, started)


def a_port(text):
    """An argument like 8001 as a number that programs may listen on."""
    if not text.isdecimal() or not 1 <= int(text) <= 65535:
        raise argparse.ArgumentTypeError(f"write a number from 1 to 65535, not {text!r}")
    return int(text)


def check_free(port):
    """Raises Refused, with a port that is free, when something listens on this one already."""
    if is_free(port):
        return
    other = next((candidate for candidate in range(port + 1, port + 100) if is_free(candidate)), port + 1)
    raise Refused(
        f"Port {port} is taken: perhaps Vertskap runs already, see http://{HOST}:{port}/. "
        f"To use another port: make run PORT={other}"
    )


def is_free(port):
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the web server will
        try:
            probe.bind((HOST, port))
        except OSError:
            return False
    return True


def write_env(env_file, port):
    """Writes the settings of this machine once; only the owner may read them."""
    if env_file.exists():
        return
    text = f"SECRET_KEY={secrets.token_urlsafe(50)}\nSITE_URL=http://{HOST}:{port}\n"
    with os.fdopen(os.open(env_file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)
    print(f"Settings written to {env_file}.")


def choose_site_url(env_file, port):
    """Links carry the port in use, whatever the .env says; an address that is not this machine's stays."""
    Environment().read_file(env_file)
    if urlsplit(os.environ.get("SITE_URL", f"http://{HOST}")).hostname in LOCAL:
        os.environ["SITE_URL"] = f"http://{HOST}:{port}"


if __name__ == "__main__":
    try:
        sys.exit(main())
    except KeyboardInterrupt:  # before the house was open
        sys.exit(0)
