"""Do real processes on a real broker apply everything once, whoever of them is killed?"""

import asyncio
import os
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import Any

import asyncpg
import pytest
from aiokafka import AIOKafkaProducer

from shared.plumbing.broker import topic_of
from shared.plumbing.settings import OWNER, Settings
from tests.chaos.counting import TABLE
from tests.conftest import Broker, free_port
from tests.shared.plumbing.conftest import OpenPool
from tests.shared.plumbing.said import enrolment
from tests.shared.plumbing.test_mailbox import say
from tests.shared.plumbing.test_relay import relaying, until

PATIENCE = 60.0
"""Seconds: a busy machine is slow to start a process, and the bus may be silent for thirty before it is begun anew."""

Worker = Callable[..., "Process"]


class Process:
    """A worker of the counting service."""

    def __init__(self, settings: Settings, number: int, of: int) -> None:
        self.port = free_port()
        told = settings.model_copy(update={"worker": number, "workers": of, "health_port": self.port})
        environment = {**os.environ, **told.environment(), "PYTHONPATH": str(Path.cwd())}
        command = [sys.executable, "-m", "tests.chaos.counting"]
        self.child = subprocess.Popen(command, env=environment, start_new_session=True)

    def end(self, how: signal.Signals) -> int:
        self.child.send_signal(how)
        return self.child.wait(15)

    def count(self, outcome: str) -> float:
        """How many parcels of the bus had this outcome."""
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{self.port}/metrics", timeout=2) as answer:
            lines = answer.read().decode().splitlines()
            found = [line for line in lines if line.startswith("waymark_parcels_total") and f'"{outcome}"' in line]
            return sum(float(line.rpartition(" ")[2]) for line in found)
        return 0


@pytest.fixture
async def table(settings: Settings) -> None:
    owner = await asyncpg.connect(**settings.connection(OWNER))
    await owner.execute(f"SET ROLE {settings.role('status')}")
    await owner.execute(TABLE)
    await owner.close()


@pytest.fixture
def worker(bus_settings: Settings, table: None) -> Iterator[Worker]:
    with ExitStack() as running:

        def start(number: int = 0, of: int = 1) -> Process:
            process = Process(bus_settings, number, of)
            running.callback(process.child.wait, 15)
            running.callback(process.child.kill)
            return process

        yield start


async def written_down(pool_of: OpenPool) -> int:
    return int(await (await pool_of("status")).fetchval("SELECT count(*) FROM status.written_down"))


async def all_written_down(pool_of: OpenPool) -> Any:
    async def holds() -> bool:
        said = await (await pool_of("status")).fetchval("SELECT count(*) FROM bus.journal WHERE lane = 'evidence'")
        return bool(await written_down(pool_of) == said)

    await until(holds, within=PATIENCE)


async def comes_over_the_bus(process: Process, pool_of: OpenPool) -> None:
    """Says something more until the process has taken a parcel from the bus and not from the journal."""
    ingest = await pool_of("ingest")

    async def holds() -> bool:
        assert process.child.poll() is None
        await say(ingest, *(enrolment(str(person)) for person in range(30)))
        return process.count("applied") > 0

    await until(holds, within=PATIENCE)


async def test_parcels_come_over_the_bus_and_garbage_stops_nobody(
    bus_settings: Settings, pool_of: OpenPool, worker: Worker
) -> None:
    process = worker()
    async with relaying(bus_settings):
        await comes_over_the_bus(process, pool_of)
        producer = AIOKafkaProducer(bootstrap_servers=bus_settings.bootstrap)
        await producer.start()
        for partition in range(12):
            await producer.send_and_wait(topic_of(bus_settings, "evidence"), b"garbage", partition=partition)
        await producer.stop()
        await say(await pool_of("ingest"), *(enrolment(str(person)) for person in range(100)))
        status = await pool_of("status")
        await until(lambda: status.fetchval("SELECT count(*) = 12 FROM bus.dead_letter"))
        await all_written_down(pool_of)
    assert process.end(signal.SIGTERM) == 0


async def test_whoever_is_killed_everything_is_applied_once(
    bus_settings: Settings, pool_of: OpenPool, worker: Worker
) -> None:
    ingest = await pool_of("ingest")
    first, second = worker(0, 2), worker(1, 2)
    async with relaying(bus_settings):
        await comes_over_the_bus(first, pool_of)
        for round_of in range(4):
            await say(ingest, *(enrolment(str(person), number=round_of) for person in range(3000)))
            first.end((signal.SIGKILL, signal.SIGTERM)[round_of % 2])
            first, second = second, worker(round_of % 2, 2)
        await all_written_down(pool_of)
    assert await (await pool_of("status")).fetchval("SELECT count(*) FROM bus.parked") == 0


async def test_after_the_broker_was_lost_parcels_come_over_the_bus_again_if_need_be_to_a_new_process(
    bus_settings: Settings, pool_of: OpenPool, worker: Worker, frail: Broker
) -> None:
    process = worker()
    async with relaying(bus_settings):
        await comes_over_the_bus(process, pool_of)
        frail.kill()
        await say(await pool_of("ingest"), *(enrolment(str(person)) for person in range(2000)))
        await all_written_down(pool_of)
        await asyncio.to_thread(frail.start)
        before = process.count("applied")

        async def again() -> bool:
            nonlocal process, before
            if process.child.poll() == 3:
                process, before = worker(), 0
            await say(await pool_of("ingest"), *(enrolment(str(person)) for person in range(30)))
            return process.count("applied") > before

        await until(again, within=PATIENCE)
        await all_written_down(pool_of)
