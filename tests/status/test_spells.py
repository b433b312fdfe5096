"""Which spells does the evidence give, whatever the order in which it comes? (rulebook 3.4)"""

from datetime import date
from itertools import permutations

import pytest

from services.status.domain.case import stated
from services.status.domain.spells import Spell, spells
from shared.domain.events import Evidence
from tests.status.builders import COLLEGE, RULES, Story

FIRST, WITHIN, BEYOND = "2026-09-01", "2026-09-12", "2026-09-24"


def found(story: Story) -> list[Spell]:
    evidence = [piece for piece in stated(story.case()) if isinstance(piece, Evidence)]
    return sorted(spells(evidence, 14, RULES.activities), key=lambda spell: spell.starts_on)


@pytest.mark.parametrize("order", list(permutations((FIRST, WITHIN, BEYOND))))
def test_starts_near_the_earliest_are_one_spell_in_any_order(order: tuple[str, ...]) -> None:
    story = Story()
    for start in order:
        story.enrolment("enrolled", sent="2026-10-01", starts=start)
    assert [(spell.provider, spell.starts_on) for spell in found(story)] == [
        (COLLEGE, date(2026, 9, 1)), (COLLEGE, date(2026, 9, 24)),
    ]  # fmt: skip


def test_a_chain_of_starts_is_read_from_its_earliest() -> None:
    story = Story()
    for start in ("2026-09-01", "2026-09-14", "2026-09-16", "2026-09-29"):
        story.enrolment("enrolled", sent="2026-10-01", starts=start)
    assert [spell.starts_on for spell in found(story)] == [date(2026, 9, 1), date(2026, 9, 16)]


def test_the_earliest_start_withdrawn_gives_other_spells() -> None:
    story = Story()
    story.enrolment("enrolled", sent="2026-10-01", starts="2026-09-01")
    story.enrolment("enrolled", sent="2026-10-02", starts="2026-09-14")
    story.enrolment("enrolled", sent="2026-10-03", starts="2026-09-20")
    story.withdraw(0, sent="2026-10-04")
    assert [spell.starts_on for spell in found(story)] == [date(2026, 9, 14)]


def test_a_later_start_within_the_tolerance_only_verifies() -> None:
    story = Story()
    story.enrolment("enrolled", sent="2026-10-01", starts="2026-09-01")
    story.enrolment("enrolled", sent="2026-10-20", starts="2026-09-10")
    (spell,) = found(story)
    assert (spell.starts_on, spell.verified_on) == (date(2026, 9, 1), date(2026, 10, 20))


def test_a_spell_is_in_sight_from_its_earliest_row() -> None:
    story = Story()
    story.enrolment("enrolled", sent="2026-08-20", starts="2026-09-10")
    story.enrolment("enrolled", sent="2026-10-20", starts="2026-09-01")
    assert [spell.seen_on for spell in found(story)] == [date(2026, 8, 20)]
