"""What does one message on the bus look like, and is it one of ours?"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from pydantic_core import from_json, to_json

from shared.plumbing.entry import Entry, stamped
from shared.plumbing.journal import Head
from shared.plumbing.mailbox import Offered

EVENTS: Final = 500
BYTES: Final = 512 * 1024
"""A parcel holds at most this; one event that is larger goes alone."""

ENVELOPE: Final = 384
"""In so many bytes of an event we look for its moments, its person and its type."""
BEGIN, BETWEEN, END = b"[\n", b",\n", b"\n]}"
"""Each event on a line of its own: no text of JSON has a line break in it, so it can be had without making it out."""

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
    texts: list[bytes] = []
    size = 0
    for _, recorded_at, accepted_at, payload in rows[:EVENTS]:
        text = stamped(payload, recorded_at=recorded_at, accepted_at=accepted_at).replace("\n", " ").encode()
        size += len(text) + len(BETWEEN)
        if texts and size > BYTES:
            break
        texts.append(text)
    first, last = rows[0][0], rows[len(texts) - 1][0]
    place = f'"lane":"{head.lane}","partition":{head.partition},"first_seq":{first},"last_seq":{last}'
    opening = f'{{"lineage":{json.dumps(lineage)},{place},"events":'.encode()
    return b"".join((opening, BEGIN, BETWEEN.join(texts), END)), last


def unpack(message: bytes) -> Parcel:
    """Raises NotAParcel where it is none or does not hold what its numbers promise."""
    try:
        found, texts = _parted(message)
        head, first = Head(str(found["lane"]), int(found["partition"])), int(found["first_seq"])
        entries = [_entry(seq, text) for seq, text in enumerate(texts, first)]
        if not entries or entries[-1].seq != found["last_seq"]:
            raise NotAParcel("Its numbers do not fit its events.")
        return Parcel(str(found["lineage"]), Offered(head, entries))
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise NotAParcel(type(error).__name__) from None


def _parted(message: bytes) -> tuple[Mapping[str, Any], Sequence[bytes]]:
    """What a message says of its place, and the text of each event; it may be written otherwise than we do."""
    opening, _, events = message.partition(BEGIN)
    if events.endswith(END):
        return from_json(opening + b"[]}"), events[: -len(END)].split(BETWEEN)
    found = from_json(message)
    return found, [to_json(event) for event in found["events"]]


def _entry(seq: int, text: bytes) -> Entry:
    found = _envelope(text)
    person, accepted_at = found.get("young_person_id"), found.get("accepted_at")
    return Entry(
        seq,
        str(found["type"]),
        None if person is None else str(person),
        None if accepted_at is None else datetime.fromisoformat(accepted_at),
        text,
    )


def _envelope(text: bytes) -> Mapping[str, Any]:
    """At least the envelope of an event: it stands first in all that we write, so that is all we look at."""
    try:
        found: Mapping[str, Any] = from_json(text[:ENVELOPE], allow_partial=True)
        if len(text) <= ENVELOPE or ("type" in found and "young_person_id" in found):
            return found
    except ValueError:
        pass
    whole: Mapping[str, Any] = from_json(text)
    return whole
