"""What follows from a file about establishments, postcodes or expectations, and from its withdrawal?"""

from collections.abc import Collection, Iterable, Sequence
from typing import cast
from uuid import uuid5

from services.ingest import directory_rows
from services.ingest.acts import sql
from services.ingest.arrival import Arrival
from services.ingest.desk import Desk
from services.ingest.directory_rows import DirectoryRow
from services.ingest.domain.evidence import Sending
from services.ingest.domain.providers import Providers
from services.ingest.domain.rows import EstablishmentRow, ExpectationRow, PostcodeRow
from services.ingest.domain.verdict import Counts
from services.ingest.moves import say_again
from shared.domain.events import Expectation, ExpectationsSet, Said
from shared.domain.written import Sayable
from shared.plumbing.database import Connection

Key = tuple[str, str, int]
"""Provider, feed and campaign of an expectation."""


async def accept(connection: Connection, desk: Desk, arrival: Arrival) -> tuple[Counts, list[Sayable]]:
    """Keeps the rows, each in the place of its key's row, and says again what they change."""
    parsed, sending = arrival.parsed, arrival.sending
    rows = cast("Sequence[DirectoryRow]", parsed.rows)
    unchanged = await directory_rows.keep(connection, sending, arrival.feed, rows)
    events = await changed(connection, desk, sending, rows, arrival.providers)
    copies, rejected = len(parsed.copies), len(parsed.rejected)
    return Counts(parsed.counted, len(rows) - unchanged, copies + unchanged, 0, rejected, parsed.problems), events


async def changed(
    connection: Connection, desk: Desk, sending: Sending, rows: Sequence[DirectoryRow], before: Providers
) -> list[Sayable]:
    """What is to be said once these rows stand, or stand no longer; `before` are the establishments until now."""
    expected = [row for row in rows if isinstance(row, ExpectationRow)]
    if expected:
        keys = {_key(row, before) for row in expected}
        return await _expected(connection, sending, keys, before)
    postcodes = {row.postcode for row in rows if isinstance(row, PostcodeRow)}
    if postcodes:
        return await say_again(connection, await _saids(connection, "rows_at_postcodes", list(postcodes)), desk)
    now = await desk.known_providers(connection)
    keys = _meant_otherwise(await directory_rows.expectations(connection), before, now)
    said = await _established(connection, desk, cast("Sequence[EstablishmentRow]", rows), before, now)
    return [*said, *await _expected(connection, sending, keys, now)]


async def _established(
    connection: Connection, desk: Desk, rows: Sequence[EstablishmentRow], before: Providers, now: Providers
) -> list[Sayable]:
    touched = {row.laestab for row in rows if row.laestab}
    senders = [laestab for laestab in touched if before.known(laestab) != now.known(laestab)]
    saids = set(await _saids(connection, "rows_of_no_known_provider"))
    saids.update(await _saids(connection, "rows_of_senders", senders))
    gone = [laestab for laestab in touched if now.known(laestab) is None]
    saids.update(await _saids(connection, "rows_of_providers", gone))
    return await say_again(connection, sorted(saids), desk)


async def _expected(
    connection: Connection, sending: Sending, keys: Collection[Key], providers: Providers
) -> list[Sayable]:
    """What is expected now under these keys; without a day where nothing is."""
    if not keys:
        return []
    due = {_key(row, providers): row.due_on for row in await directory_rows.expectations(connection)}
    expectations = tuple(
        Expectation(provider=key[0], feed=key[1], campaign=key[2], due_on=due.get(key)) for key in sorted(keys)
    )
    event_id = uuid5(sending.submission_id, f"expectations/{sending.number}")
    return [ExpectationsSet(event_id=event_id, source=sending.sender, expectations=expectations)]


def _meant_otherwise(rows: Iterable[ExpectationRow], before: Providers, now: Providers) -> set[Key]:
    """Keys of expectations whose provider is another one since the establishments changed: the old and the new."""
    pairs = [(_key(row, before), _key(row, now)) for row in rows]
    return {key for old, new in pairs if old != new for key in (old, new)}


def _key(row: ExpectationRow, providers: Providers) -> Key:
    return providers.resolve(row.provider, None), row.feed, row.campaign


async def _saids(connection: Connection, name: str, *wanted: Iterable[str]) -> list[Said]:
    return [(row["number"], row["row"]) for row in await connection.fetch(sql(name), *wanted)]
