"""A real SMTP server for tests: takes mail, and on request refuses, defers, hangs or drops the line."""

import asyncio
import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller

HANG = "hang"  # says nothing until the test is over
DROP = "drop"  # closes the connection
STEPS = ("mail", "rcpt", "data", "stored")


class Sink:
    """Messages in `messages` (EmailMessage), envelopes in `envelopes`; address in `host`, `port`, `url`.

    `at(step, do, to=None)` says what happens at "mail", "rcpt", "data" (the text has come and is not kept)
    or "stored" (kept, the answer never arrives): an SMTP reply such as "550 5.1.1 Unknown", HANG or DROP,
    for every message or only those to one address. `behave()` takes all of it back.
    """

    host = "127.0.0.1"

    def __init__(self):
        self.messages, self.envelopes, self.sessions = [], [], set()
        self.rules = {}
        with socket.create_server((self.host, 0)) as free:
            self.port = free.getsockname()[1]
        self.controller = Controller(self, hostname=self.host, port=self.port, ready_timeout=10)

    @property
    def url(self):
        return f"smtp://{self.host}:{self.port}"

    @property
    def recipients(self):
        """The addresses of the kept messages, in the order they came."""
        return [address for envelope in self.envelopes for address in envelope.rcpt_tos]

    def at(self, step, do, to=None):
        assert step in STEPS, step
        self.rules[step, to] = do

    def behave(self):
        self.rules.clear()

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *error):
        loop = self.controller.loop
        asyncio.run_coroutine_threadsafe(hang_up(), loop).result(5)
        self.controller.stop()

    async def handle_MAIL(self, server, session, envelope, address, options):
        self.sessions.add(session.peer)
        envelope.mail_from = address
        return await self.answer("mail", server, [address]) or "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options):
        refusal = await self.answer("rcpt", server, [address])
        if not refusal:
            envelope.rcpt_tos.append(address)
        return refusal or "250 OK"

    async def handle_DATA(self, server, session, envelope):
        refusal = await self.answer("data", server, envelope.rcpt_tos)
        if refusal:
            return refusal
        self.envelopes.append(envelope)
        self.messages.append(message_from_bytes(envelope.original_content, policy=policy.default))
        return await self.answer("stored", server, envelope.rcpt_tos) or "250 OK"

    async def answer(self, step, server, addresses):
        do = next((self.rules[step, to] for to in (*addresses, None) if (step, to) in self.rules), None)
        if do == HANG:
            await asyncio.Event().wait()
        if do == DROP:
            server.transport.abort()
            await asyncio.sleep(0)
            return "421 4.3.0 Gone"
        return do


async def hang_up():
    """Ends every conversation that still hangs, in the server's own loop."""
    others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)
