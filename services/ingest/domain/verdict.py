"""How many rows of a submission did what, and what is said to its sender?"""

from dataclasses import dataclass

from services.ingest.domain.contents import Parsed
from services.ingest.domain.problems import Problem, Refusal


@dataclass(frozen=True, slots=True)
class Counts:
    """The last four of the numbers add up to the first."""

    rows: int
    accepted: int
    unchanged: int
    unmatched: int
    rejected: int
    problems: tuple[Problem, ...]


def turned_down(read: Parsed | Refusal, because: Refusal) -> Counts:
    """Nothing of the file is taken; the fault of the whole file stands before those of its rows."""
    if isinstance(read, Refusal):
        return Counts(0, 0, 0, 0, 0, (because.as_problem(),))
    return Counts(read.counted, 0, 0, 0, read.counted, (because.as_problem(), *read.problems))
