"""Which pictures the demo's photographer and guests took, and when: minutes after the first start."""

from dataclasses import dataclass
from datetime import datetime
from functools import cache

from .photo_drawings import (
    AFTERNOON,
    DUSK,
    FOG,
    GOLD,
    NOON,
    bibs,
    dessert,
    drawn,
    finish,
    group,
    portrait,
    steps,
    table,
    view,
)  # fmt: skip

RACE, DINNER = "race", "dinner"
ALBUMS = {
    RACE: {"nb": "Løpet", "en": "The race", "sv": "Loppet", "fi": "Juoksu"},
    DINNER: {"nb": "Middagen", "en": "Dinner", "sv": "Middagen", "fi": "Illallinen"},
}
WIDE, LONG, TALL, SQUARE, PANORAMA = (1200, 800), (1200, 675), (800, 1200), (1000, 1000), (1800, 600)


@dataclass(frozen=True, slots=True)
class Shot:
    """One picture: what it shows, in which light and shape, when, and what is written under it."""

    album: str
    minutes: int
    paint: object
    light: object
    size: tuple = WIDE
    caption: str = ""
    more: tuple = ()


SHOTS = (
    Shot(RACE, -40, bibs, NOON, WIDE, "Startnumrene er klare"),
    Shot(RACE, -25, group, AFTERNOON, LONG, "Alle sammen før start", (("people", 11),)),
    Shot(RACE, -20, portrait, NOON, TALL),
    Shot(RACE, -12, portrait, AFTERNOON, WIDE, "Spente før start", (("people", 3),)),
    Shot(RACE, 2, steps, AFTERNOON, WIDE, "De første trinnene", (("runners", 5),)),
    Shot(RACE, 5, steps, NOON, TALL, "", (("runners", 3),)),
    Shot(RACE, 8, steps, FOG, WIDE, "Tåken kom og gikk", (("runners", 6),)),
    Shot(RACE, 11, steps, FOG, LONG, "", (("runners", 2), ("cheers", True))),
    Shot(RACE, 13, finish, AFTERNOON, WIDE, "Først i mål!", (("people", 6),)),
    Shot(RACE, 16, finish, AFTERNOON, LONG, "", (("people", 8),)),
    Shot(RACE, 21, finish, GOLD, SQUARE, "Siste trinn", (("people", 4),)),
    Shot(RACE, 30, finish, GOLD, WIDE, "Alle er oppe", (("people", 10),)),
    Shot(RACE, 36, portrait, GOLD, WIDE, "Slitne og blide", (("people", 2),)),
    Shot(RACE, 45, view, GOLD, PANORAMA, "Utsikten fra toppen"),
    Shot(RACE, 50, group, GOLD, WIDE, "", (("people", 7),)),
    Shot(DINNER, 170, view, DUSK, LONG, "På vei til middag"),
    Shot(DINNER, 200, table, GOLD, WIDE, "Velkommen til bords", (("people", 6),)),
    Shot(DINNER, 214, table, NOON, LONG, "", (("people", 4), ("toasts", True))),
    Shot(DINNER, 226, dessert, GOLD, SQUARE),
    Shot(DINNER, 240, table, GOLD, WIDE, "Skål for vinnerne!", (("people", 5), ("toasts", True))),
    Shot(DINNER, 255, portrait, DUSK, TALL, "", (("people", 1),)),
    Shot(DINNER, 262, portrait, DUSK, WIDE, "Takk for i kveld", (("people", 4),)),
)
BY_GUESTS = (  # on their phones; they wait for an organiser
    Shot(RACE, 33, portrait, AFTERNOON, TALL, "", (("people", 2),)),
    Shot(DINNER, 248, table, DUSK, SQUARE, "", (("people", 3), ("toasts", True))),
)
HELD_BACK, ASKED_AWAY = 12, 20  # of SHOTS: with somebody who said no, and one that somebody wants gone
NOTE = "Jeg blunker på dette – kan dere ta det bort?"


@cache  # a demo made anew is of the same day
def picture(shot: Shot, taken: datetime, seed: int) -> bytes:
    """What it shows as a camera would have kept it, with its clock's time."""
    return drawn(shot.paint, shot.light, *shot.size, seed=seed, taken=taken, **dict(shot.more))
