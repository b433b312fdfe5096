"""Until which day is a spell current? (rulebook 5.2) The way of each code is data; how each way counts is here."""

from calendar import monthrange
from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import TYPE_CHECKING

from services.status.domain.codes import ActivityCodes
from shared.domain.academic_year import ends_in, ends_on

if TYPE_CHECKING:
    from services.status.domain.spells import Spell

REVIEW_GRACE = timedelta(days=28)


def lapse(spell: "Spell", codes: ActivityCodes) -> date | None:
    """The last day on which the spell is current; None where it never lapses."""
    code = codes.by_code[spell.activity_code]
    return WAYS[code.currency](spell, code.months)


def months_after(day: date, months: int) -> date:
    """The same day of the month some months on, else that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _never(spell: "Spell", months: int) -> None:
    return None


def _august(spell: "Spell", months: int) -> date:
    return ends_on(ends_in(spell.verified_on))


def _academic_year(spell: "Spell", months: int) -> date:
    august = ends_on(ends_in(max(spell.verified_on, spell.starts_on)))
    return min(spell.expected_end_on or august, august)


def _months(spell: "Spell", months: int) -> date:
    return months_after(spell.verified_on, months)


def _months_or_end(spell: "Spell", months: int) -> date:
    lapsed = months_after(spell.verified_on, months)
    return min(spell.expected_end_on or lapsed, lapsed)


def _review(spell: "Spell", months: int) -> date:
    return (spell.review_on or spell.verified_on) + REVIEW_GRACE


WAYS: Mapping[str, Callable[["Spell", int], date | None]] = {
    "never": _never,
    "august": _august,
    "academic_year": _academic_year,
    "months": _months,
    "months_or_end": _months_or_end,
    "review": _review,
}
