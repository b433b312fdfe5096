"""Who says what to whom? Each event has one topic, one writer and its readers; a lane is one writer's stream."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from shared.domain import decisions, events
from shared.domain.events import Event

PARTITIONS = 12


@dataclass(frozen=True, slots=True)
class Lane:
    """One writer's stream on one topic; `carries` are the types that may be said on it."""

    topic: str
    writer: str
    readers: tuple[str, ...]
    carries: tuple[type[Event], ...]


CONTROL: tuple[type[Event], ...] = (
    events.DayPassed,
    events.CohortFrozen,
    events.ExpectationsSet,
    events.SubmissionReturned,
)
"""Facts about a day, the rules, a cohort or a provider: written into every partition of their lane."""

LANES: Mapping[str, Lane] = {
    "evidence": Lane(
        "evidence",
        "ingest",
        ("status",),
        (
            events.CohortRowStated,
            events.OfferStated,
            events.GuaranteeCodeStated,
            events.EnrolmentStated,
            events.ActivityStated,
            events.ContactOutcomeStated,
            events.EvidenceWithdrawn,
            events.CohortExcepted,
            *CONTROL,
        ),
    ),
    "details": Lane(
        "person-details",
        "ingest",
        ("outreach", "reporting"),
        (events.PersonDetailsStated, events.PersonDetailsWithdrawn),
    ),
    "decisions": Lane("decisions", "status", ("outreach", "reporting"), (decisions.PersonDecided, *CONTROL)),
    "contacts": Lane("contacts", "outreach", ("ingest",), (events.ContactAttempted,)),
}

_MODELS: Mapping[str, type[Event]] = {model.__name__: model for lane in LANES.values() for model in lane.carries}


class UnknownEvent(Exception):
    """A type or a version that this release does not know; the reader stops, nothing is thrown away."""


def model_of(type_name: str, version: int) -> type[Event]:
    model = _MODELS.get(type_name)
    if model is None or version > model.model_fields["version"].default:
        raise UnknownEvent(f"{type_name} version {version}")
    return model


def parse(document: Mapping[str, Any], heard_as: type[Event] | None = None) -> Event:
    """One event from its JSON object; raises UnknownEvent, or pydantic's ValidationError where a field is wrong.

    A reader that needs little of an event may hear it as a subclass of its own that makes out no more than that.
    """
    known = model_of(document["type"], document["version"])
    return (heard_as or known).model_validate(document, strict=False)


def said_as(model: type[Event]) -> str:
    """The name under which an event travels; a reader's subclass has that of what it is made of."""
    return str(model.model_fields["type"].default)


@lru_cache(maxsize=256)
def lane_of(event: type[Event], writer: str) -> str:
    """The lane on which `writer` may say this; raises LookupError for anyone else."""
    for name, lane in LANES.items():
        if lane.writer == writer and event in lane.carries:
            return name
    raise LookupError(f"{writer} may not say {event.__name__}")


def lanes_heard_by(reader: str) -> tuple[str, ...]:
    return tuple(name for name, lane in LANES.items() if reader in lane.readers)


@lru_cache(maxsize=1_000_000)
def partition_of(young_person_id: str) -> int:
    """(murmur2(UTF-8 of the id) & 0x7fffffff) mod 12, as Kafka's own producer places a key."""
    return (_murmur2(young_person_id.encode()) & 0x7FFFFFFF) % PARTITIONS


def _murmur2(data: bytes) -> int:
    m, mask = 0x5BD1E995, 0xFFFFFFFF
    h = (0x9747B28C ^ len(data)) & mask
    whole = len(data) & ~3
    for at in range(0, whole, 4):
        k = (int.from_bytes(data[at : at + 4], "little") * m) & mask
        k = ((k ^ (k >> 24)) * m) & mask
        h = ((h * m) & mask) ^ k
    if rest := data[whole:]:
        h = ((h ^ int.from_bytes(rest, "little")) * m) & mask
    h = ((h ^ (h >> 13)) * m) & mask
    return h ^ (h >> 15)
