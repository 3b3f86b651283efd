"""Pictures of an evening that never was, for the demo: drawn by us, so that nobody owns them but we.

Each is a scene with its light and its shapes, the same every time. The numbers are shares of width and height.
"""

import io
import math
import random
from dataclasses import dataclass

from PIL import ExifTags, Image, ImageDraw, ImageFont

DENSE = 2  # drawn so many times larger than asked for, and made smaller: edges come out soft


@dataclass(frozen=True, slots=True)
class Light:
    """The colours of an hour: top and bottom of the sky, far and near hills, ground."""

    top: str
    low: str
    far: str
    near: str
    ground: str
    sun: str = "#ffd98a"


NOON = Light("#7fb4d6", "#e4f0f2", "#7fa7a5", "#3f7a63", "#5d8f52")
AFTERNOON = Light("#8fb7cf", "#f6e7c8", "#89a9a0", "#4a7a5a", "#7c9457")
GOLD = Light("#d98c5f", "#ffe0a3", "#a86b5a", "#5a4a4f", "#3f3a3c", "#fff0c4")
DUSK = Light("#27345c", "#e08a6d", "#4a4a70", "#26304a", "#1b2335", "#ffcf9a")
FOG = Light("#c9d3d4", "#eef1ee", "#b3c2c0", "#7f9792", "#5f7a70", "#f7f7f2")
SKINS = ("#f0c9a6", "#e2b08a", "#c98d63", "#8a5a3c", "#f4d5bb")
SHIRTS = ("#0f5257", "#f2a541", "#b3261e", "#f4f1ea", "#3d6fa3", "#6b4a7d", "#d9d04a", "#27272f")
HAIRS = ("#2b2018", "#6b4a2c", "#c9a35c", "#8f8f8f", "#3a2b2b", "#d8c9a8")


class Scene:
    """A canvas in shares: (0, 0) is top left, (1, 1) bottom right; `of` measures lengths by the shorter side."""

    def __init__(self, width, height, seed):
        self.width, self.height = width, height
        self.image = Image.new("RGB", (width, height))
        self.draw = ImageDraw.Draw(self.image)
        self.dice = random.Random(seed)  # noqa: S311  a drawing, not a secret

    def at(self, *points):
        return [(x * self.width, y * self.height) for x, y in points]

    def of(self, share):
        return share * min(self.width, self.height)

    def sky(self, light):
        """From top to bottom, as one column stretched."""
        column = Image.new("RGB", (1, 2))
        column.putpixel((0, 0), _rgb(light.top))
        column.putpixel((0, 1), _rgb(light.low))
        self.image.paste(column.resize((self.width, self.height), Image.Resampling.BILINEAR))

    def disc(self, x, y, radius, colour):
        (cx, cy), r = self.at((x, y))[0], self.of(radius)
        self.draw.ellipse((cx - r, cy - r, cx + r, cy + r), fill=colour)

    def ridge(self, base, height, colour, peaks):
        """A line of hills over the whole width."""
        shift = self.dice.random() * 6
        heights = [
            base - height * (0.5 + 0.5 * math.sin(shift + x / 20 * peaks * 2) * math.sin(shift + x / 20 * 2.3))
            for x in range(21)
        ]
        top = [(x / 20, y) for x, y in enumerate(heights)]
        self.draw.polygon(self.at(*top, (1, 1), (0, 1)), fill=colour)

    def person(self, x, y, tall, *, runs=False, cheers=False):
        """Somebody whose feet are at (x, y); `tall` is a share of the shorter side."""
        skin, shirt, hair = (self.dice.choice(colours) for colours in (SKINS, SHIRTS, HAIRS))
        (px, py), size = self.at((x, y))[0], self.of(tall)
        lean = size * 0.10 if runs else 0
        hip, neck = (px, py - size * 0.46), (px + lean, py - size * 0.80)
        limb = max(2, round(size * 0.085))
        step = size * (0.20 if runs else 0.07)
        for side, lift in ((-1, size * 0.16 if runs else 0), (1, 0)):
            knee = (px + side * step * 0.7 + lean * 0.5, py - size * 0.24)
            foot = (px + side * step * 1.2, py - lift)
            self.draw.line([hip, knee, foot], fill="#1d2b36", width=limb, joint="curve")
        for side in (-1, 1):
            elbow = (neck[0] + side * size * 0.15, neck[1] + size * (-0.04 if cheers else 0.17))
            hand = (elbow[0] + size * (0.05 * side if cheers else 0.10), elbow[1] - size * (0.20 if cheers else -0.04))
            self.draw.line([neck, elbow, hand], fill=skin, width=round(limb * 0.8), joint="curve")
        body = [(hip[0] - limb, hip[1]), (neck[0] - limb * 1.3, neck[1]), (neck[0] + limb * 1.3, neck[1])]
        self.draw.polygon([*body, (hip[0] + limb, hip[1])], fill=shirt)
        head = size * 0.085
        cx, cy = neck[0] + lean * 0.3, neck[1] - head * 1.1
        self.draw.ellipse((cx - head, cy - head * 1.15, cx + head, cy + head), fill=skin)
        self.draw.pieslice((cx - head * 1.05, cy - head * 1.3, cx + head * 1.05, cy + head), 180, 360, fill=hair)

    def jpeg(self, exif):
        file = io.BytesIO()
        self.image.reduce(DENSE).save(file, "JPEG", quality=86, exif=exif)
        return file.getvalue()


