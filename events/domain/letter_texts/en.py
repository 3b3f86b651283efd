"""British English."""

from .shapes import Text, Words

TEXTS = {
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
    "change": Text(
        subject="A change: {what}",
        preheader="{event} {on_day}",
        body="""\
Hi {first_name}!

Something is different from what we told you about **{event}**:

{changes}

We hope it still suits you. If not, you can change your reply on your page.

{link}

Best wishes
{host}
{organiser}
""",
    ),
    "cancellation": Text(
        subject="Cancelled: {what}",
        preheader="{event} {on_day}",
        body="""\
Hi {first_name}!

We are sorry to have to tell you:

{changes}

We would have loved to see you there. You need not do anything; everything stands on your page.

{link}

Any questions? Reply to this mail and I'll gladly help.

Best wishes
{host}
{organiser}
""",
    ),
    "promoted": Text(
        subject="Good news – there is a place for {who}!",
        preheader="{activity}, {event} {on_day}",
        body="""\
Hi {first_name}!

A place has come free for {who}:

{answers}

We look forward to seeing you!

Please tell us on your page: "I'm coming" or "I can't after all". If it does not suit you, the next person on the waiting list gets the place, and that is quite all right.

{link}

Best wishes
{host}
{organiser}
""",
    ),
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

The word stands under "Voices" in the back office until somebody has marked it as read.
""",
    ),
}

WORDS = Words(
    buttons={
        "invitation": "Reply to the invitation",
        "confirmation": "See or change my reply",
        "promoted": "Say yes or no to the place",
        "link": "Open my page",
        "": "Open my page",
    },
    plain_link="Your personal link, should the button not work:",
    states={
        "coming": "You are coming",
        "not_coming": "You are not coming",
        "unsure": "You don't know yet",
        "waiting": "You are number {place} on the waiting list",
        "no_answer": "You have not replied yet",
    },
    reactions={
        "coming": "How lovely that you're coming!",
        "waiting": "Thank you! It is full just now, but you are on the waiting list and we'll tell you as soon as there is a place.",
        "unsure": "Thank you for letting us know. Reply again once you know more.",
        "not_coming": "Thank you for letting us know. We hope to see you another time.",
    },
    companion="your companion",
    companions={
        "coming": "{name} is coming",
        "waiting": "{name} is number {place} on the waiting list",
        "not_coming": "{name} is not coming",
    },
    who={
        "you": "you",
        "both": "you and {names}",
        "companions": "{names}",
        "both_unnamed": "you and those who come with you",
        "companions_unnamed": "those who come with you",
    },
    last_and="{first} and {last}",
    files_attached="A calendar file for each part you are coming to is attached.",
    cancelled="Cancelled",
    questions="Any questions? We're happy to help.",
    why="You get this mail because {organiser} has invited you to {event}.",
    why_us="You get this mail because you are host or contact person for {event}.",
    unsubscribe="Don't send me more invitations",
    unsubscribe_subject="Don't send me more invitations",
    test_mark="[Test]",
    test_note="This is a test. No guest has got it, and the link opens no guest's page.",
)
