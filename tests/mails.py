"""Mails as they come in, from tests/data/mail, and who is in them."""

from pathlib import Path

FOLDER = Path(__file__).parent / "data" / "mail"
UID = "k3v9q2m7x5w8r4t6@vertskap.example"
OTHER_UID = "p7d2f8h3j5n9b6c4@vertskap.example"
OUR_MESSAGE_ID = "<4f1c0a9be27d4f6fa3c5d8e9b0a17263@vertskap.example>"
GRETA = "greta.asen@kunde.example"


def mail(name, *changes):
    """The bytes of a file, each (before, after) of the changes made."""
    raw = (FOLDER / f"{name}.eml").read_bytes()
    for before, after in changes:
        assert before.encode() in raw, before
        raw = raw.replace(before.encode(), after.encode())
    return raw


def all_mails():
    """{name: bytes} of every file there is."""
    return {file.stem: file.read_bytes() for file in sorted(FOLDER.glob("*.eml"))}
