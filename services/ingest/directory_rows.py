"""How are the council's directories kept: establishments, postcodes, and what is expected of whom?"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from services.ingest.acts import sql
from services.ingest.domain.evidence import Sending
from services.ingest.domain.rows import EstablishmentRow, ExpectationRow, PostcodeRow
from shared.domain.vocabulary import Feed
from shared.plumbing.database import Connection

DirectoryRow = EstablishmentRow | PostcodeRow | ExpectationRow
ROWS: Mapping[str, type[DirectoryRow]] = {
    Feed.ESTABLISHMENTS: EstablishmentRow,
    Feed.POSTCODES: PostcodeRow,
    Feed.EXPECTATIONS: ExpectationRow,
}
ADAPTERS: Mapping[type[DirectoryRow], TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in ROWS.values()}
COLUMNS = ("number", "row", "feed", "about", "key", "content")


async def keep(connection: Connection, sending: Sending, feed: str, rows: Iterable[DirectoryRow]) -> int:
    """Returns how many of them say just what the sender's last standing file said under their key."""
    said = await connection.fetch(sql("directory_said_last"), sending.sender, feed, sending.number)
    before = {(row["key"], row["content"]) for row in said}
    records = [(sending.number, row.number, feed, about(row), _key(row), _text(row)) for row in rows]
    await connection.copy_records_to_table("directory_row", columns=COLUMNS, records=records)
    return sum((key, content) in before for *_, key, content in records)


def about(row: DirectoryRow) -> str:
    """URN, postcode, or provider, feed and campaign."""
    if isinstance(row, EstablishmentRow):
        return row.urn
    if isinstance(row, PostcodeRow):
        return row.postcode
    return f"{row.provider}/{row.feed}/{row.campaign}"


async def establishments(connection: Connection) -> list[EstablishmentRow]:
    """Those in force, in the order in which they were accepted."""
    rows = await connection.fetch(sql("directory"), Feed.ESTABLISHMENTS)
    return [_read(EstablishmentRow, row) for row in rows]


async def postcodes(connection: Connection, wanted: Sequence[str]) -> list[PostcodeRow]:
    rows = await connection.fetch(sql("directory_about"), Feed.POSTCODES, wanted)
    return [_read(PostcodeRow, row) for row in rows]


async def expectations(connection: Connection) -> list[ExpectationRow]:
    rows = await connection.fetch(sql("directory"), Feed.EXPECTATIONS)
    return [_read(ExpectationRow, row) for row in rows]


async def of_submission(connection: Connection, number: int, feed: str) -> list[DirectoryRow]:
    rows = await connection.fetch(sql("directory_of_submission"), number)
    return [_read(ROWS[feed], row) for row in rows]


def _key(row: DirectoryRow) -> str:
    return f"{row.postcode}/{row.from_on or ''}" if isinstance(row, PostcodeRow) else about(row)


def _text(row: DirectoryRow) -> str:
    return ADAPTERS[type(row)].dump_json(row, exclude={"number", "problems"}).decode()


def _read(kind: type[Any], record: Mapping[str, Any]) -> Any:
    return ADAPTERS[kind].validate_python(from_json(record["content"]) | {"number": record["row"]})
