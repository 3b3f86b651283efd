"""A real SMTP server for tests: takes mail, and on request refuses, defers, hangs or drops the line."""

import asyncio
import socket
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

HANG = "hang"  # says nothing until the test is over
DROP = "drop"  # closes the connection
STEPS = ("connect", "ehlo", "mail", "rcpt", "text", "data", "stored", "after")


class Conversation(SMTP):
    """aiosmtpd's, with a word of ours when somebody comes, and before the text."""

    def connection_made(self, transport):
        super().connection_made(transport)
        self.event_handler.lines.append(transport)
        if self.event_handler.next("connect", []):
            transport.abort()

    async def smtp_DATA(self, arg):
        refusal = await self.event_handler.answer("text", self, self.envelope.rcpt_tos)
        if refusal:
            await self.push(refusal)
        else:
            await super().smtp_DATA(arg)


class Door(Controller):
    def factory(self):
        return Conversation(self.handler, **self.SMTP_kwargs)


class Sink:
    """Messages in `messages` (EmailMessage), envelopes in `envelopes`; address in `host`, `port`, `url`.

    `at(step, do, to=None)` says what happens at "connect", "ehlo", "mail", "rcpt", "text" (before it is sent), "data"
    (it has come and is not kept), "stored" (kept, the answer never arrives) or "after" (kept, answered, and only then):
    an SMTP reply such as "550 5.1.1 Unknown", HANG, DROP, or a function that is called and says which of these (None:
    nothing); for every message or only those to one address. `once` says it for the next time only. `behave()` takes
    all of it back.
    """

    host = "127.0.0.1"

    def __init__(self):
        self.messages, self.envelopes, self.sessions = [], [], set()
        self.rules, self.turns, self.lines = {}, {}, []
        with socket.create_server((self.host, 0)) as free:
            self.port = free.getsockname()[1]
        self.controller = Door(self, hostname=self.host, port=self.port, ready_timeout=10)

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

    def once(self, step, do, to=None):
        assert step in STEPS, step
        self.turns.setdefault((step, to), []).append(do)

    def behave(self):
        self.rules.clear()
        self.turns.clear()

    def die(self, seconds):
        """Every line drops, and whoever comes is turned away for a while. The server itself calls it."""
        self.at("connect", DROP)
        for line in self.lines:
            line.abort()
        self.lines.clear()
        asyncio.get_running_loop().call_later(seconds, self.rules.pop, ("connect", None), None)
        return DROP

    def __enter__(self):
        self.controller.start()
        return self

    def __exit__(self, *error):
        loop = self.controller.loop
        asyncio.run_coroutine_threadsafe(hang_up(), loop).result(5)
        self.controller.stop()

    async def handle_EHLO(self, server, session, envelope, hostname, responses):
        session.host_name = hostname
        refusal = await self.answer("ehlo", server, [])
        return [refusal] if refusal else responses

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
        refusal = await self.answer("stored", server, envelope.rcpt_tos)
        if refusal is None:
            asyncio.get_running_loop().call_later(0, self.next, "after", envelope.rcpt_tos)
        return refusal or "250 OK"

    def next(self, step, addresses):
        """What happens now: what was said for this time, else what is said for every time."""
        do = self.said(step, addresses)
        while callable(do):
            do = do()
        return do

    def said(self, step, addresses):
        for place in ((step, to) for to in (*addresses, None)):
            if self.turns.get(place):
                return self.turns[place].pop(0)
            if place in self.rules:
                return self.rules[place]
        return None

    async def answer(self, step, server, addresses):
        do = self.next(step, addresses)
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
