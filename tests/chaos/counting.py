"""A real process that reads what status hears: it writes down each event once, and what it was told twice fails."""

from collections.abc import Sequence
from typing import Final

from shared.domain import events
from shared.domain.events import Event
from shared.plumbing.database import Connection
from shared.plumbing.turns import Hears
from shared.plumbing.worker import run

TABLE: Final = "CREATE TABLE status.written_down (event_id uuid PRIMARY KEY, place bigint GENERATED ALWAYS AS IDENTITY)"


async def write_down(connection: Connection, heard: Sequence[Event]) -> Sequence[Event]:
    await connection.executemany(
        "INSERT INTO status.written_down (event_id) VALUES ($1)", [(event.event_id,) for event in heard]
    )
    return []


HEARS: Final[Hears] = {events.EnrolmentStated: write_down}

if __name__ == "__main__":
    run("status", HEARS)
