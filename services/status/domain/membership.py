"""On whose roll, and in which campaigns' cohorts, is somebody as at a day? (rulebook 1.2, 1.4, 2)"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from services.status.domain.repeats import repeats
from services.status.domain.sightings import Entry, Sightings
from shared.domain.academic_year import cohort_day
from shared.domain.events import CohortRowStated, Said


@dataclass(frozen=True, slots=True)
class Roll:
    """Somebody's time on one establishment's roll in one campaign; `left_on` is null while they are on it."""

    row: CohortRowStated
    joined_on: date
    left_on: date | None

    @property
    def order(self) -> tuple[bool, date, date, Said]:
        """A roll that they are on goes before one that they left; then the later left; then the later joined."""
        return self.left_on is None, self.left_on or date.max, self.joined_on, self.row.said


def entries(rows: Iterable[CohortRowStated], frozen: Mapping[int, int]) -> Sightings:
    """The rows of one person in order, each with the day from which it is in sight.

    Of rows said before their campaign's freeze (under a lower number than `frozen` has for it) the campaign's first
    counts as on the roll on 31 May.
    """
    said = _fresh(sorted(rows, key=lambda row: row.said))
    firsts = {row.campaign: row.said for row in reversed(said)}
    return Sightings.of(
        Entry(row, _seen_on(row, row.said == firsts[row.campaign], frozen.get(row.campaign))) for row in said
    )


def _fresh(rows: Iterable[CohortRowStated]) -> list[CohortRowStated]:
    """Without the rows by which a sender says again that somebody left; one on the roll brings back, said again or not.

    The rows come in the order said.
    """
    latest: dict[tuple[str, int], CohortRowStated] = {}
    fresh = []
    for row in rows:
        before = latest.get(key := (row.establishment, row.campaign))
        if not (_leaves(row) and repeats(row, before)):
            fresh.append(row)
            latest[key] = row
    return fresh


def _leaves(row: CohortRowStated) -> bool:
    return row.leaving is not None or row.left_on is not None


def _seen_on(row: CohortRowStated, first: bool, frozen: int | None) -> date:
    if _leaves(row):
        return row.left_on or row.sent_on
    if row.joined_on is not None:
        return row.joined_on
    before_freeze = frozen is None or row.said[0] < frozen
    return min(row.sent_on, cohort_day(row.campaign)) if first and before_freeze else row.sent_on


def newest(sightings: Sightings, day: date) -> Sequence[Entry]:
    """Of each sender the row said last that is in sight on that day; it replaces what the sender said before."""
    return sightings.on(day, _newest)


def _newest(seen: Sequence[Entry]) -> Sequence[Entry]:
    return list({entry.row.establishment: entry for entry in sorted(seen, key=_said)}.values())


def last_row(sightings: Sightings, day: date) -> CohortRowStated | None:
    """The person's last row from any sender, in sight on that day."""
    return sightings.on(day, _last_row)


def _last_row(seen: Sequence[Entry]) -> CohortRowStated | None:
    last = max(_newest(seen), key=lambda entry: entry.order, default=None)
    return last.row if last else None


def rolls(sightings: Sightings, day: date) -> Sequence[Roll]:
    """The establishments on whose roll somebody is or was by that day, the one that counts last.

    The council's word that they are on no roll counts where it is their last row, and else gives way to any roll.
    """
    return sightings.on(day, _rolls)


def _rolls(seen: Sequence[Entry]) -> Sequence[Roll]:
    by_establishment: dict[str, list[Entry]] = {}
    for entry in sorted(seen, key=_said):
        by_establishment.setdefault(entry.row.establishment, []).append(entry)
    last = _last_row(seen)
    on_no_roll = last is not None and last.kind is None
    found = (_roll(mine) for mine in by_establishment.values())
    return sorted(found, key=lambda roll: ((roll.row.kind is None) == on_no_roll, *roll.order))


def _said(entry: Entry) -> Said:
    return entry.row.said


def _roll(seen: Sequence[Entry]) -> Roll:
    """What one establishment says, in the order said: joined with the first row since it last said that they left."""
    joined_on: date | None = None
    left_on: date | None = None
    for entry in seen:
        if not entry.on_roll:
            left_on = entry.seen_on
        elif left_on is not None or joined_on is None:
            joined_on, left_on = entry.row.joined_on or entry.seen_on, None
        elif entry.row.joined_on is not None:
            joined_on = entry.row.joined_on
    return Roll(seen[-1].row, joined_on or seen[0].seen_on, left_on)
