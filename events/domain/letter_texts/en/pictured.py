"""British English: photos a guest has added, or asked to take away."""

from ..shapes import Text

INFORMAL = {
    "photos_added": Text(
        subject="Thank you for the photos!",
        preheader="How it went with the photos from {event}.",
        body="""\
Hi {first_name}!

Thank you so much for sharing your photos from **{event}** with us!

{photos_added}

You see them on your page. There you can add more, or take some back.

{link}

Best wishes
{host}
{organiser}
""",
    ),
    "photo_wish": Text(
        subject="About the photo you asked us to remove",
        preheader="{event}: how it stands now.",
        body="""\
Hi {first_name}!

Thank you for telling us about a photo from **{event}**. We take it seriously.

{photo_wishes}

Your page shows at any time which photos guests see.

{link}

Best wishes
{host}
{organiser}
""",
    ),
}

FORMAL = {
    "photos_added": Text(
        subject="Thank you for the photos",
        preheader="How it went with the photos from {event}.",
        body="""\
Dear {name}

Thank you very much for the photos from **{event}**.

{photos_added}

They are on your personal page, where more may be added and any taken back.

{link}

Yours sincerely
{host}
{organiser}
""",
    ),
    "photo_wish": Text(
        subject="Your request about a photo",
        preheader="{event}: how it stands now.",
        body="""\
Dear {name}

Thank you for your request about a photo from **{event}**. We take such wishes seriously.

{photo_wishes}

Your personal page shows at any time which photos guests see.

{link}

Yours sincerely
{host}
{organiser}
""",
    ),
}
