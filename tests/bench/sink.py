"""A mail server in a process of its own, so that its work is nobody's: prints its port, ends with its input."""

import sys

from aiosmtpd.controller import Controller

from .stage import HOST, free_port


class Nobody:
    """Takes every mail and keeps none."""

    async def handle_DATA(self, server, session, envelope):
        return "250 OK"


if __name__ == "__main__":
    controller = Controller(Nobody(), hostname=HOST, port=free_port(), ready_timeout=30)
    controller.start()
    print(controller.port, flush=True)
    sys.stdin.read()
    controller.stop()
