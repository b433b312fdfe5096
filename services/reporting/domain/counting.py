"""What does somebody count as on a day, and which cells move when that changes?"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from services.reporting.domain.figures import DIMENSIONS
from services.reporting.domain.spans import NOWHERE
from shared.domain.vocabulary import MONTHLY

BY_ONE: Final = ("", *DIMENSIONS[1:])
"""No dimension beside the year group, or one."""

Values = tuple[Any, ...]
Counted = tuple[int, str, int, str, Values, str]
"""Campaign, population, year group, establishment, the other dimensions, and the outcome or group."""
CellKey = tuple[int, str, str, int, str, str]
"""Campaign, population, dimension, year group, its value, and the outcome or group."""


def counted_as(
    campaign: int, member: Values | None, outcome: Values | None, does: Values | None, where: Values | None
) -> list[Counted]:
    """Once in each population that somebody is in and something is decided of."""
    if member is None:
        return []
    return [
        (campaign, population, member[0], establishment, where or NOWHERE, counted[0])
        for population, establishment, counted in _populations(campaign, member, outcome, does)
        if counted is not None
    ]


def _populations(
    campaign: int, member: Values, outcome: Values | None, does: Values | None
) -> Iterator[tuple[str, str, Values | None]]:
    _, here, frozen, at_freeze, live, _ = member
    if campaign == MONTHLY:
        if live:
            yield "monthly", here, does
        return
    if frozen:
        yield "guarantee frozen", at_freeze or here, outcome
        yield "frozen", here, does
    if live:
        yield "guarantee live", at_freeze or here, outcome
        yield "live", here, does


def cells_moved(changes: Iterable[tuple[list[Counted], list[Counted], int]]) -> Mapping[CellKey, int]:
    """By how much each cell differs when so many people who counted as the first now count as the second."""
    people: dict[Counted, int] = defaultdict(int)
    for before, after, n in changes:
        for counted in before:
            people[counted] -= n
        for counted in after:
            people[counted] += n
    cells: dict[CellKey, int] = defaultdict(int)
    for (campaign, population, year_group, establishment, where, what), n in people.items():
        if n:
            for dimension, value in zip(BY_ONE, ("", establishment, *where), strict=True):
                cells[campaign, population, dimension, year_group, value, what] += n
    return {key: n for key, n in cells.items() if n}
