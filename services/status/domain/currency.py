"""Until which day is a spell current? (rulebook 5.2) Which code lapses how is data; what each way means is here."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from shared.domain.academic_year import ends_in, ends_on

REVIEW_GRACE = timedelta(days=28)
COURSE_OR = "course or "


@dataclass(frozen=True, slots=True)
class Currency:
    """A way of staying current: for months, to a 31 August, to a review, or for ever; `course`: to its end at most."""

    months: int | None = None
    august: bool = False
    review: bool = False
    course: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """The dates of a spell that bear on its currency; an expected end before it was last verified is left out."""

    starts_on: date
    verified_on: date
    expected_end_on: date | None
    review_on: date | None


def currency_of(words: str) -> Currency:
    """The way that a code list's words name: `never`, `review`, `31 August`, `6 months`, `course or 31 August`, …

    Raises ValueError for other words.
    """
    course, way = words.startswith(COURSE_OR), words.removeprefix(COURSE_OR)
    if way == "never":
        return Currency()
    if way == "review":
        return Currency(review=True)
    if way == "31 August":
        return Currency(august=True, course=course)
    if way.endswith(" months"):
        return Currency(months=int(way.removesuffix(" months")), course=course)
    raise ValueError(f"no spell stays current by {words!r}")


def lapse(way: Currency, known: Known) -> date | None:
    """The last day on which a spell is current; None where it never lapses."""
    if way.review:
        return (known.review_on or known.verified_on) + REVIEW_GRACE
    if way.months is not None:
        last = months_after(known.verified_on, way.months)
    elif way.august:
        # Education is current to the August of the year it was verified in, or is to start in if that is later.
        from_on = max(known.verified_on, known.starts_on) if way.course else known.verified_on
        last = ends_on(ends_in(from_on))
    else:
        return None
    return min(known.expected_end_on or last, last) if way.course else last


def months_after(day: date, months: int) -> date:
    """The same day of the month some months on, else that month's last."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
