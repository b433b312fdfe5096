"""When, by the real clock, was the act accepted that led to an event, and how old is what it led to when it is seen?"""

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from prometheus_client import Histogram

from shared.domain.written import Written
from shared.plumbing import clock
from shared.plumbing.entry import Entry
from shared.plumbing.journal import Origin
from shared.plumbing.metrics import TO_FIGURES, TO_QUEUE, observe_many

SEEN: Final[Mapping[tuple[str, str], Histogram]] = {
    ("outreach", "decisions"): TO_QUEUE,
    ("reporting", "decisions"): TO_FIGURES,
}
"""Where a change is seen by people: once this reader has applied what was said on this lane."""


def of_answers(heard: Sequence[Entry]) -> Origin:
    """The origin of what a service says to these: of the event that it names as its cause, else the last about them."""
    known = {entry.accepted_at for entry in heard}
    if len(known) <= 1:
        return lambda _: next(iter(known), None)
    by_event = {str(entry.document["event_id"]): entry.accepted_at for entry in heard}
    by_person = {entry.young_person_id: entry.accepted_at for entry in heard}
    earliest = min(moment for moment in known if moment is not None)

    def origin(said: Written) -> datetime | None:
        return by_event.get(str(said.caused_by)) or by_person.get(said.young_person_id) or earliest

    return origin


def count_ages(reader: str, lane: str, applied: Sequence[Entry]) -> None:
    """Of everyone of whom something was applied where people see it: how long after it was accepted."""
    if not (histogram := SEEN.get((reader, lane))):
        return
    origins = Counter(entry.accepted_at for entry in applied if entry.young_person_id is not None)
    now = clock.now()
    for origin, people in origins.items():
        if origin is not None:
            observe_many(histogram, max(0.0, (now - origin).total_seconds()), people)
