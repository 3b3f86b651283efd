"""British English: answers to what a guest has asked for."""

from ..shapes import Text

INFORMAL = {
    "link": Text(
        subject="Your link to {event}",
        preheader="Here is your personal link once more.",
        body="""\
Hi {first_name}!

Here is the link to your page for **{event}** {on_day}. It shows the programme, and you can reply there or change your reply.

{link}

Wasn't it you who asked for it? Then you need not do anything.

Best wishes
{host}
{organiser}
""",
    ),
    "released": Text(
        subject="Thank you – your colleague is invited",
        preheader="{event} {on_day}",
        body="""\
Hi {first_name}!

Thank you for thinking of a colleague. The invitation to **{event}** {on_day} is on its way, and we have noted that you can't come yourself this time.

We hope to see you another time!

Your own page stays open, should you want to look something up.

{link}

Best wishes
{host}
{organiser}
""",
    ),
    "no_substitute": Text(
        subject="About the colleague you suggested",
        preheader="{event} {on_day}",
        body="""\
Hi {first_name}!

Thank you for suggesting a colleague for **{event}** {on_day}. It was kindly meant. This time we can't pass the invitation on, and we have not written to anybody.

Your own reply stands as it is on your page. Should you be able to come after all, we would be glad.

{link}

Any questions? Reply to this mail and I'll gladly help.

Best wishes
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "link": Text(
        subject="Your personal link to {event}",
        preheader="Here is your personal link once more.",
        body="""\
Dear {name}

Here is the link to your personal page for **{event}** {on_day}. It shows the programme, and you may reply there or change your reply.

{link}

If you did not ask for it, you may safely delete this mail.

Yours sincerely
{host}
{organiser}
""",
    ),
    "released": Text(
        subject="Thank you – your colleague is invited",
        preheader="{event} {on_day}",
        body="""\
Dear {name}

Thank you for suggesting a colleague. The invitation to **{event}** {on_day} is on its way. We have noted that, to our regret, you are unable to come yourself this time.

We hope to welcome you on another occasion.

Your personal page remains open.

{link}

Yours sincerely
{host}
{organiser}
""",
    ),
    "no_substitute": Text(
        subject="The colleague you suggested",
        preheader="{event} {on_day}",
        body="""\
Dear {name}

Thank you for suggesting a colleague for **{event}** {on_day}. We appreciate the thought. On this occasion we are unfortunately unable to pass the invitation on, and we have not written to anybody.

Your own reply stands as it is on your page. Should you be able to come after all, we should be delighted.

{link}

Should you have any questions, please reply to this mail and I will gladly help.

Yours sincerely
{host}
{organiser}
""",
    ),
}
