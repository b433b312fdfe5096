"""How does what a service says get its place and its moment, and how is it read again?"""

from collections import Counter
from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import count
from typing import NamedTuple

from shared.domain.topics import PARTITIONS, lane_of, partition_of
from shared.domain.written import Sayable, Written, written
from shared.plumbing.database import Connection, queries
from shared.plumbing.entry import Entry, stamped

COLUMNS = ("lane", "partition", "seq", "event_id", "type", "young_person_id", "recorded_at", "caused_at", "accepted_at",
           "payload")  # fmt: skip


class Head(NamedTuple):
    """One stream: a lane's partition. Its numbers begin at 1 and have no holes."""

    lane: str
    partition: int


Origin = Callable[[Written], datetime | None]


def source(_: Written) -> datetime | None:
    """What is said by itself is accepted when it is committed."""
    return None


async def append(
    connection: Connection,
    writer: str,
    events: Sequence[Sayable],
    *,
    partition: int | None = None,
    caused_at: datetime | None = None,
    origin: Origin = source,
) -> datetime | None:
    """Says these events, in their order, as the last thing of a transaction and once in it; returns their moment.

    An event about nobody goes into every partition of its lane or, where one that was heard is passed on, into
    `partition` alone. `caused_at` is the moment of what led to them, `origin` tells of each when the act was
    accepted that did, by the real clock. None where there is nothing to say.
    """
    placed = [(head, event) for event in map(written, events) for head in _heads(writer, event, partition)]
    if not placed:
        return None
    counts = Counter(head for head, _ in placed)
    given = await connection.fetch(
        queries("shared.plumbing")["stamp"],
        [head.lane for head in counts],
        [head.partition for head in counts],
        list(counts.values()),
    )
    numbers = {Head(row["lane"], row["partition"]): count(row["first_seq"]) for row in given}
    moment: datetime = given[0]["recorded_at"]
    records: dict[str, list[tuple[object, ...]]] = {head.lane: [] for head in counts}
    for head, event in placed:
        known_by = (event.event_id, event.model.__name__, event.young_person_id)
        records[head.lane].append((*head, next(numbers[head]), *known_by, moment, caused_at, origin(event), event.text))
    for lane, rows in records.items():
        await connection.copy_records_to_table(_table(lane), schema_name="bus", columns=COLUMNS, records=rows)
    return moment


async def read(connection: Connection, head: Head, *, after: int, limit: int) -> list[Entry]:
    """Up to `limit` events of a head beyond the number `after`, in order."""
    name = "read_detail_journal" if head.lane == "details" else "read_journal"
    rows = await connection.fetch(queries("shared.plumbing")[name], *head, after, limit)
    return [
        Entry(seq, kind, person, accepted_at, stamped(payload, recorded_at=recorded_at))
        for seq, kind, person, recorded_at, accepted_at, payload in rows
    ]


def _heads(writer: str, event: Written, partition: int | None) -> list[Head]:
    lane = lane_of(event.model, writer)
    if event.young_person_id is not None:
        return [Head(lane, partition_of(event.young_person_id))]
    return [Head(lane, p) for p in (range(PARTITIONS) if partition is None else (partition,))]


def _table(lane: str) -> str:
    return "detail_journal" if lane == "details" else f"journal_{lane}"
