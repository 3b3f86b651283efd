"""British English: letters about a guest to ourselves."""

from ..shapes import Text

INFORMAL = {
    "voice": Text(
        subject="A word from a guest",
        preheader="{event} {on_day}",
        body="""\
Hi!

**{name}** has a word for you, about **{event}**.

Company: {company}
Phone: {guest_phone}

{said}

Reply to this mail, and your answer goes to {guest_email}.

The word stands under “Voices” in the back office until somebody has marked it as read.
""",
    ),
    "bounced": Text(
        subject="Mail to a guest does not arrive",
        preheader="{event} {on_day} – how you can help",
        body="""\
Hi!

Mail to **{name}** does not arrive. The guest may not know about **{event}** {on_day}.

Company: {company}
Mail: {guest_email}
Phone: {guest_phone}

{trouble}

How you can help:

- Call the guest, or ask a colleague for the right address.
- Correct the address on the guest's page in the back office.
- Send the letter again from the outbox.
""",
    ),
}

FORMAL = {
    "voice": Text(
        subject="A word from a guest",
        preheader="{event} {on_day}",
        body="""\
Dear colleague

**{name}** has written a word about **{event}**.

Company: {company}
Phone: {guest_phone}

{said}

A reply to this mail goes to {guest_email}.

The word stands under “Voices” in the back office until somebody has marked it as read.
""",
    ),
    "bounced": Text(
        subject="Mail to a guest does not arrive",
        preheader="{event} {on_day} – how to help",
        body="""\
Dear colleague

Mail to **{name}** does not arrive. The guest may not know about **{event}** {on_day}.

Company: {company}
Mail: {guest_email}
Phone: {guest_phone}

{trouble}

How to help:

- Call the guest, or ask a colleague for the right address.
- Correct the address on the guest's page in the back office.
- Send the letter again from the outbox.
""",
    ),
}
