"""Guest lists for tests: the files of real shape, and lists made up on the spot."""

from pathlib import Path

LISTS = Path(__file__).parent / "data" / "guest-lists"


def real(name):
    """The bytes of a file in tests/data/guest-lists."""
    return (LISTS / name).read_bytes()


def csv(*rows, heading="Navn;Firma;E-post"):
    """The bytes of a list with these rows."""
    return "\r\n".join([heading, *rows]).encode()


def many(count, *, first=0, phone="9"):
    """The bytes of a list of so many invented people, each with all there is."""
    rows = (
        f"Gjest{n} Nummer{n % 97};Firma {n % 50} AS;gjest{n}@firma{n % 50}.example;{phone}{n:07d};Vert {n % 7} Lie;nb"
        for n in range(first, first + count)
    )
    return csv(*rows, heading="Navn;Firma;E-post;Mobil;Vert;Språk")
