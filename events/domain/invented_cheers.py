"""What the demo's invented guests and hosts call to runners, before the race and after it."""

BEFORE = {
    "nb": (
        "Heia, heia! Vi venter på toppen med kakao.",
        "Husk at utsikten er belønningen. Lykke til!",
        "Ta dem i den siste bakken!",
        "Du klarer dette, ett trinn om gangen.",
    ),
    "en": ("Go, go! We are all cheering for you.", "One step at a time, and mind the view."),
    "sv": ("Heja heja! Vi ses på toppen.", "Ta det lugnt i början, så går resten av sig självt."),
    "fi": ("Hyvä, hyvä! Nähdään huipulla.", "Askel kerrallaan, sinä pystyt siihen."),
}
AFTER = {
    "nb": ("For en innsats! Stolt av deg.", "Det så lett ut, men vi så deg svette.", "Gratulerer, godt jobbet!"),
    "en": ("What a run! Well done.", "You made it look easy."),
    "sv": ("Grattis, fint jobbat!", "Starkt gjort hela vägen upp."),
    "fi": ("Onnittelut, hienosti tehty!", "Upea nousu!"),
}
HOSTS = ("Så bra at du er med, vi heier på deg!", "Vi ses i mål. Jeg har med tørre sokker.")


def cheer(number, language, *, is_over):
    """The line of this number in the language of who says it; the same number gives the same."""
    lines = (AFTER if is_over else BEFORE)[language]
    return lines[number % len(lines)]
