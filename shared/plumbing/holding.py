"""Which process of a reader has which partitions from the bus, so that no other reads for one that is at work?"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Final

from shared.plumbing import clock
from shared.plumbing.awake import Awake
from shared.plumbing.database import Connection, Pool, queries
from shared.plumbing.faults import is_transient

LOOK_EVERY: Final = 1.0


class Holding:
    """What the bus has assigned to this process, told to the others by locks that die with it."""

    def __init__(self, pool: Pool, service: str, awake: Awake | None = None) -> None:
        self.pool = pool
        self.service = service
        self.awake = awake or Awake()
        self.assigned: frozenset[int] = frozenset()
        self.changed = asyncio.Event()
        self.pid = 0
        self.moves: dict[int, tuple[int, float]] = {}

    def assign(self, partitions: frozenset[int]) -> None:
        self.assigned = partitions
        self.changed.set()

    async def keep(self) -> None:
        """Holds the locks of what is assigned until cancelled, on a connection of their own, again if it is lost."""
        while True:
            try:
                async with self.pool.acquire() as connection:
                    await connection.add_listener("bus", self.awake.hear)
                    try:
                        await self._keep_on(connection)
                    finally:
                        await connection.remove_listener("bus", self.awake.hear)
            except Exception as error:
                if not is_transient(error):
                    raise
            await asyncio.sleep(LOOK_EVERY)

    async def _keep_on(self, connection: Connection) -> None:
        self.pid, held, sql = connection.get_server_pid(), frozenset[int](), queries("shared.plumbing")
        while not connection.is_closed():
            self.changed.clear()
            wanted = self.assigned
            await connection.execute(sql["let_partitions_go"], self.service, sorted(held - wanted))
            await connection.execute(sql["hold_partitions"], self.service, sorted(wanted - held))
            held = wanted
            while not self.changed.is_set() and not connection.is_closed():
                with suppress(TimeoutError):
                    async with asyncio.timeout(LOOK_EVERY):
                        await self.changed.wait()
                self.awake.rest_in_time()

    async def elsewhere(self) -> Mapping[int, float]:
        """Partitions that another living process has, and when any position of that process was last seen to move."""
        rows = await self.pool.fetch(queries("shared.plumbing")["holders"], self.service)
        now, before = clock.monotonic(), self.moves
        self.moves = {row["pid"]: (row["moved"], now) for row in rows if row["pid"] != self.pid}
        for pid, (moved, _) in self.moves.items():
            if pid in before and before[pid][0] == moved:
                self.moves[pid] = before[pid]
        return {p: self.moves[row["pid"]][1] for row in rows if row["pid"] != self.pid for p in row["partitions"]}
