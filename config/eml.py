"""Mail kept to look at: one .eml file a message."""

import itertools
import os
from pathlib import Path

from django.conf import settings
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone


class EmailBackend(BaseEmailBackend):
    """Writes each message, byte for byte as SMTP would carry it, to EMAIL_FILE_PATH."""

    numbers = itertools.count(1)

    def __init__(self, *args, file_path=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.folder = Path(file_path or settings.EMAIL_FILE_PATH)

    def send_messages(self, messages):
        self.folder.mkdir(parents=True, exist_ok=True)
        for message in messages:
            stamp = timezone.now().strftime("%Y%m%d-%H%M%S")
            name = f"{stamp}-{os.getpid()}-{next(self.numbers):05d}.eml"
            (self.folder / name).write_bytes(message.message().as_bytes(linesep="\r\n"))
        return len(messages)