def _rgb(colour):
    return tuple(int(colour[at : at + 2], 16) for at in (1, 3, 5))


def hills(scene, light, sun=(0.72, 0.28)):
    """What stands behind everything outdoors."""
    scene.sky(light)
    scene.disc(*sun, 0.09, light.sun)
    scene.ridge(0.62, 0.26, light.far, 2)
    scene.ridge(0.74, 0.2, light.near, 1.4)


def steps(scene, light, *, runners=4, cheers=False):
    """The stone steps from below, with runners on them."""
    hills(scene, light)
    scene.draw.polygon(scene.at((0, 0.72), (1, 0.46), (1, 1), (0, 1)), fill=light.ground)
    count = 16
    for number in range(count):
        share = number / count
        x, y = 0.06 + share * 0.86, 0.98 - share * 0.55
        wide = 0.16 - share * 0.1
        shade = ("#8d877d", "#c4bcae")[number % 2]
        scene.draw.polygon(scene.at((x, y), (x + wide, y - 0.02), (x + wide, y - 0.075), (x, y - 0.055)), fill=shade)
    for number in range(runners):
        share = (number + 0.5) / runners
        scene.person(0.14 + share * 0.7, 0.95 - share * 0.5, 0.42 - share * 0.24, runs=True, cheers=cheers)


def finish(scene, light, *, people=5):
    """The finish at the top, with a banner and those who cheer."""
    hills(scene, light, sun=(0.2, 0.25))
    scene.draw.rectangle([*scene.at((0, 0.8), (1, 1))], fill=light.ground)
    for x in (0.22, 0.78):
        scene.draw.line(scene.at((x, 0.84), (x, 0.2)), fill="#5a6b69", width=max(3, round(scene.of(0.02))))
    scene.draw.rectangle([*scene.at((0.22, 0.2), (0.78, 0.33))], fill="#0f5257")
    for square in range(14):
        for row in range(2):
            if (square + row) % 2:
                x, y = 0.22 + square * 0.04, 0.33 + row * 0.025
                scene.draw.rectangle([*scene.at((x, y), (x + 0.04, y + 0.025))], fill="#f4f1ea")
    scene.person(0.5, 0.94, 0.52, runs=True, cheers=True)
    for number in range(people):
        x = 0.08 + number * 0.09 if number < people / 2 else 0.62 + (number - people / 2) * 0.11
        scene.person(x, 0.87, 0.34, cheers=number % 2 == 0)


def portrait(scene, light, *, people=1):
    """One or a few from close by, before the hills."""
    hills(scene, light)
    for number in range(people):
        x = (number + 1) / (people + 1)
        scene.person(x, 1.28, 1.0 if people < 3 else 0.8, cheers=False)


def view(scene, light):
    """Town and fjord from above."""
    hills(scene, light, sun=(0.5, 0.3))
    scene.draw.polygon(scene.at((0, 0.70), (0.4, 0.66), (1, 0.72), (1, 0.84), (0, 0.86)), fill=light.low)
    for _house in range(70):
        x, y = scene.dice.random(), 0.83 + scene.dice.random() * 0.17
        wide, high = 0.008 + scene.dice.random() * 0.014, 0.02 + scene.dice.random() * 0.05
        wall = scene.dice.choice(("#e8dcc8", "#b3543f", "#d9a441", "#f4f1ea", "#6a8a8c", "#9c4a3a"))
        scene.draw.rectangle([*scene.at((x, y - high), (x + wide, y))], fill=wall)
        roof = ((x, y - high), (x + wide / 2, y - high - 0.02), (x + wide, y - high))
        scene.draw.polygon(scene.at(*roof), fill="#4a3f3a")
        if light in (DUSK, GOLD):
            window = ((x + wide * 0.3, y - high * 0.6), (x + wide * 0.6, y - high * 0.3))
            scene.draw.rectangle([*scene.at(*window)], fill="#ffdf8a")


