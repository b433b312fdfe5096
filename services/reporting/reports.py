"""How are figures counted? From the rolling cells where these say what is asked, else from everyone's spans."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from services.reporting.domain.figures import (
    Cell,
    Tallies,
    added,
    closing_days,
    guarantee_cells,
    participation_cells,
    tallies,
)
from services.reporting.store import sql
from shared.domain.vocabulary import MONTHLY
from shared.plumbing.database import Connection

GUARANTEE: Final = ("guarantee frozen", "guarantee live")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question for figures: by which dimensions, as at which days (several are added up), as known when."""

    campaign: int
    known_at: datetime
    by: tuple[str, ...] = ()
    days: tuple[date, ...] = ()


async def guarantee(connection: Connection, asked: Asked) -> list[Cell]:
    found = [await _tallied(connection, asked, day, GUARANTEE) for day in asked.days]
    return guarantee_cells(added(found), asked.by)


async def closing(connection: Connection, asked: Asked) -> list[Cell]:
    """The Guarantee's closing figure; `asked.days` is not looked at."""
    deadline, last = closing_days(asked.campaign)
    rows = await connection.fetch(sql("tally_closing"), asked.campaign, deadline, asked.known_at, list(asked.by), last)
    return guarantee_cells(tallies(rows, asked.by), asked.by)


async def participation(connection: Connection, asked: Asked, population: str) -> list[Cell]:
    """`population` is frozen, live or monthly; monthly disregards the campaign."""
    found = [await _tallied(connection, asked, day, (population,)) for day in asked.days]
    return participation_cells(added(found), asked.by, population)


async def _tallied(connection: Connection, asked: Asked, day: date, populations: tuple[str, ...]) -> Tallies:
    if _dimension(asked.by) is not None and await connection.fetchval(sql("cells_answer"), day, asked.known_at):
        return await from_cells(connection, asked, populations)
    return await from_spans(connection, asked, day, populations)


async def from_cells(connection: Connection, asked: Asked, populations: tuple[str, ...]) -> Tallies:
    """What counts today; only by year group and one other dimension at most."""
    dimension = _dimension(asked.by) or ""
    rows = await connection.fetch(
        sql("tally_cells"), _campaign(asked.campaign, populations), list(populations), dimension
    )
    return tallies([dict(row) | {dimension: row["value"]} for row in rows], asked.by)


async def from_spans(connection: Connection, asked: Asked, day: date, populations: tuple[str, ...]) -> Tallies:
    """What counts on any day, as known at any moment up to the watermark, by any dimensions."""
    given: list[Any] = [_campaign(asked.campaign, populations), day, asked.known_at, list(asked.by)]
    if populations == GUARANTEE:
        return tallies(await connection.fetch(sql("tally_guarantee"), *given), asked.by)
    return tallies(await connection.fetch(sql("tally_participation"), *given, populations[0]), asked.by)


def _dimension(by: Sequence[str]) -> str | None:
    """The one dimension beside year group, blank where there is none; None where there are several."""
    others = [name for name in by if name != "year_group"]
    return None if len(others) > 1 else "".join(others)


def _campaign(campaign: int, populations: tuple[str, ...]) -> int:
    return MONTHLY if populations == ("monthly",) else campaign
