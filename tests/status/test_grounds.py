"""Is somebody decided anew where what their grounds rest on is no longer in force?"""

from dataclasses import replace

from services.status.domain.history import History
from services.status.handlers import Deciding
from services.status.store import Held
from shared.domain.decisions import PersonDecided
from tests.status.builders import AUTHORITY, PERSON, RULES, Story


def told_of_live(authorities: frozenset[str], mark: str = RULES.mark) -> list[bool]:
    """Somebody next door is known to the council alone; then a row comes that says nothing of where they live."""
    story = Story()
    story.cohort(home="next-door", year="12", sent="2026-05-10")
    story.offer("made", sent="2026-05-20", on="2026-05-20")
    row, offer = story.events
    first = Deciding(History(RULES, frozenset({AUTHORITY})))
    first.hear(PERSON, Held(), [row])
    then = Deciding(History(replace(RULES, mark=mark), authorities))
    then.hear(PERSON, first.held[PERSON], [offer])
    said = [PersonDecided.model_validate_json(one.text) for one in then.in_order()]
    return [span.live for one in said for campaign in one.campaigns for span in campaign.membership or ()]


def test_what_was_worked_out_by_other_authorities_does_not_stand() -> None:
    assert not any(told_of_live(frozenset({AUTHORITY})))
    assert any(told_of_live(frozenset({AUTHORITY, "861"})))


def test_other_tables_are_another_basis_but_what_they_say_alike_is_not_told_again() -> None:
    assert told_of_live(frozenset({AUTHORITY}), mark="another") == []