def table(scene, light, *, people=6, toasts=False):
    """A long table by candlelight."""
    scene.sky(Light("#241a1c", "#5b3a2c", "", "", ""))
    for number in range(9):
        scene.disc(0.06 + number * 0.11, 0.12 + 0.04 * math.sin(number), 0.02, "#ffdf9e")
    for number in range(people):
        scene.person((number + 0.6) / (people + 0.2), 0.86, 0.55, cheers=toasts and number % 2 == 1)
    scene.draw.polygon(scene.at((0, 0.66), (1, 0.66), (1, 1), (0, 1)), fill="#efe6d6")
    scene.draw.polygon(scene.at((0, 0.66), (1, 0.66), (1, 0.685), (0, 0.685)), fill="#d8cbb4")
    for number in range(people):
        x = (number + 0.6) / (people + 0.2)
        plate(scene, x, 0.82, 0.1 if people > 3 else 0.14)
    for x in (0.25, 0.75):
        scene.draw.rectangle([*scene.at((x - 0.008, 0.55), (x + 0.008, 0.7))], fill="#f8f3e6")
        scene.disc(x, 0.53, 0.022, light.sun)


def plate(scene, x, y, size):
    """Dinner on it."""
    scene.disc(x, y, size, "#cfc6b6")
    scene.disc(x, y, size * 0.94, "#fdfbf7")
    scene.disc(x - size * 0.12 / 2, y, size * 0.4, scene.dice.choice(("#c98a4a", "#d9603f", "#8a5a3c")))
    scene.disc(x + size * 0.3 / 2, y - size * 0.1, size * 0.24, scene.dice.choice(("#5d8f52", "#7aa352")))
    scene.disc(x + size * 0.2 / 2, y + size * 0.18, size * 0.16, "#f2c14e")


def dessert(scene, light):
    """One plate from above."""
    scene.sky(Light("#8a6b52", "#6b4f3c", "", "", ""))
    plate(scene, 0.5, 0.52, 0.38)
    scene.disc(0.86, 0.16, 0.1, "#7a1f2e")
    scene.disc(0.86, 0.16, 0.075, "#a8293c")


def bibs(scene, light):
    """Numbers on a line, before anybody wears them."""
    hills(scene, light)
    line = [(x / 20, 0.2 + 0.06 * math.sin(math.pi * x / 20)) for x in range(21)]
    scene.draw.line(scene.at(*line), fill="#4a3f3a", width=max(2, round(scene.of(0.006))))
    font = ImageFont.load_default(scene.of(0.17))
    for number in range(4):
        x, y = 0.07 + number * 0.225, 0.24 + 0.05 * math.sin(math.pi * (0.17 + number * 0.225))
        scene.draw.rectangle([*scene.at((x, y), (x + 0.19, y + 0.34))], fill="#fdfbf7")
        scene.draw.rectangle([*scene.at((x, y), (x + 0.19, y + 0.07))], fill="#0f5257")
        middle = scene.at((x + 0.095, y + 0.205))[0]
        scene.draw.text(middle, str(11 + number), fill="#16302f", font=font, anchor="mm")


def group(scene, light, *, people=9):
    """All of them in two rows."""
    hills(scene, light, sun=(0.8, 0.22))
    scene.draw.rectangle([*scene.at((0, 0.8), (1, 1))], fill=light.ground)
    behind = people // 2
    for number in range(behind):
        scene.person((number + 1) / (behind + 1), 0.86, 0.5, cheers=number % 2 == 0)
    for number in range(people - behind):
        scene.person((number + 0.5) / (people - behind), 0.96, 0.5)


def drawn(paint, light, width, height, *, seed, taken, **more):
    """A scene as the bytes of a JPEG of this size, with a camera's note of the time by its own clock."""
    scene = Scene(width * DENSE, height * DENSE, seed)
    paint(scene, light, **more)
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.Exif)[ExifTags.Base.DateTimeOriginal] = f"{taken:%Y:%m:%d %H:%M:%S}"
    return scene.jpeg(exif)
