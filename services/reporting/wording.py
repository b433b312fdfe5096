"""What does a decision say, in numbers of timelines? Words that many people's decisions share are read once."""

from collections.abc import Mapping, Sequence

from services.reporting.domain.heard import FiguresDecided, Given
from services.reporting.domain.people import Numbered, Told, told
from services.reporting.domain.timelines import Timeline
from services.reporting.timelines import Kept, numbers_of, reasons_of
from shared.plumbing.database import Connection


async def numbered(connection: Connection, kept: Kept, events: Sequence[FiguresDecided]) -> list[Numbered]:
    """What each of these decisions says, in their order."""
    known = {words: said for event in events if (said := kept.words.get(words := event.words))}
    new = {event.words: event.given for event in events if event.words not in known}
    if new:
        known |= await _read(connection, kept, new)
    return [known[event.words] for event in events]


async def _read(connection: Connection, kept: Kept, new: Mapping[bytes, Given]) -> dict[bytes, Numbered]:
    reasons = await reasons_of(connection, kept, new.values())
    said = [told(given, numbers) for given, numbers in zip(new.values(), reasons, strict=True)]
    numbers = await numbers_of(connection, kept, {line for one in said for line in one.timelines})
    found: dict[bytes, Numbered] = {}
    for words, one in zip(new, said, strict=True):
        found[words] = one.numbered(numbers)
        if _lasts(kept, one, numbers):
            kept.remember_words(words, found[words])
    return found


def _lasts(kept: Kept, said: Told, numbers: Mapping[Timeline, int]) -> bool:
    """Will all of these numbers be there whatever becomes of this transaction? Another may have kept the same anew."""
    return all(kept.numbers.get(timeline) == numbers[timeline] for timeline in said.timelines)
