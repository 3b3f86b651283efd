"""British English: what a guest should know on the way to the day."""

from ..shapes import Text

INFORMAL = {
    "change": Text(
        subject="A change to the programme: {what}",
        preheader="See what is new. If you have replied, your reply stands.",
        body="""\
Hi {first_name}!

There is a change to the programme of **{event}**.

{changes}

If you have replied, your reply stands. If it no longer suits you, you can change it on your page, and we'll understand.

{link}

We're sorry if this is inconvenient. Any questions? Reply to this mail and I'll gladly help.

Best wishes
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Cancelled: {what}",
        preheader="We are sorry. You don't need to reply.",
        body="""\
Hi {first_name}!

We are sorry to have to cancel **{what}**.

{changes}

We had looked forward to seeing you, and we are sorry it turned out this way.

This stays as it was: {rest}.

You don't need to reply or tell us anything.

{link}

Any questions? Reply to this mail and I'll gladly help.

Best wishes
{host}
{organiser}
""",
    ),
    "practical": Text(
        subject="See you {on_day}: {event}",
        preheader="Time, place, what to wear and whom to call.",
        body="""\
Hi {first_name}!

**{event}** is nearly here, and we look forward to seeing you. Here is what you need to know:

{practical}

{bring}

Running late, or can't find the way? Call {contact}, {contact_phone}.

Has something come up, so that you can't make it after all? Tell us on your page, so that we know.

{link}

See you there!

Best wishes
{host}
{organiser}
""",
    ),
    "calendar": Text(
        subject="Calendar invitation: {what}",
        preheader="Reply in your calendar or on your page.",
        body="""\
Hi {first_name}!

Here is your calendar invitation to **{what}**:

{programme}

Reply right in your calendar, or on your page. Both reach us, and you can change your mind.

{link}

Best wishes
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "change": Text(
        subject="A change to the programme: {what}",
        preheader="What is new. If you have replied, your reply stands.",
        body="""\
Dear {name}

Please note a change to the programme of **{event}**.

{changes}

If you have already replied, your reply stands. Should it no longer suit you, you may change it on your page.

{link}

We apologise for any inconvenience. Should you have any questions, please reply to this mail and I will gladly help.

Yours sincerely
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Cancelled: {what}",
        preheader="We are sorry. There is no need to reply.",
        body="""\
Dear {name}

We regret to inform you that **{what}** has been cancelled.

{changes}

We had looked forward to welcoming you, and we are sorry that it turned out this way.

This stays as it was: {rest}.

There is no need to reply.

{link}

Should you have any questions, please reply to this mail and I will gladly help.

Yours sincerely
{host}
{organiser}
""",
    ),
    "practical": Text(
        subject="Practical information: {event} {on_day}",
        preheader="Time, place, dress code and whom to call.",
        body="""\
Dear {name}

We look forward to welcoming you to **{event}** {on_day}. This is the practical information:

{practical}

{bring}

Should you be delayed or need directions, please call {contact}, {contact_phone}.

Should you be unable to come after all, we should be grateful for a word on your page.

{link}

Yours sincerely
{host}
{organiser}
""",
    ),
    "calendar": Text(
        subject="Calendar invitation: {what}",
        preheader="You may reply in your calendar or on your page.",
        body="""\
Dear {name}

This is your calendar invitation to **{what}**:

{programme}

You may reply directly in your calendar, or on your page. Both reach us, and you may change your reply later.

{link}

Yours sincerely
{host}
{organiser}
""",
    ),
}
