"""How are the rows of people kept, and how do they come back?"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import blake2b
from typing import Any

from pydantic import TypeAdapter
from pydantic_core import from_json

from services.ingest.acts import sql
from services.ingest.domain.evidence import Sending
from services.ingest.domain.matching import Match, MatchRow
from services.ingest.domain.providers import Providers
from services.ingest.domain.rows import ActivityRow, CohortRow, EnrolmentRow, Identity, OfferRow, PersonRow
from services.ingest.domain.saying import Saying, named_provider
from shared.domain.events import Said
from shared.domain.vocabulary import Feed
from shared.plumbing.database import Connection

ROWS: Mapping[str, type[PersonRow]] = {
    Feed.COHORT: CohortRow,
    Feed.OFFERS: OfferRow,
    Feed.ENROLMENTS: EnrolmentRow,
    Feed.ACTIVITIES: ActivityRow,
}
ADAPTERS: Mapping[type[PersonRow], TypeAdapter[Any]] = {kind: TypeAdapter(kind) for kind in ROWS.values()}
NOT_SAID = {"number", "problems"}
COLUMNS = (
    "number", "row", "cohort", "upn", "upn_sound", "uln", "uln_sound", "name_key", "postcode", "named",
    "provider", "columns_hash", "content", "young_person_id", "gives_uln", "made", "since", "pieces", "digest", "near",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Written:
    """A row as it is kept; `columns_hash` is the same for rows that say the same, whoever names a provider how."""

    match_row: MatchRow
    provider: str | None
    columns_hash: int
    content: str


def written(row: PersonRow, match_row: MatchRow, providers: Providers) -> Written:
    content = _text(row)
    provider = providers.resolve(*named_provider(row)) or None
    return Written(match_row, provider, _hash(_resolved(row, provider) if provider else content), content)


def read(feed: str, row: int, content: str) -> PersonRow:
    found: PersonRow = ADAPTERS[ROWS[feed]].validate_python(from_json(content) | {"number": row})
    return found


def match_row(number: int, row: PersonRow) -> MatchRow:
    named = row.young_person_id if isinstance(row, ActivityRow) else None
    return MatchRow((number, row.number), row.identity, isinstance(row, CohortRow), named)


async def keep(
    connection: Connection,
    rows: Iterable[Written],
    matches: Mapping[Said, Match],
    sayings: Mapping[Said, Saying],
    *,
    near: Collection[Said],
) -> None:
    """All rows of one submission at once, with whom they were matched to and what was said."""
    records = [
        (*_record(row, matches.get(row.match_row.said), sayings.get(row.match_row.said)), row.match_row.said in near)
        for row in rows
    ]
    await connection.copy_records_to_table("sent_row", columns=COLUMNS, records=records)


def kept_match_row(record: Mapping[str, Any]) -> MatchRow:
    """What matching sees of a kept row; its name and birth as their key alone."""
    identity = Identity(
        record["upn"],
        record["upn_sound"],
        record["uln"],
        record["uln_sound"],
        name_key=record["name_key"],
        postcode=record["postcode"],
    )
    return MatchRow((record["number"], record["row"]), identity, record["cohort"], record["named"])


async def last_said(
    connection: Connection, sending: Sending, feed: str, people: Collection[str]
) -> set[tuple[str, int]]:
    """Person and columns of each row about these people in the sender's last standing submission of a feed."""
    asked = sending.sender, feed, sending.number, list(people)
    rows: Sequence[Any] = await connection.fetch(sql("last_said"), *asked)
    return {(row["young_person_id"], row["columns_hash"]) for row in rows}


def _record(row: Written, match: Match | None, said: Saying | None) -> tuple[object, ...]:
    (number, line), who = row.match_row.said, row.match_row.identity
    sent = (who.upn, who.upn_sound, who.uln, who.uln_sound, who.name_key, who.postcode, row.match_row.named)
    kept = (number, line, row.match_row.cohort, *sent, row.provider, row.columns_hash, row.content)
    if match is None or said is None:
        return (*kept, None, None, None, None, None, None)
    return (*kept, match.young_person_id, match.gives_uln, match.made, number, said.kinds, said.digest)


def _resolved(row: PersonRow, provider: str) -> str:
    if isinstance(row, OfferRow):
        return _text(replace(row, provider_id=None, provider_name=provider))
    return _text(replace(row, provider_name=provider)) if isinstance(row, ActivityRow) else _text(row)


def _text(row: PersonRow) -> str:
    return ADAPTERS[type(row)].dump_json(row, exclude=NOT_SAID).decode()


def _hash(content: str) -> int:
    return int.from_bytes(blake2b(content.encode(), digest_size=8).digest(), signed=True)
