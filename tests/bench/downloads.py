"""The guest list to take along, against the plainest way of writing the same columns."""

import csv
import io

from openpyxl import Workbook

from events.models import Guest
from events.reports import exports

from .table import Row
from .work import in_turn


def rows(play):
    """CSV and XLSX of 10,000 guests."""
    event = play.many
    for name, limit, ours, budget in (
        ("CSV against values_list", plain_csv, our_csv, 2),
        ("XLSX against the bare writer", plain_xlsx, our_xlsx, 1.5),
    ):
        base, own, again = in_turn(
            limit=lambda limit=limit: limit(event), ours=lambda ours=ours: ours(event), pids=play.pids,
            is_quick=play.is_quick,
        )  # fmt: skip
        yield Row(
            what=name, figure=own.cpu / base.cpu, budget=budget, noise=abs(again.cpu / base.cpu - 1),
            limit=f"{base.cpu:.2f} s", ours=f"{own.cpu:.2f} s",
        )  # fmt: skip


def our_csv(event):
    return b"".join(exports.csv_parts(*exports.guests(event)))


def our_xlsx(event):
    return exports.xlsx(*exports.guests(event), event.slug)


def values(event):
    return Guest.objects.filter(event=event).order_by("sort_key", "pk").values_list(*exports.PERSON)


def plain_csv(event):
    file = io.StringIO()
    csv.writer(file, delimiter=";").writerows(values(event))
    return file.getvalue().encode()


def plain_xlsx(event):
    book = Workbook(write_only=True)
    sheet = book.create_sheet("guests")
    for row in values(event):
        sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()
