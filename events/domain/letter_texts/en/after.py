"""British English: after the day, and the organiser's own words."""

from ..shapes import Text

_PROMPT = "[Write here what you would like to say.]"

INFORMAL = {
    "results": Text(
        subject="The results of {event} are here",
        preheader="See how it went, for you and the others.",
        body="""\
Hi {first_name}!

The results of **{event}** are ready.

**{result}**

{result_line}

Those you brought along: {result_party}

{photos}

On your page you find all the results, your own years and something to take along.

{link}

Best wishes
{host}
{organiser}
""",
    ),
    "thanks": Text(
        subject="It was great to see you!",
        preheader="How lovely that you were with us at {event}.",
        body="""\
Hi {first_name}!

Thank you for coming! **{event}** was a good day, and that was because you and the others were there.

**{result}**

{result_line}

{photos}

Is there something you'd like to remind us of, something we could have done better, or somebody we ought to get to know? Reply to this mail, or write a word on your page. We read everything.

{link}

We hope to see you again!

Best wishes
{host}
{organiser}
""",
    ),
    "thanks_missed": Text(
        subject="We missed you at {event}",
        preheader="We hope all is well.",
        body="""\
Hi {first_name}!

We missed you at **{event}**, and we hope all is well. Sometimes other things get in the way, and that's quite all right.

Is there anything we can do for you, or would you just like to say hello? Reply to this mail, or write a word on your page, and you'll hear from me.

{link}

You are warmly welcome next time!

Best wishes
{host}
{organiser}
""",
    ),
    "thanks_declined": Text(
        subject="Greetings from {event}",
        preheader="We thought of you, and hope to see you another time.",
        body="""\
Hi {first_name}!

Thank you for letting us know that you couldn't come to **{event}**. It was a good day, and we thought of you.

Next time we'd love to have you with us. Would anything have made it easier to come – another day of the week, or another programme? Reply to this mail, or write a word on your page.

{link}

We hope to see you another time!

Best wishes
{host}
{organiser}
""",
    ),
    "survey": Text(
        subject="How was {event} for you?",
        preheader="A few words are enough, and we read everything.",
        body="""\
Hi {first_name}!

Thank you for being with us at **{event}**. Now we'd love to know how it was for you:

- What did you like best?
- What could we have done differently?
- Whom should we invite next time?

Write a few words on your page, just as they come. Only those of us who organise the event read them.

{link}

Thank you so much for your help!

Best wishes
{host}
{organiser}
""",
    ),
    "free": Text(
        subject="News about {event}",
        preheader="Greetings from {organiser}.",
        prompt=_PROMPT,
        body=f"""\
Hi {{first_name}}!

{_PROMPT}

{{link}}

Best wishes
{{host}}
{{organiser}}
""",
    ),
}

FORMAL = {
    "results": Text(
        subject="The results of {event}",
        preheader="The results are ready on your personal page.",
        body="""\
Dear {name}

The results of **{event}** are ready.

**{result}**

{result_line}

Those who came with you: {result_party}

{photos}

Your personal page has all the results, times of earlier years and something to take along.

{link}

Kind regards
{host}
{organiser}
""",
    ),
    "thanks": Text(
        subject="Thank you for joining us at {event}",
        preheader="It was a pleasure to be your hosts.",
        body="""\
Dear {name}

Thank you very much for joining us at **{event}**. It was a pleasure to be your hosts.

**{result}**

{result_line}

{photos}

We should be glad to hear from you: what you enjoyed, what we could do better, or whom we ought to meet. Please reply to this mail, or write a few words on your page. We read everything.

{link}

We hope to welcome you again.

Yours sincerely
{host}
{organiser}
""",
    ),
    "thanks_missed": Text(
        subject="With our regards after {event}",
        preheader="We hope all is well, and to see you on another occasion.",
        body="""\
Dear {name}

We had looked forward to seeing you at **{event}**, and we hope all is well. If something else came up, we quite understand.

If there is anything we can do for you, please reply to this mail, or write a few words on your page.

{link}

You will be most welcome on the next occasion.

Yours sincerely
{host}
{organiser}
""",
    ),
    "thanks_declined": Text(
        subject="With our regards after {event}",
        preheader="We hope to welcome you on another occasion.",
        body="""\
Dear {name}

Thank you for your reply to our invitation to **{event}**. It was a good day, and we should have been glad of your company.

If anything would make it easier for you to join us next time, for example another day of the week or another programme, we should be glad to hear it. Please reply to this mail, or write a few words on your page.

{link}

We hope to welcome you on another occasion.

Yours sincerely
{host}
{organiser}
""",
    ),
    "survey": Text(
        subject="A few words about {event}?",
        preheader="We should be most grateful to hear from you.",
        body="""\
Dear {name}

Thank you for joining us at **{event}**. We should be most grateful for a few words about it:

- What did you enjoy most?
- What could we have done differently?
- Whom should we invite next time?

A sentence or two on your page is enough. They are read only by those of us who organise the event.

{link}

With many thanks in advance.

Yours sincerely
{host}
{organiser}
""",
    ),
    "free": Text(
        subject="News about {event}",
        preheader="Greetings from {organiser}.",
        prompt=_PROMPT,
        body=f"""\
Dear {{name}}

{_PROMPT}

{{link}}

Yours sincerely
{{host}}
{{organiser}}
""",
    ),
}
