"""How do a table, a date and a count look to a person who reads them in a terminal?"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

HERE = "Europe/London"


def in_words(day: str | None) -> str:
    """A date as "20 October 2026"; a moment in UK time, to the second."""
    if not day:
        return "–"
    if "T" in day or " " in day:
        moment = datetime.fromisoformat(day).astimezone(ZoneInfo(HERE))
        return f"{moment.day} {moment:%B %Y, %H:%M:%S}"
    known = date.fromisoformat(day)
    return f"{known.day} {known:%B %Y}"


def count(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else cell(value)


def percentage(value: object) -> str:
    """The contract's percentages are texts already; only a figure gets its sign, a symbol stands alone."""
    text = cell(value)
    return f"{text}%" if text[:1].isdigit() else text


def cell(value: object) -> str:
    if value is None or value == "":
        return "–"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)


def heading(name: str) -> str:
    return name.replace("_", " ").capitalize()


def table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    """Lines with every column as wide as its widest cell; columns of figures stand to the right."""
    columns = list(zip(headings, *rows, strict=True))
    widths = [max(len(text) for text in column) for column in columns]
    right = [bool(rows) and all(_is_figure(text) for text in column[1:]) for column in columns]
    for row in (headings, *rows):
        aligned = (
            text.rjust(width) if to_right else text.ljust(width)
            for text, width, to_right in zip(row, widths, right, strict=True)
        )
        yield "  ".join(aligned).rstrip()


def _is_figure(text: str) -> bool:
    return text.rstrip("%").replace(",", "").replace(".", "").lstrip("-+").isdigit() or text in {"–", "z", "c"}


def behind(document: Mapping[str, Any]) -> Iterator[str]:
    """What a figure leaves out where a rule failed on somebody."""
    if document.get("not_up_to_date"):
        yield f"{count(document['not_up_to_date'])} young people are not up to date."
