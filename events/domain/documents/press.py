"""The press: typesets one document in a process of its own and ends, so that no web process ever carries typst.

Run as a script with a job as JSON on its standard input; the document comes on its standard output. It knows the
standard library, typst and the typeface only: it starts in some 50 ms, and may be killed at any time.
"""

import json
import sys
from functools import cache
from pathlib import Path

import font_source_sans_pro
import typst

TEMPLATES = Path(__file__).with_name("templates")


@cache
def _typeface():
    """Ours alone, so that documents look the same on every machine."""
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[font_source_sans_pro.font_directory]
    )


def press(template: str, data: str, form: str, standard: str = "") -> bytes:
    """The document as "pdf", or its first page as "png" of one pixel a point.

    data is the JSON that the template reads; it is passed as text only, so nothing in it is ever markup.
    """
    made = typst.compile(
        str(TEMPLATES / f"{template}.typ"),
        root=str(TEMPLATES),
        font_paths=_typeface(),
        sys_inputs={"data": data},
        format=form,
        ppi=72,
        pdf_standards=[standard] if standard else [],
    )
    return made[0] if isinstance(made, list) else made


if __name__ == "__main__":
    job = json.load(sys.stdin.buffer)
    sys.stdout.buffer.write(press(job["template"], job["data"], job["form"]))
