"""What does one person's evidence come to, before any table is asked? Few words, kept beside the case.

A row that is sent again most often changes none of them: then nothing is decided anew. Where one changes, what is
decided follows from these words and the facts about providers alone, and is worked out once for all who share them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import lru_cache, partial
from hashlib import blake2b
from typing import Final

from pydantic import TypeAdapter

from services.status.domain import facets, shapes
from services.status.domain.bars import Bar, Bars
from services.status.domain.case import Case, standing
from services.status.domain.cohort import Membership, Place
from services.status.domain.control import Control
from services.status.domain.decide import campaigns_of
from services.status.domain.dimensions import dimensions
from services.status.domain.membership import entries
from services.status.domain.memory import Memory
from services.status.domain.monthly import monthly
from services.status.domain.offers import Standings, offers
from services.status.domain.participation import tolerances
from services.status.domain.pieces import Piece, words
from services.status.domain.rules import Rules
from services.status.domain.shapes import Shape
from services.status.domain.spells import Spell, spells
from services.status.domain.timeline import Timeline
from shared.domain.events import CohortRowStated, Evidence
from shared.domain.guidance import Value

FORM: Final = 1
"""Of these words; the next release to write them otherwise counts on."""
PLACE: Final = TypeAdapter(Place)
STANDINGS: Final = TypeAdapter(Timeline[Standings])
SPELLS: Final = TypeAdapter(tuple[Spell, ...])
BARS: Final = TypeAdapter(tuple[Bar, ...])
FACET: Final = TypeAdapter(facets.Facet)


@dataclass(frozen=True, slots=True)
class Grounds:
    """JSON of each; by campaign or by the tolerance of starts."""

    rows: Mapping[str, str] = field(default_factory=dict)
    """The mark of the cohort rows that each part of it rests on, by campaign, `monthly` and `dimensions`."""
    places: Mapping[int, str] = field(default_factory=dict)
    monthly: str = "[]"
    dimensions: str = "[]"
    standings: Mapping[int, str] = field(default_factory=dict)
    years: tuple[int, ...] = ()
    """Those around which something was sent: the guidance of any of them may be in force."""
    spells: Mapping[int, str] = field(default_factory=dict)
    bars: str = "[]"
    basis: str = ""
    """In what form and by which rules: what was kept on another is worked out from the case again."""


UNKNOWN: Final = Grounds()


@lru_cache(maxsize=16)
def basis(mark: str, values: tuple[Value, ...], authorities: frozenset[str]) -> str:
    """Differs with the form, the rules (their mark and guidance) and the council's authorities."""
    return blake2b(repr((FORM, mark, values, sorted(authorities))).encode(), digest_size=9).hexdigest()


def basis_of(rules: Rules, authorities: frozenset[str]) -> str:
    return basis(rules.mark, rules.values, authorities)


@dataclass(frozen=True, slots=True)
class Person:
    """One person's evidence as it stands; it is read only where something has to be worked out."""

    case: Case
    control: Control
    pieces: Sequence[Piece]

    def evidence(self, kinds: Collection[str]) -> list[Evidence]:
        read = (piece.read() for piece in self.pieces if piece.kind in kinds)
        return [piece for piece in read if isinstance(piece, Evidence)]


