"""Is everything that the services keep what a recount of the evidence gives? `python -m waymark.jobs.verify`."""

import asyncio
import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from services.outreach.tables import contact_rows
from services.reporting import cells, lists
from services.reporting.domain.facets import Facets
from services.reporting.recall import facets_of
from services.status import tables
from shared.domain.topics import PARTITIONS
from shared.plumbing.database import Connection
from shared.plumbing.logs import start_logging
from shared.plumbing.settings import Settings
from shared.plumbing.watermark import parked_people, watermark
from waymark.jobs.recount import Recounted, evidence, recount
from waymark.jobs.snapshot import one_snapshot
from waymark.jobs.stored import entries_of, reason_texts, spans_of, standings_of, worded

SERVICES = ("status", "reporting", "outreach")
HOLDS, DOES_NOT_HOLD = 0, 1
MOST_SHOWN = 1000
Queue = dict[str, tuple[int, str]]
"""By person: the campaign and the row under which they are to be contacted."""


@dataclass(slots=True)
class Findings:
    """What was looked at, and what was not as it should be."""

    checked: dict[str, int] = field(default_factory=lambda: dict.fromkeys(("people", "queue", "cells", "ledger"), 0))
    differences: list[dict[str, Any]] = field(default_factory=list)

    def differ(self, what: str, people: list[str], stored: object, counted: object) -> None:
        self.differences.append({"what": what, "young_person_ids": people, "stored": stored, "recount": counted})


@dataclass(frozen=True, slots=True)
class Look:
    """One moment of the database, and up to when everything in it has passed."""

    at: Mapping[str, Connection]
    up_to: datetime
    today: date
    busy: frozenset[int]
    """Partitions in which something has yet to pass: their queue and cells are of no one moment."""


async def verify(settings: Settings) -> dict[str, Any]:
    """The recount in contract.md's shape; people who are parked are a difference of their own."""
    findings = Findings()
    async with one_snapshot(settings, SERVICES) as at:
        look = await _look(at)
        for person in await parked_people(at["status"]):
            findings.differ("not up to date", [person], "parked", None)
        rules, authorities = tables.load(), frozenset(settings.authorities)
        for partition in range(PARTITIONS) if look else ():
            assert look is not None
            people = list(recount(await evidence(at["status"], partition, look.up_to), rules, authorities))
            await _people(look, partition, people, findings)
            if partition not in look.busy:
                await _queue(look, partition, people, findings)
        if look is not None:
            await _cells(look, findings)
            await _ledgers(look, findings)
    return {
        "watermark": look.up_to.isoformat() if look else None,
        "checked": findings.checked,
        "differences": findings.differences[:MOST_SHOWN],
        "differences_in_all": len(findings.differences),
    }


async def _look(at: Mapping[str, Connection]) -> Look | None:
    """None before anything was recorded."""
    up_to = await watermark(at["status"])
    if up_to is None:
        return None
    busy = await at["status"].fetch("SELECT DISTINCT partition FROM bus.pending ORDER BY partition")
    today = await at["status"].fetchval("SELECT bus.today()")
    return Look(at, up_to, today, frozenset(row["partition"] for row in busy))


async def _people(look: Look, partition: int, people: list[Recounted], findings: Findings) -> None:
    """Every span of every day and every cohort, as known at the watermark."""
    held = await facets_of(look.at["reporting"], partition, look.up_to)
    _standings(held, people, findings)
    stored = spans_of(held, await reason_texts(look.at["reporting"]))
    findings.checked["people"] += len(people)
    for one in people:
        counted, kept = [worded(span, one.reasons) for span in one.flats], stored.pop(one.young_person_id, [])
        if counted != kept:
            only_kept = [str(span) for span in kept if span not in counted]
            only_counted = [str(span) for span in counted if span not in kept]
            findings.differ("spans", [one.young_person_id], only_kept, only_counted)
    for person, kept in stored.items():
        if kept:
            findings.differ("spans", [person], [str(span) for span in kept], [])


def _standings(held: Mapping[str, Facets], people: list[Recounted], findings: Findings) -> None:
    """In which cohorts everyone is: what the ledger is made of."""
    stored = standings_of(held)
    for one in people:
        if (kept := stored.get(one.young_person_id, [])) != one.standings:
            shown = [[str(span) for span in side] for side in (kept, one.standings)]
            findings.differ("ledger", [one.young_person_id], *shown)


async def _queue(look: Look, partition: int, people: list[Recounted], findings: Findings) -> None:
    """Who is to be contacted today, and under which need."""
    counted = {one.young_person_id: entry for one in people if (entry := _entry(one, look.today)) is not None}
    stored = await entries_of(look.at["outreach"], partition)
    findings.checked["queue"] += len(counted)
    for person in sorted(counted.keys() | stored.keys()):
        if counted.get(person) != stored.get(person):
            findings.differ("queue", [person], stored.get(person), counted.get(person))


def _entry(person: Recounted, today: date) -> tuple[int, str] | None:
    """The need of the oldest campaign that has one today."""
    return min(_needs(person, today), default=None)


def _needs(person: Recounted, today: date) -> Iterator[tuple[int, str]]:
    for campaign, spans in person.needs.items():
        for span in spans:
            if span.row in contact_rows() and (span.from_on or date.min) <= today < (span.to_on or date.max):
                yield campaign, span.row


async def _cells(look: Look, findings: Findings) -> None:
    """The spans are compared with the evidence above; the cells are recounted from them."""
    connection = look.at["reporting"]
    findings.checked["cells"] = await connection.fetchval("SELECT count(*) FROM cell WHERE n <> 0")
    for cell in await cells.differing(connection):
        if cell["partition"] not in look.busy:
            stored, counted = cell.pop("stored"), cell.pop("recount")
            findings.differ(f"cell {json.dumps(cell)}", [], stored, counted)


async def _ledgers(look: Look, findings: Findings) -> None:
    """Frozen and ledger are live, in every campaign."""
    connection = look.at["reporting"]
    campaigns = await connection.fetch(
        "SELECT DISTINCT campaign FROM known JOIN membership ON timeline = membership WHERE frozen ORDER BY campaign"
    )
    for campaign in (row["campaign"] for row in campaigns):
        ledger = await lists.ledger(connection, campaign, look.today)
        findings.checked["ledger"] += len(ledger["entries"])
        counted = ledger["frozen"] + sum(entry["change"] for entry in ledger["entries"])
        if counted != ledger["live"]:
            findings.differ(f"ledger {campaign}", [], ledger["live"], counted)


def main() -> None:
    settings = Settings.from_environment()
    start_logging("verify", settings.log_level)
    found = asyncio.run(verify(settings))
    print(json.dumps(found, default=str))
    sys.exit(DOES_NOT_HOLD if found["differences"] else HOLDS)


if __name__ == "__main__":
    main()
