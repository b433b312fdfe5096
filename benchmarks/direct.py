"""The same SQL without a bus: what if one process did it all, a transaction a batch, with no journal and no broker?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
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
from shared.domain.topics import PARTITIONS, parse, partition_of, said_as
from shared.domain.written import written
from shared.plumbing.database import Connection, transaction
from shared.plumbing.journal import Head
from shared.plumbing.settings import OWNER
from shared.plumbing.turns import Hears, Turn

BATCH: Final = 500
ROOM: Final = 1_000_000_000
"""A control event is applied at once, however many it moves: nothing else has to wait."""


async def accept(office: Office, sent: Sent, read_of_it: Parsed) -> list[Event]:
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
    return _said_at([written(event).read() for event in events], moment)


async def apply(office: Office, events: Sequence[Event]) -> float:
    """Evidence, then its decision, then queue and figures, all in one transaction a batch.

    Answers how many of its seconds it took to put events into the shape that a reader hears, which whoever has no bus
    would not need.
    """
    reshaping = 0.0
    for partition, batch in _batches(events):
        async with transaction(office.pools[OWNER], "status") as connection:
            await connection.execute("SELECT set_config('bus.partition', $1, true)", str(partition))
            decided = await _hear(connection, office, "status", Head("evidence", partition), batch)
            said = _said_at(decided, batch[0].recorded_at)
            details = [event for event in batch if isinstance(event, PersonDetailsStated)]
            for service in ("outreach", "reporting"):
                with effort() as spent:
                    shaped = _as_heard(office.heard[service], [*details, *said])
                reshaping += spent.seconds
                await connection.execute("SELECT bus.work_as($1)", service)
                await _hear(connection, office, service, Head("decisions", partition), shaped)
    return reshaping


def _as_heard(hears: Hears, events: Sequence[Event]) -> list[Event]:
    models = {said_as(model): model for model in hears}
    return [
        event if type(event) in hears else parse(event.model_dump(mode="json"), models[said_as(type(event))])
        for event in events
        if said_as(type(event)) in models
    ]


async def _hear(
    connection: Connection, office: Office, service: str, head: Head, events: Sequence[Event]
) -> Sequence[Event]:
    hears = office.heard[service]
    turn = Turn(connection, service, head, hears, ROOM)
    await turn.hear(list(enumerate(event for event in events if type(event) in hears)))
    return [written(one).read() for one in turn.said]


def _said_at(events: Sequence[Event], moment: datetime | None) -> list[Event]:
    return [event.model_copy(update={"recorded_at": moment}) for event in events]


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
