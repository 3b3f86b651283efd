"""British English: the words around a letter."""

from dataclasses import replace

from ..shapes import Words

INFORMAL = Words(
    buttons={
        "invitation": "Reply to the invitation",
        "reminder": "Reply to the invitation",
        "confirmation": "See or change my reply",
        "promoted": "Say yes or no to the place",
        "change": "See or change my reply",
        "calendar": "Reply on my page",
        "results": "See your result",
        "thanks": "Write us a word",
        "thanks_missed": "Write us a word",
        "thanks_declined": "Write us a word",
        "survey": "Write a few words",
        "photos_added": "See your photos",
        "photo_wish": "See the photos",
        "bounced": "Open the guest's page",
        "photo_asked": "Look at the photo",
        "": "Open my page",
    },
    plain_link="Your personal link, should the button not work:",
    plain_link_us="The link, should the button not work:",
    states={
        "coming": "You are coming",
        "not_coming": "You are not coming",
        "unsure": "You don't know yet",
        "waiting": "You are number {place} on the waiting list",
        "no_answer": "You have not replied yet",
    },
    late={
        "coming": "After the deadline you replied that you're coming. We have noted it and will let you know.",
        "not_coming": "After the deadline you replied that you can't come. We have noted it.",
        "unsure": "After the deadline you replied that you don't know yet. We have noted it.",
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
    bring="What to bring",
    map="{place} (map)",
    together="Together with {names}",
    starts={
        "both": "Your start time is {time}, and you have bib number {bib}",
        "start": "Your start time is {time}",
        "bib": "You have bib number {bib}",
    },
    starts_of={
        "both": "{name}: start time {time}, bib number {bib}",
        "start": "{name}: start time {time}",
        "bib": "{name}: bib number {bib}",
    },
    troubles={
        "address_wrong": "The mail server says that there is no such address. Often it is a typing error, or the guest has left the company.",
        "mailbox_full": "The mailbox is full. That may pass by itself, but a call is safer.",
        "policy": "The company's mail server does not let our mail in. You could ask the guest for another address.",
        "": "The mail server did not take it.",
    },
    files_attached="A calendar file for each part you are coming to is attached.",
    cancelled="Cancelled",
    questions="You can reach us here:",
    why="You get this mail because {organiser} has invited you to {event}.",
    why_us="You get this mail because you are host or contact person for {event}.",
    unsubscribe="Don't send me more invitations",
    unsubscribe_subject="Don't send me more invitations",
    test_mark="[Test]",
    test_note="This is a test. No guest has got it, and the link opens no guest's page.",
)

FORMAL = replace(
    INFORMAL,
    buttons=INFORMAL.buttons | {"photos_added": "See the photos"},
    late={
        "coming": "After the deadline you replied that you would like to come. We have noted it and will let you know.",
        "not_coming": "After the deadline you replied that you are unable to come. We have noted it.",
        "unsure": "After the deadline you replied that you do not know yet. We have noted it.",
    },
    starts={
        "both": "Start time {time}, bib number {bib}",
        "start": "Start time {time}",
        "bib": "Bib number {bib}",
    },
    reactions={
        "coming": "Thank you very much for your reply. We look forward to welcoming you.",
        "waiting": "Thank you for your reply. All places are taken at present. You are on the waiting list, and we will let you know as soon as a place becomes available.",
        "unsure": "Thank you for letting us know. We should be grateful for another word once you know more.",
        "not_coming": "Thank you for letting us know. We hope to welcome you on another occasion.",
    },
    questions="Your contact:",
    why="You receive this mail because {organiser} has invited you to {event}.",
    why_us="You receive this mail as host or contact person for {event}.",
)
