"""What does one piece of evidence say, apart from whose it is and when we learnt it?"""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any, NamedTuple, TypeAlias, cast
from uuid import UUID

from pydantic_core import from_json

from shared.domain.events import CohortExcepted, CohortRowStated, Evidence, Said
from shared.domain.topics import model_of

Stated: TypeAlias = Evidence | CohortExcepted
OF_ITS_OWN = {"event_id", "recorded_at", "young_person_id", "said", "type", "version"}
"""What is no part of what a piece says: many people's pieces say the same."""
NAMELESS = UUID(int=0)
OF_A_CAMPAIGN = (CohortRowStated.__name__, CohortExcepted.__name__)
"""What makes somebody a matter of a campaign."""


class Piece(NamedTuple):
    """One piece: when it was said, of which kind, and its words as JSON without what is of its own."""

    said: Said
    kind: str
    version: int
    says: str

    def read(self) -> Stated:
        """As an event again, without an id and whose it is."""
        return _read(self)

    def words(self) -> Mapping[str, Any]:
        """What is not as a blank cell would have it, by the event's fields, as JSON has it."""
        return words(self.says)


def piece_of(event: Stated) -> Piece:
    says = event.model_dump_json(exclude=OF_ITS_OWN, exclude_defaults=True)
    return Piece(event.said, type(event).__name__, type(event).model_fields["version"].default, says)


@lru_cache(maxsize=4096)
def _read(piece: Piece) -> Stated:
    own = {"event_id": NAMELESS, "type": piece.kind, "version": piece.version, "said": piece.said}
    return cast("Stated", model_of(piece.kind, piece.version).model_validate({**piece.words(), **own}))


@lru_cache(maxsize=16_384)
def words(says: str) -> Mapping[str, Any]:
    """What a piece says: kept, for many people's say the same."""
    found: Mapping[str, Any] = from_json(says)
    return found
