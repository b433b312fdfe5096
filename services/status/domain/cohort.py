"""Is somebody in a campaign's frozen and live cohorts, in which year group and where, on every day? (rulebook 2)"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from services.status.domain.case import Case, ever, standing
from services.status.domain.control import Control, Freeze
from services.status.domain.membership import Roll, entries, last_row, newest, rolls
from services.status.domain.people import continuing, home, home_breaks
from services.status.domain.pieces import Piece
from services.status.domain.sightings import Sightings
from services.status.domain.timeline import Timeline, always, timeline
from shared.domain.academic_year import cohort_day
from shared.domain.events import CohortExcepted, CohortRowStated

ENDS_FROZEN = ("D", "M")
"""The deceased and merged duplicates leave the frozen cohort from their day."""
MOVED = "moved"


@dataclass(frozen=True, slots=True)
class Member:
    """One person in one campaign on a day; `gone` is why not live: the leaving status that stands, or `moved`."""

    year_group: int
    establishment: str
    frozen: bool
    frozen_establishment: str | None
    live: bool
    gone: str | None = None


class OnRoll(NamedTuple):
    """The establishment on whose roll somebody is or was last, and the one on whose roll they are."""

    last: str | None = None
    now: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """All that outcome and need look at of somebody's membership of a campaign."""

    members: Timeline[Member | None]
    rolls: Timeline[OnRoll]
    continuing: Timeline[bool]


@dataclass(frozen=True, slots=True)
class AtFreeze:
    """What the freeze took of somebody."""

    year_group: int
    establishment: str


@dataclass(frozen=True, slots=True)
class Membership:
    """What is known of one person's membership of one campaign."""

    campaign: int
    mine: Sightings
    all_rows: Sightings
    authorities: frozenset[str]
    frozen: AtFreeze | None

    @classmethod
    def of(cls, case: Case, campaign: int, control: Control, at: datetime | None) -> "Membership":
        """A removal takes somebody out of the frozen cohort, an addition puts them in, else the freeze decided."""
        pieces = standing(case, at)
        now = cls._known(pieces, campaign, control)
        freeze, excepted = control.freezes.get(campaign), _excepted(pieces, campaign)
        if excepted is not None and excepted.op == "remove":
            return now
        taken = cls._taken(case, campaign, control, freeze) if freeze else None
        if taken is None and excepted is not None:
            # Taking a file back does not unfreeze: what was known once holds where nothing stands.
            taken = now.first_known() or cls._known(ever(case, at), campaign, control).first_known()
        return replace(now, frozen=taken)

    @classmethod
    def _known(cls, pieces: Iterable[Piece], campaign: int, control: Control) -> "Membership":
        every = entries(cohort_rows(pieces), control.frozen())
        mine = Sightings.of(entry for entry in every if entry.row.campaign == campaign)
        return cls(campaign, mine, every, control.authorities, None)

    @classmethod
    def _taken(cls, case: Case, campaign: int, control: Control, freeze: Freeze) -> AtFreeze | None:
        """The members at the end of 31 May as known at the moment of freezing."""
        then, day = cls._known(standing(case, freeze.recorded_at), campaign, control), cohort_day(campaign)
        return then.shown_on(day) if then.live_on(day) else None

    def first_known(self) -> AtFreeze | None:
        """Of somebody added by an exception: their last row on 31 May, else their first."""
        return self.shown_on(cohort_day(self.campaign)) or self._first()

    def _first(self) -> AtFreeze | None:
        return AtFreeze(self.mine[0].row.year_group, self.mine[0].row.establishment) if self.mine else None

    def shown_on(self, day: date) -> AtFreeze | None:
        roll, last = self.roll_on(day), last_row(self.mine, day)
        return AtFreeze(last.year_group, roll.row.establishment) if roll and last else None

    def roll_on(self, day: date) -> Roll | None:
        """The roll on that day, or the last one on whose roll they were."""
        found = rolls(self.mine, day)
        return found[-1] if found else None

    def live_on(self, day: date) -> bool:
        roll, last = self.roll_on(day), last_row(self.all_rows, day)
        if roll is None or last is None or last.leaving is not None:
            return False
        shown = self.frozen or self.shown_on(day)
        on_a_roll = roll.left_on is None and roll.row.kind is not None
        if shown is not None and shown.year_group == 11 and on_a_roll:
            return roll.row.in_area
        return home(self.all_rows, day, self.authorities).resident

    def member_on(self, day: date) -> Member | None:
        shown = self.shown_on(day)
        at = shown or self.frozen
        if at is None:
            return None
        year_group = self.frozen.year_group if self.frozen else at.year_group
        live = self.live_on(day)
        frozen = self.frozen is not None and not self._gone_for_good(day)
        return Member(
            year_group,
            at.establishment,
            frozen,
            self.frozen.establishment if self.frozen and frozen else None,
            live,
            None if live else self._gone(day),
        )

    def _gone(self, day: date) -> str:
        last = last_row(self.all_rows, day)
        return last.leaving if last is not None and last.leaving is not None else MOVED

    def _gone_for_good(self, day: date) -> bool:
        """A death or a merged duplicate holds from its day until an on-roll row after it, whoever says they left."""
        seen = newest(self.all_rows, day)
        gone = max((entry.order for entry in seen if entry.row.leaving in ENDS_FROZEN), default=None)
        return gone is not None and not any(entry.on_roll and entry.order > gone for entry in seen)

    def timeline(self) -> Timeline[Member | None]:
        days = {entry.seen_on for entry in self.all_rows} | home_breaks(self.all_rows)
        return timeline(days, self.member_on)

    def place(self) -> "Place":
        seen = {entry.seen_on for entry in self.mine}
        says = any(entry.row.continuing is not None for entry in self.mine)
        return Place(
            self.timeline(),
            timeline(seen, self._on_roll),
            timeline(seen, lambda day: continuing(self.mine, day)) if says else always(False),  # noqa: FBT003
        )

    def _on_roll(self, day: date) -> OnRoll:
        roll = self.roll_on(day)
        if roll is None:
            return OnRoll()
        on_it = roll.left_on is None and roll.row.kind is not None
        return OnRoll(roll.row.establishment, roll.row.establishment if on_it else None)


def cohort_rows(pieces: Iterable[Piece]) -> list[CohortRowStated]:
    rows = (piece.read() for piece in pieces if piece.kind == CohortRowStated.__name__)
    return [row for row in rows if isinstance(row, CohortRowStated)]


def _excepted(pieces: Iterable[Piece], campaign: int) -> CohortExcepted | None:
    """The last exception of somebody in a campaign."""
    excepted = (piece.read() for piece in pieces if piece.kind == CohortExcepted.__name__)
    mine = [piece for piece in excepted if isinstance(piece, CohortExcepted) and piece.campaign == campaign]
    return mine[-1] if mine else None
