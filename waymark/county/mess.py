"""How does a submission look as a file, when every sender has a spreadsheet of their own?"""

import csv
import io
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from waymark.county.sheet import COLUMNS, Cell, Sheet

OTHER_HEADERS: Mapping[str, tuple[str, ...]] = {
    "UPN": ("Unique Pupil Number",),
    "ULN": ("Unique Learner Number",),
    "Surname": ("Last name", "Family name", "Legal surname"),
    "Forename": ("First name", "Given name", "Legal forename"),
    "DOB": ("Date of birth", "Birth date"),
    "Sex": ("Gender",),
    "Postcode": ("Post code",),
    "Year group": ("NC Year", "Year"),
    "Offer status": ("Status of offer",),
    "Offer date": ("Date of offer",),
    "Provider name": ("Name of provider",),
    "Enrolment status": ("Enrollment status",),
    "Planned hours": ("Planned learning hours",),
    "Expected end date": ("Planned end date",),
    "End date": ("Actual end date",),
    "Start date": ("Date started",),
    "Activity code": ("Current activity code",),
    "Verified date": ("Date verified",),
}
OTHER_NAME, OTHER_CASE, PADDED, BLANK = 0.12, 0.08, 0.004, 0.01
DATE_STYLES = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y")
EXTRA = ("Tutor group", "11B")
TIDY = frozenset({"establishments", "postcodes", "expectations"})


@dataclass(frozen=True, slots=True)
class Look:
    """What is the same in every row of one file."""

    delimiter: str = ","
    encoding: str = "utf-8"
    date_style: str = "%Y-%m-%d"
    line_end: str = "\r\n"
    extra: bool = False
    titled: bool = False


def a_look(random: Random, feed: str) -> Look:
    """The council's own files are tidy; everybody else's are as they come."""
    if feed in TIDY:
        return Look()
    return Look(
        delimiter=random.choices((",", ";", "\t"), (76, 14, 10))[0],
        encoding=random.choices(("utf-8", "utf-8-sig", "cp1252"), (60, 20, 20))[0],
        date_style=random.choices(DATE_STYLES, (60, 25, 15))[0],
        line_end=random.choice(("\r\n", "\n")),
        extra=random.random() < 0.2,
        titled=random.random() < 0.05,
    )


def as_file(random: Random, sheet: Sheet) -> bytes:
    """The sheet's bytes; blank lines count for nothing, so row and person stay in step."""
    look = a_look(random, sheet.feed)
    columns = COLUMNS[sheet.feed]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=look.delimiter, lineterminator=look.line_end)
    messy = sheet.feed not in TIDY
    if look.titled:
        writer.writerow([f"{sheet.feed.capitalize()}, as at {sheet.sent_on:%d/%m/%Y}"])
    headers = [_header(random, name) if messy else name for name in columns]
    writer.writerow([*headers, EXTRA[0]] if look.extra else headers)
    shown: dict[Cell, str] = {}
    for row in sheet.rows:
        cells = [_text(row.get(name), look, shown) for name in columns]
        if messy:
            _pad(random, cells)
            if random.random() < BLANK:
                writer.writerow([""] * len(columns))
        writer.writerow([*cells, EXTRA[1]] if look.extra else cells)
    return written.getvalue().encode(look.encoding)


def _header(random: Random, name: str) -> str:
    others = OTHER_HEADERS.get(name)
    if others and random.random() < OTHER_NAME:
        return random.choice(others)
    if random.random() < OTHER_CASE:
        return random.choice((name.upper(), name.lower(), name.lower().replace(" ", "_")))
    return name


def _text(cell: Cell, look: Look, shown: dict[Cell, str]) -> str:
    if not cell:
        return ""
    if isinstance(cell, date):
        if cell not in shown:
            shown[cell] = cell.strftime(look.date_style)
        return shown[cell]
    return cell


def _pad(random: Random, cells: list[str]) -> None:
    if random.random() < PADDED * len(cells):
        index = random.randrange(len(cells))
        if cells[index]:
            cells[index] = f" {cells[index]} "
