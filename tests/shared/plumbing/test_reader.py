"""Does a service hear what is meant for it, from the bus or without it, and nothing else?"""

import asyncio
from collections.abc import Sequence

import pytest

from shared.domain import events
from shared.domain.events import Event
from shared.domain.topics import partition_of
from shared.plumbing import parking
from shared.plumbing.bus import Message
from shared.plumbing.database import Connection
from shared.plumbing.faults import TooManyDeadLetters
from shared.plumbing.journal import Head
from shared.plumbing.mailbox import Mailbox
from shared.plumbing.parcel import Row, pack
from shared.plumbing.reader import Reader
from shared.plumbing.settings import Settings
from shared.plumbing.turns import Handler
from shared.plumbing.worker import serve
from tests.conftest import free_port
from tests.shared.plumbing.conftest import OpenPool
from tests.shared.plumbing.said import Heard, enrolment
from tests.shared.plumbing.test_mailbox import HEAD, P, position, say
from tests.shared.plumbing.test_relay import until

TOPIC = "waymark.evidence"
LINEAGE = "ours"
OTHER = next(str(n) for n in range(100) if partition_of(str(n)) != P)


async def rows(pool_of: OpenPool) -> list[Row]:
    """Everything that was said of the partition of 7."""
    sql = (
        "SELECT seq, recorded_at, written_at, payload FROM bus.journal WHERE lane = $1 AND partition = $2 ORDER BY seq"
    )
    return [tuple(row) for row in await (await pool_of("ingest")).fetch(sql, *HEAD)]


async def parcel(pool_of: OpenPool, *, lineage: str = LINEAGE) -> bytes:
    return pack(lineage, HEAD, await rows(pool_of))[0]


async def reader_of(settings: Settings, pool_of: OpenPool, heard: Handler, **limits: int) -> Reader:
    mailbox = Mailbox("status", {events.EnrolmentStated: heard}, await pool_of("status"), parking.Limits(**limits))
    reader = Reader(settings, mailbox)
    reader.lineage = LINEAGE
    return reader


async def test_what_is_repeated_is_left_alone(settings: Settings, pool_of: OpenPool) -> None:
    heard = Heard()
    reader = await reader_of(settings, pool_of, heard)
    await say(await pool_of("ingest"), enrolment("7"))
    for _ in range(3):
        await reader.take([Message(TOPIC, P, await parcel(pool_of))])
    assert len(heard.ids) == 1


async def test_parcels_that_wait_together_are_applied_together_in_order(settings: Settings, pool_of: OpenPool) -> None:
    heard = Heard()
    reader = await reader_of(settings, pool_of, heard)
    for _ in range(5):
        await say(await pool_of("ingest"), enrolment("7"))
    said = await rows(pool_of)
    await reader.take([Message(TOPIC, P, pack(LINEAGE, HEAD, said[at : at + 2])[0]) for at in (0, 1, 0, 3)])
    assert [len(call) for call in heard.calls] == [5]
    assert (len(set(heard.ids)), await position(reader.mailbox.pool)) == (5, 5)


async def test_heads_do_not_wait_for_one_another_and_what_fails_in_one_ends_the_others(
    settings: Settings, pool_of: OpenPool
) -> None:
    await say(await pool_of("ingest"), enrolment("7"), enrolment(OTHER))
    begun, may_go_on = asyncio.Barrier(3), asyncio.Event()

    async def both_at_once(_: Connection, heard: Sequence[Event]) -> Sequence[Event]:
        await begun.wait()
        await may_go_on.wait()
        raise TooManyDeadLetters

    reader = await reader_of(settings, pool_of, both_at_once)
    sql = "SELECT seq, recorded_at, written_at, payload FROM bus.journal WHERE partition = $1"
    parcels = [
        Message(TOPIC, p, pack(LINEAGE, Head("evidence", p), await reader.mailbox.pool.fetch(sql, p))[0])
        for p in (P, partition_of(OTHER))
    ]
    taking = asyncio.create_task(reader.take(parcels))
    await begun.wait()
    may_go_on.set()
    with pytest.raises(TooManyDeadLetters):
        await taking
    assert not reader.applying and not [head for head in reader.mailbox.at_work if reader.mailbox.is_at_work(head)]


async def test_a_parcel_of_another_journal_is_left_alone(settings: Settings, pool_of: OpenPool) -> None:
    heard = Heard()
    reader = await reader_of(settings, pool_of, heard)
    await say(await pool_of("ingest"), enrolment("7"))
    await reader.take([Message(TOPIC, P, await parcel(pool_of, lineage="another"))])
    assert (heard.ids, await position(reader.mailbox.pool)) == ([], 0)


async def test_a_parcel_that_the_journal_has_not_given_is_left_alone(settings: Settings, pool_of: OpenPool) -> None:
    heard = Heard()
    reader = await reader_of(settings, pool_of, heard)
    await say(await pool_of("ingest"), enrolment("7"))
    future = (await parcel(pool_of)).replace(b'"first_seq":1,"last_seq":1', b'"first_seq":2,"last_seq":2')
    await reader.take([Message(TOPIC, P, future)])
    assert (heard.ids, await position(reader.mailbox.pool)) == ([], 0)


async def test_a_parcel_in_the_wrong_partition_is_left_alone(settings: Settings, pool_of: OpenPool) -> None:
    heard = Heard()
    reader = await reader_of(settings, pool_of, heard)
    await say(await pool_of("ingest"), enrolment("7"))
    await reader.take([Message(TOPIC, (P + 1) % 12, await parcel(pool_of))])
    assert heard.ids == []


async def test_what_is_no_parcel_is_kept_and_counted_and_what_follows_is_heard(
    settings: Settings, pool_of: OpenPool
) -> None:
    heard = Heard()
    reader = await reader_of(settings, pool_of, heard)
    for _ in range(2):
        await reader.take([Message(TOPIC, P, b"\x00 hello")])
    await say(await pool_of("ingest"), enrolment("7"))
    await reader.take([Message(TOPIC, P, await parcel(pool_of))])
    kept = await reader.mailbox.pool.fetch("SELECT reader, topic, partition, code, message, count FROM bus.dead_letter")
    assert [tuple(row) for row in kept] == [("status", TOPIC, P, "unreadable", b"\x00 hello", 2)]
    assert len(heard.ids) == 1


async def test_too_much_that_is_no_parcel_stops_the_reader(settings: Settings, pool_of: OpenPool) -> None:
    reader = await reader_of(settings, pool_of, Heard(), dead_letters=2)
    await reader.take([Message(TOPIC, P, b"one")])
    await reader.take([Message(TOPIC, P, b"two")])
    with pytest.raises(TooManyDeadLetters):
        await reader.take([Message(TOPIC, P, b"three")])


async def test_without_any_bus_a_service_lives_off_the_journal(settings: Settings, pool_of: OpenPool) -> None:
    heard, stopping = Heard(), asyncio.Event()
    silent = settings.model_copy(update={"kafka_bootstrap": f"127.0.0.1:{free_port()}"})
    serving = asyncio.create_task(serve("status", {events.EnrolmentStated: heard}, (), silent, stopping))
    await say(await pool_of("ingest"), *(enrolment(str(person)) for person in range(700)))

    async def all_heard() -> bool:
        assert not serving.done()
        return len(heard.ids) == 700

    await until(all_heard)
    stopping.set()
    await serving
    assert len(set(heard.ids)) == 700
