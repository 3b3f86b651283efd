"""Invented companies, hosts and people for the demo. The same number gives the same person."""

from collections.abc import Iterator
from dataclasses import dataclass

HOSTS = (
    ("Even Strand", "even.strand@vertskap.example", "55 00 00 11"),
    ("Kjersti Moldekleiv", "kjersti.moldekleiv@vertskap.example", "55 00 00 12"),
    ("Endre Nesvåg", "endre.nesvag@vertskap.example", "55 00 00 13"),
    ("Åshild Bøthun", "", ""),  # named in a guest list, without an address: stands in "to do"
)
COMPANIES = (
    ("Fjellvåg Rør AS", "fjellvag"),
    ("Blåmanen Energi", "blamanen"),
    ("Ulriken Data AS", "ulriken"),
    ("Munkebotten Eiendom", "munkebotten"),
    ("Nordnes Shipping ASA", "nordnes"),
    ("Løvstien Arkitekter", "lovstien"),
    ("Sandviken Bakeri & Sønn", "sandviken"),
    ("Vågsbunnen Regnskap", "vagsbunnen"),
    ("Skansen Advokater", "skansen"),
    ("Fløybanen Drift", "floybanen"),
    ("Satama Oy", "satama"),
    ("Hamn Teknik AB", "hamn"),
)
FIRST = {
    "nb": (
        "Kari", "Bjørn", "Ragnhild", "Øyvind", "Solveig", "Torbjørn", "Åse", "Magnus", "Gudrun", "Håkon", "Siv",
        "Jørgen", "Målfrid", "Trygve", "Anne-Lise", "Eirik", "Tiril", "Sølvi",
    ),
    "sv": ("Åsa", "Göran", "Märta", "Sören"),
    "fi": ("Päivi", "Pekka", "Väinö", "Aino"),
    "en": ("Fiona", "Callum"),
}  # fmt: skip
LAST = {
    "nb": (
        "Kvamme", "Rønhovde", "Østrem-Li", "Hjelle", "Ødegård", "Sæther", "Årdal", "Nordås", "Bruvik", "Tveit",
        "Fjøsne", "d'Aulaire", "Vågen", "Berge",
    ),
    "sv": ("Björklund", "Öhman", "Sjögren"),
    "fi": ("Hämäläinen", "Mäkelä", "Ylä-Outinen"),
    "en": ("MacLeod", "Ashworth"),
}  # fmt: skip
LINES = {
    "nb": "Det hadde vært hyggelig å ha deg med i år også – jeg holder av en stol ved bordet mitt.",
    "sv": "Det vore roligt att ha dig med i år igen – jag håller en stol åt dig vid mitt bord.",
    "fi": "Olisi mukavaa, jos pääsisit mukaan myös tänä vuonna – varaan sinulle tuolin pöydästäni.",
    "en": "It would be lovely to have you with us again this year – there is a chair for you at my table.",
}
# Who come along; "" is to be named later.
COMPANIONS = ("Idunn Fløgstad", "", "Ottar Lillebø", "Sunniva Kråkenes", "Leif-Arne Vedå", "Marja-Liisa Ek")
COLLEAGUES = ("Sigrid Myhre", "Lars Tvedten")  # proposed instead: one waits, one is declined
WORDS = (  # said to the host: the first by somebody who can't come
    "Takk for invitasjonen! Jeg er på reise den helgen og får dessverre ikke vært med.\n\n"
    "Hils alle sammen – og spør meg igjen neste år.",
    "Jeg gleder meg! I fjor brukte vi litt over tjue minutter, i år skal vi under.",
    "Kan jeg få stå ved siden av noen som ikke snakker om jobb? Det var så hyggelig sist.",
)
TO_ASCII = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "ä": "a", "ö": "o", "é": "e", "'": "", " ": "."})


@dataclass(frozen=True)
class Person:
    """company is an index into COMPANIES, host into HOSTS; email may be empty."""

    name: str
    first_name: str
    company: int
    host: int
    language: str
    email: str
    phone: str


def people(count: int) -> Iterator[Person]:
    """`count` different people; each tenth or so has no mail, the last two companies are abroad."""
    taken: dict[str, int] = {}
    for number in range(count):
        company = number % len(COMPANIES)
        language = _language(number, company)
        first = FIRST[language][(number * 7 + number // 11) % len(FIRST[language])]
        last = LAST[language][(number * 5 + number // 7) % len(LAST[language])]
        taken[first + last] = again = taken.get(first + last, 0) + 1
        if again > 1:
            last = f"{last} {_numeral(again)}"
        name = f"{first} {last}"
        address = f"{name.lower().translate(TO_ASCII)}@{COMPANIES[company][1]}.example"
        yield Person(
            name=name,
            first_name=first,
            company=company,
            host=number % 13 % len(HOSTS) if number % 9 else number % 3,
            language=language,
            email="" if number % 17 == 11 else address,
            phone=f"9{number:07d}"[:8],
        )


def _language(number: int, company: int) -> str:
    if company == 10:
        return "fi"
    if company == 11:
        return "sv"
    return "en" if number % 19 == 6 else "nb"


def _numeral(number: int) -> str:
    """Sets namesakes apart with a second letter, as in "Kari Nordås B"."""
    return chr(ord("A") + (number - 1) % 26) + ("" if number <= 26 else str((number - 1) // 26))
