"""Who comes before whom in the queue, and why? A sum of points that anybody can see and add up."""

import csv
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final

from shared.domain.academic_year import guarantee_deadline, survey_closes_on, survey_day


@dataclass(frozen=True, slots=True)
class Situation:
    """All that points may look at: what somebody needs and has been through, never what they are by birth or belief."""

    campaign: int
    row_code: str
    characteristics: tuple[str, ...] = ()
    provision: str = "unknown"
    roni_band: str | None = None
    attempts: int = 0
    last_attempt_on: date | None = None
    next_contact_on: date | None = None
    reachable: bool = False


@dataclass(frozen=True, slots=True)
class Rule:
    """One row of the table: these points where the fact has the value, or lies between the bounds."""

    fact: str
    value: str
    at_least: int | None
    at_most: int | None
    points: int
    name: str

    def fits(self, seen: str | int) -> bool:
        if isinstance(seen, str):
            return seen == self.value
        return (self.at_least is None or seen >= self.at_least) and (self.at_most is None or seen <= self.at_most)


@dataclass(frozen=True, slots=True)
class Points:
    name: str
    points: int


class PointsRefused(ValueError):
    """A table of points that cannot be read, or not added up fact by fact; it says the row as the file numbers it."""


DEADLINE: Final = "days_to_deadline"

Fact = Callable[[Situation, date], Iterator[str | int]]


def points(rules: tuple[Rule, ...], situation: Situation, today: date) -> list[Points]:
    """The points of somebody on a day, those of one name once; they add up to the priority."""
    seen = {fact: tuple(values(situation, today)) for fact, values in FACTS.items()}
    given = {rule.name: rule.points for rule in rules if any(map(rule.fits, seen[rule.fact]))}
    return [Points(name, number) for name, number in given.items()]


def standing(rules: tuple[Rule, ...], situation: Situation, today: date) -> int:
    """The sum of their points but for what the calendar gives to all of a campaign alike."""
    of_theirs = tuple(rule for rule in rules if rule.fact != DEADLINE)
    return sum(one.points for one in points(of_theirs, situation, today))


def of_campaign(rules: tuple[Rule, ...], campaign: int, today: date) -> int:
    """The sum of what the calendar gives to all of a campaign alike."""
    of_calendar = tuple(rule for rule in rules if rule.fact == DEADLINE)
    return sum(one.points for one in points(of_calendar, Situation(campaign, row_code=""), today))


def changes_on(rules: tuple[Rule, ...], situation: Situation, today: date) -> date | None:
    """The next day on which their own points may change although nothing happens; None where there is none."""
    days = [situation.next_contact_on] if situation.next_contact_on else []
    if tried := situation.last_attempt_on:
        since = [rule for rule in rules if rule.fact == "days_since_attempt"]
        days += [tried + timedelta(days=rule.at_least) for rule in since if rule.at_least is not None]
        days += [tried + timedelta(days=rule.at_most + 1) for rule in since if rule.at_most is not None]
    return min((day for day in days if day > today), default=None)


def rules(table: str) -> tuple[Rule, ...]:
    """The rows of a table `fact,value,at_least,at_most,points,name`. Raises PointsRefused."""
    found = tuple(_rule(number, row) for number, row in enumerate(csv.DictReader(table.splitlines()), 2))
    fact_of: dict[str, str] = {}
    for number, rule in enumerate(found, 2):
        if fact_of.setdefault(rule.name, rule.fact) != rule.fact:
            raise PointsRefused(f"row {number}: {rule.name!r} is the name of points for another fact")
    return found


def _rule(number: int, row: Mapping[str, str]) -> Rule:
    if row["fact"] not in FACTS:
        raise PointsRefused(f"row {number}: points cannot look at {row['fact']!r}, only at {', '.join(sorted(FACTS))}")
    try:
        bounds = [int(row[name]) if row[name] else None for name in ("at_least", "at_most")]
        return Rule(row["fact"], row["value"], bounds[0], bounds[1], int(row["points"]), row["name"])
    except ValueError:
        raise PointsRefused(f"row {number}: bounds and points are whole numbers") from None


def next_deadline(campaign: int, today: date) -> date | None:
    """The next day by which a campaign's figures are taken; None after the last."""
    days = (guarantee_deadline(campaign), survey_day(campaign), survey_closes_on(campaign))
    return next((day for day in days if day >= today), None)


def _days_to_deadline(situation: Situation, today: date) -> Iterator[int]:
    deadline = next_deadline(situation.campaign, today)
    if deadline is not None:
        yield (deadline - today).days


def _days_since_attempt(situation: Situation, today: date) -> Iterator[int]:
    if situation.last_attempt_on is not None:
        yield (today - situation.last_attempt_on).days


def _callback_due(situation: Situation, today: date) -> Iterator[str]:
    if situation.next_contact_on is not None:
        yield "yes" if situation.next_contact_on <= today else "no"


FACTS: Final[Mapping[str, Fact]] = {
    "need": lambda situation, _: iter((situation.row_code,)),
    DEADLINE: _days_to_deadline,
    "characteristic": lambda situation, _: iter(situation.characteristics),
    "provision": lambda situation, _: iter((situation.provision,)),
    "roni_band": lambda situation, _: iter(((situation.roni_band or "").strip().lower(),)),
    "days_since_attempt": _days_since_attempt,
    "attempts": lambda situation, _: iter((situation.attempts,)),
    "callback_due": _callback_due,
    "reachable": lambda situation, _: iter(("yes" if situation.reachable else "no",)),
}
