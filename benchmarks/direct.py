"""The same SQL without a bus: what if one process did it all, a transaction a batch, with no journal and no broker?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import uuid4

from benchmarks.county_files import Sent
from benchmarks.measuring import effort
from benchmarks.office import Office
from services.ingest import acts, people_files
from services.ingest.arrival import Arrival
from services.ingest.domain.contents import Parsed, campaign_of
from services.ingest.domain.evidence import Sending
from services.ingest.returns import returned
from shared.domain.events import Event, PersonDetailsStated
from shared.domain.topics import PARTITIONS, partition_of, said_as
from shared.domain.written import Sayable, written
from shared.plumbing.database import Connection, transaction
from shared.plumbing.entry import Entry, stamped
from shared.plumbing.journal import Head
from shared.plumbing.settings import OWNER
from shared.plumbing.turns import Hears, Turn

BATCH: Final = 500
ROOM: Final = 1_000_000_000
"""A control event is applied at once, however many it moves: nothing else has to wait."""


@dataclass(frozen=True, slots=True)
class Handed:
    """What there is to say of a file, and the moment of its acceptance."""

    said: Sequence[Sayable]
    moment: datetime


async def accept(office: Office, sent: Sent, read_of_it: Parsed) -> Handed:
    """Matched and kept as ingest does it; what there is to say is handed over instead of said."""
    pool, desk = office.pools["ingest"], office.desk
    async with acts.in_turn(pool) as connection:
        today = await connection.fetchval("SELECT bus.today()")
        number = await acts.begin(connection, "submission")
        providers = await desk.known_providers(connection)
        known = providers.known(sent.provider)
        assert known is not None
        sending = Sending(uuid4(), number, today, campaign_of(sent.feed, today), known.laestab, known.kind)
        _, events = await people_files.accept(connection, desk, Arrival(sending, sent.feed, read_of_it, providers))
        events += returned(sending, sent.feed, None, today)
        await acts.finish(connection, number, None)
        moment = await connection.fetchval(
            "SELECT greatest(bus.now(), max(last_at)) + interval '1 second' FROM bus.head"
        )
    return Handed(events, moment)


async def apply(office: Office, handed: Handed) -> float:
    """Evidence, then its decision, then queue and figures, all in one transaction a batch.

    Answers how many of its seconds it took to put events into the shape that a reader hears, which whoever has no bus
    would not need.
    """
    with effort() as spent:
        events = [_heard(one, handed.moment) for one in handed.said]
    reshaping = spent.seconds
    for partition, batch in _batches(events):
        async with transaction(office.pools[OWNER], "status") as connection:
            await connection.execute("SELECT set_config('bus.partition', $1, true)", str(partition))
            decided = await _hear(connection, office, "status", Head("evidence", partition), batch)
            details = [event for event in batch if isinstance(event, PersonDetailsStated)]
            for service in ("outreach", "reporting"):
                with effort() as spent:
                    shaped = _as_heard(office.heard[service], [*details, *decided], handed.moment)
                reshaping += spent.seconds
                await connection.execute("SELECT bus.work_as($1)", service)
                await _hear(connection, office, service, Head("decisions", partition), shaped)
    return reshaping


def _as_heard(hears: Hears, events: Sequence[Sayable], moment: datetime) -> list[Event]:
    models = {said_as(model): model for model in hears}
    said = map(written, events)
    return [_heard(one, moment, models[name]) for one in said if (name := said_as(one.model)) in models]


def _heard(said: Sayable, moment: datetime, model: type[Event] | None = None) -> Event:
    one = written(said)
    text = stamped(one.text, recorded_at=moment)
    return Entry(0, said_as(one.model), one.young_person_id, None, text).made_out(model or one.model)


async def _hear(
    connection: Connection, office: Office, service: str, head: Head, events: Sequence[Event]
) -> Sequence[Sayable]:
    hears = office.heard[service]
    turn = Turn(connection, service, head, hears, ROOM)
    await turn.hear(list(enumerate(event for event in events if type(event) in hears)))
    return turn.said


def _batches(events: Sequence[Event]) -> Iterator[tuple[int, list[Event]]]:
    """Of one partition, with people's details beside their evidence; what is about nobody is last in each."""
    evidence: dict[int, list[Event]] = defaultdict(list)
    details: dict[int, list[Event]] = defaultdict(list)
    for event in events:
        if event.young_person_id is not None:
            kept = details if isinstance(event, PersonDetailsStated) else evidence
            kept[partition_of(event.young_person_id)].append(event)
    control = [event for event in events if event.young_person_id is None]
    for partition in range(PARTITIONS):
        rows = [*evidence[partition], *control]
        for at in range(0, max(len(rows), len(details[partition])), BATCH):
            yield partition, [*rows[at : at + BATCH], *details[partition][at : at + BATCH]]
