"""What do we hold of one young person? Their evidence, folded in any order and any number of times to one case."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain

from services.status.domain.pieces import Piece, Stated, piece_of
from shared.domain.events import CohortExcepted, Event, Evidence, EvidenceWithdrawn, Said

Key = tuple[Said, str]
"""Which piece of evidence: who said it when, and its kind."""


@dataclass(frozen=True, slots=True)
class Version:
    """What a piece says from a moment on; None from when it no longer stands."""

    recorded_at: datetime
    piece: Piece | None


@dataclass(frozen=True, slots=True)
class Case:
    """Every version of every piece, by key; versions in the order in which they became known."""

    pieces: Mapping[Key, tuple[Version, ...]] = field(default_factory=dict)


EMPTY = Case()


def fold(case: Case, events: Iterable[Event]) -> Case:
    """The case with these events as well; events that are no evidence of a person are refused with TypeError."""
    pieces = dict(case.pieces)
    for key, version in chain.from_iterable(map(_versions, events)):
        pieces[key] = _with(pieces.get(key, ()), version)
    return Case(pieces)


def standing(case: Case, at: datetime | None = None) -> list[Piece]:
    """What stands as known at a moment (None: now), in the order in which it was said."""
    last = (_last(versions, at) for versions in case.pieces.values())
    return sorted(piece for piece in last if piece is not None)


def ever(case: Case, at: datetime | None = None) -> list[Piece]:
    """What was ever said by a moment, taken back since or not, in the order in which it was said."""
    spoken = (
        (v.piece for v in reversed(versions) if at is None or v.recorded_at <= at) for versions in case.pieces.values()
    )
    last = (next((piece for piece in said if piece is not None), None) for said in spoken)
    return sorted(piece for piece in last if piece is not None)


def stated(case: Case, at: datetime | None = None) -> list[Stated]:
    """What stands as known at a moment, read."""
    return [piece.read() for piece in standing(case, at)]


def kinds(events: Iterable[Event]) -> set[str]:
    """The kinds of the pieces that these events state or take back."""
    found: set[str] = set()
    for event in events:
        found.update(
            [piece.type for piece in event.pieces] if isinstance(event, EvidenceWithdrawn) else (type(event).__name__,)
        )
    return found


def moments(case: Case) -> list[datetime]:
    """Every moment at which anything about this person became known."""
    return sorted({version.recorded_at for versions in case.pieces.values() for version in versions})


def _versions(event: Event) -> list[tuple[Key, Version]]:
    if event.recorded_at is None:
        raise TypeError("an event that was never recorded cannot be evidence")
    if isinstance(event, EvidenceWithdrawn):
        gone = Version(event.recorded_at, None)
        return [((piece.said, piece.type), gone) for piece in event.pieces]
    if isinstance(event, Evidence | CohortExcepted):
        return [((event.said, type(event).__name__), Version(event.recorded_at, piece_of(event)))]
    raise TypeError(f"{type(event).__name__} is no evidence about a person")


def _with(versions: tuple[Version, ...], new: Version) -> tuple[Version, ...]:
    """Of two at one moment the one that says something stays: a piece that is taken back and said again stands."""
    if not versions:
        return (new,)
    same = [known for known in versions if known.recorded_at == new.recorded_at and known.piece is not None]
    if same and new.piece is None:
        return versions
    kept = (known for known in versions if known.recorded_at != new.recorded_at)
    return tuple(sorted((*kept, new), key=lambda known: known.recorded_at))


def _last(versions: tuple[Version, ...], at: datetime | None) -> Piece | None:
    if at is None:
        return versions[-1].piece
    known = [version for version in versions if version.recorded_at <= at]
    return known[-1].piece if known else None
