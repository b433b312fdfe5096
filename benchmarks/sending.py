"""What becomes of a file that is sent to a running system, as seen from outside of it?"""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from benchmarks import county_files
from benchmarks.county_files import Sent
from benchmarks.databases import Server
from benchmarks.office import READERS, NotTakenIn
from benchmarks.queries_of import sql
from benchmarks.systems import System
from benchmarks.watching import Sight, first_beyond, look, reached_at, watch
from shared.plumbing.database import Connection
from shared.plumbing.journal import Head
from waymark.embedded import postgres

WITHIN: Final = 900.0
CAUSE: Final = "EnrolmentStated"


@dataclass(frozen=True, slots=True)
class Passed:
    """Moments by the database's clock; `queue` and `figures` are one number a young person, seconds from acceptance."""

    sent_at: datetime
    accepted_at: datetime
    settled_at: datetime
    queue: Sequence[float]
    figures: Sequence[float]

    @property
    def to_accepted(self) -> float:
        return (self.accepted_at - self.sent_at).total_seconds()

    @property
    def to_settled(self) -> float:
        return (self.settled_at - self.accepted_at).total_seconds()


async def send(server: Server, system: System, sent: Sent) -> Passed:
    """Sends a file to a system that has nothing else to do, and watches until everything has passed through."""
    async with server.looking(postgres.DATABASE) as connection:
        before = await look(connection)

        def passed(now: Sight) -> bool:
            return now.is_settled and now.said("evidence") > before.said("evidence")

        watching = asyncio.create_task(watch(connection, passed, within=WITHIN))
        verdict = await asyncio.to_thread(_post, system, sent)
        if verdict != "accepted":
            raise NotTakenIn(f"{sent.feed}: {verdict}")
        return await _passed(connection, before, await watching)


def _post(system: System, sent: Sent) -> str:
    place = Path(system.data_dir / "sent.csv")
    place.write_bytes(sent.content)
    answer = system.client.post_submission(place, feed=sent.feed, provider=sent.provider, full=sent.full)
    return str(system.client.verdict(answer)["state"])


async def _passed(connection: Connection, before: Sight, sights: Sequence[Sight]) -> Passed:
    heads = {
        head.partition: seq for (reader, head), seq in before.places.items() if not reader and head.lane == "decisions"
    }
    decided = await connection.fetch(sql("decided_since"), list(heads), list(heads.values()), CAUSE)
    accepted_at = first_beyond(sights, before, "evidence")

    def seconds(reader: str) -> list[float]:
        places = [(Head("decisions", row["partition"]), row["seq"]) for row in decided]
        return [(reached_at(sights, reader, *place) - accepted_at).total_seconds() for place in places]

    return Passed(before.at, accepted_at, sights[-1].at, seconds("outreach"), seconds("reporting"))


def warm_up(server: Server, system: System, spare: Sequence[int]) -> None:
    """Sends single rows until every reader hears by the bus; whoever is sent is spare."""
    for one in spare:
        asyncio.run(send(server, system, county_files.enrolments([one])))
        heard = [system.reading(reader, "waymark_parcels_total", outcome="applied") for reader in READERS]
        if all(heard):
            return
        time.sleep(0.5)
    raise TimeoutError("The services do not hear by the bus.")
