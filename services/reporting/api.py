"""Which questions for figures does the API answer, and who may ask them?"""

from datetime import date
from typing import Annotated, Any, Final, Literal

from fastapi import Depends, Query, Request

from services.reporting import reports
from services.reporting.domain.figures import DIMENSIONS, Cell, closing_days
from services.reporting.reports import Asked
from shared.plumbing.database import Connection, Pool, snapshot
from shared.plumbing.watermark import parked_people
from shared.web.access import Account, allow
from shared.web.fields import CampaignYear, end_of
from shared.web.moments import Moment, moment
from shared.web.problems import Refused
from shared.web.routing import router

routes = router("reports")

MOST_MONTHS: Final = 12
FIGURES: Final = ("coordinator", "manager")

By = Annotated[
    str | None, Query(description=f"Dimensions, separated by commas: {', '.join(DIMENSIONS)}.", max_length=200)
]
Months = Annotated[
    str | None, Query(description="Month-ends, separated by commas, to be averaged over.", max_length=200)
]
Now = Annotated[Moment, Depends(moment)]
Campaign = Annotated[CampaignYear, Query()]
Document = dict[str, Any]


@routes.get("/reports/guarantee")
async def guarantee(
    request: Request,
    account: Annotated[Account, allow(*FIGURES)],
    campaign: Campaign,
    now: Now,
    by: By = None,
    months: Months = None,
    closing: bool = False,
) -> Document:
    """The September Guarantee: outcomes of the frozen cohort where the freeze found them, and the live percentage."""
    asked = _asked(campaign, now, by, months)
    if closing:
        return await _closing(request, asked, now)
    async with snapshot(_pool(request), "reporting") as connection:
        return await _answer(connection, asked, now, await reports.guarantee(connection, asked))


async def _closing(request: Request, asked: Asked, now: Moment) -> Document:
    deadline, last = closing_days(asked.campaign)
    known_at = min(now.known_at, end_of(last))
    then = Asked(asked.campaign, known_at, asked.by, (deadline,))
    said = Moment(deadline, known_at, is_latest=now.is_latest and known_at == now.known_at, seconds_old=now.seconds_old)
    async with snapshot(_pool(request), "reporting") as connection:
        return await _answer(connection, then, said, await reports.closing(connection, then))


@routes.get("/reports/participation")
async def participation(
    request: Request,
    account: Annotated[Account, allow(*FIGURES)],
    campaign: Campaign,
    now: Now,
    by: By = None,
    months: Months = None,
    population: Literal["frozen", "live", "monthly"] = "frozen",
) -> Document:
    """What the frozen, the live or the monthly cohort does, everyone where they are on the day."""
    asked = _asked(campaign, now, by, months)
    async with snapshot(_pool(request), "reporting") as connection:
        return await _answer(connection, asked, now, await reports.participation(connection, asked, population))


async def _answer(connection: Connection, asked: Asked, now: Moment, cells: list[Cell]) -> Document:
    parked = await parked_people(connection)
    as_at = {"as_at": asked.days[-1].isoformat()}
    return {"campaign": asked.campaign} | now.said() | as_at | {"not_up_to_date": len(parked), "cells": cells}


def _pool(request: Request) -> Pool:
    pool: Pool = request.app.state.pools["reporting"]
    return pool


def _asked(campaign: int, now: Moment, by: str | None, months: str | None) -> Asked:
    return Asked(campaign, now.known_at, _dimensions(by), _days(months) or (now.as_at,))


def _dimensions(by: str | None) -> tuple[str, ...]:
    names = tuple(name.strip() for name in by.split(",")) if by else ()
    if len(set(names)) != len(names) or not set(names) <= set(DIMENSIONS):
        raise Refused(422, None, f"by: give each of these at most once, with commas between: {', '.join(DIMENSIONS)}.")
    return names


def _days(months: str | None) -> tuple[date, ...]:
    try:
        days = tuple(date.fromisoformat(day.strip()) for day in months.split(",")) if months else ()
    except ValueError:
        days = (date.max,) * (MOST_MONTHS + 1)
    if len(days) > MOST_MONTHS:
        raise Refused(422, None, f"months: give up to {MOST_MONTHS} dates such as 2026-12-31, with commas between.")
    return days
