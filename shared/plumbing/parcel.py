"""What does one message on the bus look like, and is it one of ours?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic_core import from_json

from shared.plumbing.journal import Entry, Head
from shared.plumbing.mailbox import Offered

EVENTS: Final = 500
BYTES: Final = 512 * 1024
"""A parcel holds at most this; one event that is larger goes alone."""

Row = tuple[int, datetime, datetime, str]
"""The number of an event, its moment, when what led to it was accepted, and its text without either."""


class NotAParcel(Exception):
    """Nobody of ours wrote this: it is kept as a dead letter, and the journal has what it may have held."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """Consecutive events of one head, and the lineage of the journal that they come from."""

    lineage: str
    offered: Offered


def pack(lineage: str, head: Head, rows: Sequence[Row]) -> tuple[bytes, int]:
    """The message for as many of these consecutive rows as fit, at least one, and the number of the last of them."""
    texts: list[str] = []
    size = 0
    for _, recorded_at, accepted_at, payload in rows[:EVENTS]:
        moments = f'"recorded_at":"{recorded_at.isoformat()}","accepted_at":"{accepted_at.isoformat()}"'
        text = f"{payload[:-1]},{moments}}}"
        size += len(text.encode()) + 1
        if texts and size > BYTES:
            break
        texts.append(text)
    first, last = rows[0][0], rows[len(texts) - 1][0]
    place = f'"lane":"{head.lane}","partition":{head.partition},"first_seq":{first},"last_seq":{last}'
    return f'{{"lineage":{json.dumps(lineage)},{place},"events":[{",".join(texts)}]}}'.encode(), last


def unpack(message: bytes) -> Parcel:
    """Raises NotAParcel where it is none or does not hold what its numbers promise."""
    try:
        found: Mapping[str, Any] = from_json(message)
        head, first = Head(str(found["lane"]), int(found["partition"])), int(found["first_seq"])
        entries = [_entry(first + at, event) for at, event in enumerate(found["events"])]
        if not entries or entries[-1].seq != found["last_seq"]:
            raise NotAParcel("Its numbers do not fit its events.")
        return Parcel(str(found["lineage"]), Offered(head, entries))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAParcel(type(error).__name__) from None


def _entry(seq: int, event: Mapping[str, Any]) -> Entry:
    person = event.get("young_person_id")
    return Entry(seq, str(event["type"]), None if person is None else str(person), event)
