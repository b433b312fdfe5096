"""On which days of the county's year does what happen?"""

from datetime import date, timedelta
from random import Random

CAMPAIGN = 2026


def day(month: int, number: int) -> date:
    """A day between 1 May of the campaign and the 30 April after it."""
    return date(CAMPAIGN if month >= 5 else CAMPAIGN + 1, month, number)


OPENS = day(5, 1)
SNAPSHOT = day(5, 31)
FREEZE = day(6, 4)
AUTUMN = day(9, 1)
SURVEY = day(11, 1)
CLOSES = day(1, 31)


def some_day(random: Random, first: date, last: date) -> date:
    """Any day from the first to the last, both included."""
    return first + timedelta(days=random.randrange((last - first).days + 1))


def working_day(random: Random, first: date, last: date) -> date:
    """A weekday from the first to the last; the first Monday after, where the days end in a weekend."""
    found = some_day(random, first, last)
    return found + timedelta(days=max(0, 7 - found.weekday()) if found.weekday() > 4 else 0)
