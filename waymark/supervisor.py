"""How do the processes of an installation start, come back when they die, and stop?"""

import asyncio
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Iterable
from contextlib import suppress
from datetime import date

from waymark.children import Part, end_group, start, stop
from waymark.embedded import postgres
from waymark.leftovers import Running, end_leftovers, record, started_at
from waymark.parts import Installation
from waymark.preparation import open_the_door, prepare_database
from waymark.problems import CannotBeDoneNow

FIRST_PAUSE, LONGEST_PAUSE, CALM_AFTER = 0.1, 3.0, 20.0
READY_WITHIN, STARTS_BEFORE_READY = 90.0, 10

Say = Callable[[str], None]


class Supervisor:
    """Keeps every part running until it is told to stop."""

    def __init__(self, installation: Installation, say: Say) -> None:
        self.installation = installation
        self.data_dir = installation.settings.data_dir
        self.say = say
        self.keepers: dict[str, asyncio.Task[None]] = {}
        self.processes: dict[str, asyncio.subprocess.Process] = {}
        self.running: dict[str, Running] = {}
        self.starts: Counter[str] = Counter()
        self.leaving: set[str] = set()

    async def bring_up(self, starts_on: date | None) -> None:
        """Everything started and able to work; raises a Problem where it is not so in time."""
        for name in end_leftovers(self.data_dir):
            self.say(f"Ended {name}, left running by a system that was killed.")
        await self._bring_database()
        if self.installation.broker:
            await self._begin([self.installation.broker])
        await prepare_database(self.installation.settings, starts_on)
        open_the_door(self.installation.settings, self.installation.url)
        await self._begin(self.installation.post)

    async def take_down(self) -> None:
        """Stops all in order; each group has gone before the next is asked to."""
        for group in self.installation.stops:
            await asyncio.gather(*(self._end(part) for part in group))
        record(self.data_dir, [])

    async def _bring_database(self) -> None:
        part, settings = self.installation.database, self.installation.settings
        if part is None:
            return
        postgres.prepare(self.data_dir / "postgres", settings.keys_dir, part.user)
        await self._begin([part])
        await postgres.make_owner(settings.postgres_port, settings.keys_dir)

    async def _begin(self, parts: Iterable[Part]) -> None:
        parts = list(parts)
        for part in parts:
            self.keepers[part.name] = asyncio.create_task(self._keep(part), name=part.name)
        await asyncio.gather(*(self._until_it_answers(part) for part in parts))

    async def _until_it_answers(self, part: Part) -> None:
        deadline = time.monotonic() + READY_WITHIN
        while not await part.answers():
            if time.monotonic() > deadline or self.starts[part.name] > STARTS_BEFORE_READY:
                log = self.data_dir / "logs" / f"{part.name}.log"
                raise CannotBeDoneNow(f"{part.name} does not come up: {log} says more.")
            await asyncio.sleep(0.05)

    async def _keep(self, part: Part) -> None:
        """Starts it again as often as it ends, at once at first and then less and less eagerly."""
        pause = FIRST_PAUSE
        while part.name not in self.leaving:
            began = time.monotonic()
            code = await self._run_once(part)
            if part.name in self.leaving:
                return
            self.say(f"{part.name} ended ({code}); starting it again.")
            pause = FIRST_PAUSE if time.monotonic() - began > CALM_AFTER else min(pause * 2, LONGEST_PAUSE)
            await asyncio.sleep(pause)

    async def _run_once(self, part: Part) -> int:
        self.starts[part.name] += 1
        process = await start(part, self.data_dir / "logs")
        self.processes[part.name] = process
        self.running[part.name] = Running(
            part.name, process.pid, started_at(process.pid), int(part.dies_on), part.health_port
        )
        record(self.data_dir, list(self.running.values()))
        code = await process.wait()
        end_group(process.pid)
        return code

    async def _end(self, part: Part) -> None:
        self.leaving.add(part.name)
        keeper, process = self.keepers.get(part.name), self.processes.get(part.name)
        if process is not None:
            await stop(process, part)
        if keeper is not None:
            keeper.cancel()
            with suppress(asyncio.CancelledError):
                await keeper


async def supervise(
    installation: Installation,
    *,
    starts_on: date | None,
    stopping: asyncio.Event,
    say: Say,
    once_up: Callable[[], Awaitable[None]],
) -> None:
    """Runs until `stopping` is set, then leaves nothing behind; `once_up` is called when everything works."""
    supervisor = Supervisor(installation, say)

    async def work() -> None:
        await supervisor.bring_up(starts_on)
        await once_up()
        await stopping.wait()

    working, told = asyncio.create_task(work()), asyncio.create_task(stopping.wait())
    try:
        await asyncio.wait({working, told}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        told.cancel()
        if not working.done():
            working.cancel()
        say("Stopping.")
        await asyncio.gather(working, return_exceptions=True)
        await supervisor.take_down()
    if not working.cancelled():
        working.result()
