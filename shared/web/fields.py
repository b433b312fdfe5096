"""Which values may stand in a request, and how is each written?"""

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated, Final

from fastapi import Path
from pydantic import AfterValidator, BeforeValidator, Field, StringConstraints, WithJsonSchema
from pydantic_core import PydanticCustomError

from shared.plumbing.clock import LONDON

YEARS: Final = range(1900, 2200)
"""Beyond these a date is a slip of the hand."""


def _day(given: object) -> object:
    if not isinstance(given, str):
        return given
    if re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        try:
            found = date.fromisoformat(given)
        except ValueError:
            raise PydanticCustomError("day", "give a date that the calendar has, such as 2026-10-20") from None
        if found.year in YEARS:
            return found
    raise PydanticCustomError("day", "give a date such as 2026-10-20")


def _known_at(given: object) -> object:
    """A date means its end in Europe/London; a `+` that a query turned into a blank is put back."""
    if not isinstance(given, str):
        return given
    if re.fullmatch(r"\d{4}-\d\d-\d\d", given):
        found = _day(given)
        return end_of(found) if isinstance(found, date) else found
    try:
        moment = datetime.fromisoformat(re.sub(r" (?=\d\d:\d\d$)", "+", given))
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None or moment.year not in YEARS:
        raise PydanticCustomError(
            "known_at", "give a date such as 2026-10-20, or a moment with its offset such as 2026-10-20T09:00:00+01:00"
        )
    return moment.astimezone(UTC)


def end_of(day: date) -> datetime:
    """The last moment of a date in Europe/London."""
    return datetime.combine(day + timedelta(days=1), time(), LONDON).astimezone(UTC) - timedelta(microseconds=1)


def _number(given: object) -> object:
    if isinstance(given, str) and re.fullmatch(r"[0-9]{1,10}", given):
        return given
    raise PydanticCustomError("young_person_id", "give a young person's id: 1 to 10 digits")


def _plain(given: str) -> str:
    if any(ord(character) < 32 and character not in "\n\r\t" for character in given):
        raise PydanticCustomError("text", "leave out control characters")
    return given


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
KnownAt = Annotated[
    datetime,
    BeforeValidator(_known_at),
    WithJsonSchema({"type": "string", "anyOf": [{"format": "date"}, {"format": "date-time"}]}),
]
PLAIN: Final = AfterValidator(_plain)
"""For texts of a route's own: the database takes no NUL."""
Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500), PLAIN]
CampaignYear = Annotated[int, Field(ge=2000, le=2100, description="The year in which the campaign's leavers leave.")]
YoungPersonNumber = Annotated[
    str,
    BeforeValidator(_number),
    WithJsonSchema({"type": "string", "pattern": "^[0-9]{1,10}$"}),
    Path(description="A text of 1 to 10 digits."),
]
