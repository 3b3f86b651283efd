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
    "photo_asked": Text(
        subject="A guest asks to remove a photo",
        preheader="{event} – the photo waits for a decision",
        body="""\
Hi!

A guest has asked us to take away a photo from **{event}**. It is hidden from all guests already.

We have promised the guest an answer by {deadline}. Look at the photo, and decide whether it stays away or is shown again: “Photos”, “Requests” in the back office.

Who it is stands only there. Such a wish must not be felt in anything but the photo.
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
    "photo_asked": Text(
        subject="A guest asks to remove a photo",
        preheader="{event} – the photo waits for a decision",
        body="""\
Dear colleague

A guest has asked for a photo from **{event}** to be removed. It is already hidden from all guests.

The guest has been promised an answer by {deadline}. The photo waits under “Photos”, “Requests” in the back office, where it is decided whether it stays away or is shown again.

Who it is stands only there. Such a wish must not be felt in anything but the photo.
""",
    ),
}
