"""What the demo's invented guests tell about the race and reply to questions. The same number gives the same."""

CLASSES = (
    {"nb": "Kvinner", "en": "Women", "sv": "Damer", "fi": "Naiset"},
    {"nb": "Menn", "en": "Men", "sv": "Herrar", "fi": "Miehet"},
    {"nb": "Pluss 90 kg", "en": "Over 90 kg", "sv": "Över 90 kg", "fi": "Yli 90 kg"},
    {"nb": "Bare for gleden", "en": "Just for the joy of it", "sv": "Bara för glädjen", "fi": "Ilosta ilman aikaa"},
)
AMBITIONS = (None, 14 * 60, 12 * 60 + 30, 18 * 60, None, 10 * 60 + 45, 22 * 60, 15 * 60 + 20, 30 * 60)  # seconds
SHIRTS = ("M", "L", "S", "", "XL", "M", "XS", "L")
WAY_HOME = {
    "title": {
        "nb": "Hvordan kommer du deg hjem?", "en": "How will you get home?", "sv": "Hur tar du dig hem?",
        "fi": "Miten pääset kotiin?",
    },
    "help": {
        "nb": "Bussen går fra torget.", "en": "The bus leaves from the square.", "sv": "Bussen går från torget.",
        "fi": "Bussi lähtee torilta.",
    },
    "options": {
        "nb": "Bussen kl. 22:30\nBussen kl. 23:45\nPå egen hånd",
        "en": "The bus at 22:30\nThe bus at 23:45\nOn my own",
        "sv": "Bussen kl. 22:30\nBussen kl. 23:45\nPå egen hand",
        "fi": "Bussi klo 22.30\nBussi klo 23.45\nOmin neuvoin",
    },
}  # fmt: skip
MEET = {
    "title": {
        "nb": "Er det noen du gjerne vil treffe?", "en": "Is there anyone you would like to meet?",
        "sv": "Är det någon du gärna vill träffa?", "fi": "Onko joku, jonka haluaisit tavata?",
    },
    "help": {
        "nb": "Et navn eller et fag; vi prøver å få det til.", "en": "A name or a trade; we do our best.",
        "sv": "Ett namn eller ett yrke; vi försöker ordna det.", "fi": "Nimi tai ala; yritämme järjestää sen.",
    },
}  # fmt: skip
WISHES = {
    "nb": ("Noen som bygger i tre.", "Gjerne flere fra havbruk!", "Den nye sjefen på lageret deres."),
    "en": ("Anybody who knows about tides.", "Your new head of design."),
    "sv": ("Någon som arbetar med vindkraft.",),
    "fi": ("Joku, joka tuntee sataman.",),
}


def runner(number: int) -> dict:
    """{"class": index of CLASSES or None, "before", "ambition_seconds", "shirt_size"}"""
    return {
        "class": None if number % 7 == 6 else (3 if number % 5 == 4 else number % 3),
        "before": (True, False, None)[number % 3],
        "ambition_seconds": AMBITIONS[number % len(AMBITIONS)],
        "shirt_size": SHIRTS[number % len(SHIRTS)],
    }


def wish(number: int, language: str) -> str:
    """What guest number `number` would like; every second one has no wish."""
    wishes = WISHES[language]
    return "" if number % 2 else wishes[number // 2 % len(wishes)]
