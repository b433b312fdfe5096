"""Who is alike to a part of the decision? Those whose pieces say the same of what it looks at, in the same order."""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from pydantic_core import to_json

from services.status.domain.case import Case, ever, standing
from services.status.domain.control import Control
from services.status.domain.pieces import Piece, words
from shared.domain.events import (
    ActivityStated,
    CohortExcepted,
    CohortRowStated,
    ContactOutcomeStated,
    EnrolmentStated,
    GuaranteeCodeStated,
    OfferStated,
)

Shape = tuple[Hashable, ...]
"""Equal for people who are alike. Numbers of acts are not in it, only the order that they give."""

ROW: Final = CohortRowStated.__name__
EXCEPTED: Final = CohortExcepted.__name__
CONTACT: Final = ContactOutcomeStated.__name__
ROWS: Final = frozenset((ROW, EXCEPTED))
OFFERS: Final = frozenset((OfferStated.__name__, GuaranteeCodeStated.__name__))
OF_SPELLS: Final = frozenset((ROW, EnrolmentStated.__name__, ActivityStated.__name__))
EVERY_KIND: Final = ROWS | OFFERS | OF_SPELLS | {CONTACT}

TRAITS: Final = ("sex", "ethnicity", "sen", "characteristics", "level_of_need", "roni_band")
NOT_OF_MEMBERSHIP: Final = frozenset(TRAITS) | {"residence", "born_in", "moved_to"}
"""What is left out has a name here: a field that comes to a row later is looked at until somebody says otherwise."""
SENT: Final = frozenset(("sent_on", "happened_on"))


NOT_OF_A_SPELL: Final = NOT_OF_MEMBERSHIP | {"believed", "continuing", "in_area"}


class RowShape(NamedTuple):
    """What the parts of a decision look at of one cohort row."""

    membership: bytes
    spell: bytes
    lives: Shape
    """From when to when in which authority."""
    residence: str
    ages: Shape
    traits: str
    content: bytes
    """All but when it was sent: a row with the content of another repeats it."""
    leaves: bool


def rows_shape(pieces: Iterable[Piece], control: Control) -> Shape:
    """Of the cohort rows: where, when and how, which are of the same home, and which were said before a freeze."""
    rows = [piece for piece in pieces if piece.kind == ROW]
    shapes = [_row_shape(row.says) for row in rows]
    if _one_said_again(shapes):
        rows, shapes = rows[:1], shapes[:1]
    return (
        tuple(shape.membership for shape in shapes),
        tuple(shape.lives for shape in shapes),
        _alike([shape.residence for shape in shapes]),
        _repeating(shapes),
        tuple((campaign, *(row.said[0] < number for row in rows)) for campaign, number in control.frozen().items()),
    )


def membership_shape(campaign: int, case: Case, pieces: Sequence[Piece], rows: Shape, control: Control) -> Shape:
    """Of somebody's place in a campaign: also the rows that stood at the freeze, and what was excepted."""
    freeze = control.freezes.get(campaign)
    taken = rows_shape(standing(case, freeze.recorded_at), control) if freeze else None
    excepted = tuple(piece.says for piece in pieces if piece.kind == EXCEPTED)
    return campaign, rows, taken, excepted, rows_shape(ever(case), control) if excepted else None


def spells_shape(tolerance: int, pieces: Iterable[Piece]) -> Shape:
    """Of what somebody does: enrolments and activities whole, and being on a roll."""
    rows = [_row_shape(piece.says) for piece in pieces if piece.kind == ROW]
    said = tuple(
        _row_shape(piece.says).spell if piece.kind == ROW else piece[1:] for piece in pieces if piece.kind in OF_SPELLS
    )
    return tolerance, said, _repeating(rows)


def monthly_shape(pieces: Iterable[Piece], rows: Shape) -> Shape:
    """Of the monthly cohort: also the age, and whether there is a plan."""
    shapes = _said_once(pieces)
    return rows, tuple(shape.ages for shape in shapes), _alike([shape.traits for shape in shapes])


def dimensions_shape(pieces: Iterable[Piece], rows: Shape) -> Shape:
    """Of what somebody is counted by: the homes and the traits themselves; where they never changed, nothing else."""
    seen = tuple((shape.residence, shape.traits) for shape in _said_once(pieces))
    return seen if len(set(seen)) == 1 else (rows, seen)


def _said_once(pieces: Iterable[Piece]) -> list[RowShape]:
    shapes = [_row_shape(piece.says) for piece in pieces if piece.kind == ROW]
    return shapes[:1] if _one_said_again(shapes) else shapes


def _one_said_again(rows: Sequence[RowShape]) -> bool:
    """One sender's one row on the roll, sent again and again: the first says it all, the last that it still holds."""
    return bool(rows) and not rows[0].leaves and all(row.content == rows[0].content for row in rows)


def _repeating(rows: Sequence[RowShape]) -> Shape:
    """Which rows repeat which; it matters to those that leave alone."""
    return _alike([row.content for row in rows]) if any(row.leaves for row in rows) else ()


def _alike(things: Sequence[Hashable]) -> Shape:
    """The place of the first that is the same as each; of none where all are the same."""
    first: dict[Hashable, int] = {}
    places = tuple(first.setdefault(thing, place) for place, thing in enumerate(things))
    return places if len(first) > 1 else ()


@lru_cache(maxsize=16_384)
def _row_shape(says: str) -> RowShape:
    row = words(says)
    homes = row.get("residence", ())
    return RowShape(
        membership=_without(row, NOT_OF_MEMBERSHIP),
        spell=_without(row, NOT_OF_A_SPELL),
        lives=tuple((home.get("from_on"), home.get("to_on"), home.get("authority")) for home in homes),
        residence=repr(homes),
        ages=(row["born_in"], row.get("sen")),
        traits=repr([row.get(name) for name in TRAITS]),
        content=_without(row, SENT),
        leaves="leaving" in row or "left_on" in row,
    )


def _without(row: Mapping[str, Any], names: frozenset[str]) -> bytes:
    return to_json({name: value for name, value in row.items() if name not in names})
