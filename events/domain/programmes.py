"""Programmes to start from, with texts in four languages. An organiser changes every word afterwards."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import time

Languages = Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class Part:
    """One activity: texts has title, description, place and dress, each {language: text}."""

    slug: str
    kind: str
    starts: time
    minutes: int
    texts: Mapping[str, Languages]
    address: str = ""
    map_url: str = ""
    serves_food: bool = False


@dataclass(frozen=True, kw_only=True)
class Programme:
    """texts has intro and bring, each {language: text}."""

    scene: str = "gathering"
    town: str = ""
    texts: Mapping[str, Languages] = field(default_factory=dict)
    parts: tuple[Part, ...] = ()


GATHERING = Part(
    slug="gathering",
    kind="gathering",
    starts=time(15, 0),
    minutes=50,
    address="Fjellveien, 5036 Bergen",
    map_url="https://www.openstreetmap.org/?mlat=60.4093&mlon=5.3277#map=17/60.4093/5.3277",
    texts={
        "title": {
            "nb": "Oppmøte og forfriskninger",
            "en": "Meeting up and refreshments",
            "sv": "Samling och förfriskningar",
            "fi": "Kokoontuminen ja virvokkeet",
        },
        "description": {
            "nb": "Vi møtes, får noe godt å drikke og snakker om løypa. Startnummeret ditt ligger klart.",
            "en": "We meet, have something good to drink and talk about the route. Your bib is ready for you.",
            "sv": "Vi träffas, dricker något gott och pratar om banan. Din nummerlapp ligger klar.",
            "fi": "Tapaamme, nautimme virvokkeita ja puhumme reitistä. Kilpailunumerosi odottaa sinua.",
        },
        "place": {
            "nb": "Munkebotten, ved foten av Stoltzekleiven",
            "en": "Munkebotten, at the foot of Stoltzekleiven",
            "sv": "Munkebotten, vid foten av Stoltzekleiven",
            "fi": "Munkebotten, Stoltzekleivenin juurella",
        },
        "dress": {
            "nb": "Kom som du vil – det er du som er viktig",
            "en": "Come as you like – you are what matters",
            "sv": "Kom som du vill – det är du som är viktig",
            "fi": "Tule sellaisena kuin olet – sinä olet tärkein",
        },
    },
)
RACE = Part(
    slug="race",
    kind="race",
    starts=time(16, 0),
    minutes=120,
    address="Fjellveien, 5036 Bergen",
    map_url="https://www.openstreetmap.org/?mlat=60.4105&mlon=5.3296#map=17/60.4105/5.3296",
    texts={
        "title": {
            "nb": "Opp Stoltzen",
            "en": "Up Stoltzen",
            "sv": "Uppför Stoltzen",
            "fi": "Ylös Stoltzenille",
        },
        "description": {
            "nb": "908 trinn og rundt 300 høydemeter. Løp eller gå – noen heier på deg hele veien, "
            "og noe varmt venter på toppen.",
            "en": "908 steps and about 300 metres of climb. Run or walk – somebody cheers all the way, "
            "and something warm waits at the top.",
            "sv": "908 trappsteg och omkring 300 höjdmeter. Spring eller gå – någon hejar hela vägen, "
            "och något varmt väntar på toppen.",
            "fi": "908 porrasaskelmaa ja noin 300 nousumetriä. Juokse tai kävele – joku kannustaa koko matkan, "
            "ja huipulla odottaa jotain lämmintä.",
        },
        "place": {
            "nb": "Start i Fjellveien, mål på Sandviksfjellet",
            "en": "Start in Fjellveien, finish on Sandviksfjellet",
            "sv": "Start i Fjellveien, mål på Sandviksfjellet",
            "fi": "Lähtö Fjellveieniltä, maali Sandviksfjelletillä",
        },
        "dress": {
            "nb": "Joggesko og klær som tåler vær",
            "en": "Running shoes and clothes for any weather",
            "sv": "Löparskor och kläder som tål väder",
            "fi": "Lenkkikengät ja säänkestävät vaatteet",
        },
    },
)
DINNER = Part(
    slug="dinner",
    kind="dinner",
    starts=time(19, 30),
    minutes=210,
    serves_food=True,
    address="Bryggen, 5003 Bergen",
    map_url="https://www.openstreetmap.org/?mlat=60.3975&mlon=5.3245#map=17/60.3975/5.3245",
    texts={
        "title": {"nb": "Middag", "en": "Dinner", "sv": "Middag", "fi": "Illallinen"},
        "description": {
            "nb": "Tre retter, noen ord om dagen, og god tid ved bordet. Resultater og bilder får du samme kveld.",
            "en": "Three courses, a few words about the day, and plenty of time at the table. "
            "Results and photos come the same night.",
            "sv": "Tre rätter, några ord om dagen och gott om tid vid bordet. Resultat och bilder får du samma kväll.",
            "fi": "Kolme ruokalajia, muutama sana päivästä ja rauhallinen hetki pöydän ääressä. "
            "Tulokset ja kuvat saat samana iltana.",
        },
        "place": {
            "nb": "Sjøboden på Bryggen",
            "en": "Sjøboden at Bryggen",
            "sv": "Sjøboden på Bryggen",
            "fi": "Sjøboden, Bryggen",
        },
        "dress": {
            "nb": "Uformelt antrekk",
            "en": "Informal",
            "sv": "Vardagsklädsel",
            "fi": "Vapaamuotoinen pukeutuminen",
        },
    },
)
STOLTZEN = Programme(
    scene="mountain",
    town="Bergen",
    parts=(GATHERING, RACE, DINNER),
    texts={
        "intro": {
            "nb": "En ettermiddag opp Stoltzekleiven og en kveld rundt bordet. "
            "Du trenger ikke å løpe; det holder å ha lyst.",
            "en": "An afternoon up Stoltzekleiven and an evening around the table. "
            "You need not run; wanting to is enough.",
            "sv": "En eftermiddag uppför Stoltzekleiven och en kväll runt bordet. "
            "Du behöver inte springa; det räcker att du har lust.",
            "fi": "Iltapäivä Stoltzekleivenin portaissa ja ilta pöydän ääressä. "
            "Sinun ei tarvitse juosta; into riittää.",
        },
        "bring": {
            "nb": "Joggesko, en tørr genser og skift til middagen. Det er dusj og garderobe på hotellet.",
            "en": "Running shoes, a dry jumper and a change for dinner. There are showers at the hotel.",
            "sv": "Löparskor, en torr tröja och ombyte till middagen. Det finns dusch på hotellet.",
            "fi": "Lenkkikengät, kuiva paita ja vaihtovaatteet illalliselle. Hotellissa on suihku.",
        },
    },
)
EMPTY = Programme()
PROGRAMMES: Mapping[str, Programme] = {"stoltzen": STOLTZEN, "empty": EMPTY}
