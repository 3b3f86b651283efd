#!/usr/bin/env python
"""Django's command line, with this project's settings."""

import os
import signal
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.management import execute_from_command_line

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    try:
        execute_from_command_line(sys.argv)
    except ImproperlyConfigured as sentence:
        sys.stderr.write(f"{sentence}\n")
        sys.exit(2)
    except KeyboardInterrupt:  # as a shell would have it
        sys.stderr.write("Stopped.\n")
        sys.exit(128 + signal.SIGINT)
