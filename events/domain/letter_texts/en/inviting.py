"""British English: from the first word to the answer."""

from ..shapes import Text

INFORMAL = {
    "save_the_date": Text(
        subject="Save the date: {event} {on_day}",
        preheader="No need to reply yet. The invitation comes in good time.",
        body="""\
Hi {first_name}!

We'll soon be inviting you to **{event}**, and we'd love to have you with us. Please keep the day free:

**{day}**

{personal_line}

There is no need to reply yet. The invitation comes in good time, with the whole programme. You'll reply on this page, which is yours:

{link}

Best wishes
{host}
{organiser}
""",
    ),
    "invitation": Text(
        subject="Will you join us for {event} {on_day}?",
        preheader="{host} hopes you can come. Replying takes half a minute.",
        body="""\
Hi {first_name}!

We would love to have you with us at **{event}** {on_day}.

{personal_line}

{programme}

You are welcome to all of it, or just to the parts that suit you.
Please reply by {deadline}.

{link}

Any questions? Reply to this mail and I'll gladly help.

Best wishes
{host}
{organiser}
""",
    ),
    "reminder": Text(
        subject="A little reminder: {event} {on_day}",
        preheader="A yes, a no or an “I don't know yet” – any of them helps.",
        body="""\
Hi {first_name}!

The invitation to **{event}** {on_day} is still waiting for you. Perhaps it came in a busy week; that happens to us all.

{personal_line}

{programme}

We'd be glad if you came. If it doesn't suit you this time, that's quite all right – just tell us, so that we know.
Please reply by {deadline}.

{link}

Any questions? Reply to this mail and I'll gladly help.

Best wishes
{host}
{organiser}
""",
    ),
    "confirmation": Text(
        subject="Your reply to {event}",
        preheader="What we understood – and how to change it.",
        body="""\
Hi {first_name}!

{reaction}

This is what we understood:

{answers}

Not quite right, or have your plans changed? You can change your reply on your page.
You can do so until {deadline}.

{link}

Best wishes
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="Good news – there is a place!",
        preheader="{activity}, {event} {on_day}",
        body="""\
Hi {first_name}!

A place has come free for {who}:

{answers}

We look forward to seeing you!

Please tell us on your page: “I'm coming” or “I can't after all”. If it does not suit you, the next person on the waiting list gets the place, and that is quite all right.

{link}

Best wishes
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "save_the_date": Text(
        subject="Please save the date: {event} {on_day}",
        preheader="An invitation will follow in good time. No reply is needed yet.",
        body="""\
Dear {name}

We are planning **{event}** and hope to welcome you there. We should be most grateful if you would keep the day free:

**{day}**

{personal_line}

The invitation with the full programme will follow in good time, and no reply is needed yet. When it comes, you will be able to reply on this page, which is yours alone:

{link}

Yours sincerely
{host}
{organiser}
""",
    ),
    "invitation": Text(
        subject="Invitation to {event} {on_day}",
        preheader="{organiser} requests the pleasure of your company.",
        body="""\
Dear {name}

We have the pleasure of inviting you to **{event}** {on_day}.

{personal_line}

{programme}

You are most welcome to the whole programme, or to any part of it.
We should be grateful for your reply by {deadline}.

{link}

Should you have any questions, please reply to this mail and I will gladly help.

Yours sincerely
{host}
{organiser}
""",
    ),
    "reminder": Text(
        subject="Reminder: invitation to {event} {on_day}",
        preheader="We should be grateful for your reply, whether yes or no.",
        body="""\
Dear {name}

May we remind you of our invitation to **{event}** {on_day}?

{personal_line}

{programme}

It would be a pleasure to see you there. Should it not suit you this time, we quite understand, and a word from you would be welcome all the same.
We should be grateful for your reply by {deadline}.

{link}

Should you have any questions, please reply to this mail and I will gladly help.

Yours sincerely
{host}
{organiser}
""",
    ),
    "confirmation": Text(
        subject="Confirmation of your reply to {event}",
        preheader="What we have noted, and how to change it.",
        body="""\
Dear {name}

{reaction}

This is what we have noted:

{answers}

Should anything be wrong, or should your plans change, you may change your reply on your page.
This is possible until {deadline}.

{link}

Yours sincerely
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="A place has become available",
        preheader="{activity}, {event} {on_day}",
        body="""\
Dear {name}

We are pleased to tell you that a place has become available:

{answers}

Please confirm on your page: “I'm coming” or “I can't after all”. Should it no longer suit you, the place will go to the next person on the waiting list, which we quite understand.

{link}

Yours sincerely
{host}
{organiser}
""",
    ),
}