@dataclass(frozen=True, slots=True)
class Working:
    """Works out grounds, most of them once for all whose pieces are alike."""

    places: Memory[str] = field(default_factory=Memory)
    monthly: Memory[str] = field(default_factory=Memory)
    dimensions: Memory[str] = field(default_factory=Memory)
    spells: Memory[str] = field(default_factory=Memory)

    def renewed(self, before: Grounds, case: Case, control: Control, heard: Collection[str]) -> Grounds:
        """The grounds after evidence of these kinds was heard, or withdrawn; those that no other kind moves stand."""
        person = Person(case, control, standing(case))
        if before.basis != (present := basis_of(control.rules, control.authorities)):
            before, heard = Grounds(basis=present), shapes.EVERY_KIND
        now = self._by_rows(before, person) if shapes.ROWS.intersection(heard) else before
        others = now.places.keys() != before.places.keys()
        if others or shapes.OFFERS.intersection(heard):
            now = replace(now, standings={campaign: _standings(campaign, person) for campaign in now.places})
        if others or shapes.OF_SPELLS.intersection(heard):
            now = self._with_spells(now, person)
        if shapes.CONTACT in heard:
            bars = Bars.of(person.evidence((shapes.CONTACT,)))
            now = replace(now, bars=BARS.dump_json(tuple(bars.bars)).decode())
        return now

    def _with_spells(self, grounds: Grounds, person: Person) -> Grounds:
        sent = {int(words(piece.says)["sent_on"][:4]) for piece in person.pieces if piece.kind != shapes.EXCEPTED}
        by_tolerance = {
            one: self.spells.get(shapes.spells_shape(one, person.pieces), partial(_spells, one, person))
            for one in tolerances(person.control.rules, sent, grounds.places)
        }
        return replace(grounds, years=tuple(sorted(sent)), spells=by_tolerance)

    def _by_rows(self, before: Grounds, person: Person) -> Grounds:
        campaigns, rows = sorted(campaigns_of(person.case)), shapes.rows_shape(person.pieces, person.control)
        shape: dict[str, Shape] = {
            str(c): shapes.membership_shape(c, person.case, person.pieces, rows, person.control) for c in campaigns
        }
        shape["monthly"] = shapes.monthly_shape(person.pieces, rows)
        shape["dimensions"] = shapes.dimensions_shape(person.pieces, rows)
        marks = {part: _mark(one) for part, one in shape.items()}
        moved = {part for part, mark in marks.items() if mark != before.rows.get(part)}
        if not moved:
            return before
        return replace(
            before,
            rows=marks,
            places={
                c: self.places.get(shape[str(c)], partial(_place, c, person)) if str(c) in moved else before.places[c]
                for c in campaigns
            },
            monthly=self.monthly.get(shape["monthly"], partial(_monthly, person))
            if "monthly" in moved
            else before.monthly,
            dimensions=self.dimensions.get(shape["dimensions"], partial(_dimensions, person))
            if "dimensions" in moved
            else before.dimensions,
        )


def _mark(shape: Shape) -> str:
    return blake2b(repr(shape).encode(), digest_size=9).hexdigest()


def _place(campaign: int, person: Person) -> str:
    return PLACE.dump_json(Membership.of(person.case, campaign, person.control, None).place()).decode()


def _monthly(person: Person) -> str:
    rows = entries(_rows(person), person.control.frozen())
    return FACET.dump_json(facets.membership(monthly(rows, person.control))).decode()


def _dimensions(person: Person) -> str:
    rows = entries(_rows(person), person.control.frozen())
    return FACET.dump_json(facets.dimensions(dimensions(rows, person.control))).decode()


def _rows(person: Person) -> list[CohortRowStated]:
    return [row for row in person.evidence((shapes.ROW,)) if isinstance(row, CohortRowStated)]


def _standings(campaign: int, person: Person) -> str:
    made = offers(person.evidence(shapes.OFFERS), campaign, person.control.rules.guarantee_codes)
    return STANDINGS.dump_json(made.timeline()).decode()


def _spells(tolerance: int, person: Person) -> str:
    found = spells(person.evidence(shapes.OF_SPELLS), tolerance, person.control.rules.activities)
    return SPELLS.dump_json(_in_order(found)).decode()


def _in_order(found: Sequence[Spell]) -> tuple[Spell, ...]:
    """The spells without when they were verified and said: of that only the order among them matters."""
    verified = sorted({spell.verified_on for spell in found})
    said = sorted({spell.said for spell in found})
    return tuple(
        spell._replace(
            verified_on=date.fromordinal(1 + verified.index(spell.verified_on)),
            said=(1 + said.index(spell.said), 0),
            expected_end_on=None,
            review_on=None,
        )
        for spell in found
    )
